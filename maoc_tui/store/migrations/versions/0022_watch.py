"""The watch: terms, log lines, what they promised, handovers with the answers given while they were walked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = ("watch_term", "watch_line", "watch_line_done", "handover", "handover_end", "handover_answer")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _whole(name: str, **given: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, **given)


def _ms(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def _to(name: str, column: str, there: str, *, nullable: bool = False) -> sa.Column[Any]:
    kind: Any = sa.Integer() if there.endswith(".seq") else sa.Uuid()
    return sa.Column(column, kind, sa.ForeignKey(there, name=f"fk_{name}_{column}"), nullable=nullable)


def _table(name: str, *columns: Any, id: bool = True) -> None:  # noqa: A002
    own = [sa.Column("id", sa.Uuid, nullable=False)] if id else []
    seq = sa.Column("seq", sa.Integer, primary_key=True)
    op.create_table(name, seq, *own, *columns, *_texts("entered_by"), _ms("entered_ms"))
    if id:
        op.create_index(f"ix_{name}_id", name, ["id"], unique=True)


def upgrade() -> None:
    """Make the tables and their guards."""
    _table(
        "watch_term",
        _whole("follows"),
        *_texts("how", "holder", "officer", "partner", "reason"),
        sa.UniqueConstraint("follows", name="uq_watch_term_follows"),
        sa.CheckConstraint("(how = 'left') = (holder = '')", name="holder"),
    )
    _log()
    _handovers()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _log() -> None:
    _table(
        "watch_line",
        *_texts(*_MARKING),
        _whole("number"),
        *_texts("kind"),
        _ms("at_ms"),
        *_texts("said_time", "text"),
        _ms("due_ms", nullable=True),
        _to("watch_line", "corrects", "watch_line.id", nullable=True),
        sa.Column("withdrawal", sa.Boolean, nullable=False),
        *_texts("client_id", "officer"),
        sa.CheckConstraint("text <> ''", name="text"),
        sa.CheckConstraint("NOT withdrawal OR corrects IS NOT NULL", name="withdrawal"),
    )
    op.create_index("ix_watch_line_number", "watch_line", ["number"], unique=True)
    op.create_index("ix_watch_line_corrects", "watch_line", ["corrects"])
    named = sa.text("client_id <> ''")
    op.create_index(
        "ix_watch_line_client_id",
        "watch_line",
        ["client_id"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
    _table(
        "watch_line_done",
        _to("watch_line_done", "line_id", "watch_line.id"),
        _ms("at_ms"),
        *_texts("reason"),
        id=False,
    )
    op.create_index("ix_watch_line_done_line_id", "watch_line_done", ["line_id"], unique=True)


def _handovers() -> None:
    signed = ("sha256", "checkpoint", "officer", "partner")
    _table(
        "handover",
        _whole("number"),
        _to("handover", "term_seq", "watch_term.seq"),
        *_texts(*signed),
    )
    op.create_index("ix_handover_number", "handover", ["number"], unique=True)
    op.create_index("ix_handover_term_seq", "handover", ["term_seq"])
    of = "handover.id"
    _table(
        "handover_end",
        _to("handover_end", "handover_id", of),
        *_texts("outcome", *signed, "reason"),
        sa.CheckConstraint("outcome IN ('signed', 'withdrawn')", name="outcome"),
        id=False,
    )
    op.create_index("ix_handover_end_handover_id", "handover_end", ["handover_id"], unique=True)
    _table(
        "handover_answer",
        _to("handover_answer", "handover_id", of),
        *_texts("walker", "item", "digest", "verdict", "words"),
        id=False,
    )
    op.create_index("ix_handover_answer_handover_id", "handover_answer", ["handover_id"])


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
