"""The Operations screen: the board by state, and everything on the operation selected under its identity banner."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from maoc_tui import resources
from maoc_tui.commands import BY_ID, EVERYWHERE, OPERATIONS, commands_of
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import liaison_desk, operation_rows
from maoc_tui.ui import operations_desk as line
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.operation_actions import OperationActions
from maoc_tui.ui.operation_sheet import banner, nothing_chosen, sheet_lines
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationRow
    from maoc_tui.ui.operations_desk import OperationView
    from maoc_tui.ui.status import Status

WIDE = 140
"""Cells from which board and sheet stand side by side."""
_LOOK_EVERY_S = 2.0
_SHEET_AFTER_S = 0.12
_AFTER_FAULT_S = 30.0
_NOTHING = "no operation: n nominates one, p shows closed ones"


class OperationsScreen(OperationActions):
    """Operations, furthest on first."""

    CSS_PATH = str(resources.layout("operations.tcss"))

    def __init__(self) -> None:
        super().__init__()
        self.list = Grid(operation_rows.COLUMNS, empty="opening the record …", waits=True, id="operations")
        self.banner = Banner(id="operation-banner")
        self.sheet = Lines(id="operation-sheet")
        self.past = False
        self.known: tuple[OperationRow, ...] = ()
        self._shown: OperationView | None = None
        self._seen: Any = None
        self._reading = self._again = False
        self._rest_until = 0.0
        self._wanted = ""
        """Reference the cursor goes to as soon as the board has it."""
        self._timer: Any = None

    def body(self) -> ComposeResult:
        """Board and sheet."""
        with Container(id="operations-body"):
            yield self.list
            with Vertical(id="operation-panel"):
                yield self.banner
                yield self.sheet

    def on_mount(self) -> None:
        """Read the board, keep looking, start in it."""
        self.sheet.show(nothing_chosen())
        self.list.focus()
        self.refresh_list()
        self.set_interval(_LOOK_EVERY_S, self.refresh_list)

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where there is room; otherwise the sheet stands under the board."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._give_room()

    def _give_room(self) -> None:
        """On a narrow terminal the board is as high as it has rows, and the sheet has the rest; with the keys, all.

        The board stays there with no height: what is not displayed could not be given the keys back.
        """
        rows = 0 if self.sheet.has_focus else min(max(len(self.known) + 1, 3), 7)
        self.list.styles.height = "1fr" if self.has_class("-wide") else rows

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a narrow terminal the sheet takes the whole height while it has the keys; the log key is offered."""
        from dataclasses import replace

        event.prevent_default()
        self._give_room()
        commands = commands_of(OPERATIONS, EVERYWHERE)
        offered = tuple(replace(one, bar=3) if one is BY_ID["log_line"] else one for one in commands)
        self.key_bar.offer(offered, self.app.settings.keys)

    # -- reading -------------------------------------------------------------------------------

    def refresh_list(self, force: bool = False) -> None:
        """Read the board again when something was committed since; one read at a time."""
        self._again = self._again or (force and self._reading)
        if self._reading or not self.is_current or (not force and time.monotonic() < self._rest_until):
            return
        self._reading, self._again = True, False
        desk, seen, past = self.app.desk, self._seen, self.past

        def ask() -> Any:
            now = liaison_desk.version(desk), past
            return None if now == seen and not force else (now, line.board(desk, past))

        self.app.read(ask, self._take_board, self._failed)

    def _take_board(self, answer: Any) -> None:
        self._reading = False
        if self._again or (answer is not None and answer[0][1] != self.past):
            self.call_later(self.refresh_list, True)
        if answer is None:
            return
        anew = self._seen is not None and self._seen[1] != answer[0][1]
        self._seen, self.known = answer
        self.marked = highest(row.marking for row in self.known)
        self.show_marking()
        self._give_room()
        self.list.say(_NOTHING)
        self._show_rows(anew)
        if self._wanted and (self.list.select(self._wanted) or not self._again):
            self._wanted = ""
        self._read_sheet()

    def _failed(self, problem: Problem) -> None:
        self._reading = False
        self._rest_until = time.monotonic() + _AFTER_FAULT_S
        self.show_fault(problem)
        if self.app.fault is None or self.app.fault.message != problem.message:
            self.app.say_problem(problem)

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand, unless something stands there already."""
        why = printable(f"{problem.message} {problem.way_out}", 300)
        self.list.say(why)
        if self._shown is None:
            self.sheet.show([((why, "bad"),)])

    def _show_rows(self, anew: bool = False) -> None:
        self.list.show(operation_rows.listed(self.known, self.app.clock.now_ms()), anew=anew)

    @on(Grid.Moved, "#operations")
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SHEET_AFTER_S, self._read_sheet)

    def _read_sheet(self) -> None:
        ref = self.list.cursor_key
        if isinstance(ref, str):
            desk = self.app.desk
            self.app.read(lambda: line.view(desk, ref), self._take_sheet)
        else:
            self._shown = None
            self._show_sheet()

    def _take_sheet(self, view: OperationView) -> None:
        if view.row.ref == self.list.cursor_key:
            same = self._shown is not None and self._shown.row.ref == view.row.ref
            self._shown = view
            self.app.operation_shown = (view.row.ref, view.row.name)
            self._show_sheet(keep_place=same)

    def _show_sheet(self, keep_place: bool = True) -> None:
        if self._shown is None:
            self.banner.show(())
            self.sheet.show(nothing_chosen())
            return
        now, local = self.app.clock.now_ms(), self.app.local
        self.banner.show(banner(self._shown.sheet, now, local))
        self.sheet.show(sheet_lines(self._shown, now, local), keep_place=keep_place)

    def show_status(self, status: Status) -> None:
        """The clock moved on: check-ins and ages too."""
        super().show_status(status)
        self._show_rows()
        self._show_sheet()

    def catch_up(self) -> None:
        """Read again what happened while another screen was in front."""
        if self.is_mounted:
            self.refresh_list()

    # -- commands ------------------------------------------------------------------------------

    @on(Grid.Opened, "#operations")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.sheet.focus()

    def action_back(self) -> None:
        """Back to the board; then to the screen before."""
        if not self.list.has_focus:
            self.list.focus()
        else:
            super().action_back()

    def selected(self) -> OperationView | None:
        """The operation under the cursor, once it has been read."""
        same = self._shown is not None and self._shown.row.ref == self.list.cursor_key
        return self._shown if same else None

    def marked_row(self) -> OperationRow | None:
        """The operation under the cursor, read or not: what a log line is written into."""
        return next((row for row in self.known if row.ref == self.list.cursor_key), None)

    def show_saved(self, ref: str) -> None:
        """Read again after a commit; the cursor goes to what was saved."""
        self._wanted = ref
        self.refresh_list(force=True)
        self.app.look_now()

    def show_logged(self) -> None:
        """Read again what was written into a log; the cursor stays."""
        self.refresh_list(force=True)

    def being_read(self) -> str:
        """The operation under the cursor while its sheet is on its way."""
        ref = self.list.cursor_key
        return ref if isinstance(ref, str) and self.selected() is None else ""

    def action_operation_past(self, _: str = "") -> None:
        """Show closed operations too, or not."""
        self.past = not self.past
        self.app.say("All operations." if self.past else "Operations that are not closed.")
        self.refresh_list(force=True)

    def action_operation_copy(self, _: str = "") -> None:
        """Copy the sheet with its log to a file, and offer it to the terminal's clipboard."""
        from maoc_tui.ui import format as fmt
        from maoc_tui.ui.copying import Taken, copy_text

        view, now = self._view(), self.app.clock.now_ms()
        lines = [*banner(view.sheet, now, False), *sheet_lines(view, now, False)]
        body = "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)
        text = f"{view.row.ref}  copied {fmt.full_time(now)}  {view.row.marking}\n{body}\n"
        of = Taken("operation", view.row.ref, view.row.marking)
        copy_text(self.app, text, f"{fmt.file_time(now)}-{view.row.ref}.txt", of)
