"""Whose waters each cell is: asked once per cell, kept while the chart is panned, shown as a tint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import ZoneLabel
from maoc_tui.ui.chart_canvas import Canvas, Ink, Paper, one_cell
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, View

Locate = Callable[[Any, Any], Any]
"""Latitudes and longitudes in degrees to area ids, -1 outside the dataset."""
UNKNOWN = -2
"""A cell not asked about yet."""
_LEAST_CELLS = 60
"""Cells an area must cover to be named."""
_PAPERS = {"territorial": Paper.TERRITORIAL, "contiguous": Paper.CONTIGUOUS, "internal": Paper.TERRITORIAL,
           "archipelagic": Paper.TERRITORIAL, "joint": Paper.DISPUTED}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Areas:
    """The area id of every cell of a view."""

    view: View
    ids: NDArray[np.int32]
    """Shape (rows, columns); UNKNOWN where not asked yet."""

    @classmethod
    def unknown(cls, view: View) -> Areas:
        """Nothing asked yet."""
        return cls(view, np.full((view.rows, view.columns), UNKNOWN, np.int32))

    def moved(self, view: View) -> Areas:
        """The same knowledge for another view: what a pan by whole cells leaves in sight is kept."""
        if view == self.view:
            return self
        new = Areas.unknown(view)
        if view.unit != self.view.unit or self.ids.shape != new.ids.shape:
            return new
        right = (view.x - self.view.x) / (DOTS_X * view.unit)
        down = (self.view.y - view.y) / (DOTS_Y * view.unit)
        dx, dy = round(right), round(down)
        if abs(right - dx) > 0.01 or abs(down - dy) > 0.01:
            return new
        kept = self.ids[max(0, dy) : view.rows + min(0, dy), max(0, dx) : view.columns + min(0, dx)]
        if kept.size:
            top, left = max(0, -dy), max(0, -dx)
            new.ids[top : top + kept.shape[0], left : left + kept.shape[1]] = kept
        return new

    def asked(self, locate: Locate, land: NDArray[np.bool_]) -> Areas:
        """Every unknown cell at sea answered; cells of land are left at -1."""
        ids = np.where((self.ids == UNKNOWN) & land, -1, self.ids)
        rows, columns = np.nonzero(ids == UNKNOWN)
        if len(rows):
            lat, lon = self.view.positions((columns + 0.5) * DOTS_X, (rows + 0.5) * DOTS_Y)
            ids[rows, columns] = locate(lat, lon)
        return Areas(self.view, ids.astype(np.int32))

    @property
    def complete(self) -> bool:
        """True when every cell has been asked about."""
        return not bool((self.ids == UNKNOWN).any())


def papers(labels: Sequence[ZoneLabel]) -> NDArray[np.uint8]:
    """Tint of each area, of no area as the last element; economic zones get one of two by their states."""
    return np.array([_paper(label) for label in labels] + [Paper.SEA], np.uint8)


def _paper(label: ZoneLabel) -> Paper:
    if label.status in ("disputed", "unsettled"):
        return Paper.DISPUTED
    if label.kind == "eez":
        return (Paper.EEZ, Paper.EEZ_NEXT)[sum(map(ord, "".join(label.states))) % 2]
    return _PAPERS.get(label.kind, Paper.SEA)


def draw(canvas: Canvas, areas: Areas, labels: Sequence[ZoneLabel]) -> None:
    """Tint the sea and write each large area's short name once, in its widest row."""
    known = areas.ids >= 0
    ids = np.where(known & (areas.ids < len(labels)), areas.ids, len(labels))
    sea = canvas.paper == Paper.SEA
    canvas.paper[sea] = papers(labels)[ids][sea]
    numbers, counts = np.unique(ids[sea], return_counts=True)
    for number, count in zip(numbers, counts, strict=True):
        if number < len(labels) and count >= _LEAST_CELLS:
            _name(canvas, (ids == number) & sea, one_cell(labels[number].short, 12))


def _name(canvas: Canvas, cells: NDArray[np.bool_], text: str) -> None:
    row = int(cells.sum(axis=1).argmax())
    ends = np.flatnonzero(np.diff(np.concatenate([[0], cells[row].astype(np.int8), [0]])))
    starts, stops = ends[::2], ends[1::2]
    widest = int((stops - starts).argmax())
    if stops[widest] - starts[widest] > len(text) + 2:
        canvas.write(int(starts[widest] + stops[widest] - len(text)) // 2, row, text, Ink.AREA)
