"""Saved views, and what each officer opened last and pinned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")


def upgrade() -> None:
    """Make both tables; views are append-only."""
    op.create_table(
        "officer_mark",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("officer", "ref")),
        *(sa.Column(name, _LONG, nullable=True) for name in ("opened_ms", "pinned_ms")),
        sa.UniqueConstraint("officer", "ref", name="uq_officer_mark_officer"),
    )
    key = sa.ForeignKey("saved_view.id", name="fk_saved_view_replaces")
    op.create_table(
        "saved_view",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in (*_MARKING, "name", "screen", "query", "sort")
        ),
        sa.Column("descending", sa.Boolean, nullable=False),
        sa.Column("digit", sa.Integer, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("replaces", sa.Uuid, key, nullable=True),
        sa.Column("withdrawal", sa.Boolean, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint("name <> '' AND screen <> ''", name="said"),
        sa.CheckConstraint("digit BETWEEN 0 AND 9", name="digit"),
    )
    op.create_index("ix_saved_view_id", "saved_view", ["id"], unique=True)
    op.create_index("ix_saved_view_replaces", "saved_view", ["replaces"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER saved_view_{act.lower()} BEFORE {act} ON saved_view"
                f" BEGIN SELECT RAISE(ABORT, 'saved_view {words}'); END"
            )
