"""Which fixes cannot be right beside their neighbours: jumps, and one number used in two places.

A step is a jump when the speed it implies is beyond the limit of the class and it is longer than noise.
When a fix jumps away from its neighbour on both sides and the neighbours agree with each other, two
transmitters share the number (a twin) or the position was forged: the fix is marked, both are kept.
Method: simple implied-speed rule (feeds study 5.8); distances on the sphere, good to 0.6 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import ContactClass, Doubt

_EARTH_NM = 3440.065


@dataclass(frozen=True, slots=True)
class SpeedLimits:
    """Limits by class, in knots, and the step below which nothing is a jump, in nautical miles."""

    by_class: NDArray[np.float64]
    minimum_nm: float

    @classmethod
    def build(cls, limits: Mapping[str, float], minimum_nm: float) -> SpeedLimits:
        """From names of ContactClass in lower case to knots; every class must be given."""
        table = [float(limits[c.name.lower()]) for c in ContactClass]
        return cls(np.array(table), minimum_nm)


def sphere_nm(
    lat1: NDArray[np.float64], lon1: NDArray[np.float64], lat2: NDArray[np.float64], lon2: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Great-circle distances in nautical miles, element by element (haversine)."""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    dl = np.radians(lon2 - lon1)
    h = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(dl / 2) ** 2
    distance: NDArray[np.float64] = 2 * _EARTH_NM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))
    return distance


def jumps(
    key: NDArray[np.int64],
    time: NDArray[np.int64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    cls: NDArray[np.uint8],
    limits: SpeedLimits,
) -> NDArray[np.uint16]:
    """Doubt flags (JUMP, TWIN or none) for fixes ordered by key, then time. Times are milliseconds."""
    n = len(key)
    doubt = np.zeros(n, np.uint16)
    if n < 2:
        return doubt
    step = _too_fast(key, time, lat, lon, cls, limits, 1)
    doubt[1:][step] |= np.uint16(Doubt.JUMP)
    if n > 2:
        away_and_back = step[:-1] & step[1:] & (key[2:] == key[:-2])
        agrees = ~_too_fast(key, time, lat, lon, cls, limits, 2)
        doubt[1:-1][away_and_back & agrees] |= np.uint16(Doubt.TWIN)
    return doubt


def _too_fast(
    key: NDArray[np.int64],
    time: NDArray[np.int64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    cls: NDArray[np.uint8],
    limits: SpeedLimits,
    apart: int,
) -> NDArray[np.bool_]:
    """For each fix ``apart`` places after another of the same key: is the way between too fast."""
    distance = sphere_nm(lat[:-apart], lon[:-apart], lat[apart:], lon[apart:])
    hours = np.maximum(time[apart:] - time[:-apart], 1000) / 3_600_000
    limit = limits.by_class[cls[apart:]]
    same = key[apart:] == key[:-apart]
    fast: NDArray[np.bool_] = same & (distance > limits.minimum_nm) & (distance > limit * hours)
    return fast
