"""Releases: asked of originators, proposed, approved by another, refused, recalled; and reviews of what is kept."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "release_proposal", "release_line", "release", "release_refusal", "release_recall", "release_task",
    "release_task_done", "origin_request", "origin_request_line", "origin_answer", "retention_review",
)  # fmt: skip


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def _to(name: str, column: str, target: str) -> sa.Column[Any]:
    """A column that points to the row of another table."""
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{name}_{column}")
    return sa.Column(column, sa.Uuid, key, nullable=False)


def _acts(name: str, *columns: Any) -> None:
    """A table of rows somebody entered, in order of entry."""
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *_texts("by", "officer", "by_partner"),
        _time("entered_ms"),
        *columns,
    )
    _index(name, "id", unique=True)


def _index(name: str, column: str, *, unique: bool = False) -> None:
    op.create_index(f"ix_{name}_{column}", name, [column], unique=unique)


def upgrade() -> None:
    """Make the tables and their guards."""
    _proposals()
    _release()
    _acts("release_refusal", _to("release_refusal", "proposal_id", "release_proposal"), *_texts("reason"))
    _index("release_refusal", "proposal_id", unique=True)
    _acts("release_recall", _to("release_recall", "release_id", "release"), *_texts("reason"))
    _index("release_recall", "release_id", unique=True)
    _follow_ups()
    _requests()
    _acts(
        "retention_review",
        _to("retention_review", "target_id", "target"),
        sa.Column("statement_id", sa.Uuid, nullable=False),
        *_texts("rule", "decision", "until", "reason"),
        sa.CheckConstraint("decision IN ('keep', 'erase')", name="decision"),
    )
    for column in ("target_id", "statement_id"):
        _index("retention_review", column)
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _proposals() -> None:
    _acts(
        "release_proposal",
        sa.Column("number", sa.Integer, nullable=False),
        _to("release_proposal", "target_id", "target"),
        *_texts("partner", "status", "recipient_class", "need", "checklist", "condition", "channel"),
        _time("until_ms", nullable=True),
        sa.Column("emergency", sa.Boolean, nullable=False),
        *_texts("threat"),
        sa.CheckConstraint("need <> ''", name="need"),
    )
    _index("release_proposal", "number", unique=True)
    _index("release_proposal", "target_id")
    op.create_table(
        "release_line",
        sa.Column("seq", sa.Integer, primary_key=True),
        _to("release_line", "proposal_id", "release_proposal"),
        *_texts("statement_kind"),
        sa.Column("statement_id", sa.Uuid, nullable=False),
        *_texts("originator", "wording", "digest"),
        sa.UniqueConstraint("proposal_id", "statement_id", name="uq_release_line"),
    )
    _index("release_line", "statement_id")


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        _to("release", "proposal_id", "release_proposal"),
        *_texts("statement_kind"),
        sa.Column("statement_id", sa.Uuid, nullable=False),
        *_texts("partner"),
        _time("from_ms"),
        _time("until_ms", nullable=True),
        *_texts("condition", "proposed_by", "approved_by", "approved_officer", "approved_partner"),
        sa.Column("emergency", sa.Boolean, nullable=False),
        *_texts("wording", "digest"),
        _time("entered_ms"),
        sa.UniqueConstraint("proposal_id", "statement_id", name="uq_release"),
        sa.CheckConstraint("proposed_by <> approved_by", name="two_persons"),
        sa.CheckConstraint("until_ms IS NULL OR until_ms > from_ms", name="term"),
    )
    _index("release", "id", unique=True)
    for column in ("number", "statement_id", "partner"):
        _index("release", column)


def _follow_ups() -> None:
    _acts(
        "release_task",
        _to("release_task", "proposal_id", "release_proposal"),
        *_texts("kind", "partner", "text"),
        _time("due_ms"),
    )
    _index("release_task", "proposal_id")
    _acts("release_task_done", _to("release_task_done", "task_id", "release_task"), *_texts("words"))
    _index("release_task_done", "task_id", unique=True)


def _requests() -> None:
    _acts(
        "origin_request",
        sa.Column("number", sa.Integer, nullable=False),
        _to("origin_request", "target_id", "target"),
        *_texts("originator", "partner", "reason"),
        _time("due_ms"),
    )
    _index("origin_request", "number", unique=True)
    _index("origin_request", "target_id")
    op.create_table(
        "origin_request_line",
        sa.Column("seq", sa.Integer, primary_key=True),
        _to("origin_request_line", "request_id", "origin_request"),
        *_texts("statement_kind"),
        sa.Column("statement_id", sa.Uuid, nullable=False),
        *_texts("wording"),
        sa.UniqueConstraint("request_id", "statement_id", name="uq_origin_request_line"),
    )
    _index("origin_request_line", "statement_id")
    _acts(
        "origin_answer",
        _to("origin_answer", "request_id", "origin_request"),
        *_texts("answer", "condition"),
        _time("until_ms", nullable=True),
        *_texts("reason"),
        sa.CheckConstraint("answer IN ('granted', 'refused', 'withdrawn')", name="answer"),
    )
    _index("origin_answer", "request_id")


def _guards() -> None:
    for name in TABLES:
        _refuse(f"{name}_is_kept", f'BEFORE DELETE ON "{name}"', f"{name} is never deleted")
        _refuse(f"{name}_stands", f'BEFORE UPDATE ON "{name}"', f"{name} is append-only")
    proposed = """NOT EXISTS (
        SELECT 1 FROM release_line l JOIN release_proposal p ON p.id = l.proposal_id
        WHERE p.id = new.proposal_id AND l.statement_id = new.statement_id AND p.partner = new.partner
          AND p.by = new.proposed_by AND (p.officer <> new.approved_officer OR p.officer = '')
          AND NOT EXISTS (SELECT 1 FROM release_refusal f WHERE f.proposal_id = p.id)
    )"""
    _refuse(
        "release_was_proposed",
        f'BEFORE INSERT ON "release" WHEN {proposed}',
        "a release is of a standing proposal by another officer",
    )
    answered = "new.by_partner <> (SELECT originator FROM origin_request WHERE id = new.request_id)"
    _refuse(
        "origin_answer_is_the_originators",
        f"BEFORE INSERT ON origin_answer WHEN {answered}",
        "an officer of the originator answers",
    )


def _refuse(name: str, when: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")
