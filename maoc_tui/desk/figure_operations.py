"""Measures of operations: outcomes, boardings that found something, legal bases, and from cue to contact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from maoc_tui.brief.document import Cite
from maoc_tui.desk.brief_entry import cite
from maoc_tui.desk.brief_target_reading import TargetNow
from maoc_tui.desk.figure_records import Drawn, Record, Sources
from maoc_tui.domain.assignments import HELD, NOBODY, Assignment, TaskRole
from maoc_tui.domain.figure_folds import Item, summed
from maoc_tui.domain.figure_terms import shipped
from maoc_tui.domain.figures import TOTAL, Table, Tally
from maoc_tui.domain.operation_guards import bases
from maoc_tui.domain.operations import Kind, State, newest, outcome
from maoc_tui.domain.seizure_doubts import Doubt
from maoc_tui.domain.seizure_figures import NOT_RECORDED
from maoc_tui.store.operations import Operation

_HOUR_MS = 3_600_000
LEGS = ("1-lead", "2-located", "3-boarded")
"""Legs of the way from a target's entry to its boarding, in their order."""
LEG_TITLES = {LEGS[0]: "entered to lead", LEGS[1]: "entered to located", LEGS[2]: "entered to boarded"}


def _cite(one: Operation) -> Cite:
    return cite("operation", one.id, one.ref)


_BEFORE = tuple(State)[: tuple(State).index(State.BOARDED)]


def boardings(one: Operation) -> tuple[list[int], list[int]]:
    """When an operation was boarded, and the boardings that a later step back took back."""
    stands: list[int] = []
    taken_back: list[int] = []
    for act in one.acts:
        if act.kind is Kind.STEP and act.what == State.BOARDED:
            stands.append(act.at_ms)
        elif act.kind is Kind.STEP and act.what in _BEFORE:
            taken_back += stands
            stands = []
    return stands, taken_back


def boarded_ms(one: Operation) -> int | None:
    """When an operation was boarded first; None where it was not, or it was stepped back each time."""
    return min(boardings(one)[0], default=None)


def _stepped_back(sources: Sources) -> list[tuple[int, Doubt]]:
    """The boardings that do not count."""
    doubt = "left out: the boarding was stepped back"
    return [
        (at, Doubt(one.ref, "stepped-back", doubt)) for one in sources.operations for at in boardings(one)[1]
    ]


def operations(sources: Sources) -> Drawn:
    """Operations closed by outcome."""
    records, left = [], []
    for one in sources.operations:
        ended, last = outcome(one.acts), newest(one.acts, Kind.STEP)
        if ended and last is not None:
            records.append(Record(one.ref, last.at_ms, Item(one.ref, (ended,), (1,)), (_cite(one),)))
        else:
            left.append((one.entered_ms, Doubt(one.ref, "left-out", "left out: it is not closed")))
    return Drawn(records, partial(summed, width=1), left)


def hit_rate(sources: Sources) -> Drawn:
    """Boardings that found something among boardings."""
    records, left = [], _stepped_back(sources)
    for one in sources.operations:
        at, ended = boarded_ms(one), outcome(one.acts)
        if at is None:
            continue
        if not ended:
            left.append(
                (
                    at,
                    Doubt(
                        one.ref,
                        "left-out",
                        "left out: boarded, not closed yet",
                    ),
                )
            )
            continue
        positive = ended in shipped().positive
        records.append(Record(one.ref, at, Item(one.ref, (), (1, int(positive))), (_cite(one),)))
    return Drawn(records, partial(summed, width=2, rate=True), left)


def basis(sources: Sources) -> Drawn:
    """Boardings by legal basis."""
    records = []
    for one in sources.operations:
        at = boarded_ms(one)
        if at is not None:
            named = tuple(act.what for act in bases(one.acts, one.covered_from)) or (NOT_RECORDED,)
            records.append(Record(one.ref, at, Item(one.ref, named, (1,)), (_cite(one),)))
    return Drawn(
        records,
        partial(summed, width=1),
        _stepped_back(sources),
        about=lambda some: (
            Doubt(one.ref, "no-basis", "boarded, and no legal basis stands")
            for one in some
            if one.thing.keys == (NOT_RECORDED,)
        ),
    )


def cue(sources: Sources) -> Drawn:
    """Hours from a target's entry to its lead, to its first place after that, to its boarding."""
    records, left = [], []
    boardings = _boardings(sources)
    for one in sources.targets:
        identifier, begun = UUID(one.head.id), one.head.created_ms
        legs = list(_legs(sources, one, boardings.get(identifier, [])))
        for key, at, cites in legs:
            item = Item(one.row.ref, (key,), (1,), (at - begun) / _HOUR_MS)
            records.append(Record(one.row.ref, begun, item, (_target(one), *cites)))
        if not legs:
            left.append(
                (
                    begun,
                    Doubt(one.row.ref, "left-out", "left out: never led, placed or boarded since"),
                )
            )
    return Drawn(records, _legs_table, left)


def _legs_table(items: Sequence[Item]) -> Table:
    """The legs; hours of different legs are no total, so that is the longest one: to the boarding."""
    rows = summed(items, 1, spread=True).rows
    whole = next((one for one in rows if one.key == LEGS[2]), Tally(LEGS[2], (0, None, None), 0))
    return Table(rows, replace(whole, key=TOTAL, n=len({item.ref for item in items})))


def _target(one: TargetNow) -> Cite:
    return cite("target", one.head.id, one.row.ref)


def _boardings(sources: Sources) -> dict[UUID, list[tuple[int, Operation]]]:
    found: dict[UUID, list[tuple[int, Operation]]] = {}
    for one in sources.operations:
        at = boarded_ms(one)
        for about in one.targets if at is not None else ():
            found.setdefault(about.id, []).append((at or 0, one))
    return found


def _legs(
    sources: Sources, one: TargetNow, boarded: list[tuple[int, Operation]]
) -> Iterator[tuple[str, int, tuple[Cite, ...]]]:
    """Each leg that came to its end: its key, when, and the statements that say so."""
    identifier, begun = UUID(one.head.id), one.head.created_ms
    leads = [found for held in sources.made.assigned.get(one.head.id, ()) if (found := _led(held))]
    if leads:
        at, lead = min(leads, key=lambda found: found[0])
        yield LEGS[0], at, (cite("assignment", lead.id, one.row.ref),)
    placed = [spot for spot in sources.placed.get(identifier, ()) if spot.entered_ms > begun]
    if placed:
        first = min(placed, key=lambda spot: spot.entered_ms)
        yield LEGS[1], first.entered_ms, (cite(first.kind, first.id, one.row.ref),)
    after = [found for found in boarded if found[0] >= begun]
    if after:
        at, operation = min(after, key=lambda found: found[0])
        yield LEGS[2], at, (_cite(operation),)


def _led(held: Assignment) -> tuple[int, Assignment] | None:
    """When a partner took the lead; None where it never did."""
    if held.role is not TaskRole.LEAD or held.partner == NOBODY:
        return None
    at = next((event.at_ms for event in held.events if event.state in HELD), None)
    return None if at is None else (at, held)
