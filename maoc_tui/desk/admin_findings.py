"""What the doctor says of the record's keeping: its journal and guards, the clock, copies, live sources, faults."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Connection, func, select

from maoc_tui.desk import feeds
from maoc_tui.desk.access_findings import Said
from maoc_tui.desk.alert_sweep import KIND as SWEEP
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import WATCH
from maoc_tui.settings import data_folder
from maoc_tui.store import accounts
from maoc_tui.store.database import Database
from maoc_tui.store.journal import JOURNAL
from maoc_tui.store.journal_verify import verify

MINUTE_MS, DAY_MS = 60_000, 86_400_000
BACKUP_DAYS = 7
"""After so many days without a copy the doctor says so, where officers are enrolled."""


def of_journal(room: Room) -> Said:
    """Whether the journal is whole and guarded."""
    with room.db.reading_whole() as conn:
        found = verify(conn)
    if found.broken is not None:
        way_out = "Stop. Find out who had the file: maoc journal verify, and see: maoc help journal"
        return False, f"broken at entry {found.broken.seq}: {found.broken.why}.", way_out
    if found.unguarded:
        return False, f"nothing refuses changes to it any more: {', '.join(found.unguarded)}.", _RESTORE
    return True, "whole and guarded; where it ends: maoc journal verify", ""


_RESTORE = "Restore the newest backup that is whole; keep this file to find out what happened to it."


def of_tables(room: Room) -> Said:
    """Whether tables, views and guards are to the letter those of a new record of this version."""
    with tempfile.TemporaryDirectory() as folder:
        new = Database.open(Path(folder) / "new.db", create=True)
        try:
            with new.reading_whole() as conn:
                wanted = _made(conn)
        finally:
            new.close()
    with room.db.reading_whole() as conn:
        there = _made(conn)
    differing = sorted(name for name in wanted | there if wanted.get(name) != there.get(name))
    if differing:
        more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
        return False, f"not as this version makes them: {', '.join(differing[:3])}{more}.", _RESTORE
    guards = sum(name.startswith("trigger ") for name in there)
    return True, f"as this version makes them, with {guards} guards.", ""


def _made(conn: Connection) -> dict[str, str]:
    """Everything in the schema by kind and name, with its text; what SQLite makes by itself left out."""
    rows = conn.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {f"{kind} {name}": " ".join(str(sql).split()) for kind, name, sql in rows}


def of_clock(room: Room) -> Said:
    """Whether this machine's clock is behind what the record says was done."""
    now = room.admission.wall.now_ms()
    with room.db.reading_whole() as conn:
        newest: int | None = conn.scalar(select(func.max(JOURNAL.c.at_ms)))
    told = f"{format_dtg(from_ms(now))}"
    if newest is not None and newest - now > MINUTE_MS:
        text = f"{told}, but the record holds an act of {format_dtg(from_ms(newest))}."
        return False, text, "Set this machine's clock; legal clocks count by it."
    return True, f"{told}; nothing in the record lies ahead of it.", ""


def of_backups(room: Room) -> Said:
    """When the record was last copied, as its journal says."""
    last = (
        select(func.max(JOURNAL.c.at_ms))
        .where(JOURNAL.c.action == "export", JOURNAL.c.kind == "backup", JOURNAL.c.detail != "begun")
    )  # fmt: skip
    with room.db.reading_whole() as conn:
        newest: int | None = conn.scalar(last)
        bound = accounts.enrolled(conn)
    way_out = "Take one on another disk: maoc backup make FOLDER"
    if newest is None:
        return not bound, "no copy was ever taken of this record.", way_out if bound else ""
    days = (room.admission.wall.now_ms() - newest) // DAY_MS
    late = bound and days >= BACKUP_DAYS
    text = f"the last copy was taken {format_dtg(from_ms(newest))}" + (f", {days} days ago." if late else ".")
    return not late, text, way_out if late else ""


def of_feeds(room: Room) -> Said:
    """Which live sources failed at their last try."""
    known = feeds.states(room, WATCH)
    sweep = next((state for state in known if state.kind == SWEEP and not state.ok), None)
    if sweep is not None:
        return False, f"alerts: {sweep.text}.", "Take traffic in, or run: maoc alert sweep"
    failing = [state.name for state in known if not state.ok]
    if failing:
        return True, f"{len(failing)} of {len(known)} bring nothing now; see: maoc feed list", ""
    return True, f"{len(known)} were run on this record, all well." if known else "none was ever run.", ""


def of_faults() -> Said:
    """How many reports of faults lie in the data folder."""
    found = sorted(data_folder().glob("fault-*.json"))
    if not found:
        return True, "none.", ""
    return True, f"{len(found)}, the newest {found[-1]}; maoc diagnostics takes them in.", ""
