"""A room with officers of several partners, for tests of liaison; everybody acts through the real gate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from target_room import NOW, Zones, make_room

from maoc_tui.desk import officers, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.settings import Settings
from maoc_tui.store.database import Database

DAY = 86_400_000
AT_WORK = 1_795_305_600_000
"""2026-11-22 00:00Z: both accessions have been reported by then."""


def viewer(partner: str, *roles: Role, name: str = "") -> Viewer:
    """An officer of a partner; liaison when no role is given."""
    return Viewer(name or f"{partner} officer", partner, roles=frozenset(roles or (Role.LIAISON,)))


COORDINATOR = viewer("MAOC", Role.COORDINATOR, name="Rui Ferreira")


def open_room(folder: Path, now_ms: int = NOW) -> Room:
    """A room on a new record; the clock stands still."""
    path = folder / "maoc.db"
    make_room(path).close()
    return reopened(path, now_ms)


def reopened(path: Path, now_ms: int = NOW) -> Room:
    """A room on a record that is there; the clock stands still."""
    made = Room(Database.open(path), ScenarioClock(now_ms, 0.0), Settings())
    made._zones = Zones()  # type: ignore[assignment]
    return made


def add_target(room: Room, words: str = "grey sloop", rel: str = "ES,FR,MAOC", origin: str = "PT") -> str:
    """A target marked H2; its reference."""
    mark = parse(f"B2 H2 rel {rel}" if rel else "B2 H2", origin)
    return targets.add(room, WATCH, targets.NewTarget(description=words, area="Azores", marking=mark)).ref


def add_officer(room: Room, partner: str, name: str) -> None:
    """An officer posted since long ago."""
    officers.add(room, WATCH, partner, name, since=date(2020, 1, 1).isoformat())
