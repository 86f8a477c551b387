"""Closest point of approach of two objects that hold course and speed, on the WGS-84 ellipsoid.

Both are first brought to one time along their rhumb lines. The plane around the pair gives the first answer
(TCPA = -(dp . dv) / |dv|^2); where they close, it is refined on the ellipsoid to the instant at which the
geodesic between them stops getting shorter. Where they open, TCPA is the plane's, in the past.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.geodesy import inverse
from maoc_tui.geo.rhumb import dead_reckon

_STILL_KN = 1e-6
"""A relative speed below this leaves the distance as it is."""
MAX_HOURS = 240.0
"""No closest approach later than this is looked for; where they still close then, that is told."""
_ROUNDS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """Arrays of one shape."""

    distance_nm: F64
    """At the closest; now where they open or hold their distance."""
    hours: F64
    """From the common time; negative where they open, 0 where the distance stays; NaN without course or speed."""
    now_nm: F64
    lat: F64
    """The first object at the closest."""
    lon: F64
    other_lat: F64
    other_lon: F64

    @property
    def closing(self) -> NDArray[np.bool_]:
        """Where the closest approach is still to come."""
        return np.asarray(self.hours > 0)


def approach(first: tuple[ArrayLike, ...], second: tuple[ArrayLike, ...], at_s: ArrayLike) -> Approach:
    """CPA of objects given as (latitude, longitude, course, speed in knots, time of fix in seconds).

    ``at_s`` is the common time to which both are brought; arguments broadcast.
    """
    values = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (*first, *second, at_s)))
    shape = values[0].shape
    columns = [np.array(value).ravel() for value in values]
    a = _Moving(columns[0], columns[1], columns[2], columns[3], columns[10] - columns[4])
    b = _Moving(columns[5], columns[6], columns[7], columns[8], columns[10] - columns[9])
    now, closing_rate = _between(a, b, np.zeros_like(a.lat))
    plane = _plane(a, b)
    hours = np.where((closing_rate < 0) & (plane > 0), _refined(a, b, np.maximum(plane, 0.0)), plane)
    hours = np.where((closing_rate >= 0) & (plane > 0), 0.0, hours)
    then = np.where(hours > 0, hours, 0.0)
    closest, _ = _between(a, b, then)
    results = (closest, hours, now, *a.at(then), *b.at(then))
    return Approach(*(column.reshape(shape) for column in results))


@dataclass(frozen=True, slots=True, eq=False)
class _Moving:
    lat: F64
    lon: F64
    course: F64
    speed: F64
    age_s: F64
    """Seconds from the fix to the common time."""

    def at(self, hours: F64) -> tuple[F64, F64]:
        return dead_reckon(self.lat, self.lon, self.course, self.speed, self.age_s + 3600 * hours)

    @property
    def heading(self) -> F64:
        """Course in radians; 0 for what does not move."""
        return np.where(self.speed == 0, 0.0, np.radians(self.course))


def _between(a: _Moving, b: _Moving, hours: F64) -> tuple[F64, F64]:
    """Distance in nm and the rate at which it changes, in knots."""
    away, start, end = inverse(*a.at(hours), *b.at(hours))
    opening = b.speed * np.cos(b.heading - np.radians(end)) - a.speed * np.cos(a.heading - np.radians(start))
    return away, np.where(away > 0, opening, np.hypot(a.speed, b.speed))


def _plane(a: _Moving, b: _Moving) -> F64:
    """TCPA in hours in the plane around the pair; 0 where the distance stays."""
    zero = np.zeros_like(a.lat)
    away, start, _ = inverse(*a.at(zero), *b.at(zero))
    bearing = np.radians(start)
    dx, dy = away * np.sin(bearing), away * np.cos(bearing)
    vx = b.speed * np.sin(b.heading) - a.speed * np.sin(a.heading)
    vy = b.speed * np.cos(b.heading) - a.speed * np.cos(a.heading)
    square = vx * vx + vy * vy
    moving = square > _STILL_KN**2
    return np.where(moving, -(dx * vx + dy * vy) / np.where(moving, square, 1.0), square * 0.0)


def _refined(a: _Moving, b: _Moving, plane: F64) -> F64:
    """The hour at which the distance stops falling."""
    low, high = np.zeros_like(plane), np.full_like(plane, MAX_HOURS)
    guess = np.minimum(1.25 * plane + 0.05, MAX_HOURS)
    falling = _between(a, b, guess)[1] < 0
    low, high = np.where(falling, guess, low), np.where(falling, high, guess)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        falling = _between(a, b, middle)[1] < 0
        low, high = np.where(falling, middle, low), np.where(falling, high, middle)
    return np.asarray(high)
