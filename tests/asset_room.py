"""A room with assets of several partners and an operation, for tests of assets and interceptions."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from liaison_room import AT_WORK, COORDINATOR, add_target, open_room, viewer

from maoc_tui.desk import assets, targets
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import operations

PT, ES, FR = viewer("PT"), viewer("ES"), viewer("FR")
MINUTE = 60_000
HOUR = 60 * MINUTE
TO_ALL = "H2 rel MAOC,PT,ES,FR"

__all__ = ["AT_WORK", "COORDINATOR", "ES", "FR", "HOUR", "PT", "WATCH", "add_target", "asset", "dtg", "operation",
           "room_at", "seen_target"]  # fmt: skip


def room_at(folder: Path, now_ms: int = AT_WORK) -> Room:
    """A room on a new record whose clock stands still."""
    return open_room(folder, now_ms)


def dtg(ms: int) -> str:
    """A time as typed."""
    return format_dtg(from_ms(ms))


def asset(room: Room, who: Viewer = PT, marking: str = TO_ALL, **given: Any) -> str:
    """A patrol ship at Lisbon that cruises 15 kn, or what is given instead; its reference."""
    usual = {
        "name": "Patrol one", "kind": "ship", "base": "Lisbon", "base_position": "38 40.0N 009 20.0W",
        "cruise": "15 kn", "max": "25 kn", "endurance": "240h", "team": "yes",
    }  # fmt: skip
    made = NewAsset(**{**usual, "marking": parse(marking, who.partner), **given})
    return assets.add(room, who, made).ref


def operation(room: Room, *targets_: str, rel: str = "MAOC,PT,ES,FR", name: str = "NORTE") -> str:
    """An operation of the Centre about some targets; its reference."""
    from maoc_tui.store import targets as targets_store

    now = room.clock.now_ms()
    with room.db.writing() as conn:
        about = tuple(operations.About(ref, targets_store.find(conn, ref).id) for ref in targets_)
        made = operations.Operation(
            uuid4(), operations.next_number(conn), name, "Rui Ferreira", now, parse(f"H2 rel {rel}", "MAOC"),
            targets=about,
        )  # fmt: skip
        operations.add(conn, made)
    return made.ref


def seen_target(
    room: Room, position: str = "36 00.0N 012 00.0W", ago_min: int = 0, rel: str = "MAOC,ES,FR,PT"
) -> str:
    """A sloop seen at a place; its reference."""
    mark = parse(f"B2 H2 rel {rel}" if rel else "B2 H2", "PT")
    at = dtg(room.clock.now_ms() - ago_min * MINUTE)
    new = targets.NewTarget(description="grey sloop", position=position, at=at, marking=mark)
    return targets.add(room, WATCH, new).ref
