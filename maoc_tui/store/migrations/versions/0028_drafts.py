"""What officers typed and have not sent yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "draft",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("officer", "form", "about", "words", "held")),
        sa.Column("at_ms", _LONG, nullable=False),
        sa.CheckConstraint("officer <> '' AND form <> ''", name="whose"),
    )
    op.create_index("ix_draft_id", "draft", ["id"], unique=True)
    op.create_index("ix_draft_officer", "draft", ["officer"])
