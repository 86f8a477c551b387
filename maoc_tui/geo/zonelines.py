"""The dividing lines in a tree of balls: which short pieces of them can be nearest to a position, or lie within reach.

Lines are cut into pieces of 0.05 degree at most, so that each is as good as straight; runs of pieces make the leaves,
neighbouring leaves of one kind of line make the balls above them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.ellipsoid import E2, A
from maoc_tui.geo.zonemodel import Lines

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
_RUN = 8
"""Pieces in a leaf at most."""
_PIECE = 5_000
"""Longest piece, lattice steps: it bows out of its chord by 0.6 m, ten times that at 84 degrees north."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """Leaves 0 to m - 1 are runs of pieces, sorted by kind and place; balls of balls follow, level by level."""

    vertex: I32
    """(n, 2) lon, lat in lattice steps: the ends of the pieces."""
    place: F32
    """(n, 3) the same, metres earth-centred; good to half a metre."""
    first: I32
    """First vertex of each leaf."""
    last: I32
    line: I32
    """Line of each leaf."""
    group: I32
    """Group of each leaf: which zone ends there, and whose."""
    head: I32
    """One line of each group."""
    ball: F32
    """(balls, 4) centre in metres, earth-centred, and radius; leaves first. The centre is a vertex of the ball, so that
    it bounds the distance; the whole of the pieces lies within the radius. Good to half a metre."""
    child: I32
    """First ball below each ball, -1 for leaves; those of the next one end them. One value more than balls."""
    level: I32
    """First ball of each level, and their number; the top level has one ball for each kind."""
    rank: I32
    """Kind of each ball of the top level, rising."""


class _Tree(NamedTuple):
    """The last four fields of Chunks."""

    ball: F32
    child: I32
    level: I32
    rank: I32


ARRAYS = tuple(field.name for field in fields(Chunks))


def cartesian(lat: F64, lon: F64) -> F64:
    """Earth-centred coordinates (n, 3) in metres on the WGS84 ellipsoid."""
    phi, lam = np.radians(lat), np.radians(lon)
    sine, cosine = np.sin(phi), np.cos(phi)
    n = A / np.sqrt(1 - E2 * sine * sine)
    across = n * cosine
    return np.stack([across * np.cos(lam), across * np.sin(lam), n * (1 - E2) * sine], axis=1)


def build(lines: Lines, group: I32, rank: I32) -> Chunks:
    """The tree. ``group`` is the group of each line, -1 for lines nobody measures to; ``rank`` the kind of a group."""
    vertex, start, line = _cut(lines, group)
    size = np.diff(start) - 1
    count = -(-size // _RUN)
    owner = spread(count)
    first = start[owner] + span(count) * _RUN
    last = np.minimum(first + _RUN, start[owner + 1] - 1)
    degrees = vertex.astype(np.float64) * 1e-5
    xyz = cartesian(degrees[:, 1], degrees[:, 0])
    centre, radius = _balls(xyz, first, last)
    kind = rank[group[line[owner]]] if len(owner) else np.empty(0, np.int32)
    order, begins = _halved(centre, kind)
    held = line[owner][order]
    head = np.full(len(rank), -1, np.int32)
    head[group[held]] = held
    tree = _tree(centre[order], radius[order], kind[order], begins)
    leaves = (first[order], last[order], held, group[held], head)
    firsts, lasts, which, groups, heads = (value.astype(np.int32) for value in leaves)
    return Chunks(vertex, xyz.astype(np.float32), firsts, lasts, which, groups, heads, *tree)


def spread(count: NDArray[Any]) -> I64:
    """0, 0, 1, 2, 2 ...: each index as often as it counts."""
    return np.repeat(np.arange(len(count)), count)


def span(count: NDArray[Any]) -> I64:
    """0, 1, 0, 0, 1 ...: 0 to each count."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) - np.repeat(ends - count, count))


