"""Traffic: sources, contacts, what they say of themselves, tracks, zone events, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(
    name: str, kind: sa.types.TypeEngine[int] | None = None, *, nullable: bool = False
) -> sa.Column[int]:
    return sa.Column(name, kind or sa.Integer(), nullable=nullable)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _source() -> sa.Column[int]:
    return _number("source_id")


def upgrade() -> None:
    """Make the tables of traffic."""
    op.create_table("meta", sa.Column("name", sa.Text, primary_key=True), _text("value"))
    _sources()
    _contacts()
    _contact_identity()
    _tracks()
    _zone_events()


def _sources() -> None:
    op.create_table(
        "source",
        _id(),
        *(_text(name) for name in ("name", "kind", "format", "sha256", "state")),
        *(_number(name, _LONG) for name in ("read", "accepted", "rejected", "duplicate")),
        _number("first_ms", _LONG, nullable=True),
        _number("last_ms", _LONG, nullable=True),
        _number("opened_ms", _LONG),
        _number("finished_ms", _LONG, nullable=True),
    )
    op.create_index("ix_source_sha256", "source", ["sha256", "format"])
    op.create_index("ix_source_name", "source", ["name", "kind"])
    op.create_table(
        "feed_state",
        sa.Column("name", sa.Text, primary_key=True),
        _text("kind"),
        _number("source_id", nullable=True),
        _number("last_ms", _LONG, nullable=True),
        _number("tried_ms", _LONG, nullable=True),
        _text("error"),
        _number("failures"),
        _number("fixes", _LONG),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_feed_state_source_id"),
    )


def _contacts() -> None:
    op.create_table(
        "contact",
        sa.Column("key", _LONG, primary_key=True, autoincrement=False),
        _number("cls", sa.SmallInteger()),
        _number("time", _LONG, nullable=True),
        *(
            _number(name, nullable=True)
            for name in ("lat", "lon", "sog", "cog", "heading", "altitude", "error_m")
        ),
        _number("status", sa.SmallInteger()),
        _number("doubt"),
        _source(),
        _number("zone"),
        _text("zone_edition"),
        _number("settled_zone"),
        _number("since_ms", _LONG, nullable=True),
        _number("since_lat", nullable=True),
        _number("since_lon", nullable=True),
        _number("ship_type", sa.SmallInteger(), nullable=True),
        _number("imo", nullable=True),
        _number("length_m", nullable=True),
        *(
            sa.Column(name, sa.Text, nullable=True)
            for name in ("name", "call_sign", "registration", "model", "destination")
        ),
        _number("changed", _LONG),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_contact_source_id"),
    )
    op.create_index("ix_contact_changed", "contact", ["changed"])


def _contact_identity() -> None:
    op.create_table(
        "contact_identity",
        _id(),
        _number("key", _LONG),
        _text("attribute"),
        _text("value"),
        sa.Column("raw", sa.Text, nullable=True),
        _number("first_ms", _LONG),
        _number("last_ms", _LONG),
        _source(),
        sa.ForeignKeyConstraint(["key"], ["contact.key"], name="fk_contact_identity_key"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_contact_identity_source_id"),
        sa.UniqueConstraint("key", "attribute", "value", name="uq_contact_identity"),
    )


def _tracks() -> None:
    span = ("first_ms", "last_ms")
    op.create_table(
        "track_inbox",
        sa.Column("id", _LONG, primary_key=True),
        *(_number(name, _LONG) for name in span),
        _number("count"),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "track_block",
        sa.Column("id", _LONG, primary_key=True),
        _number("day"),
        _number("key", _LONG),
        _number("level", sa.SmallInteger()),
        *(_number(name, _LONG) for name in span),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_track_block", "track_block", ["day", "key", "level", *span])
    op.create_table(
        "track_day",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        *(_number(name, _LONG) for name in span),
    )


def _zone_events() -> None:
    op.create_table(
        "zone_event",
        _id(),
        _number("key", _LONG),
        _number("at", _LONG),
        _number("lat"),
        _number("lon"),
        _number("left_zone"),
        _text("left_label"),
        _number("entered_zone"),
        _text("entered_label"),
        _text("zone_edition"),
        _source(),
        sa.ForeignKeyConstraint(["key"], ["contact.key"], name="fk_zone_event_key"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_zone_event_source_id"),
    )
    op.create_index("ix_zone_event_key", "zone_event", ["key", "at"])
