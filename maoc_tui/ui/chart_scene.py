"""Everything the chart shows and how it comes together in a frame; no terminal, no event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import Picture, Track, ZoneLabel
from maoc_tui.ui import chart_labels, chart_marks, chart_overlay, chart_tint, chart_traffic
from maoc_tui.ui.braille import Dots
from maoc_tui.ui.chart_canvas import Canvas, Ink, one_cell
from maoc_tui.ui.chart_frame import Frame
from maoc_tui.ui.chart_ground import Ground, ZoneOutline
from maoc_tui.ui.chart_marks import Rings
from maoc_tui.ui.chart_overlay import Overlay
from maoc_tui.ui.chart_tint import Areas, Locate, Tints
from maoc_tui.ui.chart_traffic import Estimates, Placed, Traffic
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, View

LAYERS = ("coast", "land", "borders", "grid", "zones", "tint", "tracks", "vectors", "labels")
_STILL = frozenset({"coast", "land", "borders", "grid", "zones"})
_NO_ESTIMATES = Estimates(np.empty(0), np.empty(0), np.empty(0, np.int64))
_NOBODY = Placed(*(np.empty(0, np.int64) for _ in range(3)))


@dataclass(slots=True)
class Scene:
    """The state of one chart."""

    view: View
    layers: set[str] = field(default_factory=lambda: set(LAYERS) - {"tint", "vectors"})
    symbols: str = "braille"
    ground: Ground = field(default_factory=Ground)
    locate: Locate | None = None
    areas: Areas | None = None
    zone_labels: tuple[ZoneLabel, ...] = ()
    picture: Picture | None = None
    traffic: Traffic | None = None
    estimates: Estimates | None = None
    track: Track | None = None
    selected: int | None = None
    """Contact key."""
    cursor: tuple[int, int] = (0, 0)
    """Cell column and row."""
    rings: Rings | None = None
    rings_key: int | None = None
    """The contact the rings go with; None when they stay where they are."""
    anchor: tuple[float, float] | None = None
    """Where a measured line begins, degrees."""
    overlay: Overlay | None = None
    """What a desk reckoned, laid over the sea and under the traffic."""
    placed: Placed = _NOBODY
    """Where the contacts stood in the last frame."""
    _tints: Tints = field(default_factory=Tints)
    _tinted: NDArray[np.int32] | None = None
    """Area id of every cell of the frame being drawn, while the tint is shown."""
    _drawn: tuple[View, frozenset[str]] | None = None
    _base: Canvas | None = None
    _tracked: tuple[Track, View, list[tuple[Dots, Ink]]] | None = None
    """The track drawn last, the view it was drawn in, and its dots."""

    def frame(self) -> Frame:
        """Draw everything."""
        canvas = self._still().copy()
        self._tint(canvas)
        self._overlays(canvas)
        self.placed = _NOBODY
        taken = np.zeros((canvas.rows, canvas.columns), bool)
        if self.picture is not None and self.traffic is not None:
            taken = self._traffic(canvas, self.picture, self.traffic)
        if self._tinted is not None:
            taken[[0, -1]] = True
            chart_tint.name_areas(canvas, self._tinted, self.labels(), taken)
        self._hand(canvas)
        return Frame.of(canvas, self.symbols)

    def forget_ground(self) -> None:
        """Draw the still layers anew in the next frame."""
        self._drawn = None

    def set_zone_lines(
        self, lines: Iterable[ZoneOutline], locate: Locate | None, labels: Sequence[ZoneLabel]
    ) -> None:
        """Other zone boundaries, and whom to ask for the waters of a position."""
        self.ground.set_zone_lines(lines)
        self.locate, self.zone_labels, self.areas = locate, tuple(labels), None
        self.forget_ground()

    def move(self, view: View) -> None:
        """Show another part of the sea; the cursor keeps its cell."""
        self.view = view
        self.cursor = (min(self.cursor[0], view.columns - 1), min(self.cursor[1], view.rows - 1))
        if self.areas is not None:
            self.areas = self.areas.moved(view)

    def labels(self) -> tuple[ZoneLabel, ...]:
        """The names of the areas ``locate`` answers with."""
        if self.zone_labels or self.picture is None:
            return self.zone_labels
        return self.picture.zones

    def row_of(self, key: int | None) -> int:
        """The row of a contact in the picture; -1 when there is none."""
        return -1 if key is None or self.picture is None else self.picture.row(key)

    def place_of(self, key: int | None) -> tuple[float, float] | None:
        """Where a contact's last fix is, degrees; None without a position."""
        row = self.row_of(key)
        if row < 0 or self.picture is None or not np.isfinite(self.picture.lat[row]):
            return None
        return float(self.picture.lat[row]), float(self.picture.lon[row])

    def nearest(self) -> int | None:
        """Key of the contact in view nearest the cursor."""
        if self.picture is None or self.traffic is None or not len(self.placed.index):
            return None
        across = (self.placed.column - self.cursor[0]) * DOTS_X
        down = (self.placed.row - self.cursor[1]) * DOTS_Y
        away = np.hypot(across, down)
        best = np.flatnonzero(away == away.min())[-1]
        return int(self.picture.key[self.traffic.rows[self.placed.index[best]]])

    def in_view(self) -> list[int]:
        """Keys of the contacts in view, in reading order."""
        if self.picture is None or self.traffic is None:
            return []
        order = np.lexsort((self.placed.index, self.placed.column, self.placed.row))
        return [int(k) for k in self.picture.key[self.traffic.rows[self.placed.index[order]]]]

    def _still(self) -> Canvas:
        wanted = (self.view, frozenset(self.layers) & _STILL)
        if self._base is None or self._drawn != wanted:
            self._base, self._drawn = self.ground.draw(*wanted), wanted
        return self._base

    def _tint(self, canvas: Canvas) -> None:
        self._tinted = None
        if "tint" in self.layers and self.areas is not None and self.areas.view == self.view:
            labels = self.labels()
            self._tinted = chart_tint.area_ids(self.areas, labels)
            chart_tint.draw(canvas, self._tinted, self._tints.papers(self._tinted, labels))

    def _overlays(self, canvas: Canvas) -> None:
        if self.rings is not None:
            lat, lon = self.place_of(self.rings_key) or (self.rings.lat, self.rings.lon)
            chart_marks.draw_rings(canvas, self.view, Rings(lat, lon, self.rings.radii_nm))
        if self.overlay is not None:
            chart_overlay.draw(canvas, self.view, self.overlay, self.symbols)
        if self.track is not None and "tracks" in self.layers:
            for dots, ink in self._track_dots(self.track):
                canvas.dots(dots, ink)

    def _track_dots(self, track: Track) -> list[tuple[Dots, Ink]]:
        """The track as it was drawn last, while neither it nor the view has changed."""
        if self._tracked is None or self._tracked[0] is not track or self._tracked[1] != self.view:
            self._tracked = (track, self.view, chart_traffic.track_dots(self.view, track))
        return self._tracked[2]

    def _traffic(self, canvas: Canvas, picture: Picture, traffic: Traffic) -> NDArray[np.bool_]:
        """Draw what moves; returns the cells taken by it."""
        chosen = np.flatnonzero(traffic.rows == self.row_of(self.selected))
        element = int(chosen[0]) if len(chosen) else -1
        vectors = np.full(len(traffic), "vectors" in self.layers)
        if element >= 0:
            vectors[element] = True
        chart_traffic.draw_vectors(canvas, self.view, traffic, vectors)
        placed = chart_traffic.place(self.view, traffic)
        known = self.estimates if self.estimates is not None else _NO_ESTIMATES
        reckoned = chart_traffic.reckoned(self.view, traffic, placed, element, known)
        chart_traffic.draw_estimates(canvas, self.view, traffic, reckoned, self.symbols)
        self.placed = placed
        chart_traffic.draw_contacts(canvas, traffic, placed, element, reckoned.element, self.symbols)
        taken: NDArray[np.bool_] = (canvas.glyph > 0) & (canvas.ink != Ink.GRID)
        spot = placed.at(element)
        if spot:
            chart_marks.draw_selection(canvas, *spot)
            taken[spot[1], max(0, spot[0] - 1) : spot[0] + 2] = True
        taken[-1] = True
        if "labels" in self.layers:
            chart_labels.draw(canvas, picture, traffic, placed, element, taken)
        return taken

    def _hand(self, canvas: Canvas) -> None:
        """Cursor, measured line, what the overlay is, and the bottom row."""
        if self.overlay is not None:
            chart_overlay.draw_title(canvas, self.overlay)
        if self.anchor is not None:
            here = self.view.cell_centre(*self.cursor)
            chart_marks.draw_measure(canvas, self.view, self.anchor, here, self.symbols)
        chart_marks.draw_cursor(canvas, *self.cursor, self.symbols)
        chart_marks.draw_foot(canvas, self.view, self.cursor, self.waters(), self.symbols)

    def waters(self) -> str:
        """Short name of the area under the cursor; "" when unknown."""
        if self.locate is None:
            return ""
        lat, lon = self.view.cell_centre(*self.cursor)
        number = int(np.asarray(self.locate(np.array([lat]), np.array([lon])))[0])
        labels = self.labels()
        return one_cell(labels[number].short, 12) if 0 <= number < len(labels) else ""
