"""The daily brief: versions, variants, approvals, the manifest, what was issued and recalled."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("brief", "brief_variant", "brief_approval", "brief_file", "brief_issue", "brief_recall")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, _LONG, nullable=False) for name in names]


def _table(name: str, *columns: Any, entered: bool = True) -> None:
    """A table in order of entry; with who entered a row and its id unless it hangs on another row."""
    who = (
        (
            sa.Column("id", sa.Uuid, nullable=False),
            *_texts("by", "officer", "by_partner"),
            *_times("entered_ms"),
        )
        if entered
        else ()
    )
    op.create_table(name, sa.Column("seq", sa.Integer, primary_key=True), *who, *columns)
    if entered:
        op.create_index(f"ix_{name}_id", name, ["id"], unique=True)


def _of(name: str) -> sa.Column[Any]:
    key = sa.ForeignKey("brief.id", name=f"fk_{name}_brief_id")
    return sa.Column("brief_id", sa.Uuid, key, nullable=False)


def upgrade() -> None:
    """Make the tables and their guards."""
    version = sa.Column("version", sa.Integer, nullable=False)
    _table("brief", *_texts("number"), version, *_times("from_ms", "to_ms"))
    op.create_index("ix_brief_number", "brief", ["number"])
    _table("brief_variant", _of("brief_variant"), *_texts("recipient", "frozen"), entered=False)
    op.create_index("uq_brief_variant", "brief_variant", ["brief_id", "recipient"], unique=True)
    _approvals()
    _table("brief_issue", _of("brief_issue"), *_texts("recipient", "forms"))
    reason = sa.CheckConstraint("reason <> ''", name="reason")
    _table("brief_recall", _of("brief_recall"), *_texts("recipient", "line", "reason"), reason)
    for name in ("brief_issue", "brief_recall"):
        op.create_index(f"ix_{name}_brief_id", name, ["brief_id"])
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _approvals() -> None:
    checkpoint = sa.CheckConstraint("checkpoint <> ''", name="checkpoint")
    version = sa.Column("version", sa.Integer, nullable=False)
    _table(
        "brief_approval", _of("brief_approval"), *_texts("number"), version, *_texts("checkpoint"), checkpoint
    )
    op.create_index("ix_brief_approval_brief_id", "brief_approval", ["brief_id"], unique=True)
    op.create_index("uq_brief_approval", "brief_approval", ["number", "version"], unique=True)
    _table(
        "brief_file",
        _of("brief_file"),
        *_texts("recipient", "form"),
        *_times("size"),
        *_texts("sha256"),
        entered=False,
    )
    op.create_index("uq_brief_file", "brief_file", ["brief_id", "recipient", "form"], unique=True)


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
    # The desk says so in words; the record holds it whoever writes.
    op.execute(
        "CREATE TRIGGER brief_approval_second BEFORE INSERT ON brief_approval WHEN EXISTS"
        " (SELECT 1 FROM brief b WHERE b.id = NEW.brief_id AND (lower(b.by) = lower(NEW.by)"
        " OR (b.officer <> '' AND b.officer = NEW.officer)))"
        " BEGIN SELECT RAISE(ABORT, 'a second person approves a brief'); END"
    )
