"""Releases of statements of operations, seizures and assets beside those of targets.

The two tables are made anew, because SQLite cannot let a column be empty that could not be; rows point to them, so
what they hold must be back, under the same ids, before the transaction ends.
"""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns
from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SUBJECTS = ("target", "operation", "seizure", "asset")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def upgrade() -> None:
    """Make the two tables anew, with what they hold."""
    op.execute("PRAGMA defer_foreign_keys=ON")
    _anew(
        "release_proposal",
        *_texts("partner", "status", "recipient_class", "need", "checklist", "condition", "channel"),
        _time("until_ms", nullable=True),
        sa.Column("emergency", sa.Boolean, nullable=False),
        *_texts("threat"),
        sa.CheckConstraint("need <> ''", name="need"),
    )
    _anew("origin_request", *_texts("originator", "partner", "reason"), _time("due_ms"))


def _anew(name: str, *rest: Any) -> None:
    """A table of acts about a subject, its rows, indexes and guards."""
    kept = f"{name}_kept"
    op.execute(f"CREATE TABLE {kept} AS SELECT * FROM {name}")
    op.drop_table(name)
    only_one = " + ".join(f"({kind}_id IS NOT NULL)" for kind in SUBJECTS)
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *_texts("by", "officer", "by_partner"),
        _time("entered_ms"),
        sa.Column("number", sa.Integer, nullable=False),
        *(
            sa.Column(f"{kind}_id", sa.Uuid, sa.ForeignKey(f"{kind}.id", name=f"fk_{name}_{kind}_id"))
            for kind in SUBJECTS
        ),
        *rest,
        sa.CheckConstraint(f"{only_one} = 1", name="one_subject"),
    )
    op.create_index(f"ix_{name}_id", name, ["id"], unique=True)
    columns = [column.name for column in rest if isinstance(column, sa.Column)]
    held = ", ".join(
        f'"{one}"'
        for one in ("seq", "id", "by", "officer", "by_partner", "entered_ms", "number", "target_id", *columns)
    )
    op.execute(f"INSERT INTO {name} ({held}) SELECT {held} FROM {kept}")
    op.drop_table(kept)
    op.create_index(f"ix_{name}_number", name, ["number"], unique=True)
    for kind in SUBJECTS:
        op.create_index(f"ix_{name}_{kind}_id", name, [f"{kind}_id"])
    _guards(name)


def _guards(name: str) -> None:
    for guard, act, words in (
        ("is_kept", "DELETE", "is never deleted"),
        ("stands", "UPDATE", "is append-only"),
    ):
        op.execute(
            f"CREATE TRIGGER {name}_{guard} BEFORE {act} ON {name}"
            f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
        )
