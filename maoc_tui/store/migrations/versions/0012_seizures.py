"""The seizure ledger: events, finds, weighings, persons, statements, transfers of custody."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = (
    "seizure", "seizure_find", "seizure_weighing", "seizure_persons", "seizure_stated", "seizure_transfer",
)  # fmt: skip


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _long(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def _to(name: str, column: str, table: str, *, nullable: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{table}.id", name=f"fk_{name}_{column}")
    return sa.Column(column, sa.Uuid, key, nullable=nullable)


def _row(name: str, *columns: Any) -> None:
    """A table of marked rows in order of entry."""
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *_texts(*_MARKING),
        *columns,
        *_texts("entered_by"),
        _long("entered_ms"),
    )
    op.create_index(f"ix_{name}_id", name, ["id"], unique=True)


def _line(name: str, owner: str, *columns: Any) -> None:
    """A table of lines that belong to ``owner`` and may replace one another."""
    column = f"{owner.removeprefix('seizure_')}_id"
    _row(
        name,
        _to(name, column, owner),
        _long("at_ms"),
        *_texts("source", "text"),
        _to(name, "replaces", name, nullable=True),
        sa.Column("withdrawal", sa.Boolean, nullable=False),
        *_texts("reason"),
        *columns,
        sa.CheckConstraint("(replaces IS NULL) = (reason = '')", name="reason"),
    )
    op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_index(f"ix_{name}_replaces", name, ["replaces"], unique=True)


def upgrade() -> None:
    """Make the tables and their guards."""
    _events()
    _found()
    _said()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _events() -> None:
    _row(
        "seizure",
        _whole("number"),
        _to("seizure", "operation_id", "operation", nullable=True),
        *_texts("said"),
        _long("from_ms"),
        _long("to_ms"),
        *_texts("text"),
        sa.CheckConstraint("to_ms > from_ms", name="span"),
    )
    op.create_index("ix_seizure_number", "seizure", ["number"], unique=True)
    op.create_index("ix_seizure_operation_id", "seizure", ["operation_id"])
    op.create_index("ix_seizure_from_ms", "seizure", ["from_ms"])


def _found() -> None:
    _line(
        "seizure_find",
        "seizure",
        _whole("number"),
        *_texts("substance", "fate"),
        _whole("packages", nullable=True),
        *_texts("hidden"),
        sa.CheckConstraint("fate IN ('SEIZED', 'JETTISONED')", name="fate"),
        sa.CheckConstraint("packages >= 0", name="packages"),
    )
    op.create_index("ix_seizure_find_number", "seizure_find", ["number"])
    _line(
        "seizure_weighing",
        "seizure_find",
        _long("grams"),
        *_texts("said", "basis"),
        _whole("packages", nullable=True),
        sa.Column("official", sa.Boolean, nullable=False),
        sa.CheckConstraint("grams > 0", name="grams"),
        sa.CheckConstraint("basis IN ('NET', 'GROSS', 'ESTIMATED')", name="basis"),
        sa.CheckConstraint("packages >= 0", name="packages"),
    )


def _said() -> None:
    _line(
        "seizure_persons",
        "seizure",
        *_texts("condition", "nationality"),
        _whole("count"),
        sa.Column("official", sa.Boolean, nullable=False),
        sa.CheckConstraint("count >= 0", name="count"),
    )
    _line(
        "seizure_stated",
        "seizure",
        *_texts("what", "value", "status"),
        sa.CheckConstraint("what <> '' AND value <> ''", name="said"),
    )
    _line(
        "seizure_transfer",
        "seizure",
        *_texts("item", "giver", "taker", "seal", "place", "file"),
        _long("size", nullable=True),
        *_texts("sha256"),
        sa.CheckConstraint("item <> '' AND taker <> ''", name="hands"),
        sa.CheckConstraint("(file = '') = (sha256 = '') AND (file = '') = (size IS NULL)", name="file"),
    )


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
