r"""Checksums of sentences and times of tag blocks, thousands at a time in columns of bytes.

A tag block (IEC 61162-450, NMEA 4.10) stands before its sentence as ``\s:station,c:seconds*checksum\``.
Only what is beyond question is read here; ``nmea_times.tag_block`` reads the rest one by one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maoc_tui.feeds.columns import POWERS, Column, fixed_point
from maoc_tui.feeds.nmea_times import FIRST_S, LAST_S

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

_EXACT = 1 << 53
"""Below it floating point holds every digit, so that one division rounds as reading the text does."""
_HEX = np.full(256, 255, np.uint8)
for _code in b"0123456789ABCDEFabcdef":
    _HEX[_code] = int(chr(_code), 16)
_FOLLOWS = np.zeros(256, np.bool_)
_FOLLOWS[list(b",:*")] = True


def right_sums(text: Bytes, begin: Ints, star: Ints) -> Mask:
    """Where the two digits after the star are the checksum of what stands between ``begin`` and it.

    ``begin`` is the place of the mark before the summed part; no third hexadecimal digit may follow.
    """
    if not len(begin):
        return np.zeros(0, np.bool_)
    edges = np.column_stack((begin + 1, star)).ravel()
    summed = np.bitwise_xor.reduceat(text, edges)[::2]
    high, low = _HEX[text[star + 1]], _HEX[text[star + 2]]
    right: Mask = (high < 16) & (low < 16) & ((high * 16 + low).astype(np.uint8) == summed)
    right &= _HEX[text[star + 3]] == 255
    return right


def counted_ms(cells: Column) -> tuple[Ints, Mask]:
    """Milliseconds of counts of seconds or milliseconds since 1970, and where they are plain and plausible."""
    digits, places, plain = fixed_point(cells)
    plain &= digits < _EXACT
    value = digits / POWERS[places]
    in_ms = plain & (value > FIRST_S * 1000) & (value < LAST_S * 1000)
    plain &= in_ms | ((value > FIRST_S) & (value < LAST_S))
    ms = np.round(np.where(in_ms, value, value * 1000))
    return np.where(plain, ms, -1).astype(np.int64), plain


class TagBlocks:
    """The marks of one block of lines that tag blocks are read by."""

    def __init__(self, data: bytes, text: Bytes, stars: Ints, commas: Ints, slashes: Ints) -> None:
        self._data, self._text, self._stars, self._commas = data, text, stars, commas
        before = np.sort(np.concatenate((commas, slashes)))
        self._times, self._groups = self._items(before, b"c"), self._items(before, b"g")

    def times(self, opening: Ints, closing: Ints) -> Ints:
        """Milliseconds that each tag block (its two backslashes) tells; -1 where it must be read by itself.

        That is where its checksum is wrong, where it belongs to a group, or where it does not hold exactly
        one plain and plausible count.
        """
        star = self._stars[np.minimum(np.searchsorted(self._stars, opening), len(self._stars) - 1)]
        good = (star == closing - 3) & (_between(self._groups, opening, star) == 0)
        good &= _between(self._times, opening, star) == 1
        rows = np.flatnonzero(good)
        rows = rows[right_sums(self._text, opening[rows], star[rows])]
        item = self._times[np.searchsorted(self._times, opening[rows])]
        next_comma = np.append(self._commas, len(self._data))[np.searchsorted(self._commas, item, "right")]
        cells = Column(self._data, item + 3, np.minimum(next_comma, star[rows]))
        ms = np.full(len(opening), -1, np.int64)
        counted, plain = counted_ms(cells)
        plain &= self._text[item + 2] == ord(":")
        ms[rows[plain]] = counted[plain]
        return ms

    def _items(self, before: Ints, code: bytes) -> Ints:
        """Places of the marks before the items of one code, with a value or without."""
        text = self._text
        found: Ints = before[(text[before + 1] == code[0]) & _FOLLOWS[text[before + 2]]]
        return found


def _between(marks: Ints, begin: Ints, end: Ints) -> Ints:
    """How many of the marks stand from ``begin`` to before ``end``."""
    count: Ints = np.searchsorted(marks, end) - np.searchsorted(marks, begin)
    return count
