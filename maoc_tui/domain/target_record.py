"""A target as it stands in the record, and the dated lines that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import ENDED, Kind, Status, reference


@dataclass(frozen=True, slots=True)
class Place:
    """A position with the radius of its error, and the words it was entered in."""

    lat: float
    """Degrees north."""
    lon: float
    """Degrees east."""
    radius_nm: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A vessel or aircraft the Centre works on. Its id and number never change, whatever is learnt."""

    id: UUID
    number: int
    version: int
    kind: Kind
    type: str
    """Code of data/target_types.toml; "" not known."""
    status: Status
    designation: str
    """What the Centre calls it; "" for none."""
    description: str
    area: str
    place: Place | None
    created_by: str
    created_ms: int
    updated_by: str
    updated_ms: int
    closed_ms: int | None
    marking: Marking

    @property
    def ref(self) -> str:
        """The reference people use: ``T-0417``."""
        return reference(self.number)

    @property
    def open(self) -> bool:
        """Whether it is still worked on."""
        return self.status not in ENDED


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when somebody saw it, or says so."""

    id: str
    seen_ms: int
    place: Place
    source: str
    text: str
    by: str
    at_ms: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class Link:
    """It is heard as this contact between two dates."""

    id: str
    key: int
    """Contact key (domain.contacts)."""
    from_ms: int | None
    """None: as far back as the contact was heard."""
    to_ms: int | None
    """None while it holds."""
    reason: str
    warning: str
    """What the program warned of when the link was made; "" for nothing."""
    by: str
    at_ms: int
    ended_by: str
    ended_ms: int | None
    ended_reason: str
    marking: Marking

    @property
    def holds(self) -> bool:
        """Whether nobody has ended it."""
        return self.to_ms is None


@dataclass(frozen=True, slots=True)
class Change:
    """An edit: ``field`` went from ``old`` to ``new``."""

    field: str
    old: str
    new: str
    reason: str
    by: str
    at_ms: int
