"""Where and when a pursuer can meet a target that holds course and speed, on the WGS-84 ellipsoid.

The pursuer goes the shortest way (a geodesic) at constant speed; the target keeps a rhumb line (constant
course, the default) or a geodesic. The meeting is the first T with distance(pursuer, target(T)) = speed x T.
It is approached from T = 0 by steps that cannot leap over it: Newton's, shortened by the most that the
distance can bend downwards on the way. Along a track of geodesic curvature k (of a rhumb line sin(course)
tan(latitude) / R) the distance d from a point has d'' >= v^2 min over s in [0, 1] of (s^2 cot(d / R) / R - k s).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.geodesy import direct, inverse
from maoc_tui.geo.intercept_one import Met, meet_one
from maoc_tui.geo.rhumb import rhumb_direct

Track = Literal["rhumb", "geodesic"]
MAX_HOURS = 240.0
"""No meeting later than this is looked for."""
_NEAR_NM = 1e-5
"""Two centimetres: the same place."""
_ROUNDS = 400
_SMALLEST_NM = 3420.0
"""Least radius of curvature of the ellipsoid: what bends on it bends no more than on a sphere of this."""
_AT_ONCE_NM = 1200.0
"""No step carries the target further than this, so that latitude and distance on the way are bounded."""
_TOP_DEG = 89.9
_SCAN = 17
_HALVINGS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Solutions in arrays of one shape. Where there is none, ``hours`` is NaN and the rest is the nearest approach."""

    hours: F64
    """From now to the meeting, the delay included; NaN when the target cannot be met in time."""
    course: F64
    """First course of the pursuer, degrees true."""
    lat: F64
    lon: F64
    distance_nm: F64
    """The pursuer's way."""
    gap_nm: F64
    """How far off it stays at best; 0 where they meet."""
    gap_hours: F64
    """When that is."""

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Where they meet."""
        return np.isfinite(self.hours)


@dataclass(frozen=True, slots=True, eq=False)
class _Chase:
    """Flat columns of one size: pursuers and targets, the targets where they are when the pursuers start."""

    lat: F64
    lon: F64
    speed: F64
    at: Callable[[F64, NDArray[np.intp]], tuple[F64, F64, F64]]
    """Latitude, longitude and course of the targets after hours, for some rows."""
    target_speed: F64
    turn: F64
    """How much of the parallel's bending the track has: the sine of a constant course; 0 of a geodesic."""

    def off(self, hours: F64, rows: NDArray[np.intp]) -> _Off:
        """How the pursuers stand to their targets after the hours."""
        lat, lon, course = self.at(hours, rows)
        away, _, end = inverse(self.lat[rows], self.lon[rows], lat, lon)
        opening = self.target_speed[rows] * np.cos(np.radians(course - end))
        rate = np.where(away > 0, opening, 0.0) - self.speed[rows]
        return _Off(away - self.speed[rows] * hours, rate, away, lat)


@dataclass(frozen=True, slots=True, eq=False)
class _Off:
    """Pursuers and targets at one time."""

    nm: F64
    """How far the pursuer still is off."""
    rate: F64
    """How that changes, knots."""
    away: F64
    """From the pursuer's start to the target, nm."""
    lat: F64
    """Of the target."""

    def of(self, which: NDArray[np.bool_]) -> _Off:
        """Some of them."""
        return _Off(self.nm[which], self.rate[which], self.away[which], self.lat[which])


def meet(
    lat: ArrayLike,
    lon: ArrayLike,
    speed_kn: ArrayLike,
    target_lat: ArrayLike,
    target_lon: ArrayLike,
    target_course: ArrayLike,
    target_speed_kn: ArrayLike,
    *,
    delay_h: ArrayLike = 0.0,
    within_h: float = MAX_HOURS,
    track: Track = "rhumb",
) -> Meeting:
    """First meetings of pursuers and targets that are where given now; arguments broadcast.

    Degrees, degrees true, knots, hours. ``delay_h`` passes before the pursuer starts. NaN in, no meeting out.
    """
    given = np.broadcast_arrays(
        *(
            np.asarray(value, np.float64)
            for value in (lat, lon, speed_kn, target_lat, target_lon, target_course, target_speed_kn, delay_h)
        )
    )
    shape = given[0].shape
    columns = [np.array(column).ravel() for column in given]
    delay = columns.pop()
    if delay.size == 1 and track == "rhumb":
        one_pair = [float(column[0]) for column in (*columns, delay, within_h - delay)]
        plain = meet_one(*one_pair)
        if plain is not None:
            return _alone(plain, float(delay[0]), shape)
    chase = _chase(columns, delay, track)
    limit = within_h - delay
    hours = _first(chase, limit)
    gap_hours = hours.copy()
    missed = np.flatnonzero(np.isnan(hours))
    if missed.size:
        gap_hours[missed] = _nearest(chase, np.maximum(limit[missed], 0.0), missed)
    rows = np.arange(len(hours))
    end_lat, end_lon, _ = chase.at(gap_hours, rows)
    away, course, _ = inverse(chase.lat, chase.lon, end_lat, end_lon)
    gap = np.where(np.isfinite(hours), 0.0, np.maximum(away - chase.speed * gap_hours, 0.0))
    results = (hours + delay, course, end_lat, end_lon, away - gap, gap, gap_hours + delay)
    return Meeting(*(column.reshape(shape) for column in results))


