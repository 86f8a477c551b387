"""Which table is open to whom: every table of the record stands here, or a test fails.

A connection made for a viewer reads nothing that is not named here. A new table belongs into exactly one of
the registers below; whoever adds it decides, and says so by the line added.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Governed:
    """A table whose rows carry a marking of their own; ``id`` is what a release names."""

    recorded: str
    """Column with the instant of entry."""
    column: str = ""
    """Column that names the row it is a line of; "" when it is a line of none."""
    parent: str = ""
    """Table of that row, which must be visible too."""
    alone: bool = False
    """The column may be NULL: such a row stands by itself."""


@dataclass(frozen=True, slots=True)
class Following:
    """A table without a marking: a row is seen with the row it belongs to."""

    column: str
    table: str


GOVERNED: dict[str, Governed] = {
    "target": Governed("created_ms"),
    "identity_fact": Governed("entered_ms", "target_id", "target"),
    "sighting": Governed("entered_ms", "target_id", "target"),
    "contact_link": Governed("entered_ms", "target_id", "target"),
    "target_change": Governed("entered_ms", "target_id", "target"),
    "zone_override": Governed("entered_ms", "target_id", "target", alone=True),
}

FOLLOWING: dict[str, Following] = {
    "zone_withdrawal": Following("override_id", "zone_override"),
}

BY_RIGHT: dict[str, str] = {
    **dict.fromkeys(
        (
            "contact", "contact_identity", "source", "track_inbox", "track_block", "track_day", "zone_event",
        ),
        "traffic",
    ),
    "feed_state": "feeds",
}  # fmt: skip
"""Tables open as a whole to whoever holds a right of domain.gate.GateContext."""

RELEASES = "release"
"""A release is seen by its recipient and by whoever sees the statement; its recall follows it."""

OPEN = frozenset({"meta"})
"""What the database is: open to every connection."""

DENIED = frozenset({"journal", "journal_checkpoint"})
"""Never read on behalf of a viewer; the desk that may reads them as the system, after asking for the right."""
