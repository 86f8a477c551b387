"""What officers do in the trials: real acts through the desks, each acknowledged with what must be found again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.append(str(Path(__file__).resolve().parents[1]))

from liaison_room import COORDINATOR, open_room, reopened

from maoc_tui.desk import operation_check_ins, operation_log, operations, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import driver, encrypting, sources
from maoc_tui.store.journal_verify import verify_driver
from maoc_tui.store.numbers import InOrder, numbered

SHARED = parse("H2 rel ES,FR", "MAOC")
KEY = bytes(range(32))
OPERATION, TARGET = "OP-0001", "T-0001"
"""What every record of these trials holds."""


def record(folder: Path, key: bytes | None = None) -> Path:
    """A record with one target and one operation, that nobody has open."""
    room = open_room(folder)
    with numbered(InOrder()):
        targets.add(room, WATCH, targets.NewTarget("grey sloop", area="Azores", marking=SHARED))
        operations.open_operation(room, COORDINATOR, "GREY SEAL", TARGET, marking=SHARED)
    room.close()
    if key is not None:
        encrypting.convert(room.db.path, None, key, folder / "kept", lambda: None)
        (folder / "kept").unlink()
    return room.db.path


def room_on(path: Path, key: bytes | None = None) -> Room:
    """A room on it, as the program makes one."""
    if key is None:
        return reopened(path)
    from liaison_room import NOW, Zones

    from maoc_tui.domain.clock import ScenarioClock
    from maoc_tui.settings import Settings

    made = Room.open(path, key=key, clock=ScenarioClock(NOW, 0.0), settings=Settings())
    made._zones = Zones()  # type: ignore[assignment]
    return made


def log_line(room: Room, n: int) -> str:
    """A line in the log."""
    return operation_log.log(room, COORDINATOR, OPERATION, f"hail number {n}").ref


def new_target(room: Room, n: int) -> str:
    """A target added."""
    return targets.add(room, WATCH, targets.NewTarget(f"grey sloop {n}", area="Azores", marking=SHARED)).ref


def new_name(room: Room, n: int) -> str:
    """A target renamed; found again by the reason that was given."""
    targets.rename(room, WATCH, TARGET, f"NAME {n}", f"said so {n}")
    return f"said so {n}"


def state_field(room: Room, n: int) -> str:
    """Who leads, set anew."""
    operations.set_state_field(room, COORDINATOR, OPERATION, "lead", ("ES", "FR", "PT")[n % 3], f"call {n}")
    return f"call {n}"


def check_in(room: Room, n: int) -> str:
    """A team to be heard of."""
    operation_check_ins.check_in_every(room, COORDINATOR, OPERATION, f"Team {n}", 15)
    return f"Team {n}"


ACTS: tuple[Callable[[Room, int], str], ...] = (log_line, new_target, new_name, state_field, check_in)


def traffic(room: Room, n: int) -> None:
    """A commit of traffic, which may do without the disk."""
    with room.db.writing_traffic() as conn:
        sources.register(conn, f"poll {n}", "feed", "nmea")


_FOUND = (
    "SELECT printf('OP-%04d/%d', o.number, l.number) FROM log_line l JOIN operation o ON o.id = l.operation_id",
    "SELECT printf('T-%04d', number) FROM target",
    "SELECT reason FROM target_change",
    "SELECT source FROM operation_act",
    "SELECT team FROM check_in",
)


def found(connection: Any) -> set[str]:
    """Everything an act may have left that a bare connection sees."""
    return {str(row[0]) for sql in _FOUND for row in connection.execute(sql)}


def faulty(path: Path, said: set[str], key: bytes | None = None) -> list[str]:
    """What is wrong with a record by itself, and which of the acts that were said to be saved is not in it."""
    try:
        with closing(driver.connect(path, key)) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            lost = said - found(connection)
            journal = verify_driver(connection, None, None)
            torn = connection.execute(_TORN).fetchone()[0]
    except driver.module().Error as error:
        return [f"cannot be read: {type(error).__name__}"]
    wrong = [] if whole == "ok" else [f"damaged: {whole[:60]}"]
    wrong += [f"lost: {', '.join(sorted(lost)[:3])}"] if lost else []
    wrong += [f"the journal is broken at {journal.broken.seq}"] if journal.broken else []
    return wrong + ([f"{torn} lines and entries that are not a pair"] if torn else [])


_TORN = "SELECT abs((SELECT count(*) FROM log_line) - (SELECT count(*) FROM journal WHERE kind = 'log_line'))"


@contextmanager
def small_journal(pages: int = 40) -> Iterator[None]:
    """Fold the write-ahead log into the file much more often than usual, so that short trials meet it too."""
    with patch.object(driver, "_SETUP", (*driver._SETUP, f"PRAGMA wal_autocheckpoint={pages}")):
        yield
