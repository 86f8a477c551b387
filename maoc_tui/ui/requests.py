"""The Requests screen: everything with a clock, the soonest first. The program sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import REQUESTS
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui import request_rows as rows
from maoc_tui.ui.board import Board
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine, RequestLine


class RequestsScreen(Board):
    """One list: requests and all other clocks by the time they leave."""

    BINDINGS = bindings(REQUESTS)
    PLACES = (REQUESTS,)

    def __init__(self) -> None:
        super().__init__(rows.COLUMNS, id="requests-list")
        self.past = False
        """What was answered, withdrawn or stopped is shown too."""

    # -- what is shown -------------------------------------------------------------------------

    def wish(self) -> bool:
        """Whether past ones are asked for too."""
        return self.past

    def ask(self, desk: LiveDesk, wish: bool) -> tuple[RequestLine | ClockLine, ...]:
        """The requests and clocks the viewer may see."""
        found: tuple[RequestLine | ClockLine, ...] = line.act(desk, "clocks.board", past=wish)
        return found

    def listed(self, now_ms: int) -> Rows:
        """The list."""
        return rows.listed(self.known, now_ms, self.app.local)

    def nothing(self) -> str:
        """Nothing was ever asked, or nothing is open."""
        if self.past:
            return "nothing was ever asked: n opens a request, c starts a clock"
        return "no request is open and no clock runs: n opens one, c starts a clock, p shows past ones"

    def ref_of(self, row: RequestLine | ClockLine) -> str:
        """The reference of a request or clock."""
        return rows.ref_of(row)

    def marking_of(self, row: RequestLine | ClockLine) -> object:
        """The marking of a request or clock."""
        return rows.marking_of(row)

    # -- commands ------------------------------------------------------------------------------

    def _under_cursor(self) -> RequestLine | ClockLine:
        found: RequestLine | ClockLine | None = self.row()
        if found is None:
            raise BadInput("Nothing is selected.", "Open a request with n, start a clock with c.")
        return found

    def _selected(self) -> RequestLine:
        from maoc_tui.desk.request_snapshots import RequestLine

        found = self._under_cursor()
        if isinstance(found, RequestLine):
            return found
        raise BadInput(f"{found.ref} is a clock, not a request.", "s stops it; Enter tells of it.")

    def open_row(self) -> None:
        """Everything on the request or clock selected, in a window."""
        from maoc_tui.ui.liaison_sheets import LongSheet

        found = self._under_cursor()
        lines = rows.sheet(found, self.app.clock.now_ms(), self.app.local)
        self.app.push_screen(LongSheet(rows.ref_of(found), lines))

    def action_request_new(self) -> None:
        """Open a request; the target of the one selected is proposed."""
        from maoc_tui.ui import request_forms as forms

        self.open_form(forms.opened(self.app.desk, self._target()), rows.told)

    def _target(self) -> str:
        found = self.row()
        return rows.target_of(found) if found is not None else ""

    def action_clock_new(self) -> None:
        """Start a clock by hand; the target of the row selected is proposed."""
        from maoc_tui.ui import request_forms as forms

        self.open_form(forms.clock(self.app.desk, self._target()), rows.told)

    def action_request_record(self) -> None:
        """Record what became of the request selected; a clock started by hand is stopped."""
        from maoc_tui.desk.request_snapshots import ClockLine
        from maoc_tui.ui import request_forms as forms

        found = self._under_cursor()
        if not isinstance(found, ClockLine):
            self.open_form(forms.recorded(self.app.desk, found), rows.told)
        elif found.by_hand:
            self.open_form(forms.stopped(self.app.desk, found), rows.told)
        else:
            raise BadInput(f"{found.ref} belongs to a release.", "Answer it on Targets: :releases.")

    def action_clock_heard(self) -> None:
        """Say for every terminal that the bell of the clock selected was heard, with one's name."""
        ref, desk = rows.ref_of(self._under_cursor()), self.app.desk

        def heard(_: Any) -> None:
            self.app.say(f"{ref}: heard; no terminal rings for that any more. What is owed is still owed.")
            self.show_saved(None)

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
        self.read_again(force=True)

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
