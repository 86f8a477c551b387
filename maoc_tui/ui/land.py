"""Which cells of a chart are land: parity of the shores crossed along a row, counted from a known point."""

from __future__ import annotations

from math import pi

import numpy as np
from numpy.typing import NDArray

from maoc_tui.ui.chart_lines import ProjectedLines
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, Floats, View


class Land:
    """The land within closed shores; the northern end of the antimeridian is taken as sea."""

    def __init__(self, shores: ProjectedLines) -> None:
        self._shores = shores
        self._meridian = _crossings_of_antimeridian(shores)

    def cells(self, view: View) -> NDArray[np.bool_]:
        """True where the middle of a cell is on land, shape (rows, columns)."""
        top = view.y + view.height / 2 * view.unit
        step = DOTS_Y * view.unit
        part = self._shores.crossing(top - view.rows * step, top)
        row, x = _crossings(self._shores, part, top - step / 2, step, view.rows)
        west = view.x - view.width / 2 * view.unit
        first = west + DOTS_X / 2 * view.unit
        column = np.ceil(np.mod(x - first, 2 * pi) / (DOTS_X * view.unit)).astype(np.int64)
        turns = np.zeros((view.rows, view.columns), np.int64)
        seen = column < view.columns
        np.add.at(turns, (row[seen], column[seen]), 1)
        before = np.mod(x + pi, 2 * pi) < np.mod(first + pi, 2 * pi)
        np.add.at(turns, (row[before], 0), 1)
        heights = top - step * (np.arange(view.rows) + 0.5)
        turns[:, 0] += len(self._meridian) - np.searchsorted(self._meridian, heights, "right")
        return np.asarray(np.cumsum(turns, axis=1) % 2 == 1)


def _crossings(
    shores: ProjectedLines, part: NDArray[np.int64], top: float, step: float, rows: int
) -> tuple[NDArray[np.int64], Floats]:
    """Row and x of every crossing of a shore with the lines y = top - row * step."""
    y0, y1 = shores.y[part], shores.y[part + 1]
    at0, at1 = (np.clip(np.ceil((top - y) / step), 0, rows).astype(np.int64) for y in (y0, y1))
    low, count = np.minimum(at0, at1), np.abs(at1 - at0)
    row = np.repeat(low - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    crossed = np.repeat(part, count)
    x0, x1 = shores.x[crossed], shores.x[crossed + 1]
    y0, y1 = shores.y[crossed], shores.y[crossed + 1]
    return row, x0 + (x1 - x0) * ((top - row * step) - y0) / (y1 - y0)


def _crossings_of_antimeridian(shores: ProjectedLines) -> Floats:
    """Mercator ordinates, ascending, where shores cross 180 degrees."""
    part = shores.crossing(-np.inf, np.inf)
    x0, x1 = shores.x[part], shores.x[part + 1]
    side = np.floor((x0 + pi) / (2 * pi)) != np.floor((x1 + pi) / (2 * pi))
    part, x0, x1 = part[side], x0[side], x1[side]
    turn = np.floor((np.maximum(x0, x1) + pi) / (2 * pi)) * 2 * pi - pi
    y0, y1 = shores.y[part], shores.y[part + 1]
    return np.sort(y0 + (y1 - y0) * (turn - x0) / (x1 - x0))
