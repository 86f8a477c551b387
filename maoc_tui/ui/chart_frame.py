"""A finished frame: what every cell shows, what changed against the frame before, lines to paint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from maoc_tui.ui.chart_canvas import Canvas, Ink, Paper

_INKS = len(Ink)
_JOIN = 6
"""Unchanged cells between two changed ones that are cheaper to repaint than to jump over."""
_MANY = 300
"""Changed parts from which it is cheaper to repaint everything."""

Look = int
"""Paper * number of inks + ink."""


def ink_and_paper(look: Look) -> tuple[Ink, Paper]:
    """What a look stands for."""
    paper, ink = divmod(look, _INKS)
    return Ink(ink), Paper(paper)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the terminal is to show, shape (rows, columns)."""

    characters: NDArray[np.uint32]
    look: NDArray[np.uint16]
    """Look of each cell; the ink of an empty cell is none."""
    brush: NDArray[np.uint16]
    """Look to paint with: empty cells take the ink to their left, so that fewer colours are sent."""

    @classmethod
    def of(cls, canvas: Canvas, symbols: str) -> Frame:
        """The canvas with its dots made characters."""
        characters = canvas.characters(symbols)
        empty = characters == ord(" ")
        paper = canvas.paper.astype(np.uint16) * _INKS
        ink = np.where(empty, Ink.NONE, canvas.ink)
        left = np.maximum.accumulate(np.where(empty, 0, np.arange(canvas.columns)), axis=1)
        brush = np.take_along_axis(ink, left, axis=1)
        brush[empty & (brush == Ink.DISTRESS)] = Ink.NONE
        return cls(characters, paper + ink, paper + brush)

    def changed(self, before: Frame | None) -> list[Region]:
        """The parts of rows that differ from the frame before; all in one if there are many."""
        rows, columns = self.characters.shape
        whole = [Region(0, 0, columns, rows)]
        if before is None or before.characters.shape != self.characters.shape:
            return whole
        differ = (self.characters != before.characters) | (self.look != before.look)
        row, column = np.nonzero(differ)
        if not len(row):
            return []
        cut = np.flatnonzero((np.diff(row) > 0) | (np.diff(column) > _JOIN))
        if len(cut) >= _MANY:
            return whole
        first, last = [0, *(cut + 1)], [*cut, -1]
        return [
            Region(x, y, end + 1 - x, 1)
            for y, x, end in zip(
                row[first].tolist(), column[first].tolist(), column[last].tolist(), strict=True
            )
        ]

    def strip(self, row: int, style: Callable[[Look], Style]) -> Strip:
        """One line; ``style`` gives how a look is painted."""
        brush = self.brush[row]
        text = self.characters[row].astype("<u4").tobytes().decode("utf-32-le")
        starts = [0, *(np.flatnonzero(np.diff(brush)) + 1).tolist()]
        segments = [
            Segment(text[start:end], style(look))
            for start, end, look in zip(starts, [*starts[1:], len(text)], brush[starts].tolist(), strict=True)
        ]
        return Strip(segments, len(text))

    def text(self) -> str:
        """All characters, a line per row: for tests and plain copies."""
        return "\n".join(row.astype("<u4").tobytes().decode("utf-32-le") for row in self.characters)
