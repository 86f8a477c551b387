"""Clocks a person started, in the record: their start instants and, once, that they were stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import reference
from maoc_tui.store import numbers
from maoc_tui.store.clock_tables import ClockStopTable, ClockTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

CLOCK, STOP, _TARGET = table(ClockTable), table(ClockStopTable), table(TargetTable)


@dataclass(frozen=True, slots=True)
class Stop:
    """When a clock was stopped, why and by whom."""

    at_ms: int
    reason: str
    by: str
    entered_ms: int


@dataclass(frozen=True, slots=True)
class Started:
    """One clock on a target."""

    id: UUID
    number: int
    target: str
    """Reference of the target (T-0417)."""
    target_id: UUID
    rule: str
    """Id of the clock rule; "" for a free clock."""
    text: str
    start_ms: int
    due_ms: int | None
    by: str
    entered_ms: int
    marking: Marking
    stop: Stop | None = None

    @property
    def ref(self) -> str:
        """``CK-0007``."""
        return f"CK-{self.number:04d}"


def next_number(conn: Connection) -> int:
    """A number no clock has."""
    return numbers.unused(conn, CLOCK.c.number)


def add(conn: Connection, made: Started) -> None:
    """Record a clock."""
    conn.execute(
        insert(CLOCK).values(
            id=made.id,
            number=made.number,
            target_id=made.target_id,
            rule=made.rule,
            text=made.text,
            start_ms=made.start_ms,
            due_ms=made.due_ms,
            entered_by=made.by,
            entered_ms=made.entered_ms,
            **to_columns(made.marking),
        )
    )


def stop(conn: Connection, clock: UUID, made: Stop) -> None:
    """Record that a clock was stopped; it stays so."""
    conn.execute(
        insert(STOP).values(
            clock_id=clock,
            at_ms=made.at_ms,
            reason=made.reason,
            entered_by=made.by,
            entered_ms=made.entered_ms,
        )
    )


def load(conn: Connection, *, number: int | None = None) -> list[Started]:
    """Clocks the connection shows, in order of entry; one of them when its number is given."""
    rows = _CLOCKS
    if number is not None:
        rows = rows.where(CLOCK.c.number == number)
    stops = {row.clock_id: row for row in conn.execute(_STOPS)}
    return [_started(row, stops.get(row.id)) for row in conn.execute(rows)]


_CLOCKS = (
    select(CLOCK, _TARGET.c.number.label("target_number"))
    .join(_TARGET, _TARGET.c.id == CLOCK.c.target_id)
    .order_by(CLOCK.c.seq)
)
_STOPS = select(STOP)


def _started(row: Any, stopped: Any) -> Started:
    return Started(
        id=row.id,
        number=row.number,
        target=reference(row.target_number),
        target_id=row.target_id,
        rule=row.rule,
        text=row.text,
        start_ms=row.start_ms,
        due_ms=row.due_ms,
        by=row.entered_by,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        stop=stopped and Stop(stopped.at_ms, stopped.reason, stopped.entered_by, stopped.entered_ms),
    )
