"""A record for the Briefs screen: targets of France, Spain and the Centre, named to some; hostile words if wanted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "desk"))

from liaison_room import open_room, viewer
from operation_room import program

from maoc_tui.desk import requests, targets
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.store.numbers import InOrder, numbered

FERREIRA = viewer("MAOC", Role.COORDINATOR, name="Rui Ferreira")
ROSSI = viewer("MAOC", Role.RELEASER, name="Clara Rossi")
ORTEGA, MARTIN, PEETERS = (
    viewer("ES", name="Ortega"),
    viewer("FR", name="Martin"),
    viewer("BE", name="Peeters"),
)
__all__ = ["FERREIRA", "MARTIN", "ORTEGA", "PEETERS", "ROSSI", "add", "brief_room", "program"]


def add(room: Any, who: Any, words: str, rel: str, position: str = "36 00N 012 00W") -> str:
    """A target somebody saw a while ago."""
    new = targets.NewTarget(
        f"sloop 12 m, white {words}", position=position, at="140240Z",
        values={"name": words, "flag": "VC"}, marking=parse(f"B2 H2 rel {rel}", who.partner),
    )  # fmt: skip
    return targets.add(room, who, new).ref


def brief_room(folder: Path, words: str = "") -> Any:
    """T-0001 of France for the Centre and Spain, T-0002 of Spain for the Centre, T-0003 of the Centre; a request."""
    room = open_room(folder)
    room.admission.chosen = FERREIRA
    with numbered(InOrder()):
        first = add(room, MARTIN, f"LA PALOMA{words}", "MAOC,ES")
        add(room, ORTEGA, f"GALERNA{words}", "MAOC", "37 10N 018 00W")
        add(room, FERREIRA, f"NORTADA{words}", "ES,FR,PT", "33 00N 020 00W")
        requests.open_request(
            room, FERREIRA, first, "flag-enquiry", "VC", grounds=f"no answer on 16{words}",
            marking=parse("H2 rel ES,FR", "MAOC"),
        )  # fmt: skip
    return room
