"""Find the plain AIS sentences of a whole block of lines at once: one a line, of one part, all sound.

They are nearly all of a log, with a tag block before them or without; everything here is checked as
``nmea_frame`` checks it, in columns of bytes. What is not found to be plain is left to be read line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.feeds.ais_decode import LEGAL, LENGTHS, VALUE
from maoc_tui.feeds.columns import PAD, Column
from maoc_tui.feeds.nmea_tags import TagBlocks, counted_ms, right_sums

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_DIGIT = np.zeros(256, np.bool_)
_DIGIT[48:58] = True
_LOW = np.full(64, 1 << 40, np.int64)
_HIGH = np.zeros(64, np.int64)
for _kind, (_low, _high) in LENGTHS.items():
    _LOW[_kind], _HIGH[_kind] = _low, _high


@dataclass(slots=True)
class Scan:
    """The lines of a block; the columns after ``plain`` hold where ``plain`` does."""

    data: bytes
    start: Ints
    end: Ints
    plain: Mask
    payload: Ints
    payload_end: Ints
    fill: Ints
    kind: Ints
    ms: Ints
    """Time of the tag block or else of the prefix, when that is a plain count since 1970; -1 otherwise."""
    bare: Mask
    """Nothing stands before or after the sentence."""

    def rows(self) -> Iterator[tuple[int, int, bool, int, int, int, int, int, bool]]:
        """Start, end, plain, payload, payload_end, fill, kind, ms and bare of each line."""
        columns = (self.start, self.end, self.plain, self.payload, self.payload_end, self.fill, self.kind)
        return zip(*(column.tolist() for column in (*columns, self.ms, self.bare)), strict=True)


def scan(block: bytes) -> Scan:
    r"""Scan a block of lines ended by \n."""
    data = block + bytes(PAD)
    text = np.frombuffer(data, np.uint8)
    end, bangs, stars, commas, slashes = (np.flatnonzero(text == ord(mark)) for mark in "\n!*,\\")
    start = np.concatenate(([0], end[:-1] + 1)).astype(np.int64)
    plain, tagged = _one_sentence(start, end, bangs, slashes)
    zero = np.zeros(len(start), np.int64)
    found = Scan(data, start, end, plain, zero, zero.copy(), zero.copy(), zero.copy(), zero - 1, plain.copy())
    rows = np.flatnonzero(plain)
    bang = bangs[np.searchsorted(bangs, start[rows])]
    star = np.append(stars, 0)[np.searchsorted(stars, bang)]
    star[star >= end[rows]] = 0
    _sentences(found, rows, bang, star, commas)
    rows = np.flatnonzero(found.plain & tagged)
    if len(rows):
        first = np.searchsorted(slashes, start[rows])
        blocks = TagBlocks(data, text, stars, commas, slashes)
        found.ms[rows] = blocks.times(slashes[first], slashes[first + 1])
    return found


def _one_sentence(start: Ints, end: Ints, bangs: Ints, slashes: Ints) -> tuple[Mask, Mask]:
    """Lines with one exclamation mark and no backslash, or two with the second right before it; the latter."""
    bang, slash = np.searchsorted(bangs, start), np.searchsorted(slashes, start)
    one = np.searchsorted(bangs, end) - bang == 1
    count = np.searchsorted(slashes, end) - slash
    tagged: Mask = one & (count == 2)
    tagged[tagged] = bangs[bang[tagged]] == slashes[slash[tagged] + 1] + 1
    return one & ((count == 0) | tagged), tagged


def _sentences(found: Scan, rows: Ints, bang: Ints, star: Ints, commas: Ints) -> None:
    """Check the frame of the candidates in ``rows`` and fill the columns of those that hold."""
    text = np.frombuffer(found.data, np.uint8)
    first = np.searchsorted(commas, bang)
    good = (np.searchsorted(commas, np.maximum(star, bang)) - first == 6) & (star > bang)
    rows, bang, star, first = rows[good], bang[good], star[good], first[good]
    found.plain[:] = False
    comma = commas[first[:, None] + np.arange(6)] if len(rows) else np.zeros((0, 6), np.int64)
    type_at, fill_at, begin, finish = bang + 3, star - 1, comma[:, 4] + 1, comma[:, 5]
    good = (text[type_at] | 32 == ord("v")) & (text[type_at + 1] | 32 == ord("d")) & (comma[:, 0] == bang + 6)
    good &= np.isin(text[type_at + 2] | 32, list(b"mo")) & (text[bang + 1] > 32) & (text[bang + 2] > 32)
    good &= (text[bang + 1] < 127) & (text[bang + 2] < 127)
    for at in (0, 1):
        good &= (comma[:, at + 1] == comma[:, at] + 2) & (text[comma[:, at] + 1] == ord("1"))
    sequence = comma[:, 3] - comma[:, 2]
    good &= (sequence == 1) | ((sequence == 2) & _DIGIT[text[comma[:, 2] + 1]])
    good &= (
        (comma[:, 4] - comma[:, 3] <= 2) & (finish == star - 2) & (text[fill_at] >= 48) & (text[fill_at] < 54)
    )
    good &= right_sums(text, bang, star) & _armoured(text, begin, finish)
    kind, fill = VALUE[text[begin]], text[fill_at].astype(np.int64) - 48
    bits = 6 * (finish - begin) - fill
    good &= (bits >= _LOW[kind]) & (bits <= _HIGH[kind])
    _store(found, good, rows, bang, star, begin, finish, fill, kind)


def _armoured(text: NDArray[np.uint8], begin: Ints, end: Ints) -> Mask:
    """Where a payload has characters, all of them legal."""
    illegal = np.cumsum(~LEGAL[text], dtype=np.int64)
    found: Mask = (end > begin) & (illegal[end - 1] == illegal[begin - 1])
    return found


def _store(
    found: Scan,
    good: Mask,
    rows: Ints,
    bang: Ints,
    star: Ints,
    begin: Ints,
    end: Ints,
    fill: Ints,
    kind: Ints,
) -> None:
    text = np.frombuffer(found.data, np.uint8)
    rows, bang, star = rows[good], bang[good], star[good]
    found.plain[rows] = True
    found.payload[rows], found.payload_end[rows] = begin[good], end[good]
    found.fill[rows], found.kind[rows] = fill[good], kind[good]
    start, line_end = found.start[rows], found.end[rows]
    found.bare[rows] = (start == bang) & (line_end == star + 3)
    before = np.flatnonzero((bang - start > 9) & (line_end == star + 3))
    before = before[text[bang[before] - 1] == ord(" ")]
    counted, plain = counted_ms(Column(found.data, start[before], bang[before] - 1))
    found.ms[rows[before[plain]]] = counted[plain]
