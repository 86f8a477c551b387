"""Requests with a clock: what is asked of a State or authority, and everything that became of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = ("request", "request_event")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def _line(name: str, *columns: Any) -> None:
    """A table of lines in order of entry."""
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *columns,
        *_texts("entered_by"),
        _time("entered_ms"),
    )
    op.create_index(f"ix_{name}_id", name, ["id"], unique=True)


def upgrade() -> None:
    """Make the tables and their guards."""
    _line(
        "request",
        *_texts(*_MARKING),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column(
            "target_id", sa.Uuid, sa.ForeignKey("target.id", name="fk_request_target_id"), nullable=False
        ),
        *_texts("kind", "addressee", "acting", "clock", "rule", "measures", "grounds", "position"),
        sa.CheckConstraint("addressee <> '' AND acting <> ''", name="parties"),
    )
    op.create_index("ix_request_number", "request", ["number"], unique=True)
    op.create_index("ix_request_target_id", "request", ["target_id"])
    request = sa.ForeignKey("request.id", name="fk_request_event_request_id")
    _line(
        "request_event",
        sa.Column("request_id", sa.Uuid, request, nullable=False),
        *_texts("act"),
        _time("at_ms"),
        *_texts("who", "channel"),
        sa.Column("oral", sa.Boolean, nullable=False),
        *_texts("scope", "conditions"),
        _time("until_ms", nullable=True),
        *_texts("text"),
    )
    op.create_index("ix_request_event_request_id", "request_event", ["request_id"])
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
