"""Tables of what officers enter by hand over the zone datasets. Both are append-only.

Times are milliseconds since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class ZoneOverrideTable(Marked, table=True):
    """What somebody says of the waters in a circle or an area, for everything there or for one contact or target."""

    __tablename__ = "zone_override"
    __table_args__ = (
        CheckConstraint("scope IN ('contact', 'target', 'place', 'area')", name="scope"),
        CheckConstraint("(scope = 'contact') = (contact_key IS NOT NULL)", name="contact"),
        CheckConstraint("(scope = 'target') = (target_id IS NOT NULL)", name="target"),
        CheckConstraint("(scope = 'area') = (outline <> '')", name="outline"),
        CheckConstraint("(scope = 'area') = (lat IS NULL)", name="circle"),
        CheckConstraint("reason <> '' AND decided_by <> ''", name="said"),
        CheckConstraint("until_ms > entered_ms", name="expiry"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """Of the reference: 3 is Z-0003."""
    scope: str = Field(sa_type=Text)
    contact_key: int | None = Field(default=None, sa_type=Long)
    target_id: UUID | None = Field(default=None, foreign_key="target.id")
    lat: float | None = None
    lon: float | None = None
    radius_nm: float | None = None
    outline: str = Field(default="", sa_type=Text)
    """Corners of an area: ``lat,lon`` in degrees, parted by blanks."""
    place: str = Field(sa_type=Text)
    """Position or corners as typed."""
    kind: str = Field(sa_type=Text)
    states: str = Field(default="", sa_type=Text)
    """ISO alpha-2 codes parted by commas."""
    status: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    decided_by: str = Field(sa_type=Text)
    """Name of the person who stands for it."""
    until_ms: int = Field(sa_type=Long)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class ZoneWithdrawalTable(SQLModel, table=True):
    """An override no longer counts; what it said stays in the record."""

    __tablename__ = "zone_withdrawal"
    seq: int | None = Field(default=None, primary_key=True)
    override_id: UUID = Field(foreign_key="zone_override.id", index=True, unique=True)
    reason: str = Field(sa_type=Text)
    decided_by: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
