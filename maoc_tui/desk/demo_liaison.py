"""The demo's officers, roster and assignments: entered as a coordinator would, through the same desks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import assignments, channels, officers, roster
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import WATCH

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS


def seed(room: Room, begins_ms: int) -> None:
    """Enter data/demo/liaison.toml into the demo's record; ``begins_ms`` is the scenario's first instant."""
    raw = tomllib.loads(resources.data("demo", "liaison.toml").read_text(encoding="utf-8"))
    for entry in raw["officer"]:
        _officer(room, entry)
    for entry in raw["duty"]:
        for at_ms in _turns(entry, begins_ms):
            length = f"{entry['hours']}h"
            roster.add(room, WATCH, entry["officer"], _dtg(at_ms), hours=length, post=entry["post"])
    for entry in raw["assignment"]:
        _assignment(room, entry)
    for entry in raw["not_agreed"]:
        assignments.lead_not_agreed(room, WATCH, entry["target"], entry["reason"])


def _officer(room: Room, entry: Mapping[str, Any]) -> None:
    name = entry["name"]
    officers.add(
        room, WATCH, entry["partner"], name,
        functions=entry["functions"], agency=entry.get("agency", ""), since=entry["since"],
    )  # fmt: skip
    for place, (kind, address, *days) in enumerate(entry["channels"], 1):
        channels.add(room, WATCH, name, kind, address)
        if days:
            channels.verify(room, WATCH, name, place, at=_dtg(room.clock.now_ms() - days[0] * _DAY_MS))


def _turns(entry: Mapping[str, Any], begins_ms: int) -> Iterator[int]:
    every, times = entry.get("again", (0, 1))
    first = begins_ms + entry["from_h"] * _HOUR_MS
    return (first + turn * every * _HOUR_MS for turn in range(times))


def _assignment(room: Room, entry: Mapping[str, Any]) -> None:
    target, partner, role = entry["target"], entry["partner"], entry["role"]
    given, answers = {"officer": entry.get("officer", "")}, entry["answer"]
    assignments.offer(
        room, WATCH, target, partner, role, reason=entry["reason"] if not answers else "", **given
    )
    for answer in answers:
        act = {"accept": assignments.accept, "begin": assignments.begin, "decline": assignments.decline}[
            answer
        ]
        act(room, WATCH, target, partner, role=role, reason=entry["reason"])


def _dtg(ms: int) -> str:
    return format_dtg(from_ms(ms))
