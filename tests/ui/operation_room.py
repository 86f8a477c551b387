"""A record with two operations, their assets and what was found, for tests of the screens; hostile words if wanted."""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "desk"))

import fakes
from liaison_room import COORDINATOR, open_room, reopened, viewer

from maoc_tui.desk import (
    assets,
    operation_check_ins,
    operation_decisions,
    operation_log,
    operations,
    seizures,
    targets,
    tasking,
)
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.seizure_snapshots import NewFind, NewSeizure
from maoc_tui.domain.marking_entry import parse
from maoc_tui.store.numbers import InOrder, numbered

MARK = parse("H2 rel ES,FR,PT", "MAOC")
ES, PT = viewer("ES"), viewer("PT")
HOSTILE = " [b]x[/y] \x1b]52;c;x\x07 \u202e[link] "
__all__ = ["COORDINATOR", "ES", "HOSTILE", "MARK", "PT", "filled_room", "program", "target"]


def target(room: Any, words: str = "", position: str = "36 00N 019 00W", name: str = "LA PALOMA") -> str:
    """A sloop heading for Portugal, seen a while ago."""
    entry = targets.NewTarget(
        f"sloop 12 m, white{words}", position=position, at="140240Z",
        values={"name": f"{name}{words}", "flag": "VC"}, marking=MARK,
    )  # fmt: skip
    return targets.add(room, COORDINATOR, entry).ref


def filled_room(folder: Path, words: str = "") -> Any:
    """STRAY DOG is planned and has a team out, NORTE is nominated; three assets, a tasking and a find."""
    path = folder / "maoc.db"
    shutil.copy(_made(words), path)
    return reopened(path)


@cache
def _made(words: str) -> Path:
    """The record, made once: to enter it takes longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="maoc-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _fill(open_room(folder), words)
    return folder / "maoc.db"


def _fill(room: Any, words: str) -> None:
    with numbered(InOrder()):
        first, second = target(room, words), target(room, words, "37 10N 018 00W", "GALERNA")
        ref = operations.open_operation(room, COORDINATOR, f"STRAY DOG{words}", first, marking=MARK).row.ref
        operations.open_operation(room, COORDINATOR, f"NORTE{words}", f"{first}, {second}", marking=MARK)
        operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", f"meeting{words}")
        operations.step(room, COORDINATOR, ref, "planned")
        for line in ("0251 sighted by aircraft, 9 kn", "0258 hailed on ch 16, no answer", "call Dakar 0500Z"):
            operation_log.log(room, COORDINATOR, ref, f"{line}{words}")
        operation_decisions.decide(
            room, COORDINATOR, ref, who=f"Judge Ortega{words}", authority="Audiencia Nacional", right="Art. 66",
            state="ES",
        )  # fmt: skip
        operation_check_ins.check_in_every(room, COORDINATOR, ref, f"Alfa{words}", 15, at="0250")
        _assets(room, words, ref, first)
        found = NewSeizure(
            "140300Z", ref, find=NewFind("cocaine", packages="40", hidden=f"keel{words}", weight="1.2 t")
        )
        seizures.add(room, COORDINATOR, found)
    room.close()


def _assets(room: Any, words: str, operation: str, about: str) -> None:
    def add(who: Any, name: str, **given: str) -> str:
        usual = {"kind": "ship", "base_position": "38 40N 009 20W", "base": "Lisbon", "cruise": "15 kn",
                 "max": "25 kn", "endurance": "240h", "team": "yes"}  # fmt: skip
        entry = NewAsset(
            f"{name}{words}", marking=parse("H2 rel MAOC,ES,FR,PT", who.partner), **{**usual, **given}
        )
        return assets.add(room, who, entry).ref

    first = add(PT, "NRP TEJO", sea_limit="Bft 6")
    assets.report(
        room, PT, first, availability="available", until="6h", position="36 30N 017 00W", text=f"said{words}"
    )
    add(ES, "ES patrol aircraft", kind="aircraft", cruise="200 kn", max="240 kn", endurance="9h", team="no",
        base_position="28 00N 015 30W", base="Gando")  # fmt: skip
    slow = add(
        ES,
        "RHIB team",
        kind="team",
        cruise="8 kn",
        max="9 kn",
        endurance="6h",
        base_position="36 10N 006 10W",
    )
    assets.report(room, ES, slow, availability="maintenance", until="6h")
    tasking.ask(room, COORDINATOR, first, operation, f"close and shadow{words}", target=about, marking=MARK)


def program(room: Any, who: Any = COORDINATOR, count: int = 80) -> Any:
    """The program of somebody over this record, with made-up traffic."""
    desk = fakes.FakeDesk(count, clock=room.clock)
    desk._opener = lambda said: room
    desk.admit = lambda: None
    desk.viewer = who
    return fakes.app(desk)
