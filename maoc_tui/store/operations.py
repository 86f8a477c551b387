"""Operations in the record: what each is, its targets, acts and check-ins, appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, Table, func, insert, select

from maoc_tui.domain.check_ins import CheckInEvent, Heard
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import Act, Kind, reference
from maoc_tui.domain.targets import reference as target_reference
from maoc_tui.problems import BadInput
from maoc_tui.store import numbers
from maoc_tui.store import operation_tables as tables
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

OPERATION, TARGET_OF = table(tables.OperationTable), table(tables.OperationTargetTable)
ACT, CHECK_IN = table(tables.OperationActTable), table(tables.CheckInTable)
_TARGET = table(TargetTable)
_PLAIN = tuple(one.name for one in fields(Act) if one.name not in ("kind", "by", "guards"))


@dataclass(frozen=True, slots=True)
class About:
    """A target of an operation."""

    ref: str
    """T-0417."""
    id: UUID
    since: int = 0
    """How many acts the operation had when it was added last: they were entered without it."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with everything that hangs on it but its log."""

    id: UUID
    number: int
    name: str
    by: str
    entered_ms: int
    marking: Marking
    acts: tuple[Act, ...] = ()
    """In order of entry."""
    check_ins: tuple[CheckInEvent, ...] = ()
    targets: tuple[About, ...] = ()
    """Those the connection shows, in the order they were added."""
    newest_ms: int = 0
    """When anything of this was entered last."""
    told: bool = True
    """False for what is seen only because it was released: its acts, check-ins and targets are not shown then."""

    @property
    def ref(self) -> str:
        """``OP-0031``."""
        return reference(self.number)

    @property
    def covered_from(self) -> int:
        """The place from which on its acts were entered for every target it has now."""
        return max((about.since for about in self.targets), default=0)


def next_number(conn: Connection) -> int:
    """A number no operation has."""
    return numbers.unused(conn, OPERATION.c.number)


def add(conn: Connection, made: Operation) -> None:
    """Record an operation with its targets."""
    conn.execute(
        insert(OPERATION).values(
            id=made.id,
            number=made.number,
            name=made.name,
            entered_by=made.by,
            entered_ms=made.entered_ms,
            **to_columns(made.marking),
        )
    )
    for about in made.targets:
        set_target(conn, made.id, about.id, False, "", made.by, made.entered_ms)


def set_target(
    conn: Connection, operation: UUID, target: UUID, dropped: bool, reason: str, by: str, at_ms: int
) -> None:
    """Record that a target was added to an operation, or dropped from it."""
    before = select(func.count()).select_from(ACT).where(ACT.c.operation_id == operation)
    conn.execute(
        insert(TARGET_OF).values(
            acts_before=conn.scalar(before),
            id=uuid4(),
            operation_id=operation,
            target_id=target,
            dropped=dropped,
            reason=reason,
            entered_by=by,
            entered_ms=at_ms,
        )
    )


def append(conn: Connection, operation: UUID, act: Act) -> None:
    """Record an act of an operation."""
    conn.execute(
        insert(ACT).values(
            id=uuid4(),
            operation_id=operation,
            act=act.kind.name,
            entered_by=act.by,
            guards=",".join(act.guards),
            **{name: getattr(act, name) for name in _PLAIN},
        )
    )


def hear(conn: Connection, operation: UUID, event: CheckInEvent) -> None:
    """Record an event of a check-in."""
    conn.execute(
        insert(CHECK_IN).values(
            id=uuid4(),
            operation_id=operation,
            team=event.team,
            act=event.heard.name,
            every_min=event.every_min,
            at_ms=event.at_ms,
            text=event.text,
            entered_by=event.by,
            entered_ms=event.entered_ms,
        )
    )


