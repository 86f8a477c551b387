"""Taskings in the record: which asset is asked for which operation, and what its State answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import reference
from maoc_tui.domain.taskings import Act, Event
from maoc_tui.store import numbers
from maoc_tui.store.asset_tables import AssetTable, TaskingEventTable, TaskingTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.operation_tables import OperationTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

TASKING, EVENT = table(TaskingTable), table(TaskingEventTable)
_ASSET, _OPERATION, _TARGET = table(AssetTable), table(OperationTable), table(TargetTable)


@dataclass(frozen=True, slots=True)
class Tasking:
    """One tasking with its events in order of entry, and what it joins as far as the connection shows it."""

    id: UUID
    number: int
    asset_id: UUID
    asset: str
    """AS-0007."""
    asset_name: str
    owner: str
    operation_id: UUID
    operation: str
    """OP-0031."""
    target_id: UUID | None
    target: str
    """T-0417; "" for none, or for one that the connection does not show."""
    words: str
    by: str
    entered_ms: int
    marking: Marking
    events: tuple[Event, ...] = ()

    @property
    def ref(self) -> str:
        """``TK-0003``."""
        return f"TK-{self.number:04d}"

    @property
    def act(self) -> Act:
        """What happened last."""
        return self.events[-1].act


def next_number(conn: Connection) -> int:
    """A number no tasking has."""
    return numbers.unused(conn, TASKING.c.number)


def add(conn: Connection, made: Tasking) -> None:
    """Record a tasking with its events."""
    conn.execute(
        insert(TASKING).values(
            id=made.id, number=made.number, asset_id=made.asset_id, operation_id=made.operation_id,
            target_id=made.target_id, words=made.words, entered_by=made.by, entered_ms=made.entered_ms,
            **to_columns(made.marking),
        )
    )  # fmt: skip
    for event in made.events:
        append(conn, made.id, event)


def append(conn: Connection, tasking: UUID, event: Event) -> None:
    """Record what became of a tasking."""
    conn.execute(
        insert(EVENT).values(
            id=uuid4(), tasking_id=tasking, act=event.act.name, at_ms=event.at_ms, who=event.who,
            channel=event.channel, text=event.text, partner=event.partner, entered_by=event.by,
            entered_ms=event.entered_ms,
        )
    )  # fmt: skip


def load(
    conn: Connection, *, number: int | None = None, asset: UUID | None = None, operation: UUID | None = None
) -> list[Tasking]:
    """Taskings the connection shows with their asset and operation, in order of entry."""
    rows, steps = _TASKINGS, _EVENTS
    columns = ((TASKING.c.number, number), (TASKING.c.asset_id, asset), (TASKING.c.operation_id, operation))
    for column, wanted in columns:
        if wanted is not None:
            rows = rows.where(column == wanted)
    found = list(conn.execute(rows))
    if any(wanted is not None for _, wanted in columns):
        steps = steps.where(EVENT.c.tasking_id.in_([row.id for row in found]))
    events: dict[UUID, list[Event]] = defaultdict(list)
    for row in conn.execute(steps):
        events[row.tasking_id].append(_event(row))
    return [_tasking(row, tuple(events[row.id])) for row in found]


_TASKINGS = (
    select(
        TASKING,
        _ASSET.c.number.label("asset_number"), _ASSET.c.name.label("asset_name"), _ASSET.c.owner,
        _OPERATION.c.number.label("operation_number"), _TARGET.c.number.label("target_number"),
    )
    .join(_ASSET, _ASSET.c.id == TASKING.c.asset_id)
    .join(_OPERATION, _OPERATION.c.id == TASKING.c.operation_id)
    .outerjoin(_TARGET, _TARGET.c.id == TASKING.c.target_id)
    .order_by(TASKING.c.seq)
)  # fmt: skip
_EVENTS = select(EVENT).order_by(EVENT.c.seq)


def _event(row: Any) -> Event:
    return Event(
        Act[row.act], row.at_ms, row.entered_ms, row.entered_by, row.partner, row.who, row.channel, row.text
    )


def _tasking(row: Any, events: tuple[Event, ...]) -> Tasking:
    return Tasking(
        id=row.id,
        number=row.number,
        asset_id=row.asset_id,
        asset=f"AS-{row.asset_number:04d}",
        asset_name=row.asset_name,
        owner=row.owner,
        operation_id=row.operation_id,
        operation=f"OP-{row.operation_number:04d}",
        target_id=row.target_id,
        target=reference(row.target_number) if row.target_number is not None else "",
        words=row.words,
        by=row.entered_by,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        events=events,
    )
