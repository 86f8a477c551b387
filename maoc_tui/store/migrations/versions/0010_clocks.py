"""Clocks a person started: with legal effect and no addressee, or a line with a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = ("clock", "clock_stop")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables and their guards."""
    target = sa.ForeignKey("target.id", name="fk_clock_target_id")
    op.create_table(
        "clock",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *_texts(*_MARKING),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("target_id", sa.Uuid, target, nullable=False),
        *_texts("rule", "text"),
        sa.Column("start_ms", _LONG, nullable=False),
        sa.Column("due_ms", _LONG, nullable=True),
        *_texts("entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint("(rule = '') = (due_ms IS NOT NULL)", name="due"),
    )
    op.create_index("ix_clock_id", "clock", ["id"], unique=True)
    op.create_index("ix_clock_number", "clock", ["number"], unique=True)
    op.create_index("ix_clock_target_id", "clock", ["target_id"])
    clock = sa.ForeignKey("clock.id", name="fk_clock_stop_clock_id")
    op.create_table(
        "clock_stop",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("clock_id", sa.Uuid, clock, nullable=False),
        sa.Column("at_ms", _LONG, nullable=False),
        *_texts("reason", "entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
    )
    op.create_index("ix_clock_stop_clock_id", "clock_stop", ["clock_id"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
