"""A new event of the ledger: of an operation or by itself, with what is known of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_lines import base_of, new_find, noted, seal, weighing
from maoc_tui.desk.seizure_reading import line_marking
from maoc_tui.desk.seizure_snapshots import NewSeizure
from maoc_tui.desk.seizure_words import stated, when_of
from maoc_tui.desk.target_words import marked, words
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import outcome, was_boarded
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.seizure_doubts import likely_twice, near
from maoc_tui.domain.seizures import Event, Stated
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operations
from maoc_tui.store import seizures as store
from maoc_tui.store.operations import Operation


def begun(
    room: Room, viewer: Viewer, conn: Connection, seen: Connection, entry: NewSeizure
) -> tuple[Event, tuple[str, ...]]:
    """The event, recorded through ``conn``, and what to look at: one that may be the same, no boarding on record."""
    event = _event(room, viewer, entry)
    led = operations.find(seen, parse_operation(entry.operation)) if entry.operation.strip() else None
    mark = entry.said.marking
    if led is not None:
        if entry.find is not None:
            check_outcome(led)
        event = replace(event, operation=led.ref)
        mark = mark or line_marking(viewer, led.marking)
    event = replace(event, number=store.next_number(conn), marking=marked(viewer, mark))
    number = store.next_find(conn) if entry.find is not None else 0
    event = _with_lines(room, viewer, event, entry, number)
    others = store.load(seen, between=near(event))
    store.add(conn, event, led.id if led is not None else None)
    seal(conn, viewer, event, event, *event.lines)
    noted(conn, viewer, event, "collect", "event", event)
    return event, (*_alike(others, event), *not_boarded([led] if led is not None else []))


def check_outcome(led: Operation) -> None:
    """Raise BadInput where an operation is closed with an outcome that says that nothing was found."""
    known = shipped().outcomes.get(outcome(led.acts))
    if known is not None and known.seizure == "none":
        raise BadInput(
            f"{led.ref} is closed as {known.title}: nothing was found.",
            "Step it back to concluded with a reason first.",
        )


def not_boarded(led: Iterable[Operation]) -> tuple[str, ...]:
    """The warning that an operation has no boarding on record."""
    return tuple(
        f"{one.ref} has no boarding on record: take the step, or correct the event."
        for one in led
        if not was_boarded(one.acts)
    )


def _event(room: Room, viewer: Viewer, entry: NewSeizure) -> Event:
    return Event(
        id=uuid4(),
        number=0,
        operation="",
        said=words(entry.when, "time", 60),
        when=when_of(entry.when, room.clock),
        text=words(entry.text, "text", 2000, empty=True),
        by=viewer.name,
        entered_ms=room.clock.now_ms(),
        marking=marked(viewer, entry.said.marking),
    )


def _with_lines(room: Room, viewer: Viewer, event: Event, entry: NewSeizure, number: int) -> Event:
    """The event with its statements, its first find and that find's first weight, all marked as the event."""
    terms = seizure_terms.shipped()
    said = replace(entry.said, marking=event.marking, replaces="", reason="")
    base = base_of(room, viewer, event.marking, said)
    lines = []
    for one in entry.statements:
        what = terms.fact(one.what)
        if what == "SAME_AS":
            raise BadInput("A new event is not counted as another.", "Record it under the other event.")
        value, status = stated(terms, what, one.value, one.status)
        lines.append(Stated(**{**base, "id": str(uuid4())}, what=what, value=value, status=status))
    event = replace(event, stated=tuple(lines))
    if entry.find is None:
        return event
    found = new_find(entry.find, number, base)
    if not entry.find.weight.strip():
        return replace(event, finds=(found,))
    typed, basis, official = entry.find.weight, entry.find.basis, entry.find.official
    first = weighing({**base, "id": str(uuid4())}, found, typed, basis, "", official)
    return replace(event, finds=(found,), weighings=(first,))


def _alike(others: list[Event], event: Event) -> tuple[str, ...]:
    pairs = likely_twice([one for one in others if not one.value("SAME_AS")] + [event])
    return tuple(f"{doubt.ref} {doubt.text}." for doubt in pairs if event.ref in (doubt.ref, doubt.other))
