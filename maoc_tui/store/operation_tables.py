"""Tables of operations and their logs. Times are milliseconds since 1970-01-01T00:00Z; every row stands."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class OperationTable(Marked, table=True):
    """An interception from nomination to outcome; where it stands follows from its acts."""

    __tablename__ = "operation"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """31 is OP-0031."""
    name: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class OperationTargetTable(SQLModel, table=True):
    """A target was added to an operation, or dropped from it; the newest row of the two counts."""

    __tablename__ = "operation_target"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    dropped: bool
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
    acts_before: int = Field(default=0)
    """How many acts the operation had by then: those were entered for other targets."""


class OperationActTable(SQLModel, table=True):
    """One act of an operation: a step, a national decision, a legal basis, a go or no-go, a State, a nil result."""

    __tablename__ = "operation_act"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    act: str = Field(sa_type=Text)
    """STEP, DECISION, BASIS, GO, FIELD, TEAM, NIL, FORCE or CONDITION."""
    at_ms: int = Field(sa_type=Long)
    """When it happened; of a decision, when it was told."""
    what: str = Field(sa_type=Text)
    """State stepped to, State that decided, rule, go or no-go, field, team, kind of nil result."""
    value: str = Field(sa_type=Text)
    """Outcome of a last step, approved or refused, code of a State."""
    who: str = Field(sa_type=Text)
    """Who decided, by name and post."""
    authority: str = Field(sa_type=Text)
    by_right: str = Field(sa_type=Text)
    """By what right a decision was taken."""
    source: str = Field(sa_type=Text)
    guards: str = Field(sa_type=Text)
    """Ids of the guards that were overridden, parted by commas."""
    text: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    """Roles of whoever entered it, in words."""
    officer: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    """Partner of whoever entered it."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class LogLineTable(Marked, table=True):
    """One line of an operation's log: what happened when, and when it was entered. A correction points back."""

    __tablename__ = "log_line"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        Index(
            "ix_log_line_client_id",
            "client_id",
            unique=True,
            sqlite_where=text("client_id <> ''"),
            postgresql_where=text("client_id <> ''"),
        ),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    number: int = Field(index=True, unique=True)
    """14 of OP-0031 is OP-0031/14."""
    kind: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)
    """When it happened."""
    said_time: str = Field(sa_type=Text)
    """The time as typed; "" when none was."""
    text: str = Field(sa_type=Text)
    corrects: UUID | None = Field(default=None, foreign_key="log_line.id", index=True)
    client_id: str = Field(default="", sa_type=Text)
    """Named by who sends it, so that a line sent twice stands once; "" for none."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class CheckInTable(SQLModel, table=True):
    """A boarding team's check-in: set to so many minutes, heard of, or ended."""

    __tablename__ = "check_in"
    __table_args__ = (CheckConstraint("(act = 'SET') = (every_min IS NOT NULL)", name="every"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    team: str = Field(sa_type=Text)
    act: str = Field(sa_type=Text)
    """SET, OK or ENDED."""
    every_min: int | None = Field(default=None)
    at_ms: int = Field(sa_type=Long)
    text: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class LogLineClockTable(SQLModel, table=True):
    """A log line with a time became a clock."""

    __tablename__ = "log_line_clock"
    seq: int | None = Field(default=None, primary_key=True)
    line_id: UUID = Field(foreign_key="log_line.id", index=True, unique=True)
    clock_id: UUID = Field(foreign_key="clock.id", index=True, unique=True)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class OperationAssignmentTable(Marked, table=True):
    """A partner in a role to an operation; what became of it stands in its events."""

    __tablename__ = "operation_assignment"
    __table_args__ = (CheckConstraint("partner <> '' OR role = 'LEAD'", name="partner"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    operation_id: UUID = Field(foreign_key="operation.id", index=True)
    partner: str = Field(sa_type=Text)
    """"" where no lead is agreed."""
    role: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class OperationAssignmentEventTable(SQLModel, table=True):
    """One step of an assignment to an operation."""

    __tablename__ = "operation_assignment_event"
    __table_args__ = (
        CheckConstraint("state IN ('PROPOSED', 'ACCEPTED', 'ACTIVE', 'DECLINED', 'RELIEVED')", name="state"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    assignment_id: UUID = Field(foreign_key="operation_assignment.id", index=True)
    state: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
