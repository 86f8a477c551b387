"""What a session is for, and who acknowledged the bell of a clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column; make the table and its guards."""
    op.add_column("access_session", sa.Column("purpose", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "clock_ack",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("ref", "passed")),
        sa.Column("at_ms", _LONG, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("entered_by", "partner", "officer")),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint("passed IN ('half', 'end')", name="passed"),
        sa.CheckConstraint("ref <> '' AND entered_by <> ''", name="said"),
    )
    op.create_index("uq_clock_ack", "clock_ack", ["ref", "passed", "at_ms"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER clock_ack_{act.lower()} BEFORE {act} ON clock_ack"
                f" BEGIN SELECT RAISE(ABORT, 'clock_ack {words}'); END"
            )
