"""The Log screen: who holds the watch, its log with the promises that run, and the line selected in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from maoc_tui import resources
from maoc_tui.commands import WATCH_LOG
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui import watch_acts, watch_forms
from maoc_tui.ui import watch_rows as rows
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line
from maoc_tui.ui.sheet_board import SheetBoard
from maoc_tui.ui.watch_told import logged

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import WatchLine, WatchLog
    from maoc_tui.ui.live import LiveDesk


@dataclass(frozen=True, slots=True)
class LineInFull:
    """The line selected."""

    row: WatchLine


class WatchLogScreen(SheetBoard[LineInFull]):
    """The watch log, the newest line last."""

    CSS_PATH = str(resources.layout("watch_log.tcss"))
    BINDINGS = bindings(WATCH_LOG)
    PLACES = (WATCH_LOG,)
    ROWS_ABOVE: ClassVar[int] = 13
    UNCHOSEN = "No line selected: l writes one."
    NEEDED = ("No line is selected.", "Select one in the log, or write one with l.")
    is_watch_log = True
    """A log line typed here goes into the watch log."""

    def __init__(self) -> None:
        super().__init__(rows.COLUMNS, id="watchlog", one="watchline", waits=True)
        self.held = Banner(id="watch-held")
        self.which = "all"
        self.log_read: WatchLog | None = None

    # -- what is shown -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Who holds the watch, over the log."""
        yield self.held
        yield from super().body()

    def wish(self) -> str:
        """Which lines are asked for."""
        return self.which

    def ask(self, desk: LiveDesk, wish: str) -> WatchLog:
        """The log and who holds the watch."""
        found: WatchLog = line.act(desk, "watch_log.entries", wish)
        return found

    def take(self, known: Any, anew: bool) -> None:
        """Show them; at first, and after another wish, the cursor stands on the newest."""
        first = self.log_read is None or anew
        self.log_read = known
        if first and known.lines and not self._sought:
            self._wanted = known.lines[-1].ref
        super().take(known.lines, anew)

    def point_to(self, ref: str) -> None:
        """Put the cursor on a line, whichever lines were listed."""
        self.which = "all"
        super().point_to(ref)

    def ask_sheet(self, desk: LiveDesk, ref: str) -> LineInFull:
        """One of the lines that were read."""
        return LineInFull(next(row for row in self.known if row.ref == ref))

    def listed(self, now_ms: int) -> Rows:
        """The log."""
        return rows.listed(self.known, now_ms, self.app.local)

    def nothing(self) -> str:
        """No line, or none of those wished for."""
        return (
            "no line: l writes one"
            if self.which == "all"
            else f"none ({rows.WHICH[self.which]}): f shows all"
        )

    def lines_of(self, sheet: LineInFull, now_ms: int, local: bool) -> Sequence[Line]:
        """The line in full."""
        return rows.in_full(sheet.row, now_ms)

    def show_rows(self, anew: bool = False) -> None:
        """The lines, and who holds the watch."""
        super().show_rows(anew)
        log = self.log_read
        self.held.show(rows.held(log.state if log else None, self.which, log.since_ms if log else 0))

    def show_logged(self) -> None:
        """Read again what was written; the cursor goes to the newest line."""
        self.log_read = None
        self.read_again(force=True)

    # -- commands ------------------------------------------------------------------------------

    def action_watch_take(self, _: str = "") -> None:
        """Take the watch."""
        watch_acts.take(self.app)

    def action_watch_hand(self, _: str = "") -> None:
        """Open the handover."""
        watch_acts.sheet(self.app)

    def action_watch_leave(self, _: str = "") -> None:
        """Leave the watch."""
        watch_acts.leave(self.app)

    def action_watch_line(self, _: str = "") -> None:
        """Write a line with everything chosen."""
        self.open_form(watch_forms.written(self.app.desk), logged)

    def action_watch_kept(self, _: str = "") -> None:
        """What the line promised is done."""
        one = self.the_selected().row
        if not one.runs:
            raise BadInput(f"{one.ref} runs as no clock.", "Select a line with a time left.")
        self.open_form(watch_forms.kept(self.app.desk, one), lambda made: f"{made.ref} is done: {made.done}.")

    def action_watch_correct(self, _: str = "") -> None:
        """Correct the line."""
        form = watch_forms.corrected(self.app.desk, self.the_selected().row)
        self.open_form(form, lambda made: f"{made.ref} corrects {made.corrects}.")

    def action_watch_withdraw(self, _: str = "") -> None:
        """Withdraw the line."""
        form = watch_forms.withdrawn(self.app.desk, self.the_selected().row)
        self.open_form(form, lambda made: f"{made.ref} withdraws {made.corrects}.")

    def action_watch_lines(self, _: str = "") -> None:
        """All lines, one's own, those since."""
        names = list(rows.WHICH)
        self.which = names[(names.index(self.which) + 1) % len(names)]
        self.app.say(f"The log: {rows.WHICH[self.which]}.")
        self.read_again(force=True)

    def action_watch_copy(self, _: str = "") -> None:
        """Copy the line."""
        self.copy_sheet()
