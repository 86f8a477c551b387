"""Assignments in the record: an offer and the steps that follow it, appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.assignments import Assignment, Event, State, TaskRole
from maoc_tui.store.liaison_tables import AssignmentEventTable, AssignmentTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table

ASSIGNMENT, EVENT = table(AssignmentTable), table(AssignmentEventTable)


def add(conn: Connection, made: Assignment) -> None:
    """Record an assignment with its first event."""
    conn.execute(
        insert(ASSIGNMENT).values(
            id=made.id,
            target_id=made.target,
            partner=made.partner,
            role=made.role.value,
            entered_by=made.by,
            entered_ms=made.at_ms,
            **to_columns(made.marking),
        )
    )
    for event in made.events:
        step(conn, made.id, event)


def step(conn: Connection, assignment: UUID, event: Event) -> None:
    """Record what became of an assignment."""
    conn.execute(
        insert(EVENT).values(
            id=event.id,
            assignment_id=assignment,
            state=event.state.value,
            reason=event.reason,
            officer_id=event.officer,
            entered_by=event.by,
            entered_ms=event.at_ms,
        )
    )


def load(conn: Connection, target: UUID | None = None) -> dict[UUID, list[Assignment]]:
    """Assignments the viewer may see by target, in the order of entry; of one target when given."""
    rows = select(ASSIGNMENT).order_by(ASSIGNMENT.c.seq)
    steps = select(EVENT).order_by(EVENT.c.seq)
    if target is not None:
        rows = rows.where(ASSIGNMENT.c.target_id == target)
        steps = steps.join(ASSIGNMENT, ASSIGNMENT.c.id == EVENT.c.assignment_id)
        steps = steps.where(ASSIGNMENT.c.target_id == target)
    events: dict[UUID, list[Event]] = defaultdict(list)
    for row in conn.execute(steps):
        events[row.assignment_id].append(_event(row))
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in conn.execute(rows):
        if row.id in events:
            found[row.target_id].append(_assignment(row, tuple(events[row.id])))
    return found


def _event(row: Any) -> Event:
    return Event(row.id, State(row.state), row.reason, row.officer_id, row.entered_by, row.entered_ms)


def _assignment(row: Any, events: tuple[Event, ...]) -> Assignment:
    return Assignment(
        id=row.id,
        target=row.target_id,
        partner=row.partner,
        role=TaskRole(row.role),
        by=row.entered_by,
        at_ms=row.entered_ms,
        marking=from_columns(row),
        events=events,
    )
