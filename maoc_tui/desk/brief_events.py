"""Operations, what happened in them, and the seizures they brought, as lines of a brief."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk.brief_entry import Entry, cite, sentence
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.figure_ledger import seized_records
from maoc_tui.desk.seizure_reading import row_of
from maoc_tui.desk.seizure_snapshots import FindLine, SeizureRow
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.operation_guards import bases
from maoc_tui.domain.operation_rules import NOTE, shipped
from maoc_tui.domain.operations import Kind, State, decisions, newest, outcome, state_of, states
from maoc_tui.domain.seizure_figures import SUBSTANCE, Row, table
from maoc_tui.domain.seizures import Event, Fate, standing
from maoc_tui.domain.weights import format_kg
from maoc_tui.store.operation_log import Line as LogLine
from maoc_tui.store.operations import Operation

_BASIS = {"NET": "net", "GROSS": "gross", "ESTIMATED": "est."}
_STATED = ("VESSEL", "TYPE", "AREA", "POSITION", "LEAD", "FLAG", "VESSEL_DISPOSITION")


def operations(made: Gathered) -> Iterator[Entry]:
    """Operations that are not closed, or were in the period; then what their logs tell of the period."""
    live = [
        one for one in made.operations
        if state_of(one.acts) is not State.CLOSED or made.during(one.newest_ms)
    ]  # fmt: skip
    yield from made.tell(live, lambda one: one.ref, lambda one: (operation_entry(one),))
    corrected = {line.corrects for line in made.log if line.corrects is not None}
    told = [
        line for line in made.log
        if line.kind != NOTE and line.id not in corrected and (made.during(line.at_ms) or made.during(line.entered_ms))
    ]  # fmt: skip
    yield from made.tell(told, lambda line: line.ref, lambda line: (_log(line),))


def operation_entry(one: Operation) -> Entry:
    """The line on an operation."""
    rules, acts = shipped(), one.acts
    now, ended = state_of(acts), outcome(acts)
    said = {field.value: value for field, value in states(acts).items() if value}
    go = newest(acts, Kind.GO)
    text = sentence(
        f"{one.ref} {one.name}: {rules.titles[now] if one.told else 'where it stands is not told'}",
        f"outcome {rules.outcomes[ended].title if ended in rules.outcomes else ended}" if ended else "",
        f"targets {', '.join(about.ref for about in one.targets)}" if one.targets else "",
        ", ".join(f"{field} {value}" for field, value in said.items()),
        *(
            f"{state} {act.value} {dtg(act.at_ms)}"
            + (f" ({act.authority}, {act.by_right})" if act.authority else "")
            for state, act in decisions(acts).items()
        ),
        f"legal basis {', '.join(act.what for act in bases(acts))}" if bases(acts) else "",
        f"{go.what} {dtg(go.at_ms)}" if go is not None else "",
    )
    abouts = (cite("target", about.id, about.ref) for about in one.targets)
    return Entry("operations", one.ref, f"{text}.", (cite("operation", one.id, one.ref), *abouts))


def _log(line: LogLine) -> Entry:
    kinds = shipped().kinds
    kind = kinds[line.kind].title if line.kind in kinds else line.kind
    text = f"{line.ref} {dtg(line.at_ms)} {kind}: {line.text}"
    operation = cite("operation", line.operation, line.ref.partition("/")[0])
    return Entry("operations", line.ref, text, (cite("log_line", line.id, line.ref), operation))


def log_corrections(made: Gathered) -> Iterator[Entry]:
    """Log lines of the period that correct another one this reader sees."""
    known = {line.id: line for line in made.log}
    for line in made.log:
        old = known.get(line.corrects) if line.corrects is not None else None
        if old is not None and made.during(line.entered_ms):
            text = f"{line.ref} takes the place of {old.ref}: {line.text}"
            yield Entry("corrections", line.ref, text, (cite("log_line", line.id, line.ref),))


def seizures(made: Gathered) -> Iterator[Entry]:
    """Events of the ledger that happened in the period, or of which something was entered in it."""
    recent = [one for one in made.events if made.during(one.when.from_ms) or made.during(one.newest_ms)]
    return made.tell(recent, lambda one: one.ref, lambda one: (seizure_entry(made, one),))


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


def _find(one: FindLine) -> str:
    if one.shown is None:
        weight = "no weight yet"
    else:
        official = ", official" if one.shown.official else ""
        weight = (
            f"{format_kg(one.shown.grams)} {_BASIS.get(one.shown.basis, one.shown.basis.lower())}{official}"
        )
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
