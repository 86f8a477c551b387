"""Seizures as lines of a brief: the events of the ledger, and the figures made of them."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk.brief_entry import Entry, cite, sentence
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.figure_ledger import seized_records
from maoc_tui.desk.seizure_reading import row_of
from maoc_tui.desk.seizure_snapshots import FindLine, SeizureRow
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.seizure_figures import SUBSTANCE, Row, table
from maoc_tui.domain.seizures import Event, Fate, Weighing, standing
from maoc_tui.domain.weights import format_kg

_BASIS = {"NET": "net", "GROSS": "gross", "ESTIMATED": "est."}
_STATED = ("VESSEL", "TYPE", "AREA", "POSITION", "LEAD", "FLAG", "VESSEL_DISPOSITION")


def seizures(made: Gathered) -> Iterator[Entry]:
    """Events of the ledger that happened in the period, or of which something was entered in it."""

    def told(event: Event) -> Iterator[Entry]:
        if made.during(event.when.from_ms) or made.during(event.newest_ms):
            yield seizure_entry(made, event)

    return made.tell(made.events, lambda one: one.ref, told)


def seizure_entry(made: Gathered, event: Event) -> Entry:
    """The line on an event of the ledger."""
    row = row_of(event)
    text = sentence(
        f"{row.ref} {row.when}{f' ({row.operation})' if row.operation else ''}: "
        + ", ".join(filter(None, (row.vessel or "vessel not named", row.type, row.area))),
        *(_find(one) for one in row.finds),
        _persons(row),
        f"vessel: {row.disposition}" if row.disposition else "",
        f"lead {row.lead}" if row.lead else "",
        f"counted as {row.counted_as}" if row.counted_as else "",
    )
    return Entry("seizures", row.ref, f"{text}.", (*_event_cites(event), *_inherited(made, event)))


def weight_words(one: Weighing) -> str:
    """``1,013 kg net, official``."""
    official = ", official" if one.official else ""
    return f"{format_kg(one.grams)} {_BASIS.get(one.basis, one.basis.lower())}{official}"


def _find(one: FindLine) -> str:
    weight = weight_words(one.shown) if one.shown is not None else "no weight yet"
    others = len(one.weights) - (one.shown is not None)
    beside = f", {others} other weight{'s' if others > 1 else ''} beside" if others else ""
    fate = "jettisoned" if one.find.fate is Fate.JETTISONED else "seized"
    return f"{one.substance} {weight}{beside}, {fate}"


def _persons(row: SeizureRow) -> str:
    titles = seizure_terms.shipped().conditions
    told = []
    for one in row.persons:
        by = ", ".join(f"{count} {code}" for code, count in one.nationalities if code)
        told.append(f"{one.total} {titles[one.condition].title.lower()}{f' ({by})' if by else ''}")
    return f"persons: {', '.join(told)}" if told else ""


def _event_cites(event: Event) -> tuple[Cite, ...]:
    """The event and every line of it that is told."""
    weighings = (one for find in standing(event.finds) for one in event.weights(find))
    stated = (line for what in _STATED for line in event.of(what)[:1])
    return (
        cite("seizure", event.id, event.ref),
        *(cite("seizure_find", one.id, event.ref) for one in standing(event.finds)),
        *(cite("seizure_weighing", one.id, event.ref) for one in weighings),
        *(cite("seizure_persons", one.id, event.ref) for one in standing(event.persons)),
        *(cite("seizure_stated", one.id, event.ref) for one in (*stated, *event.of("SAME_AS")[:1])),
    )


def _inherited(made: Gathered, event: Event) -> tuple[Cite, ...]:
    """The operation, where the lead is taken from it."""
    if event.of("LEAD") or not dict(event.inherited).get("LEAD"):
        return ()
    return tuple(cite("operation", one.id, one.ref) for one in made.operations if one.ref == event.operation)


def figures(made: Gathered) -> Iterator[Entry]:
    """Sums of the period and of the year so far, each event once, of what this reader sees."""
    terms = seizure_terms.shipped()
    every = seized_records(made)
    year = dtg(made.until_ms - 1)[-2:]
    spans = (
        ("in the period", [one for one in every if made.during(one.at_ms)]),
        (f"in 20{year} so far", [one for one in every if _year(made, one.at_ms)]),
    )
    for words, records in spans:
        if not records:
            continue
        rows, total = table((one.thing for one in records), SUBSTANCE, terms)
        cites = tuple(source for one in records for source in one.cites)
        for row in (*rows, total):
            title = terms.substances[row.key].title if row.key in terms.substances else "All substances"
            yield Entry("figures", f"{row.key} {words}", f"{title} {words}: {_sums(row)}.", cites)


def _year(made: Gathered, at_ms: int) -> bool:
    year = dtg(made.until_ms - 1)[-2:]
    return dtg(at_ms)[-2:] == year and at_ms < made.until_ms


def _sums(row: Row) -> str:
    def told(weighed: int, estimated: int) -> str:
        return f"{format_kg(weighed)} weighed + {format_kg(estimated)} est."

    return sentence(
        f"seized {told(row.seized.weighed_g, row.seized.estimated_g)}",
        f"jettisoned {told(row.jettisoned.weighed_g, row.jettisoned.estimated_g)}"
        if row.jettisoned.total_g
        else "",
        f"{row.unweighed} without a weight" if row.unweighed else "",
        f"n = {row.n}",
    )
