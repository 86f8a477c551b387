"""Archives of positions in delimited text: header-driven, one account for every row, memory flat.

A row is a fix, a row without position, or a reject with line, field and reason. When latitude and longitude
look exchanged in a part of the file, every row from there on is refused: half of them would plot on land.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.reports import Batch, Fixes, Identity, Reject
from maoc_tui.feeds import csv_rows
from maoc_tui.feeds.ais_numbers import unplaced_beacons
from maoc_tui.feeds.csv_dialects import Dialect, by_header, headerless, normal, wanted
from maoc_tui.feeds.csv_fixes import Table
from maoc_tui.feeds.csv_identity import StaticColumns
from maoc_tui.feeds.lines import blocks
from maoc_tui.feeds.source import ReadContext
from maoc_tui.problems import BadInput

LONGEST_ROW = 1 << 20
"""Bytes; the rest of a longer row is skipped and what there is of it is judged as it stands."""
_TEXT = 200


class CsvReader:
    """Reads blocks of whole lines of one table."""

    def __init__(self, dialect: Dialect, header: bytes, context: ReadContext) -> None:
        self._dialect = dialect
        self._now_ms = context.now_ms
        self._header = header
        self._delimiter = b" " if dialect.header else csv_rows.delimiter_of(header)
        names = dialect.header or header_names(header)
        self._width = len(names)
        where = wanted(dialect, names)
        self._where = where
        self._static = StaticColumns(where)
        self._line = 0 if dialect.header else 1
        self._records = 0
        self._swapped = False

    def block(self, block: bytes) -> Batch:
        """The account of one block of whole lines."""
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not block.endswith(b"\n"):
            block += b"\n"
        found = csv_rows.split(block, self._line + 1, self._delimiter, self._width, self._header)
        numbered = np.concatenate(
            (found.plain.lines, found.mended.lines, np.array([fault[0] for fault in found.faults], np.int64))
        )
        numbered.sort()
        batch = Batch()
        for line, reason, text in found.faults:
            record = self._records + 1 + int(np.searchsorted(numbered, line))
            batch.rejects.append(_reject(record, line, "row", reason, text))
        for rows in (found.plain, found.mended):
            if len(rows.lines):
                self._rows(rows, self._records + 1 + np.searchsorted(numbered, rows.lines), batch)
        self._line += found.lines
        self._records += len(numbered)
        if len(found.mended.lines):
            batch.fixes = batch.fixes.take(np.argsort(batch.fixes.record, kind="stable"))
        batch.rejects.sort(key=lambda reject: reject.record)
        return batch

    def _rows(self, rows: csv_rows.Rows, records: NDArray[np.int64], batch: Batch) -> None:
        table = Table(self._dialect, self._where, rows.columns)
        table.read(self._now_ms)
        self._swapped |= table.swapped
        if self._swapped:
            swapped = "latitude and longitude look exchanged in this file"
            table.faults = dict.fromkeys(range(table.rows), ("lat", swapped))
            table.fix[:] = False
        table.fixes.record = records
        for row, (field, reason) in table.faults.items():
            text = self._delimiter.join(column[row] for column in rows.columns)
            batch.rejects.append(_reject(int(records[row]), int(rows.lines[row]), field, reason, text))
        taken = table.fixes.take(table.fix)
        batch.fixes = Fixes.concat((batch.fixes, taken)) if len(batch.fixes) else taken
        batch.others += table.rows - len(taken) - len(table.faults)
        self._identities(rows, table, batch)

    def _identities(self, rows: csv_rows.Rows, table: Table, batch: Batch) -> None:
        fixes = table.fixes
        sound = np.ones(table.rows, np.bool_)
        sound[list(table.faults)] = False
        batch.identities += unplaced_beacons(fixes, sound & ~table.fix)
        for row, values in self._static.changed(fixes.key, rows.columns, sound):
            key, time, cls = int(fixes.key[row]), int(fixes.time[row]), int(fixes.cls[row])
            batch.identities.append(Identity(key, time, cls, values, int(fixes.record[row])))


def header_names(header: bytes) -> list[str]:
    """The column names of a header line in normal form."""
    cells = csv_rows.cells(header, csv_rows.delimiter_of(header)) or []
    return [normal(cell.decode("utf-8", "replace")) for cell in cells]


def _reject(record: int, line: int, field: str, reason: str, text: bytes) -> Reject:
    return Reject(record, line, field, reason, text[:_TEXT].decode("latin-1"))


def read(stream: BinaryIO, context: ReadContext, dialect: Dialect) -> Iterator[Batch]:
    """Read a table in batches. Raises BadInput when its header is not the dialect's."""
    reader: CsvReader | None = None
    for block in blocks(cast(BinaryIO, csv_rows.Utf8(stream)), LONGEST_ROW):
        if reader is None:
            header, body = (b"", block) if dialect.header else _cut_header(block)
            if not dialect.header:
                _check(dialect, header)
            reader = CsvReader(dialect, header, context)
        else:
            body = block
        batch = reader.block(body)
        if batch.read:
            yield batch


def _cut_header(block: bytes) -> tuple[bytes, bytes]:
    lines = block.splitlines(keepends=True)
    return lines[0].rstrip(b"\r\n"), b"".join(lines[1:])


def _check(dialect: Dialect, header: bytes) -> None:
    names = header_names(header)
    known = wanted(dialect, names)
    needed = {"time", "lat", "lon", "icao24" if "icao24" in dialect.columns.values() else "mmsi"}
    if missing := sorted(needed - known.keys()):
        raise BadInput(
            f"{dialect.title}: the first line names no column for {', '.join(missing)}.",
            "Give the file with its header line, or name another format.",
        )


def dialect_of(head: bytes) -> Dialect | None:
    """The dialect of a file by its first kilobytes; None when it is no table of positions."""
    text = head.decode("utf-16", "replace").encode() if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    lines = text.removeprefix(b"\xef\xbb\xbf").splitlines()
    if not lines or lines[0][:1] in (b"{", b"[", b"!", b"$", b"\\"):
        return None
    complete = lines[:-1] if len(lines) > 1 and not text.endswith((b"\n", b"\r")) else lines
    if headerless(complete[:50]):
        return next(dialect for dialect in csv_dialects() if dialect.header)
    return by_header(header_names(lines[0]))


def csv_dialects() -> tuple[Dialect, ...]:
    """All dialects of delimited text."""
    from maoc_tui.feeds.csv_dialects import DIALECTS

    return DIALECTS
