"""One way to intercept, in a window: everything a coordinator asks before choosing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import DIALOG, INTERCEPT
from maoc_tui.ui.intercept_rows import detail_lines
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.liaison_sheets import LongSheet

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Detail


class InterceptSheet(LongSheet):
    """The detail of a cell; Enter chooses it, m shows it on the chart."""

    BINDINGS = bindings(DIALOG, INTERCEPT, priority=True)

    def __init__(self, operation: str, detail: Detail, local: bool) -> None:
        title = f"{operation}: {detail.asset.ref} to {detail.target.ref}"
        super().__init__(
            title, detail_lines(detail, local), "Enter chooses it · m on chart · j k scroll · Esc back"
        )

    def _leave(self, choice: Any) -> None:
        self.dismiss(choice)

    def action_accept(self) -> None:
        """Choose this one; the reasons are asked next."""
        self._leave("choose")

    def action_intercept_choose(self) -> None:
        """Choose this one; the reasons are asked next."""
        self._leave("choose")

    def action_intercept_on_chart(self) -> None:
        """Show it on the chart."""
        self._leave("chart")
