"""What stands against each interception, in words: first what stops it, then what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.intercept_inputs import Chased, Pursuer
from maoc_tui.desk.intercept_law import Told
from maoc_tui.desk.intercept_snapshots import Limit
from maoc_tui.desk.zone_ahead import duration
from maoc_tui.domain.asset_rules import SeaLimit, rules
from maoc_tui.domain.assets import Availability
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.taskings import Act
from maoc_tui.domain.times import format_dtg
from maoc_tui.geo.geodesy import distance_nm
from maoc_tui.geo.intercept_one import inverse

F64 = NDArray[np.float64]
ORDER = (
    "speed", "availability", "endurance", "range", "land", "law", "sea", "daylight", "team", "motion", "stale",
)  # fmt: skip
"""Kinds of limit in the order they are told, those that stop first."""


@dataclass(frozen=True, slots=True)
class Fuel:
    """What going there and back takes, flat, at cruising speed, of which endurance and range speak."""

    way_nm: F64
    """There and back; there alone where no base is known."""
    homeless: NDArray[np.bool_]
    need_h: F64
    has_h: F64
    has_nm: F64
    """Of the range; NaN where it is not known or part of it is used up."""

    @property
    def short(self) -> NDArray[np.bool_]:
        """Where it cannot be done."""
        return np.asarray((self.need_h > self.has_h) | (self.way_nm > self.has_nm))


@dataclass(frozen=True, slots=True)
class Solved:
    """Geometry of every pair, flat: pursuer by pursuer, each with all targets."""

    hours: F64
    """To contact, the time to get ready included; NaN for none."""
    gap_nm: F64
    gap_ms: F64
    """When it is nearest, where there is no contact."""
    out_nm: F64
    lat: F64
    lon: F64
    dark: NDArray[np.bool_]
    ashore: NDArray[np.bool_]
    """The contact would be on land."""
    land_nm: F64
    """To the first land in the way; NaN for none, and where fuel forbids it anyway."""
    ground_nm: F64
    """The target's way to the first land before contact; NaN for none."""
    fuel: Fuel


def fuel_of(of: Sequence[Pursuer], out_nm: F64, lat: F64, lon: F64) -> Fuel:
    """The fuel of every pair, from its way out and the point of contact, all flat."""
    shape, share = (len(of), -1), rules().full_reach
    profiles = [one.asset.profile for one in of]
    home = np.array([(one.base_lat, one.base_lon) for one in profiles]).reshape(-1, 2)
    back = _home(lat.reshape(shape), lon.reshape(shape), home)
    way = out_nm.reshape(shape) + np.nan_to_num(back)
    cruise = np.array([one.cruise_kn for one in profiles])[:, None]
    has_h = np.array([one.held.fuel_h for one in of])[:, None] * share
    full = [one.asset.profile.range_nm if one.held.position_ms is None else np.nan for one in of]
    has_nm = np.array(full)[:, None] * share
    flat = (way / cruise).ravel(), (has_h + 0 * way).ravel(), (has_nm + 0 * way).ravel()
    return Fuel(way.ravel(), ~np.isfinite(back).ravel(), *flat)


def _home(lat: F64, lon: F64, home: F64) -> F64:
    """Nautical miles from points (pursuers, targets) to each pursuer's base; a single pair the quick way."""
    if lat.size == 1 and np.isfinite(home).all() and np.isfinite(lat[0, 0]):
        single = inverse(float(lat[0, 0]), float(lon[0, 0]), float(home[0, 0]), float(home[0, 1]))
        if single is not None:
            return np.array([[single[0]]])
    return distance_nm(lat, lon, home[:, :1], home[:, 1:])


def of_pursuer(one: Pursuer, sea: SeaLimit | None) -> list[Limit]:
    """What holds of an asset whatever it is sent to."""
    held, profile, limits = one.held, one.asset.profile, list[Limit]()
    if held.availability is Availability.MAINTENANCE:
        limits.append(Limit("availability", True, "in maintenance"))
    elif held.availability is Availability.ON_TASK:
        out = next((task for task in one.tasks if task.act is Act.ON_TASK), None)
        limits.append(Limit("availability", False, f"on task for {out.operation}" if out else "on task"))
    elif held.availability is Availability.UNKNOWN:
        since = (
            f", {held.said.value} was said for {dtg(held.as_of_ms)}" if held.said and held.as_of_ms else ""
        )
        limits.append(Limit("stale", False, f"availability unknown{since}"))
    if held.old and held.position_ms is not None:
        limits.append(Limit("stale", False, f"its position is of {dtg(held.position_ms)}"))
    if profile.team is False:
        limits.append(Limit("team", False, "no boarding team"))
    elif profile.team is None:
        limits.append(Limit("team", False, "boarding team not known"))
    if sea is not None and profile.sea is None:
        limits.append(Limit("sea", False, f"sea {sea}, its limit is not known"))
    elif sea is not None and profile.sea is not None and rules().exceeds(sea, profile.sea):
        limits.append(Limit("sea", True, f"sea {sea}, works up to {profile.sea}"))
    if held.fuel_h != held.fuel_h:
        limits.append(Limit("endurance", False, "fuel not told"))
    return limits