def _alone(plain: Met, delay: float, shape: tuple[int, ...]) -> Meeting:
    """One meeting in arrays of a shape with one element."""
    hours, course, lat, lon, away = plain
    figures = (hours + delay, course, lat, lon, away, 0.0, hours + delay)
    return Meeting(*(np.full(shape, figure) for figure in figures))


def _chase(columns: list[F64], delay: F64, track: Track) -> _Chase:
    lat, lon, speed, t_lat, t_lon, t_course, t_speed = columns
    t_course = np.where(t_speed == 0, 0.0, t_course)

    def at(hours: F64, rows: NDArray[np.intp]) -> tuple[F64, F64, F64]:
        miles = t_speed[rows] * (hours + delay[rows])
        if track == "geodesic":
            return direct(t_lat[rows], t_lon[rows], t_course[rows], miles)
        return (*rhumb_direct(t_lat[rows], t_lon[rows], t_course[rows], miles), t_course[rows])

    turn = np.abs(np.sin(np.radians(t_course))) if track == "rhumb" else np.zeros_like(t_course)
    return _Chase(lat, lon, np.maximum(speed, 0.0), at, t_speed, turn)


def _first(chase: _Chase, limit: F64) -> F64:
    """Hours of the first meeting; NaN where there is none up to the limit."""
    found = np.full(len(limit), np.nan)
    off = chase.off(np.zeros(len(limit)), np.arange(len(limit)))
    usable = np.isfinite(off.nm) & (limit >= 0)
    rows, off = np.flatnonzero(usable), off.of(usable)
    hours = np.zeros(rows.size)
    for _ in range(_ROUNDS):
        met = off.nm <= _NEAR_NM
        found[rows[met]] = hours[met]
        going = ~met & (hours <= limit[rows]) & np.isfinite(off.nm)
        rows, hours, off = rows[going], hours[going], off.of(going)
        if not rows.size:
            break
        hours = hours + _step(chase, off, limit[rows] - hours, rows)
        off = chase.off(hours, rows)
    found[found > limit] = np.nan
    return found


def _step(chase: _Chase, off: _Off, left: F64, rows: NDArray[np.intp]) -> F64:
    """Hours in which no pursuer can have met its target yet, as many as can be told."""
    speed = chase.target_speed[rows]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        straight = np.where(off.rate < 0, off.nm / -off.rate, np.inf)
        most = np.minimum(np.minimum(straight, np.maximum(left, 1e-6)), _AT_ONCE_NM / speed)
        on = most * speed
        spread = 1 / np.tan(np.minimum((off.away + on) / _SMALLEST_NM, 3.1))
        turn = chase.turn[rows] * np.tan(np.radians(np.minimum(np.abs(off.lat) + on / 59.0, _TOP_DEG)))
        bend = (
            np.where(turn < 2 * spread, turn * turn / (4 * spread), turn - spread) * speed**2 / _SMALLEST_NM
        )
        step = 2 * off.nm / (np.sqrt(off.rate**2 + 2 * bend * off.nm) - off.rate)
        slowest = off.nm / (chase.speed[rows] + speed)
    return np.maximum(np.fmin(step, most), slowest)


def _nearest(chase: _Chase, limit: F64, rows: NDArray[np.intp]) -> F64:
    """Hours at which pursuers that cannot meet their target are least far off: by a scan, then by halving."""
    times = np.linspace(0.0, limit, _SCAN)
    off = chase.off(times.ravel(), np.tile(rows, _SCAN)).nm.reshape(times.shape)
    least = np.where(np.isnan(off), np.inf, off).argmin(axis=0)
    every = np.arange(len(rows))
    low, high = times[np.maximum(least - 1, 0), every], times[np.minimum(least + 1, _SCAN - 1), every]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        falling = chase.off(middle, rows).rate < 0
        low, high = np.where(falling, middle, low), np.where(falling, high, middle)
    return np.asarray(low)
