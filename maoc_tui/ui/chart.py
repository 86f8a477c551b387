"""The chart with its keys: what an officer does on it, and what it tells the screen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from maoc_tui.commands import CHART
from maoc_tui.geo.coast import Coast
from maoc_tui.problems import Problem
from maoc_tui.ui.chart_marks import ring_radii
from maoc_tui.ui.chart_pane import SYMBOLS, ChartPane
from maoc_tui.ui.chart_tint import Areas, Locate
from maoc_tui.ui.keys import bindings

_STANDS_STILL_S = 0.15
"""How long a view must stand before the waters of its cells are asked for."""

_READY_AFTER_S = 3.0
"""When the finer levels of the coast are made ready: not while the program starts."""


class ChartView(ChartPane):
    """A chart of contacts, drawn in the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CHART)

    @dataclass
    class ContactPicked(Message):
        """The user chose a contact on the chart."""

        key: int

    @dataclass
    class ViewMoved(Message):
        """The chart shows another part of the sea."""

        lat: float
        """Degrees at the centre."""
        lon: float
        nm_per_row: float

        def can_replace(self, message: Message) -> bool:
            """Only the newest view is of interest."""
            return isinstance(message, type(self))

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._asking: Timer | None = None

    def moved(self) -> None:
        """Say where the chart looks now, and ask for the waters of cells come into sight."""
        view = self.scene.view
        self.post_message(self.ViewMoved(view.lat, view.lon, view.nm_per_row))
        self.waters_wanted()

    def on_mount(self) -> None:
        """The shipped coast comes by itself, right after the first frame."""
        self.call_after_refresh(self._take_shipped_coast)

    def _take_shipped_coast(self) -> None:
        if self.scene.ground.coast is None:
            with suppress(Problem):
                self.set_coast(Coast.load())

    def set_coast(self, coast: Coast) -> None:
        """Draw this coast; its finer levels are made ready in the background."""
        if coast == self.scene.ground.coast:
            return
        super().set_coast(coast)
        self.set_timer(_READY_AFTER_S, self._make_ready)

    def _make_ready(self) -> None:
        prepare = self.scene.ground.prepare
        self.run_worker(
            prepare, name="coast", group="coast", description="fine coast", thread=True, exit_on_error=False
        )

    # -- keys ----------------------------------------------------------------------------------

    def action_pan(self, dx: float, dy: float) -> None:
        """Move by fractions of the view; following ends."""
        self.following = False
        self.pan(dx, dy)

    def action_cursor(self, right: int, down: int) -> None:
        """Move the cursor by cells; at the edge the chart moves instead."""
        view, (column, row) = self.scene.view, self.scene.cursor
        if 0 <= column + right < view.columns and 0 <= row + down < view.rows - 1:
            self.scene.cursor = (column + right, row + down)
            self.redraw()
        else:
            self.shift(right, down)

    def action_zoom(self, factor: float) -> None:
        """Closer."""
        self.zoom(factor)

    def action_zoom_out(self) -> None:
        """Farther, the same step back."""
        self.zoom(1 / 1.5)

    def action_fit(self) -> None:
        """Show every contact of the list; following ends."""
        self.following = False
        if self.scene.traffic is not None:
            self.fit(self.scene.traffic.lat, self.scene.traffic.lon)

    def action_centre(self) -> None:
        """The cursor's place to the middle; following ends."""
        self.following = False
        self.centre_on(*self.scene.view.cell_centre(*self.scene.cursor))

    def action_pick(self) -> None:
        """Select the contact nearest the cursor."""
        key = self.scene.nearest()
        if key is not None:
            self._pick(key)

    def action_cycle(self, step: int) -> None:
        """Select the next or previous contact in view, in reading order."""
        keys = self.scene.in_view()
        if keys:
            chosen = self.scene.selected
            at = keys.index(chosen) + step if chosen in keys else (0 if step > 0 else -1)
            self._pick(keys[at % len(keys)])

    def _pick(self, key: int) -> None:
        self.select(key)
        self.post_message(self.ContactPicked(key))

    def action_follow(self) -> None:
        """Keep the selected contact in sight, or no longer."""
        place = self.scene.place_of(self.scene.selected)
        self.following = not self.following and place is not None
        if self.following and place is not None:
            self.centre_on(*place)

    def action_rings(self) -> None:
        """Range rings about the selected contact or the cursor; away with them if there are some."""
        scene = self.scene
        if scene.rings is not None:
            self.set_rings(0.0, 0.0, ())
            return
        place = scene.place_of(scene.selected)
        centre = place or scene.view.cell_centre(*scene.cursor)
        self.set_rings(*centre, ring_radii(scene.view), scene.selected if place else None)

    def action_measure(self) -> None:
        """Measure from the cursor, or stop measuring."""
        self.start_measure()

    def action_clear_overlay(self) -> None:
        """Take away what is laid over the chart."""
        self.lay(None)

    def action_layer(self, layer: str) -> None:
        """Show or hide a layer."""
        self.toggle(layer)

    def action_symbols(self) -> None:
        """The next way of drawing."""
        self.set_symbols(SYMBOLS[(SYMBOLS.index(self.scene.symbols) + 1) % len(SYMBOLS)])

    def on_click(self, event: events.Click) -> None:
        """The mouse, where there is one: cursor to the cell; a second click picks."""
        place = event.get_content_offset(self)
        if place is not None:
            again = self.scene.cursor == place
            self.scene.cursor = (place.x, place.y)
            self.redraw()
            if again:
                self.action_pick()

    # -- waters --------------------------------------------------------------------------------

    def waters_wanted(self) -> None:
        """Ask for the waters of unknown cells once the view stands still."""
        if self._asking is not None:
            self._asking.stop()
            self._asking = None
        if self.is_mounted and "tint" in self.scene.layers and self.scene.locate is not None:
            self._asking = self.set_timer(_STANDS_STILL_S, self._ask)

    def _ask(self) -> None:
        scene, locate = self.scene, self.scene.locate
        if locate is None:
            return
        areas = (scene.areas or Areas.unknown(scene.view)).moved(scene.view)
        land = scene.ground.land(scene.view)
        self.run_worker(
            lambda: self._answer(areas, locate, land),
            name="waters", group="waters", thread=True, exclusive=True, exit_on_error=False,
        )  # fmt: skip

    def _answer(self, areas: Areas, locate: Locate, land: np.ndarray) -> None:
        worker = get_current_worker()
        answered = areas.asked(locate, land)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_waters, answered, locate)

    def _show_waters(self, areas: Areas, locate: Locate) -> None:
        if locate is self.scene.locate:
            self.scene.areas = areas.moved(self.scene.view)
            self.redraw()
