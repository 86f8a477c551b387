"""Which acts of an operation were entered when a target was in it; what a condition says stays with its request.

A decision counts for the targets that an operation had when it was entered, and the order of two entries cannot be
told from their times: they may be of one millisecond. The text of a condition that was taken note of is taken out of
the act, which everybody who sees the operation reads; such a condition is taken note of anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column and fill it; empty the texts of conditions."""
    op.add_column(
        "operation_target", sa.Column("acts_before", sa.Integer, nullable=False, server_default="0")
    )
    _lifted(
        "operation_target",
        "UPDATE operation_target SET acts_before = (SELECT count(*) FROM operation_act a WHERE"
        " a.operation_id = operation_target.operation_id AND a.entered_ms < operation_target.entered_ms)",
    )
    _lifted("operation_act", "UPDATE operation_act SET text = '', what = '' WHERE act = 'CONDITION'")


def _lifted(table: str, statement: str) -> None:
    """Change rows of a table that is append-only otherwise."""
    guarded = op.get_bind().dialect.name == "sqlite"
    if guarded:
        op.execute(f"DROP TRIGGER {table}_update")
    op.execute(statement)
    if guarded:
        op.execute(
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
