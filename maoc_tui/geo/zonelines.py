"""How far it is from one position to each dividing line, and which areas a circle touches.

A coarse pass on straight chords to chunks of lines gives bounds; the few chunks that can hold the nearest point are
measured with geodesics on WGS84, in pieces short enough for 0.01 nm.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.geodesy import inverse
from maoc_tui.geo.zonemodel import Lines

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
_CHUNK = 24
"""Edges in a chunk at most."""
_PIECE = 2_000.0
"""Longest piece measured as straight, lattice steps: 0.02 degree."""
_A, _E2 = 6_378_137.0, 0.00669437999014
_NM = 1852.0


@dataclass(frozen=True, slots=True)
class Chunks:
    """Short runs of edges in balls, sorted by group: group g has chunks ``group[g]`` to ``group[g + 1]``."""

    centre: F64
    """(chunks, 3) metres, earth-centred."""
    radius: F64
    """Metres."""
    first: I32
    """First point of each chunk in Lines.points."""
    last: I32
    line: I32
    group: I32
    """First chunk of each group, and the number of chunks: groups + 1 values."""


ARRAYS = tuple(field.name for field in fields(Chunks))


def cartesian(lat: F64, lon: F64) -> F64:
    """Earth-centred coordinates (n, 3) in metres on the WGS84 ellipsoid."""
    phi, lam = np.radians(lat), np.radians(lon)
    n = _A / np.sqrt(1 - _E2 * np.sin(phi) ** 2)
    return np.column_stack([
        n * np.cos(phi) * np.cos(lam),
        n * np.cos(phi) * np.sin(lam),
        n * (1 - _E2) * np.sin(phi),
    ])  # fmt: skip


def build(lines: Lines, group: I32, groups: int) -> Chunks:
    """Cut the lines into chunks. ``group`` is the group of each line, -1 for lines nobody measures to."""
    size = np.diff(lines.start) - 1
    count = np.where(group >= 0, -(-size // _CHUNK), 0)
    line = np.repeat(np.arange(len(size)), count)
    k = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    first = lines.start[line] + k * _CHUNK
    last = np.minimum(first + _CHUNK, lines.start[line + 1] - 1)
    order = np.argsort(group[line], kind="stable")
    line, first, last = line[order], first[order], last[order]
    centre, radius = _balls(lines.points, first, last)
    starts = np.searchsorted(group[line], np.arange(groups + 1)).astype(np.int32)
    return Chunks(
        centre, radius, first.astype(np.int32), last.astype(np.int32), line.astype(np.int32), starts
    )


def _balls(points: I32, first: NDArray[Any], last: NDArray[Any]) -> tuple[F64, F64]:
    degrees = points.astype(np.float64) * 1e-5
    xyz = cartesian(degrees[:, 1], degrees[:, 0])
    count = last - first + 1
    begin = np.cumsum(count) - count
    index = np.arange(int(count.sum())) - np.repeat(begin - first, count)
    if not len(index):
        return np.zeros((0, 3)), np.zeros(0)
    part = xyz[index]
    centre = np.add.reduceat(part, begin) / count[:, None]
    away = np.linalg.norm(part - np.repeat(centre, count, axis=0), axis=1)
    step = np.zeros(len(index))
    step[1:] = np.linalg.norm(np.diff(part, axis=0), axis=1)
    step[begin] = 0.0
    longest = np.maximum.reduceat(step, begin)
    bulge = longest**2 / 4e6  # a straight lon/lat edge bows out of its chord, most near the poles
    return centre, np.maximum.reduceat(away, begin) + longest / 2 + bulge


@dataclass(frozen=True, slots=True)
class Reach:
    """What a coarse pass knows of every chunk: distances in metres, along the chord."""

    least: F64
    most: F64


def reach(chunks: Chunks, lat: float, lon: float) -> Reach:
    """Bounds on the chord from the position to the nearest point of every chunk."""
    away = chunks.centre - cartesian(np.array([lat]), np.array([lon]))
    chord = np.sqrt(np.einsum("ij,ij->i", away, away))
    return Reach(np.maximum(chord - chunks.radius, 0.0), chord + chunks.radius)


def nearest(
    lines: Lines, chunks: Chunks, which: NDArray[Any], group: NDArray[Any], lat: float, lon: float
) -> list[tuple[int, float, float, int]]:
    """Per group the distance (nm), bearing (degrees true) and line number of its nearest point.

    ``which`` are chunk numbers, sorted so that each group's stand together, ``group`` the group of each.
    """
    start, end, owner = _edges(lines, chunks, which)
    belongs = np.repeat(group, chunks.last[which] - chunks.first[which])
    rough, slack = _chords(start, end, lat, lon)
    groups, begin = np.unique(belongs, return_index=True)
    most = np.minimum.reduceat(rough + slack, begin)
    near = rough - slack <= most[np.searchsorted(groups, belongs)]
    index, start, end = _pieces(start[near], end[near])
    belongs, owner = belongs[near][index], owner[near][index]
    distance, bearing = _foot(start, end, lat, lon)
    found = []
    for one in groups:
        mine = np.flatnonzero(belongs == one)
        best = int(mine[distance[mine].argmin()])
        found.append((int(one), float(distance[best]), float(bearing[best]), int(owner[best])))
    return found


def _chords(start: F64, end: F64, lat: float, lon: float) -> tuple[F64, F64]:
    """Metres from the position to each edge's chord, and by how much that may be out."""
    here = cartesian(np.array([lat]), np.array([lon]))
    a = cartesian(start[:, 1] * 1e-5, start[:, 0] * 1e-5) - here
    d = cartesian(end[:, 1] * 1e-5, end[:, 0] * 1e-5) - here - a
    square = np.maximum(np.einsum("ij,ij->i", d, d), 1e-9)
    t = np.clip(-np.einsum("ij,ij->i", a, d) / square, 0.0, 1.0)
    foot = a + t[:, None] * d
    return np.sqrt(np.einsum("ij,ij->i", foot, foot)), 1.0 + square / 4e6


