"""Duties in the record."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from maoc_tui.domain.roster import Duty
from maoc_tui.store.liaison_tables import DutyTable
from maoc_tui.store.officers import OFFICER
from maoc_tui.store.tables_traffic import table

DUTY = table(DutyTable)
_READ = (
    select(DUTY, OFFICER.c.name, OFFICER.c.partner)
    .join(OFFICER, OFFICER.c.id == DUTY.c.officer_id)
    .order_by(DUTY.c.from_ms, DUTY.c.post, OFFICER.c.partner)
)


def add(conn: Connection, made: Duty) -> None:
    """Record that an officer stands a post for a time."""
    conn.execute(
        insert(DUTY).values(
            id=made.id,
            officer_id=made.officer,
            post=made.post,
            from_ms=made.from_ms,
            to_ms=made.to_ms,
            note=made.note,
            entered_by=made.by,
            entered_ms=made.at_ms,
        )
    )


def cancel(conn: Connection, duty: UUID, reason: str, by: str, at_ms: int) -> None:
    """A duty is not stood; it stays in the record."""
    values = {"cancelled_ms": at_ms, "cancelled_by": by, "cancelled_reason": reason}
    conn.execute(update(DUTY).where(DUTY.c.id == duty).values(**values))


def load(conn: Connection, from_ms: int, to_ms: int) -> list[Duty]:
    """Every duty, cancelled ones too, that touches a span, by its beginning."""
    rows = conn.execute(_READ.where(DUTY.c.from_ms < to_ms, DUTY.c.to_ms > from_ms))
    return [
        Duty(
            id=row.id,
            officer=row.officer_id,
            name=row.name,
            partner=row.partner,
            post=row.post,
            from_ms=row.from_ms,
            to_ms=row.to_ms,
            note=row.note,
            by=row.entered_by,
            at_ms=row.entered_ms,
            cancelled_ms=row.cancelled_ms,
            cancelled_by=row.cancelled_by,
            cancelled_reason=row.cancelled_reason,
        )
        for row in rows
    ]
