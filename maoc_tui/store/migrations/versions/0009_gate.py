"""One open link of a target to a contact per originator: a hidden link must not refuse another's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the index anew."""
    holds = sa.text("to_ms IS NULL")
    op.drop_index("uq_contact_link_open", "contact_link")
    op.create_index(
        "uq_contact_link_open",
        "contact_link",
        ["target_id", "contact_key", "originator"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )
