"""What a target can reach, and when: the next zone, each coast; and the first asset that can be where it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.intercept_inputs import Pursuer
from maoc_tui.desk.intercept_snapshots import Arrival, FirstAsset
from maoc_tui.desk.zone_ahead import duration
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.desk.zones import MAX_RADIUS_NM, in_words
from maoc_tui.domain.asset_rules import rules as asset_rules
from maoc_tui.domain.assets import Availability
from maoc_tui.domain.reach_rules import rules
from maoc_tui.geo.geodesy import direct, distance_nm
from maoc_tui.geo.landway import IsLand, first_land
from maoc_tui.geo.reach import Field
from maoc_tui.geo.zonemodel import Area

HOUR_MS = 3_600_000
_NEVER = 1e-9


@dataclass(frozen=True, slots=True)
class Start:
    """Where and when a target was last, and how fast it goes."""

    lat: float
    lon: float
    radius_nm: float
    fix_ms: int
    at_ms: int
    slow_kn: float
    fast_kn: float

    @property
    def age_h(self) -> float:
        """Hours since the fix."""
        return (self.at_ms - self.fix_ms) / HOUR_MS

    def furthest(self, hours: float) -> float:
        """Nautical miles from the fix at the most, so many hours from now."""
        return self.radius_nm + self.fast_kn * (self.age_h + hours)

    def slowest(self, hours: float) -> float:
        """Nautical miles from the fix at the least, if it keeps going away; 0 where it may be at the fix."""
        return max(self.slow_kn * (self.age_h + hours) - self.radius_nm, 0.0)

    def arrival(self, nm: float) -> tuple[int, int | None]:
        """When so many miles are done at the earliest and, at its slowest, at the latest."""
        early = self.fix_ms + round(max(nm - self.radius_nm, 0.0) / self.fast_kn * HOUR_MS)
        if self.slow_kn <= _NEVER:
            return early, None
        return early, self.fix_ms + round((nm + self.radius_nm) / self.slow_kn * HOUR_MS)


@dataclass(frozen=True, slots=True)
class _Met:
    """Where some area is met first."""

    area: int
    nm: float
    row: int
    column: int


def _met(field: Field) -> Iterator[_Met]:
    """For every area in reach, the nearest cell that holds a point of it, the nearest first."""
    away = _shores(field)
    flat = np.broadcast_to(away[..., None], field.areas.shape).ravel()
    order = np.argsort(flat, kind="stable")
    order = order[np.isfinite(flat[order])]
    ids, first = np.unique(field.areas.ravel()[order], return_index=True)
    for number in np.argsort(first).tolist():
        cell = int(order[first[number]]) // field.areas.shape[2]
        row, column = divmod(cell, away.shape[1])
        if ids[number] >= 0:
            yield _Met(int(ids[number]), float(away[row, column]), row, column)


def _shores(field: Field) -> NDArray[np.float64]:
    """Distances, with those of whole land cells taken from the water beside them."""
    wide = np.pad(field.distance_nm, 1, constant_values=np.inf)
    height, width = field.distance_nm.shape
    beside = np.minimum.reduce([wide[r : r + height, c : c + width] for r in range(3) for c in range(3)])
    return np.where(np.isfinite(field.distance_nm), field.distance_nm, beside + field.cell_nm)


def boundary(zones: Waters, field: Field, start: Start) -> Arrival | None:
    """The first zone it can enter that it is not in, nor may be in by the error of its fix; None within the fan."""
    radius = min(start.radius_nm, MAX_RADIUS_NM)
    own = {_zone(zones.areas[area]) for area in zones.candidates(start.lat, start.lon, radius)}
    for met in _met(field):
        area = zones.areas[met.area]
        if area.kind == "land" or _zone(area) in own:
            continue
        nm, lat, lon = (
            max(met.nm - field.cell_nm / 2, 0.0),
            float(field.lat[met.row]),
            float(field.lon[met.column]),
        )
        exact = _exact(zones, start, area, nm, field)
        if exact is not None:
            nm, lat, lon = exact
        return _arrival(start, in_words(area.kind, area.states), area.short, nm, lat, lon)
    return None


def _zone(area: Area) -> tuple[str, tuple[str, ...]]:
    return area.kind, area.states


def _exact(
    zones: Waters, start: Start, area: Area, nm: float, field: Field
) -> tuple[float, float, float] | None:
    """The nearest point of the zone's own line, where that is what the grid met."""
    for line in zones.nearest_lines(start.lat, start.lon):
        if (
            line.kind == area.kind
            and line.states == area.states
            and abs(line.distance_nm - nm) < 2 * field.cell_nm
        ):
            lat, lon, _ = direct(start.lat, start.lon, line.bearing, line.distance_nm)
            return line.distance_nm, float(lat), float(lon)
    return None


