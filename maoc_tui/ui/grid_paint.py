"""The lines of a list as strips: header, rows, the sentence of an empty list; finished rows are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from maoc_tui.ui.columns import Cell, Column, chosen_columns, fit

STRIPS_KEPT = 400
"""Finished rows kept, so that scrolling draws only what comes into view."""


def _marked(title: str, mark: str, width: int, right: bool) -> str:
    """The title with the mark of the order; a title that fills its column keeps its letters, the mark the gap."""
    return fit(title + mark, max(width, cell_len(title) + 1), right)


class Painter:
    """Draws the lines of one list at one width and in one theme."""

    def __init__(self, columns: Sequence[Column], style: Callable[[str], Style]) -> None:
        """``style`` gives the style of a look by its name."""
        self.columns = tuple(columns)
        self._style = style
        self._width = 0
        self._fitting: tuple[tuple[int, int], ...] = ()
        self._styles: dict[str, Style] = {}
        self._strips: dict[object, Strip] = {}

    def resize(self, width: int) -> None:
        """Choose the columns that fit in so many cells."""
        self._width = width
        self._fitting = chosen_columns(self.columns, width)
        self._strips.clear()

    def forget(self) -> None:
        """Take the colours of another theme."""
        self._styles.clear()
        self._strips.clear()

    def titles(self, sorted_by: tuple[str, bool]) -> tuple[str, ...]:
        """The header's texts; the column of the order, and whether it descends, gets a mark."""
        column, descending = sorted_by
        texts = []
        for index, width in self._fitting:
            shown, right = self.columns[index], self.columns[index].right
            if shown.id == column:
                mark = "▼" if descending else "▲"
                texts.append(_marked(shown.title, mark, width, right))
            else:
                texts.append(fit(shown.title, width, right))
        return tuple(texts)

    def header(self, titles: Sequence[str], look: str) -> Strip:
        """The titles in a line, a blank between two unless the mark of the order stands there."""
        gaps = (width + 1 for _, width in self._fitting)
        line = "".join(fit(title, gap) for title, gap in zip(titles, gaps, strict=True))
        return self.text(line.rstrip(), look)

    def text(self, text: str, look: str) -> Strip:
        """A whole line in one look."""
        return Strip([Segment(fit(text, self._width), self._look(look))], self._width)

    def row(self, cells: Sequence[Cell], over: str) -> Strip:
        """One record; ``over`` is the cursor's look, "" where it is not."""
        known = self._strips.get((cells, over))
        if known is None:
            if len(self._strips) > STRIPS_KEPT:
                self._strips.clear()
            known = self._strips[cells, over] = self._row(cells, over)
        return known

    def _row(self, cells: Sequence[Cell], over: str) -> Strip:
        segments: list[Segment] = []
        for index, width in self._fitting:
            text, look = cells[index]
            segments.append(
                Segment(fit(text, width, self.columns[index].right) + " ", self._look(over or look))
            )
        return Strip(segments).adjust_cell_length(self._width, self._look(over or "text"))

    def _look(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = self._style(name)
        return style
