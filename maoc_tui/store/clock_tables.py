"""Tables of the clocks a person started. Times are milliseconds since 1970-01-01T00:00Z; every row stands."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class ClockTable(Marked, table=True):
    """One clock on a target: of a legal rule by its start, or free with its own end."""

    __tablename__ = "clock"
    __table_args__ = (CheckConstraint("(rule = '') = (due_ms IS NOT NULL)", name="due"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is CK-0007."""
    target_id: UUID = Field(foreign_key="target.id", index=True)
    rule: str = Field(sa_type=Text)
    """Id of the clock rule; "" for a free clock."""
    text: str = Field(sa_type=Text)
    start_ms: int = Field(sa_type=Long)
    due_ms: int | None = Field(default=None, sa_type=Long)
    """End of a free clock."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class ClockStopTable(SQLModel, table=True):
    """That a clock was stopped: what it waited for has come."""

    __tablename__ = "clock_stop"
    seq: int | None = Field(default=None, primary_key=True)
    clock_id: UUID = Field(foreign_key="clock.id", index=True, unique=True)
    at_ms: int = Field(sa_type=Long)
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class ClockAckTable(SQLModel, table=True):
    """That an officer has heard the bell of a clock: no terminal rings for that instant any more."""

    __tablename__ = "clock_ack"
    __table_args__ = (
        CheckConstraint("passed IN ('half', 'end')", name="passed"),
        CheckConstraint("ref <> '' AND entered_by <> ''", name="said"),
        Index("uq_clock_ack", "ref", "passed", "at_ms", unique=True),
    )
    seq: int | None = Field(default=None, primary_key=True)
    ref: str = Field(sa_type=Text)
    """Of the clock as shown: CK-0007, RQ-0007, Q-0007, R-0012."""
    passed: str = Field(sa_type=Text)
    """What it had passed: half of its time, or its end."""
    at_ms: int = Field(sa_type=Long)
    """The instant it passed: a clock that is set anew rings anew."""
    entered_by: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    officer: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
