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
_PAPERS = {
    "land": Paper.LAND, "internal": Paper.TERRITORIAL, "archipelagic": Paper.TERRITORIAL,
    "territorial": Paper.TERRITORIAL, "contiguous": Paper.CONTIGUOUS, "joint": Paper.DISPUTED,
}  # fmt: skip
_UNCERTAIN = ("disputed", "unsettled")
_ECONOMIC = (Paper.EEZ, Paper.EEZ_SECOND, Paper.EEZ_THIRD)
_ROWS_TRIED = 8


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


class Tints:
    """The tint of every area; states whose economic zones meet in sight differ, and keep theirs."""

    def __init__(self) -> None:
        self._economic: dict[tuple[str, ...], Paper] = {}

    def papers(self, ids: NDArray[np.integer[Any]], labels: Sequence[ZoneLabel]) -> NDArray[np.uint8]:
        """Paper by area id, sea as the last element; ``ids`` is what is in sight."""
        meeting = self._meeting(ids, labels)
        for states in sorted(meeting):
            if states not in self._economic:
                used = [self._economic.get(other) for other in meeting[states]]
                self._economic[states] = min(_ECONOMIC, key=used.count)
        return np.array([self._paper(label) for label in labels] + [Paper.SEA], np.uint8)

    def _paper(self, label: ZoneLabel) -> Paper:
        if label.status in _UNCERTAIN:
            return Paper.DISPUTED
        if label.kind == "eez":
            return self._economic.get(label.states, Paper.EEZ)
        return _PAPERS.get(label.kind, Paper.SEA)

    def _meeting(
        self, ids: NDArray[np.integer[Any]], labels: Sequence[ZoneLabel]
    ) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
        """The states whose economic zones are in sight, each with those it meets there."""
        economic = np.array(
            [label.kind == "eez" and label.status not in _UNCERTAIN for label in labels] + [False]
        )
        seen: dict[tuple[str, ...], set[tuple[str, ...]]] = {
            labels[i].states: set() for i in np.unique(ids[economic[ids]]).tolist()
        }
        for one, other in ((ids[:, :-1], ids[:, 1:]), (ids[:-1], ids[1:])):
            edge = (one != other) & economic[one] & economic[other]
            for a, b in {*zip(one[edge].tolist(), other[edge].tolist(), strict=True)}:
                if labels[a].states != labels[b].states:
                    seen[labels[a].states].add(labels[b].states)
                    seen[labels[b].states].add(labels[a].states)
        return seen


def area_ids(areas: Areas, labels: Sequence[ZoneLabel]) -> NDArray[np.int32]:
    """Area id of every cell; the number of labels where none is known."""
    return np.where((areas.ids >= 0) & (areas.ids < len(labels)), areas.ids, len(labels))


def draw(canvas: Canvas, ids: NDArray[np.int32], papers: NDArray[np.uint8]) -> None:
    """Tint the sea."""
    sea = canvas.paper == Paper.SEA
    canvas.paper[sea] = papers[ids][sea]


def name_areas(
    canvas: Canvas, ids: NDArray[np.int32], labels: Sequence[ZoneLabel], taken: NDArray[np.bool_]
) -> None:
    """Write the short name of each large area of the sea once, where nothing else stands."""
    free = ~taken & (canvas.paper != Paper.LAND)
    numbers, counts = np.unique(ids, return_counts=True)
    for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
        if number < len(labels) and count >= _LEAST_CELLS and labels[number].kind != "land":
            _name(canvas, (ids == number) & free, one_cell(labels[number].short, 12))


def _name(canvas: Canvas, cells: NDArray[np.bool_], text: str) -> None:
    for row in np.argsort(-cells.sum(axis=1), kind="stable")[:_ROWS_TRIED].tolist():
        ends = np.flatnonzero(np.diff(np.concatenate([[0], cells[row].astype(np.int8), [0]])))
        starts, stops = ends[::2], ends[1::2]
        if not len(starts):
            return
        widest = int((stops - starts).argmax())
        if stops[widest] - starts[widest] >= len(text) + 4:
            canvas.write(int(starts[widest] + stops[widest] - len(text)) // 2, row, text, Ink.AREA)
            return
