"""Alerts without a place, and hidden with the report that placed their asset."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_PLACED = """
UPDATE alert SET report_id = (
    SELECT r.id FROM asset_report r
    WHERE r.asset_id = alert.asset_id AND r.lat IS NOT NULL AND r.as_of_ms <= alert.last_ms
    ORDER BY r.as_of_ms DESC, r.seq DESC LIMIT 1
) WHERE asset_id IS NOT NULL
"""


def upgrade() -> None:
    """Let places be unknown; name the report an alert rests on."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("alert", "alert_word"):
        if sqlite:  # which adds no constraint to a table that is there, save with its column
            op.execute(f"ALTER TABLE {name} ADD COLUMN report_id CHAR(32) REFERENCES asset_report (id)")
        else:
            key = sa.ForeignKey("asset_report.id", name=f"fk_{name}_report_id")
            op.add_column(name, sa.Column("report_id", sa.Uuid, key, nullable=True))
    op.execute(_PLACED)
    for name in ("lat", "lon"):
        if sqlite:  # which cannot alter a column, and a new table would lose its guards
            op.add_column("alert", sa.Column(f"{name}_known", sa.Float, nullable=True))
            op.execute(f"UPDATE alert SET {name}_known = {name}")  # noqa: S608
            op.execute(f"ALTER TABLE alert DROP COLUMN {name}")
            op.execute(f"ALTER TABLE alert RENAME COLUMN {name}_known TO {name}")
        else:
            op.alter_column("alert", name, nullable=True)
