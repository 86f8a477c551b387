"""What was heard of every vessel in the last hours: its last fix, its usual interval, its place on a grid of time.

Fixes are taken in as they come; rows are never given up, and instants older than the span are forgotten. A place at
an instant of the grid lies on the straight line between the fixes before and after it; none is put between fixes too
far apart in time, nor between two that no vessel of the class could have sailed between.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import NO_STATUS, Fixes
from maoc_tui.geo.behaviour.steps import Steps
from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.plausibility import SpeedLimits, sphere_nm

I64 = NDArray[np.int64]
HABIT = 16
"""So many intervals are remembered of each contact."""
VESSELS = (ContactClass.UNKNOWN, ContactClass.SHIP_A, ContactClass.SHIP_B, ContactClass.CRAFT)
"""Classes whose tracks are followed."""
_NOWHERE = -(1 << 60)


@dataclass(slots=True)
class Recent:
    """Rows are contacts in the order they were first heard; the grid's instants are used in a ring."""

    step_ms: int
    span: int
    """Instants remembered."""
    join_ms: int
    limits: SpeedLimits
    long_s: float = 3_600.0
    """The usual interval is reckoned for steps longer than this only: no shorter silence is judged."""
    key: I64 = field(default_factory=lambda: np.empty(0, np.int64))
    cls: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    time: I64 = field(default_factory=lambda: np.empty(0, np.int64))
    """Of the last fix."""
    status: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    """Navigational status of the last fix (ITU-R M.1371)."""
    at_lat: F64 = field(default_factory=lambda: np.empty(0))
    at_lon: F64 = field(default_factory=lambda: np.empty(0))
    habit: F64 = field(default_factory=lambda: np.empty((0, HABIT)))
    """Seconds between fixes, the newest last; NaN where fewer were heard."""
    lat: F64 = field(init=False)
    """Shape (span, rows): all that is asked of one instant lies together. NaN where nothing is known."""
    lon: F64 = field(init=False)
    newest: int = 0
    """The newest instant that the ring has room for, in steps since 1970."""
    touched: set[int] = field(default_factory=set)
    """Instants at which a place was put since somebody last emptied this."""
    _order: I64 = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        self.lat, self.lon = np.full((self.span, 0), np.nan), np.full((self.span, 0), np.nan)

    def rows(self, key: I64) -> I64:
        """The row of each key; -1 where it was never heard."""
        if not len(self.key):
            return np.full(len(key), -1, np.int64)
        place = np.searchsorted(self.key, key, sorter=self._order)
        row = self._order[np.minimum(place, len(self.key) - 1)]
        return np.where(self.key[row] == key, row, -1)

    def move_to(self, now_ms: int) -> None:
        """Make room for the instants up to ``now_ms``; the oldest ones are forgotten."""
        newest = now_ms // self.step_ms
        for instant in range(max(self.newest + 1, newest - self.span + 1), newest + 1):
            self.lat[instant % self.span] = self.lon[instant % self.span] = np.nan
        self.newest = max(self.newest, newest)
        self.touched = {instant for instant in self.touched if self.holds(instant)}

    def holds(self, instant: int) -> bool:
        """Whether an instant is remembered."""
        return self.newest - self.span < instant <= self.newest

    @property
    def oldest(self) -> int:
        """The oldest instant remembered."""
        return self.newest - self.span + 1

    def instants(self, first: int, last: int) -> list[int]:
        """The remembered instants from ``first`` to ``last``, both included."""
        return list(range(max(first, self.oldest), min(last, self.newest) + 1))

    def past(self, row: int, instants: list[int]) -> tuple[F64, F64]:
        """Latitude and longitude of one row at some remembered instants."""
        at = np.array(instants, np.int64) % self.span
        return self.lat[at, row], self.lon[at, row]

    def at(self, instant: int) -> tuple[F64, F64]:
        """Latitude and longitude of every row at a remembered instant."""
        return self.lat[instant % self.span], self.lon[instant % self.span]

    def forget(self, key: I64) -> None:
        """Drop all that is known of some contacts, to be taken in anew."""
        rows = self.rows(key)
        rows = rows[rows >= 0]
        self.time[rows] = _NOWHERE
        self.habit[rows] = self.lat[:, rows] = self.lon[:, rows] = np.nan
        self.touched.update(range(self.oldest, self.newest + 1))

    def absorb(self, fixes: Fixes) -> tuple[Steps, I64]:
        """Take in fixes up to the instant moved to, of any contacts in any order; steps, and keys with late fixes.

        A contact with a fix older than its last one is left as it was: forget it, and give all of its fixes.
        """
        until = (self.newest + 1) * self.step_ms
        wanted = np.isin(fixes.cls, VESSELS) & (fixes.time < until) & np.isfinite(fixes.lat)
        wanted &= (fixes.time >= self.oldest * self.step_ms) & ((fixes.doubt & np.uint16(_NO_USE)) == 0)
        fixes = fixes.take(np.flatnonzero(wanted))
        self._add(fixes)
        row = self.rows(fixes.key)
        late = np.unique(fixes.key[fixes.time < self.time[row]])
        fixes = fixes.take(~np.isin(fixes.key, late)) if len(late) else fixes
        return self._take(fixes), late

    def _add(self, fixes: Fixes) -> None:
        key, first = np.unique(fixes.key, return_index=True)
        new = self.rows(key) < 0
        if not new.any():
            return
        n = int(new.sum())
        self.key = np.concatenate([self.key, key[new]])
        self.cls = np.concatenate([self.cls, fixes.cls[first[new]]])
        self.time = np.concatenate([self.time, np.full(n, _NOWHERE)])
        self.status = np.concatenate([self.status, np.full(n, NO_STATUS, np.uint8)])
        self.at_lat, self.at_lon = (
            np.concatenate([a, np.full(n, np.nan)]) for a in (self.at_lat, self.at_lon)
        )
        self.habit = np.concatenate([self.habit, np.full((n, HABIT), np.nan)])
        self.lat, self.lon = (
            np.concatenate([a, np.full((self.span, n), np.nan)], axis=1) for a in (self.lat, self.lon)
        )
        self._order = np.argsort(self.key, kind="stable")

    def _take(self, fixes: Fixes) -> Steps:
        """Fixes newer than what is known, in any order."""
        row = self.rows(fixes.key)
        order = np.lexsort((fixes.time, row))
        fixes, row = fixes.take(order), row[order]
        fresh = np.r_[True, (row[1:] != row[:-1]) | (fixes.time[1:] > fixes.time[:-1])][: len(row)]
        fresh &= fixes.time > self.time[row]
        fixes, row = fixes.take(fresh), row[fresh]
        begins = np.flatnonzero(np.r_[True, row[1:] != row[:-1]][: len(row)])
        before = [np.r_[column[:1], column[:-1]] for column in (fixes.time, fixes.lat, fixes.lon)]
        for column, known in zip(before, (self.time, self.at_lat, self.at_lon), strict=True):
            column[begins] = known[row[begins]]
        self._remember(fixes, row, begins)
        steps = self._steps(fixes, row, before)
        self._learn(steps)
        self._fill(steps)
        return steps

    def _remember(self, fixes: Fixes, row: I64, begins: I64) -> None:
        last = np.r_[begins[1:], len(row)][: len(begins)] - 1
        of = row[last]
        self.time[of], self.at_lat[of], self.at_lon[of] = (
            c[last] for c in (fixes.time, fixes.lat, fixes.lon)
        )
        self.status[of] = fixes.status[last]
        known = fixes.cls[last] != 0
        self.cls[of[known]] = fixes.cls[last][known]

    def _steps(self, fixes: Fixes, row: I64, before: list[NDArray[np.float64]]) -> Steps:
        """The steps from the fix before to each fix, without those of contacts first heard."""
        known = np.flatnonzero(before[0] != _NOWHERE)
        row, start = row[known], before[0][known].astype(np.int64)
        lat, lon = before[1][known], before[2][known]
        end, to_lat, to_lon = fixes.time[known], fixes.lat[known], fixes.lon[known]
        jump = too_fast(start, end, lat, lon, to_lat, to_lon, self.cls[row], self.limits)
        usual, heard = self._usual(row, (end - start) / 1000)
        return Steps(row, start, end, lat, lon, to_lat, to_lon, jump, usual, heard)

    def _usual(self, row: I64, seconds: F64) -> tuple[F64, I64]:
        """The middle interval before each step, and how many there were: reckoned where silence was long only."""
        usual, heard = np.full(len(row), np.nan), np.zeros(len(row), np.int64)
        first = np.searchsorted(row, row, "left")
        for step in np.flatnonzero(seconds > self.long_s).tolist():
            own = seconds[max(int(first[step]), step - HABIT) : step]
            old = self.habit[row[step]]
            both = np.concatenate([old[~np.isnan(old)], own])[-HABIT:]
            heard[step] = len(both)
            usual[step] = float(np.median(both)) if len(both) else np.nan
        return usual, heard

    def _learn(self, steps: Steps) -> None:
        """Put the newest intervals behind the ones that are known."""
        seconds = (steps.to_ms - steps.from_ms) / 1000
        after = np.searchsorted(steps.row, steps.row, "right") - np.arange(len(steps.row)) - 1
        for back in range(int(min(after.max(initial=-1), HABIT - 1)), -1, -1):
            some = np.flatnonzero(after == back)
            rows = steps.row[some]
            self.habit[rows, :-1] = self.habit[rows, 1:]
            self.habit[rows, -1] = seconds[some]

    def _fill(self, steps: Steps) -> None:
        """Put places at the instants after a fix up to and at the next one."""
        first, last = steps.from_ms // self.step_ms + 1, steps.to_ms // self.step_ms
        joined = ~steps.jump & (steps.to_ms - steps.from_ms <= self.join_ms)
        count = np.where(joined, np.maximum(last - first + 1, 0), 0)
        which = np.repeat(np.arange(len(count)), count)
        instant = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        held = (instant > self.newest - self.span) & (instant <= self.newest)
        which, instant = which[held], instant[held]
        start, end = steps.from_ms[which], steps.to_ms[which]
        part = (instant * self.step_ms - start) / (end - start)
        east = (steps.to_lon[which] - steps.lon[which] + 180) % 360 - 180
        place = instant % self.span, steps.row[which]
        self.lat[place] = steps.lat[which] + part * (steps.to_lat[which] - steps.lat[which])
        self.lon[place] = (steps.lon[which] + part * east + 180) % 360 - 180
        self.touched.update(np.unique(instant).tolist())


_NO_USE = Doubt.FUTURE | Doubt.ZERO_ISLAND | Doubt.PLACEHOLDER


def too_fast(
    start: I64,
    end: I64,
    lat: F64,
    lon: F64,
    to_lat: F64,
    to_lon: F64,
    cls: NDArray[np.uint8],
    limits: SpeedLimits,
) -> NDArray[np.bool_]:
    """Whether no vessel of the class could have sailed a step; times in milliseconds (feeds study 5.8)."""
    nm = sphere_nm(lat, lon, to_lat, to_lon)
    hours = np.maximum(end - start, 1000) / 3_600_000
    return np.asarray((nm > limits.minimum_nm) & (nm > limits.by_class[cls] * hours))
