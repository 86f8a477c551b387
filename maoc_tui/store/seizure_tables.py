"""Tables of the seizure ledger. Times are milliseconds since 1970-01-01T00:00Z; every row is appended and stands."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class SeizureTable(Marked, table=True):
    """One event of the ledger; what is known of it stands in its lines."""

    __tablename__ = "seizure"
    __table_args__ = (CheckConstraint("to_ms > from_ms", name="span"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is SZ-0007."""
    operation_id: UUID | None = Field(default=None, foreign_key="operation.id", index=True)
    said: str = Field(sa_type=Text)
    """When, as typed: a minute, a day, a month."""
    from_ms: int = Field(sa_type=Long, index=True)
    to_ms: int = Field(sa_type=Long)
    text: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class _Line(SQLModel):
    """What every line has."""

    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    at_ms: int = Field(sa_type=Long)
    source: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    withdrawal: bool
    reason: str = Field(sa_type=Text)
    """Why it corrects or withdraws the line it replaces; "" where it replaces none."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class _OfEvent(_Line):
    """A line of an event."""

    seizure_id: UUID = Field(foreign_key="seizure.id", index=True)


class SeizureFindTable(Marked, _OfEvent, table=True):
    """One substance found in one place, or seen going overboard; a corrected one keeps its number."""

    __tablename__ = "seizure_find"
    __table_args__ = (
        CheckConstraint("fate IN ('SEIZED', 'JETTISONED')", name="fate"),
        CheckConstraint("packages >= 0", name="packages"),
        CheckConstraint("(replaces IS NULL) = (reason = '')", name="reason"),
    )
    replaces: UUID | None = Field(default=None, foreign_key="seizure_find.id", index=True, unique=True)
    number: int = Field(index=True)
    """412 is SF-0412."""
    substance: str = Field(sa_type=Text)
    fate: str = Field(sa_type=Text)
    packages: int | None = None
    hidden: str = Field(sa_type=Text)


class SeizureWeighingTable(Marked, _Line, table=True):
    """A weight of a find, on a scale or estimated, with who says so."""

    __tablename__ = "seizure_weighing"
    __table_args__ = (
        CheckConstraint("grams > 0", name="grams"),
        CheckConstraint("basis IN ('NET', 'GROSS', 'ESTIMATED')", name="basis"),
        CheckConstraint("packages >= 0", name="packages"),
        CheckConstraint("(replaces IS NULL) = (reason = '')", name="reason"),
    )
    replaces: UUID | None = Field(default=None, foreign_key="seizure_weighing.id", index=True, unique=True)
    find_id: UUID = Field(foreign_key="seizure_find.id", index=True)
    """The find as first entered, whatever was corrected of it since."""
    grams: int = Field(sa_type=Long)
    said: str = Field(sa_type=Text)
    """As typed, with its unit."""
    basis: str = Field(sa_type=Text)
    packages: int | None = None
    official: bool


class SeizurePersonsTable(Marked, _OfEvent, table=True):
    """How many persons of a condition and nationality, as one source counts them; 0 is none."""

    __tablename__ = "seizure_persons"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        CheckConstraint("(replaces IS NULL) = (reason = '')", name="reason"),
    )
    replaces: UUID | None = Field(default=None, foreign_key="seizure_persons.id", index=True, unique=True)
    condition: str = Field(sa_type=Text)
    nationality: str = Field(sa_type=Text)
    """ISO alpha-2; "" for all together."""
    count: int
    official: bool


class SeizureStatedTable(Marked, _OfEvent, table=True):
    """Anything else stated of an event: vessel, flag, a State, a disposition, shares of credit, another event."""

    __tablename__ = "seizure_stated"
    __table_args__ = (
        CheckConstraint("what <> '' AND value <> ''", name="said"),
        CheckConstraint("(replaces IS NULL) = (reason = '')", name="reason"),
    )
    replaces: UUID | None = Field(default=None, foreign_key="seizure_stated.id", index=True, unique=True)
    what: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)


class SeizureTransferTable(Marked, _OfEvent, table=True):
    """Something passed from one hand to another."""

    __tablename__ = "seizure_transfer"
    __table_args__ = (
        CheckConstraint("item <> '' AND taker <> ''", name="hands"),
        CheckConstraint("(file = '') = (sha256 = '') AND (file = '') = (size IS NULL)", name="file"),
        CheckConstraint("(replaces IS NULL) = (reason = '')", name="reason"),
    )
    replaces: UUID | None = Field(default=None, foreign_key="seizure_transfer.id", index=True, unique=True)
    item: str = Field(sa_type=Text)
    giver: str = Field(sa_type=Text)
    taker: str = Field(sa_type=Text)
    seal: str = Field(sa_type=Text)
    place: str = Field(sa_type=Text)
    file: str = Field(sa_type=Text)
    size: int | None = Field(default=None, sa_type=Long)
    sha256: str = Field(sa_type=Text)
