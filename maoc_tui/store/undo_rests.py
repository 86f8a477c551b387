"""What rests on an act though it cannot be undone itself, and so stands in the way of taking the act back.

``conn`` sees the whole record: what is told of it names nothing.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, func, select

from maoc_tui.domain import operations, targets
from maoc_tui.domain.operations import Kind
from maoc_tui.store import operation_digests, statements
from maoc_tui.store.journal import JOURNAL
from maoc_tui.store.operations import ACT, OPERATION, TARGET_OF
from maoc_tui.store.targets import TARGET
from maoc_tui.store.undo import UNDO, Row

_NAMED_AGAIN = (Kind.FIELD.name, Kind.TEAM.name)
"""Acts of an operation on which no other rests: of these the next one simply counts."""
_SAID_OF_TARGET = ("sighting", "zone_override")
"""What the journal calls what is said of a target and not undone."""


def stepped_on(conn: Connection, row: Row) -> bool:
    """Whether the operation that an act is about took a step, a decision or the like since."""
    number = conn.scalar(select(OPERATION.c.number).where(OPERATION.c.id == row.about))
    if row.about is None or number is None:
        return False
    since = _journal(conn, row, operations.reference(number), (ACT.name,))
    acts = operation_digests.rows(conn, row.about, ACT.name)
    return any(digest in since for digest, _, kind in acts if kind not in _NAMED_AGAIN)


def worked_on(conn: Connection, row: Row) -> bool:
    """Whether a target that an act entered is in an operation now, or was seen or placed by somebody since."""
    number = conn.scalar(select(TARGET.c.number).where(TARGET.c.id == row.entered))
    if row.entered is None or number is None:
        return False
    newest = select(func.max(TARGET_OF.c.seq)).where(TARGET_OF.c.target_id == row.entered)
    now = newest.group_by(TARGET_OF.c.operation_id)
    runs = select(TARGET_OF.c.seq).where(TARGET_OF.c.seq.in_(now), ~TARGET_OF.c.dropped)
    return (
        conn.scalar(runs.limit(1)) is not None
        or len(_journal(conn, row, targets.reference(number), _SAID_OF_TARGET)) > 0
    )


def released(conn: Connection, *identifiers: UUID | str, since_ms: int = 0) -> bool:
    """Whether somebody has one of these statements by a release that stands and was given since."""
    found = statements.releases(conn, [str(one) for one in identifiers])
    return any(one.recalled_ms is None and one.from_ms >= since_ms for one in found)


def _journal(conn: Connection, row: Row, ref: str, kinds: tuple[str, ...]) -> frozenset[str]:
    """The details of what the journal holds on a reference since an act was first done."""
    first = select(UNDO.c.journal_seq).where(UNDO.c.seq == row.first).scalar_subquery()
    entry = JOURNAL.c
    query = select(entry.detail).where(entry.seq > first, entry.kind.in_(kinds), entry.ref == ref)
    return frozenset(conn.scalars(query))
