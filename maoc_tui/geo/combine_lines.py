"""What each line of a combined dataset rests on: an official area's own boundary, or the derived line it was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.geo.derive_faces import GRID, Arcs
from maoc_tui.geo.zonemodel import BASES, Area, Lines, ZoneData

_OFFICIAL = BASES.index("official")
_DERIVED = BASES.index("derived")
_RUN = 32
"""Edges in a piece of the search trees."""
_NEAR = 2.5 * GRID
"""Noding moves a line by at most a lattice step or two."""


class Bases:
    """Looks up the basis of segments of the combined map."""

    def __init__(self, derived: ZoneData, old: NDArray[Any], rings: NDArray[Any]) -> None:
        self._old, owner = _pieces(old)
        self._old_basis = derived.lines.basis[owner]
        self._rings, _ = _pieces(rings)

    def lines(self, arcs: Arcs, areas: Sequence[Area]) -> Lines:
        """The arcs as dataset lines, cut where their basis changes."""
        official = np.array([area.basis == "official" for area in areas] + [False])  # -1 is the last
        may = official[arcs.left] | official[arcs.right]
        size = np.array([len(points) - 1 for points in arcs.points], np.int64)
        ends = np.concatenate([np.hstack([p[:-1], p[1:]]) for p in arcs.points])
        basis = self._basis(ends, np.repeat(may, size))
        left, right, kinds, points = [], [], [], []
        at = np.concatenate([[0], np.cumsum(size)])
        for i, chain in enumerate(arcs.points):
            own = basis[at[i] : at[i + 1]]
            cuts = [0, *(np.flatnonzero(np.diff(own)) + 1).tolist(), len(own)]
            for a, b in pairwise(cuts):
                left.append(arcs.left[i])
                right.append(arcs.right[i])
                kinds.append(own[a])
                points.append(chain[a : b + 1])
        start = np.concatenate([[0], np.cumsum([len(p) for p in points])]).astype(np.int64)
        sides = np.array(left, np.int32), np.array(right, np.int32)
        return Lines(*sides, np.array(kinds, np.uint8), start, np.concatenate(points).astype(np.int32))

    def _basis(self, ends: NDArray[np.int32], may: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """Basis of segments (n, 4); ``may`` says which have an official area on a side."""
        wide = ends.astype(np.float64)
        middle = shapely.points((wide[:, :2] + wide[:, 2:]) / 2 * GRID)
        found = np.full(len(ends), _DERIVED, np.uint8)
        which, piece = shapely.STRtree(self._old).query(middle, predicate="dwithin", distance=_NEAR)
        found[which] = self._old_basis[piece]
        asked = np.flatnonzero(may)
        which, _ = shapely.STRtree(self._rings).query(middle[asked], predicate="dwithin", distance=_NEAR)
        found[asked[np.unique(which)]] = _OFFICIAL
        return found


def _pieces(lines: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Lines cut into short runs that share their end points, and the line each run is of."""
    points, owner = shapely.get_coordinates(lines, return_index=True)
    count = np.bincount(owner, minlength=len(lines))
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    place = np.arange(len(points)) - first[owner]
    start = np.flatnonzero((place % _RUN == 0) & (place < count[owner] - 1))
    stop = np.minimum(start + _RUN, (first + count - 1)[owner[start]])
    size = stop - start + 1
    index = np.repeat(start, size) + np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    runs = shapely.linestrings(points[index], indices=np.repeat(np.arange(len(start)), size))
    return np.asarray(runs), owner[start]
