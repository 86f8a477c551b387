"""Overrides of zones: entered, listed and withdrawn. Each act is one commit; nothing is changed or deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from maoc_tui.desk.gate import changing, require_own, speaks_for
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.desk.zone_hand_shapes import outline
from maoc_tui.domain import units
from maoc_tui.domain import zone_override as said
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import format_position, parse_position
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.targets import parse_reference as parse_target
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg, parse_duration, parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.zone_override import Withdrawal, ZoneOverride
from maoc_tui.geo.official_columns import code_of
from maoc_tui.problems import BadInput
from maoc_tui.store import contacts, targets
from maoc_tui.store import zone_overrides as store

RADIUS_NM = 5.0
"""How far about the position an answer entered by hand reaches, when nothing else is said."""
MOST_NM = 100.0
_LONGEST_MS = 366 * 86_400_000


def add(
    room: Room,
    viewer: Viewer,
    kind: str,
    states: str,
    reason: str,
    name: str,
    until: str,
    *,
    status: str = "",
    contact: int = 0,
    target: str = "",
    position: str = "",
    radius: str = "",
    area: str = "",
    marking: Marking | None = None,
) -> ZoneOverride:
    """Record what waters are: about a contact or target where it is now, a circle about a position, or an area.

    All values are as typed. ``name`` is the person who stands for it; ``until`` a time or a duration. Raises BadInput.
    """
    require(viewer, Act.OVERRIDE)
    now, meant = room.clock.now_ms(), said.parse_kind(kind)
    whose = _states(states)
    made = ZoneOverride(
        str(uuid4()), 0, _scope(contact, target, position, area), contact, "", None, None, None, (), "", meant, whose,
        said.parse_status(status, meant, whose), words(reason, "reason", 200), words(name, "name", 80),
        _until(room, until, now), viewer.name, now, marked(viewer, marking),
    )  # fmt: skip
    owner: UUID | None = None
    if made.scope == said.AREA:
        made = replace(made, corners=corners(area), place=words(area, "area", 20_000))
    elif made.scope == said.PLACE:
        made = _about(made, *_typed(position), radius)
    elif made.scope == said.CONTACT:
        made = _about(made, *_heard(room, viewer, contact), "", radius)
    else:
        owner, reference, lat, lon = _target(room, viewer, target)
        made = replace(_about(made, lat, lon, "", radius), target=reference)
    outline(made)
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        return store.add(conn, made, owner)


def withdraw(room: Room, viewer: Viewer, ref: str, reason: str, name: str) -> ZoneOverride:
    """Say that an override no longer counts; both entries stay in the record. Raises BadInput."""
    require(viewer, Act.OVERRIDE)
    now, why, who = room.clock.now_ms(), words(reason, "reason", 200), words(name, "name", 80)
    with changing(room, viewer) as (conn, view):
        held = store.find(view, said.parse_reference(ref))
        require_own(viewer, held.marking)
        if held.withdrawal is not None:
            raise BadInput(f"{held.ref} was withdrawn already.", "Nothing is to be done.")
        gone = Withdrawal(why, who, viewer.name, now)
        store.withdraw(conn, held, gone)
    return replace(held, withdrawal=gone)


def listing(room: Room, viewer: Viewer, *, every: bool = False) -> tuple[ZoneOverride, ...]:
    """The overrides that count now, or with ``every`` expired and withdrawn ones too; the newest first."""
    with room.db.reading(viewer) as conn:
        return tuple(store.load(conn) if every else store.standing(conn, room.clock.now_ms()))


def corners(text: str) -> tuple[tuple[float, float], ...]:
    """The corners of an area: positions in any usual form, parted by semicolons, line feeds or `` / ``.

    Raises BadInput naming the corner that cannot be read.
    """
    found = []
    parts = [part for part in re.split(r"[;\n]|\s/\s", text) if part.strip()]
    for number, part in enumerate(parts, 1):
        try:
            place = parse_position(part)
        except BadInput as problem:
            raise BadInput(f"Corner {number}: {problem.message}", problem.way_out) from None
        found.append((place.lat, place.lon))
    if len(found) < 3:
        raise BadInput(
            f"An area needs three corners or more, not {len(found)}.", "Part the positions by semicolons."
        )
    return tuple(found)


def _scope(contact: int, target: str, position: str, area: str) -> str:
    given = {
        said.CONTACT: contact,
        said.TARGET: target.strip(),
        said.PLACE: position.strip(),
        said.AREA: area.strip(),
    }
    chosen = [scope for scope, value in given.items() if value]
    if len(chosen) != 1:
        raise BadInput(
            "An override is about one thing." if chosen else "What the override is about is missing.",
            "Give a contact, a target, a position, or the corners of an area.",
        )
    return chosen[0]


def _states(text: str) -> tuple[str, ...]:
    found = []
    for word in said.state_words(text):
        code = code_of(word)
        if code is None:
            raise BadInput(
                f"{printable(word, 40)!r} is no state known here.", "Use ISO codes such as PT or PT/ES."
            )
        found.append(code)
    return tuple(dict.fromkeys(found))


def _until(room: Room, text: str, now: int) -> int:
    if not text.strip():
        raise BadInput("When it expires is missing.", "Give a time such as 151200Z, or 12h, or 7d.")
    try:
        until = to_ms(parse_time(text, room.clock.now(), ahead=True))
    except BadInput as problem:
        try:
            until = now + round(parse_duration(text) * 1000)
        except BadInput:
            raise problem from None
    if until <= now:
        raise BadInput("It would have expired already.", "Give a time to come.")
    if until - now > _LONGEST_MS:
        raise BadInput("An override lasts a year at most.", "Enter it again when it expires.")
    return until


def _about(made: ZoneOverride, lat: float, lon: float, text: str, radius: str) -> ZoneOverride:
    reach = units.parse_distance(radius).value if radius.strip() else RADIUS_NM
    if not 0 < reach <= MOST_NM:
        raise BadInput(f"It cannot reach {printable(radius, 40)} far.", f"Give up to {MOST_NM:g} nm.")
    return replace(made, lat=lat, lon=lon, radius_nm=reach, place=text or format_position(lat, lon))


def _typed(position: str) -> tuple[float, float, str]:
    place = parse_position(position)
    return place.lat, place.lon, printable(position, 120)


def _heard(room: Room, viewer: Viewer, key: int) -> tuple[float, float]:
    with room.db.reading(viewer) as conn:
        last = contacts.last(conn, np.array([key], np.int64))
    if not last.known[0] or last.lat[0] != last.lat[0]:
        raise BadInput(
            f"{key_text(key)} has never given a position.", "Enter a circle about a position instead."
        )
    return float(last.lat[0]), float(last.lon[0])


def _target(room: Room, viewer: Viewer, ref: str) -> tuple[UUID, str, float, float]:
    from maoc_tui.desk.targets import sheet

    with room.db.reading(viewer) as conn:
        found = targets.find(conn, parse_target(ref))
    seen = sheet(room, viewer, found.ref).row.seen
    if seen is None:
        raise BadInput(f"No position of {found.ref} is known.", "Record a sighting first, or enter a circle.")
    return found.id, found.ref, seen.lat, seen.lon


def as_json(one: ZoneOverride | None, now_ms: int | None = None) -> dict[str, Any] | None:
    """An override with the keys that scripts rely on; its state when ``now_ms`` is given."""
    if one is None:
        return None
    gone, lon = one.withdrawal, one.lon or 0.0
    place = None if one.lat is None else {"lat": one.lat, "lon": lon, "text": format_position(one.lat, lon)}
    withdrawn = (
        {"reason": gone.reason, "name": gone.name, "by": gone.by, "at": _iso(gone.at_ms)} if gone else None
    )
    value: dict[str, Any] = {
        "ref": one.ref, "scope": one.scope,
        "contact": key_text(one.key) if one.key else None, "target": one.target or None,
        "position": place, "radius_nm": one.radius_nm,
        "area": [list(corner) for corner in one.corners], "entered": one.place,
        "kind": one.kind, "states": list(one.states), "status": one.status, "basis": "hand",
        "reason": one.reason, "name": one.name, "until": _iso(one.until_ms), "by": one.by, "at": _iso(one.at_ms),
        "marking": str(one.marking), "text": one.note, "withdrawn": withdrawn,
    }  # fmt: skip
    return value if now_ms is None else {**value, "state": one.state(now_ms)}


def _iso(ms: int) -> str:
    return f"{from_ms(ms):%Y-%m-%dT%H:%M:%SZ}"


def told(one: ZoneOverride, now_ms: int) -> str:
    """An override in one line, for a person: what, where, why, on whose word, until when, and whether it counts."""
    whose = "/".join(one.states)
    where = {
        said.CONTACT: f"{key_text(one.key) if one.key else ''} within {one.radius_nm or 0:g} nm of {one.place}",
        said.TARGET: f"{one.target} within {one.radius_nm or 0:g} nm of {one.place}",
        said.PLACE: f"within {one.radius_nm or 0:g} nm of {one.place}",
        said.AREA: f"area of {len(one.corners)} corners",
    }[one.scope]
    state = one.state(now_ms)
    if one.withdrawal is not None:
        gone = one.withdrawal
        state = f"WITHDRAWN {format_dtg(from_ms(gone.at_ms))} by {gone.name}: {gone.reason}"
    elif state == "expired":
        state = "EXPIRED, no longer counts"
    what = f"{whose} {one.kind.replace('_', ' ')}".strip()
    return printable(f"{one.ref} {what} ({one.status}): {where}; {one.note}; {state}", 600)
