"""The seizure ledger in the record: events and what is said of each, appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, insert, select

from maoc_tui.domain.operations import reference as operation_reference
from maoc_tui.domain.seizures import (
    Event,
    Fate,
    Find,
    Line,
    Persons,
    Stated,
    Transfer,
    Weighing,
    find_reference,
    parse_reference,
    reference,
)
from maoc_tui.domain.spans import Span
from maoc_tui.problems import BadInput
from maoc_tui.store import numbers
from maoc_tui.store import seizure_tables as tables
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.operation_tables import OperationTable
from maoc_tui.store.tables_traffic import table

EVENT, FIND = table(tables.SeizureTable), table(tables.SeizureFindTable)
_WEIGHING, _OPERATION = table(tables.SeizureWeighingTable), table(OperationTable)
_PLAIN = tuple(one.name for one in fields(Line) if one.name not in ("id", "by", "marking", "replaces"))
_OF_EVENT = {
    Find: FIND,
    Persons: table(tables.SeizurePersonsTable),
    Stated: table(tables.SeizureStatedTable),
    Transfer: table(tables.SeizureTransferTable),
}
Lines = dict[type[Line], list[Line]]
_OWN: dict[type[Line], tuple[str, ...]] = {
    kind: tuple(one.name for one in fields(kind) if one.name not in {each.name for each in fields(Line)})
    for kind in (Find, Weighing, Persons, Stated, Transfer)
}
"""The columns a kind of line has beside those of every line."""
_LISTS = {Find: "finds", Weighing: "weighings", Persons: "persons", Stated: "stated", Transfer: "custody"}


def next_number(conn: Connection) -> int:
    """A number no event has."""
    return numbers.unused(conn, EVENT.c.number)


def next_find(conn: Connection) -> int:
    """A number no find has."""
    return numbers.unused(conn, FIND.c.number)


def add(conn: Connection, event: Event, operation: UUID | None = None) -> None:
    """Record an event with everything said of it; ``operation`` is the one that led to it, if one did."""
    conn.execute(
        insert(EVENT).values(
            id=event.id,
            number=event.number,
            operation_id=operation,
            said=event.said,
            from_ms=event.when.from_ms,
            to_ms=event.when.to_ms,
            text=event.text,
            entered_by=event.by,
            entered_ms=event.entered_ms,
            **to_columns(event.marking),
        )
    )
    for line in event.lines:
        append(conn, event, line)


def append(conn: Connection, event: Event, line: Line) -> None:
    """Record a line of an event; a weighing after the find it is of."""
    values = {name: getattr(line, name) for name in (*_PLAIN, *_OWN[type(line)])}
    if isinstance(line, Weighing):
        values["find_id"] = _first_of(conn, values.pop("find"))
    else:
        values["seizure_id"] = event.id
    if isinstance(line, Find):
        values["fate"] = line.fate.name
    conn.execute(
        insert(_WEIGHING if isinstance(line, Weighing) else _OF_EVENT[type(line)]).values(
            id=UUID(line.id),
            entered_by=line.by,
            replaces=UUID(line.replaces) if line.replaces else None,
            **to_columns(line.marking),
            **values,
        )
    )


def _first_of(conn: Connection, number: int) -> UUID:
    """The find of a number as first entered, which its weighings hang on."""
    query = select(FIND.c.id).where(FIND.c.number == number, FIND.c.replaces.is_(None))
    found: UUID = conn.execute(query).scalar_one()
    return found


def load(
    conn: Connection,
    *,
    number: int | None = None,
    operation: UUID | None = None,
    between: tuple[int, int] | None = None,
) -> list[Event]:
    """Events the connection shows, in order of entry; of a number, an operation or two instants (ms) when given."""
    query = _EVENTS
    if number is not None:
        query = query.where(EVENT.c.number == number)
    if operation is not None:
        query = query.where(EVENT.c.operation_id == operation)
    if between is not None:
        query = query.where(EVENT.c.from_ms < between[1], EVENT.c.to_ms > between[0])
    rows = list(conn.execute(query))
    whole = number is None and operation is None and between is None
    only = None if whole else [row.id for row in rows]
    lines = _lines(conn, only)
    shown = _shown(conn, lines)
    return [_event(row, lines[row.id], shown) for row in rows]


_EVENTS = (
    select(EVENT, _OPERATION.c.number.label("operation_number"))
    .outerjoin(_OPERATION, _OPERATION.c.id == EVENT.c.operation_id)
    .order_by(EVENT.c.seq)
)


def _shown(conn: Connection, lines: dict[UUID, Lines]) -> frozenset[str]:
    """Of the events that others are counted as, the references of those the connection shows."""
    named = {_of_same(line) for said in lines.values() for line in said.get(Stated, ())} - {0}
    query = select(EVENT.c.number).where(EVENT.c.number.in_(named))
    return frozenset(reference(number) for number in conn.execute(query).scalars()) if named else frozenset()


def _of_same(line: Any) -> int:
    return parse_reference(line.value) if line.what == "SAME_AS" else 0


def find(conn: Connection, number: int) -> Event:
    """The event of a number on this connection; BadInput when there is none."""
    found = load(conn, number=number)
    if not found:
        raise BadInput(f"There is no event {reference(number)}.", "See: maoc seizure list.")
    return found[0]


def of_find(conn: Connection, number: int) -> Event:
    """The event that a find belongs to; BadInput when this connection shows none."""
    query = select(EVENT.c.number).join(FIND, FIND.c.seizure_id == EVENT.c.id)
    event = conn.execute(query.where(FIND.c.number == number)).scalar()
    if event is None:
        raise BadInput(f"There is no find {find_reference(number)}.", "See: maoc seizure list.")
    return find(conn, event)


def _lines(conn: Connection, only: list[UUID] | None) -> dict[UUID, Lines]:
    """Everything said of each event, by kind, in order of entry."""
    found: dict[UUID, Lines] = defaultdict(lambda: defaultdict(list))
    for kind, source in _OF_EVENT.items():
        query = _whole(source)
        if only is not None:
            query = query.where(source.c.seizure_id.in_(only))
        for row in conn.execute(query):
            found[row.seizure_id][kind].append(_line(kind, row))
    weighed = _WEIGHED
    if only is not None:
        weighed = weighed.where(FIND.c.seizure_id.in_(only))
    for row in conn.execute(weighed):
        found[row.seizure_id][Weighing].append(_line(Weighing, row))
    return found


@lru_cache(maxsize=8)
def _whole(source: Table) -> Select[Any]:
    return select(source).order_by(source.c.seq)


_WEIGHED = (
    select(_WEIGHING, FIND.c.number.label("find"), FIND.c.seizure_id)
    .join(FIND, FIND.c.id == _WEIGHING.c.find_id)
    .order_by(_WEIGHING.c.seq)
)


def _line(kind: type[Line], row: Any) -> Line:
    held = row._mapping  # a column called count is hidden by the row's own method
    values = {name: held[name] for name in (*_PLAIN, *_OWN[kind])}
    if kind is Find:
        values["fate"] = Fate[row.fate]
    return kind(
        id=str(row.id),
        by=row.entered_by,
        replaces=str(row.replaces) if row.replaces else "",
        marking=from_columns(row),
        **values,
    )


def _event(row: Any, lines: Lines, shown: frozenset[str]) -> Event:
    said: dict[str, Any] = {name: tuple(lines.get(kind, ())) for kind, name in _LISTS.items()}
    said["stated"] = tuple(one for one in said["stated"] if one.what != "SAME_AS" or one.value in shown)
    return Event(
        id=row.id,
        number=row.number,
        operation=operation_reference(row.operation_number) if row.operation_number else "",
        said=row.said,
        when=Span(row.from_ms, row.to_ms),
        text=row.text,
        by=row.entered_by,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        **said,
    )
