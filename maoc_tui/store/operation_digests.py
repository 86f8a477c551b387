"""Digests of an operation's acts and check-ins, kept in the journal as each is entered, so that it can be proved."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, Table, select

from maoc_tui.store.journal import JOURNAL
from maoc_tui.store.journal_chain import encoded
from maoc_tui.store.operations import ACT, CHECK_IN

_SAID: dict[Table, tuple[str, ...]] = {
    ACT: (
        "id", "operation_id", "act", "at_ms", "what", "value", "who", "authority", "by_right", "source", "guards",
        "text", "role", "officer", "partner", "entered_by", "entered_ms",
    ),
    CHECK_IN: (
        "id", "operation_id", "team", "act", "every_min", "at_ms", "text", "entered_by", "entered_ms",
    ),
}  # fmt: skip
"""What a digest is of. A column added later does not belong here: what was entered before would not fit any more."""
KINDS = tuple(table.name for table in _SAID)
"""What the journal's entry on a row is of; its detail is the row's digest."""


def rows(conn: Connection, operation: UUID, kind: str, after: int = 0) -> list[tuple[str, int, str]]:
    """Digest, time of entry (ms) and act of each row of an operation after the first ones, in order of entry."""
    table = next(one for one in _SAID if one.name == kind)
    query = select(table).where(table.c.operation_id == operation).order_by(table.c.seq).offset(after)
    return [
        (_digest([getattr(row, name) for name in _SAID[table]]), row.entered_ms, row.act)
        for row in conn.execute(query)
    ]


def noted(conn: Connection, ref: str, kind: str) -> list[str]:
    """The digests that the journal holds of an operation."""
    entry = JOURNAL.c
    return list(conn.scalars(select(entry.detail).where(entry.kind == kind, entry.ref == ref)))


def noted_since(conn: Connection) -> int:
    """When the first digest was kept, milliseconds; what was entered before cannot be proved."""
    entry = JOURNAL.c
    query = select(entry.at_ms).where(entry.kind.in_(KINDS)).order_by(entry.seq).limit(1)
    first = conn.scalar(query)
    return first if first is not None else 1 << 62


def _digest(said: list[object]) -> str:
    return sha256(encoded([str(one) if isinstance(one, UUID) else one for one in said])).hexdigest()
