"""Acts that can be undone, in the record: appended, and read back as each act stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from maoc_tui.store import journal
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.undo_tables import UndoActTable

UNDO = table(UndoActTable)
Who = tuple[str, str, str]
"""An officer: name, id, partner."""
DONE, UNDONE, REDONE = "done", "undone", "redone"


_WHOLE = "whole of "


def whole(about: UUID) -> str:
    """What an act touches that enters a record: whatever is done on that record afterwards rests on it."""
    return f"{_WHOLE}{about}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list."""

    id: UUID
    act: UUID
    """The act it is of."""
    what: str
    """DONE, UNDONE or REDONE."""
    sentence: str
    touches: frozenset[str]
    about: UUID | None
    back: str
    """The call that takes this back, in JSON."""
    by: str
    officer: str
    by_partner: str
    at_ms: int
    seq: int = 0
    first: int = 0
    """Place of the row that says it was done."""
    journal_seq: int = 0

    @property
    def stands(self) -> bool:
        """Whether the act counts: it was done, or done again."""
        return self.what != UNDONE

    @property
    def entered(self) -> UUID | None:
        """The record that the act entered; None for an act that entered none."""
        named = (one.removeprefix(_WHOLE) for one in self.touches if one.startswith(_WHOLE))
        return next(map(UUID, named), None)

    def holds(self, about: UUID | None) -> bool:
        """Whether the act made the whole record that another act is about."""
        return about is not None and whole(about) in self.touches


def add(conn: Connection, row: Row) -> None:
    """Record one row, inside the transaction of the act itself."""
    conn.execute(
        insert(UNDO).values(
            id=row.id, act_id=row.act, what=row.what, sentence=row.sentence,
            touches="\n".join(sorted(row.touches)), about=row.about, back=row.back, by=row.by,
            officer=row.officer, by_partner=row.by_partner, entered_ms=row.at_ms,
            journal_seq=journal.tip(conn)[0],
        )
    )  # fmt: skip


def acts(conn: Connection, who: Who, since_ms: int) -> list[tuple[int, Row]]:
    """The newest row of every act of an officer that was done since, numbered, in the order they were done.

    The first act an officer ever did is number 1. Each has the sentence of when it was done first.
    """
    mine = [
        column == value
        for column, value in zip((UNDO.c.by, UNDO.c.officer, UNDO.c.by_partner), who, strict=True)
    ]
    first = select(func.min(UNDO.c.seq)).where(*mine, UNDO.c.what == DONE, UNDO.c.entered_ms >= since_ms)
    from_seq: int | None = conn.scalar(first)
    if from_seq is None:
        return []
    earlier = select(func.count()).select_from(UNDO).where(*mine, UNDO.c.what == DONE, UNDO.c.seq < from_seq)
    begun = select(UNDO.c.act_id).where(*mine, UNDO.c.what == DONE, UNDO.c.seq >= from_seq)
    rows = conn.execute(select(UNDO).where(*mine, UNDO.c.act_id.in_(begun)).order_by(UNDO.c.seq))
    return list(enumerate(_folded(map(_row, rows)), int(conn.scalar(earlier) or 0) + 1))


def _folded(rows: Iterable[Row]) -> list[Row]:
    newest: dict[UUID, Row] = {}
    for row in rows:
        before = newest.get(row.act)
        newest[row.act] = replace(row, sentence=before.sentence, first=before.first) if before else row
    return list(newest.values())


def is_newest(conn: Connection, row: Row) -> bool:
    """Whether an act stands as it did: nobody has undone it, or done it again, since ``row``."""
    later = select(UNDO.c.seq).where(UNDO.c.act_id == row.act, UNDO.c.seq > row.seq)
    return conn.scalar(later.limit(1)) is None


def in_the_way(conn: Connection, row: Row) -> Row | None:
    """The newest act begun after one that stands and changed something it did; None when there is none."""
    rows = list(map(_row, conn.execute(select(UNDO).where(UNDO.c.seq > row.first).order_by(UNDO.c.seq))))
    begun = {one.act for one in rows if one.what == DONE} - {row.act}
    later = [one for one in _folded(rows) if one.act in begun and one.stands]
    return next((one for one in reversed(later) if one.touches & row.touches or row.holds(one.about)), None)


def calls_since(conn: Connection, row: Row) -> list[str]:
    """Every call kept after a row, by whomever, in order."""
    return list(conn.scalars(select(UNDO.c.back).where(UNDO.c.seq > row.seq).order_by(UNDO.c.seq)))


def _row(one: Any) -> Row:
    return Row(
        id=one.id, act=one.act_id, what=one.what, sentence=one.sentence,
        touches=frozenset(one.touches.split("\n")), about=one.about, back=one.back, by=one.by,
        officer=one.officer, by_partner=one.by_partner, at_ms=one.entered_ms, seq=one.seq or 0, first=one.seq or 0,
        journal_seq=one.journal_seq,
    )  # fmt: skip
