"""The manual on the screen: its chapters, and each as it is written."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path

from textual.app import ComposeResult

from maoc_tui.problems import BadInput
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.dialogs import Sheet, Window
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.help import chapter_lines, chapters, printable_line


class _Chapters:
    """The chapters as rows."""

    def __init__(self, known: dict[str, Path]) -> None:
        self._names = list(known)
        self._titles = {name: _title(path) for name, path in known.items()}

    def __len__(self) -> int:
        return len(self._names)

    def key(self, at: int) -> str:
        """The chapter's name."""
        return self._names[at]

    def find(self, key: Hashable) -> int:
        """The row of a chapter."""
        return self._names.index(key) if key in self._names else -1

    def cells(self, at: int) -> Sequence[Cell]:
        """Name and title."""
        name = self._names[at]
        return ((name, "mark"), (self._titles[name], "text"))


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as stream:
        return printable_line(stream.readline().lstrip("# \n").rstrip())


class Manual(Window):
    """The list of chapters; Enter opens one."""

    def __init__(self, chapter: str = "") -> None:
        super().__init__("Manual", "Enter opens a chapter · Esc closes")
        self._chapter = chapter

    def body(self) -> ComposeResult:
        """The chapters."""
        yield Grid((Column("name", "Chapter", 16), Column("title", "", 20, grow=True)), empty="no chapters")

    def on_mount(self) -> None:
        """List the chapters, or open the one asked for."""
        grid = self.query_one(Grid)
        grid.show(_Chapters(chapters()))
        grid.focus()
        if self._chapter:
            self._open(self._chapter)

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """Open the chapter under the cursor."""
        self._open(str(event.key))

    def _open(self, name: str) -> None:
        try:
            lines = chapter_lines(name)
        except BadInput as problem:
            self.app.show_problem(problem)  # type: ignore[attr-defined]
        else:
            self.app.push_screen(Sheet(f"Manual: {name}", lines))
