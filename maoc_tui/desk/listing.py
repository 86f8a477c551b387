"""Contacts and events as plain rows: what ``maoc contacts`` and ``maoc events`` print, and scripts read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from maoc_tui.desk import picture, selection
from maoc_tui.desk.room import Room
from maoc_tui.desk.snapshots import Picture
from maoc_tui.domain import ageing
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.contacts import ContactClass, Doubt, key_text
from maoc_tui.domain.units import format_position, parse_time
from maoc_tui.domain.viewer import Viewer

_DATES_END_MS = 253_402_300_800_000
"""Year 10000: no time beyond it can be written."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Some rows of the picture, how many the filter selects, and how many contacts there are."""

    rows: list[dict[str, Any]]
    matched: int
    total: int
    dataset: str


def contacts(room: Room, viewer: Viewer, query: str = "", limit: int = 0) -> Listed:
    """The contacts a filter selects, newest fix first; all with ``limit`` 0. BadInput on the filter."""
    shown = picture.load(room, viewer)
    now = room.clock.now_ms()
    rows = selection.select(shown, query, now, room.reference, room.register.members(now))
    rows = rows[np.argsort(-shown.time[rows], kind="stable")]
    states = ageing.states(shown.cls, now - shown.time, room.reference.ageing)
    kept = rows[:limit] if limit else rows
    listed = [contact(room, shown, int(row), ageing.Age(int(states[row])).name.lower()) for row in kept]
    return Listed(listed, len(rows), len(shown), shown.zone_dataset)


def events(room: Room, viewer: Viewer, limit: int = 200, since: str = "") -> list[dict[str, Any]]:
    """The newest zone entries and exits by time of passage, oldest first; all with ``limit`` 0."""
    first_ms = to_ms(parse_time(since, room.clock.now())) if since.strip() else None
    return [
        {
            "id": event.id,
            "contact": key_text(event.key),
            "name": event.name or None,
            "at": iso(event.at),
            "left": event.left or None,
            "entered": event.entered,
            "lat": round(event.lat, 6),
            "lon": round(event.lon, 6),
            "position": format_position(event.lat, event.lon),
            "target": event.target or None,
            "zone_edition": event.edition or None,
        }
        for event in picture.zone_events_by_time(room, viewer, first_ms, limit or None)
    ]


def iso(ms: int) -> str | None:
    """A time as scripts read it: ISO 8601 with Z; None for 0, which stands for no time."""
    if ms == 0 or not abs(ms) < _DATES_END_MS:
        return None
    return from_ms(ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def contact(room: Room, shown: Picture, row: int, age: str) -> dict[str, Any]:
    """One row of the picture as scripts read it; ``age`` is fresh, old or lost."""
    placed = not math.isnan(shown.lat[row])
    zone = int(shown.zone[row])
    return {
        "contact": key_text(int(shown.key[row])),
        "class": ContactClass(int(shown.cls[row])).name.lower(),
        "name": shown.name[row] or None,
        "call_sign": shown.call_sign[row] or None,
        "registration": shown.registration[row] or None,
        "imo": int(shown.imo[row]) or None,
        "flag": shown.flag[row] or None,
        "type": room.reference.ship_type_names.get(int(shown.ship_type[row])),
        "lat": number(shown.lat[row], 6),
        "lon": number(shown.lon[row], 6),
        "position": format_position(float(shown.lat[row]), float(shown.lon[row])) if placed else None,
        "at": iso(int(shown.time[row])),
        "age": age if placed else None,
        "sog": number(shown.sog[row], 1),
        "cog": number(shown.cog[row], 1),
        "heading": number(shown.heading[row], 1),
        "altitude_ft": number(shown.altitude[row], 0),
        "zone": shown.zone_text(row) or None,
        "zone_determined": zone >= 0 and shown.other[row] < 0,
        "zone_note": shown.zones[zone].note or None if zone >= 0 else None,
        "zone_states": list(shown.zones[zone].states) if zone >= 0 else [],
        "doubt": [flag.name.lower() for flag in Doubt if flag and int(shown.doubt[row]) & flag and flag.name],
        "target": shown.target[row] or None,
    }


def number(value: Any, digits: int) -> float | int | None:
    """A number for a script; None when it is not available."""
    if math.isnan(value):
        return None
    return round(float(value), digits) if digits else round(float(value))
