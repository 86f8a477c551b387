"""A finished frame: what every cell shows, what changed against the frame before, lines to paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

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
_MOST = 0.5
"""Share of changed cells from which it is cheaper to repaint everything."""
_MANY = 300
"""Changed parts from which it is cheaper to repaint everything."""

Look = int
"""Paper * number of inks + ink."""


class Styles(Protocol):
    """How each look is painted."""

    def __getitem__(self, look: Look, /) -> Style: ...


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
        if len(row) > _MOST * differ.size:
            return whole
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

    def strips(self, rows: Sequence[int], styles: Styles) -> list[Strip]:
        """Some lines; ``styles`` gives how a look is painted."""
        brush, columns = self.brush[rows], self.brush.shape[1]
        text = self.characters[rows].astype("<u4", copy=False).tobytes().decode("utf-32-le")
        begins = np.ones(brush.shape, bool)
        np.not_equal(brush[:, 1:], brush[:, :-1], out=begins[:, 1:])
        starts = np.flatnonzero(begins)
        firsts = [0, *np.cumsum(begins.sum(axis=1)).tolist()]
        looks, at = brush.ravel()[starts].tolist(), starts.tolist()
        segments = [
            Segment(text[start:end], styles[look])
            for start, end, look in zip(at, [*at[1:], len(text)], looks, strict=True)
        ]
        return [Strip(segments[first:last], columns) for first, last in pairwise(firsts)]

    def text(self) -> str:
        """All characters, a line per row: for tests and plain copies."""
        return "\n".join(row.astype("<u4").tobytes().decode("utf-32-le") for row in self.characters)
