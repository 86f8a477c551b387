"""What the desks hand to the screens: immutable values, no database or geometry behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

NOT_COVERED = -1
"""Zone id of a position outside the active dataset."""


@dataclass(frozen=True, slots=True)
class ZoneLabel:
    """One area of the active zone dataset, as shown."""

    kind: str
    """land, internal, archipelagic, territorial, contiguous, eez, joint or high_seas."""
    states: tuple[str, ...]
    """ISO 3166 alpha-2 of the coastal state or of every claimant; empty on the high seas."""
    status: str
    """agreed, disputed, joint or unsettled."""
    basis: str
    """official, derived, equidistance, inferred or hand."""
    short: str
    """At most 10 cells: ``PT TS``, ``ES EEZ``, ``HS``, ``EH/MA TS?``; ``PT TS*`` when entered by hand."""
    note: str = ""
    """``by hand: reason, name, until 141200ZDEC22``; "" for an area of the dataset."""


def either(one: str, other: str) -> str:
    """Two short labels of which one holds: ``PT CZ|TS``, ``PT TS|HS``."""
    whose, _, kind = one.rpartition(" ")
    others, _, second = other.rpartition(" ")
    if whose == others:
        return f"{one}|{second}"
    return f"{one}|{others}" if kind == second and others else f"{one}|{other}"


@dataclass(frozen=True)
class Picture:
    """The last fix of every contact, in columns of equal length ordered by key.

    The text columns are numpy object arrays of printable str ("" when unknown). ``generation`` grows with
    each change; two pictures with equal generation are the same picture.
    """

    generation: int
    at: int
    """Milliseconds: the watch clock when this was taken."""
    key: NDArray[np.int64]
    cls: NDArray[np.uint8]
    time: NDArray[np.int64]
    lat: NDArray[np.float64]
    """Degrees; NaN for a contact heard without a position yet."""
    lon: NDArray[np.float64]
    sog: NDArray[np.float32]
    cog: NDArray[np.float32]
    heading: NDArray[np.float32]
    altitude: NDArray[np.float32]
    error_m: NDArray[np.float32]
    status: NDArray[np.uint8]
    doubt: NDArray[np.uint16]
    zone: NDArray[np.int32]
    """Index into ``zones``; NOT_COVERED outside the dataset or without a position."""
    ship_type: NDArray[np.int16]
    """AIS ship type code 0..99; -1 unknown."""
    imo: NDArray[np.int32]
    length_m: NDArray[np.float32]
    flag: NDArray[Any]
    """ISO alpha-2 from the MID or the 24-bit block; "" unknown."""
    name: NDArray[Any]
    call_sign: NDArray[Any]
    """Call sign of a ship; flight identification of an aircraft."""
    registration: NDArray[Any]
    model: NDArray[Any]
    """Aircraft type designator."""
    destination: NDArray[Any]
    target: NDArray[Any]
    """Reference of the target this contact is linked to now (T-0417); "" for none."""
    zones: tuple[ZoneLabel, ...]
    zone_dataset: str
    """Name, edition and date of the active dataset."""
    other: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    """Index into ``zones`` of another zone that the circle of error touches; NOT_COVERED where there is none."""
    zone_stamp: tuple[str, ...] = ()
    """Differs when the same positions may lie in other zones: dataset, edition, what was entered by hand."""
    changed: int = 0
    """The record's change number this was read at; the desk asks for what is newer."""

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def linked(self) -> NDArray[np.bool_]:
        """Whether each contact is linked to a target now; worked out once."""
        return np.asarray(self.target != "", bool)

    def zone_text(self, row: int) -> str:
        """Short label of a row's zone; ``PT CZ|TS`` when its error leaves both open; "" outside the dataset."""
        zone, other = int(self.zone[row]), int(self.other[row]) if len(self.other) else NOT_COVERED
        if zone < 0:
            return ""
        return (
            self.zones[zone].short if other < 0 else either(self.zones[zone].short, self.zones[other].short)
        )

    def row(self, key: int) -> int:
        """The row of a contact key; -1 when it is not in the picture."""
        at = int(np.searchsorted(self.key, key))
        return at if at < len(self.key) and self.key[at] == key else -1


@dataclass(frozen=True, slots=True)
class Track:
    """The fixes of one contact in time order, in columns of equal length."""

    key: int
    time: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    sog: NDArray[np.float32]
    cog: NDArray[np.float32]
    heading: NDArray[np.float32]
    altitude: NDArray[np.float32]
    error_m: NDArray[np.float32]
    status: NDArray[np.uint8]
    doubt: NDArray[np.uint16]
    source: NDArray[np.int32]
    """Id of the source each fix came from."""

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True, slots=True)
class ZoneEvent:
    """A contact entered or left a zone."""

    id: int
    key: int
    name: str
    at: int
    """Milliseconds: the first fix in the new zone."""
    lat: float
    lon: float
    left: str
    """Short label of the zone left; "" when first seen."""
    entered: str
    """Short label of the zone entered."""
    target: str
    edition: str = ""
    """Of the zones it was judged by: dataset, edition, what was laid over them by hand."""


@dataclass(frozen=True, slots=True)
class IdentityValue:
    """One value a contact gave of itself."""

    attribute: str
    value: str
    """Clean, as shown."""
    raw: str
    """As received; show it only through domain.text.printable."""
    first_ms: int
    """First heard; 0 when no source gave a time."""
    last_ms: int
    source: str
    """Name of the file or feed that gave it first."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a live source does, for the top bar and the command line."""

    name: str
    kind: str
    last_ms: int | None
    """When it last brought something; None when never."""
    text: str
    """``ok``, ``silent for 84 s``, ``failing: cannot be reached``."""
    ok: bool
    fixes: int
    """New fixes since it was first heard."""
