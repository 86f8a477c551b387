"""Cells as places in a buffer of bytes, and the numbers in thousands of them read at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PAD = 64
"""Spare bytes at the end of every buffer, so that a cell can be looked at past its end."""
MOST_DIGITS = 18
"""Characters of the longest plain number: more would not fit 64 bits."""
POWERS = 10.0 ** np.arange(MOST_DIGITS + 1)
"""Powers of ten by digits after the point."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column as places in a buffer (which has 64 bytes to spare at its end)."""

    data: bytes
    start: Places
    end: Places

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, row: int) -> bytes:
        return self.data[self.start[row] : self.end[row]]

    def __iter__(self) -> Iterator[bytes]:
        return (self.data[a:b] for a, b in zip(self.start.tolist(), self.end.tolist(), strict=True))

    @property
    def lengths(self) -> Places:
        """Bytes in each cell."""
        return self.end - self.start

    def matrix(self, most: int = PAD) -> NDArray[np.uint8]:
        """The first bytes of every cell as rows of a matrix, at most ``most`` (64), zero beyond the end."""
        lengths = self.lengths
        width = min(int(lengths.max(initial=1)) or 1, most, PAD)
        windows = np.lib.stride_tricks.sliding_window_view(np.frombuffer(self.data, np.uint8), width)
        found: NDArray[np.uint8] = windows[self.start]
        found *= np.arange(width) < lengths[:, None]
        return found

    @classmethod
    def of(cls, cells: Sequence[bytes]) -> Column:
        """A column of cells given one by one."""
        end = np.cumsum(np.array([len(cell) for cell in cells], np.int64))
        lengths = np.diff(end, prepend=0)
        return cls(b"".join(cells) + bytes(PAD), end - lengths, end)


def decimals(cells: Column) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Numbers of the cells that are plain decimals, and where they are; an empty cell is none."""
    value, places, good = fixed_point(cells)
    return value / POWERS[places], good & (cells.lengths > 0)


def fixed_point(cells: Column) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Plain decimals (sign, digits, point) as whole number and digits after the point, and where they are.

    An empty cell counts as one; exponents, blanks, commas and words do not.
    """
    text = np.ascontiguousarray(cells.matrix(MOST_DIGITS).T)
    lengths = cells.lengths
    value = np.zeros(len(cells), np.int64)
    places = np.zeros(len(cells), np.int64)
    pointed = np.zeros(len(cells), np.bool_)
    signed = (text[0] == ord("-")) | (text[0] == ord("+"))
    good = (lengths <= MOST_DIGITS) & ~(signed & (lengths == 1))
    for place, code in enumerate(text):
        digit = code - np.uint8(48)
        is_digit = digit <= 9
        value = np.where(is_digit, value * 10 + digit, value)
        places += is_digit & pointed
        point = code == ord(".")
        good &= is_digit | (point & ~pointed) | (place >= lengths) | (signed if place == 0 else False)
        pointed |= point
    good &= ~pointed | (lengths > 1 + signed)
    return np.where(text[0] == ord("-"), -value, value), places, good
