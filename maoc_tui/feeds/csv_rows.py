"""Rows of delimited text cut into columns: all at once where they are plain, one by one where they are not.

A row is a line: a quote that never closes cannot swallow the rows after it.
"""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from maoc_tui.feeds.columns import PAD, Column, Places

DELIMITERS = b",;\t|"


@dataclass(slots=True)
class Rows:
    """Columns of rows of the right width, and the line number of each row."""

    columns: list[Column]
    lines: Places


@dataclass(slots=True)
class Block:
    """The rows of one block of lines: plain ones, those with quotes or spare delimiters, and what is none."""

    plain: Rows
    mended: Rows
    faults: list[tuple[int, str, bytes]]
    """Line number, reason, text."""
    lines: int
    """How many lines the block has."""


def delimiter_of(header: bytes) -> bytes:
    """The delimiter a header line uses most; a blank when it uses none of the usual."""
    best = max(DELIMITERS, key=lambda code: header.count(bytes([code])))
    return bytes([best]) if header.count(bytes([best])) else b" "


def cells(line: bytes, delimiter: bytes) -> list[bytes] | None:
    """The cells of one line with quotes undone; None when a quote opens and never closes."""
    if b'"' not in line:
        return line.split(delimiter)
    text = line.decode("latin-1")  # one character a byte: undone by the encoding below
    try:
        found = next(csv.reader([text], delimiter=delimiter.decode(), strict=True), [])
    except csv.Error:
        return None
    return [cell.encode("latin-1") for cell in found]


def split(block: bytes, first: int, delimiter: bytes, width: int, header: bytes = b"") -> Block:
    r"""Cut a block of lines ended by \n into ``width`` columns; ``first`` is the number of its first line.

    Blank lines are no rows, nor is a line equal to ``header``: files put together repeat it.
    """
    data = block + bytes(PAD)
    text = np.frombuffer(data, np.uint8, len(block))
    ends = np.flatnonzero(text == 10)
    starts = np.concatenate(([0], ends[:-1] + 1))
    marks = np.flatnonzero(text == delimiter[0])
    at = np.searchsorted(marks, starts)
    plain = np.searchsorted(marks, ends) - at == width - 1
    if b'"' in block:
        quotes = np.flatnonzero(text == ord('"'))
        plain &= np.searchsorted(quotes, ends) == np.searchsorted(quotes, starts)
    if header and header in block:
        plain[[data[a:b] == header for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]] = False
    between = marks[at[plain] + np.arange(width - 1)[:, None]]
    begins = (starts[plain], *(between + 1))
    finishes = (*between, ends[plain])
    columns = [Column(data, begin, finish) for begin, finish in zip(begins, finishes, strict=True)]
    rows = Rows(columns, first + np.flatnonzero(plain))
    odd = [(first + int(n), data[starts[n] : ends[n]]) for n in np.flatnonzero(~plain)]
    return _mend(rows, odd, delimiter, width, header, len(ends))


def _mend(
    rows: Rows, odd: list[tuple[int, bytes]], delimiter: bytes, width: int, header: bytes, lines: int
) -> Block:
    """Take the lines that are not plain one by one."""
    kept: list[list[bytes]] = []
    numbers: list[int] = []
    faults: list[tuple[int, str, bytes]] = []
    for number, line in odd:
        if not line or line.isspace() or line == header:
            continue
        found, reason = _row(line, delimiter, width)
        if found is None:
            faults.append((number, reason, line))
        else:
            kept.append(found)
            numbers.append(number)
    columns = [Column.of(column) for column in zip(*kept, strict=True)] if kept else []
    return Block(rows, Rows(columns, np.array(numbers, np.int64)), faults, lines)


def _row(line: bytes, delimiter: bytes, width: int) -> tuple[list[bytes] | None, str]:
    """The cells of a row with quotes or with another number of cells than the header, or why it is none."""
    found = cells(line, delimiter)
    if found is None:
        found = line.replace(b'"', b"").split(delimiter)
        if len(found) != width:
            return None, "a quote opens and never closes"
    while len(found) > width and not found[-1].strip():
        found.pop()
    if len(found) != width:
        return None, f"{len(found)} fields, the header has {width}"
    return found, ""


class Utf8:
    """A byte stream as UTF-8 without byte order mark, also when it is UTF-16; other bytes pass unchanged."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes; b"" only at the end."""
        while data := self._read(size):
            data = self._first(data) if not self._begun else data
            if self._decoder is not None:
                data = self._decoder.decode(data).encode("utf-8", "replace")
            if data:
                return data
        return b""

    def _first(self, data: bytes) -> bytes:
        while len(data) < 3 and (more := self._read(3)):
            data += more
        self._begun = True
        if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self._decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        return data.removeprefix(codecs.BOM_UTF8)
