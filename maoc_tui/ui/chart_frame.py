"""A finished frame: what every cell shows, what changed against the frame before, lines to paint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

Look = tuple[Ink, Paper]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the terminal is to show, shape (rows, columns)."""

    characters: NDArray[np.uint32]
    look: NDArray[np.uint16]
    """Paper * number of inks + ink."""

    @classmethod
    def of(cls, canvas: Canvas, symbols: str) -> Frame:
        """The canvas with its dots made characters; ink is dropped where nothing is drawn."""
        characters = canvas.characters(symbols)
        ink = np.where(characters == ord(" "), 0, canvas.ink).astype(np.uint16)
        return cls(characters, canvas.paper.astype(np.uint16) * _INKS + ink)

    def changed(self, before: Frame | None) -> Iterator[Region]:
        """The parts of rows that differ from the frame before."""
        rows, columns = self.characters.shape
        if before is None or before.characters.shape != self.characters.shape:
            yield Region(0, 0, columns, rows)
            return
        differ = (self.characters != before.characters) | (self.look != before.look)
        for row in np.flatnonzero(differ.any(axis=1)).tolist():
            at = np.flatnonzero(differ[row])
            cuts = np.flatnonzero(np.diff(at) > _JOIN)
            for first, last in zip(at[[0, *(cuts + 1)]].tolist(), at[[*cuts, -1]].tolist(), strict=True):
                yield Region(first, row, last + 1 - first, 1)

    def strip(self, row: int, style: Callable[[Look], Style]) -> Strip:
        """One line; ``style`` gives the look of an ink on a paper."""
        look = self.look[row]
        text = self.characters[row].astype("<u4").tobytes().decode("utf-32-le")
        ends = [*(np.flatnonzero(np.diff(look)) + 1).tolist(), len(look)]
        segments, start = [], 0
        for end in ends:
            paper, ink = divmod(int(look[start]), _INKS)
            segments.append(Segment(text[start:end], style((Ink(ink), Paper(paper)))))
            start = end
        return Strip(segments, len(look))

    def text(self) -> str:
        """All characters, a line per row: for tests and plain copies."""
        return "\n".join(row.astype("<u4").tobytes().decode("utf-32-le") for row in self.characters)
