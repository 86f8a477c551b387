"""Releases, recalls, refusals and what is asked of originators."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables and their guards."""
