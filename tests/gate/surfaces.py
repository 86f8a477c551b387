"""A record whose hidden statements carry words that stand nowhere else, and ways to read everything back."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from liaison_room import open_room, reopened
from target_room import YACHT

from maoc_tui.desk import (
    assets,
    assigning,
    intercept_options,
    operation_check_ins,
    operation_decisions,
    operation_log,
    operations,
    seizures,
    targets,
    tasking,
    zone_overrides,
)
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.releasing import Draft, propose
from maoc_tui.desk.room import Room
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.safeguards import Answer
from maoc_tui.domain.viewer import WATCH, Viewer

FR_ONLY, TO_ES = "XYZZY", "PLUGH"
"""In everything that is France's alone; in everything that France and the Centre named Spain in."""
MMSI = {FR_ONLY: "226999111", TO_ES: "226999222"}
NOBODYS = "T-9999"
HIDDEN, NAMED = "T-0001", "T-0002"

ES = Viewer("Ortega", "ES", roles=frozenset({Role.LIAISON}))
BE = Viewer("Peeters", "BE", roles=frozenset({Role.LIAISON}))
AUDITOR = Viewer("Ruiz", "ES", roles=frozenset({Role.AUDITOR}))
ES_SEEN_BY_BE = Viewer("x", "ES", roles=frozenset({Role.LIAISON}), seeing_as="ES", behind=BE, read_only=True)
VIEWERS = {"ES": ES, "BE": BE, "auditor": AUDITOR, "BE as ES": ES_SEEN_BY_BE}
HIDDEN_WORDS = {
    "ES": (FR_ONLY, MMSI[FR_ONLY]),
    **dict.fromkeys(("BE", "auditor", "BE as ES"), (FR_ONLY, TO_ES, *MMSI.values())),
}


def record(folder: Path) -> Room:
    """Two targets of France, each with everything that can hang on a target, heard as the same yacht."""
    path = folder / "maoc.db"
    shutil.copy(_template(), path)
    return reopened(path)


@cache
def _template() -> Path:
    """The record, made once: a copy takes no time."""
    folder = Path(tempfile.mkdtemp(prefix="maoc-surfaces-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    room = open_room(folder)
    _fill(room)
    room.close()
    return folder / "maoc.db"


def _fill(room: Room) -> None:
    france = replace(WATCH, name="Moreau", partner="FR")
    for word, rel in ((FR_ONLY, ""), (TO_ES, " rel ES,MAOC,BE")):
        mark = parse(f"B2 H2{rel}", "FR")
        new = NewTarget(
            f"{word} sloop", designation=f"{word}D", area=f"{word}A", position="36 00N 020 00W", at="140200Z",
            source=f"{word}S", marking=mark,
            values={"name": f"{word} MARU", "mmsi": MMSI[word], "call_sign": f"{word}C"},
        )  # fmt: skip
        ref = targets.add(room, france, new).ref
        targets.sight(room, france, ref, "36 10N 020 10W", "140230Z", f"{word}P", f"{word}T", marking=mark)
        targets.link(room, france, ref, YACHT, f"{word}L", marking=mark)
        targets.rename(room, france, ref, f"{word}N", f"{word}R")
        zone_overrides.add(
            room, france, "high_seas", "", f"{word}Z", f"{word}B", "12h", target=ref, marking=mark
        )
        assigning.lead_not_agreed(room, france, ref, f"{word}Q")
        _intercept(room, france, ref, word, mark)
        _asset(room, france, ref, word, mark)
        need = {"Q01": Answer("yes", f"{word}I")}
        draft = Draft(ref, "PT", answers=need, emergency=True, threat=f"{word}E", condition=f"{word}K")
        propose(room, france, draft)
        _seizure(room, france, word, mark)


def _seizure(room: Room, france: Viewer, word: str, mark: Marking) -> None:
    """An event of the ledger with a line of every kind: SZ-0001 and SF-0001 are France's alone."""
    said = seizures.Said(source=f"{word}U", text=f"{word}V", marking=mark)
    stated = (seizures.Statement("vessel", f"{word} MARU"), seizures.Statement("lead", "FR"))
    find = seizures.NewFind("cocaine", weight="900 kg", hidden=f"{word}W")
    ref = seizures.add(
        room,
        france,
        seizures.NewSeizure("2022-12-13", text=f"{word}X", statements=stated, find=find, said=said),
    ).ref
    seizures.persons(room, france, ref, "arrested", "4", said=said)
    seizures.transfer(room, france, ref, f"{word}Y", seal=f"{word}Z", said=said)


def _intercept(room: Room, france: Viewer, ref: str, word: str, mark: Marking) -> None:
    """An operation on a target with everything that can hang on it; its number is that of the target."""
    op = operations.open_operation(room, france, f"{word}OP", ref, marking=mark).row.ref
    operations.set_state_field(room, france, op, "lead", "FR", f"{word}FS")
    operations.basis(room, france, op, "R26", f"{word}BA")
    operations.team(room, france, op, f"{word}TE")
    operation_check_ins.check_in_every(room, france, op, f"{word}TE", 15)
    decision = {"who": f"{word}WH", "authority": f"{word}AU", "right": f"{word}RI", "state": "FR"}
    operation_decisions.decide(room, france, op, **decision)
    line = operation_log.log(room, france, op, f"0301 {word}LO 0500Z")
    operation_log.correct(room, france, line.ref, f"{word}CO 0600Z", f"{word}RE")
    operation_log.clock(room, france, line.ref)
    assigning.lead_not_agreed(room, france, op, f"{word}LN")


def _asset(room: Room, france: Viewer, ref: str, word: str, mark: Marking) -> None:
    """An asset asked for the operation on a target, and chosen for it; its number is that of the target."""
    op = ref.replace("T-", "OP-")
    new = NewAsset(
        f"{word}AN", "ship", base=f"{word}AB", base_position="36 00N 018 00W", cruise="15", marking=mark
    )
    made = assets.add(room, france, new).ref
    assets.report(room, france, made, availability="available", text=f"{word}AT", marking=mark)
    task = tasking.ask(room, france, made, op, f"{word}AW", target=ref, marking=mark).ref
    tasking.record(room, france, task, "accepted", who=f"{word}AX", text=f"{word}AY")
    intercept_options.choose(
        room, france, op, made, ref, f"{word}AZ", target_speed="5", target_course="90", marking=mark
    )


def told(value: Any) -> str:
    """Everything in a value, as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(told(getattr(value, f.name)) for f in fields(value))
    if isinstance(value, np.ndarray):
        return " ".join(map(told, value.tolist())) if value.dtype == object else ""
    if isinstance(value, Mapping):
        return " ".join(f"{told(k)} {told(v)}" for k, v in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return " ".join(map(told, value))
    return str(value)


def leaks(text: str, viewer: str) -> list[str]:
    """The hidden words in a text."""
    return [word for word in HIDDEN_WORDS[viewer] if word in text]
