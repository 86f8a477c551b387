"""What every feed delivers: reports in batches of columns, with an account of every record read.

Columns, because a national feed brings millions of fixes: arrays of equal length, one element a fix.
"Not available" is NaN in the float columns; no sentinel of any wire format survives into a batch.
Every record read is exactly one of: a fix, another accepted record (identity, a first part, a base
station's clock), a duplicate, or a reject. ``Batch.read`` is their sum, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_STATUS = 15
"""Navigational status 'not defined' (ITU-R M.1371)."""


@dataclass(slots=True)
class Fixes:
    """Positions in columns, all of one length, in the order they were read."""

    key: NDArray[np.int64]
    """Contact key (domain.contacts)."""
    time: NDArray[np.int64]
    """Milliseconds since 1970-01-01T00:00Z."""
    lat: NDArray[np.float64]
    """Degrees north, -90..90."""
    lon: NDArray[np.float64]
    """Degrees east, -180..180."""
    sog: NDArray[np.float32]
    """Knots over ground; NaN when not available."""
    cog: NDArray[np.float32]
    """Degrees true, 0 <= cog < 360; NaN when not available."""
    heading: NDArray[np.float32]
    """Degrees true, 0 <= heading < 360; NaN when not available."""
    altitude: NDArray[np.float32]
    """Feet; NaN for ships and when not available; 0 for an aircraft on the ground."""
    error_m: NDArray[np.float32]
    """Radius of the stated or assumed position error, metres."""
    status: NDArray[np.uint8]
    """AIS navigational status 0..15; NO_STATUS when not given."""
    cls: NDArray[np.uint8]
    """ContactClass of the transmitter."""
    doubt: NDArray[np.uint16]
    """Doubt flags."""
    record: NDArray[np.int64]
    """Line, row or object number in the source, from 1."""

    def __len__(self) -> int:
        return len(self.key)

    def take(self, index: Any) -> Fixes:
        """The fixes at ``index`` (integers or a boolean mask)."""
        return Fixes(*(getattr(self, f.name)[index] for f in fields(self)))

    @classmethod
    def empty(cls) -> Fixes:
        """No fixes."""
        return cls.concat(())

    @classmethod
    def concat(cls, parts: Sequence[Fixes]) -> Fixes:
        """All parts, one after the other."""
        columns = []
        for f in fields(cls):
            arrays = [getattr(part, f.name) for part in parts]
            columns.append(np.concatenate(arrays) if arrays else np.empty(0, DTYPES[f.name]))
        return cls(*columns)

    @classmethod
    def build(cls, /, key: Any, time: Any, lat: Any, lon: Any, **columns: Any) -> Fixes:
        """Fixes from the columns given; the others are filled with 'not available'."""
        n = len(key)
        given = {"key": key, "time": time, "lat": lat, "lon": lon, **columns}
        filled: list[NDArray[Any]] = []
        for f in fields(cls):
            value = given.pop(f.name, None)
            if value is None:
                filled.append(np.full(n, FILL[f.name], DTYPES[f.name]))
            else:
                filled.append(np.broadcast_to(np.asarray(value, DTYPES[f.name]), (n,)).copy())
        if given:
            raise TypeError(f"unknown columns {sorted(given)}")
        return cls(*filled)


DTYPES: dict[str, type] = {
    "key": np.int64, "time": np.int64, "lat": np.float64, "lon": np.float64,
    "sog": np.float32, "cog": np.float32, "heading": np.float32, "altitude": np.float32,
    "error_m": np.float32, "status": np.uint8, "cls": np.uint8, "doubt": np.uint16, "record": np.int64,
}  # fmt: skip
FILL: dict[str, float] = {
    "key": 0, "time": 0, "lat": np.nan, "lon": np.nan, "sog": np.nan, "cog": np.nan, "heading": np.nan,
    "altitude": np.nan, "error_m": np.nan, "status": NO_STATUS, "cls": 0, "doubt": 0, "record": 0,
}  # fmt: skip


@dataclass(slots=True)
class Identity:
    """What a transmitter says of itself at one time: raw values as received, absent ones left out.

    Keys of ``values``: name, call_sign, imo (int), ship_type (AIS code, int), length_m, beam_m, draught_m
    (float), destination, eta (text "MM-DD HH:MM"), registration, aircraft_type, squawk (text), flight,
    origin, category, emergency, beacon (of a distress beacon that sends no position).
    """

    key: int
    time: int
    """Milliseconds since 1970-01-01T00:00Z; 0 when the source gives none."""
    cls: int
    values: dict[str, str | int | float]
    record: int


BEACON_STATUS = 14
"""Navigational status of an active distress beacon (ITU-R M.1371-5); a test sends 15."""
BEACON = "beacon"
BEACON_ACTIVE = "active"


def unplaced_beacon(key: int, time: int, cls: int, status: int, record: int) -> Identity:
    """A distress beacon that sends no position yet: that it sends is what it says of itself."""
    said = BEACON_ACTIVE if status == BEACON_STATUS else "test, or not said"
    return Identity(key, time, cls, {BEACON: said}, record)


@dataclass(slots=True)
class Reject:
    """A record that was not taken, and why: enough for a person to find and mend it."""

    record: int
    """Record number in the source, from 1."""
    line: int
    """Line number in the file, from 1; 0 where lines mean nothing."""
    field: str
    reason: str
    text: str
    """The start of the offending text, at most 200 characters, as received."""


@dataclass(slots=True)
class Batch:
    """A few thousand records read from a source, each accounted for."""

    fixes: Fixes = field(default_factory=Fixes.empty)
    identities: list[Identity] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    others: int = 0
    """Accepted records that carry no position."""
    duplicates: int = 0
    """Records that repeat another of the same source (the same transmission through two stations)."""

    @property
    def read(self) -> int:
        """Records read: accepted + rejected + duplicate."""
        return len(self.fixes) + self.others + self.duplicates + len(self.rejects)

    @classmethod
    def concat(cls, parts: Sequence[Batch]) -> Batch:
        """All parts as one batch, in their order."""
        return cls(
            fixes=Fixes.concat([part.fixes for part in parts]),
            identities=[one for part in parts for one in part.identities],
            rejects=[one for part in parts for one in part.rejects],
            others=sum(part.others for part in parts),
            duplicates=sum(part.duplicates for part in parts),
        )
