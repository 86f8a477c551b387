"""That issuing a brief began, written before its files are: an issue that was broken off is seen and finished."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and its guards."""
    texts = ("recipient", "forms", "folder")
    key = sa.ForeignKey("brief.id", name="fk_brief_begun_brief_id")
    op.create_table(
        "brief_begun",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "officer", "by_partner")),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.Column("brief_id", sa.Uuid, key, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
    )
    op.create_index("ix_brief_begun_id", "brief_begun", ["id"], unique=True)
    op.create_index("ix_brief_begun_brief_id", "brief_begun", ["brief_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER brief_begun_{act.lower()} BEFORE {act} ON brief_begun"
                f" BEGIN SELECT RAISE(ABORT, 'brief_begun {words}'); END"
            )
