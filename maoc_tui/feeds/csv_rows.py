"""Rows of delimited text cut into cells, fast where they are plain, one by one where they are not.

A row is a line: a quote that never closes cannot swallow the rows after it.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

DELIMITERS = b",;\t|"


@dataclass(slots=True)
class Rows:
    """Cells by column, with the line number of every row, and the lines that are no rows with the reason."""

    columns: list[list[bytes]]
    lines: list[int]
    faults: list[tuple[int, str, bytes]]


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


def split(lines: Sequence[bytes], first: int, delimiter: bytes, width: int) -> Rows:
    """Cut lines into ``width`` columns; ``first`` is the number of the first line. Blank lines are no rows."""
    plain: list[bytes] = []
    numbers: list[int] = []
    odd: list[tuple[int, bytes]] = []
    commas = width - 1
    for number, line in enumerate(lines, first):
        if line.count(delimiter) == commas and b'"' not in line:
            plain.append(line)
            numbers.append(number)
        elif line and not line.isspace():
            odd.append((number, line))
    flat = delimiter.join(plain).split(delimiter) if plain else []
    columns = [flat[at::width] for at in range(width)]
    rows = Rows(columns, numbers, [])
    for number, line in odd:
        _odd(rows, number, line, delimiter, width)
    return rows


def _odd(rows: Rows, number: int, line: bytes, delimiter: bytes, width: int) -> None:
    """One row with quotes or with another number of cells than the header."""
    found = cells(line, delimiter)
    if found is None:
        found = line.replace(b'"', b"").split(delimiter)
        if len(found) != width:
            rows.faults.append((number, "a quote opens and never closes", line))
            return
    while len(found) > width and not found[-1].strip():
        found.pop()
    if len(found) != width:
        rows.faults.append((number, f"{len(found)} fields, the header has {width}", line))
        return
    for column, cell in zip(rows.columns, found, strict=True):
        column.append(cell)
    rows.lines.append(number)


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
