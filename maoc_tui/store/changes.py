"""The number that tells a reader which contacts have changed since it last looked."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from maoc_tui.store.tables_traffic import Contact, table

_NEWEST = select(func.max(table(Contact).c.changed))


def next_change(conn: Connection) -> int:
    """The change number of what is written now; one writer at a time, so it grows with every commit."""
    newest: int | None = conn.execute(_NEWEST).scalar()
    return (newest or 0) + 1
