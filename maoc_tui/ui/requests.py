"""The Requests screen: what is asked of States with a clock, the soonest first. The program sends nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from maoc_tui.commands import REQUESTS
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui import request_rows as rows
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import RequestLine
    from maoc_tui.ui.status import Status

_LOOK_EVERY_S = 2.0
_AFTER_FAULT_S = 30.0
_NOTHING = "no request is open: n opens one, p shows past ones"
_NOTHING_PAST = "no request was ever made: n opens one"


class RequestsScreen(DeskScreen):
    """One list: requests by the time their clocks leave."""

    BINDINGS = bindings(REQUESTS)
    PLACES = (REQUESTS,)

    def __init__(self) -> None:
        super().__init__()
        self.list = Grid(rows.COLUMNS, empty="opening the record …", id="requests-list")
        self.known: tuple[RequestLine, ...] = ()
        self.past = False
        self._seen: Any = None
        self._reading = False
        self._rest_until = 0.0

    def body(self) -> ComposeResult:
        """The list."""
        yield self.list

    def on_mount(self) -> None:
        """Read, and keep looking."""
        super().on_mount()
        self.list.focus()
        self.refresh_list()
        self.set_interval(_LOOK_EVERY_S, self.refresh_list)

    # -- reading -------------------------------------------------------------------------------

    def refresh_list(self, force: bool = False) -> None:
        """Read again when something was committed since; one read at a time."""
        if self._reading or not self.is_current or (not force and time.monotonic() < self._rest_until):
            return
        self._reading = True
        desk, seen, past = self.app.desk, self._seen, self.past

        def ask() -> Any:
            now = line.version(desk), past
            return (
                None if now == seen and not force else (now, line.act(desk, "requests.requests", past=past))
            )

        self.app.read(ask, self._take, self._failed)

    def _take(self, answer: Any) -> None:
        self._reading = False
        if answer is None:
            return
        self._seen, self.known = answer
        self.list.say(_NOTHING_PAST if self.past else _NOTHING)
        self._show()
        if self._seen[1] != self.past:
            self.refresh_list(force=True)

    def _failed(self, problem: Problem) -> None:
        self._reading = False
        self._rest_until = time.monotonic() + _AFTER_FAULT_S
        self.show_fault(problem)

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand."""
        self.list.say(printable(f"{problem.message} {problem.way_out}", 300))
        self.list.show(rows.listed((), 0, False))

    def _show(self) -> None:
        self.list.show(rows.listed(self.known, self.app.clock.now_ms(), self.app.local))

    def show_status(self, status: Status) -> None:
        """The clock moved on: what is left of every clock too."""
        super().show_status(status)
        self._show()

    def catch_up(self) -> None:
        """Read again what happened while another screen was in front."""
        if self.is_mounted:
            self.refresh_list()

    # -- commands ------------------------------------------------------------------------------

    def _selected(self) -> RequestLine:
        ref = self.list.cursor_key
        for found in self.known:
            if found.asked.ref == ref:
                return found
        raise BadInput("No request is selected.", "Open one with n.")

    def _open(self, form: Any) -> None:
        def done(made: Any) -> None:
            if made is not None:
                self.app.say(f"{made.asked.ref} {made.asked.kind.value}: {made.standing.state.value}.")
                self.refresh_list(force=True)
                self.app.look_now()

        self.app.push_screen(form, done)

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        from maoc_tui.ui.liaison_sheets import LongSheet

        event.stop()
        found = self._selected()
        lines = rows.sheet(found, self.app.clock.now_ms(), self.app.local)
        self.app.push_screen(LongSheet(found.asked.ref, lines))

    def action_request_new(self) -> None:
        """Open a request; the target of the one selected is proposed."""
        from maoc_tui.ui import request_forms as forms

        target = self._selected().asked.target if self.known and self.list.cursor_key else ""
        self._open(forms.opened(self.app.desk, target))

    def action_request_record(self) -> None:
        """Record what became of the request selected."""
        from maoc_tui.ui import request_forms as forms

        self._open(forms.recorded(self.app.desk, self._selected()))

    def action_request_past(self) -> None:
        """Show answered and withdrawn requests too, or not."""
        self.past = not self.past
        self.app.say("All requests." if self.past else "Open requests only.")
        self.refresh_list(force=True)

    def action_request_form(self) -> None:
        """The request filled from the record, to read and to copy."""
        ref, desk = self._selected().asked.ref, self.app.desk
        self.app.read(lambda: line.act(desk, "request_form.form", ref), self._show_form)

    def _show_form(self, form: Any) -> None:
        from maoc_tui.ui.liaison_sheets import LongSheet

        told = [((printable(text, 600), "text"),) for text in form.text.splitlines()]
        blanks = (
            (f"Still blank or held back: {printable(', '.join(form.blanks), 600) or 'nothing'}", "warn"),
        )
        self.app.push_screen(LongSheet(form.ref, [*told, (("", "text"),), blanks]))

    def action_request_copy(self) -> None:
        """Copy the filled request: to a file, and offered to the clipboard."""
        ref, desk = self._selected().asked.ref, self.app.desk
        self.app.read(lambda: line.act(desk, "request_form.form", ref), self._copy_form)

    def _copy_form(self, form: Any) -> None:
        from maoc_tui.ui import format as fmt
        from maoc_tui.ui.copying import copy_text

        copy_text(self.app, form.text, f"{fmt.file_time(self.app.clock.now_ms())}-{form.ref}.txt")
