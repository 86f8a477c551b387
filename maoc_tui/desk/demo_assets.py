"""The demo's assets and taskings: entered as their officers would, through the same desks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import assets, operations, tasking
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.demo_operations import people
from maoc_tui.desk.demo_script import Script, instant
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput


def scripts(room: Room, near_ms: int) -> list[Script]:
    """Each asset with what is told of it, then each tasking; times are of the night nearest to ``near_ms``.

    The assets themselves are known from the beginning.
    """
    raw = tomllib.loads(resources.data("demo", "assets.toml").read_text(encoding="utf-8"))
    who, refs = people(room), dict[str, str]()
    told = [_asset(room, who[entry["by"]], entry, raw["marking"], refs, near_ms) for entry in raw["asset"]]
    return [*told, *(_task(room, who, refs, entry, raw["marking"], near_ms) for entry in raw["task"])]


def _asset(
    room: Room, who: Viewer, entry: Mapping[str, Any], marking: str, refs: dict[str, str], near_ms: int
) -> Script:
    yield 0
    figures = {name: entry.get(name, "") for name in assets.PROFILE_FIELDS}
    mark = parse(marking, who.partner)
    ref = assets.add(room, who, NewAsset(entry["name"], entry["kind"], **figures, marking=mark)).ref
    refs[entry["name"]] = ref
    for told in entry["reports"]:
        yield instant(told["as_of"], near_ms)
        assets.report(room, who, ref, marking=mark, **told)


def _task(
    room: Room, who: Mapping[str, Viewer], refs: Mapping[str, str], entry: Mapping[str, Any], marking: str,
    near_ms: int,
) -> Script:  # fmt: skip
    yield instant(entry["at"], near_ms)
    asker = who[entry["by"]]
    made = tasking.ask(
        room, asker, refs[entry["asset"]], _about(room, entry["about"]), entry["words"], at=entry["at"],
        marking=parse(marking, asker.partner),
    )  # fmt: skip
    for answer in entry["answers"]:
        yield instant(answer["at"], near_ms)
        given = {name: value for name, value in answer.items() if name != "by"}
        tasking.record(room, who[answer["by"]], made.ref, **given)


def _about(room: Room, target: str) -> str:
    """The operation on a target; in a night others may have been opened before it."""
    found = [one.ref for one in operations.operations(room, WATCH) if target in one.targets]
    if not found:
        raise BadInput(f"There is no operation on {target} yet.", "Open one first.")
    return found[0]
