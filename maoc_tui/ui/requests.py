"""The Requests screen: everything with a clock, the soonest first. The program sends nothing."""

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
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine, RequestLine
    from maoc_tui.ui.status import Status

_LOOK_EVERY_S = 2.0
_AFTER_FAULT_S = 30.0
_NOTHING = "no request is open and no clock runs: n opens one, c starts a clock, p shows past ones"
_NOTHING_PAST = "nothing was ever asked: n opens a request, c starts a clock"


class RequestsScreen(DeskScreen):
    """One list: requests and all other clocks by the time they leave."""

    BINDINGS = bindings(REQUESTS)
    PLACES = (REQUESTS,)

    def __init__(self) -> None:
        super().__init__()
        self.list = Grid(rows.COLUMNS, empty="opening the record …", id="requests-list")
        self.known: tuple[RequestLine | ClockLine, ...] = ()
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
            return None if now == seen and not force else (now, line.act(desk, "clocks.board", past=past))

        self.app.read(ask, self._take, self._failed)

    def _take(self, answer: Any) -> None:
        self._reading = False
        if answer is None:
            return
        self._seen, self.known = answer
        self.marked = highest(rows.marking_of(one) for one in self.known)
        self.show_marking()
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

    def _under_cursor(self) -> RequestLine | ClockLine:
        ref = self.list.cursor_key
        for found in self.known:
            if rows.ref_of(found) == ref:
                return found
        raise BadInput("Nothing is selected.", "Open a request with n, start a clock with c.")

    def _selected(self) -> RequestLine:
        from maoc_tui.desk.request_snapshots import RequestLine

        found = self._under_cursor()
        if isinstance(found, RequestLine):
            return found
        raise BadInput(f"{found.ref} is a clock, not a request.", "s stops it; Enter tells of it.")

    def _open(self, form: Any) -> None:
        def done(made: Any) -> None:
            if made is not None:
                self.app.say(rows.told(made))
                self.refresh_list(force=True)
                self.app.look_now()

        self.app.push_screen(form, done)

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        from maoc_tui.ui.liaison_sheets import LongSheet

        event.stop()
        found = self._under_cursor()
        lines = rows.sheet(found, self.app.clock.now_ms(), self.app.local)
        self.app.push_screen(LongSheet(rows.ref_of(found), lines))

    def action_request_new(self) -> None:
        """Open a request; the target of the one selected is proposed."""
        from maoc_tui.ui import request_forms as forms

        self._open(forms.opened(self.app.desk, self._target()))

    def _target(self) -> str:
        return rows.target_of(self._under_cursor()) if self.known and self.list.cursor_key else ""

    def action_clock_new(self) -> None:
        """Start a clock by hand; the target of the row selected is proposed."""
        from maoc_tui.ui import request_forms as forms

        self._open(forms.clock(self.app.desk, self._target()))

    def action_request_record(self) -> None:
        """Record what became of the request selected; a clock started by hand is stopped."""
        from maoc_tui.desk.request_snapshots import ClockLine
        from maoc_tui.ui import request_forms as forms

        found = self._under_cursor()
        if not isinstance(found, ClockLine):
            self._open(forms.recorded(self.app.desk, found))
        elif found.by_hand:
            self._open(forms.stopped(self.app.desk, found))
        else:
            raise BadInput(f"{found.ref} belongs to a release.", "Answer it on Targets: :releases.")

    def action_clock_heard(self) -> None:
        """Say for every terminal that the bell of the clock selected was heard, with one's name."""
        ref, desk = rows.ref_of(self._under_cursor()), self.app.desk

        def heard(_: Any) -> None:
            self.app.say(f"{ref}: heard; no terminal rings for that any more. What is owed is still owed.")
            self.refresh_list(force=True)
            self.app.look_now()

        self.app.read(lambda: line.act(desk, "clocks.acknowledge", ref), heard, self.app.say_problem)

    def action_seen_why(self) -> None:
        """Who sees the request or clock selected; of what belongs to a release, its target."""
        from maoc_tui.ui.who_sees import show

        found = self._under_cursor()
        ref = rows.ref_of(found)
        show(self.app, ref if ref.startswith(("RQ", "CK")) else rows.target_of(found))

    def action_target_release(self, partner: str = "") -> None:
        """What a partner sees of the target of the row selected, and of what is asked about it; release it."""
        from maoc_tui.ui.release_panel import open_panel

        open_panel(self.app, rows.target_of(self._under_cursor()), partner)

    def action_request_past(self) -> None:
        """Show answered and withdrawn requests too, or not."""
        self.past = not self.past
        self.app.say("All requests." if self.past else "Open requests only.")
        self.refresh_list(force=True)

    def action_request_form(self) -> None:
        """The request filled from the record, to read and to copy."""
        self._form("request")

    def action_request_follow(self) -> None:
        """What follows: the reply to be filled while nobody answered, then the action-taken report."""
        self._form("report" if self._selected().standing.answered is not None else "reply")

    def _form(self, which: str) -> None:
        ref, desk = self._selected().asked.ref, self.app.desk
        self.app.read(
            lambda: line.act(desk, "request_form.form", ref, which),
            lambda form: self.app.push_screen(rows.form_sheet(form)) and None,
        )

    def action_request_copy(self) -> None:
        """Copy the filled request: to a file, and offered to the clipboard."""
        ref, desk = self._selected().asked.ref, self.app.desk
        self.app.read(lambda: line.act(desk, "request_form.form", ref), self._copy_form)

    def _copy_form(self, form: Any) -> None:
        from maoc_tui.ui import format as fmt
        from maoc_tui.ui.copying import Taken, copy_text

        name = f"{fmt.file_time(self.app.clock.now_ms())}-{form.ref}.txt"
        copy_text(self.app, form.text, name, Taken("request", form.ref, form.whose))
