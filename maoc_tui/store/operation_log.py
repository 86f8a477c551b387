"""Lines of operations' logs in the record: appended; a correction points back; a line sent twice stands once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import reference
from maoc_tui.store import numbers
from maoc_tui.store.clock_tables import ClockTable
from maoc_tui.store.journal_chain import encoded
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.operation_tables import LogLineClockTable, LogLineTable, OperationTable
from maoc_tui.store.tables_traffic import table

LINE, LINE_CLOCK = table(LogLineTable), table(LogLineClockTable)
IN_JOURNAL = "log_line"
"""What the journal's entry on a line is of; its detail is the line's digest."""
_OPERATION, _CLOCK = table(OperationTable), table(ClockTable)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log."""

    id: UUID
    operation: UUID
    operation_number: int
    number: int
    kind: str
    at_ms: int
    """When it happened."""
    said_time: str
    """The time as typed; "" when none was."""
    text: str
    by: str
    entered_ms: int
    marking: Marking
    corrects: UUID | None = None
    client_id: str = ""
    clock: int | None = None
    """Number of the clock it became, where the connection shows that."""

    @property
    def ref(self) -> str:
        """``OP-0031/14``."""
        return f"{reference(self.operation_number)}/{self.number}"


def next_number(conn: Connection) -> int:
    """A number no line has: counted upwards it would tell how many lines are hidden."""
    return numbers.unused(conn, LINE.c.number)


def add(conn: Connection, made: Line) -> None:
    """Record a line."""
    conn.execute(
        insert(LINE).values(
            id=made.id,
            operation_id=made.operation,
            number=made.number,
            kind=made.kind,
            at_ms=made.at_ms,
            said_time=made.said_time,
            text=made.text,
            corrects=made.corrects,
            client_id=made.client_id,
            entered_by=made.by,
            entered_ms=made.entered_ms,
            **to_columns(made.marking),
        )
    )


def digest(line: Line) -> str:
    """SHA-256 of everything a line says, hexadecimal; its random id keeps anybody from guessing at the words."""
    said = [
        str(line.id), str(line.operation), line.number, line.kind, line.at_ms, line.said_time, line.text,
        str(line.corrects or ""), line.by, line.entered_ms, *to_columns(line.marking).values(),
    ]  # fmt: skip
    return sha256(encoded(said)).hexdigest()


def became(conn: Connection, line: UUID, clock: UUID, by: str, at_ms: int) -> None:
    """Record that a line became a clock."""
    conn.execute(insert(LINE_CLOCK).values(line_id=line, clock_id=clock, entered_by=by, entered_ms=at_ms))


def load(
    conn: Connection,
    *,
    operation: UUID | None = None,
    operations: Collection[UUID] | None = None,
    number: int | None = None,
    client_id: str = "",
) -> list[Line]:
    """Lines the connection shows, by when they happened; of operations, of a number, as sent by a client."""
    query = _LINES
    if operation is not None:
        query = query.where(LINE.c.operation_id == operation)
    if operations is not None:
        query = query.where(LINE.c.operation_id.in_(operations))
    if number is not None:
        query = query.where(LINE.c.number == number)
    if client_id:
        query = query.where(LINE.c.client_id == client_id)
    return [_line(row) for row in conn.execute(query)]


_LINES = (
    select(LINE, _OPERATION.c.number.label("operation_number"), _CLOCK.c.number.label("clock_number"))
    .join(_OPERATION, _OPERATION.c.id == LINE.c.operation_id)
    .outerjoin(LINE_CLOCK, LINE_CLOCK.c.line_id == LINE.c.id)
    .outerjoin(_CLOCK, _CLOCK.c.id == LINE_CLOCK.c.clock_id)
    .order_by(LINE.c.at_ms, LINE.c.seq)
)


@lru_cache(maxsize=4096)
def _line(row: Any) -> Line:
    """Of a row as it is shown: the same ones are read for many viewers."""
    return Line(
        id=row.id,
        operation=row.operation_id,
        operation_number=row.operation_number,
        number=row.number,
        kind=row.kind,
        at_ms=row.at_ms,
        said_time=row.said_time,
        text=row.text,
        by=row.entered_by,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        corrects=row.corrects,
        client_id=row.client_id,
        clock=row.clock_number,
    )