def _cut(lines: Lines, group: I32) -> tuple[I32, I64, I64]:
    """Vertices with long edges cut, the first of each line kept, and the line's number."""
    line = np.flatnonzero(group >= 0)
    count = np.diff(lines.start)[line]
    owner = spread(count)
    points = lines.points[np.repeat(lines.start[line], count) + span(count)].astype(np.int64)
    steps = np.ones(len(points), np.int64)
    inner = owner[1:] == owner[:-1]
    jump = np.abs(np.diff(points, axis=0)).max(axis=1) if len(points) else np.empty(0, np.int64)
    steps[:-1][inner] = jump[inner] // _PIECE + 1
    index = spread(steps)
    share = span(steps) / steps[index]
    ahead = points[np.minimum(index + 1, len(points) - 1)]
    vertex = np.rint(points[index] + (ahead - points[index]) * share[:, None]).astype(np.int32)
    start = np.searchsorted(owner[index], np.arange(len(line) + 1))
    return vertex, start.astype(np.int64), line


def _balls(xyz: F64, first: I64, last: I64) -> tuple[F64, F64]:
    count = last - first + 1
    part = xyz[np.repeat(first, count) + span(count)]
    if not len(part):
        return np.zeros((0, 3)), np.zeros(0)
    begin = np.cumsum(count) - count
    centre = part[_central(part, begin, count)]
    away = np.linalg.norm(part - np.repeat(centre, count, axis=0), axis=1)
    step = np.zeros(len(part))
    step[1:] = np.linalg.norm(np.diff(part, axis=0), axis=1)
    step[begin] = 0.0
    longest = np.maximum.reduceat(step, begin)
    return centre, np.maximum.reduceat(away, begin) + longest**2 / 4e6 + 1.0


def _halved(centre: F64, kind: I32) -> tuple[I64, list[I64]]:
    """An order of the leaves, and where parts of it begin: kinds, then every part cut in four, down to single leaves.

    Each cut is at the middle of the part's longest side, so that neighbours stay together.
    """
    order = np.argsort(kind, kind="stable")
    begin = np.flatnonzero(np.diff(kind[order], prepend=-1))
    begins, half = [begin], False
    while len(begin) < len(order):
        size = np.diff(np.append(begin, len(order)))
        there, part = centre[order], spread(size)
        extent = np.maximum.reduceat(there, begin) - np.minimum.reduceat(there, begin)
        along = there[np.arange(len(order)), extent.argmax(axis=1)[part]]
        order = order[np.lexsort((along, part))]
        wide = size > 1
        begin = np.sort(np.concatenate([begin, (begin + size // 2)[wide]]))
        half = not half
        if not half or len(begin) == len(order):
            begins.append(begin)
    return order, begins


def _tree(centre: F64, radius: F64, kind: I32, begins: list[I64]) -> _Tree:
    """The balls of all parts of the leaves; ``begins`` from the top down, see ``_halved``."""
    centres, radii, child, level = [centre], [radius], [np.full(len(kind), -1)], [0]
    below = begins[-1] if begins else np.empty(0, np.int64)
    for begin in reversed(begins[:-1]):
        size = np.diff(np.append(begin, len(kind)))
        middle = centre[_central(centre, begin, size)]
        away = np.linalg.norm(centre - np.repeat(middle, size, axis=0), axis=1) + radius
        child.append(level[-1] + np.searchsorted(below, begin))
        level.append(level[-1] + len(below))
        below = begin
        centres.append(middle)
        radii.append(np.maximum.reduceat(away, begin))
    total = level[-1] + len(below)
    child.append(np.array([level[-1]]))
    ints = (np.concatenate(child), np.array([*level, total]), kind[below])
    whole = [value.astype(np.int32) for value in ints]
    ball = np.column_stack([np.concatenate(centres), np.concatenate(radii)]).astype(np.float32)
    return _Tree(ball, *whole)


def _central(place: F64, begin: I64, size: I64) -> I64:
    """Of each part the place nearest to its middle."""
    middle = (np.maximum.reduceat(place, begin) + np.minimum.reduceat(place, begin)) / 2
    away = np.linalg.norm(place - np.repeat(middle, size, axis=0), axis=1)
    order = np.lexsort((away, spread(size)))
    return order[begin]
