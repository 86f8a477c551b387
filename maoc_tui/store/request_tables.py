"""Tables of the request ledger. Times are milliseconds since 1970-01-01T00:00Z; every row is appended and stands."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class RequestTable(Marked, table=True):
    """What is asked of a State or authority about one target; what became of it stands in its events."""

    __tablename__ = "request"
    __table_args__ = (CheckConstraint("addressee <> '' AND acting <> ''", name="parties"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is RQ-0007."""
    target_id: UUID = Field(foreign_key="target.id", index=True)
    kind: str = Field(sa_type=Text)
    addressee: str = Field(sa_type=Text)
    """Code of the State or partner that is asked."""
    acting: str = Field(sa_type=Text)
    """Code of the State that would act."""
    clock: str = Field(sa_type=Text)
    """Id of the clock rule."""
    rule: str = Field(sa_type=Text)
    """The legal rule it rests on; "" when none was named."""
    measures: str = Field(sa_type=Text)
    """What is asked to be allowed, codes parted by commas."""
    grounds: str = Field(sa_type=Text)
    position: str = Field(sa_type=Text)
    """Position and time as stated in the request."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class RequestEventTable(SQLModel, table=True):
    """One event of a request."""

    __tablename__ = "request_event"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    request_id: UUID = Field(foreign_key="request.id", index=True)
    act: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)
    who: str = Field(default="", sa_type=Text)
    channel: str = Field(default="", sa_type=Text)
    oral: bool = False
    scope: str = Field(default="", sa_type=Text)
    conditions: str = Field(default="", sa_type=Text)
    """One a line."""
    until_ms: int | None = Field(default=None, sa_type=Long)
    text: str = Field(default="", sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
