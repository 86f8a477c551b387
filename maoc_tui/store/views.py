"""Saved views in the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.store.markings import to_columns
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.view_tables import SavedViewTable

VIEW = table(SavedViewTable)


def add(conn: Connection, marking: Marking, **values: Any) -> UUID:
    """Record a view, a changed one (``replaces``) or its withdrawal; its id."""
    made = uuid4()
    conn.execute(insert(VIEW).values(id=made, **values, **to_columns(marking)))
    return made


def said(conn: Connection, officer: str) -> list[Any]:
    """Views that were not withdrawn: the officer's own, and those shared that the connection shows, by name.

    Of those replaced too: what replaces one may be hidden from who saw it.
    """
    mine = (VIEW.c.officer == officer) | VIEW.c.shared
    return list(conn.execute(select(VIEW).where(mine, ~VIEW.c.withdrawal).order_by(VIEW.c.name, VIEW.c.seq)))


def replaced(conn: Connection) -> frozenset[UUID]:
    """The views that a later line replaces or withdraws, as far as the connection shows the later line."""
    return frozenset(conn.scalars(select(VIEW.c.replaces).where(VIEW.c.replaces.is_not(None))))
