"""Tables of frozen figures: which period was frozen by whom through whose eyes, and every measure of it as it was.

Figures rest on other partners' statements, so neither is ever read on behalf of a viewer: the figures desk reads them
as the system, after asking whose freeze it is and whether its reader still sees every statement in it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long


class FigureFreezeTable(SQLModel, table=True):
    """One freeze of a period."""

    __tablename__ = "figure_freeze"
    __table_args__ = (
        Index("uq_figure_freeze", "scope", "period", "version", unique=True),
        CheckConstraint("version > 0", name="version"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    period: str = Field(sa_type=Text)
    """``2026-03`` or ``2026``."""
    version: int
    scope: str = Field(sa_type=Text)
    """Partner code, or ``*`` for the whole record."""
    checkpoint: str = Field(sa_type=Text)
    """Short form of the journal's newest entry."""
    by: str = Field(sa_type=Text)
    officer: str = Field(sa_type=Text)
    by_partner: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class FigureFrozenTable(SQLModel, table=True):
    """One measure of a freeze: tables, marking, definition and the statements they rest on, as JSON."""

    __tablename__ = "figure_frozen"
    __table_args__ = (Index("uq_figure_frozen", "freeze_id", "measure", unique=True),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    freeze_id: UUID = Field(foreign_key="figure_freeze.id")
    measure: str = Field(sa_type=Text)
    frozen: str = Field(sa_type=Text)
