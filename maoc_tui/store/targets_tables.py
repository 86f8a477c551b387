"""Tables of the targets aggregate: the target, what is said of it, where it was seen, what it is heard by.

Times are milliseconds since 1970-01-01T00:00Z. Nothing is deleted: statements are append-only and point
back to what they replace; a link ends by a date.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from maoc_tui.store.markings import Marked


class Subordinate(Marked):
    """A dated line of one target."""

    seq: int | None = Field(default=None, primary_key=True)
    """Order of entry."""
    id: UUID = Field(unique=True)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    entered_by: str = Field(max_length=80)
    entered_ms: int = Field(sa_type=BigInteger)


class TargetTable(Marked, table=True):
    """A vessel or aircraft the Centre works on, provisional until identified; its id never changes."""

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("kind IN ('vessel', 'aircraft')", name="kind"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="position"),
        CheckConstraint("description <> ''", name="description"),
        CheckConstraint("area <> '' OR lat IS NOT NULL", name="place"),
    )
    id: UUID = Field(primary_key=True)
    number: int = Field(unique=True)
    """Of the reference: 417 is T-0417."""
    version: int = 1
    kind: str = Field(max_length=8)
    type: str = Field(default="", max_length=24)
    status: str = Field(max_length=24, index=True)
    designation: str = Field(default="", max_length=80)
    """What the Centre calls it; not its name."""
    description: str = Field(max_length=2000)
    area: str = Field(default="", max_length=200)
    position: str = Field(default="", max_length=120)
    """The position as entered."""
    lat: float | None = None
    lon: float | None = None
    radius_nm: float | None = None
    created_by: str = Field(max_length=80)
    created_ms: int = Field(sa_type=BigInteger)
    updated_by: str = Field(max_length=80)
    updated_ms: int = Field(sa_type=BigInteger)
    closed_ms: int | None = Field(default=None, sa_type=BigInteger)


class IdentityFactTable(Subordinate, table=True):
    """One dated statement about a target's identity; corrected or withdrawn by a later one."""

    __tablename__ = "identity_fact"
    attribute: str = Field(max_length=24)
    value: str = Field(max_length=200, index=True)
    raw: str = Field(max_length=2000)
    from_ms: int | None = Field(default=None, sa_type=BigInteger)
    to_ms: int | None = Field(default=None, sa_type=BigInteger)
    source: str = Field(max_length=200)
    replaces: UUID | None = Field(default=None, foreign_key="identity_fact.id", unique=True)
    withdrawal: bool = False
    reason: str = Field(default="", max_length=400)


class SightingTable(Subordinate, table=True):
    """Where and when somebody saw the target, or says so."""

    __tablename__ = "sighting"
    seen_ms: int = Field(sa_type=BigInteger)
    position: str = Field(max_length=120)
    lat: float
    lon: float
    radius_nm: float = 0.0
    source: str = Field(max_length=200)
    text: str = Field(default="", max_length=2000)


class ContactLinkTable(Subordinate, table=True):
    """The target is heard as this contact, from one date until another.

    A contact may be linked to several targets: partners who do not see each other's targets must not learn
    of them by a refusal.
    """

    __tablename__ = "contact_link"
    __table_args__ = (
        Index(
            "uq_contact_link_open",
            "target_id",
            "contact_key",
            unique=True,
            sqlite_where=text("to_ms IS NULL"),
            postgresql_where=text("to_ms IS NULL"),
        ),
    )
    contact_key: int = Field(sa_type=BigInteger, index=True)
    from_ms: int = Field(sa_type=BigInteger)
    to_ms: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = Field(max_length=400)
    warning: str = Field(default="", max_length=400)
    """What the program warned of when the link was made."""
    ended_by: str = Field(default="", max_length=80)
    ended_ms: int | None = Field(default=None, sa_type=BigInteger)
    ended_reason: str = Field(default="", max_length=400)


class TargetChangeTable(Subordinate, table=True):
    """An edit of the target itself: the old and the new value, who, when and why."""

    __tablename__ = "target_change"
    field: str = Field(max_length=24)
    old: str = Field(max_length=200)
    new: str = Field(max_length=200)
    reason: str = Field(max_length=400)
