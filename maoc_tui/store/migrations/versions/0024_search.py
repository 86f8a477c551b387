"""One search over the whole record: the index, what it is kept current by, and each officer's own marks and views."""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_FOUND = {
    "target": ("designation", "description", "area", "number"),
    "identity_fact": ("value", "raw", "withdrawal", "target_id"),
    "sighting": ("text", "target_id"),
    "assignment_event": ("reason", "assignment_id"),
    "zone_override": ("reason", "target_id"),
    "contact_identity": ("value", "attribute", "key"),
    "operation": ("name", "number"),
    "log_line": ("text", "operation_id"),
    "operation_act": ("who", "authority", "text", "operation_id"),
    "check_in": ("team", "text", "operation_id"),
    "operation_assignment_event": ("reason", "assignment_id"),
    "intercept_option": ("reason", "operation_id"),
    "seizure": ("text", "number"),
    "seizure_find": ("substance", "hidden", "text", "withdrawal", "seizure_id"),
    "seizure_weighing": ("text", "withdrawal", "find_id"),
    "seizure_persons": ("nationality", "text", "withdrawal", "seizure_id"),
    "seizure_stated": ("value", "text", "withdrawal", "seizure_id"),
    "seizure_transfer": (
        "item",
        "giver",
        "taker",
        "seal",
        "place",
        "file",
        "text",
        "withdrawal",
        "seizure_id",
    ),
    "request": ("grounds", "position", "number"),
    "request_event": ("who", "scope", "conditions", "text", "request_id"),
    "clock": ("text", "number"),
    "asset": ("name", "number"),
    "asset_profile": ("base", "said", "asset_id"),
    "asset_report": ("text", "asset_id"),
    "tasking": ("words", "asset_id"),
    "tasking_event": ("who", "text", "tasking_id"),
    "watch_line": ("text", "withdrawal", "number"),
    "officer": ("name", "agency", "note"),
}
"""Table to the columns that what is indexed of it comes from."""


def upgrade() -> None:
    """Make the tables, the index and its triggers; note every row that is there to be indexed."""
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "row", "record", "digest")),
        sa.UniqueConstraint("kind", "row", name="uq_search_entry_kind"),
    )
    op.create_index("ix_search_entry_record", "search_entry", ["record"])
    op.create_table(
        "search_due",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "row")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(body, detail=none,"
            " tokenize='trigram case_sensitive 1')"
        )
        for table, columns in _FOUND.items():
            _follow(table, columns)
            op.execute(f"INSERT INTO search_due (kind, row) SELECT '{table}', id FROM {table}")
        _trigger("release", "INSERT", "release", "new.statement_id")


def _follow(table: str, columns: tuple[str, ...]) -> None:
    _trigger(table, "INSERT", table, "new.id")
    _trigger(table, "DELETE", table, "old.id")
    _trigger(table, f"UPDATE OF {', '.join(columns)}", table, "new.id")


def _trigger(table: str, act: str, kind: str, row: str) -> None:
    name = f"search_{table}_{act.partition(' ')[0].lower()}"
    op.execute(f"DROP TRIGGER IF EXISTS {name}")
    op.execute(
        f'CREATE TRIGGER {name} AFTER {act} ON "{table}"'
        f" BEGIN INSERT INTO search_due (kind, row) VALUES ('{kind}', {row}); END"
    )
