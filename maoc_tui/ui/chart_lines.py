"""Polylines prepared for the chart: projected once, in short pieces that are discarded by their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.coast import Lines
from maoc_tui.ui.projection import Floats, View, mercator

_PIECE = 32
"""Straight parts per piece."""


@dataclass(frozen=True, slots=True)
class ProjectedLines:
    """Lines on the Mercator plane; piece i is the straight parts ``first[i] .. first[i] + count[i] - 1``."""

    x: Floats
    """Radians of longitude, continuous along each line."""
    y: Floats
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    west: Floats
    east: Floats
    south: Floats
    north: Floats

    @classmethod
    def of(cls, lines: Lines) -> ProjectedLines:
        """Project lines given in degrees."""
        x, y = np.radians(lines.lon), mercator(lines.lat)
        parts = np.maximum(np.diff(lines.offsets) - 1, 0)
        pieces = -(-parts // _PIECE)
        order = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        first = np.repeat(lines.offsets[:-1], pieces) + order * _PIECE
        count = np.minimum(np.repeat(parts, pieces) - order * _PIECE, _PIECE)
        if not len(first):
            none = np.empty(0)
            return cls(x, y, first, count, none, none, none, none)
        ends = np.column_stack([first, first + count]).ravel()
        least = [_reduce(np.minimum, a, ends) for a in (x, y)]
        most = [_reduce(np.maximum, a, ends) for a in (x, y)]
        return cls(x, y, first, count, least[0], most[0], least[1], most[1])

    def crossing(self, south: float, north: float) -> NDArray[np.int64]:
        """Index of the first vertex of every straight part in a piece that reaches into a band of y."""
        found = np.flatnonzero((self.north >= south) & (self.south <= north))
        return _runs(self.first[found], self.count[found])

    def in_view(self, view: View) -> tuple[Floats, Floats, Floats, Floats]:
        """Dot coordinates x0, y0, x1, y1 of the straight parts that may be seen, whole turns away too."""
        half_x, half_y = view.width / 2 * view.unit, view.height / 2 * view.unit
        high = (self.north >= view.y - half_y) & (self.south <= view.y + half_y)
        parts, shifts = [], []
        for turn in (-2 * pi, 0.0, 2 * pi):
            seen = high & (self.east + turn >= view.x - half_x) & (self.west + turn <= view.x + half_x)
            found = np.flatnonzero(seen)
            part = _runs(self.first[found], self.count[found])
            parts.append(part)
            shifts.append(np.full(len(part), turn - view.x + half_x))
        at, shift = np.concatenate(parts), np.concatenate(shifts)
        top = view.y + half_y
        x0, x1 = ((self.x[i] + shift) / view.unit for i in (at, at + 1))
        y0, y1 = ((top - self.y[i]) / view.unit for i in (at, at + 1))
        return x0, y0, x1, y1


def _reduce(ufunc: np.ufunc, values: Floats, ends: NDArray[np.int64]) -> Floats:
    """Extreme value of each piece, its last vertex included."""
    inner = ufunc.reduceat(np.append(values, values[-1]), ends)[::2]
    return np.asarray(ufunc(inner, values[ends[1::2]]))


def _runs(first: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """first[0], first[0] + 1, ... count[0] of them, then first[1] ..."""
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(int(count.sum()))
