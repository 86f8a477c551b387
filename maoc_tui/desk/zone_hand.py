"""The zones in force at one instant: a dataset, and over it what officers entered by hand.

What was entered for one contact or target comes first, then circles, then areas; of each sort the newest. A position
in none of them has the dataset's answer. A Waters never changes, so that one piece of work sees one state of things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.desk import zone_hand_shapes as shapes
from maoc_tui.desk.zone_groups import ZoneGroups, groups
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.zone_override import AREA, ZoneOverride
from maoc_tui.geo.geodesy import direct
from maoc_tui.geo.rhumb import rhumb_direct
from maoc_tui.geo.zonemodel import HAND, Dataset
from maoc_tui.geo.zones import Crossing, LineDistance, ZoneIndex, ZoneLine

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room

_EXACT_NM = 0.1
"""Larger circles of error are held against every line; smaller ones first by points about them."""
_PROBES = 8
_PROBED = 1.12
"""Probes stand so far out, in radii, that any straight line through the circle parts one from its centre: a regular
octagon about it has its corners at 1.083, the rest is for degrees not being of one length."""
_LINES_NM = 200.0
"""Edges entered by hand are told up to this distance."""
_AFTER_NM = 1e-3
"""So far behind a line the zone entered is asked for."""
_LINES_MET = 500
_STEP_NM = 1.0


class Waters:
    """A dataset with overrides laid over it; answers as a ZoneIndex does. Safe to share between threads."""

    def __init__(self, index: ZoneIndex, overrides: Sequence[ZoneOverride] = ()) -> None:
        """``overrides`` count now, the newest first."""
        self.index, self.overrides = index, tuple(overrides)
        self._id = {one.ref: len(index.areas) + i for i, one in enumerate(self.overrides)}
        areas = (*index.areas, *(shapes.area(self._id[one.ref], one) for one in self.overrides))
        open_ones = [area for area in areas if area.may_be]
        self.areas = (
            *areas,
            *(replace(a, id=len(areas) + i, kind=a.may_be) for i, a in enumerate(open_ones)),
        )
        self._as_well = {area.id: len(areas) + i for i, area in enumerate(open_ones)}
        """Another area that stands for the stricter kind which the waters of an area may be as well."""
        placed = [one for one in self.overrides if not one.about_one]
        self.any_about_one = len(placed) < len(self.overrides)
        self._placed = [
            (one, shapes.outline(one)) for one in sorted(placed, key=lambda one: one.scope == AREA)
        ]

    @property
    def dataset(self) -> Dataset:
        """The dataset below."""
        return self.index.dataset

    @property
    def edition(self) -> str:
        """What names the zones in force in the record: the dataset, and the areas and circles over it."""
        by_hand = "".join(f" + {one.ref}" for one in sorted(self.overrides, key=lambda one: one.number)
                          if not one.about_one)  # fmt: skip
        return f"{self.dataset.name} {self.dataset.edition}{by_hand}"

    @property
    def stamp(self) -> tuple[str, ...]:
        """Differs when any answer may: the dataset, and every override."""
        return (str(self.dataset), *(one.ref for one in self.overrides))

    @cached_property
    def groups(self) -> ZoneGroups:
        """Which areas count as one for zone events."""
        return groups(self.areas)

    def area_of(self, override: ZoneOverride) -> int:
        """The area id an override stands for."""
        return self._id[override.ref]

    def override_of(self, area: int) -> ZoneOverride | None:
        """The override an area id stands for; None for an area of the dataset."""
        at = area - len(self.index.areas)
        return self.overrides[at] if 0 <= at < len(self.overrides) else None

    # -- where a position is ---------------------------------------------------------------------

    def locate(self, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.int32]:
        """Area id per point in degrees, as ZoneIndex.locate."""
        found = np.array(self.index.locate(lat, lon), np.int32)
        if self._placed:
            y, x = np.broadcast_arrays(np.asarray(lat, np.float64), np.asarray(lon, np.float64))
            flat = found.reshape(-1)
            for one, edge in reversed(self._placed):
                flat[edge.holds(y.ravel(), x.ravel())] = self._id[one.ref]
        return found

    def candidates(self, lat: float, lon: float, radius_nm: float) -> list[int]:
        """Ids of the areas that a circle touches, the one at its centre first."""
        here, found = int(self.locate(lat, lon)[0]), []
        for one, edge in self._placed:
            inside, away = shapes.beside(edge, lat, lon, radius_nm)
            if inside or away <= radius_nm:
                found.append(self._id[one.ref])
            if inside and away > radius_nm:
                break
        else:
            found += self.index.candidates(lat, lon, radius_nm)
        here_too = (here, *found) if here >= 0 else found
        found = [one for area in here_too for one in (area, self._as_well.get(area, area))]
        rest = [area for area in dict.fromkeys(found) if area != here]
        return [here, *rest] if here >= 0 else rest

    def others(self, lat: ArrayLike, lon: ArrayLike, radius_nm: ArrayLike) -> NDArray[np.int32]:
        """For each of n positions an area of another zone that its circle of error touches; -1 for none."""
        y, x, radius = (np.atleast_1d(np.asarray(c, np.float64)) for c in (lat, lon, radius_nm))
        here = self.locate(y, x)
        found = self._stricter[here]
        usable = np.flatnonzero((here >= 0) & (radius > 0) & np.isfinite(radius))
        for row in usable[self._doubtful(here[usable], y[usable], x[usable], radius[usable])].tolist():
            zone = self._zone(int(here[row]))
            for area in self.candidates(float(y[row]), float(x[row]), float(radius[row])):
                if self._zone(area) != zone:
                    found[row] = area
                    break
        return found

    @cached_property
    def _stricter(self) -> NDArray[np.int32]:
        """The area an area may be as well, by area id; -1 for none, last for none at all."""
        return np.array([*(self._as_well.get(a, -1) for a in range(len(self.areas))), -1], np.int32)

    def _doubtful(
        self,
        here: NDArray[np.int32],
        lat: NDArray[np.float64],
        lon: NDArray[np.float64],
        radius: NDArray[np.float64],
    ) -> NDArray[np.bool_]:
        """Which circles may reach into another zone."""
        doubtful = radius > _EXACT_NM
        small = np.flatnonzero(~doubtful)
        if len(small):
            angle = np.arange(_PROBES) * (2 * np.pi / _PROBES)
            away = radius[small, None] * _PROBED / 60.0
            at = np.clip(lat[small, None] + away * np.cos(angle), -90.0, 90.0)
            on = lon[small, None] + away * np.sin(angle) / np.maximum(
                np.cos(np.radians(lat[small, None])), 1e-3
            )
            zone = self._zones[self.locate(at.ravel(), on.ravel())].reshape(-1, _PROBES)
            doubtful[small] = (zone != self._zones[here[small], None]).any(axis=1)
        return np.asarray(doubtful)

    def _zone(self, area: int) -> tuple[str, tuple[str, ...]]:
        return self.areas[area].kind, self.areas[area].states

    @cached_property
    def _zones(self) -> NDArray[np.int64]:
        """What counts as one zone, by area id; the last is outside the dataset."""
        number: dict[tuple[str, tuple[str, ...]], int] = {}
        return np.array(
            [*(number.setdefault(self._zone(a), len(number)) for a in range(len(self.areas))), -1]
        )

    # -- what was entered for one ----------------------------------------------------------------

    def for_one(self, key: int, target: str, lat: float, lon: float) -> ZoneOverride | None:
        """The newest override entered for this contact or target that reaches the position."""
        return next((one for one in self.about(key, target) if shapes.reaches(one, lat, lon)), None)

    def about(self, key: int, target: str) -> tuple[ZoneOverride, ...]:
        """Every override entered for this contact (0 none) or target ("" none), wherever it is now."""
        return tuple(
            one for one in self.overrides if (key and one.key == key) or (target and one.target == target)
        )

    # -- lines and courses -----------------------------------------------------------------------

    def nearest_lines(self, lat: float, lon: float) -> tuple[LineDistance, ...]:
        """As ZoneIndex.nearest_lines; lines of the dataset whose nearest point an override covers are left out."""
        told = [line for line in self.index.nearest_lines(lat, lon) if not self._covers(lat, lon, line)]
        for one, edge in self._placed:
            if len(edge.near(np.array([lat]), np.array([lon]), _LINES_NM)):
                nm, bearing = edge.edge(lat, lon)
                if nm <= _LINES_NM:
                    told.append(LineDistance(one.kind, one.states, HAND, nm, bearing))
        return tuple(sorted(told, key=lambda line: line.distance_nm))

    def edges(self) -> tuple[ZoneLine, ...]:
        """The edges of what was entered by hand for places, for drawing."""
        return tuple(
            ZoneLine(one.kind, one.states, one.status, HAND, *shapes.drawn(edge))
            for one, edge in self._placed
        )

    def _covers(self, lat: float, lon: float, line: LineDistance) -> bool:
        if not self._placed:
            return False
        at, on, _ = direct(lat, lon, line.bearing, line.distance_nm)
        y, x = np.atleast_1d(at), np.atleast_1d(on)
        return any(bool(edge.holds(y, x)[0]) for _, edge in self._placed)

    def next_crossing(
        self, lat: float, lon: float, course: float, speed_kn: float, hours: float
    ) -> Crossing | None:
        """As ZoneIndex.next_crossing, with the edges of what was entered by hand."""
        if not self._placed or not speed_kn * hours > 0:
            return self.index.next_crossing(lat, lon, course, speed_kn, hours)
        begin = self._zones[self.locate(lat, lon)[0]]
        reach, gone = speed_kn * hours, 0.0
        edges = self._edges_met(lat, lon, course, reach)
        for _ in range(_LINES_MET):
            y, x = rhumb_direct(lat, lon, course, gone)
            ahead = self.index.next_crossing(float(y), float(x), course, speed_kn, (reach - gone) / speed_kn)
            met = [nm for nm in edges if nm > gone][:1] + ([gone + ahead.hours * speed_kn] if ahead else [])
            if not met:
                return None
            at, gone = min(met), min(met) + _AFTER_NM
            y, x = rhumb_direct(lat, lon, course, gone)
            entered = int(self.locate(float(y), float(x))[0])
            if self._zones[entered] != begin:
                y, x = rhumb_direct(lat, lon, course, at)
                return Crossing(entered, at / speed_kn, float(y), float(x))
        return None

    def _edges_met(self, lat: float, lon: float, course: float, reach: float) -> list[float]:
        """Nautical miles along a course at which it meets an edge entered by hand, rising."""
        marks = np.append(np.arange(0.0, reach, _STEP_NM), reach)
        y, x = rhumb_direct(lat, lon, course, marks)
        there = np.isfinite(y)
        met = [edge.meets(marks[there], y[there], x[there]) for _, edge in self._placed]
        return sorted(np.concatenate(met).tolist())


def waters(room: Room, viewer: Viewer) -> Waters:
    """The zones in force now, as the viewer may know them."""
    from maoc_tui.store import zone_overrides as store

    with room.db.reading(viewer) as conn:
        return laid_over(room.zones, tuple(store.standing(conn, room.clock.now_ms())))


@lru_cache(maxsize=2)
def laid_over(index: ZoneIndex, overrides: tuple[ZoneOverride, ...]) -> Waters:
    """The same object as long as nothing has changed."""
    return Waters(index, overrides)
