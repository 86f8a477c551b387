"""Proving a log: each line's digest went into the journal's chain with the line, so a line changed since is found."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from maoc_tui.desk.operations import find
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import journal
from maoc_tui.store import operation_log as store


@dataclass(frozen=True, slots=True)
class LogProof:
    """What comparing a log with the journal found. The journal itself is proved by ``maoc journal verify``."""

    lines: int
    """Lines compared: those the viewer sees."""
    broken: tuple[str, ...]
    """References of lines that do not say what was entered; () when all do."""


def prove(room: Room, viewer: Viewer, ref: str) -> LogProof:
    """Compare every line of a log that the viewer sees with what the journal holds of it. Raises BadInput."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        lines = store.load(conn, operation=find(conn, ref).id)
    entry = journal.JOURNAL.c
    with room.db.reading_whole() as conn:
        held = select(entry.ref, entry.detail).where(entry.kind == store.IN_JOURNAL)
        noted = set(map(tuple, conn.execute(held.where(entry.ref.in_([line.ref for line in lines])))))
    broken = tuple(line.ref for line in lines if (line.ref, store.digest(line)) not in noted)
    return LogProof(len(lines), broken)
