"""The journal and its checkpoints: appended to without a gap, never changed, never deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = (
    "who", "officer", "partner", "action", "kind", "ref", "owner", "recipient", "reason", "detail",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables and their guards."""
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at_ms", _LONG, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _WORDS),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("length(hash) = 32", name="hash"),
        sa.CheckConstraint("who <> '' AND action <> ''", name="said"),
        sqlite_strict=True,
    )
    op.create_table(
        "journal_checkpoint",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at_ms", _LONG, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("hash", "public_key", "signature")),
        sa.CheckConstraint("length(hash) = 32 AND length(signature) = 64", name="lengths"),
        sa.CheckConstraint("length(public_key) = 32", name="public_key"),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard()


def _guard() -> None:
    for table in ("journal", "journal_checkpoint"):
        _refuse(f"{table}_is_kept", f"BEFORE DELETE ON {table}", f"{table} is never deleted")
        _refuse(f"{table}_stands", f"BEFORE UPDATE ON {table}", f"{table} is append-only")
    follows = "coalesce((SELECT max(seq) FROM journal), 0) + 1"
    _refuse(
        "journal_follows", f"BEFORE INSERT ON journal WHEN new.seq IS NOT {follows}", "journal has no gaps"
    )
    held = "EXISTS (SELECT 1 FROM journal WHERE seq = new.seq AND hash = new.hash)"
    taken = "EXISTS (SELECT 1 FROM journal_checkpoint WHERE seq = new.seq)"
    _refuse(
        "journal_checkpoint_holds",
        f"BEFORE INSERT ON journal_checkpoint WHEN NOT {held} OR {taken}",
        "a checkpoint is of an entry that stands",
    )


def _refuse(name: str, when: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")
