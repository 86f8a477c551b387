"""A board: one list of records, kept up with the record, with the cursor on what the keys act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult

from maoc_tui.problems import Problem
from maoc_tui.ui.columns import Column, Rows
from maoc_tui.ui.going import not_listed, note_opened
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.record_screen import RecordScreen, why
from maoc_tui.ui.status import highest


class Board(RecordScreen):
    """One list of records; a board says how its rows are written and named."""

    def __init__(self, columns: Sequence[Column], *, id: str, waits: bool = False) -> None:  # noqa: A002
        """``id`` names the list; ``waits`` as of a Grid."""
        super().__init__()
        self.list = Grid(columns, empty="opening the record …", waits=waits, id=id)
        self.known: tuple[Any, ...] = ()
        """The records read last, in their order."""
        self._wanted = ""
        """Reference the cursor goes to as soon as the list has it."""
        self._sought = False
        """Another screen leads there: past ones are shown too when it is none of the others."""

    # -- what a board defines ------------------------------------------------------------------

    def listed(self, now_ms: int) -> Rows:
        """The records as rows of the list, ages and terms as of now."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What stands in an empty list: what that means and the key that makes a first record."""
        raise NotImplementedError

    def ref_of(self, row: Any) -> str:
        """The reference of a record, which is its key in the list."""
        return str(row.ref)

    def marking_of(self, row: Any) -> object:
        """The marking of what the list shows of a record."""
        return row.marking

    def ref_saved(self, made: Any) -> str:
        """The reference of what was committed, where the cursor is to go to it; "" leaves the cursor."""
        return ""

    def open_row(self) -> None:
        """Show everything on the record under the cursor."""

    # -- what is shown -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The list."""
        yield self.list

    def on_mount(self) -> None:
        """Start in the list."""
        self.list.focus()

    def take(self, known: tuple[Any, ...], anew: bool) -> None:
        """Show the records; the cursor goes to what was saved last."""
        self.known = known
        self.marked = highest(self.marking_of(row) for row in known)
        self.show_marking()
        self.list.say(self.nothing())
        self.show_rows(anew)
        if not self._wanted:
            return
        found = self.list.select(self._wanted)
        if not found and (self._again or self._widened()):
            return
        if not found and self._sought:
            self.app.say_problem(not_listed(self._wanted))
        self._wanted, self._sought = "", False

    def show_rows(self, anew: bool = False) -> None:
        """Write the rows; ``anew`` as of Grid.show."""
        self.list.show(self.listed(self.app.clock.now_ms()), anew=anew)

    def show_now(self) -> None:
        """The clock moved on: ages too."""
        self.show_rows()

    def show_saved(self, made: Any) -> None:
        """Read again after a commit; the cursor goes to what was saved."""
        self._wanted = self.ref_saved(made)
        super().show_saved(made)

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand, unless something stands there already."""
        self.list.say(why(problem))

    def _widened(self) -> bool:
        """Whether the board is read once more, with past ones, for what another screen leads to."""
        if not (self._sought and hasattr(self, "past")) or self.past:
            return False
        self.past = True
        self.call_later(self.read_again, True)
        return True

    def point_to(self, ref: str) -> None:
        """Put the cursor on a record as soon as the list has it; for other screens that lead here."""
        self._wanted, self._sought = ref, True
        self.read_again(force=True)

    # -- the record under the cursor -----------------------------------------------------------

    def row(self) -> Any:
        """The record under the cursor; None when it stands on nothing."""
        key = self.list.cursor_key
        return next((row for row in self.known if self.ref_of(row) == key), None)

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        note_opened(self.app, str(event.key))
        self.open_row()

    def action_back(self) -> None:
        """Back to the list; then to the screen before."""
        if not self.list.has_focus:
            self.list.focus()
        else:
            super().action_back()
