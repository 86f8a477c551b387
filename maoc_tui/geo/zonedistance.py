"""How far dividing lines are: the nearest of each kind for one position or many, in geodesics on WGS84.

Straight chords find the few pieces that can hold the nearest point; the point on each of these is measured with the
geodesic (geo.nearby), so that distances are good to 0.01 nm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.ellipsoid import NM
from maoc_tui.geo.nearby import inverse_from
from maoc_tui.geo.zonelines import F32, F64, I64, Chunks, cartesian, span
from maoc_tui.geo.zonesearch import search, slack, starts, within

_AT_ONCE = 2_048
"""Positions whose search stays in the processor's cache."""
_TOGETHER_M = 80_000.0
"""Positions in a cube of this side start their search together."""


@dataclass(frozen=True, slots=True)
class Feet:
    """Nearest points of lines, in columns."""

    key: I64
    """What each is the nearest of, rising: position * kinds + kind, or a group."""
    distance_nm: F64
    bearing: F64
    """Degrees true from the position."""
    line: NDArray[np.int32]


def distances(chunks: Chunks, lat: F64, lon: F64, ranks: tuple[int, ...]) -> tuple[F64, F64]:
    """Nautical miles and bearing from n positions to the nearest line of each kind: two arrays (n, kinds).

    NaN where the position is no position or the dataset has no line of the kind.
    """
    nm, bearing = np.full((len(lat), len(ranks)), np.nan), np.full((len(lat), len(ranks)), np.nan)
    there = [k for k, rank in enumerate(ranks) if rank in chunks.rank]
    if not there:
        return nm, bearing
    top = np.array([np.flatnonzero(chunks.rank == ranks[k])[0] for k in there], np.int64)
    usable = np.flatnonzero((np.abs(lat) <= 90) & np.isfinite(lon))
    if not len(usable):
        return nm, bearing
    here = cartesian(lat[usable], lon[usable])
    cube = np.floor(here / _TOGETHER_M).astype(np.int64) @ np.array([1, 1_000, 1_000_000])
    order = np.argsort(cube, kind="stable")
    usable, here = usable[order], here[order]
    among = _among(chunks, here, top, cube[order])
    feet = _least(chunks, lat[usable], lon[usable], here, among)
    row, column = usable[feet.key // len(top)], np.array(there)[feet.key % len(top)]
    nm[row, column], bearing[row, column] = feet.distance_nm, feet.bearing
    return nm, bearing


def _among(chunks: Chunks, here: F64, top: I64, group: I64) -> _Candidates:
    """Pieces for every position and kind, position * kinds + kind being the key; ``group`` as in ``search``."""
    found = []
    for first in range(0, len(here), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        reach = np.full((len(here[part]), len(top)), -np.inf)
        owner, leaf = search(chunks, here[part], top, reach, group[part])
        found.append(_candidates(chunks, here, first + owner // len(top), first * len(top) + owner, leaf))
    return _Candidates(*(np.concatenate(column) for column in zip(*found, strict=True)))


def groups_near(chunks: Chunks, lat: float, lon: float, others_nm: float) -> Feet:
    """Of one position the nearest point of each group of lines within ``others_nm`` or nearest of its kind."""
    at, on = np.array([lat]), np.array([lon])
    here = cartesian(at, on)
    reach = np.where(chunks.rank > 0, others_nm * NM, -np.inf)[None, :]
    _, leaf = search(chunks, here, np.arange(len(chunks.rank)), reach)
    leaf = leaf[np.argsort(chunks.group[leaf], kind="stable")]
    return nearest(chunks, at, on, here, np.zeros(len(leaf), np.int32), chunks.group[leaf], leaf)


def touched(chunks: Chunks, lat: float, lon: float, radius_nm: float) -> NDArray[np.int32]:
    """Numbers of the lines within ``radius_nm`` of the position."""
    at, on = np.array([lat]), np.array([lon])
    here = cartesian(at, on)
    _, leaf = within(chunks, here, np.array([radius_nm * NM]))
    leaf = leaf[np.argsort(chunks.line[leaf], kind="stable")]
    feet = nearest(chunks, at, on, here, np.zeros(len(leaf), np.int32), chunks.line[leaf], leaf)
    return feet.line[feet.distance_nm <= radius_nm]


def nearest(
    chunks: Chunks, lat: F64, lon: F64, here: F64, point: NDArray[Any], key: NDArray[Any], leaf: NDArray[Any]
) -> Feet:
    """The nearest point for each key, among pairs of a position and a leaf that stand together by key."""
    return _least(chunks, lat, lon, here, _candidates(chunks, here, point, key, leaf))


class _Candidates(NamedTuple):
    """Pieces that may hold the nearest point of their key, in columns, rising by key."""

    key: NDArray[Any]
    point: NDArray[Any]
    piece: NDArray[Any]
    share: F32
    """How far along the piece the nearest point stands, 0 to 1."""
    line: NDArray[np.int32]


def _candidates(
    chunks: Chunks, here: F64, point: NDArray[Any], key: NDArray[Any], leaf: NDArray[Any]
) -> _Candidates:
    first = chunks.first.take(leaf)
    count = chunks.last.take(leaf) - first
    pair = np.repeat(np.arange(len(leaf), dtype=np.int32), count)
    piece = np.repeat(first, count) + span(count)
    share, chord = _chords(chunks, here, point.take(pair), piece)
    near = _near(key.take(pair), chord)
    pair = pair[near]
    return _Candidates(key[pair], point[pair], piece[near], share[near], chunks.line[leaf[pair]])


def _least(chunks: Chunks, lat: F64, lon: F64, here: F64, among: _Candidates) -> Feet:
    start = chunks.vertex[among.piece]
    foot = (start + among.share[:, None] * (chunks.vertex[among.piece + 1] - start)) * 1e-5
    point = among.point
    nm, bearing = inverse_from(here[point], lat[point], lon[point], foot[:, 1], foot[:, 0])
    order = np.lexsort((nm, among.key))
    best = order[starts(among.key[order])]
    return Feet(among.key[best].astype(np.int64), nm[best], bearing[best], among.line[best])


def _near(key: NDArray[Any], chord: F32) -> I64:
    """Which may be the least of their key."""
    if not len(key):
        return np.empty(0, np.int64)
    begin = np.flatnonzero(starts(key))
    least = np.minimum.reduceat(chord, begin)
    bound = least + 2 * slack(least)
    return np.flatnonzero(chord <= np.repeat(bound, np.diff(np.append(begin, len(key)))))


def _chords(chunks: Chunks, here: F64, point: NDArray[Any], piece: NDArray[Any]) -> tuple[F32, F32]:
    """Where on each piece's chord the position's foot stands (0 to 1), and metres to it."""
    start = chunks.place.take(piece, axis=0)
    d = chunks.place.take(piece + 1, axis=0) - start
    a = start - here.take(point, axis=0).astype(np.float32)
    square = np.maximum(np.einsum("ij,ij->i", d, d), np.float32(1e-3))
    share = np.clip(-np.einsum("ij,ij->i", a, d) / square, np.float32(0), np.float32(1))
    a += share[:, None] * d
    return share, np.sqrt(np.einsum("ij,ij->i", a, a))
