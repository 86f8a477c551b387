"""What a status with the Centre allows: reading, being named, roles to a target, the directory."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = (
    "centre",
    "member",
    "prospective",
    "observer",
    "liaison",
    "memorandum",
    "eu_body",
    "organisation",
    "kingdom",
    "third",
    "suspended",
    "ended",
)
"""Every status a partner can have."""
DIRECTORIES = ("whole", "own_and_centre", "none")
"""Whose officers and channels a partner sees."""
ROLES = ("LEAD", "SUPPORT", "ASSET_PROVIDER", "FLAG_CONTACT", "ORIGINATOR", "INFORMED")
"""What a partner can be to a target or operation."""


@dataclass(frozen=True, slots=True)
class StatusRule:
    """What one status allows (data/partner_classes.toml)."""

    status: str
    title: str
    order: int
    """Place in lists."""
    recipient_class: str
    """The class every partner of this status has; "" leaves the partner's own."""
    reads: bool
    naming_suffices: bool
    """Being named by the originator lets it read, without a release."""
    directory: str
    roles: frozenset[str]
    must_see: bool
    """It may be assigned only to what it may see at that moment."""
