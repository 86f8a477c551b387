"""Partners, officers, duty and assignments."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables and their guards."""
