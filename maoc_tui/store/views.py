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


def standing(conn: Connection, officer: str) -> list[Any]:
    """Views that stand: the officer's own, and those shared that the connection shows, by name."""
    later = VIEW.alias()
    mine = (VIEW.c.officer == officer) | VIEW.c.shared
    replaced = select(later.c.id).where(later.c.replaces == VIEW.c.id).exists()
    query = select(VIEW).where(mine, ~VIEW.c.withdrawal, ~replaced).order_by(VIEW.c.name, VIEW.c.seq)
    return list(conn.execute(query))
