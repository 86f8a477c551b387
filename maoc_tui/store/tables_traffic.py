"""Traffic as received: sources, contacts, what they say of themselves, their packed tracks and zone events.

Numbers of a fix are kept as integers at the resolution of a report: 1e-7 degree, a tenth of a knot or degree,
a foot, a metre. NULL is "not available". Only types that PostgreSQL has too.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

Long = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits; SQLite's INTEGER has them, and is the row's own address only under that name."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
}
"""Every constraint has a name, so that a later migration can change it on any database."""


class Meta(SQLModel, table=True):
    """What this database is: when it was made, by which program."""

    __tablename__ = "meta"

    name: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class Source(SQLModel, table=True):
    """A file that was read or a feed that is polled."""

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_sha256", "sha256", "format"), Index("ix_source_name", "name", "kind"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text, description="file or feed")
    format: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text, description='hexadecimal; "" for a feed')
    state: str = Field(sa_type=Text, description="open, done, failed or cancelled")
    read: int = Field(sa_type=Long)
    accepted: int = Field(sa_type=Long)
    rejected: int = Field(sa_type=Long)
    duplicate: int = Field(sa_type=Long)
    first_ms: int | None = Field(sa_type=Long, description="earliest fix")
    last_ms: int | None = Field(sa_type=Long, description="latest fix")
    opened_ms: int = Field(sa_type=Long)
    finished_ms: int | None = Field(sa_type=Long)


class Contact(SQLModel, table=True):
    """One transmitter: its last fix, the zone of that fix, and what it says of itself now."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_changed", "changed"),)

    key: int = Field(sa_column=Column(Long, primary_key=True, autoincrement=False))
    cls: int = Field(sa_type=SmallInteger)
    time: int | None = Field(sa_type=Long, description="of the last fix; NULL when never fixed")
    lat: int | None = Field(sa_type=Integer, description="1e-7 degree north")
    lon: int | None = Field(sa_type=Integer, description="1e-7 degree east")
    sog: int | None = Field(sa_type=Integer, description="0.1 knot")
    cog: int | None = Field(sa_type=Integer, description="0.1 degree")
    heading: int | None = Field(sa_type=Integer, description="0.1 degree")
    altitude: int | None = Field(sa_type=Integer, description="feet")
    error_m: int | None = Field(sa_type=Integer)
    status: int = Field(sa_type=SmallInteger)
    doubt: int = Field(sa_type=Integer)
    source_id: int = Field(sa_type=Integer, foreign_key="source.id", description="of the last fix")
    zone: int = Field(sa_type=Integer, description="of the last fix; -1 not covered")
    zone_edition: str = Field(sa_type=Text, description="the zone dataset that gave it")
    settled_zone: int = Field(sa_type=Integer, description="the last zone a second fix confirmed")
    since_ms: int | None = Field(sa_type=Long, description="first fix in ``zone``")
    since_lat: int | None = Field(sa_type=Integer)
    since_lon: int | None = Field(sa_type=Integer)
    ship_type: int | None = Field(sa_type=SmallInteger)
    imo: int | None = Field(sa_type=Integer)
    length_m: int | None = Field(sa_type=Integer, description="0.1 metre")
    name: str | None = Field(sa_type=Text)
    call_sign: str | None = Field(sa_type=Text)
    registration: str | None = Field(sa_type=Text)
    model: str | None = Field(sa_type=Text)
    destination: str | None = Field(sa_type=Text)
    changed: int = Field(sa_type=Long, description="grows with every change of any contact")


class ContactIdentity(SQLModel, table=True):
    """One value a transmitter gave for one attribute, with when it was first and last heard."""

    __tablename__ = "contact_identity"
    __table_args__ = (UniqueConstraint("key", "attribute", "value", name="uq_contact_identity"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    key: int = Field(sa_type=Long, foreign_key="contact.key")
    attribute: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text, description="clean, as shown")
    raw: str | None = Field(sa_type=Text, description="as received, when it differs")
    first_ms: int = Field(sa_type=Long, description="0 when no source gave a time")
    last_ms: int = Field(sa_type=Long)
    source_id: int = Field(sa_type=Integer, foreign_key="source.id", description="that gave it first")


class TrackInbox(SQLModel, table=True):
    """New fixes of any contacts, packed, waiting to be sorted into the blocks of their contacts."""

    __tablename__ = "track_inbox"

    id: int | None = Field(default=None, primary_key=True, sa_type=Long)
    first_ms: int = Field(sa_type=Long)
    last_ms: int = Field(sa_type=Long)
    count: int = Field(sa_type=Integer)
    data: bytes = Field(sa_type=LargeBinary)


class TrackBlock(SQLModel, table=True):
    """Some fixes of one contact on one day, packed (store.blocks), in time order."""

    __tablename__ = "track_block"
    __table_args__ = (Index("ix_track_block", "day", "key", "level", "first_ms", "last_ms"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Long)
    day: int = Field(sa_type=Integer, description="days since 1970-01-01")
    key: int = Field(sa_type=Long)
    level: int = Field(sa_type=SmallInteger, description="size class: log 8 of the fixes in it")
    first_ms: int = Field(sa_type=Long)
    last_ms: int = Field(sa_type=Long)
    data: bytes = Field(sa_type=LargeBinary)


class TrackDay(SQLModel, table=True):
    """The span of time that the blocks of a day cover: newer fixes need not be sought there."""

    __tablename__ = "track_day"

    day: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    first_ms: int = Field(sa_type=Long)
    last_ms: int = Field(sa_type=Long)


class ZoneEventRow(SQLModel, table=True):
    """A contact entered a zone: seen in it by a first fix and confirmed by another."""

    __tablename__ = "zone_event"
    __table_args__ = (Index("ix_zone_event_key", "key", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    key: int = Field(sa_type=Long, foreign_key="contact.key")
    at: int = Field(sa_type=Long, description="first fix in the zone entered")
    lat: int = Field(sa_type=Integer, description="1e-7 degree")
    lon: int = Field(sa_type=Integer, description="1e-7 degree")
    left_zone: int = Field(sa_type=Integer)
    left_label: str = Field(sa_type=Text)
    entered_zone: int = Field(sa_type=Integer)
    entered_label: str = Field(sa_type=Text)
    zone_edition: str = Field(sa_type=Text)
    source_id: int = Field(sa_type=Integer, foreign_key="source.id")


class FeedState(SQLModel, table=True):
    """How a feed does now: when it last brought something, and what went wrong since."""

    __tablename__ = "feed_state"

    name: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    source_id: int | None = Field(sa_type=Integer, foreign_key="source.id")
    last_ms: int | None = Field(sa_type=Long, description="last time it brought something")
    tried_ms: int | None = Field(sa_type=Long)
    error: str = Field(sa_type=Text, description='one sentence; "" when the last try went well')
    failures: int = Field(sa_type=Integer, description="tries in a row that failed")
    fixes: int = Field(sa_type=Long, description="new fixes since it was first heard")


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model, for bulk reads and writes."""
    made: Table = model.__table__  # type: ignore[attr-defined]
    return made
