"""Where each target was last: by a fix, a sighting, or the place it was entered with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import LastSeen
from maoc_tui.domain import ageing
from maoc_tui.domain.target_record import Link, Sighting, Target
from maoc_tui.geo import geodesy
from maoc_tui.store.targets_heard import Heard

_METRES_PER_NM = 1852.0


def newest(
    target: Target, links: Sequence[Link], sightings: Sequence[Sighting], heard: Mapping[int, Heard]
) -> LastSeen | None:
    """The newest place of a target, without zone or estimate; None when only an area is known.

    The place it was entered with has no time of its own: any fix or sighting comes before it.
    """
    found = _known(target, links, sightings, heard)
    return max(found, key=lambda seen: (seen.how != "entered", seen.at_ms), default=None)


def _known(
    target: Target, links: Sequence[Link], sightings: Sequence[Sighting], heard: Mapping[int, Heard]
) -> Iterable[LastSeen]:
    if target.place is not None:
        place = target.place
        yield LastSeen("entered", target.created_ms, place.lat, place.lon, place.radius_nm)
    for seen in sightings:
        yield LastSeen("sighting", seen.seen_ms, seen.place.lat, seen.place.lon, seen.place.radius_nm)
    for link in links:
        fix = heard.get(link.key)
        if link.holds and fix is not None and fix.time is not None and not np.isnan(fix.lat):
            radius = 0.0 if np.isnan(fix.error_m) else fix.error_m / _METRES_PER_NM
            yield LastSeen("fix", fix.time, fix.lat, fix.lon, radius, fix.key, fix.sog, fix.cog)


def with_zones(room: Room, places: Sequence[LastSeen | None]) -> list[LastSeen | None]:
    """The same places with the short label of their zone."""
    known = [place for place in places if place is not None]
    if not known:
        return list(places)
    zones = room.zones
    located = zones.locate(np.array([p.lat for p in known]), np.array([p.lon for p in known]))
    labels = iter([_label(room, place, int(area)) for place, area in zip(known, located, strict=True)])
    return [None if place is None else replace(place, zone=next(labels)) for place in places]


def _label(room: Room, place: LastSeen, area: int) -> str:
    if area < 0:
        return ""
    short = room.zones.areas[area].short
    touched = room.zones.candidates(place.lat, place.lon, place.radius_nm) if place.radius_nm else []
    return f"{short.rstrip('?')}?" if len(set(touched) | {area}) > 1 else short


def with_estimate(room: Room, place: LastSeen | None, heard: Mapping[int, Heard]) -> LastSeen | None:
    """The same place with a dead-reckoned present position, where the class and age of the fix allow one."""
    if place is None or place.how != "fix":
        return place
    fix, now, limits = heard[place.key], room.clock.now_ms(), room.reference.ageing
    cls, sog, cog = np.array([fix.cls], np.uint8), np.array([fix.sog]), np.array([fix.cog])
    time, status = np.array([place.at_ms]), np.array([fix.status], np.uint8)
    if not ageing.may_reckon(cls, time, sog, cog, status, now, limits)[0]:
        return place
    seconds = (now - place.at_ms) / 1000
    lat, lon = geodesy.dead_reckon([place.lat], [place.lon], cog, sog, [seconds])
    growth = ageing.growth_kn(cls, sog, limits)
    radius = geodesy.doubt_radius_nm([np.nan_to_num(fix.error_m)], [seconds], growth)
    return replace(place, estimate=(float(lat[0]), float(lon[0]), float(radius[0])))
