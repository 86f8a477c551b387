"""One frame of the chart as arrays of cells: dots or a character, an ink and a paper each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from maoc_tui.domain.text import printable
from maoc_tui.ui import braille


class Ink(IntEnum):
    """What a cell's character is drawn as; its looks are the component class ``chart--`` + name."""

    NONE = 0
    GRID = 1
    BORDER = 2
    COAST = 3
    LINE_EEZ = 4
    LINE_CONTIGUOUS = 5
    LINE_TERRITORIAL = 6
    LINE_EQUIDISTANCE = 7
    LINE_DISPUTED = 8
    LINE_OTHER = 9
    TRACK_OLD = 10
    TRACK_MIDDLE = 11
    TRACK_NEW = 12
    RING = 13
    VECTOR = 14
    LEADER = 15
    MEASURE = 16
    SHIP = 17
    SMALL_CRAFT = 18
    AIRCRAFT = 19
    STATION = 20
    OLD = 21
    LOST = 22
    ESTIMATE = 23
    TARGET = 24
    DISTRESS = 25
    SELECTED = 26
    LABEL = 27
    TARGET_LABEL = 28
    AREA = 29
    NOTE = 30
    CURSOR = 31


class Paper(IntEnum):
    """What a cell's ground is; its looks are the component class ``chart--paper-`` + name."""

    SEA = 0
    LAND = 1
    TERRITORIAL = 2
    CONTIGUOUS = 3
    EEZ = 4
    EEZ_SECOND = 5
    EEZ_THIRD = 6
    DISPUTED = 7
    TARGET = 8
    NOTE = 9


def css_class(kind: Ink | Paper) -> str:
    """The component class that styles an ink or a paper."""
    prefix = "chart--paper-" if isinstance(kind, Paper) else "chart--"
    return prefix + kind.name.lower().replace("_", "-")


@dataclass(slots=True)
class Canvas:
    """Cells being drawn; arrays of shape (rows, columns)."""

    code: NDArray[np.uint8]
    """Dots set in each cell (braille.codes)."""
    glyph: NDArray[np.uint32]
    """Code point of a character that hides the dots; 0 for none."""
    ink: NDArray[np.uint8]
    paper: NDArray[np.uint8]

    @classmethod
    def blank(cls, columns: int, rows: int) -> Canvas:
        """Open sea."""
        shape = (rows, columns)
        small = [np.zeros(shape, np.uint8) for _ in range(3)]
        return cls(small[0], np.zeros(shape, np.uint32), small[1], small[2])

    def copy(self) -> Canvas:
        """The same cells, to be drawn over."""
        return Canvas(self.code.copy(), self.glyph.copy(), self.ink.copy(), self.paper.copy())

    @property
    def columns(self) -> int:
        """Cells across."""
        return int(self.code.shape[1])

    @property
    def rows(self) -> int:
        """Cells from top to bottom."""
        return int(self.code.shape[0])

    def dots(self, dots: braille.Dots, ink: Ink) -> None:
        """Add dots; where a cell has some, the newest ink colours it."""
        if not dots.any():
            return
        code = braille.codes(dots)
        hit = (code > 0) & (self.glyph == 0)
        self.code |= code
        self.ink[hit] = ink

    def put(self, column: int, row: int, character: str, ink: Ink, paper: Paper | None = None) -> None:
        """One character in one cell; outside the canvas nothing happens."""
        if 0 <= column < self.columns and 0 <= row < self.rows:
            self.glyph[row, column] = ord(character)
            self.ink[row, column] = ink
            if paper is not None:
                self.paper[row, column] = paper

    def write(self, column: int, row: int, text: str, ink: Ink, paper: Paper | None = None) -> None:
        """A line of one-cell text, cut at the edges."""
        if not 0 <= row < self.rows:
            return
        text = text[max(0, -column) :]
        column = max(0, column)
        text = text[: max(0, self.columns - column)]
        end = column + len(text)
        self.glyph[row, column:end] = np.frombuffer(text.encode("utf-32-le"), "<u4")
        self.ink[row, column:end] = ink
        if paper is not None:
            self.paper[row, column:end] = paper

    def characters(self, symbols: str) -> NDArray[np.uint32]:
        """Code point shown in every cell, with the dots drawn as ``braille``, ``block`` or ``ascii``."""
        return np.where(self.glyph > 0, self.glyph, braille.alphabet(symbols)[self.code])


_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
"""Terminals do not agree on how many cells one of these takes."""


@lru_cache(maxsize=4096)
def one_cell(text: str, limit: int) -> str:
    """Text from outside made printable, every character exactly one cell wide, at most ``limit`` cells."""
    shown = printable(text, limit)
    if shown.isascii():
        return shown
    return "".join("·" if cell_len(c) > 1 or c in _FLAG_LETTERS else c for c in shown if cell_len(c))
