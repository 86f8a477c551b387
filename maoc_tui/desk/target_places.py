"""Where each target was last: by a fix, a sighting, or the place it was entered with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from maoc_tui.desk.room import Room
from maoc_tui.desk.snapshots import either
from maoc_tui.desk.target_snapshots import LastSeen
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.desk.zone_hand_shapes import label
from maoc_tui.domain import ageing
from maoc_tui.geo import geodesy
from maoc_tui.store.targets_heard import Heard
from maoc_tui.store.targets_listing import Head, Hearing, Listed, Seen

_METRES_PER_NM = 1852.0
_KEPT = 20_000
"""Circles whose zones are remembered."""


def newest(listed: Listed, head: Head) -> LastSeen | None:
    """The newest place of a target, without zone or estimate; None when only an area is known.

    The place it was entered with has no time of its own: any fix or sighting comes before it.
    """
    found = list(_heard(listed.heard.get(head.id, ())))
    seen = listed.seen.get(head.id)
    if seen is not None:
        found.insert(0, _sighted(seen))
    if found:
        return max(found, key=lambda place: place.at_ms)
    if head.lat is None or head.lon is None:
        return None
    return LastSeen("entered", head.created_ms, head.lat, head.lon, head.radius_nm or 0.0)


def _sighted(seen: Seen) -> LastSeen:
    return LastSeen("sighting", seen.seen_ms, seen.lat, seen.lon, seen.radius_nm)


def _heard(lines: Iterable[Hearing]) -> Iterator[LastSeen]:
    for line in lines:
        if line.time is not None and line.lat is not None and line.lon is not None:
            radius = (line.error_m or 0) / _METRES_PER_NM
            sog, cog = _tenths(line.sog), _tenths(line.cog)
            yield LastSeen("fix", line.time, line.lat / 1e7, line.lon / 1e7, radius, line.key, sog, cog)


def _tenths(value: int | None) -> float:
    return float("nan") if value is None else value / 10


def with_zones(
    zones: Waters, refs: Sequence[str], places: Sequence[LastSeen | None]
) -> list[LastSeen | None]:
    """The same places, of the targets of these references, with the short label of their zone."""
    known = [(ref, place) for ref, place in zip(refs, places, strict=True) if place is not None]
    if not known:
        return list(places)
    located = zones.locate(np.array([p.lat for _, p in known]), np.array([p.lon for _, p in known])).tolist()
    told = [_label(zones, ref, place, area) for (ref, place), area in zip(known, located, strict=True)]
    labels = iter(told)
    return [None if place is None else replace(place, zone=next(labels)) for place in places]


def _label(zones: Waters, ref: str, place: LastSeen, area: int) -> str:
    if (own := zones.for_one(place.key, ref, place.lat, place.lon)) is not None:
        return zones.areas[zones.area_of(own)].short
    if area < 0:
        return ""
    other = _other(zones, place)
    short = label(zones.areas[area])
    return short if other < 0 else either(short, label(zones.areas[other]))


_circles: WeakKeyDictionary[Waters, dict[tuple[float, float, float], int]] = WeakKeyDictionary()


def _other(zones: Waters, place: LastSeen) -> int:
    """Another zone that the circle touches, or -1; remembered, for most targets are where they were."""
    kept = _circles.setdefault(zones, {})
    circle = (place.lat, place.lon, place.radius_nm)
    answer = kept.get(circle)
    if answer is None:
        if len(kept) >= _KEPT:
            kept.clear()
        answer = kept[circle] = int(zones.others(*circle)[0])
    return answer


def with_estimate(room: Room, place: LastSeen | None, fix: Heard | None) -> LastSeen | None:
    """The same place with a dead-reckoned present position, where the class and age of its fix allow one."""
    if place is None or fix is None:
        return place
    now, limits = room.clock.now_ms(), room.reference.ageing
    cls, sog, cog = np.array([fix.cls], np.uint8), np.array([fix.sog]), np.array([fix.cog])
    time, status = np.array([place.at_ms]), np.array([fix.status], np.uint8)
    if not ageing.may_reckon(cls, time, sog, cog, status, now, limits)[0]:
        return place
    seconds = (now - place.at_ms) / 1000
    lat, lon = geodesy.dead_reckon([place.lat], [place.lon], cog, sog, [seconds])
    growth = ageing.growth_kn(cls, sog, limits)
    radius = geodesy.doubt_radius_nm([np.nan_to_num(fix.error_m)], [seconds], growth)
    return replace(place, estimate=(float(lat[0]), float(lon[0]), float(radius[0])))
