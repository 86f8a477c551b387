"""Overrides of zones entered by hand."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and their guards."""
