"""Targets as a brief needs them, read on the reader's connection: a target at fault is listed, the rest is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.brief_entry import sound_ms
from maoc_tui.desk.target_listing import rows_of
from maoc_tui.desk.target_snapshots import TargetRow
from maoc_tui.domain.assignments import Assignment
from maoc_tui.domain.target_facts import latest, standing
from maoc_tui.domain.targets import reference
from maoc_tui.store import assignments as assignments_store
from maoc_tui.store import brief_reading as store
from maoc_tui.store import targets_listing as targets_store
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.targets_listing import Head, Listed, Said

if TYPE_CHECKING:
    from maoc_tui.desk.brief_reading import Gathered


@dataclass(frozen=True, slots=True)
class TargetNow:
    """One target as a brief needs it."""

    head: Head
    row: TargetRow
    said: Sequence[Said]
    placed: Mapping[int, str]
    """Who says where it was: a contact, 0 for the newest sighting, to the id of that statement."""
    holds: Mapping[str, Said]
    """What its identity is held to be now, by attribute."""


def targets(made: Gathered, conn: Connection) -> list[TargetNow]:
    """The open targets, and those changed in the period."""

    def told(listed: Listed) -> list[TargetNow]:
        rows = rows_of(made.room, made.reader, listed, made.zones)
        return [
            _target_now(head, row, listed, made.now_ms) for head, row in zip(listed.heads, rows, strict=True)
        ]

    try:
        return told(targets_store.read(conn, since_ms=made.since_ms))
    except FAULTS:
        found: list[TargetNow] = []
        ids = made.whole("targets", lambda: store.target_ids(conn, made.since_ms), dict[str, int]())
        for identifier, number in ids.items():
            try:
                found += told(targets_store.read(conn, only={identifier}))
            except FAULTS as fault:
                ref = reference(number) if isinstance(number, int) else "a target without a number"
                made.broken.append(f"{ref} ({type(fault).__name__})")
        return found


def _target_now(head: Head, row: TargetRow, listed: Listed, now_ms: int) -> TargetNow:
    sound_ms(head.created_ms)
    sound_ms(row.updated_ms)
    said, seen = listed.said.get(head.id, ()), listed.seen.get(head.id)
    placed = {line.key: line.id for line in reversed(listed.heard.get(head.id, ()))}
    if seen is not None:
        placed[0] = seen.id
    return TargetNow(head, row, said, placed, latest(standing(said), now_ms))


def assigned(made: Gathered, conn: Connection) -> Mapping[str, list[Assignment]]:
    """Who leads and helps on each target, by its id; where that cannot be read, nothing is said of it."""
    found: dict[UUID, list[Assignment]] = {}
    try:
        found = assignments_store.load(conn)
    except FAULTS:
        for one in made.targets:
            try:
                found |= assignments_store.load(conn, UUID(one.head.id))
            except FAULTS as fault:
                made.untold_leads.add(one.head.id)
                made.broken.append(f"who is on {one.row.ref} ({type(fault).__name__})")
    return {target.hex: held for target, held in found.items()}
