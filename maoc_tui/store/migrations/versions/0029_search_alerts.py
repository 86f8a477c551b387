"""Alerts and what is written about them are to be found; short texts get a mark in the index: all is indexed anew."""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_FOUND = {"alert": "because, rule, number", "alert_word": "text, alert_id"}
"""Table to the columns that what is indexed of it comes from."""


def upgrade() -> None:
    """Note every change of an alert as the other tables' are, and every row that is there to be indexed."""
    conn = op.get_bind()
    if conn.dialect.name != "sqlite":
        return
    for table, columns in _FOUND.items():
        for act, row in (("INSERT", "new.id"), ("DELETE", "old.id"), (f"UPDATE OF {columns}", "new.id")):
            name = f"search_{table}_{act.partition(' ')[0].lower()}"
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
            op.execute(
                f'CREATE TRIGGER {name} AFTER {act} ON "{table}"'
                f" BEGIN INSERT INTO search_due (kind, row) VALUES ('{table}', {row}); END"
            )
        op.execute(f"INSERT INTO search_due (kind, row) SELECT '{table}', id FROM {table}")
    triggers = sa.text(
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search%insert'"
    )
    for table in conn.execute(triggers).scalars().all():
        if table != "release" and table not in _FOUND:
            op.execute(f"INSERT INTO search_due (kind, row) SELECT '{table}', id FROM \"{table}\"")
