"""Tables of liaison: what officers recorded of partners, the officers themselves, the roster, assignments.

Times are milliseconds since 1970-01-01T00:00Z, days ISO dates as text. Nothing is deleted. Recorded acts,
assignments and their events are append-only; officers, channels and duties are edited under the journal.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class PartnerActTable(SQLModel, table=True):
    """An officer recorded that a partner is of a status from a day on; confirms a report where one is named."""

    __tablename__ = "partner_act"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    code: str = Field(sa_type=Text, index=True)
    status: str = Field(sa_type=Text)
    recipient_class: str = Field(sa_type=Text)
    since: str = Field(sa_type=Text)
    confirms: str = Field(default="", sa_type=Text)
    """Day of the report it confirms; "" for any other change."""
    name: str = Field(default="", sa_type=Text)
    """Name of a partner that comes into the register by this; "" for any other change."""
    kind: str = Field(default="", sa_type=Text)
    source: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class PartnerInstrumentTable(SQLModel, table=True):
    """An officer recorded an instrument of a partner; the newest of one title stands for the ones before."""

    __tablename__ = "partner_instrument"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    code: str = Field(sa_type=Text, index=True)
    kind: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    since: str = Field(default="", sa_type=Text)
    until: str = Field(default="", sa_type=Text)
    source: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class OfficerTable(SQLModel, table=True):
    """A liaison officer or one of the Centre's staff."""

    __tablename__ = "officer"
    __table_args__ = (CheckConstraint("name <> '' AND partner <> ''", name="named"),)
    id: UUID = Field(primary_key=True)
    version: int = 1
    partner: str = Field(sa_type=Text, index=True)
    name: str = Field(sa_type=Text)
    agency: str = Field(default="", sa_type=Text)
    functions: str = Field(default="", sa_type=Text)
    """Codes parted by commas."""
    posted_from: str = Field(sa_type=Text)
    posted_to: str = Field(default="", sa_type=Text)
    """Last day; "" while it lasts."""
    note: str = Field(default="", sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class OfficerChannelTable(SQLModel, table=True):
    """One way to reach an officer, and when it was last found to work."""

    __tablename__ = "officer_channel"
    id: UUID = Field(primary_key=True)
    officer_id: UUID = Field(foreign_key="officer.id", index=True)
    place: int
    """Order in which to try."""
    kind: str = Field(sa_type=Text)
    address: str = Field(sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    verified_ms: int | None = Field(default=None, sa_type=Long)
    verified_by: str = Field(default="", sa_type=Text)
    retired_ms: int | None = Field(default=None, sa_type=Long)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class DutyTable(SQLModel, table=True):
    """An officer stands a post between two instants."""

    __tablename__ = "duty"
    __table_args__ = (CheckConstraint("to_ms > from_ms", name="span"),)
    id: UUID = Field(primary_key=True)
    officer_id: UUID = Field(foreign_key="officer.id", index=True)
    post: str = Field(sa_type=Text)
    from_ms: int = Field(sa_type=Long, index=True)
    to_ms: int = Field(sa_type=Long)
    note: str = Field(default="", sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
    cancelled_ms: int | None = Field(default=None, sa_type=Long)
    cancelled_by: str = Field(default="", sa_type=Text)
    cancelled_reason: str = Field(default="", sa_type=Text)


class AssignmentTable(Marked, table=True):
    """A partner in a role to a target; what became of it stands in its events."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("partner <> '' OR role = 'LEAD'", name="partner"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    partner: str = Field(sa_type=Text)
    """"" where no lead is agreed."""
    role: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class AssignmentEventTable(SQLModel, table=True):
    """One step of an assignment."""

    __tablename__ = "assignment_event"
    __table_args__ = (
        CheckConstraint("state IN ('PROPOSED', 'ACCEPTED', 'ACTIVE', 'DECLINED', 'RELIEVED')", name="state"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    assignment_id: UUID = Field(foreign_key="assignment.id", index=True)
    state: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
