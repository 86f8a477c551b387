"""The demo's assets and taskings: entered as their officers would, through the same desks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import assets, tasking
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.demo_operations import people
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import Viewer


def seed_assets(room: Room) -> None:
    """Enter data/demo/assets.toml into the demo's record; its operations must be there."""
    raw = tomllib.loads(resources.data("demo", "assets.toml").read_text(encoding="utf-8"))
    who = people(room)
    refs = {entry["name"]: _asset(room, who[entry["by"]], entry, raw["marking"]) for entry in raw["asset"]}
    for entry in raw["task"]:
        _task(room, who, refs[entry["asset"]], entry, raw["marking"])


def _asset(room: Room, who: Viewer, entry: Mapping[str, Any], marking: str) -> str:
    figures = {name: entry.get(name, "") for name in assets.PROFILE_FIELDS}
    mark = parse(marking, who.partner)
    ref = assets.add(room, who, NewAsset(entry["name"], entry["kind"], **figures, marking=mark)).ref
    for told in entry["reports"]:
        assets.report(room, who, ref, marking=mark, **told)
    return ref


def _task(room: Room, who: Mapping[str, Viewer], asset: str, entry: Mapping[str, Any], marking: str) -> None:
    asker = who[entry["by"]]
    made = tasking.ask(
        room, asker, asset, entry["operation"], entry["words"], at=entry["at"],
        marking=parse(marking, asker.partner),
    )  # fmt: skip
    for answer in entry["answers"]:
        given = {name: value for name, value in answer.items() if name != "by"}
        tasking.record(room, who[answer["by"]], made.ref, **given)
