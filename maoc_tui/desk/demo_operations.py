"""The demo's operations: entered act by act, as the demo's officers would, through the same desks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from maoc_tui import resources
from maoc_tui.desk import operation_decisions, operation_log, operations
from maoc_tui.desk.demo_script import Script, instant
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import CENTRE, WATCH, Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import officers

_MARKING = "H2 rel PT,ES,FR,NL"


def scripts(room: Room, near_ms: int) -> list[Script]:
    """What the demo's officers do in each operation; its times are of the night nearest to ``near_ms``."""
    raw = tomllib.loads(resources.data("demo", "operations.toml").read_text(encoding="utf-8"))
    known = people(room)
    return [_operation(room, known, entry, near_ms) for entry in raw["operation"]]


def _operation(room: Room, known: Mapping[str, Viewer], entry: Mapping[str, Any], near_ms: int) -> Script:
    opener, due = known[entry["opened_by"]], _due(entry["acts"][0], near_ms, 0)
    yield due
    made = operations.open_operation(
        room, opener, entry["name"], entry["target"], marking=parse(_MARKING, opener.partner)
    )
    for act in entry["acts"]:
        due = _due(act, near_ms, due)
        yield due
        _enter(room, known, made.row.ref, act)


def _due(act: Mapping[str, Any], near_ms: int, before_ms: int) -> int:
    """When an act was done: its own time, that at the beginning of its words, or that of the act before."""
    told = re.match(r"[0-9]{4}\b", act.get("text", ""))
    said = act.get("at") or act.get("told_at") or (told[0] if told else "")
    return max(instant(said, near_ms), before_ms) if said else before_ms


def people(room: Room) -> dict[str, Viewer]:
    """The demo's officers by name, each with the role that fits its partner."""
    with room.db.reading(WATCH) as conn:
        return {one.name: _officer(one.name, one.partner, str(one.id)) for one in officers.load(conn)}


def _officer(name: str, partner: str, officer: str) -> Viewer:
    role = Role.COORDINATOR if partner == CENTRE else Role.LIAISON
    return Viewer(name, partner, roles=frozenset({role}), officer=officer)


def _enter(room: Room, known: Mapping[str, Viewer], ref: str, act: Mapping[str, Any]) -> None:
    given = {name: value for name, value in act.items() if name not in ("do", "by")}
    who = known[act["by"]]
    match act["do"]:
        case "field":
            operations.set_state_field(room, who, ref, **given)
        case "step":
            operations.step(room, who, ref, **given)
        case "decide":
            operation_decisions.decide(room, who, ref, **given)
        case "log":
            operation_log.log(room, who, ref, **given)
        case other:
            raise BadInput(f"demo/operations.toml: {other!r} is no act.", "Write field, step, decide or log.")
