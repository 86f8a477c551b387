"""Partners, officers, duty and assignments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
APPEND_ONLY = ("partner_act", "partner_instrument", "assignment", "assignment_event")
"""Rows of these are never changed."""
KEPT = (*APPEND_ONLY, "officer", "officer_channel", "duty")
"""Rows of these are never deleted."""


def upgrade() -> None:
    """Make the tables and their guards."""
    _partners()
    _officers()
    _duty()
    _assignments()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def _entry() -> list[sa.Column[Any]]:
    return [*_texts("entered_by"), _time("entered_ms")]


def _numbered() -> list[sa.Column[Any]]:
    """A line of an append-only table: order of entry and id."""
    return [sa.Column("seq", sa.Integer, primary_key=True), sa.Column("id", sa.Uuid, nullable=False)]


def _back(table: str, column: str, to: str, *, nullable: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Uuid, key, nullable=nullable)


def _index(table: str, *columns: str, unique: bool = False) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=unique)


def _partners() -> None:
    status = ("code", "status", "recipient_class", "since", "confirms", "name", "kind", "source", "reason")
    op.create_table("partner_act", *_numbered(), *_texts(*status), *_entry())
    instrument = _texts("code", "kind", "title", "since", "until", "source", "reason")
    op.create_table("partner_instrument", *_numbered(), *instrument, *_entry())
    for name in ("partner_act", "partner_instrument"):
        _index(name, "id", unique=True)
        _index(name, "code")


def _officers() -> None:
    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("partner", "name", "agency", "functions", "posted_from", "posted_to", "note"),
        *_entry(),
        sa.CheckConstraint("name <> '' AND partner <> ''", name="named"),
    )
    _index("officer", "partner")
    op.create_table(
        "officer_channel",
        sa.Column("id", sa.Uuid, primary_key=True),
        _back("officer_channel", "officer_id", "officer"),
        sa.Column("place", sa.Integer, nullable=False),
        *_texts("kind", "address", "note"),
        _time("verified_ms", nullable=True),
        *_texts("verified_by"),
        _time("retired_ms", nullable=True),
        *_entry(),
    )
    _index("officer_channel", "officer_id")


def _duty() -> None:
    op.create_table(
        "duty",
        sa.Column("id", sa.Uuid, primary_key=True),
        _back("duty", "officer_id", "officer"),
        *_texts("post"),
        _time("from_ms"),
        _time("to_ms"),
        *_texts("note"),
        *_entry(),
        _time("cancelled_ms", nullable=True),
        *_texts("cancelled_by", "cancelled_reason"),
        sa.CheckConstraint("to_ms > from_ms", name="span"),
    )
    _index("duty", "officer_id", "from_ms")


def _assignments() -> None:
    op.create_table(
        "assignment",
        *_texts(*_MARKING),
        *_numbered(),
        _back("assignment", "target_id", "target"),
        *_texts("partner", "role"),
        *_entry(),
        sa.CheckConstraint("partner <> '' OR role = 'LEAD'", name="partner"),
    )
    states = "state IN ('PROPOSED', 'ACCEPTED', 'ACTIVE', 'DECLINED', 'RELIEVED')"
    op.create_table(
        "assignment_event",
        *_numbered(),
        _back("assignment_event", "assignment_id", "assignment"),
        *_texts("state", "reason"),
        _back("assignment_event", "officer_id", "officer", nullable=True),
        *_entry(),
        sa.CheckConstraint(states, name="state"),
    )
    for name, parent in (("assignment", "target_id"), ("assignment_event", "assignment_id")):
        _index(name, "id", unique=True)
        _index(name, parent)


def _guards() -> None:
    for name in KEPT:
        _refuse(f"{name}_is_kept", f"BEFORE DELETE ON {name}", f"{name} is never deleted")
    for name in APPEND_ONLY:
        _refuse(f"{name}_stands", f"BEFORE UPDATE ON {name}", f"{name} is append-only")
    ended = "BEFORE UPDATE ON duty WHEN old.cancelled_ms IS NOT NULL"
    _refuse("duty_stands", ended, "a cancelled duty stands")
    retired = "BEFORE UPDATE ON officer_channel WHEN old.retired_ms IS NOT NULL"
    _refuse("officer_channel_stands", retired, "a retired channel stands")


def _refuse(name: str, when: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")
