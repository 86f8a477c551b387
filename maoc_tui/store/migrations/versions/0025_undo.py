"""Acts that can be undone, and each time one was undone or done again; kept, so that they survive a restart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and its guards."""
    texts = ("what", "sentence", "touches", "back")
    op.create_table(
        "undo_act",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "officer", "by_partner")),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.Column("act_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("about", sa.Uuid, nullable=True),
        sa.Column("journal_seq", sa.Integer, nullable=False),
        sa.CheckConstraint("what IN ('done', 'undone', 'redone')", name="ck_undo_act_what"),
        sa.CheckConstraint("sentence <> '' AND back <> ''", name="ck_undo_act_said"),
    )
    op.create_index("ix_undo_act_id", "undo_act", ["id"], unique=True)
    op.create_index("ix_undo_act_act_id", "undo_act", ["act_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER undo_act_{act.lower()} BEFORE {act} ON undo_act"
                f" BEGIN SELECT RAISE(ABORT, 'undo_act {words}'); END"
            )
