"""Views somebody saved: a screen with its filter and order under a name. Append-only; a later line replaces one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class SavedViewTable(Marked, table=True):
    """One view, or that it is withdrawn; what is replaced no longer stands."""

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("name <> '' AND screen <> ''", name="said"),
        CheckConstraint("digit BETWEEN 0 AND 9", name="digit"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    name: str = Field(sa_type=Text)
    screen: str = Field(sa_type=Text)
    query: str = Field(sa_type=Text)
    sort: str = Field(sa_type=Text)
    """Column it is ordered by; "" for the screen's own order."""
    descending: bool
    digit: int
    """1 to 9 on the list of views; 0 for none."""
    shared: bool
    """Not only for whoever saved it, but for all who may see it by its marking."""
    officer: str = Field(sa_type=Text)
    """Who saved it: an officer's id; name and partner where there is none."""
    replaces: UUID | None = Field(default=None, foreign_key="saved_view.id", index=True, unique=True)
    withdrawal: bool
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
