"""What each officer typed and has not sent yet: working state of one person, nobody else's to read."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long


class DraftTable(SQLModel, table=True):
    """One form or log line that is not in the record yet; gone once it is sent or thrown away."""

    __tablename__ = "draft"
    __table_args__ = (CheckConstraint("officer <> '' AND form <> ''", name="whose"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    officer: str = Field(sa_type=Text, index=True)
    """Id of the officer; name and partner where there is none."""
    form: str = Field(sa_type=Text)
    about: str = Field(sa_type=Text)
    words: str = Field(sa_type=Text)
    """What was typed, and what was seen when it was, in JSON."""
    held: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)
