"""How high the sun stands over places and times, in columns; the sun's own place comes from astral.

Declination and equation of time move by less than 0.02 degrees an hour, so they are asked of astral once an hour and
laid between; the height follows by the spherical triangle. Without refraction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.geo.ellipsoid import F64

RISEN = -0.833
"""Height of the sun's centre at sunrise and sunset, degrees: refraction and the sun's radius."""
DARK = -6.0
"""Below this civil twilight is over, degrees."""
_HOUR_MS = 3_600_000
_STEP_MS = 300_000
_AHEAD_MS = 26 * _HOUR_MS


def height(lat: ArrayLike, lon: ArrayLike, at_ms: ArrayLike) -> F64:
    """Degrees of the sun's centre above the horizon; arguments broadcast, NaN in gives NaN out."""
    y, x, at = np.broadcast_arrays(
        np.asarray(lat, np.float64), np.asarray(lon, np.float64), np.asarray(at_ms, np.float64)
    )
    declination, equation = _sun(at)
    minutes = (at / 60_000.0) % 1440.0
    hour_angle = np.radians((minutes + equation + 4.0 * x) / 4.0 - 180.0)
    phi = np.radians(y)
    sine = np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(hour_angle)
    return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))))


def is_dark(lat: ArrayLike, lon: ArrayLike, at_ms: ArrayLike) -> NDArray[np.bool_]:
    """Whether civil twilight is over; False where a time or place is not known."""
    return np.asarray(height(lat, lon, at_ms) < DARK)


def next_change(lat: float, lon: float, at_ms: int) -> tuple[str, int] | None:
    """The next sunrise or sunset within 26 hours, and when, to the minute; None where the sun does neither."""
    times = np.arange(at_ms, at_ms + _AHEAD_MS, _STEP_MS, dtype=np.float64)
    above = height(lat, lon, times) - RISEN
    crossed = np.flatnonzero(np.signbit(above[1:]) != np.signbit(above[:-1]))
    if not crossed.size:
        return None
    i = int(crossed[0])
    share = above[i] / (above[i] - above[i + 1])
    return ("sunset" if above[i] > 0 else "sunrise"), round(times[i] + share * _STEP_MS)


def _sun(at: F64) -> tuple[F64, F64]:
    """Declination in radians and equation of time in minutes at each instant."""
    if not np.isfinite(at).any():
        return np.full(at.shape, np.nan), np.full(at.shape, np.nan)
    first, last = int(np.nanmin(at) // _HOUR_MS), int(np.nanmax(at) // _HOUR_MS) + 1
    hours = np.unique(np.concatenate([[first, last], (at[np.isfinite(at)] // _HOUR_MS).astype(np.int64)]))
    hours = np.unique(np.concatenate([hours, hours + 1]))
    known = np.array([_of_hour(hour) for hour in hours.tolist()])
    place = np.interp(at.ravel(), hours * float(_HOUR_MS), known[:, 0])
    lag = np.interp(at.ravel(), hours * float(_HOUR_MS), known[:, 1])
    missing = ~np.isfinite(at.ravel())
    place[missing] = lag[missing] = np.nan
    return np.radians(place).reshape(at.shape), lag.reshape(at.shape)


@lru_cache(maxsize=4096)
def _of_hour(hour: int) -> tuple[float, float]:
    """Declination in degrees and equation of time in minutes at a whole hour since 1970."""
    from astral.julian import julianday, julianday_to_juliancentury
    from astral.sun import eq_of_time, sun_declination

    century = julianday_to_juliancentury(julianday(datetime.fromtimestamp(hour * 3600, UTC)))
    return sun_declination(century), eq_of_time(century)