def landfalls(zones: Waters, field: Field, start: Start) -> tuple[Arrival, ...]:
    """Every coast it can reach within the fan, the earliest first; the coasts of data/reach.toml by their own names."""
    away = _shores(field)
    found: dict[str, Arrival] = {}
    for met in _met(field):
        area = zones.areas[met.area]
        if area.kind != "land":
            continue
        for name, nm, row, column in _coasts(field, away, area, met.area):
            near = max(nm - field.cell_nm / 2, 0.0)
            lat, lon = float(field.lat[row]), float(field.lon[column])
            arrival = _arrival(start, f"coast of {name}", name, near, lat, lon)
            if name not in found or arrival.earliest_ms < found[name].earliest_ms:
                found[name] = arrival
    return tuple(sorted(found.values(), key=lambda one: one.earliest_ms))


def _coasts(
    field: Field, away: NDArray[np.float64], area: Area, identifier: int
) -> Iterator[tuple[str, float, int, int]]:
    """The coasts of one land area that are met: name, distance, row, column."""
    holds = (field.areas == identifier).any(axis=2) & np.isfinite(away)
    lon = (field.lon + 180.0) % 360.0 - 180.0
    for coast in rules().coasts:
        if not set(coast.states) & set(area.states):
            continue
        west, east, south, north = coast.box
        within = ((field.lat >= south) & (field.lat <= north))[:, None] & ((lon >= west) & (lon <= east))[
            None, :
        ]
        if (holds & within).any():
            yield (coast.name, *_least(away, holds & within))
        holds &= ~within
    if holds.any():
        yield (area.name.removesuffix(" land"), *_least(away, holds))


def _least(away: NDArray[np.float64], among: NDArray[np.bool_]) -> tuple[float, int, int]:
    at = int(np.where(among, away, np.inf).argmin())
    row, column = divmod(at, away.shape[1])
    return float(away[row, column]), row, column


def _arrival(start: Start, where: str, short: str, nm: float, lat: float, lon: float) -> Arrival:
    early, late = start.arrival(nm)
    return Arrival(where, short, early, late, nm, lat, (lon + 180.0) % 360.0 - 180.0)


def first_asset(of: Sequence[Pursuer], start: Start, is_land: IsLand) -> FirstAsset | None:
    """The first asset that can stand where the target may be: able ones first, the earliest of them."""
    found = [_first(one, start, is_land) for one in of]
    return min(found, key=lambda one: (not one.able, one.at_ms), default=None)


def _first(one: Pursuer, start: Start, is_land: IsLand) -> FirstAsset:
    """When an asset at its highest speed meets the edge of the growing area, and whether it can."""
    speed, ready = one.asset.profile.max_kn, one.held.ready_min / 60
    away = _away(one.lat, one.lon, start.lat, start.lon)
    gap = max(away - start.furthest(0.0), 0.0)
    alone = gap / start.fast_kn
    hours = (
        ready if gap == 0 else alone if alone <= ready else (gap + speed * ready) / (start.fast_kn + speed)
    )
    against = list(_against(one, start, is_land, gap, hours, speed, ready))
    words = f"in the area in {duration(hours)}" if gap else f"in the area already, ready in {duration(ready)}"
    told = f"{words}; {', '.join(against)}" if against else words
    asset = one.asset
    at_ms = start.at_ms + round(hours * HOUR_MS)
    return FirstAsset(asset.ref, asset.name, asset.owner, at_ms, not against, told)


@lru_cache(maxsize=4096)
def _away(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Nautical miles between two places: asked for every copy of a brief, reckoned once."""
    return float(distance_nm(lat, lon, to_lat, to_lon))


@lru_cache(maxsize=4096)
def _land(is_land: IsLand, lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Nautical miles to the first land in the way, reckoned once; NaN for none."""
    return float(first_land(is_land, lat, lon, to_lat, to_lon))


def _against(
    one: Pursuer, start: Start, is_land: IsLand, gap: float, hours: float, speed: float, ready: float
) -> Iterator[str]:
    """Why an asset may not count: not free as far as known, not enough fuel there and back, land in the way."""
    if one.held.availability is not Availability.AVAILABLE:
        yield f"availability {one.held.availability.value}"
    gone = speed * max(hours - ready, 0.0)
    fuel = one.held.fuel_h * asset_rules().full_reach
    if 2 * gone / one.asset.profile.cruise_kn > fuel:
        yield "too far to go and return"
    if gap and not one.rule.flies and _land(is_land, one.lat, one.lon, start.lat, start.lon) < gone:
        yield "land in the way"
