"""The standing statements about a target, to choose the one that is wrong."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from maoc_tui.commands import DIALOG
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings

if TYPE_CHECKING:
    from maoc_tui.desk.targets import FactLine, TargetSheet

_COLUMNS = (
    Column("what", "What", 13, 1),
    Column("value", "Value", 18, 1, grow=True),
    Column("source", "Source", 20, 2),
    Column("entered", "Entered", 11, 2),
    Column("by", "By", 10, 3),
)
GONE = ("corrected", "withdrawn")
"""States of statements that do not stand."""


def standing(sheet: TargetSheet) -> tuple[FactLine, ...]:
    """The statements that stand, as the sheet orders them."""
    return tuple(entry for entry in sheet.identity if entry.state not in GONE)


class StatementRows:
    """Statements in a list; the key of a row is the statement's id."""

    def __init__(self, lines: Sequence[FactLine]) -> None:
        self._lines = tuple(lines)
        self._at = {entry.fact.id: at for at, entry in enumerate(self._lines)}

    def __len__(self) -> int:
        return len(self._lines)

    def key(self, at: int) -> str:
        """The id of the statement in row ``at``."""
        return self._lines[at].fact.id

    def find(self, key: Hashable) -> int:
        """The row of a statement; -1 when it is not listed."""
        return self._at.get(str(key), -1)

    def cells(self, at: int) -> Sequence[Cell]:
        """What the columns show of row ``at``."""
        entry = self._lines[at]
        fact, look = entry.fact, "strong" if entry.state == "holds" else "text"
        return (
            (entry.title, "dim"),
            (printable(fact.value, 200), look),
            (printable(fact.source, 60), "text"),
            (fmt.day_clock(fact.at_ms, False), "dim"),
            (printable(fact.by, 20), "dim"),
        )


class StatementChooser(ModalScreen["FactLine | None"], inherit_bindings=False):
    """A window to choose a statement in: Enter takes the one under the cursor, Esc none."""

    BINDINGS = bindings(DIALOG)

    def __init__(self, title: str, lines: Sequence[FactLine]) -> None:
        super().__init__()
        self._title, self._lines = title, tuple(lines)
        self._list = Grid(_COLUMNS, id="statements")

    def compose(self) -> ComposeResult:
        """Title, list, foot."""
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="window--title")
            yield self._list
            yield Static(Content("j k choose · Enter takes it · Esc close"), classes="window--foot")

    def on_mount(self) -> None:
        """Show the statements; the keys are the list's."""
        self._list.show(StatementRows(self._lines))
        self._list.focus()

    @on(Grid.Opened, "#statements")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Take the statement under the cursor."""
        self.dismiss(next((entry for entry in self._lines if entry.fact.id == self._list.cursor_key), None))

    def action_close(self) -> None:
        """Take none."""
        self.dismiss(None)
