"""A record with events and operations of several months, and one event that is the Centre's alone."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from uuid import uuid4

from liaison_room import COORDINATOR, open_room
from seizure_room import ES, FR, SHARED, event
from target_room import NOW, Zones

from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, Said, Statement
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import Act, Kind
from maoc_tui.domain.spans import parse_span
from maoc_tui.settings import Settings
from maoc_tui.store import operations
from maoc_tui.store.database import Database

__all__ = ["COORDINATOR", "ES", "FR", "HIDDEN_KG", "OURS", "SHARED", "copied", "filled", "operation", "ours"]
OURS = parse("H2", "MAOC")
HIDDEN_KG = 7_777
"""Of the event that is the Centre's alone; it stands in no other figure, nor in a sum without it."""


def filled(folder: Path, words: str = "") -> Room:
    """Four events that Spain and France see, three operations, and what is hidden from them."""
    room = open_room(folder)
    for when, vessel, kind, flag, weight, basis, where in (
        ("2022-09-03", "AURORA", "sail", "PL", "1200 kg", "net", "36 00N 020 00W"),
        ("2022-10-19", "MAR CLARO", "sail", "PL", "1688 kg", "net", "36 00N 010 00W"),
        ("2022-11-08", "NO NAME", "go-fast", "none", "840 kg", "estimated", ""),
        ("2022-11-30", "ESTRELA", "fish", "BR", "2960 kg", "gross", "36 00N 015 00W ±30 nm"),
    ):
        stated = [Statement("vessel", f"{vessel}{words}"), Statement("type", kind), Statement("flag", flag)]
        stated += [Statement("lead", "ES"), Statement("credit-asset", "ES 1/2, FR 1/2")]
        stated += [Statement("position", where, "reported")] if where else []
        find = NewFind("cocaine", weight=weight, basis=basis, official=basis != "estimated")
        event(room, when=when, statements=tuple(stated), find=find)
    ours(room, "2022-11-20")
    operation(room, 31, SHARED, "2022-10-19", "seized")
    operation(room, 32, SHARED, "2022-11-08", "boarded_clean")
    operation(room, 33, SHARED, "2022-11-30", "")
    operation(room, 34, OURS, "2022-11-30", "seized")
    return room


def copied(folder: Path) -> Room:
    """The same record, made once and copied: for tests that write."""
    shutil.copy(_template(), folder / "maoc.db")
    room = Room(Database.open(folder / "maoc.db"), ScenarioClock(NOW, 0.0), Settings())
    room._zones = Zones()  # type: ignore[assignment]
    return room


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="maoc-figures-"))
    filled(folder).close()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "maoc.db"


def ours(room: Room, when: str, weight: str = f"{HIDDEN_KG} kg", substance: str = "heroin") -> str:
    """An event that is the Centre's alone."""
    find = NewFind(substance, weight=weight, basis="net", official=True)
    stated = (Statement("vessel", "XYZZY"), Statement("type", "spss"), Statement("flag", "VE"))
    return event(room, when=when, statements=stated, find=find, said=Said(source="PLUGH", marking=OURS))


def operation(room: Room, number: int, mark: Marking, day: str, outcome: str) -> None:
    """An operation boarded on a day, and closed with an outcome when given."""
    at = parse_span(day, room.clock.now()).from_ms
    made = operations.Operation(uuid4(), number, f"OP{number}", "x", at, mark)
    acts = [Act(Kind.BASIS, at, at, "x", "MAOC", "R26"), Act(Kind.STEP, at, at, "x", "MAOC", "boarded")]
    if outcome:
        acts.append(Act(Kind.STEP, at + 3_600_000, at, "x", "MAOC", "closed", outcome))
    with room.db.writing() as conn:
        operations.add(conn, made)
        for act in acts:
            operations.append(conn, made.id, act)
