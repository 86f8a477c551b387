"""Reading and writing what an officer opened and pinned; only ever of that officer."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from maoc_tui.store.officer_mark_tables import OfficerMarkTable
from maoc_tui.store.tables_traffic import table

MARK = table(OfficerMarkTable)
KEPT = 40
"""Records opened last that are kept of an officer."""


def opened(conn: Connection, officer: str, ref: str, at_ms: int) -> None:
    """Note that a record was opened; the oldest beyond KEPT are let go unless they are pinned."""
    _put(conn, officer, ref, "opened_ms", at_ms)
    old = (
        select(MARK.c.seq)
        .where(MARK.c.officer == officer, MARK.c.pinned_ms.is_(None))
        .order_by(MARK.c.opened_ms.desc(), MARK.c.seq.desc())
        .offset(KEPT)
    )
    conn.execute(delete(MARK).where(MARK.c.seq.in_(old)))


def pinned(conn: Connection, officer: str, ref: str, at_ms: int | None) -> None:
    """Pin a record, or let it go with None."""
    if at_ms is not None:
        _put(conn, officer, ref, "pinned_ms", at_ms)
    else:
        mine = (MARK.c.officer == officer, MARK.c.ref == ref)
        conn.execute(update(MARK).where(*mine).values(pinned_ms=None))
        conn.execute(delete(MARK).where(*mine, MARK.c.opened_ms.is_(None)))


def of(conn: Connection, officer: str) -> list[tuple[str, int | None, int | None]]:
    """Reference, when opened, when pinned; the last opened first."""
    query = select(MARK.c.ref, MARK.c.opened_ms, MARK.c.pinned_ms).where(MARK.c.officer == officer)
    return [
        (row.ref, row.opened_ms, row.pinned_ms)
        for row in conn.execute(query.order_by(MARK.c.opened_ms.desc()))
    ]


def _put(conn: Connection, officer: str, ref: str, column: str, at_ms: int) -> None:
    made = insert(MARK).values(officer=officer, ref=ref, **{column: at_ms})
    conn.execute(made.on_conflict_do_update(index_elements=["officer", "ref"], set_={column: at_ms}))
