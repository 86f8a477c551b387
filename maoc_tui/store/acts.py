"""What every row of an act that somebody answers for begins with: who entered it, for which partner, when."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long


class Act(SQLModel):
    """A row somebody entered: who, for which partner, when."""

    seq: int | None = Field(default=None, primary_key=True)
    """Order of entry."""
    id: UUID = Field(index=True, unique=True)
    by: str = Field(sa_type=Text)
    officer: str = Field(sa_type=Text)
    """Id of the officer signed in; "" in single-user mode."""
    by_partner: str = Field(sa_type=Text)
    """Partner the officer acts for."""
    entered_ms: int = Field(sa_type=Long)
