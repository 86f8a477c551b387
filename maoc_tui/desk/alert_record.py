"""The rules that need more than tracks: identities said, zones entered, lines ahead, aircraft low."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from maoc_tui.desk.alert_assets import near_assets
from maoc_tui.desk.alert_memory import said_of
from maoc_tui.desk.zone_ahead import ahead
from maoc_tui.desk.zone_hand_shapes import label
from maoc_tui.desk.zones import in_words
from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.geo.behaviour import identity, low
from maoc_tui.geo.behaviour.identity import Said
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, cause, dtg, short
from maoc_tui.store import contacts, sweeping

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from maoc_tui.desk.alert_memory import Memory
    from maoc_tui.desk.room import Room
    from maoc_tui.domain.reports import Fixes
    from maoc_tui.geo.zones import ZoneIndex
    from maoc_tui.store.contacts import Last

_SAID = ("name", "call_sign", "imo", "registration")
_POINTING = frozenset({"ais_gap", "encounter", "loitering", "jump", "identity_change"})
"""Rules that make a vessel worth following over lines."""
_SHELTERED = frozenset({"land", "internal", "archipelagic", "territorial"})


def find(
    room: Room, conn: Connection, scene: Scene, fixes: Fixes, standing: Sequence[Finding]
) -> list[Finding]:
    """What these rules see; ``standing`` are the alerts that may point at a vessel, of the record and of this sweep."""
    zones = room.zones  # the dataset alone: what officers entered over it is not for everybody
    bound = sorted(_followed(scene, standing, "line_approach"))
    return [
        *_flags(room, conn, scene, sorted(_followed(scene, standing, "flag_mismatch"))),
        *_entries(conn, scene, zones, _followed(scene, standing, "zone_entry")),
        *_lines_ahead(scene, zones, bound, contacts.last(conn, np.array(bound, np.int64))),
        *near_assets(conn, scene),
        *_low(scene, zones, fixes),
    ]


def said(room: Room, conn: Connection, scene: Scene, memory: Memory) -> list[Finding]:
    """Identities that changed, and numbers of one contact that speak of different States."""
    began, rule = memory.value is None, scene.rules["identity_change"]
    since = scene.now_ms - round(rule.of("within_h") * HOUR_MS) if began else 0
    new = sweeping.values_after(conn, memory.value or 0, _SAID, since, scene.now_ms)
    memory.value = sweeping.newest_value(conn)
    for heard in new:
        memory.names.pop(heard.key, None)
    before: dict[tuple[int, str], list[Said]] = {}
    for value in sweeping.values_of(conn, sorted({heard.key for heard in new}), _SAID, scene.now_ms):
        before.setdefault((value.key, value.attribute), []).append(said_of(value))
    found: list[Finding | None] = []
    tables = room.reference.flag_tables
    for one in map(said_of, new):
        if one.attribute == "registration":
            found.append(identity.mismatch(scene, one, tables))
        older = [s for s in before[one.key, one.attribute] if s.first_ms < one.first_ms]
        if older and one.attribute != "registration":
            found.append(identity.changed(scene, one, max(older, key=lambda s: s.last_ms)))
    return [one for one in found if one is not None]


def _flags(room: Room, conn: Connection, scene: Scene, followed: list[int]) -> list[Finding]:
    """Followed vessels whose newest call sign is of another State than their number."""
    signs = sweeping.values_of(conn, followed, ("call_sign",), scene.now_ms)
    newest = {one.key: said_of(one) for one in sorted(signs, key=lambda value: value.last_ms)}
    tables = room.reference.flag_tables
    return [one for said in newest.values() if (one := identity.mismatch(scene, said, tables)) is not None]


def _followed(scene: Scene, standing: Sequence[Finding], rule: str) -> dict[int, list[Finding]]:
    """By contact: the alerts that point at it for a rule, of open traffic, the newest first."""
    oldest = scene.now_ms - scene.rules[rule].of("within_h") * HOUR_MS
    found: dict[int, list[Finding]] = {}
    for one in sorted(standing, key=lambda s: s.last_ms, reverse=True):
        if one.rule in _POINTING and not one.withdrawn and one.last_ms >= oldest:
            for key in one.keys:
                found.setdefault(key, []).append(one)
    return found


def _entries(
    conn: Connection, scene: Scene, zones: ZoneIndex, followed: dict[int, list[Finding]]
) -> list[Finding]:
    """Followed vessels that came into waters of a State after what they are followed for began.

    All that is recent is read every time, whoever swept before: the same entry is the same cause.
    """
    rule = scene.rules["zone_entry"]
    recent = scene.now_ms - round(rule.of("lasts_h") * HOUR_MS)
    found = []
    for row in sweeping.events_of(conn, sorted(followed), recent, scene.now_ms):
        area = zones.areas[int(zones.locate([row.lat], [row.lon])[0])]
        why = next((one for one in followed[row.key] if one.first_ms <= row.at), None)
        if why is None or area.kind not in rule.kinds or row.entered != label(area):
            continue
        evidence = (
            Measure("entered", label(area)),
            Measure("followed for", scene.rules[why.rule].title),
        )
        found.append(
            Finding(
                rule=rule.id, cause=cause(rule.id, short(row.key), row.at), keys=(row.key,), asset="",
                first_ms=row.at, last_ms=row.at, lat=row.lat, lon=row.lon,
                because=f"{scene.called(row.key)} entered {label(area)} at {dtg(row.at)}.",
                evidence=evidence, innocent=rule.innocent, against=(), level=rule.level,
            )
        )  # fmt: skip
    return found


def _lines_ahead(scene: Scene, zones: ZoneIndex, keys: list[int], last: Last) -> list[Finding]:
    """Followed vessels that will cross a line soon."""
    rule, found = scene.rules["line_approach"], []
    for n, key in enumerate(keys):
        speed, course, at = float(last.sog[n]), float(last.cog[n]), int(last.time[n])
        if not (
            speed >= rule.of("speed_kn")
            and course == course
            and scene.now_ms - at < rule.of("heard_min") * MINUTE_MS
        ):
            continue
        place = float(last.lat[n]), float(last.lon[n])
        met = ahead(zones, *place, course, speed, at)
        if met is None or not 0 <= met.at_ms - scene.now_ms <= rule.of("ahead_min") * MINUTE_MS:
            continue
        name = in_words(met.kind, met.states) if met.kind else "waters outside the zone dataset"
        found.append(
            Finding(
                rule=rule.id, cause=cause(rule.id, short(key), name), keys=(key,), asset="",
                first_ms=at, last_ms=at, lat=place[0], lon=place[1],
                because=f"{scene.called(key)} will come into {name} within {rule.limits['ahead_min']}.",
                evidence=(
                    Measure("line", name, f"within {rule.limits['ahead_min']}"),
                    Measure("crossed at", dtg(met.at_ms)),
                    Measure("speed", f"{speed:.1f} kn", f"over {rule.limits['speed_kn']}"),
                ),
                innocent=rule.innocent, against=(), level=rule.level,
            )
        )  # fmt: skip
    return found


def _low(scene: Scene, zones: ZoneIndex, fixes: Fixes) -> list[Finding]:
    """Low aircraft beyond the territorial sea."""
    which = low.suspects(scene, fixes)
    if not len(which):
        return []
    area = zones.locate(fixes.lat[which], fixes.lon[which])
    kinds = [zones.areas[one] if one >= 0 else None for one in area.tolist()]
    return [
        low.finding(scene, fixes, n, label(waters_there))
        for n, waters_there in zip(which.tolist(), kinds, strict=True)
        if waters_there is not None and waters_there.kind not in _SHELTERED
    ]
