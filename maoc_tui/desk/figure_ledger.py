"""Measures of the seizure ledger: each event once, where its date lies, on the statements that tell the figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from maoc_tui.brief.document import Cite
from maoc_tui.desk.brief_entry import cite
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.figure_records import Drawn, Record, Sources
from maoc_tui.desk.seizure_words import place_said
from maoc_tui.domain import figure_folds as folds
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.figures import Table
from maoc_tui.domain.seizure_doubts import Doubt, doubts, likely_twice
from maoc_tui.domain.seizure_figures import NOT_RECORDED, SUBSTANCE, counted
from maoc_tui.domain.seizure_terms import CREDITS
from maoc_tui.domain.seizures import Event, standing
from maoc_tui.problems import BadInput

NOT_DETERMINED = "not determined"
_OUTSIDE = "outside the zones"
_WEIGHTS = frozenset({
    "no-find", "no-weight", "estimate-only", "unofficial", "conflicting-weight", "find-twice", "untested", "date",
    "twice",
})  # fmt: skip
_PERSONS = frozenset({"no-persons", "conflicting-persons", "persons-add-up", "date", "twice"})
_FLAGS = frozenset({"no-flag", "conflicting-flag", "date", "twice"})
_OF_EVENT = frozenset({"date", "twice"})


def weight_cites(event: Event) -> Iterator[Cite]:
    """The event, its finds and their weights."""
    for find in standing(event.finds):
        yield cite("seizure_find", find.id, event.ref)
        yield from (cite("seizure_weighing", one.id, event.ref) for one in event.weights(find))


def _stated(*kinds: str) -> Callable[[Event], Iterator[Cite]]:
    def cites(event: Event) -> Iterator[Cite]:
        for kind in kinds:
            yield from (cite("seizure_stated", one.id, event.ref) for one in event.of(kind))

    return cites


def _persons_cites(event: Event) -> Iterator[Cite]:
    return (cite("seizure_persons", one.id, event.ref) for one in standing(event.persons))


def events(made: Gathered, *told: Callable[[Event], Iterable[Cite]]) -> list[Record]:
    """The events that are counted, each with itself, why it is counted, and what ``told`` says it rests on.

    None that is seen only because it was released: what is not told of it would be counted as not being there.
    """
    return [
        Record(
            one.ref,
            one.when.from_ms,
            one,
            (
                cite("seizure", one.id, one.ref),
                *_stated("SAME_AS")(one),
                *(source for tell in told for source in tell(one)),
            ),
        )
        for one in counted(made.events)
        if one.by
    ]


def seized_records(made: Gathered) -> list[Record]:
    """The events that sums of weights are made of: the brief's and those of every measure."""
    return events(made, weight_cites)


def _left_out(made: Gathered, counts: Iterable[Record]) -> list[tuple[int, Doubt]]:
    """Events recorded as the same as another."""
    held = {one.ref for one in counts}
    return [
        (one.when.from_ms, Doubt(one.ref, "left-out", f"left out: counted as {one.value('SAME_AS')}"))
        for one in made.events
        if one.by and one.ref not in held
    ]


def _about(kinds: frozenset[str], some: Sequence[Record]) -> Iterator[Doubt]:
    terms = seizure_terms.shipped()
    told = [doubt for one in some for doubt in doubts(one.thing, terms)]
    yield from (doubt for doubt in (*likely_twice(one.thing for one in some), *told) if doubt.kind in kinds)


def _missing(
    kinds: frozenset[str], what: Sequence[str], kind: str, text: str, some: Sequence[Record]
) -> Iterator[Doubt]:
    """As ``_about``, and the events of which nothing of ``what`` is stated."""
    yield from _about(kinds, some)
    yield from (Doubt(one.ref, kind, text) for one in some if not any(one.thing.of(name) for name in what))


def seized(sources: Sources) -> Drawn:
    """Kilograms seized by substance."""
    return _weighed(sources, folds.seized)


def disrupted(sources: Sources) -> Drawn:
    """Kilograms seized and jettisoned by substance."""
    return _weighed(sources, folds.disrupted)


def _weighed(sources: Sources, fold: Callable[..., Table]) -> Drawn:
    records, terms = seized_records(sources.made), seizure_terms.shipped()
    made = partial(_by, fold, SUBSTANCE, terms)
    return Drawn(records, made, _left_out(sources.made, records), partial(_about, _WEIGHTS))


def _by(fold: Callable[..., Table], by: object, terms: object, some: Sequence[Event]) -> Table:
    return fold(some, by, terms)


def conveyance(sources: Sources) -> Drawn:
    """Events and kilograms by type of vessel."""
    records = events(sources.made, weight_cites, _stated("TYPE"))
    fold = partial(_by, folds.events_and_weights, "type", seizure_terms.shipped())
    about = partial(_missing, _WEIGHTS, ("TYPE",), "no-type", "no type of vessel is recorded")
    return Drawn(records, fold, _left_out(sources.made, records), about)


def zone(sources: Sources) -> Drawn:
    """Events and kilograms by the waters of the event's position."""
    records = events(sources.made, weight_cites, _stated("POSITION"))
    known = {one.thing.number: _waters(sources, one.thing) for one in records}
    fold = partial(_by, folds.events_and_weights, lambda event: known[event.number], seizure_terms.shipped())
    about = partial(_missing, _WEIGHTS, ("POSITION",), "no-position", "no position is recorded")
    return Drawn(records, fold, _left_out(sources.made, records), about)


def _waters(sources: Sources, event: Event) -> str:
    """Short label of the zone an event lies in; not determined where its circle of error touches two."""
    said = event.value("POSITION")
    if not said:
        return NOT_RECORDED
    try:
        place = place_said(said)
    except BadInput:
        return NOT_RECORDED
    zones = sources.waters
    touched = {(zones.areas[area].kind, zones.areas[area].states): zones.areas[area].short
               for area in zones.candidates(place.lat, place.lon, place.radius_nm)}  # fmt: skip
    if len(touched) > 1:
        return NOT_DETERMINED
    return next(iter(touched.values()), _OUTSIDE)


def flag(sources: Sources) -> Drawn:
    """Events by flag claimed and flag confirmed."""
    records = events(sources.made, _stated("FLAG"))
    return Drawn(records, folds.flags, _left_out(sources.made, records), partial(_about, _FLAGS))


def persons(sources: Sources) -> Drawn:
    """Persons by condition."""
    records = events(sources.made, _persons_cites)
    terms = seizure_terms.shipped()
    return Drawn(
        records,
        lambda some: folds.persons(some, terms),
        _left_out(sources.made, records),
        partial(_about, _PERSONS),
    )


def contribution(sources: Sources) -> Drawn:
    """Shares of credit by partner."""
    records = events(sources.made, _stated(*CREDITS))
    about = partial(_missing, _OF_EVENT, CREDITS, "no-credit", "nobody is credited with anything")
    return Drawn(records, folds.contribution, _left_out(sources.made, records), about)
