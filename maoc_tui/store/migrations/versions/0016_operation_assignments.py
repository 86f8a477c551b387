"""Assignments of partners to operations: lead, support, asset provider, with every step that followed an offer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = ("operation_assignment", "operation_assignment_event")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _to(name: str, column: str, table: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{table}.id", name=f"fk_{name}_{column}")
    return sa.Column(column, sa.Uuid, key, nullable=nullable)


def upgrade() -> None:
    """Make the tables and their guards."""
    rows, events = TABLES
    op.create_table(
        rows,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *_texts(*_MARKING),
        _to(rows, "operation_id", "operation"),
        *_texts("partner", "role", "entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint("partner <> '' OR role = 'LEAD'", name="partner"),
    )
    states = "state IN ('PROPOSED', 'ACCEPTED', 'ACTIVE', 'DECLINED', 'RELIEVED')"
    op.create_table(
        events,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        _to(events, "assignment_id", rows),
        *_texts("state", "reason"),
        _to(events, "officer_id", "officer", nullable=True),
        *_texts("entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint(states, name="state"),
    )
    for name, parent in ((rows, "operation_id"), (events, "assignment_id")):
        op.create_index(f"ix_{name}_id", name, ["id"], unique=True)
        op.create_index(f"ix_{name}_{parent}", name, [parent])
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
