"""Overrides of zones entered by hand, and their withdrawals; neither is ever changed or deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
APPEND_ONLY = ("zone_override", "zone_withdrawal")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables and their guards."""
    _override()
    op.create_table(
        "zone_withdrawal",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column(
            "override_id",
            sa.Uuid,
            sa.ForeignKey("zone_override.id", name="fk_zone_withdrawal_override_id"),
            nullable=False,
        ),
        *_texts("reason", "decided_by", "entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
    )
    op.create_index("ix_zone_withdrawal_override_id", "zone_withdrawal", ["override_id"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        for name in APPEND_ONLY:
            _refuse(f"{name}_is_kept", f"BEFORE DELETE ON {name}", f"{name} is never deleted")
            _refuse(f"{name}_stands", f"BEFORE UPDATE ON {name}", f"{name} is append-only")


def _override() -> None:
    op.create_table(
        "zone_override",
        *_texts(*_MARKING),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("scope"),
        sa.Column("contact_key", _LONG, nullable=True),
        sa.Column(
            "target_id",
            sa.Uuid,
            sa.ForeignKey("target.id", name="fk_zone_override_target_id"),
            nullable=True,
        ),
        *(sa.Column(name, sa.Float, nullable=True) for name in ("lat", "lon", "radius_nm")),
        *_texts("outline", "place", "kind", "states", "status", "reason", "decided_by"),
        sa.Column("until_ms", _LONG, nullable=False),
        *_texts("entered_by"),
        sa.Column("entered_ms", _LONG, nullable=False),
        sa.CheckConstraint("scope IN ('contact', 'target', 'place', 'area')", name="scope"),
        sa.CheckConstraint("(scope = 'contact') = (contact_key IS NOT NULL)", name="contact"),
        sa.CheckConstraint("(scope = 'target') = (target_id IS NOT NULL)", name="target"),
        sa.CheckConstraint("(scope = 'area') = (outline <> '')", name="outline"),
        sa.CheckConstraint("(scope = 'area') = (lat IS NULL)", name="circle"),
        sa.CheckConstraint("reason <> '' AND decided_by <> ''", name="said"),
        sa.CheckConstraint("until_ms > entered_ms", name="expiry"),
    )
    op.create_index("ix_zone_override_id", "zone_override", ["id"], unique=True)
    op.create_index("ix_zone_override_number", "zone_override", ["number"], unique=True)


def _refuse(name: str, when: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")
