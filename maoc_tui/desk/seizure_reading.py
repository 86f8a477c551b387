"""Reading the seizure ledger: the list, one event with everything said of it, what an operation brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from maoc_tui.desk.journal import consult
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_files import mark_of
from maoc_tui.desk.seizure_snapshots import FindLine, SeizureRow, SeizureSheet
from maoc_tui.desk.target_listing import types
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.custody import chains
from maoc_tui.domain.headcounts import Account, accounts
from maoc_tui.domain.marking import Marking, default
from maoc_tui.domain.operations import NOT_AGREED, parse_reference, states, was_boarded
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.seizure_doubts import doubts
from maoc_tui.domain.seizures import (
    Event,
    Find,
    Transfer,
    shown_weight,
    standing,
)
from maoc_tui.domain.seizures import parse_reference as parse_event
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operations, seizures

_MAKES_OFFICIAL = ("LEAD", "SEIZING", "PROSECUTING")


def listing(room: Room, viewer: Viewer, operation: str = "") -> tuple[SeizureRow, ...]:
    """The events the viewer may see, the last first; those of one operation (OP-0031) when given."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        led = operations.find(conn, parse_reference(operation)).id if operation.strip() else None
        found = with_states(conn, seizures.load(conn, operation=led))
    return tuple(sorted(map(row_of, found), key=lambda row: (-row.from_ms, row.ref)))


def sheet(room: Room, viewer: Viewer, ref: str) -> SeizureSheet:
    """Everything on one event; BadInput when there is none the viewer may see."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        (event,) = with_states(conn, [seizures.find(conn, parse_event(ref))])
    stands = {line.id for line in standing(event.lines)}
    return SeizureSheet(
        row=row_of(event),
        event=event,
        stated={what: held for what in seizure_terms.shipped().facts if (held := event.of(what))},
        inherited={what: value for what, value in event.inherited if not event.of(what)},
        accounts=accounts(event.persons),
        custody=chains(event.custody),
        past=tuple(line for line in event.lines if line.id not in stands),
        line_marking=line_marking(viewer, event.marking),
        official=may_be_official(viewer, event),
    )


def opened(room: Room, viewer: Viewer, ref: str) -> SeizureSheet:
    """Everything on one event, as ``sheet``; that it was consulted is in the journal before it is returned."""
    found = sheet(room, viewer, ref)
    consult(room, viewer, "seizure", found.row.ref, found.marking)
    return found


def matching(room: Room, viewer: Viewer, ref: str, path: str) -> tuple[Transfer, ...]:
    """The transfers of an event whose file is this one, byte for byte; BadInput when it cannot be read."""
    event, mark = sheet(room, viewer, ref).event, mark_of(path)
    return tuple(line for line in event.custody if line.sha256 == mark.sha256 and not line.withdrawal)


def row_of(event: Event) -> SeizureRow:
    """One event as a list shows it."""
    terms = seizure_terms.shipped()
    kind, disposition = types().get(event.value("TYPE")), event.value("VESSEL_DISPOSITION")
    return SeizureRow(
        ref=event.ref,
        operation=event.operation,
        when=str(event.when),
        from_ms=event.when.from_ms,
        vessel=event.value("VESSEL"),
        type=kind.title if kind is not None else "",
        area=event.value("AREA") or event.value("POSITION"),
        lead=event.value("LEAD"),
        finds=tuple(_find(event, find) for find in standing(event.finds)),
        persons=tuple(_quoted(accounts(event.persons))),
        disposition=terms.vessel[disposition].title if disposition else "",
        doubts=doubts(event, terms),
        counted_as=event.value("SAME_AS"),
        newest_ms=event.newest_ms,
        marking=event.marking,
    )


def _find(event: Event, find: Find) -> FindLine:
    terms = seizure_terms.shipped()
    weights = event.weights(find)
    shown = shown_weight(weights, tuple(terms.bases))
    rest = sorted((one for one in weights if one is not shown), key=lambda one: -one.at_ms)
    first = (shown,) if shown is not None else ()
    return FindLine(find, terms.substances[find.substance].title, shown, (*first, *rest))


def _quoted(held: Iterable[Account]) -> Iterable[Account]:
    first: dict[str, Account] = {}
    for account in held:
        first.setdefault(account.condition, account)
    return first.values()


def with_states(conn: Connection, events: list[Event]) -> list[Event]:
    """The events with the States of their operations, as far as this connection shows them."""
    wanted = {event.operation for event in events if event.operation}
    if not wanted:
        return events
    one = parse_reference(min(wanted)) if len(wanted) == 1 else None
    led = operations.load(conn, number=one)
    held = {made.ref: states(made.acts) for made in led}
    ashore = {made.ref for made in led if not was_boarded(made.acts)}
    told = {
        ref: tuple((field.name, value) for field, value in said.items() if value not in ("", NOT_AGREED))
        for ref, said in held.items()
    }
    return [
        replace(event, inherited=told.get(event.operation, ()), boarded=event.operation not in ashore)
        for event in events
    ]


def line_marking(viewer: Viewer, above: Marking) -> Marking:
    """How a new line is marked unless another marking is chosen: as the event, where the event is one's own."""
    return above if above.originators == {viewer.partner} else default(viewer.partner)


def may_be_official(viewer: Viewer, event: Event) -> bool:
    """Whether a viewer may record official figures: the event's originator, or the State it names as concerned."""
    if viewer.all_seeing or event.marking.originators == {viewer.partner}:
        return True
    own = [one for what in _MAKES_OFFICIAL for one in event.of(what)]
    named = {one.value for one in own if one.marking.originators == event.marking.originators}
    return viewer.partner in named | {value for what, value in event.inherited if what in _MAKES_OFFICIAL}