def touched(lines: Lines, chunks: Chunks, lat: float, lon: float, radius_nm: float) -> NDArray[Any]:
    """Numbers of the lines within ``radius_nm`` of the position."""
    which = np.flatnonzero(reach(chunks, lat, lon).least <= radius_nm * _NM)
    if not len(which):
        return which
    start, end, owner = _edges(lines, chunks, which)
    rough, slack = _chords(start, end, lat, lon)
    near = rough - slack <= radius_nm * _NM
    index, start, end = _pieces(start[near], end[near])
    distance, _ = _foot(start, end, lat, lon)
    return np.unique(owner[near][index][distance <= radius_nm])


def _edges(lines: Lines, chunks: Chunks, which: NDArray[Any]) -> tuple[F64, F64, NDArray[Any]]:
    first, last = chunks.first[which].astype(np.int64), chunks.last[which].astype(np.int64)
    count = last - first
    index = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count - first, count)
    points = lines.points
    return points[index].astype(float), points[index + 1].astype(float), np.repeat(chunks.line[which], count)


def _pieces(start: F64, end: F64) -> tuple[NDArray[Any], F64, F64]:
    """Edges cut into pieces: the edge each comes from, its start and its end."""
    count = (np.abs(end - start).max(axis=1) // _PIECE).astype(np.int64) + 1
    index = np.repeat(np.arange(len(start)), count)
    k = (np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count))[:, None]
    step = ((end - start) / count[:, None])[index]
    return index, start[index] + k * step, start[index] + (k + 1) * step


def _foot(start: F64, end: F64, lat: float, lon: float) -> tuple[F64, F64]:
    """Distance (nm) and bearing to each edge, straight in the azimuthal equidistant plane around the position."""
    both = np.concatenate([start, end]) * 1e-5
    nm, course, _ = inverse(lat, lon, both[:, 1], both[:, 0])
    east, north = nm * np.sin(np.radians(course)), nm * np.cos(np.radians(course))
    plane = np.stack([east, north], axis=1)
    a, d = plane[: len(start)], plane[len(start) :] - plane[: len(start)]
    square = np.maximum((d * d).sum(axis=1), 1e-18)
    foot = a + np.clip(-(a * d).sum(axis=1) / square, 0.0, 1.0)[:, None] * d
    return np.hypot(foot[:, 0], foot[:, 1]), np.degrees(np.arctan2(foot[:, 0], foot[:, 1])) % 360.0
