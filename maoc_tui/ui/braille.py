"""Dots in cells: straight lines drawn into a bitmap of 2 x 4 dots a cell, and the characters that show it."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Dots: TypeAlias = NDArray[np.bool_]
"""Bitmap, shape (4 * rows, 2 * columns), row 0 at the top."""

_WEIGHTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.uint8)
"""Bit of each dot of a braille cell (Unicode, block Braille Patterns)."""
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""Quadrant blocks; bit 0 upper left, 1 upper right, 2 lower left, 3 lower right."""
_ASCII = {
    "'": "X. .. .. ..", "`": ".X .. .. ..", '"': "XX .. .. ..", "~": "XX XX .. ..", "-": ".. XX .. ..",
    "=": ".. XX XX ..", ":": "X. .. X. ..", "_": ".. .. .. XX", ".": ".. .. .. X.", ",": ".. .. X. X.",
    "|": "X. X. X. X.", "I": ".X .X .X .X", "/": ".X .X X. X.", "\\": "X. X. .X .X", "+": "X. XX X. ..",
    "#": "XX XX XX XX", "%": "XX X. .X XX", "v": ".. X. XX .X", "^": ".X XX X. ..",
}  # fmt: skip
"""Shapes of the ASCII fallback, four rows of two dots each."""


def blank(columns: int, rows: int) -> Dots:
    """A bitmap without a dot set, for ``columns`` x ``rows`` cells."""
    return np.zeros((4 * rows, 2 * columns), bool)


def draw(dots: Dots, x0: Floats, y0: Floats, x1: Floats, y1: Floats, on: int = 1, of: int = 1) -> None:
    """Set the dots of straight lines (dot coordinates); ``on`` dots of every ``of`` for dashes."""
    height, width = dots.shape
    x0, y0, x1, y1 = clip(x0, y0, x1, y1, width, height)
    if not len(x0):
        return
    px, py, step = trace(x0, y0, x1, y1)
    inside = (px >= 0) & (px < width) & (py >= 0) & (py < height)
    if of > 1:
        inside &= step % of < on
    dots.ravel()[(py * width + px)[inside]] = True


def clip(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, width: float, height: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """The parts of lines within 0..width, 0..height (Liang and Barsky, 1984); lines wholly outside vanish."""
    inside = (np.minimum(x0, x1) >= 0) & (np.maximum(x0, x1) <= width)
    inside &= (np.minimum(y0, y1) >= 0) & (np.maximum(y0, y1) <= height)
    if inside.all():
        return x0, y0, x1, y1
    dx, dy = x1 - x0, y1 - y0
    enter, leave = np.zeros(len(x0)), np.ones(len(x0))
    keep = np.isfinite(dx) & np.isfinite(dy)
    for p, q in ((-dx, x0), (dx, width - x0), (-dy, y0), (dy, height - y0)):
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            t = q / p
        enter = np.where(p < 0, np.maximum(enter, t), enter)
        leave = np.where(p > 0, np.minimum(leave, t), leave)
        keep &= (p != 0) | (q >= 0)
    keep &= enter <= leave
    x0, y0, dx, dy, enter, leave = (a[keep] for a in (x0, y0, dx, dy, enter, leave))
    return x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy


def trace(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Dot columns, dot rows and running step of lines, sampled so that neighbours touch; ends included."""
    # Ends on a fine grid, so that no rounding of a step of exactly one dot leaps over a row.
    x0, y0, x1, y1 = (np.floor(ends * 1024) / 1024 for ends in (x0, y0, x1, y1))
    dx, dy = x1 - x0, y1 - y0
    steps = np.ceil(np.maximum(np.abs(dx), np.abs(dy))).astype(np.int64)
    counts = steps + 1
    ends = np.cumsum(counts)
    k = np.arange(ends[-1]) - np.repeat(ends - counts, counts)
    length = np.repeat(np.maximum(steps, 1), counts)
    px = np.floor(np.repeat(x0, counts) + k * np.repeat(dx, counts) / length).astype(np.int64)
    py = np.floor(np.repeat(y0, counts) + k * np.repeat(dy, counts) / length).astype(np.int64)
    return px, py, k + np.repeat(np.cumsum(steps) - steps, counts)


def plot(dots: Dots, x: Floats, y: Floats) -> None:
    """Set single dots (dot coordinates); those outside the bitmap are left out."""
    height, width = dots.shape
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    dots[y[inside].astype(np.int64), x[inside].astype(np.int64)] = True


def codes(dots: Dots) -> NDArray[np.uint8]:
    """The eight dots of each cell as one byte, shape (rows, columns); 0 is an empty cell."""
    bits = dots.view(np.uint8)
    code = np.zeros((dots.shape[0] // 4, dots.shape[1] // 2), np.uint8)
    for (down, right), weight in np.ndenumerate(_WEIGHTS):
        code |= bits[down::4, right::2] * weight
    return code


@cache
def alphabet(symbols: str) -> NDArray[np.uint32]:
    """The character (code point) of each of the 256 dot patterns in ``braille``, ``block`` or ``ascii``."""
    if symbols == "braille":
        table = np.arange(0x2800, 0x2900, dtype=np.uint32)
        table[0] = ord(" ")
        return table
    choose = _quadrant if symbols == "block" else _stroke
    return np.array([ord(choose(code)) for code in range(256)], np.uint32)


def _bits(code: int) -> NDArray[np.bool_]:
    return (code & _WEIGHTS) > 0


def _quadrant(code: int) -> str:
    halves = _bits(code).reshape(2, 2, 2).any(axis=1).ravel()
    return _QUADRANTS[sum(1 << i for i, on in enumerate(halves) if on)]


def _stroke(code: int) -> str:
    """The ASCII character whose shape differs least from the dots."""
    if not code:
        return " "
    bits = _bits(code)

    def difference(shape: str) -> int:
        return int((bits != (np.array([list(row) for row in shape.split()]) == "X")).sum())

    return min(_ASCII, key=lambda character: difference(_ASCII[character]))
