"""Reading and writing what an officer typed and has not sent yet; only ever of that officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from maoc_tui.store.draft_tables import DraftTable
from maoc_tui.store.tables_traffic import table

DRAFT = table(DraftTable)
KEPT_MS = 30 * 86_400_000
"""What was typed earlier is not offered any more."""
KEPT = 100
"""Drafts that are kept of an officer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One draft as it lies in the record."""

    id: UUID
    form: str
    about: str
    words: str
    held: str
    at_ms: int


def put(conn: Connection, officer: str, row: Row) -> None:
    """Keep a draft over what it was before; the officer's oldest ones are let go."""
    values = {"form": row.form, "about": row.about, "words": row.words, "held": row.held, "at_ms": row.at_ms}
    made = insert(DRAFT).values(id=row.id, officer=officer, **values)
    mine = DRAFT.c.officer == officer
    conn.execute(made.on_conflict_do_update(index_elements=["id"], set_=values, where=mine))
    old = select(DRAFT.c.seq).where(mine).order_by(DRAFT.c.at_ms.desc(), DRAFT.c.seq.desc()).offset(KEPT)
    conn.execute(delete(DRAFT).where(DRAFT.c.seq.in_(old)))
    conn.execute(delete(DRAFT).where(mine, DRAFT.c.at_ms < row.at_ms - KEPT_MS))


def drop(conn: Connection, officer: str, ids: Sequence[UUID]) -> None:
    """These are sent, or thrown away."""
    conn.execute(delete(DRAFT).where(DRAFT.c.officer == officer, DRAFT.c.id.in_(ids)))


def of(conn: Connection, officer: str) -> list[Row]:
    """An officer's drafts, the newest first."""
    newest = DRAFT.c.at_ms.desc(), DRAFT.c.seq.desc()
    return [
        Row(row.id, row.form, row.about, row.words, row.held, row.at_ms)
        for row in conn.execute(select(DRAFT).where(DRAFT.c.officer == officer).order_by(*newest))
    ]
