"""Frozen figures: a period as it was reckoned, through whose eyes, and every measure of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("figure_freeze", "figure_frozen")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables and their guards."""
    freeze, frozen = TABLES
    op.create_table(
        freeze,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *_texts("period"),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("scope", "checkpoint", "by", "officer", "by_partner"),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint("version > 0", name="version"),
    )
    op.create_table(
        frozen,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column(
            "freeze_id", sa.Uuid, sa.ForeignKey(f"{freeze}.id", name=f"fk_{frozen}_freeze_id"), nullable=False
        ),
        *_texts("measure", "frozen"),
    )
    for name in TABLES:
        op.create_index(f"ix_{name}_id", name, ["id"], unique=True)
    op.create_index("uq_figure_freeze", freeze, ["scope", "period", "version"], unique=True)
    op.create_index("uq_figure_frozen", frozen, ["freeze_id", "measure"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
