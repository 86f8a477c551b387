"""The demo's targets: recorded as an officer would, from their contacts or from what was seen and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maoc_tui.desk import targets
from maoc_tui.desk.demo_script import Script
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.marking_entry import parse as parse_marking
from maoc_tui.domain.units import format_dtg, format_position
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.feeds.scenario_fleet import target_key

_HOUR_MS = 3_600_000


def scripts(room: Room, scenario: Scenario) -> list[Script]:
    """Each target, known from the beginning, and what is seen of it later."""
    return [_target(room, scenario, entry) for entry in scenario.targets]


def _target(room: Room, scenario: Scenario, entry: Mapping[str, Any]) -> Script:
    yield 0
    marking, seen = _marking(entry), entry.get("sightings", ())
    ref = _add(room, scenario, entry, marking)
    for hours, lat, lon, text in seen:
        at_ms = scenario.begins + int(hours * _HOUR_MS)
        yield at_ms
        at = format_dtg(from_ms(at_ms))
        targets.sight(room, WATCH, ref, format_position(lat, lon), at, entry["source"], text, marking=marking)
    for status in _way_to(entry["status"]):
        targets.set_status(room, WATCH, ref, status, "as the night began")


def _add(room: Room, scenario: Scenario, entry: Mapping[str, Any], marking: Marking) -> str:
    values = {name: str(entry[name]) for name in ("name", "flag", "imo", "call_sign") if name in entry}
    draft = NewTarget(
        description=f"{entry['description']}. {entry.get('note', '')}".strip(),
        kind=entry["kind"], type=entry["type"], values=values, source=entry["source"], marking=marking,
    )  # fmt: skip
    if entry.get("sightings"):
        draft = _as_seen(draft, scenario, entry, room.clock.now_ms())
    key = target_key(entry)
    if key is not None and _heard(room, key):
        return targets.add_from_contact(room, WATCH, key, draft).ref
    if not (draft.position or draft.area):
        _, lat, lon = entry["track"][0]
        draft = replace(draft, position=format_position(lat, lon), radius="50")
    return targets.add(room, WATCH, draft).ref


def _as_seen(draft: NewTarget, scenario: Scenario, entry: Mapping[str, Any], now_ms: int) -> NewTarget:
    """Where it was seen first; only its area where that is still to come."""
    hours, lat, lon, _ = entry["sightings"][0]
    if scenario.begins + int(hours * _HOUR_MS) > now_ms:
        return replace(draft, area=entry["area"])
    return replace(draft, position=format_position(lat, lon), radius="5")


def _heard(room: Room, key: int) -> bool:
    from maoc_tui.desk import picture

    return picture.load(room, WATCH).row(key) >= 0


def _marking(entry: Mapping[str, Any]) -> Marking:
    originator = entry["source"][:2] if entry["source"][2:3] == " " else "MAOC"
    return parse_marking(f"{entry['grade']} H2 rel MAOC,PT,ES,FR", originator)


def _way_to(status: str) -> tuple[str, ...]:
    """The statuses passed on the way from NOMINATED."""
    steps = {
        "NOMINATED": (),
        "ASSESSING": ("ASSESSING",),
        "ACTIVE": ("ACTIVE",),
        "TRACKED": ("ACTIVE", "TRACKED"),
        "LOST": ("ACTIVE", "TRACKED", "LOST"),
    }
    return steps[status]
