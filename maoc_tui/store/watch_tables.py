"""Tables of the watch: who holds it, its log, its handovers. Times are milliseconds since 1970; every row stands."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class WatchTermTable(SQLModel, table=True):
    """From when on an officer, or nobody, holds the watch; each follows one before, and none is followed twice."""

    __tablename__ = "watch_term"
    __table_args__ = (CheckConstraint("(how = 'left') = (holder = '')", name="holder"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    follows: int = Field(unique=True)
    """``seq`` of the term before; 0 for the first."""
    how: str = Field(sa_type=Text)
    holder: str = Field(sa_type=Text)
    """Name; "" after it was left."""
    officer: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class WatchLineTable(Marked, table=True):
    """One line of the watch log; with an instant that is due it runs as a clock. A correction points back."""

    __tablename__ = "watch_line"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("NOT withdrawal OR corrects IS NOT NULL", name="withdrawal"),
        Index(
            "ix_watch_line_client_id",
            "client_id",
            unique=True,
            sqlite_where=text("client_id <> ''"),
            postgresql_where=text("client_id <> ''"),
        ),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is W-0007."""
    kind: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)
    """When it happened."""
    said_time: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    due_ms: int | None = Field(default=None, sa_type=Long)
    """When what it promises is due."""
    corrects: UUID | None = Field(default=None, foreign_key="watch_line.id", index=True)
    withdrawal: bool = Field(default=False)
    """It says why the line it points to no longer stands."""
    client_id: str = Field(default="", sa_type=Text)
    """Named by who sends it, so that a line sent twice stands once; "" for none."""
    officer: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class WatchLineDoneTable(SQLModel, table=True):
    """What a line promised was done, or is no longer to be done."""

    __tablename__ = "watch_line_done"
    seq: int | None = Field(default=None, primary_key=True)
    line_id: UUID = Field(foreign_key="watch_line.id", index=True, unique=True)
    at_ms: int = Field(sa_type=Long)
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class HandoverTable(SQLModel, table=True):
    """The holder offers the watch, signed; of its sheet only the hash is kept."""

    __tablename__ = "handover"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is HO-0007."""
    term_seq: int = Field(foreign_key="watch_term.seq", index=True)
    """The term it is to end."""
    sha256: str = Field(sa_type=Text)
    checkpoint: str = Field(sa_type=Text)
    """Short form of the journal printed on the sheet."""
    officer: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class HandoverEndTable(SQLModel, table=True):
    """A handover was signed by the officer who takes over, or taken back by who offered it."""

    __tablename__ = "handover_end"
    __table_args__ = (CheckConstraint("outcome IN ('signed', 'withdrawn')", name="outcome"),)
    seq: int | None = Field(default=None, primary_key=True)
    handover_id: UUID = Field(foreign_key="handover.id", index=True, unique=True)
    outcome: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text)
    checkpoint: str = Field(sa_type=Text)
    officer: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class HandoverAnswerTable(SQLModel, table=True):
    """What was said of one item of a handover while it was walked; the newest that fits the item counts."""

    __tablename__ = "handover_answer"
    seq: int | None = Field(default=None, primary_key=True)
    handover_id: UUID = Field(foreign_key="handover.id", index=True)
    walker: str = Field(sa_type=Text)
    """Whose walk it is: the officer who is to take over."""
    item: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    """Of the item as it stood then: one that changed is walked anew."""
    verdict: str = Field(sa_type=Text)
    words: str = Field(sa_type=Text)
    partner: str = Field(default="", sa_type=Text)
    """Of whoever said it; "" where it was said before that was kept."""
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)
