"""Assignments in the record: an offer and the steps that follow it, appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, insert, select

from maoc_tui.domain.assignments import Assignment, Event, State, TaskRole
from maoc_tui.store.liaison_tables import AssignmentEventTable, AssignmentTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.operation_tables import OperationAssignmentEventTable, OperationAssignmentTable
from maoc_tui.store.tables_traffic import table


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where assignments stand: those to targets, or those to operations."""

    rows: Table
    events: Table
    subject: str
    """Column with the id of the target or operation."""


TO_TARGETS = Ledger(table(AssignmentTable), table(AssignmentEventTable), "target_id")
TO_OPERATIONS = Ledger(table(OperationAssignmentTable), table(OperationAssignmentEventTable), "operation_id")


def add(conn: Connection, made: Assignment, ledger: Ledger = TO_TARGETS) -> None:
    """Record an assignment with its first event."""
    conn.execute(
        insert(ledger.rows).values(
            **{ledger.subject: made.target},
            id=made.id,
            partner=made.partner,
            role=made.role.value,
            entered_by=made.by,
            entered_ms=made.at_ms,
            **to_columns(made.marking),
        )
    )
    for event in made.events:
        step(conn, made.id, event, ledger)


def step(conn: Connection, assignment: UUID, event: Event, ledger: Ledger = TO_TARGETS) -> None:
    """Record what became of an assignment."""
    conn.execute(
        insert(ledger.events).values(
            id=event.id,
            assignment_id=assignment,
            state=event.state.value,
            reason=event.reason,
            officer_id=event.officer,
            entered_by=event.by,
            entered_ms=event.at_ms,
        )
    )


def load(
    conn: Connection, subject: UUID | None = None, ledger: Ledger = TO_TARGETS
) -> dict[UUID, list[Assignment]]:
    """Assignments the viewer may see by target or operation, in the order of entry; of one when given."""
    of, column = ledger.rows, ledger.rows.c[ledger.subject]
    rows, steps = _every(ledger)
    if subject is not None:
        rows = rows.where(column == subject)
        steps = steps.join(of, of.c.id == ledger.events.c.assignment_id).where(column == subject)
    events: dict[UUID, list[Event]] = defaultdict(list)
    for row in conn.execute(steps):
        events[row.assignment_id].append(_event(row))
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in conn.execute(rows):
        if row.id in events:
            found[row.subject].append(_assignment(row, tuple(events[row.id])))
    return found


@lru_cache(maxsize=2)
def _every(ledger: Ledger) -> tuple[Select[Any], Select[Any]]:
    """All assignments with their ``subject``, and what became of them."""
    of = ledger.rows
    rows = select(of, of.c[ledger.subject].label("subject")).order_by(of.c.seq)
    return rows, select(ledger.events).order_by(ledger.events.c.seq)


def _event(row: Any) -> Event:
    return Event(row.id, State(row.state), row.reason, row.officer_id, row.entered_by, row.entered_ms)


def _assignment(row: Any, events: tuple[Event, ...]) -> Assignment:
    return Assignment(
        id=row.id,
        target=row.subject,
        partner=row.partner,
        role=TaskRole(row.role),
        by=row.entered_by,
        at_ms=row.entered_ms,
        marking=from_columns(row),
        events=events,
    )
