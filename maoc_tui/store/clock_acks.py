"""Acknowledged bells in the record: appended, never changed. Read as the system: a row by itself names a clock."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from maoc_tui.store.clock_tables import ClockAckTable
from maoc_tui.store.tables_traffic import table

ACK = table(ClockAckTable)
Passed = tuple[str, str, int]
"""Reference of the clock, ``half`` or ``end``, and the instant it passed it (ms)."""


@dataclass(frozen=True, slots=True)
class Ack:
    """Who heard a bell."""

    by: str
    partner: str
    officer: str
    at_ms: int


def add(conn: Connection, passed: Passed, ack: Ack) -> bool:
    """Record that a bell was heard; False where somebody was faster."""
    ref, what, at_ms = passed
    same = (ACK.c.ref == ref) & (ACK.c.passed == what) & (ACK.c.at_ms == at_ms)
    if conn.scalar(select(ACK.c.seq).where(same)) is not None:
        return False
    conn.execute(
        insert(ACK).values(
            ref=ref, passed=what, at_ms=at_ms, entered_by=ack.by, partner=ack.partner, officer=ack.officer,
            entered_ms=ack.at_ms,
        )
    )  # fmt: skip
    return True


def load(conn: Connection, refs: frozenset[str]) -> dict[Passed, Ack]:
    """Who heard the bells of these clocks."""
    rows = conn.execute(select(ACK).where(ACK.c.ref.in_(refs)))
    return {
        (row.ref, row.passed, row.at_ms): Ack(row.entered_by, row.partner, row.officer, row.entered_ms)
        for row in rows
    }
