"""The Assets screen: what partners may send, what is not known or too old on top, and who answered what."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from maoc_tui import resources
from maoc_tui.commands import ASSETS
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import asset_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import AssetRow, AssetSheet, TaskLine
    from maoc_tui.ui.status import Status

WIDE = 140
"""Cells from which list and sheet stand side by side."""
_LOOK_EVERY_S = 2.0
_SHEET_AFTER_S = 0.12
_AFTER_FAULT_S = 30.0


class AssetsScreen(DeskScreen):
    """One list, and everything on the asset selected."""

    CSS_PATH = str(resources.layout("operations.tcss"))
    BINDINGS = bindings(ASSETS)
    PLACES = (ASSETS,)

    def __init__(self) -> None:
        super().__init__()
        self.list = Grid(rows.COLUMNS, empty="opening the record …", id="assets")
        self.sheet = Lines(id="asset-sheet")
        self.known: tuple[AssetRow, ...] = ()
        self._shown: AssetSheet | None = None
        self._seen: Any = None
        self._reading = self._again = False
        self._rest_until = 0.0
        self._timer: Any = None

    def body(self) -> ComposeResult:
        """List and sheet."""
        with Container(id="assets-body"):
            yield self.list
            with Vertical(id="asset-panel"):
                yield self.sheet

    def on_mount(self) -> None:
        """Read, and keep looking."""
        self.list.focus()
        self.refresh_list()
        self.set_interval(_LOOK_EVERY_S, self.refresh_list)

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where there is room; otherwise the sheet stands under the list."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._give_room()

    def _give_room(self) -> None:
        """On a narrow terminal the list is half of the screen at most; the sheet has it all with the keys."""
        rows = 0 if self.sheet.has_focus else min(max(len(self.known) + 1, 3), 12)
        self.list.styles.height = "1fr" if self.has_class("-wide") else rows

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a narrow terminal the sheet takes the whole height while it has the keys."""
        self._give_room()

    # -- reading -------------------------------------------------------------------------------

    def refresh_list(self, force: bool = False) -> None:
        """Read again when something was committed since, and every minute: what was said ages."""
        self._again = self._again or (force and self._reading)
        if self._reading or not self.is_current or (not force and time.monotonic() < self._rest_until):
            return
        self._reading, self._again = True, False
        desk, seen = self.app.desk, self._seen

        def ask() -> Any:
            now = line.version(desk)
            return None if now == seen and not force else (now, line.act(desk, "assets.assets"))

        self.app.read(ask, self._take, self._failed)

    def _take(self, answer: Any) -> None:
        self._reading = False
        if self._again:
            self.call_later(self.refresh_list, True)
        if answer is None:
            return
        self._seen, self.known = answer
        self.marked = highest(row.marking for row in self.known)
        self.show_marking()
        self._give_room()
        self.list.say("no asset yet: n enters one of your own State")
        self._show()
        self._read_sheet()

    def _failed(self, problem: Problem) -> None:
        self._reading = False
        self._rest_until = time.monotonic() + _AFTER_FAULT_S
        self.show_fault(problem)

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand."""
        self.list.say(printable(f"{problem.message} {problem.way_out}", 300))
        self.list.show(rows.listed((), 0))

    def _show(self) -> None:
        self.list.show(rows.listed(self.known, self.app.clock.now_ms()))

    @on(Grid.Moved, "#assets")
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SHEET_AFTER_S, self._read_sheet)

    def _read_sheet(self) -> None:
        ref, desk = self.list.cursor_key, self.app.desk
        if isinstance(ref, str):
            self.app.read(lambda: line.act(desk, "assets.sheet", ref), self._take_sheet)
        else:
            self._shown = None
            self.sheet.show([(("No asset selected.", "dim"),)])

    def _take_sheet(self, sheet: AssetSheet) -> None:
        if sheet.row.ref == self.list.cursor_key:
            same = self._shown is not None and self._shown.row.ref == sheet.row.ref
            self._shown = sheet
            self._show_sheet(keep_place=same)

    def _show_sheet(self, keep_place: bool = True) -> None:
        if self._shown is not None:
            now, local = self.app.clock.now_ms(), self.app.local
            self.sheet.show(rows.sheet_lines(self._shown, now, local), keep_place=keep_place)

    def show_status(self, status: Status) -> None:
        """The clock moved on: ages too."""
        super().show_status(status)
        self._show()
        self._show_sheet()

    def catch_up(self) -> None:
        """Read again what happened while another screen was in front."""
        if self.is_mounted:
            self.refresh_list()

    # -- commands ------------------------------------------------------------------------------

    @on(Grid.Opened, "#assets")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.sheet.focus()

    def action_back(self) -> None:
        """Back to the list; then to the screen before."""
        if not self.list.has_focus:
            self.list.focus()
        else:
            super().action_back()

    def _row(self) -> AssetRow:
        ref = self.list.cursor_key
        for row in self.known:
            if row.ref == ref:
                return row
        raise BadInput("No asset is selected.", "Enter one of your own State with n.")

    def _asked_for(self) -> TaskLine:
        row = self._row()
        if row.task is None:
            raise BadInput(f"{row.ref} is asked for nothing that you see.", "Ask its State for it with a.")
        return row.task

    def _open(self, form: Any, told: Callable[[Any], str]) -> None:
        def done(made: Any) -> None:
            if made is not None:
                self.app.say(told(made))
                self.refresh_list(force=True)

        self.app.push_screen(form, done)

    def _form(self, name: str, *given: Any) -> None:
        from maoc_tui.ui import asset_forms as forms

        self._open(getattr(forms, name)(self.app.desk, *given), forms.told)

    def action_asset_new(self, _: str = "") -> None:
        """Enter an asset."""
        self._form("added")

    def action_asset_profile(self, _: str = "") -> None:
        """Say anew what it can do."""
        self._form("profile", self._row())

    def action_asset_report(self, _: str = "") -> None:
        """What is told of it now."""
        self._form("reported", self._row())

    def action_asset_ask(self, _: str = "") -> None:
        """Ask its State for it; the operation shown last is proposed."""
        self._form("asked", self._row().ref, self.app.operation_shown[0])

    def action_asset_answer(self, _: str = "") -> None:
        """What its State answered."""
        self._form("answered", self._asked_for())

    def action_asset_on_chart(self, _: str = "") -> None:
        """Centre the chart on it."""
        row = self._row()
        if row.lat != row.lat:
            raise BadInput(f"No position of {row.ref} is known.", "Tell one with s.")
        self.app.show_on_chart(row.lat, row.lon)
