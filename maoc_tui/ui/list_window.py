"""A window with a list: what it is about on top, the rows, what was said last below."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from maoc_tui import resources
from maoc_tui.commands import DIALOG
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line


class TextRows:
    """Rows of a list from keys and cells that are made already."""

    def __init__(self, rows: Sequence[tuple[Hashable, Sequence[Cell]]]) -> None:
        self._rows = tuple(rows)
        self._at = {key: at for at, (key, _) in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, at: int) -> Hashable:
        """The key of row ``at``."""
        return self._rows[at][0]

    def find(self, key: Hashable) -> int:
        """The row of a key; -1 when it is not listed."""
        return self._at.get(key, -1)

    def cells(self, at: int) -> Sequence[Cell]:
        """What the columns show of row ``at``."""
        return self._rows[at][1]


class ListWindow(ModalScreen[Any], inherit_bindings=False):
    """A window with a list: Enter takes the row under the cursor, Esc none."""

    CSS_PATH = str(resources.layout("release.tcss"))
    BINDINGS = bindings(DIALOG)

    def __init__(self, title: str, columns: Sequence[Column], foot: str, *, empty: str = "") -> None:
        super().__init__()
        self._title, self._foot = title, foot
        self.list = Grid(columns, empty=empty, id="window-list")

    def compose(self) -> ComposeResult:
        """Title, head, list, note, foot."""
        with Vertical(classes="window listing"):
            yield Static(Content(printable(self._title, 200)), classes="window--title")
            yield Banner(id="window-head")
            yield self.list
            yield Banner(id="window-note")
            yield Static(Content(self._foot), classes="window--foot")

    def on_mount(self) -> None:
        """The keys are the list's."""
        self.list.focus()
        self.show_rows()

    def show_rows(self) -> None:
        """Fill the list."""

    def head(self, lines: Sequence[Line]) -> None:
        """Say above the list what it is about; nothing in a window that is being closed."""
        for head in self.query("#window-head").results(Banner):
            head.show(lines)

    def say(self, text: str, look: str = "text") -> None:
        """Say something below the list; nothing in a window that is being closed."""
        for note in self.query("#window-note").results(Banner):
            note.set_class(bool(text), "-said")
            note.show([((printable(text, 600), look),)] if text else [])

    def failed(self, problem: Problem) -> None:
        """Say what did not work, and the way out."""
        self.say(f"{problem.message} {problem.way_out}".strip(), "bad")

    @on(Grid.Opened, "#window-list")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Take the row under the cursor."""
        self.dismiss(self.list.cursor_key)

    def action_close(self) -> None:
        """Take none."""
        self.dismiss(None)
