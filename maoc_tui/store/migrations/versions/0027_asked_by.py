"""Of which partner whoever said something of a handover's item is: that partner has read the item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the column; what was said before names no partner."""
    op.add_column("handover_answer", sa.Column("partner", sa.Text, nullable=False, server_default=""))
