"""Who held the watch, in the record: one term after another; the newest says who holds it now."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.releases import By
from maoc_tui.domain.watch import How, Term
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.watch_tables import WatchTermTable

TERM = table(WatchTermTable)


def newest(conn: Connection) -> Term | None:
    """The term that runs; None before the first."""
    row = conn.execute(select(TERM).order_by(TERM.c.seq.desc()).limit(1)).first()
    return _term(row) if row is not None else None


def load(conn: Connection, *, limit: int | None = None) -> list[Term]:
    """Every term in order, or the newest ``limit`` of them."""
    rows = conn.execute(select(TERM).order_by(TERM.c.seq.desc()).limit(limit)).all()
    return [_term(row) for row in reversed(rows)]


def begin(conn: Connection, follows: Term | None, how: How, holder: By | None, reason: str, who: By) -> None:
    """Record that a term begins after another; the database refuses a second one after the same."""
    conn.execute(
        insert(TERM).values(
            id=uuid4(),
            follows=follows.seq if follows is not None else 0,
            how=how.value,
            holder=holder.name if holder is not None else "",
            officer=holder.officer if holder is not None else "",
            partner=holder.partner if holder is not None else "",
            reason=reason,
            entered_by=who.name,
            entered_ms=who.at_ms,
        )
    )


def _term(row: Any) -> Term:
    how = How(row.how)
    holder = By(row.holder, row.officer, row.partner, row.entered_ms) if how is not How.LEFT else None
    return Term(row.seq, how, holder, row.entered_ms, row.reason, row.entered_by)
