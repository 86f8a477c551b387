"""Lines of the watch log in the record: appended; a correction points back; a line sent twice stands once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.store import numbers
from maoc_tui.store.clocks import Stop
from maoc_tui.store.journal_chain import encoded
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.watch_tables import WatchLineDoneTable, WatchLineTable

LINE, DONE = table(WatchLineTable), table(WatchLineDoneTable)
_AT_ONCE = 500
IN_JOURNAL = "watch_line"
"""What the journal's entry on a line is of; its detail is the line's digest."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the watch log."""

    id: UUID
    number: int
    kind: str
    at_ms: int
    """When it happened."""
    said_time: str
    text: str
    due_ms: int | None
    """When what it promises is due; None for no promise."""
    by: str
    officer: str
    entered_ms: int
    marking: Marking
    corrects: UUID | None = None
    withdrawal: bool = False
    client_id: str = ""
    done: Stop | None = None
    """That what it promised was done, or is no longer to be done."""

    @property
    def ref(self) -> str:
        """``W-0007``."""
        return reference(self.number)


def reference(number: int) -> str:
    """``W-0007``."""
    return f"W-{number:04d}"


def add(conn: Connection, made: Line) -> Line:
    """Record a line under a number no line has; counted upwards it would tell how many are hidden."""
    made = replace(made, number=numbers.unused(conn, LINE.c.number))
    conn.execute(
        insert(LINE).values(
            id=made.id,
            number=made.number,
            kind=made.kind,
            at_ms=made.at_ms,
            said_time=made.said_time,
            text=made.text,
            due_ms=made.due_ms,
            corrects=made.corrects,
            withdrawal=made.withdrawal,
            client_id=made.client_id,
            officer=made.officer,
            entered_by=made.by,
            entered_ms=made.entered_ms,
            **to_columns(made.marking),
        )
    )
    return made


def digest(line: Line) -> str:
    """SHA-256 of everything a line says, hexadecimal; its random id keeps anybody from guessing at the words."""
    said = [
        str(line.id), line.number, line.kind, line.at_ms, line.said_time, line.text, line.due_ms,
        str(line.corrects or ""), int(line.withdrawal), line.by, line.officer, line.entered_ms,
        *to_columns(line.marking).values(),
    ]  # fmt: skip
    return sha256(encoded(said)).hexdigest()


def done(conn: Connection, line: UUID, made: Stop) -> None:
    """Record that what a line promised was done, or is no longer to be done."""
    conn.execute(
        insert(DONE).values(
            line_id=line,
            at_ms=made.at_ms,
            reason=made.reason,
            entered_by=made.by,
            entered_ms=made.entered_ms,
        )
    )


def load(
    conn: Connection,
    *,
    number: int | None = None,
    client_id: str = "",
    since_ms: int | None = None,
    by: tuple[str, str] | None = None,
    due: bool = False,
    handed_ms: int | None = None,
) -> list[Line]:
    """Lines the connection shows, by when they happened.

    Of a number, as sent by a client, entered since an instant, by a person (name, officer), those alone that promise
    something, or those that a handover tells: entered or done since an instant, and what is still to be done.
    """
    query = select(
        LINE, DONE.c.at_ms.label("done_at"), DONE.c.reason.label("done_reason"),
        DONE.c.entered_by.label("done_by"), DONE.c.entered_ms.label("done_ms"),
    ).outerjoin(DONE, DONE.c.line_id == LINE.c.id)  # fmt: skip
    if number is not None:
        query = query.where(LINE.c.number == number)
    if client_id:
        query = query.where(LINE.c.client_id == client_id)
    if since_ms is not None:
        query = query.where(LINE.c.entered_ms >= since_ms)
    if by is not None:
        query = query.where(_said_by(conn, *by))
    if handed_ms is not None:
        done_since = (DONE.c.seq.is_(None)) | (DONE.c.entered_ms >= handed_ms)
        query = query.where((LINE.c.entered_ms >= handed_ms) | (LINE.c.due_ms.is_not(None) & done_since))
    if due:
        query = query.where(LINE.c.due_ms.is_not(None))
    return [_line(row) for row in conn.execute(query.order_by(LINE.c.at_ms, LINE.c.entered_ms, LINE.c.seq))]


def _said_by(conn: Connection, name: str, officer: str) -> ColumnElement[bool]:
    """Lines of one person: the same officer, or the same name in capitals or not, as domain.releases.By has it."""
    known = conn.scalars(select(LINE.c.entered_by).distinct())
    named = LINE.c.entered_by.in_([one for one in known if one.casefold() == name.casefold()])
    return named | (LINE.c.officer == officer) if officer else named


def beside(conn: Connection, lines: Collection[Line]) -> list[tuple[UUID, str, UUID | None]]:
    """Id, reference and what it corrects of every line that these correct or that corrects one of these, by entry.

    Of many lines, every correction there is: those are few.
    """
    wrong = [line.corrects for line in lines if line.corrects is not None]
    among = (
        LINE.c.corrects.in_([line.id for line in lines])
        if len(lines) <= _AT_ONCE
        else LINE.c.corrects.is_not(None)
    )
    wanted = [among, *(LINE.c.id.in_(wrong[at : at + _AT_ONCE]) for at in range(0, len(wrong), _AT_ONCE))]
    query = select(LINE.c.seq, LINE.c.id, LINE.c.number, LINE.c.corrects)
    found = {row.seq: row for one in wanted for row in conn.execute(query.where(one))}
    return [(row.id, reference(row.number), row.corrects) for _, row in sorted(found.items())]


def was_done(conn: Connection, line: Line) -> bool:
    """Whether what a line promised was done: by itself, or by a line that it stands in place of."""
    back: UUID | None = line.id
    while back is not None:
        if conn.scalar(select(DONE.c.seq).where(DONE.c.line_id == back)) is not None:
            return True
        back = conn.scalar(select(LINE.c.corrects).where(LINE.c.id == back))
    return False


def corrected(conn: Connection) -> set[UUID]:
    """Ids of the lines that another corrects or withdraws, as far as the connection shows that."""
    return set(conn.scalars(select(LINE.c.corrects).where(LINE.c.corrects.is_not(None))))


def _line(row: Any) -> Line:
    stopped = (
        Stop(row.done_at, row.done_reason, row.done_by, row.done_ms) if row.done_ms is not None else None
    )
    return Line(
        id=row.id,
        number=row.number,
        kind=row.kind,
        at_ms=row.at_ms,
        said_time=row.said_time,
        text=row.text,
        due_ms=row.due_ms,
        by=row.entered_by,
        officer=row.officer,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        corrects=row.corrects,
        withdrawal=bool(row.withdrawal),
        client_id=row.client_id,
        done=stopped,
    )
