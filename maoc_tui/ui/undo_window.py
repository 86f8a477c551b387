"""An officer's own acts in a window: what stands, what is undone; Enter undoes one, or does it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.list_window import ListWindow, TextRows

if TYPE_CHECKING:
    from maoc_tui.desk.undo import Step

_COLUMNS = (
    Column("number", "No", 4, 1, right=True),
    Column("state", "State", 7, 1),
    Column("at", "Since", 13, 2),
    Column("act", "What", 30, 1, grow=True),
)


class UndoWindow(ListWindow):
    """The acts that can be undone, the newest first; closes with the number of the one chosen."""

    def __init__(self, steps: tuple[Step, ...], now_ms: int, local: bool) -> None:
        foot = "Enter undoes it, or does it again · Esc close"
        super().__init__("What you did", _COLUMNS, foot, empty="you did nothing that can be undone")
        self._rows = TextRows([(one.number, _cells(one, now_ms, local)) for one in steps])

    def show_rows(self) -> None:
        """Fill the list."""
        self.list.show(self._rows)


def _cells(one: Step, now_ms: int, local: bool) -> tuple[Cell, ...]:
    look = "text" if one.stands else "dim"
    state = "done" if one.stands else "undone"
    at = fmt.short_time(one.at_ms, now_ms, local)
    return (str(one.number), look), (state, look), (at, look), (printable(one.sentence, 200), look)
