"""Tables of assets, their taskings and the options that were considered. Every row is appended and stands.

Times are milliseconds since 1970-01-01T00:00Z; positions degrees; speeds knots; NULL is not known.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class AssetTable(Marked, table=True):
    """A ship, aircraft or team that a State may send; what it can do and where it is stands in its lines."""

    __tablename__ = "asset"
    __table_args__ = (CheckConstraint("owner <> '' AND name <> ''", name="named"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is AS-0007."""
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    owner: str = Field(sa_type=Text)
    """Code of the State or partner that owns it and answers for it."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class AssetProfileTable(Marked, table=True):
    """What an asset can do; the newest counts."""

    __tablename__ = "asset_profile"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    asset_id: UUID = Field(foreign_key="asset.id", index=True)
    base: str = Field(sa_type=Text)
    base_lat: float | None = None
    base_lon: float | None = None
    cruise_kn: float
    max_kn: float
    endurance_h: float | None = None
    range_nm: float | None = None
    team: bool | None = None
    sea_value: float | None = None
    sea_unit: str = Field(sa_type=Text)
    daylight: bool | None = None
    said: str = Field(sa_type=Text)
    """The figures as typed, with their units."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class AssetReportTable(Marked, table=True):
    """What was told of an asset at a time: availability, position, fuel."""

    __tablename__ = "asset_report"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    asset_id: UUID = Field(foreign_key="asset.id", index=True)
    as_of_ms: int = Field(sa_type=Long)
    expires_ms: int | None = Field(default=None, sa_type=Long)
    availability: str = Field(sa_type=Text)
    ready_min: int | None = None
    lat: float | None = None
    lon: float | None = None
    course: float | None = None
    speed_kn: float | None = None
    fuel_h: float | None = None
    at_base: bool = False
    text: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class TaskingTable(Marked, table=True):
    """An asset is asked for an operation; what its State answered stands in its events."""

    __tablename__ = "tasking"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """3 is TK-0003."""
    asset_id: UUID = Field(foreign_key="asset.id", index=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    target_id: UUID | None = Field(default=None, foreign_key="target.id", index=True)
    words: str = Field(sa_type=Text)
    """What is asked of it."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class TaskingEventTable(SQLModel, table=True):
    """One event of a tasking."""

    __tablename__ = "tasking_event"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    tasking_id: UUID = Field(foreign_key="tasking.id", index=True)
    act: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)
    who: str = Field(default="", sa_type=Text)
    channel: str = Field(default="", sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    partner: str = Field(sa_type=Text)
    """Of whoever entered it."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class InterceptOptionTable(Marked, table=True):
    """One option considered for an operation, with the reason it was chosen or rejected."""

    __tablename__ = "intercept_option"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    asset_id: UUID = Field(foreign_key="asset.id", index=True)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    set_number: int
    """2 is the second time that options were considered for the operation."""
    chosen: bool
    reason: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)
    """The instant it was reckoned from."""
    contact_ms: int | None = Field(default=None, sa_type=Long)
    lat: float | None = None
    lon: float | None = None
    course: float | None = None
    zone: str = Field(sa_type=Text)
    law: str = Field(sa_type=Text)
    limiting: str = Field(sa_type=Text)
    track: str = Field(sa_type=Text)
    pace: str = Field(sa_type=Text)
    what_if: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
