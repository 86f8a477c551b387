"""What is read of contacts: columns of equal length, in the units of domain.reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_ZONE = -1
"""Outside the dataset, or never fixed (desk.snapshots.NOT_COVERED)."""


@dataclass(frozen=True, slots=True)
class ContactColumns:
    """Contacts in columns of equal length, ordered by key; see desk.snapshots.Picture for the units."""

    key: NDArray[np.int64]
    cls: NDArray[np.uint8]
    time: NDArray[np.int64]
    """0 for a contact never fixed."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    sog: NDArray[np.float32]
    cog: NDArray[np.float32]
    heading: NDArray[np.float32]
    altitude: NDArray[np.float32]
    error_m: NDArray[np.float32]
    status: NDArray[np.uint8]
    doubt: NDArray[np.uint16]
    zone: NDArray[np.int32]
    ship_type: NDArray[np.int16]
    imo: NDArray[np.int32]
    length_m: NDArray[np.float32]
    name: NDArray[Any]
    call_sign: NDArray[Any]
    registration: NDArray[Any]
    model: NDArray[Any]
    destination: NDArray[Any]
    changed: int
    """The newest change among them; the ``after_changed`` to ask with next."""

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, slots=True)
class ZoneState:
    """Where contacts are by the zone dataset, in columns; ``zone`` and ``settled`` differ until confirmed."""

    zone: NDArray[np.int32]
    """Of the last fix; NO_ZONE outside the dataset."""
    settled: NDArray[np.int32]
    """The last zone that a second fix confirmed; the zone last left once ``zone`` is confirmed as another."""
    since_ms: NDArray[np.int64]
    """The first fix in ``zone``; 0 when none."""
    since_lat: NDArray[np.float64]
    since_lon: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Last:
    """The last fix of some contacts, in columns in the order they were asked for."""

    known: NDArray[np.bool_]
    """False where there is no fix yet: the other columns are NaN, 0 or NO_ZONE there."""
    time: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    sog: NDArray[np.float32]
    cog: NDArray[np.float32]
    cls: NDArray[np.uint8]
    doubt: NDArray[np.uint16]
    zones: ZoneState
    edition: NDArray[Any]
    """Edition of the zone dataset that ``zones`` is by; "" for none."""
