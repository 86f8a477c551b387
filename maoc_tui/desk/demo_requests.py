"""The demo's requests and clocks: entered as an officer would, through the same desks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import clocks, requests
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH

_MARKING = "H2 rel MAOC,PT,ES,FR,NL"


def seed_requests(room: Room) -> None:
    """Enter data/demo/requests.toml into the demo's record."""
    raw = tomllib.loads(resources.data("demo", "requests.toml").read_text(encoding="utf-8"))
    for entry in raw["request"]:
        _request(room, entry)
    for entry in raw["clock"]:
        marking = parse(_MARKING, "MAOC")
        clocks.add(room, WATCH, entry["target"], entry["text"], entry["at"], marking=marking)


def _request(room: Room, entry: Mapping[str, Any]) -> None:
    given = {name: entry.get(name, "") for name in ("acting", "clock", "rule", "measures", "grounds")}
    made = requests.open_request(
        room, WATCH, entry["target"], entry["kind"], entry["addressee"],
        marking=parse(_MARKING, entry["acting"]), **given,
    )  # fmt: skip
    for step in entry["steps"]:
        requests.record(room, WATCH, made.asked.ref, **step)