def of_target(one: Chased) -> list[Limit]:
    """What holds of a target whoever goes."""
    if not one.doubt:
        return []
    return [Limit("motion" if one.still else "stale", False, f"target {one.doubt}")]


def all_limits(
    of: Sequence[Pursuer],
    targets: Sequence[Chased],
    solved: Solved,
    law: Sequence[Told],
    sea: SeaLimit | None,
) -> list[tuple[Limit, ...]]:
    """The limits of every pair, flat, in order."""
    by_asset, by_target = [of_pursuer(one, sea) for one in of], [of_target(one) for one in targets]
    columns = (solved.hours, solved.gap_nm, solved.gap_ms, solved.fuel.short, solved.ashore, solved.land_nm)
    figures = zip(*(column.tolist() for column in columns), law, strict=True)
    day_only = [one.asset.profile.daylight for one in of]
    found, wide = [], len(targets)
    for row, pair in enumerate(figures):
        limits = [*_of_pair(solved, row, *pair), *by_asset[row // wide], *by_target[row % wide]]
        if solved.ground_nm[row] == solved.ground_nm[row]:
            limits.append(_aground(float(solved.ground_nm[row]), targets[row % wide]))
        if day_only[row // wide] and solved.dark[row]:
            limits.append(Limit("daylight", True, "dark at contact, works by day only"))
        found.append(tuple(sorted(limits, key=_rank)) if len(limits) > 1 else tuple(limits))
    return found


def _aground(nm: float, target: Chased) -> Limit:
    """The target meets land on its way to the contact: no such contact, or none as far as its motion is sure."""
    words = (
        f"target meets land before contact, in {nm:.0f} nm ({duration(nm / target.speed_kn)}) on its course"
    )
    return Limit("land", not target.doubt, words)


def _rank(limit: Limit) -> tuple[bool, int]:
    return not limit.stops, _PLACE[limit.kind]


_PLACE = {kind: place for place, kind in enumerate(ORDER)}


def _of_pair(
    solved: Solved,
    row: int,
    hours: float,
    gap_nm: float,
    gap_ms: float,
    short: bool,
    ashore: bool,
    land_nm: float,
    law: Told,
) -> list[Limit]:
    if hours != hours:
        return [Limit("speed", True, _missed(gap_nm, gap_ms))]
    limits = list(_fuel_words(solved.fuel, row)) if short else []
    if ashore:
        limits.append(Limit("land", True, "the contact would be ashore"))
    elif land_nm == land_nm:
        limits.append(Limit("land", True, f"land in the way after {land_nm:.0f} nm; go round it"))
    if law.result == "STOP":
        limits.append(Limit("law", True, f"STOP there{_whose(law)}"))
    elif law.result == "ASK":
        limits.append(
            Limit("law", False, f"consent of {', '.join(law.consent_from) or 'another State'} there")
        )
    elif law.result == "LOOK":
        limits.append(Limit("law", False, "to observe only there"))
    return limits


def _missed(gap_nm: float, gap_ms: float) -> str:
    if gap_nm != gap_nm:
        return "cannot be reckoned"
    within = rules().within_h
    return f"stays {gap_nm:.0f} nm off at best, at {dtg(round(gap_ms))}; none within {within:.0f} h"


def _whose(law: Told) -> str:
    return f": consent of {', '.join(law.consent_from)}" if law.consent_from else ""


def _fuel_words(fuel: Fuel, row: int) -> Iterator[Limit]:
    there = "there alone, base not known" if fuel.homeless[row] else "there and back"
    need_h, has_h = float(fuel.need_h[row]), float(fuel.has_h[row])
    if need_h > has_h:
        words = f"{duration(need_h)} {there}, {duration(need_h - has_h)} more than its fuel"
        yield Limit("endurance", True, words)
    if fuel.way_nm[row] > fuel.has_nm[row]:
        words = f"{fuel.way_nm[row]:.0f} nm {there}, range allows {fuel.has_nm[row]:.0f}"
        yield Limit("range", True, words)


def dtg(ms: int | None) -> str:
    """``141200ZDEC22``; "" for no time."""
    return format_dtg(from_ms(ms)) if ms is not None else ""
