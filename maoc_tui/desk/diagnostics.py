"""Diagnostics: one file that tells whoever mends the program how it stands, and nothing of what the record holds.

No name, position, text or identifier, no number of a partner's. What is counted is counted over all partners and said
by powers of ten. A test compares the diagnostics of a full record with those of an empty one: they differ in nothing
but such classes, times taken and words of the program's own.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from maoc_tui.desk import access, diagnostics_machine
from maoc_tui.desk.diagnostics_machine import coarse
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.roles import Act, require
from maoc_tui.feeds.live_services import services
from maoc_tui.problems import BadInput, NotPermitted, Problem, StoreProblem
from maoc_tui.settings import Settings
from maoc_tui.store import checks, keyring, schema, sources
from maoc_tui.store.database import Database
from maoc_tui.store.journal_verify import verify

_DAY_MS = 86_400_000
FAILED = "failed"
"""What is said where the disk gave no answer."""


def bundle(open_room: Callable[[], Room], path: Path, settings: Settings, faults: Path) -> dict[str, Any]:
    """Everything there is to say, also where the record cannot be opened or nobody is signed in.

    ``open_room`` opens the record at ``path``; ``faults`` is the folder of the fault reports.
    """
    kinds = {service.kind for service in services(())}
    return {
        "format": 1,
        "made": f"{Clock().now():%Y-%m-%d}",
        "program": diagnostics_machine.program(),
        "machine": diagnostics_machine.machine(path.parent),
        "terminal": diagnostics_machine.terminal(),
        "settings": diagnostics_machine.settings(settings, kinds),
        "record": _record(open_room, path, kinds),
        "faults": diagnostics_machine.faults(faults),
    }


def write(told: dict[str, Any], folder: Path) -> Path:
    """Write diagnostics into a new private file in a folder that is there. Raises BadInput, StoreProblem."""
    folder = folder.expanduser()
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}.", "Make it, or name another.")
    path = folder / f"maoc-diagnostics-{Clock().now():%Y%m%dT%H%M%S%fZ}.json"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(told, out, indent=1, sort_keys=True)
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be written ({error.strerror}).", "Make room or name another folder."
        ) from None
    return path


def _record(open_room: Callable[[], Room], path: Path, kinds: set[str]) -> dict[str, Any]:
    """How the record stands, where it can be opened and whoever asks may keep it; else the sort of refusal."""
    outside = {"there": path.exists(), "encrypted": path.is_file() and keyring.encrypted(path.resolve())}
    begun = time.monotonic()
    try:
        room = open_room()
    except Problem as problem:
        return {**outside, "opened": False, "refused": problem.code}
    opened_ms = _since(begun)
    try:
        who = access.viewer(room)
        require(who, Act.KEEP)
        with room.db.bookkeeping() as conn:
            note(conn, who, room.admission.wall.now_ms(), "export", "diagnostics", "diagnostics")
        return {**outside, "opened": True, "open_ms": opened_ms, **_inside(room, kinds)}
    except NotPermitted as refusal:
        return {**outside, "opened": True, "refused": refusal.code}
    except Problem as problem:
        return {**outside, "opened": True, "failed": problem.code}
    finally:
        room.close()


def _inside(room: Room, kinds: set[str]) -> dict[str, Any]:
    begun = time.monotonic()
    with room.db.reading_whole() as conn:
        counted, others = _tables(conn)
        whole = verify(conn)
        feeds = [_feed(row, room.admission.wall.now_ms(), kinds) for row in sources.feeds(conn)]
        version = int(conn.exec_driver_sql("PRAGMA user_version").scalar_one())
    read_ms, checked = _since(begun), _checked(room.db)
    return {
        "schema": version,
        "newest_schema": schema.newest(),
        "megabytes": _megabytes(room.db.path),
        "rows": counted,
        "unknown_tables": others,
        "whole": checked,
        "journal": {"whole": whole.broken is None, "guarded": not whole.unguarded},
        "feeds": sorted(feeds, key=lambda feed: sorted(map(str, feed.values()))),
        "times": {"read_ms": read_ms, "reach_disk_ms": _disk_ms(room.db.path.parent)},
        "local_disk": not checks.network_kind(room.db.path, checks.mounted()),
    }


def _tables(conn: Connection) -> tuple[dict[str, str], bool]:
    """Rows of each table of ours, by powers of ten; whether there are tables that are not."""
    ours = set(schema.metadata().tables)
    found = set(conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    count = {
        name: coarse(int(conn.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0))  # noqa: S608  a table of ours
        for name in sorted(ours & found)
    }
    return count, bool(found - ours - {"alembic_version"})


def _feed(row: sources.FeedRow, now_ms: int, kinds: set[str]) -> dict[str, Any]:
    """How a live source does, without its name, its address or what it answered."""
    heard = "never" if row.last_ms is None else "today" if now_ms - row.last_ms < _DAY_MS else "before"
    kind = row.kind if row.kind in kinds else "other"
    return {"kind": kind, "failing": bool(row.error), "failures": coarse(row.failures), "heard": heard}


def _checked(db: Database) -> bool:
    try:
        db.check()
    except StoreProblem:
        return False
    return True


def _disk_ms(folder: Path) -> int | str:
    """How long four kilobytes take to reach the disk; FAILED where they do not."""
    begun = time.monotonic()
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError:
        return FAILED
    return _since(begun)


def _megabytes(path: Path) -> str:
    """How large the file is, by powers of ten; FAILED where the disk does not say."""
    try:
        return coarse(path.stat().st_size // 1_000_000)
    except OSError:
        return FAILED


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