def load(
    conn: Connection, *, number: int | None = None, ids: Collection[UUID] | None = None
) -> list[Operation]:
    """Operations the connection shows, in order of entry; the one of a number, or those of some ids, when given."""
    query = select(OPERATION).order_by(OPERATION.c.seq)
    if number is not None:
        query = query.where(OPERATION.c.number == number)
    if ids is not None:
        query = query.where(OPERATION.c.id.in_(ids))
    rows = list(conn.execute(query))
    only = [row.id for row in rows] if number is not None or ids is not None else None
    acts = _by_operation(conn, _of(ACT, only), _act)
    heard = _by_operation(conn, _of(CHECK_IN, only), _heard)
    targets, changed = _targets(conn, only)
    return [_operation(row, acts[row.id], heard[row.id], targets[row.id], changed[row.id]) for row in rows]


def find(conn: Connection, number: int) -> Operation:
    """The operation of a number on this connection; BadInput when there is none."""
    found = load(conn, number=number)
    if not found:
        raise BadInput(f"There is no operation {reference(number)}.", "See: maoc op list.")
    return found[0]


def of_target(conn: Connection, target: UUID) -> list[int]:
    """Numbers of the operations, of those this connection shows, that a target is in now."""
    return [made.number for made in load(conn) if any(about.id == target for about in made.targets)]


def checked_in(conn: Connection) -> dict[UUID, list[CheckInEvent]]:
    """Operation to the events of its check-ins, of all that the connection shows."""
    return _by_operation(conn, _of(CHECK_IN, None), _heard)


def _of(lines: Table, only: list[UUID] | None) -> Select[Any]:
    query = _whole(lines)
    return query if only is None else query.where(lines.c.operation_id.in_(only))


@lru_cache(maxsize=8)
def _whole(lines: Table) -> Select[Any]:
    return select(lines).order_by(lines.c.seq)


def _by_operation(conn: Connection, query: Select[Any], read: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in conn.execute(query):
        found[row.operation_id].append(read(row))
    return found


def _targets(
    conn: Connection, only: list[UUID] | None
) -> tuple[dict[UUID, dict[UUID, About]], dict[UUID, int]]:
    found: dict[UUID, dict[UUID, About]] = defaultdict(dict)
    changed: dict[UUID, int] = defaultdict(int)
    lines = _TARGETS if only is None else _TARGETS.where(TARGET_OF.c.operation_id.in_(only))
    for row in conn.execute(lines):
        changed[row.operation_id] = max(changed[row.operation_id], row.entered_ms)
        if row.dropped:
            found[row.operation_id].pop(row.target_id, None)
        else:
            ref = target_reference(row.target_number)
            found[row.operation_id][row.target_id] = About(ref, row.target_id, row.acts_before)
    return found, changed


_TARGETS = (
    select(TARGET_OF, _TARGET.c.number.label("target_number"))
    .join(_TARGET, _TARGET.c.id == TARGET_OF.c.target_id)
    .order_by(TARGET_OF.c.seq)
)


def log_newest(conn: Connection) -> dict[UUID, int]:
    """Operation to when the newest line of its log that the connection shows was entered."""
    line = table(tables.LogLineTable)
    query = select(line.c.operation_id, func.max(line.c.entered_ms)).group_by(line.c.operation_id)
    return {operation: int(newest) for operation, newest in conn.execute(query)}


def _operation(
    row: Any, acts: list[Act], heard: list[CheckInEvent], targets: dict[UUID, About], changed: int
) -> Operation:
    entered: Iterable[int] = (*(one.entered_ms for one in acts), *(one.entered_ms for one in heard))
    return Operation(
        id=row.id,
        number=row.number,
        name=row.name,
        by=row.entered_by,
        entered_ms=row.entered_ms,
        marking=from_columns(row),
        acts=tuple(acts),
        check_ins=tuple(heard),
        targets=tuple(targets.values()),
        newest_ms=max(row.entered_ms, changed, *entered),
        told=row.entered_by != "",
    )


def _act(row: Any) -> Act:
    guards = tuple(filter(None, row.guards.split(",")))
    return Act(
        kind=Kind[row.act], by=row.entered_by, guards=guards, **{name: getattr(row, name) for name in _PLAIN}
    )


def _heard(row: Any) -> CheckInEvent:
    return CheckInEvent(
        row.team, Heard[row.act], row.at_ms, row.entered_ms, row.entered_by, row.every_min, row.text
    )
