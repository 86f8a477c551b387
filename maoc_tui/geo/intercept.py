"""Where and when a pursuer can meet a target that holds course and speed, on the WGS-84 ellipsoid.

The pursuer goes the shortest way (a geodesic) at constant speed; the target keeps a rhumb line (constant
course, the default) or a geodesic. The meeting is the first T with distance(pursuer, target(T)) = speed x T,
found by Newton's method from T = 0: the difference is convex along a track within some hundred miles, so the
iterates approach the first root from below and cannot leap over it. Where that is not certain (a target at
least as fast and more than 1,500 nm away) and no root was found, a scan over the time allowed decides.
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
_ROUNDS = 60
_CURVED_NM = 1500.0
"""Beyond this the distance along a track may not be convex (on a rhumb line at 60 N, from about 1,800 nm)."""
_SCAN = 49
_HALVINGS = 22


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

    def off(self, hours: F64, rows: NDArray[np.intp]) -> tuple[F64, F64]:
        """How far the pursuers still are off after the hours, nm, and the rate at which that changes, kn."""
        lat, lon, course = self.at(hours, rows)
        away, _, end = inverse(self.lat[rows], self.lon[rows], lat, lon)
        opening = self.target_speed[rows] * np.cos(np.radians(course - end))
        return away - self.speed[rows] * hours, np.where(away > 0, opening, 0.0) - self.speed[rows]


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

    return _Chase(lat, lon, np.maximum(speed, 0.0), at, t_speed)


def _first(chase: _Chase, limit: F64) -> F64:
    """Hours of the first meeting; NaN where there is none up to the limit."""
    found = np.full(len(limit), np.nan)
    start, rate = chase.off(np.zeros(len(limit)), np.arange(len(limit)))
    rows = np.flatnonzero(np.isfinite(start) & (limit >= 0))
    hours, off, rate = np.zeros(rows.size), start[rows], rate[rows]
    for _ in range(_ROUNDS):
        met = off <= _NEAR_NM
        found[rows[met]] = hours[met]
        going = ~met & (rate < 0) & (hours <= limit[rows])
        rows, hours, off, rate = rows[going], hours[going], off[going], rate[going]
        if not rows.size:
            break
        hours, off, rate = _stepped(chase, hours, off, rate, rows)
    found[found > limit] = np.nan
    curved = (start > _CURVED_NM) & (chase.speed <= chase.target_speed) & (limit > 0)
    far = np.flatnonzero(np.isnan(found) & curved)
    if far.size:
        found[far] = _scanned(chase, limit[far], far)
    return found


def _stepped(chase: _Chase, hours: F64, off: F64, rate: F64, rows: NDArray[np.intp]) -> tuple[F64, F64, F64]:
    """One step of Newton's; where that leaps over the meeting, along the chord, or as far as no track forbids."""
    speeds = (chase.speed + chase.target_speed)[rows]
    step = off / -rate
    now, changing = chase.off(hours + step, rows)
    for chord in (True, False):
        over = np.flatnonzero(now < -_NEAR_NM)
        if not over.size:
            break
        step[over] = step[over] * off[over] / (off - now)[over] if chord else (off / speeds)[over]
        now[over], changing[over] = chase.off(hours[over] + step[over], rows[over])
    return hours + step, now, changing


def _scanned(chase: _Chase, limit: F64, rows: NDArray[np.intp]) -> F64:
    """First meetings by a scan of the whole time and halving; NaN where there is none."""
    times = np.linspace(0.0, limit, _SCAN)
    off, _ = chase.off(times.ravel(), np.tile(rows, _SCAN))
    crossed = off.reshape(times.shape) <= 0
    first = np.where(crossed.any(axis=0), crossed.argmax(axis=0), 0)
    low, high = times[np.maximum(first - 1, 0), np.arange(len(rows))], times[first, np.arange(len(rows))]
    return np.where(first > 0, _halved(chase, low, high, rows, falling=False), np.nan)


def _nearest(chase: _Chase, limit: F64, rows: NDArray[np.intp]) -> F64:
    """Hours at which pursuers that cannot meet their target are least far off."""
    return _halved(chase, np.zeros(len(rows)), limit, rows, falling=True)


def _halved(chase: _Chase, low: F64, high: F64, rows: NDArray[np.intp], *, falling: bool) -> F64:
    """Where the distance stops falling, or where it reaches nothing, between two times, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        off, rate = chase.off(middle, rows)
        before = (rate < 0) if falling else (off > 0)
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return np.asarray(high)
