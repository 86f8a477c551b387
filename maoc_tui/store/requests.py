"""Requests in the record: what was asked, and the events that follow, appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.requests import Act, Event, Kind, Scope
from maoc_tui.domain.targets import reference
from maoc_tui.store import numbers
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.request_tables import RequestEventTable, RequestTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

REQUEST, EVENT, _TARGET = table(RequestTable), table(RequestEventTable), table(TargetTable)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its events in order of entry."""

    id: UUID
    number: int
    target: str
    """Reference of the target (T-0417)."""
    target_id: UUID
    kind: Kind
    addressee: str
    acting: str
    clock: str
    rule: str
    measures: frozenset[Scope]
    grounds: str
    position: str
    by: str
    entered_ms: int
    marking: Marking
    events: tuple[Event, ...] = ()

    @property
    def ref(self) -> str:
        """``RQ-0007``."""
        return f"RQ-{self.number:04d}"


def next_number(conn: Connection) -> int:
    """A number no request has."""
    return numbers.unused(conn, REQUEST.c.number)


def add(conn: Connection, made: Asked) -> None:
    """Record a request with its events."""
    conn.execute(
        insert(REQUEST).values(
            id=made.id,
            number=made.number,
            target_id=made.target_id,
            kind=made.kind.name,
            addressee=made.addressee,
            acting=made.acting,
            clock=made.clock,
            rule=made.rule,
            measures=_codes(made.measures),
            grounds=made.grounds,
            position=made.position,
            entered_by=made.by,
            entered_ms=made.entered_ms,
            **to_columns(made.marking),
        )
    )
    for event in made.events:
        append(conn, made.id, event)


def append(conn: Connection, request: UUID, event: Event) -> None:
    """Record what became of a request."""
    conn.execute(
        insert(EVENT).values(
            id=uuid4(),
            request_id=request,
            act=event.act.name,
            at_ms=event.at_ms,
            who=event.who,
            channel=event.channel,
            oral=event.oral,
            scope=_codes(event.scope),
            conditions="\n".join(event.conditions),
            until_ms=event.until_ms,
            text=event.text,
            entered_by=event.by,
            entered_ms=event.entered_ms,
        )
    )


def load(conn: Connection, *, number: int | None = None, target: UUID | None = None) -> list[Asked]:
    """Requests the connection shows, in order of entry; one of them, or those about one target, when given."""
    rows, steps = _REQUESTS, _EVENTS
    if number is not None:
        rows = rows.where(REQUEST.c.number == number)
    if target is not None:
        rows = rows.where(REQUEST.c.target_id == target)
    found = list(conn.execute(rows))
    events: dict[UUID, list[Event]] = defaultdict(list)
    if number is not None or target is not None:
        steps = steps.where(EVENT.c.request_id.in_([row.id for row in found]))
    for row in conn.execute(steps):
        events[row.request_id].append(_event(row))
    return [_asked(row, tuple(events[row.id])) for row in found]


_REQUESTS = (
    select(REQUEST, _TARGET.c.number.label("target_number"))
    .join(_TARGET, _TARGET.c.id == REQUEST.c.target_id)
    .order_by(REQUEST.c.seq)
)
_EVENTS = select(EVENT).order_by(EVENT.c.seq)


def _codes(scopes: frozenset[Scope]) -> str:
    return ",".join(scope.name for scope in Scope if scope in scopes)


def _scopes(text: str) -> frozenset[Scope]:
    return frozenset(Scope[name] for name in text.split(",") if name)


@lru_cache(maxsize=4096)
def _event(row: Any) -> Event:
    """Of a row as it is shown: the same ones are read for many viewers."""
    return Event(
        act=Act[row.act],
        at_ms=row.at_ms,
        entered_ms=row.entered_ms,
        by=row.entered_by,
        who=row.who,
        channel=row.channel,
        oral=bool(row.oral),
        scope=_scopes(row.scope),
        conditions=tuple(filter(None, row.conditions.split("\n"))),
        until_ms=row.until_ms,
        text=row.text,
    )


def _asked(row: Any, events: tuple[Event, ...]) -> Asked:
    return Asked(
        id=row.id,
        number=row.number,
        target=reference(row.target_number),
        target_id=row.target_id,
        kind=Kind[row.kind],
        addressee=row.addressee,
        acting=row.acting,
        clock=row.clock,
        rule=row.rule,
        measures=_scopes(row.measures),
        grounds=row.grounds,
        position=row.position,
        by=row.entered_by,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        events=events,
    )
