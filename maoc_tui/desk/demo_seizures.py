"""The demo's ledger of seizures: entered as officers would, through the same desk."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said, Statement
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH


def seed_seizures(room: Room) -> None:
    """Enter data/demo/seizures.toml into the demo's record."""
    raw = tomllib.loads(resources.data("demo", "seizures.toml").read_text(encoding="utf-8"))
    for entry in raw["event"]:
        _event(room, entry)


def _event(room: Room, entry: Mapping[str, Any]) -> None:
    marking = parse(f"B2 H2 rel {entry['rel']}", entry["originator"])
    said = Said(at=entry["at"], source=entry["source"], marking=marking)
    stated = tuple(Statement(*words) for words in entry["statements"])
    found = NewFind(**entry["find"])
    ref = seizures.add(room, WATCH, NewSeizure(entry["when"], statements=stated, find=found, said=said)).ref
    for given in entry["weights"]:
        words = Said(at=given.pop("at"), source=given.pop("source"), marking=marking)
        seizures.weigh(room, WATCH, ref, **given, said=words)
    for given in entry["persons"]:
        words = Said(at=entry["at"], source=given.pop("source"), marking=marking)
        seizures.persons(room, WATCH, ref, **given, said=words)
    for given in entry["custody"]:
        words = Said(at=given.pop("at"), source=entry["source"], marking=marking)
        seizures.transfer(room, WATCH, ref, **given, said=words)
    if "jettisoned" in entry:
        seizures.find(room, WATCH, ref, NewFind(jettisoned=True, **entry["jettisoned"]), said)
