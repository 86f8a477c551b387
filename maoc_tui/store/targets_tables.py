"""Tables of the targets aggregate: the target, what is said of it, where it was seen, what it is heard by.

Times are milliseconds since 1970-01-01T00:00Z. Nothing is deleted: statements are append-only and point
back to what they replace; a link ends by a date.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

from maoc_tui.store.markings import Marked
from maoc_tui.store.tables_traffic import Long


class Subordinate(Marked):
    """A dated line of one target."""

    seq: int | None = Field(default=None, primary_key=True)
    """Order of entry."""
    id: UUID = Field(index=True, unique=True)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    entered_by: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


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
    number: int = Field(index=True, unique=True)
    """Of the reference: 417 is T-0417."""
    version: int = 1
    kind: str = Field(sa_type=Text)
    type: str = Field(default="", sa_type=Text)
    status: str = Field(sa_type=Text, index=True)
    designation: str = Field(default="", sa_type=Text)
    """What the Centre calls it; not its name."""
    description: str = Field(sa_type=Text)
    area: str = Field(default="", sa_type=Text)
    position: str = Field(default="", sa_type=Text)
    """The position as entered."""
    lat: float | None = None
    lon: float | None = None
    radius_nm: float | None = None
    created_by: str = Field(sa_type=Text)
    created_ms: int = Field(sa_type=Long)
    updated_by: str = Field(sa_type=Text)
    updated_ms: int = Field(sa_type=Long)
    closed_ms: int | None = Field(default=None, sa_type=Long)


class IdentityFactTable(Subordinate, table=True):
    """One dated statement about a target's identity; corrected or withdrawn by a later one."""

    __tablename__ = "identity_fact"
    attribute: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text, index=True)
    raw: str = Field(sa_type=Text)
    from_ms: int | None = Field(default=None, sa_type=Long)
    to_ms: int | None = Field(default=None, sa_type=Long)
    source: str = Field(sa_type=Text)
    replaces: UUID | None = Field(default=None, foreign_key="identity_fact.id", index=True, unique=True)
    withdrawal: bool = False
    reason: str = Field(default="", sa_type=Text)


class SightingTable(Subordinate, table=True):
    """Where and when somebody saw the target, or says so."""

    __tablename__ = "sighting"
    seen_ms: int = Field(sa_type=Long)
    position: str = Field(sa_type=Text)
    lat: float
    lon: float
    radius_nm: float = 0.0
    source: str = Field(sa_type=Text)
    text: str = Field(default="", sa_type=Text)


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
            "originator",
            unique=True,
            sqlite_where=text("to_ms IS NULL"),
            postgresql_where=text("to_ms IS NULL"),
        ),
    )
    contact_key: int = Field(sa_type=Long, index=True)
    from_ms: int | None = Field(default=None, sa_type=Long)
    to_ms: int | None = Field(default=None, sa_type=Long)
    reason: str = Field(sa_type=Text)
    warning: str = Field(default="", sa_type=Text)
    """What the program warned of when the link was made."""
    ended_by: str = Field(default="", sa_type=Text)
    ended_ms: int | None = Field(default=None, sa_type=Long)
    ended_reason: str = Field(default="", sa_type=Text)


class TargetChangeTable(Subordinate, table=True):
    """An edit of the target itself: the old and the new value, who, when and why."""

    __tablename__ = "target_change"
    field: str = Field(sa_type=Text)
    old: str = Field(sa_type=Text)
    new: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
