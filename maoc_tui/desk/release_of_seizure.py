"""The statements of an event of the seizure ledger that may be released, each a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from maoc_tui.desk import release_of_operation
from maoc_tui.desk.release_candidate import candidate
from maoc_tui.domain import operations
from maoc_tui.domain.releases import Candidate, Subject
from maoc_tui.domain.seizure_terms import shipped
from maoc_tui.domain.seizures import (
    Event,
    Find,
    Line,
    Persons,
    Stated,
    Transfer,
    Weighing,
    find_reference,
    parse_reference,
    standing,
)
from maoc_tui.domain.weights import format_kg
from maoc_tui.store import operations as operations_store
from maoc_tui.store import seizures as store


def candidates(conn: Connection, ref: str) -> tuple[Subject, tuple[Candidate, ...]]:
    """An event (SZ-0007), the operation that led to it, and every line that stands. Raises BadInput."""
    event = store.find(conn, parse_reference(ref))
    led = _operation(conn, event)
    return Subject("seizure", str(event.id), event.ref), (
        candidate(
            "seizure", event.id, f"{event.ref} itself, {event.when}", event.text, event.marking, event.entered_ms,
            event.said, event.when.from_ms, event.when.to_ms, event.text, event.operation,
            above=tuple(one.id for one in led),
        ),
        *led,
        *_finds(event),
        *(_weighing(line, event) for find in standing(event.finds) for line in event.weights(find)),
        *(_persons(line, event) for line in standing(event.persons)),
        *(_stated(line, event) for line in standing(event.stated)),
        *(_transfer(line, event) for line in standing(event.custody)),
    )  # fmt: skip


def _operation(conn: Connection, event: Event) -> tuple[Candidate, ...]:
    """The operation that led to the event: who is shown the event is shown that there is one, in some wording."""
    if not event.operation:
        return ()
    number = operations.parse_reference(event.operation)
    return (release_of_operation.itself(operations_store.find(conn, number)),)


def _finds(event: Event) -> Iterator[Candidate]:
    """The finds that stand; of a corrected one also the first entry, which its weighings are lines of."""
    stand = {find.number: find for find in standing(event.finds)}
    for find in event.finds:
        now = stand.get(find.number)
        if find == now:
            yield _find(find, event, "")
        elif now is not None and not find.replaces:
            yield replace(_find(find, event, ", as first entered"), beside=(now.id,))


def _find(find: Find, event: Event, more: str) -> Candidate:
    packages = f", {find.packages} packages" if find.packages is not None else ""
    title = f"{find.ref} {shipped().substances[find.substance].title}, {find.fate.value}{packages}{more}"
    return _of("seizure_find", find, title, event.id, find.substance, find.fate.name, find.packages)


def _weighing(line: Weighing, event: Event) -> Candidate:
    first = next(find.id for find in event.finds if find.number == line.find and not find.replaces)
    basis = shipped().bases[line.basis].title
    official = ", official" if line.official else ""
    title = f"{find_reference(line.find)} weighs {format_kg(line.grams)} {basis}{official}"
    said = (line.grams, line.said, line.basis, line.packages, line.official)
    return _of("seizure_weighing", line, title, first, *said)


def _persons(line: Persons, event: Event) -> Candidate:
    whose = f" of {line.nationality}" if line.nationality else ""
    title = f"{line.count} {shipped().conditions[line.condition].title}{whose}"
    said = (line.condition, line.nationality, line.count, line.official)
    return _of("seizure_persons", line, title, event.id, *said)


def _stated(line: Stated, event: Event) -> Candidate:
    status = f", {line.status.lower()}" if line.status else ""
    title = f"{shipped().facts[line.what].title}: {line.value}{status}"
    return _of("seizure_stated", line, title, event.id, line.what, line.value, line.status)


def _transfer(line: Transfer, event: Event) -> Candidate:
    title = f"custody of {line.item}: {line.giver or 'found on board'} to {line.taker}"
    return _of("seizure_transfer", line, title, event.id, line.item, line.giver, line.taker)


def _of(kind: str, line: Line, title: str, above: object, *said: object) -> Candidate:
    """A line of the event: what it says in its columns, and its words."""
    return candidate(
        kind, line.id, title, line.text, line.marking, line.entered_ms, line.at_ms, *said, line.text,
        above=(above,),
    )  # fmt: skip
