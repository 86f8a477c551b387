"""A board with a sheet: everything on the record under the cursor, under its identity banner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import format as fmt
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.board import Board
from maoc_tui.ui.columns import Column
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.lines import Line, Lines
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.record_screen import why

SHEET_AFTER_S = 0.12
"""The cursor rests so long on a record before its sheet is read."""


class OfRow(Protocol):
    """Everything on one record, with the record's line on the board."""

    @property
    def row(self) -> Any:
        """The line, with its reference and marking."""


Sheet = TypeVar("Sheet", bound=OfRow)


class SheetBoard(Board, Generic[Sheet]):
    """A list and the sheet of the record under its cursor: side by side where there is room.

    The stylesheet finds them as ``#<list>-body``, ``#<one>-panel``, ``#<one>-banner`` and ``#<one>-sheet``.
    """

    WIDE: ClassVar[int] = 140
    """Cells from which list and sheet stand side by side."""
    ROWS_ABOVE: ClassVar[int] = 7
    """Lines the list takes at most where the sheet stands under it."""
    UNCHOSEN: ClassVar[str]
    """What stands in the sheet while nothing is selected."""
    NEEDED: ClassVar[tuple[str, str]]
    """What is said when a key needs a record and the cursor stands on none, and the way out."""

    def __init__(self, columns: Sequence[Column], *, id: str, one: str, waits: bool = False) -> None:  # noqa: A002
        """``id`` names the list, ``one`` what belongs to one record of it."""
        super().__init__(columns, id=id, waits=waits)
        self.one = one
        self.banner = Banner(id=f"{one}-banner")
        self.sheet = Lines(id=f"{one}-sheet")
        self.shown: Sheet | None = None
        """The sheet read last; of the record under the cursor, unless that one is still being read."""
        self._timer: Any = None

    # -- what a board defines ------------------------------------------------------------------

    def ask_sheet(self, desk: LiveDesk, ref: str) -> Sheet:
        """Read everything on one record. Called in a worker: touches nothing of the screen."""
        raise NotImplementedError

    def banner_of(self, sheet: Sheet, now_ms: int, local: bool) -> Sequence[Line]:
        """Which record that is, in lines that always stand above the sheet."""
        return ()

    def lines_of(self, sheet: Sheet, now_ms: int, local: bool) -> Sequence[Line]:
        """Everything on it."""
        raise NotImplementedError

    def marking_shown(self, sheet: Sheet) -> Any:
        """The marking of everything on a sheet."""
        return sheet.row.marking

    # -- room ----------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """List and sheet."""
        with Container(id=f"{self.list.id}-body"):
            yield self.list
            with Vertical(id=f"{self.one}-panel"):
                yield self.banner
                yield self.sheet

    def on_mount(self) -> None:
        """Nothing is selected yet."""
        self.show_sheet()

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where there is room; otherwise the sheet stands under the list."""
        self.set_class(event.size.width >= self.WIDE, "-wide")
        self.give_room()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a narrow terminal the sheet takes the whole height while it has the keys."""
        self.give_room()

    def give_room(self) -> None:
        """On a narrow terminal the list is as high as it has rows, and the sheet has the rest; with the keys, all.

        The list stays there with no height: what is not displayed could not be given the keys back.
        """
        rows = 0 if self.sheet.has_focus else min(max(len(self.known) + 1, 3), self.ROWS_ABOVE)
        self.list.styles.height = "1fr" if self.has_class("-wide") else rows

    # -- the sheet -----------------------------------------------------------------------------

    def take(self, known: tuple[Any, ...], anew: bool) -> None:
        """Show the records, then what is new on the one under the cursor."""
        super().take(known, anew)
        self.give_room()
        self._read_sheet()

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SHEET_AFTER_S, self._read_sheet)

    def _read_sheet(self) -> None:
        ref, desk = self.list.cursor_key, self.app.desk
        if isinstance(ref, str):
            self.app.read(lambda: self.ask_sheet(desk, ref), self._take_sheet)
        else:
            self.shown = None
            self.show_sheet()

    def _take_sheet(self, sheet: Sheet) -> None:
        if sheet.row.ref == self.list.cursor_key:
            same = self.shown is not None and self.shown.row.ref == sheet.row.ref
            self.take_sheet(sheet, keep_place=same)

    def take_sheet(self, sheet: Sheet, keep_place: bool) -> None:
        """Show what was read of the record under the cursor."""
        self.shown = sheet
        self.show_sheet(keep_place)

    def show_sheet(self, keep_place: bool = True) -> None:
        """Write the sheet; ``keep_place`` leaves it scrolled where it is."""
        if self.shown is None:
            self.banner.show(())
            self.sheet.show([((self.UNCHOSEN, "dim"),)])
            return
        now, local = self.app.clock.now_ms(), self.app.local
        self.banner.show(self.banner_of(self.shown, now, local))
        self.sheet.show(self.lines_of(self.shown, now, local), keep_place=keep_place)

    def show_now(self) -> None:
        """The clock moved on: ages too."""
        super().show_now()
        self.show_sheet()

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand, unless something stands there already."""
        super().show_fault(problem)
        if self.shown is None:
            self.sheet.show([((why(problem), "bad"),)])

    # -- what the keys act on ------------------------------------------------------------------

    def selected(self) -> Sheet | None:
        """The sheet of the record under the cursor; None when there is none, or it is not read yet."""
        same = self.shown is not None and self.shown.row.ref == self.list.cursor_key
        return self.shown if same else None

    def the_selected(self) -> Sheet:
        """The same for a key that needs one; BadInput says what is to be done where there is none."""
        sheet, ref = self.selected(), self.list.cursor_key
        if sheet is not None:
            return sheet
        if isinstance(ref, str):
            raise BadInput(f"{ref} is still being read.", "Press the key again.")
        raise BadInput(*self.NEEDED)

    def open_row(self) -> None:
        """Give the keys to the sheet."""
        self.sheet.focus()

    def copy_sheet(self) -> None:
        """Copy banner and sheet, in UTC, to a file, and offer them to the terminal's clipboard."""
        from maoc_tui.ui.copying import Taken, copy_text

        sheet, now = self.the_selected(), self.app.clock.now_ms()
        ref, marking = sheet.row.ref, self.marking_shown(sheet)
        lines = [*self.banner_of(sheet, now, False), *self.lines_of(sheet, now, False)]
        body = "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)
        text = f"{ref}  copied {fmt.full_time(now)}  {marking}\n{body}\n"
        copy_text(self.app, text, f"{fmt.file_time(now)}-{ref}.txt", Taken(self.one, ref, marking))
