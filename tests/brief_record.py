"""A record for tests of the daily brief: officers, targets, versions taken through both persons."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from liaison_room import open_room, viewer

from maoc_tui.brief.forms import written
from maoc_tui.desk import briefing, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role

DAY = 86_400_000
FERREIRA = viewer("MAOC", Role.COORDINATOR, name="Ferreira")
ROSSI = viewer("MAOC", Role.RELEASER, name="Rossi")
ORTEGA = viewer("ES", name="Ortega")
MARTIN = viewer("FR", name="Martin")


def made_room(folder: Path) -> Room:
    room = open_room(folder)
    room.admission.chosen = FERREIRA
    return room


def later(room: Room, ms: int) -> None:
    """Put the clock on by so many milliseconds; it stands still there."""
    room.clock = ScenarioClock(room.clock.now_ms() + ms, 0.0)


def add(room: Room, who: Any, words: str, rel: str) -> str:
    mark = parse(f"B2 H2{f' rel {rel}' if rel else ''}", who.partner)
    new = targets.NewTarget(description=words, area="Azores", position="36 00N 012 00W", marking=mark)
    return targets.add(room, who, new).ref


def sight(room: Room, who: Any, ref: str, rel: str, at: str = "140100ZDEC22") -> None:
    mark = parse(f"B2 H2 rel {rel}", who.partner)
    targets.sight(room, who, ref, "33 10N 041 20W", at, "aircraft", "seen from the air", marking=mark)


def texts(document: Any, form: str = "txt") -> str:
    return " ".join(written(document, form).decode().split())


def drafted(room: Room, *partners: str, date: str = "") -> Any:
    return briefing.draft(room, FERREIRA, partners, date)


def damage(room: Room, *statements: str) -> None:
    """Write past the program what it would never write."""
    with sqlite3.connect(room.db.path) as conn:
        for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            conn.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert conn.execute(statement).rowcount > 0, statement
    conn.close()
