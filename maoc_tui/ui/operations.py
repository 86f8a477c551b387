"""The Operations screen: the board by state, and everything on the operation selected under its identity banner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from maoc_tui import resources
from maoc_tui.commands import BY_ID, Command
from maoc_tui.ui import operation_rows, operation_sheet
from maoc_tui.ui import operations_desk as line
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.operation_actions import OperationActions

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationRow
    from maoc_tui.ui.operations_desk import OperationView


class OperationsScreen(OperationActions):
    """Operations, furthest on first."""

    CSS_PATH = str(resources.layout("operations.tcss"))
    UNCHOSEN = "No operation selected: n nominates one."
    NEEDED = ("No operation is selected.", "Select one on the board, or nominate one with n.")

    def __init__(self) -> None:
        super().__init__(operation_rows.COLUMNS, id="operations", one="operation", waits=True)
        self.past = False
        """Closed operations are shown too."""

    # -- what is shown -------------------------------------------------------------------------

    def wish(self) -> bool:
        """Whether closed operations are asked for too."""
        return self.past

    def ask(self, desk: LiveDesk, wish: bool) -> tuple[OperationRow, ...]:
        """The operations the viewer may see."""
        return line.board(desk, wish)

    def ask_sheet(self, desk: LiveDesk, ref: str) -> OperationView:
        """Everything on one operation."""
        return line.view(desk, ref)

    def listed(self, now_ms: int) -> Rows:
        """The board."""
        return operation_rows.listed(self.known, now_ms)

    def nothing(self) -> str:
        """No operation, or none that is not closed."""
        return "no operation: n nominates one, p shows closed ones"

    def banner_of(self, sheet: OperationView, now_ms: int, local: bool) -> Sequence[Line]:
        """Which operation that is, on which boats and whose."""
        return operation_sheet.banner(sheet.sheet, now_ms, local)

    def lines_of(self, sheet: OperationView, now_ms: int, local: bool) -> Sequence[Line]:
        """Everything on one operation."""
        return operation_sheet.sheet_lines(sheet, now_ms, local)

    def take_sheet(self, sheet: OperationView, keep_place: bool) -> None:
        """Show an operation, and know which was shown last."""
        super().take_sheet(sheet, keep_place)
        self.app.operation_shown = (sheet.row.ref, sheet.row.name)

    def offered(self, panel: Widget) -> tuple[Command, ...]:
        """The log key is offered here among the others."""
        log = BY_ID["log_line"]
        return tuple(replace(one, bar=3) if one is log else one for one in super().offered(panel))

    # -- commands ------------------------------------------------------------------------------

    def marked_row(self) -> OperationRow | None:
        """The operation under the cursor, read or not: what a log line is written into."""
        row: OperationRow | None = self.row()
        return row

    def ref_saved(self, made: Any) -> str:
        """The operation that was saved; a part of one leaves the cursor where it is."""
        return str(made.row.ref) if hasattr(made, "row") else ""

    def show_logged(self) -> None:
        """Read again what was written into a log; the cursor stays."""
        self.read_again(force=True)

    def action_operation_past(self, _: str = "") -> None:
        """Show closed operations too, or not."""
        self.past = not self.past
        self.app.say("All operations." if self.past else "Operations that are not closed.")
        self.read_again(force=True)

    def action_operation_copy(self, _: str = "") -> None:
        """Copy the sheet with its log to a file, and offer it to the terminal's clipboard."""
        self.copy_sheet()
