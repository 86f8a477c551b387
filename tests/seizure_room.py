"""Events of the ledger and operations recorded for tests of its desk."""

from __future__ import annotations

from uuid import uuid4

from liaison_room import COORDINATOR, viewer
from target_room import NOW

from maoc_tui.desk import seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said, Statement
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import Act, Kind
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operations

SHARED = parse("H2 rel ES,FR", "MAOC")
ES, FR = viewer("ES"), viewer("FR")


def event(room: Room, who: Viewer = COORDINATOR, *, mark=SHARED, **more) -> str:
    """An event of the Centre that Spain and France see, with an estimate."""
    given = {
        "when": "2022-12-13",
        "statements": (Statement("vessel", "SEA ROSE"), Statement("lead", "ES"), Statement("flag", "PL")),
        "find": NewFind("cocaine", packages="40", weight="4 t"),
        "said": Said(source="boarding team", marking=mark),
        **more,
    }
    return seizures.add(room, who, NewSeizure(**given)).ref


def operation(room: Room, mark=SHARED, **states: str) -> str:
    """An operation in the record, with some of its six States set."""
    made = operations.Operation(uuid4(), 31, "KINGFISHER", "x", NOW, mark)
    with room.db.writing() as conn:
        operations.add(conn, made)
        for field, code in states.items():
            operations.append(conn, made.id, Act(Kind.FIELD, NOW, NOW, "x", "MAOC", field, code))
    return made.ref
