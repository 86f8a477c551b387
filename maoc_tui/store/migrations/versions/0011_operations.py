"""Operations: their targets, acts, log lines, check-ins, and the clocks that log lines became."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = ("operation", "operation_target", "operation_act", "log_line", "check_in", "log_line_clock")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _line(name: str, *columns: Any, owner: str = "operation") -> None:
    """A table of lines in order of entry, of an operation unless ``owner`` is ""."""
    own = [sa.Column("id", sa.Uuid, nullable=False)]
    if owner:
        own.append(_to(name, f"{owner}_id", owner))
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        *own,
        *columns,
        *_texts("entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
    )
    op.create_index(f"ix_{name}_id", name, ["id"], unique=True)
    if owner:
        op.create_index(f"ix_{name}_{owner}_id", name, [f"{owner}_id"])


def _to(name: str, column: str, table: str, *, nullable: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{table}.id", name=f"fk_{name}_{column}")
    return sa.Column(column, sa.Uuid, key, nullable=nullable)


def upgrade() -> None:
    """Make the tables and their guards."""
    _operations()
    _log()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _operations() -> None:
    number = sa.Column("number", sa.Integer, nullable=False)
    _line("operation", *_texts(*_MARKING), number, *_texts("name"), owner="")
    op.create_index("ix_operation_number", "operation", ["number"], unique=True)
    _line(
        "operation_target",
        _to("operation_target", "target_id", "target"),
        sa.Column("dropped", sa.Boolean, nullable=False),
        *_texts("reason"),
    )
    op.create_index("ix_operation_target_target_id", "operation_target", ["target_id"])
    _line(
        "operation_act",
        *_texts("act"),
        sa.Column("at_ms", _LONG, nullable=False),
        *_texts("what", "value", "who", "authority", "by_right", "source", "guards", "text", "role"),
        *_texts("officer", "partner"),
    )
    _line(
        "check_in",
        *_texts("team", "act"),
        sa.Column("every_min", sa.Integer, nullable=True),
        sa.Column("at_ms", _LONG, nullable=False),
        *_texts("text"),
        sa.CheckConstraint("(act = 'SET') = (every_min IS NOT NULL)", name="every"),
    )


def _log() -> None:
    _line(
        "log_line",
        *_texts(*_MARKING),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("kind"),
        sa.Column("at_ms", _LONG, nullable=False),
        *_texts("said_time", "text"),
        _to("log_line", "corrects", "log_line", nullable=True),
        *_texts("client_id"),
        sa.CheckConstraint("text <> ''", name="text"),
    )
    op.create_index("ix_log_line_number", "log_line", ["number"], unique=True)
    op.create_index("ix_log_line_corrects", "log_line", ["corrects"])
    named = sa.text("client_id <> ''")
    op.create_index(
        "ix_log_line_client_id",
        "log_line",
        ["client_id"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
    op.create_table(
        "log_line_clock",
        sa.Column("seq", sa.Integer, primary_key=True),
        _to("log_line_clock", "line_id", "log_line"),
        _to("log_line_clock", "clock_id", "clock"),
        *_texts("entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
    )
    for column in ("line_id", "clock_id"):
        op.create_index(f"ix_log_line_clock_{column}", "log_line_clock", [column], unique=True)


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
