"""The rules that need more than tracks: identities said, zones entered, lines ahead, assets near, aircraft low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from maoc_tui.desk.intercept_inputs import pursuers
from maoc_tui.desk.zone_ahead import ahead
from maoc_tui.desk.zone_hand_shapes import label
from maoc_tui.desk.zones import in_words
from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.geo.behaviour import identity, low
from maoc_tui.geo.behaviour.identity import Said
from maoc_tui.geo.behaviour.near import Places
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, cause, dtg, short, span
from maoc_tui.geo.cpa import approach
from maoc_tui.store import contacts, events, sweeping

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from maoc_tui.desk.alert_memory import Memory
    from maoc_tui.desk.intercept_inputs import Pursuer
    from maoc_tui.desk.room import Room
    from maoc_tui.domain.reports import Fixes
    from maoc_tui.geo.zones import ZoneIndex
    from maoc_tui.store.contacts import Last

_SAID = ("name", "call_sign", "imo", "registration")
_POINTING = frozenset({"ais_gap", "encounter", "loitering", "jump", "identity_change"})
"""Rules that make a vessel worth following over lines."""
_ITSELF_NM = 0.25
"""A contact so near to an asset is the asset itself, or its boat."""
_SHELTERED = frozenset({"land", "internal", "archipelagic", "territorial"})
_LINES = 2_000
"""Zone events looked at in one sweep."""


def find(
    room: Room,
    conn: Connection,
    scene: Scene,
    memory: Memory,
    fixes: Fixes,
    standing: Sequence[Finding],
    *,
    began: bool,
) -> list[Finding]:
    """What these rules see since the last sweep."""
    zones = room.zones  # the dataset alone: what officers entered over it is not for everybody
    followed = _followed(scene, standing)
    last = contacts.last(conn, np.array(sorted(followed), np.int64))
    return [
        *said(room, conn, scene, memory, began=began),
        *_flags(room, conn, scene, sorted(followed)),
        *_entries(conn, scene, memory, zones, followed, began=began),
        *_lines_ahead(scene, zones, sorted(followed), last),
        *_near_assets(conn, scene),
        *_low(scene, zones, fixes),
    ]


def said(room: Room, conn: Connection, scene: Scene, memory: Memory, *, began: bool) -> list[Finding]:
    """Identities that changed, and numbers of one contact that speak of different States."""
    since = scene.now_ms - 24 * HOUR_MS if began else 0
    new = sweeping.values_after(conn, 0 if began else memory.value, _SAID, since)
    memory.value = sweeping.newest_value(conn)
    for heard in new:
        memory.names.pop(heard.key, None)
    before: dict[tuple[int, str], list[Said]] = {}
    for value in sweeping.values_of(conn, sorted({heard.key for heard in new}), _SAID):
        before.setdefault((value.key, value.attribute), []).append(_said(value))
    found: list[Finding | None] = []
    tables = room.reference.flag_tables
    for one in map(_said, new):
        if one.attribute == "registration":
            found.append(identity.mismatch(scene, one, tables))
        older = [s for s in before[one.key, one.attribute] if s.first_ms < one.first_ms]
        if older and one.attribute != "registration":
            found.append(identity.changed(scene, one, max(older, key=lambda s: s.last_ms)))
    return [one for one in found if one is not None]


def _flags(room: Room, conn: Connection, scene: Scene, followed: list[int]) -> list[Finding]:
    """Followed vessels whose newest call sign is of another State than their number."""
    newest = {one.key: _said(one) for one in sorted(
        sweeping.values_of(conn, followed, ("call_sign",)), key=lambda value: value.last_ms
    )}  # fmt: skip
    tables = room.reference.flag_tables
    return [one for said in newest.values() if (one := identity.mismatch(scene, said, tables)) is not None]


def _said(value: sweeping.Value) -> Said:
    return Said(**{f.name: getattr(value, f.name) for f in fields(Said)})


def _followed(scene: Scene, standing: Sequence[Finding]) -> dict[int, Finding]:
    """By contact: the newest alert that points at it, of open traffic."""
    oldest = scene.now_ms - scene.rules["zone_entry"].of("within_h") * HOUR_MS
    found: dict[int, Finding] = {}
    for one in sorted(standing, key=lambda s: s.last_ms):
        if one.rule in _POINTING and not one.withdrawn and one.last_ms >= oldest:
            found.update(dict.fromkeys(one.keys, one))
    return found


def _entries(
    conn: Connection,
    scene: Scene,
    memory: Memory,
    zones: ZoneIndex,
    followed: dict[int, Finding],
    *,
    began: bool,
) -> list[Finding]:
    """Followed vessels that came into waters of a State since the last sweep."""
    rule = scene.rules["zone_entry"]
    rows = [] if began else events.read(conn, memory.event, _LINES)
    memory.event = sweeping.newest_event(conn)
    found = []
    for row in rows:
        area = zones.areas[int(zones.locate([row.lat], [row.lon])[0])]
        if row.key not in followed or area.kind not in rule.kinds or row.entered != label(area):
            continue
        evidence = (
            Measure("entered", label(area)),
            Measure("followed for", scene.rules[followed[row.key].rule].title),
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
        if not (speed >= rule.of("speed_kn") and course == course and scene.now_ms - at < HOUR_MS):
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


def _near_assets(conn: Connection, scene: Scene) -> list[Finding]:
    """Contacts that will come close to an asset whose position is fresh."""
    rule, recent = scene.rules["asset_cpa"], scene.recent
    fresh = [
        one
        for one in pursuers(conn, (), scene.now_ms)
        if one.held.position_ms is not None
        and scene.now_ms - one.held.position_ms <= rule.of("asset_age_min") * MINUTE_MS
    ]
    row = np.flatnonzero(scene.now_ms - recent.time <= HOUR_MS // 2)
    if not fresh or not len(row):
        return []
    lat, lon = (np.array([getattr(one, name) for one in fresh]) for name in ("lat", "lon"))
    places = Places.build(recent.at_lat[row], recent.at_lon[row], rule.of("range_nm"))
    who, found, _ = places.within(lat, lon)
    last = contacts.last(conn, recent.key[row[found]])
    return [
        one
        for n, (asset, at) in enumerate(zip(who.tolist(), row[found].tolist(), strict=True))
        if (one := _close(scene, fresh[asset], int(recent.key[at]), last, n)) is not None
    ]


def _close(scene: Scene, asset: Pursuer, key: int, last: Last, n: int) -> Finding | None:
    """A contact and an asset, if they come close."""
    rule, held = scene.rules["asset_cpa"], asset.held
    course, speed = (held.course, held.speed_kn) if held.speed_kn > 0 else (0.0, 0.0)
    mine = (asset.lat, asset.lon, course if course == course else 0.0, speed, scene.now_ms / 1000)
    theirs = (last.lat[n], last.lon[n], last.cog[n], last.sog[n], last.time[n] / 1000)
    met = approach(theirs, mine, scene.now_ms / 1000)
    cpa, minutes, now_nm = float(met.distance_nm), float(met.hours) * 60, float(met.now_nm)
    if not (cpa <= rule.of("cpa_nm") and 0 < minutes <= rule.of("tcpa_min") and now_nm > _ITSELF_NM):
        return None
    ref, at = asset.asset.ref, int(last.time[n])
    return Finding(
        rule=rule.id, cause=cause(rule.id, ref, short(key)), keys=(key,), asset=ref, first_ms=at, last_ms=at,
        lat=float(last.lat[n]), lon=float(last.lon[n]),
        because=f"{scene.called(key)} will pass close to {ref} {asset.asset.name}.",
        evidence=(
            Measure("closest approach", f"{cpa:.1f} nm", f"within {rule.limits['cpa_nm']}"),
            Measure("in", span(minutes * MINUTE_MS), f"within {rule.limits['tcpa_min']}"),
            Measure("now", f"{now_nm:.1f} nm"),
        ),
        innocent=rule.innocent, against=(), level=rule.level,
    )  # fmt: skip


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
