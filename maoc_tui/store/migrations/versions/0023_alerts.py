"""Alerts: one row per cause, what became of it, what officers did and said about it, what record it became."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
_APPENDED = (
    "alert_event",
    "alert_act",
    "alert_silence",
    "alert_silence_end",
    "alert_word",
    "alert_target",
    "alert_line",
)


def upgrade() -> None:
    """Make the tables and their guards."""
    _alert()
    _make(
        "alert_event",
        *_of("alert_event", "alert"),
        *_texts("what"),
        *_whole("level", "revision"),
        *_times("entered_ms"),
        sa.CheckConstraint("what IN ('raised','worse','over','again','withdrawn')", name="what"),
    )
    _acts()
    _words()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _alert() -> None:
    _make(
        "alert",
        sa.Column("id", sa.Uuid, nullable=False),
        *_whole("number"),
        *_texts("rule", "cause"),
        *_times("subject"),
        *_texts("keys"),
        *_of("alert", "asset", nullable=True),
        *_times("first_ms", "last_ms"),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        *_texts("because", "evidence", "innocent", "against"),
        *_flags("over", "withdrawn"),
        *_whole("level", "peak", "revision"),
        *_times("raised_ms", "entered_ms"),
        sa.CheckConstraint("rule <> '' AND cause <> '' AND because <> ''", name="said"),
    )
    op.create_index("ix_alert_cause", "alert", ["cause"], unique=True)
    op.create_index("ix_alert_subject", "alert", ["subject"])


def _acts() -> None:
    _act(
        "alert_act",
        *_of("alert_act", "alert"),
        *_texts("act"),
        *_whole("revision"),
        *_texts("stage"),
        sa.Column("useful", sa.Boolean, nullable=True),
        sa.CheckConstraint("act IN ('ack','stage','escalate','judge')", name="act"),
    )
    _act(
        "alert_silence",
        *_of("alert_silence", "alert"),
        *_flags("wide"),
        *_whole("level"),
        *_times("until_ms"),
    )
    _act("alert_silence_end", *_of("alert_silence_end", "alert_silence", column="silence_id"))
    _act(
        "alert_target",
        *_of("alert_target", "alert"),
        *_of("alert_target", "target"),
        *_texts("became"),
        sa.CheckConstraint("became IN ('target','sighting')", name="became"),
    )
    _act("alert_line", *_of("alert_line", "alert"), *_of("alert_line", "log_line", column="line_id"))


def _words() -> None:
    _make(
        "alert_word",
        *_texts(*_MARKING),
        sa.Column("id", sa.Uuid, nullable=False),
        *_of("alert_word", "alert"),
        *_of("alert_word", "asset", nullable=True),
        sa.Column("act_id", sa.Uuid, nullable=True),
        *_texts("text", "entered_by"),
        *_times("entered_ms"),
        sa.CheckConstraint("text <> ''", name="text"),
    )


def _act(name: str, *columns: Any) -> None:
    own = (sa.Column("id", sa.Uuid, nullable=False), *_texts("by", "officer", "by_partner"))
    _make(name, *own, *_times("entered_ms"), *columns)


def _make(name: str, *columns: Any) -> None:
    """A table in order of entry, with an index on each column that names a row."""
    op.create_table(name, sa.Column("seq", sa.Integer, primary_key=True), *columns)
    for column in columns:
        if isinstance(column, sa.Column) and (column.foreign_keys or column.name in ("id", "number")):
            unique = column.name in ("id", "number", "silence_id")
            op.create_index(f"ix_{name}_{column.name}", name, [column.name], unique=unique)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, _LONG, nullable=False) for name in names]


def _whole(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _of(name: str, owner: str, *, column: str = "", nullable: bool = False) -> list[sa.Column[Any]]:
    held = column or f"{owner}_id"
    key = sa.ForeignKey(f"{owner}.id", name=f"fk_{name}_{held}")
    return [sa.Column(held, sa.Uuid, key, nullable=nullable)]


def _guards() -> None:
    """Nothing is deleted; only the row of the alert itself is ever changed."""
    guards = [("alert", "DELETE", "is never deleted")]
    for name in _APPENDED:
        guards += [(name, "DELETE", "is never deleted"), (name, "UPDATE", "is append-only")]
    for name, act, words in guards:
        op.execute(
            f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
            f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
        )
