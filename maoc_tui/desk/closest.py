"""How close any two objects come: targets, assets, contacts or bare positions, brought to one time first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from maoc_tui.desk.intercept_inputs import chased, everyone
from maoc_tui.desk.intercept_snapshots import Closest
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_ahead import check, duration, zulu
from maoc_tui.domain.contacts import key_text, parse_key
from maoc_tui.domain.positions import parse_position
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.times import format_span
from maoc_tui.domain.units import format_distance_nm, format_position, parse_course, parse_speed
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.what_if import WhatIf
from maoc_tui.geo.cpa import MAX_HOURS, approach
from maoc_tui.geo.rhumb import dead_reckon
from maoc_tui.problems import BadInput
from maoc_tui.store.targets_heard import heard

_HOUR_MS = 3_600_000
_BARE = "Write it as T-0417, AS-0007, ais:263601890, or POSITION/COURSE/SPEED such as 38.0,-9.5/090/12."


@dataclass(frozen=True, slots=True)
class _Moving:
    name: str
    lat: float
    lon: float
    course: float
    speed_kn: float
    at_ms: int
    still: bool = False
    """Taken to lie still for want of course or speed."""


def closest(room: Room, viewer: Viewer, first: str, second: str, at_ms: int | None = None) -> Closest:
    """Closest point of approach of two objects from an instant on. Raises BadInput for what is not known."""
    require(viewer, Act.READ)
    at = room.clock.now_ms() if at_ms is None else at_ms
    with room.db.reading(viewer) as conn:
        one, other = (_object(room, viewer, conn, text, at) for text in (first, second))
    return of(one, other, at)


def place(room: Room, viewer: Viewer, text: str) -> tuple[str, float, float]:
    """What an object is called and where it is now, in degrees; a bare position stands for itself."""
    require(viewer, Act.READ)
    try:
        found = parse_position(text)
    except BadInput:
        with room.db.reading(viewer) as conn:
            one = _object(room, viewer, conn, text, room.clock.now_ms())
        return one.name, one.lat, one.lon
    return format_position(found.lat, found.lon), found.lat, found.lon


def of(one: _Moving, other: _Moving, at_ms: int) -> Closest:
    """The closest approach of two objects at an instant."""
    first, second = ((m.lat, m.lon, m.course, m.speed_kn, m.at_ms / 1000) for m in (one, other))
    found = approach(first, second, at_ms / 1000)
    hours, distance = float(found.hours), float(found.distance_nm)
    if not (hours == hours and distance == distance):
        raise _beyond(one, other, at_ms)
    return Closest(
        first=one.name,
        second=other.name,
        at_ms=at_ms,
        now_nm=float(found.now_nm),
        distance_nm=distance,
        hours=hours,
        closest_ms=at_ms + round(hours * _HOUR_MS),
        lat=float(found.lat),
        lon=float(found.lon),
        other_lat=float(found.other_lat),
        other_lon=float(found.other_lon),
        text=_words(one, other, float(found.now_nm), distance, hours, at_ms),
    )


def _beyond(one: _Moving, other: _Moving, at_ms: int) -> BadInput:
    """Why two objects have no closest approach: the one whose track leads over a pole, or whose place is not known."""
    ends = (dead_reckon(m.lat, m.lon, m.course, m.speed_kn, (at_ms - m.at_ms) / 1000) for m in (one, other))
    lost = [m for m, end in zip((one, other), ends, strict=True) if not np.isfinite(end).all()]
    old = max(lost or (one, other), key=lambda m: at_ms - m.at_ms)
    return _lost(old.name, at_ms - old.at_ms)


def _lost(name: str, age_ms: int) -> BadInput:
    return BadInput(
        f"Where {name} is cannot be reckoned: it was heard {format_span(age_ms / 1000)} ago, its course passes a pole.",
        "Give a position with course and speed in its place.",
    )


def _words(one: _Moving, other: _Moving, now_nm: float, distance: float, hours: float, at_ms: int) -> str:
    still = [m.name for m in (one, other) if m.still]
    doubt = f"; {' and '.join(still)} taken to lie still, its motion is not known" if still else ""
    now = format_distance_nm(now_nm)
    if hours > 0:
        when = zulu(at_ms + round(hours * _HOUR_MS))
        more = ", still closing then" if hours >= MAX_HOURS else ""
        return f"{format_distance_nm(distance)} in {duration(hours)} at {when}{more}; {now} now{doubt}"
    if hours < 0:
        return f"opening; {now} now, closest {duration(-hours)} ago{doubt}"
    return f"{now}, and it stays{doubt}"


def bare(text: str, at_ms: int) -> _Moving | None:
    """``POSITION/COURSE/SPEED`` at an instant; None for anything else. Raises BadInput for parts that cannot be."""
    parts = text.rsplit("/", 2)
    if len(parts) != 3:
        return None
    place, course, speed = parse_position(parts[0]), parse_course(parts[1]), parse_speed(parts[2]).value
    check(course, speed)
    return _Moving(parts[0].strip()[:40], place.lat, place.lon, course, speed, at_ms)


def _object(room: Room, viewer: Viewer, conn: Connection, text: str, at_ms: int) -> _Moving:
    word = text.strip()
    found = bare(word, at_ms)
    if found is not None:
        return found
    if ":" in word:
        return _contact(conn, word)
    if word.upper().startswith("AS"):
        (one,) = everyone(conn, [word], at_ms)
        if not one.placed:
            raise one.nowhere
        moves = one.held.speed_kn == one.held.speed_kn and one.held.course == one.held.course
        motion = (one.held.course, one.held.speed_kn) if moves else (0.0, 0.0)
        away = one.held.position_ms is not None and not moves
        return _Moving(one.asset.ref, one.lat, one.lon, *motion, at_ms, still=away)
    if not word:
        raise BadInput("An object is missing.", _BARE)
    (target,) = chased(room, viewer, conn, [word], at_ms, WhatIf())
    if not target.lat == target.lat:
        raise _lost(target.row.ref, at_ms - target.seen.at_ms)
    motion = (0.0, 0.0) if target.still else (target.course, target.speed_kn)
    return _Moving(target.row.ref, target.lat, target.lon, *_at_rest(motion), at_ms, still=target.still)


def _at_rest(motion: tuple[float, float]) -> tuple[float, float]:
    """A course nobody knows does not matter to what lies still."""
    course, speed = motion
    return (course, speed) if course == course else (0.0, 0.0)


def _contact(conn: Connection, text: str) -> _Moving:
    key = parse_key(text)
    found = heard(conn, {key}).get(key)
    if found is None or found.time is None or not found.lat == found.lat:
        raise BadInput(f"No position of {key_text(key)} was heard.", _BARE)
    moves = found.sog == found.sog and (found.cog == found.cog or found.sog < 0.5)
    motion = _at_rest((found.cog, found.sog)) if moves else (0.0, 0.0)
    return _Moving(found.name or key_text(key), found.lat, found.lon, *motion, found.time, still=not moves)
