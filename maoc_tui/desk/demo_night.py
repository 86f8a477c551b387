"""The night of the demo: when it begins and ends, what comes in, and what is looked at when it is over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import targets, watch_log
from maoc_tui.desk.demo_operations import people
from maoc_tui.desk.demo_script import Script, instant
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Night:
    """One watch of the demo, as data/demo/night.toml tells it."""

    opens: int
    """Milliseconds."""
    ends: int
    rate: float
    """Seconds of the night in one real second."""
    who: str
    """The officer whose watch it is."""
    allowed: Mapping[str, int]
    """Minutes within which something is to be done, by what it is."""
    recorded: tuple[tuple[str, int], ...]
    """Names that must stand in the record, and by when (milliseconds)."""
    secrets: tuple[tuple[str, frozenset[str]], ...]
    """Words, and the only partners who may read them."""
    told: tuple[Mapping[str, Any], ...]
    facts: tuple[Mapping[str, Any], ...]

    @classmethod
    def load(cls) -> Night:
        """The night that ships."""
        raw = tomllib.loads(resources.data("demo", "night.toml").read_text(encoding="utf-8"))
        opens, ends = _ms(raw["opens"]), _ms(raw["ends"])
        recorded = ((entry["name"], instant(entry["by"], opens)) for entry in raw["recorded"])
        secrets = ((entry["word"], frozenset(entry["only"])) for entry in raw["secret"])
        return cls(
            opens, ends, float(raw["rate"]), raw["who"], raw["allowed"], tuple(recorded), tuple(secrets),
            tuple(raw["told"]), tuple(raw["fact"]),
        )  # fmt: skip

    def scripts(self, room: Room) -> list[Script]:
        """What comes in beside the acts of the demo's officers."""
        known = people(room)
        told = [_told(room, known[entry["by"]], entry, self.opens) for entry in self.told]
        return [*told, *(_fact(room, known[entry["by"]], entry, self.opens) for entry in self.facts)]


def _ms(moment: datetime) -> int:
    return to_ms(moment)


def _told(room: Room, who: Viewer, entry: Mapping[str, Any], near_ms: int) -> Script:
    yield instant(entry["at"], near_ms)
    watch_log.log(room, who, entry["text"])


def _fact(room: Room, who: Viewer, entry: Mapping[str, Any], near_ms: int) -> Script:
    yield instant(entry["at"], near_ms)
    targets.fact(
        room, who, entry["target"], entry["attribute"], entry["value"], entry["source"],
        marking=parse(entry["marking"], who.partner),
    )  # fmt: skip
