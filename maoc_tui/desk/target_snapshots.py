"""What the targets desk hands to screens and scripts, and what it takes from them as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maoc_tui.desk.target_owed import Owed
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.target_record import Change, Link, Sighting, Target

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import BoardRow
    from maoc_tui.desk.zone_ahead import Outlook


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The newest place of a target: the fix of a linked contact, a sighting, or what it was entered with."""

    how: str
    """fix, sighting or entered."""
    at_ms: int
    """Of the fix or sighting; of the entry where that is all there is."""
    lat: float
    lon: float
    radius_nm: float
    key: int = 0
    """Contact key of a fix; 0 otherwise."""
    sog: float = float("nan")
    cog: float = float("nan")
    zone: str = ""
    """Short label of the zone; ``PT CZ|TS`` when the radius leaves both open; "" outside the dataset."""
    estimate: tuple[float, float, float] | None = None
    """Where it should be now: latitude, longitude, radius in nm; None when that may not be reckoned."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target in the list."""

    ref: str
    version: int
    kind: str
    type: str
    """Short word of the type; "" not known."""
    type_title: str
    """The type in words; "" not known."""
    title: str
    """Its name; what the Centre calls it; else its description."""
    named: bool
    """Whether ``title`` is a name it bears."""
    flag: str
    """As claimed; "" not known."""
    status: str
    open: bool
    seen: LastSeen | None
    badges: tuple[str, ...]
    """Reasons to doubt the identity."""
    contacts: tuple[int, ...]
    """Keys of the contacts it is heard as now."""
    known: Mapping[str, frozenset[str]]
    """Every standing value by attribute, former ones too: what a search looks in."""
    words: tuple[str, ...]
    """Designation, description and area, as far as there are any: what a search looks in too."""
    marking: Marking
    """Of the line as a whole."""
    updated_ms: int


@dataclass(frozen=True, slots=True)
class FactLine:
    """One statement in the history of an attribute."""

    fact: Fact
    title: str
    """Of the attribute."""
    state: str
    """holds, past, ended, to come, corrected or withdrawn."""
    until_ms: int | None
    """When it stopped to hold, where that is known or follows from its successor."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link with what the contact says of itself."""

    link: Link
    contact: str
    """ais:263601890"""
    name: str
    """Name heard, or registration; "" unknown."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A target already in the record that may be the same object."""

    ref: str
    title: str
    status: str
    likely: bool
    """More than possible."""
    reasons: tuple[str, ...]
    """Strongest first; those against begin with ``but``."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two targets of the record that may be the same object."""

    ref: str
    title: str
    status: str
    other: Duplicate


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """Everything on one target."""

    row: TargetRow
    target: Target
    identity: tuple[FactLine, ...]
    """By attribute, the value that holds first, then back in time."""
    links: tuple[LinkLine, ...]
    sightings: tuple[Sighting, ...]
    """Newest first."""
    changes: tuple[Change, ...]
    """Newest first."""
    duplicates: tuple[Duplicate, ...]
    marking: Marking
    """Of everything on the sheet combined."""
    outlook: Outlook | None = None
    """In whose waters its newest place is, and the zone it meets next; None where no place is known."""
    team: BoardRow | None = None
    """Who leads it and who is on it, as far as the viewer may know."""
    owed: Owed = field(default_factory=Owed)
    """What somebody must still do about it."""

    def holds(self, attribute: str) -> Fact | None:
        """The statement that holds for an attribute now."""
        return next(
            (f.fact for f in self.identity if f.fact.attribute == attribute and f.state == "holds"), None
        )


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target as typed."""

    description: str = ""
    kind: str = "vessel"
    type: str = ""
    designation: str = ""
    area: str = ""
    position: str = ""
    radius: str = ""
    """With or without a unit; nautical miles."""
    at: str = ""
    """When it was seen at the position, which then is its first sighting; empty is now."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Attribute to value: name, flag, mmsi ..."""
    source: str = ""
    """Who says so; the viewer when empty."""
    marking: Marking | None = None
    """None is the default: H2, originator only."""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A new target proposed from a contact, with the source and first hearing of each value."""

    entry: NewTarget
    key: int
    heard: Mapping[str, tuple[str, int | None]]
    """Attribute to source and the time it was first heard."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was committed: reference and version, and what the program warns of."""

    ref: str
    version: int
    warnings: tuple[str, ...] = ()
