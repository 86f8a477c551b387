"""A record with officers enrolled, for tests of access."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from maoc_tui.desk import access, accounts, signing_in
from maoc_tui.desk.account_rules import Newcomer
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import keyring

NOW = 1_670_987_261_000
"""2022-12-14 03:07:41Z."""
WORDS = {
    "ana": "four words for ana",
    "rui": "four words for rui",
    "ortega": "four words for ortega",
}


class Wall(ScenarioClock):
    """A machine's clock that stands still until it is moved."""

    def __init__(self) -> None:
        super().__init__(NOW, 0.0)

    def pass_by(self, minutes: float) -> None:
        """Let time pass."""
        self.set_to(self.now_ms() + round(minutes * 60_000))


def opened(path: Path, wall: Wall, key: bytes | None = None) -> Room:
    """A room nobody is in yet, on a clock that stands still."""
    room = Room.open(path, create=True, clock=ScenarioClock(NOW, 0.0), key=key)
    room.admission.wall = wall
    return room


def come_in(room: Room, login: str) -> Viewer:
    """Sign somebody in."""
    return signing_in.admit(room, login, WORDS[login])


def staffed(path: Path, wall: Wall) -> Room:
    """A room with an administrator, a coordinator and a liaison officer of Spain enrolled; nobody is signed in."""
    made = _template()
    shutil.copy(made, path)
    shutil.copy(keyring.file_of(made), keyring.file_of(path))
    return opened(path, wall)


@cache
def _template() -> Path:
    """The record every test begins with, made once: migrations take their time."""
    path = Path(tempfile.mkdtemp(prefix="maoc-test-")) / "template.db"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    room = opened(path, Wall())
    ana = Newcomer("ana", "Ana Ferreira", "MAOC", frozenset({Role.ADMINISTRATOR}))
    assert accounts.enrol(room, access.viewer(room), ana, WORDS["ana"], "first").done
    me = come_in(room, "ana")
    rui = Newcomer("rui", "Rui Lobo", "MAOC", frozenset({Role.COORDINATOR, Role.RELEASER}))
    assert accounts.enrol(room, me, rui, WORDS["rui"], "second person").done
    ortega = Newcomer("ortega", "Luis Ortega", "ES", frozenset({Role.LIAISON}))
    asked = accounts.enrol(room, me, ortega, WORDS["ortega"], "posted by Spain")
    assert not asked.done
    accounts.decide(room, come_in(room, "rui"), asked.change.ref, True, "his papers were seen")
    signing_in.sign_out(room)
    room.close()
    return path
