"""The demo's requests and clocks: entered as an officer would, through the same desks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import clocks, requests
from maoc_tui.desk.demo_script import Script, instant
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH

_MARKING = "H2 rel MAOC,PT,ES,FR,NL"


def scripts(room: Room, near_ms: int) -> list[Script]:
    """Each request and clock of the demo; their times are of the night nearest to ``near_ms``."""
    raw = tomllib.loads(resources.data("demo", "requests.toml").read_text(encoding="utf-8"))
    asked = [_request(room, entry, near_ms) for entry in raw["request"]]
    return [*asked, *(_clock(room, entry, near_ms) for entry in raw["clock"])]


def _request(room: Room, entry: Mapping[str, Any], near_ms: int) -> Script:
    given = {name: entry.get(name, "") for name in ("acting", "clock", "rule", "measures", "grounds")}
    yield instant(entry["opened"], near_ms)
    made = requests.open_request(
        room, WATCH, entry["target"], entry["kind"], entry["addressee"],
        marking=parse(_MARKING, entry["acting"]), **given,
    )  # fmt: skip
    for step in entry["steps"]:
        yield instant(step["at"], near_ms)
        requests.record(room, WATCH, made.asked.ref, **step)


def _clock(room: Room, entry: Mapping[str, Any], near_ms: int) -> Script:
    yield instant(entry["noted"], near_ms)
    marking = parse(_MARKING, "MAOC")
    clocks.add(room, WATCH, entry["target"], entry["text"], entry["at"], marking=marking)
