"""Who sweeps for alerts, and what came in since the last sweep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sweep_lease",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until_ms", _LONG, nullable=False),
    )
    op.create_table(
        "sweep_arrival",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at_ms", _LONG, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
