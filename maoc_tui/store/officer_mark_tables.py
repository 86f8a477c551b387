"""What each officer opened last and pinned: working state of one person, nobody else's to read."""

from __future__ import annotations

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long


class OfficerMarkTable(SQLModel, table=True):
    """A record an officer opened or pinned; shown only while the officer sees the record itself."""

    __tablename__ = "officer_mark"
    __table_args__ = (UniqueConstraint("officer", "ref", name="uq_officer_mark_officer"),)
    seq: int | None = Field(default=None, primary_key=True)
    officer: str = Field(sa_type=Text)
    """Id of the officer; the name where there is none."""
    ref: str = Field(sa_type=Text)
    opened_ms: int | None = Field(default=None, sa_type=Long)
    pinned_ms: int | None = Field(default=None, sa_type=Long)
