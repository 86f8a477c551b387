"""Tables of alerts: one row per cause, what happened to the cause, and what officers did and said about it.

Times are milliseconds since 1970-01-01T00:00Z; positions degrees. Only the row of the alert itself is ever changed,
by what is seen of its cause; nothing is deleted.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.acts import Act
from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class AlertTable(SQLModel, table=True):
    """One cause that a rule saw in open traffic, as it was last seen."""

    __tablename__ = "alert"
    __table_args__ = (CheckConstraint("rule <> '' AND cause <> '' AND because <> ''", name="said"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True, unique=True)
    """7 is AL-0007."""
    rule: str = Field(sa_type=Text)
    cause: str = Field(sa_type=Text, index=True, unique=True)
    subject: int = Field(sa_type=Long, index=True)
    """Contact key."""
    keys: str = Field(sa_type=Text)
    """Every contact key concerned, the subject first, parted by commas."""
    asset_id: UUID | None = Field(default=None, foreign_key="asset.id", index=True)
    """The asset it names; such an alert is hidden with the asset."""
    report_id: UUID | None = Field(default=None, foreign_key="asset_report.id")
    """The report that placed the asset; the alert is hidden with it too."""
    first_ms: int = Field(sa_type=Long)
    last_ms: int = Field(sa_type=Long)
    lat: float | None = None
    lon: float | None = None
    """NULL for what was heard without a position."""
    because: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    """JSON: a list of name, value, limit."""
    innocent: str = Field(sa_type=Text)
    """JSON: a list of explanations, the likeliest first."""
    against: str = Field(sa_type=Text)
    """JSON: a list of what speaks against them."""
    over: bool
    withdrawn: bool
    level: int
    peak: int
    """The highest level since it was raised last: a level that goes up and down rings once."""
    revision: int
    """Counts up whenever something material changes: what was acknowledged before is new again."""
    raised_ms: int = Field(sa_type=Long)
    """When it became what it is at this revision."""
    entered_ms: int = Field(sa_type=Long)
    """When it was seen for the first time."""


class AlertEventTable(SQLModel, table=True):
    """What became of a cause: raised, worse, over, again, withdrawn."""

    __tablename__ = "alert_event"
    __table_args__ = (CheckConstraint("what IN ('raised','worse','over','again','withdrawn')", name="what"),)
    seq: int | None = Field(default=None, primary_key=True)
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    what: str = Field(sa_type=Text)
    level: int
    revision: int
    entered_ms: int = Field(sa_type=Long)


class AlertActTable(Act, table=True):
    """What an officer did to an alert, for everybody who sees it: heard it, moved it on, escalated, judged it."""

    __tablename__ = "alert_act"
    __table_args__ = (CheckConstraint("act IN ('ack','stage','escalate','judge')", name="act"),)
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    act: str = Field(sa_type=Text)
    revision: int
    """Of the alert when it was done."""
    stage: str = Field(default="", sa_type=Text)
    """Of the gap board; "" leaves the stage."""
    useful: bool | None = None
    """Whether it was worth an officer's time; None says nothing of that."""


class AlertSilenceTable(Act, table=True):
    """That an alert, or its rule on its contact, stays quiet until a time, up to the level it had then."""

    __tablename__ = "alert_silence"
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    wide: bool
    """Not of this cause only: of its rule on its contact."""
    level: int
    until_ms: int = Field(sa_type=Long)


class AlertSilenceEndTable(Act, table=True):
    """That a silence was ended before its time."""

    __tablename__ = "alert_silence_end"
    silence_id: UUID = Field(foreign_key="alert_silence.id", index=True, unique=True)


class AlertWordTable(Marked, table=True):
    """What an officer wrote about an alert: the reason of an act, or a note. A statement of its own."""

    __tablename__ = "alert_word"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    asset_id: UUID | None = Field(default=None, foreign_key="asset.id", index=True)
    """The asset the alert names, if any."""
    report_id: UUID | None = Field(default=None, foreign_key="asset_report.id")
    """The report that placed it when this was written."""
    act_id: UUID | None = None
    """The act or the silence it is the reason of."""
    text: str = Field(sa_type=Text)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class AlertTargetTable(Act, table=True):
    """That an alert became a target, or a sighting of one: as hidden as the target."""

    __tablename__ = "alert_target"
    __table_args__ = (CheckConstraint("became IN ('target','sighting')", name="became"),)
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    became: str = Field(sa_type=Text)


class AlertLineTable(Act, table=True):
    """That an alert became a line of an operation's log: as hidden as the line."""

    __tablename__ = "alert_line"
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    line_id: UUID = Field(foreign_key="log_line.id", index=True)
