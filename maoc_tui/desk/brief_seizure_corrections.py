"""What was said anew of the seizures of earlier briefs: withdrawn, corrected, weighed again."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.document import Cite
from maoc_tui.desk.brief_entry import Entry, cite
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_seizures import weight_words
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.seizures import (
    Event,
    Find,
    Line,
    Persons,
    Stated,
    Weighing,
    find_reference,
    shown_weight,
    standing,
)

_TABLES = {
    Find: "seizure_find",
    Weighing: "seizure_weighing",
    Persons: "seizure_persons",
    Stated: "seizure_stated",
}
"""Of who held what when a brief tells nothing, so nothing of it is corrected in one."""


def corrections(made: Gathered) -> Iterator[Entry]:
    """Lines of the ledger entered in the period that took the place of others, or of which another weight counts."""
    return made.tell(made.events, lambda one: one.ref, lambda one: _of(made, one))


def _of(made: Gathered, event: Event) -> Iterator[Entry]:
    if not made.during(event.newest_ms):
        return
    known, told = {line.id: line for line in event.lines}, set[str]()
    for line in event.lines:
        old = known.get(line.replaces)
        if old is not None and type(line) in _TABLES and made.during(line.entered_ms):
            told.add(line.id)
            now = "withdrawn" if line.withdrawal else f"now {_words(line)}"
            text = f"{event.ref} {_about(old)}: was {_words(old)}, {now}."
            yield _entry(event, line, text, (_cite(event, old), _cite(event, line)))
    yield from _weighed_again(made, event, told)


def _weighed_again(made: Gathered, event: Event, told: set[str]) -> Iterator[Entry]:
    """Finds of which another weight is quoted now than before the period."""
    bases = tuple(seizure_terms.shipped().bases)
    for find in standing(event.finds):
        now = shown_weight(event.weights(find), bases)
        earlier = (
            one for one in event.weighings if one.find == find.number and one.entered_ms < made.since_ms
        )
        was = shown_weight(standing(earlier), bases)
        if was is not None and now is not None and was.id != now.id and now.id not in told:
            text = f"{event.ref} {_about(find)}: weighed again, was {_words(was)}, now {_words(now)}."
            yield _entry(event, now, text, (_cite(event, find), _cite(event, was), _cite(event, now)))


def _entry(event: Event, line: Line, text: str, cites: tuple[Cite, ...]) -> Entry:
    return Entry(
        "corrections",
        f"{event.ref} {line.id[:8]}",
        text,
        (cite("seizure", event.id, event.ref), *cites),
    )


def _cite(event: Event, line: Line) -> Cite:
    return cite(_TABLES[type(line)], line.id, event.ref)


def _about(line: Line) -> str:
    """What a line is about: ``SF-0412 cocaine``, ``weight of SF-0412``, ``persons``, ``vessel``."""
    if isinstance(line, Find):
        return f"{line.ref} {seizure_terms.shipped().substances[line.substance].title.lower()}"
    if isinstance(line, Weighing):
        return f"weight of {find_reference(line.find)}"
    return (
        "persons" if isinstance(line, Persons) else str(getattr(line, "what", "")).lower().replace("_", " ")
    )


def _words(line: Line) -> str:
    """What a line says."""
    terms = seizure_terms.shipped()
    if isinstance(line, Find):
        packages = f" in {line.packages} packages" if line.packages is not None else ""
        return f"{terms.substances[line.substance].title.lower()} {line.fate.value}{packages}"
    if isinstance(line, Weighing):
        return weight_words(line)
    if isinstance(line, Persons):
        whose = f" ({line.nationality})" if line.nationality else ""
        return f"{line.count} {terms.conditions[line.condition].title.lower()}{whose}"
    return str(getattr(line, "value", ""))
