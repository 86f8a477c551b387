"""Writing the seizure ledger: events, finds, weights, persons. Each function is one commit.

Nothing is changed: a correction is a line of its own that points back, and both stay.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_lines import base_of, entering, find_of, new_find, noted, weighing
from maoc_tui.desk.seizure_reading import line_marking
from maoc_tui.desk.seizure_snapshots import NewFind, NewSeizure, Recorded, Said
from maoc_tui.desk.seizure_words import count_of, state_code, stated, when_of
from maoc_tui.desk.target_words import marked, words
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.seizure_doubts import likely_twice, near
from maoc_tui.domain.seizures import Event, Persons, Stated
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operations
from maoc_tui.store import seizures as store


def add(room: Room, viewer: Viewer, entry: NewSeizure) -> Recorded:
    """Record an event, of an operation or by itself, with what is known of it; warns of one that may be the same."""
    require(viewer, Act.OPERATE)
    event = _event(room, viewer, entry)
    with changing(room, viewer) as (conn, seen):
        led = operations.find(seen, parse_operation(entry.operation)) if entry.operation.strip() else None
        mark = entry.said.marking
        if led is not None:
            event = replace(event, operation=led.ref)
            mark = mark or line_marking(viewer, led.marking)
        event = replace(event, number=store.next_number(conn), marking=marked(viewer, mark))
        number = store.next_find(conn) if entry.find is not None else 0
        event = _with_lines(room, viewer, event, entry, number)
        others = store.load(seen, between=near(event))
        store.add(conn, event, led.id if led is not None else None)
        noted(conn, viewer, event, "collect", "event", event)
    return Recorded(
        event.ref, find=event.finds[0].ref if event.finds else "", warnings=_warnings(others, event)
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


def _warnings(others: list[Event], event: Event) -> tuple[str, ...]:
    pairs = likely_twice([one for one in others if not one.value("SAME_AS")] + [event])
    return tuple(f"{doubt.ref} {doubt.text}." for doubt in pairs if event.ref in (doubt.ref, doubt.other))


def find(room: Room, viewer: Viewer, ref: str, entry: NewFind, said: Said | None = None) -> Recorded:
    """Record one more find of an event, or correct the one that ``said.replaces`` names (SF-0412)."""
    with entering(room, viewer, ref, said) as here:
        old = find_of(here.event, here.base["replaces"]) if here.base["replaces"] else None
        if old is not None:
            here.correct(old)
        here.check_official(entry.official)
        made = new_find(entry, old.number if old is not None else store.next_find(here.conn), here.base)
        if not entry.weight.strip():
            here.record(made, what="find")
            return Recorded(here.event.ref, made.id, made.ref)
        if old is not None:
            raise BadInput("A correction of a find carries no weight.", "Record the weight by itself.")
        base = {**here.base, "id": str(uuid4())}
        weight = weighing(base, made, entry.weight, entry.basis, "", entry.official)
        here.record(made, weight, what="find")
    return Recorded(here.event.ref, made.id, made.ref)


def weigh(
    room: Room,
    viewer: Viewer,
    ref: str,
    weight: str,
    basis: str,
    *,
    packages: str = "",
    official: bool = False,
    said: Said | None = None,
) -> Recorded:
    """Record a weight of a find (SF-0412), or of the only find of an event (SZ-0007); earlier ones are kept."""
    with entering(room, viewer, ref, said) as here:
        here.check_official(official)
        of = find_of(here.event, ref)
        old = here.replaced(here.event.weighings, "weighing")
        if old is not None and old.find != of.number:
            raise BadInput("That weight is of another find.", "Withdraw it, and record it of the right one.")
        made = weighing(here.base, of, weight, basis, packages, official)
        here.record(made, what="weighing")
    return Recorded(here.event.ref, made.id, of.ref)


def persons(
    room: Room,
    viewer: Viewer,
    ref: str,
    condition: str,
    count: str,
    *,
    nationality: str = "",
    official: bool = False,
    said: Said | None = None,
) -> Recorded:
    """Record how many persons of a condition one source counts; ``0`` is none. Never a name."""
    with entering(room, viewer, ref, said) as here:
        here.check_official(official)
        here.replaced(here.event.persons, "count")
        made = Persons(
            **here.base,
            condition=seizure_terms.shipped().condition(condition),
            nationality=state_code(nationality, "nationality") if nationality.strip() else "",
            count=count_of(count, "persons"),
            official=official,
        )
        here.record(made, what="persons")
    return Recorded(here.event.ref, made.id)
