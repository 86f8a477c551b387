"""What does not move: land, shores, borders, zone lines and graticule, drawn once per view and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.coast import Coast, Level, Lines
from maoc_tui.ui import braille, chart_graticule
from maoc_tui.ui.chart_canvas import Canvas, Ink, Paper
from maoc_tui.ui.chart_lines import ProjectedLines
from maoc_tui.ui.land import Land
from maoc_tui.ui.projection import View

_DETAIL = 0.7
"""Tolerance of the coast drawn, in dots."""
_DASHES = {Ink.LINE_EQUIDISTANCE: (3, 6), Ink.LINE_DISPUTED: (1, 3), Ink.LINE_CONTIGUOUS: (4, 6)}
"""Dots on, of how many; other lines are solid."""
_FARTHEST = {Ink.LINE_TERRITORIAL: 60.0, Ink.LINE_CONTIGUOUS: 40.0}
"""Nautical miles per cell row beyond which a line would only blur the shore it follows."""
_KINDS = {
    "territorial": Ink.LINE_TERRITORIAL,
    "contiguous": Ink.LINE_CONTIGUOUS,
    "eez": Ink.LINE_EEZ,
}
_ORDER = (
    Ink.LINE_OTHER,
    Ink.LINE_EEZ,
    Ink.LINE_EQUIDISTANCE,
    Ink.LINE_CONTIGUOUS,
    Ink.LINE_DISPUTED,
    Ink.LINE_TERRITORIAL,
)


class ZoneOutline(Protocol):
    """A zone boundary to draw; longitudes may jump at the antimeridian."""

    kind: str
    status: str
    basis: str
    lon: NDArray[Any]
    lat: NDArray[Any]


@dataclass(slots=True)
class Ground:
    """Draws the still part of a chart."""

    coast: Coast | None = None
    zone_lines: dict[Ink, ProjectedLines] = field(default_factory=dict)
    _shores: dict[tuple[str, float], ProjectedLines] = field(default_factory=dict)
    _land: dict[float, Land] = field(default_factory=dict)

    def set_coast(self, coast: Coast) -> None:
        """Use this coast from now on."""
        self.coast = coast
        self._shores.clear()
        self._land.clear()

    def set_zone_lines(self, lines: Iterable[ZoneOutline]) -> None:
        """Use these zone boundaries from now on."""
        groups: dict[Ink, list[tuple[NDArray[Any], NDArray[Any]]]] = defaultdict(list)
        for line in lines:
            groups[line_ink(line)].append((line.lon, line.lat))
        self.zone_lines = {ink: ProjectedLines.of(Lines.join(group)) for ink, group in groups.items()}

    def draw(self, view: View, layers: frozenset[str]) -> Canvas:
        """A new canvas with the still layers among ``layers``."""
        canvas = Canvas.blank(view.columns, view.rows)
        if "grid" in layers:
            chart_graticule.draw(canvas, view)
        if self.coast is not None:
            if "land" in layers:
                canvas.paper[self.land(view)] = Paper.LAND
            if "borders" in layers:
                _lines(canvas, view, self._lines("border", view), Ink.BORDER)
        if "zones" in layers:
            for ink in _ORDER:
                if ink in self.zone_lines and view.nm_per_row <= _FARTHEST.get(ink, np.inf):
                    _lines(canvas, view, self.zone_lines[ink], ink)
        if self.coast is not None and "coast" in layers:
            _lines(canvas, view, self._lines("coast", view), Ink.COAST)
        return canvas

    def land(self, view: View) -> NDArray[np.bool_]:
        """True where a cell is land, shape (rows, columns); all sea without a coast."""
        if self.coast is None:
            return np.zeros((view.rows, view.columns), bool)
        return self._land_at(self.coast.level("coast", _DETAIL * view.dot_degrees)).cells(view)

    def prepare(self) -> None:
        """Project every level of the coast, so that no zoom has to wait; may run in another thread."""
        for level in reversed(self.coast.levels if self.coast else ()):
            self._projected(level)
            if level.layer == "coast":
                self._land_at(level)

    def _lines(self, layer: str, view: View) -> ProjectedLines:
        assert self.coast is not None
        return self._projected(self.coast.level(layer, _DETAIL * view.dot_degrees))

    def _projected(self, level: Level) -> ProjectedLines:
        key = (level.layer, level.tolerance)
        lines = self._shores.get(key)
        if lines is None:
            lines = self._shores[key] = ProjectedLines.of(level.lines)
        return lines

    def _land_at(self, level: Level) -> Land:
        land = self._land.get(level.tolerance)
        if land is None:
            land = self._land[level.tolerance] = Land(self._projected(level))
        return land


def line_ink(line: ZoneOutline) -> Ink:
    """How a zone boundary is drawn: by hand first, then doubt about it before its kind."""
    if line.basis == "hand":
        return Ink.LINE_OTHER
    if line.status == "disputed":
        return Ink.LINE_DISPUTED
    if line.basis == "equidistance":
        return Ink.LINE_EQUIDISTANCE
    return _KINDS.get(line.kind, Ink.LINE_OTHER)


def _lines(canvas: Canvas, view: View, lines: ProjectedLines, ink: Ink) -> None:
    dots = braille.blank(view.columns, view.rows)
    on, of = _DASHES.get(ink, (1, 1))
    braille.draw(dots, *lines.in_view(view), on=on, of=of)
    canvas.dots(dots, ink)
