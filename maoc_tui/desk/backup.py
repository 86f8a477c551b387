"""Backups of the record: taken while it is in use, proved, and made a record again under another name."""

from __future__ import annotations

from pathlib import Path

from maoc_tui.desk import signing_in
from maoc_tui.desk.access import permit
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.roles import Act
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import backup as store
from maoc_tui.store import keyring
from maoc_tui.store.backup import Manifest


def make(room: Room, viewer: Viewer, folder: Path) -> tuple[Path, Manifest]:
    """Copy the record into a folder that is there, and prove the copy; the journal has it before there is one.

    Raises NotPermitted, BadInput for no folder, StoreProblem when the copy is not whole.
    """
    permit(room, viewer, Act.KEEP)
    folder = folder.expanduser()
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}.", "Make it, best on another disk.")
    now = room.admission.wall.now_ms()
    copy = folder / f"{room.db.path.stem}-{from_ms(now):%Y%m%dT%H%M%SZ}{room.db.path.suffix or '.db'}"
    _note(room, viewer, now, copy, "begun")
    made = store.make(room.db.path, copy, room.db.key, now)
    _note(room, viewer, now, copy, f"{made.total} rows, journal ends {made.anchor}, {made.tip[:16]}")
    return copy, made


def _note(room: Room, viewer: Viewer, at_ms: int, copy: Path, detail: str) -> None:
    with room.db.bookkeeping() as conn:
        note(conn, viewer, at_ms, "export", "backup", printable(copy.name, 80), detail=detail)


def verify(copy: Path, login: str = "", passphrase: str = "") -> tuple[Manifest, tuple[str, ...]]:
    """What is written down of a copy, and in what it is not so; nothing when it is as it was made.

    An encrypted copy takes the login and passphrase of whoever could open the record then. Raises StoreProblem.
    """
    return store.proved(copy.expanduser(), _key(copy.expanduser(), login, passphrase))


def restore(copy: Path, target: Path, login: str = "", passphrase: str = "") -> Manifest:
    """Make a record of a copy under a name that nothing has. Raises StoreProblem, BadInput."""
    copy, target = copy.expanduser(), target.expanduser()
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}.", "Make it first.")
    return store.restore(copy, target, _key(copy, login, passphrase))


def locked(copy: Path) -> bool:
    """Whether it takes a passphrase to read a copy. Raises BadInput when there is none."""
    copy = copy.expanduser()
    if not copy.is_file():
        raise BadInput(f"There is no copy {copy}.", "Give the file that maoc backup make wrote.")
    return keyring.encrypted(copy.resolve())


def _key(copy: Path, login: str, passphrase: str) -> bytes | None:
    if not locked(copy):
        return None
    if not login:
        raise BadInput(f"{copy} is encrypted.", "Say who opens it: --login LOGIN.")
    keys = signing_in.unlock(copy, login, passphrase)
    return keys[-1]
