"""Operations and what happened in them, as lines of a brief."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.document import dtg
from maoc_tui.desk.brief_entry import Entry, cite, sentence
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.domain.operation_guards import bases
from maoc_tui.domain.operation_rules import NOTE, shipped
from maoc_tui.domain.operations import GO, Act, Kind, State, decisions, newest, outcome, state_of, states
from maoc_tui.store.operation_log import Line as LogLine
from maoc_tui.store.operations import Operation


def operations(made: Gathered) -> Iterator[Entry]:
    """Operations that are not closed, or were in the period; then what their logs tell of the period."""
    corrected = {line.corrects for line in made.log if line.corrects is not None}

    def told(one: Operation) -> Iterator[Entry]:
        if state_of(one.acts) is not State.CLOSED or made.during(one.newest_ms):
            yield operation_entry(one)

    def logged(line: LogLine) -> Iterator[Entry]:
        stands = line.kind != NOTE and line.id not in corrected
        if stands and (made.during(line.at_ms) or made.during(line.entered_ms)):
            yield _log(line)

    yield from made.tell(made.operations, lambda one: one.ref, told)
    yield from made.tell(made.log, lambda line: line.ref, logged)


def operation_entry(one: Operation) -> Entry:
    """The line on an operation."""
    rules, acts = shipped(), one.acts
    now, ended = state_of(acts), outcome(acts)
    said = {field.value: value for field, value in states(acts).items() if value}
    go, held = _go(one), bases(acts, one.covered_from)
    text = sentence(
        f"{one.ref} {one.name}: {rules.titles[now] if one.told else 'where it stands is not told'}",
        f"outcome {rules.outcomes[ended].title if ended in rules.outcomes else ended}" if ended else "",
        f"targets {', '.join(about.ref for about in one.targets)}" if one.targets else "",
        ", ".join(f"{field} {value}" for field, value in said.items()),
        *(
            f"{state} {act.value} {dtg(act.at_ms)}"
            + (f" ({act.authority}, {act.by_right})" if act.authority else "")
            for state, act in decisions(acts, one.covered_from).items()
        ),
        f"legal basis {', '.join(act.what for act in held)}" if held else "",
        f"{go.what} {dtg(go.at_ms)}" if go is not None else "",
    )
    abouts = (cite("target", about.id, about.ref) for about in one.targets)
    return Entry("operations", one.ref, f"{text}.", (cite("operation", one.id, one.ref), *abouts))


def _go(one: Operation) -> Act | None:
    """The newest word; None where it is a go that was given for other targets."""
    said = newest(one.acts, Kind.GO)
    stale = said is not None and said.what == GO and one.acts.index(said) < one.covered_from
    return None if stale else said


def _log(line: LogLine) -> Entry:
    kinds = shipped().kinds
    kind = kinds[line.kind].title if line.kind in kinds else line.kind
    text = f"{line.ref} {dtg(line.at_ms)} {kind}: {line.text}"
    operation = cite("operation", line.operation, line.ref.partition("/")[0])
    return Entry("operations", line.ref, text, (cite("log_line", line.id, line.ref), operation))


def log_corrections(made: Gathered) -> Iterator[Entry]:
    """Log lines of the period that correct another one this reader sees."""
    known = {line.id: line for line in made.log}

    def told(line: LogLine) -> Iterator[Entry]:
        old = known.get(line.corrects) if line.corrects is not None else None
        if old is not None and made.during(line.entered_ms):
            text = f"{line.ref} takes the place of {old.ref}: {line.text}"
            cites = (cite("log_line", line.id, line.ref), cite("log_line", old.id, old.ref))
            yield Entry("corrections", line.ref, text, cites)

    return made.tell(made.log, lambda line: line.ref, told)
