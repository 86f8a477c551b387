"""Keeping the record: what ``maoc doctor`` looks at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from maoc_tui.desk import access_findings, admin_findings, rejects, search_keeping
from maoc_tui.desk.room import Room
from maoc_tui.problems import Problem

FREE_BYTES = 200 * 1024 * 1024
"""Below this much room on the disk the doctor says so (security study 7.6)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    text: str
    way_out: str = ""


def examine(room: Room) -> tuple[Finding, ...]:
    """Look at the record and at the program's own data; nothing is changed."""
    return tuple(
        _looked(name, check)
        for name, check in (
            ("database", lambda: _database(room)),
            ("tables", lambda: Finding("tables", *admin_findings.of_tables(room))),
            ("journal", lambda: Finding("journal", *admin_findings.of_journal(room))),
            ("disk", lambda: _disk(room)),
            ("backups", lambda: Finding("backups", *admin_findings.of_backups(room))),
            ("clock", lambda: Finding("clock", *admin_findings.of_clock(room))),
            ("access", lambda: Finding("access", *access_findings.of_accounts(room))),
            ("encryption", lambda: Finding("encryption", *access_findings.of_encryption(room))),
            ("search", lambda: _search(room)),
            ("zones", lambda: _zones(room)),
            ("reference data", lambda: _reference(room)),
            ("live sources", lambda: Finding("live sources", *admin_findings.of_feeds(room))),
            ("rejected records", lambda: _rejects(room)),
            ("faults", lambda: Finding("faults", *admin_findings.of_faults())),
        )
    )


def _looked(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Problem as problem:
        return Finding(name, False, problem.message, problem.way_out)


def _database(room: Room) -> Finding:
    room.db.check()
    size = room.db.path.stat().st_size / 1e6
    return Finding(
        "database", True, f"{room.db.path} is whole ({size:,.1f} MB), private and of this version."
    )


def _disk(room: Room) -> Finding:
    free = shutil.disk_usage(room.db.path.parent).free
    text = f"{free / 1e9:,.1f} GB free beside the database."
    return Finding("disk", free >= FREE_BYTES, text, "" if free >= FREE_BYTES else "Make room on that disk.")


def _search(room: Room) -> Finding:
    found = search_keeping.flaws(room)
    if found.sound:
        return Finding("search", True, "the index holds what the record says.")
    counts = f"{found.missing} missing, {found.stale} outdated, {found.left_over} left over, {found.waiting} waiting"
    return Finding(
        "search", False, f"the index is not what the record says: {counts}.", "maoc search --rebuild"
    )


def _zones(room: Room) -> Finding:
    dataset = room.zones.dataset
    text = f"{dataset.name} {dataset.edition} of {dataset.date}: {len(room.zones.areas)} areas."
    return Finding("zones", True, text)


def _reference(room: Room) -> Finding:
    room.reference  # noqa: B018  loading validates every table
    return Finding("reference data", True, "every table is there and valid.")


def _rejects(room: Room) -> Finding:
    """Where the records are that were not taken: nothing is wrong with the record for them."""
    feeds, readings = rejects.files(room.db.path)
    parts = [f"of live sources in {', '.join(map(str, feeds))}"] if feeds else []
    if readings:
        parts.append(
            f"of readings in {len(readings)} more file{'s' * (len(readings) > 1)}, the last {readings[-1]}"
        )
    return Finding("rejected records", True, f"{'; '.join(parts) or 'none'}.")
