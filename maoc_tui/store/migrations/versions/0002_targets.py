"""Targets: what is said of them, where they were seen, what they are heard as, and every edit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
APPEND_ONLY = ("identity_fact", "sighting", "target_change")
"""Rows of these are never changed; nothing of a target is ever deleted."""
KEPT = (*APPEND_ONLY, "target", "contact_link")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def upgrade() -> None:
    """Make the tables of targets and their guards."""
    _target()
    _identity_fact()
    _sighting()
    _contact_link()
    _lines("target_change", *_texts("field", "old", "new", "reason"))
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _target() -> None:
    op.create_table(
        "target",
        *_texts(*_MARKING),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("kind", "type", "status", "designation", "description", "area", "position"),
        *(sa.Column(name, sa.Float, nullable=True) for name in ("lat", "lon", "radius_nm")),
        *_texts("created_by"),
        _time("created_ms", nullable=False),
        *_texts("updated_by"),
        _time("updated_ms", nullable=False),
        _time("closed_ms"),
        sa.CheckConstraint("kind IN ('vessel', 'aircraft')", name="kind"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="position"),
        sa.CheckConstraint("description <> ''", name="description"),
        sa.CheckConstraint("area <> '' OR lat IS NOT NULL", name="place"),
    )
    op.create_index("ix_target_number", "target", ["number"], unique=True)
    op.create_index("ix_target_status", "target", ["status"])


def _lines(name: str, *columns: sa.Column[Any]) -> None:
    """A table of dated lines of one target, each with its marking and its order of entry."""
    op.create_table(
        name,
        *_texts(*_MARKING),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column(
            "target_id", sa.Uuid, sa.ForeignKey("target.id", name=f"fk_{name}_target_id"), nullable=False
        ),
        *_texts("entered_by"),
        _time("entered_ms", nullable=False),
        *columns,
    )
    op.create_index(f"ix_{name}_id", name, ["id"], unique=True)
    op.create_index(f"ix_{name}_target_id", name, ["target_id"])


def _identity_fact() -> None:
    back = sa.ForeignKey("identity_fact.id", name="fk_identity_fact_replaces")
    _lines(
        "identity_fact",
        *_texts("attribute", "value", "raw"),
        _time("from_ms"),
        _time("to_ms"),
        *_texts("source"),
        sa.Column("replaces", sa.Uuid, back, nullable=True),
        sa.Column("withdrawal", sa.Boolean, nullable=False),
        *_texts("reason"),
    )
    op.create_index("ix_identity_fact_value", "identity_fact", ["value"])
    op.create_index("ix_identity_fact_replaces", "identity_fact", ["replaces"], unique=True)


def _sighting() -> None:
    _lines(
        "sighting",
        _time("seen_ms", nullable=False),
        *_texts("position"),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("lat", "lon", "radius_nm")),
        *_texts("source", "text"),
    )


def _contact_link() -> None:
    _lines(
        "contact_link",
        sa.Column("contact_key", _LONG, nullable=False),
        _time("from_ms"),
        _time("to_ms"),
        *_texts("reason", "warning", "ended_by"),
        _time("ended_ms"),
        *_texts("ended_reason"),
    )
    op.create_index("ix_contact_link_contact_key", "contact_link", ["contact_key"])
    holds = sa.text("to_ms IS NULL")
    op.create_index(
        "uq_contact_link_open",
        "contact_link",
        ["target_id", "contact_key"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )


def _guards() -> None:
    for name in KEPT:
        _refuse(f"{name}_is_kept", f"BEFORE DELETE ON {name}", f"{name} is never deleted")
    for name in APPEND_ONLY:
        _refuse(f"{name}_stands", f"BEFORE UPDATE ON {name}", f"{name} is append-only")
    ended = "BEFORE UPDATE ON contact_link WHEN old.to_ms IS NOT NULL"
    _refuse("contact_link_stands", ended, "an ended link stands")


def _refuse(name: str, when: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")
