"""Accounts, roles and sessions."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables and their guards."""
