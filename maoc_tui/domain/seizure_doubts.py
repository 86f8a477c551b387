"""What to settle before a figure of the seizure ledger is quoted: each doubt with the event it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from maoc_tui.domain.custody import chains
from maoc_tui.domain.headcounts import accounts
from maoc_tui.domain.seizure_terms import Terms
from maoc_tui.domain.seizures import (
    Event,
    Fate,
    Find,
    shown_weight,
    standing,
    weights_conflict,
)
from maoc_tui.domain.weights import format_kg

_NEAR_MS = 3 * 86_400_000
_SIMILAR = 0.1
"""Two reports of one seizure seldom differ by more, in date and in weight."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to settle."""

    ref: str
    kind: str
    """Stable word for scripts: no-weight, estimate-only, unofficial, conflicting-weight, …"""
    text: str
    other: str = ""
    """The event it may be the same as; "" for any other doubt."""


def doubts(event: Event, terms: Terms) -> tuple[Doubt, ...]:
    """Everything about one event that is missing, only estimated or said in two ways."""
    said = (*_of_finds(event, terms), *_of_persons(event), *_of_statements(event), *_of_custody(event))
    return tuple(Doubt(event.ref, kind, text) for kind, text in said)


def _of_finds(event: Event, terms: Terms) -> Iterator[tuple[str, str]]:
    finds = standing(event.finds)
    if not finds:
        yield "no-find", "nothing found is recorded"
    for find in finds:
        if terms.substances[find.substance].marked:
            yield "untested", f"{find.ref}: the substance was never tested"
        yield from _of_weight(event, find, terms)
    for one, other in combinations(finds, 2):
        alike = (one.substance, one.fate, one.packages) == (other.substance, other.fate, other.packages)
        weights = [{w.grams for w in event.weights(find)} for find in (one, other)]
        if alike and weights[0] & weights[1]:
            yield "find-twice", f"{one.ref} and {other.ref} say the same: one find entered twice?"


def _of_weight(event: Event, find: Find, terms: Terms) -> Iterator[tuple[str, str]]:
    weights = event.weights(find)
    shown = shown_weight(weights, tuple(terms.bases))
    if shown is None:
        yield "no-weight", f"{find.ref}: no weight, not even an estimate"
        return
    if not terms.bases[shown.basis].marked and find.fate is Fate.SEIZED:
        yield "estimate-only", f"{find.ref}: {format_kg(shown.grams)} is an estimate, never weighed"
    if not shown.official:
        yield "unofficial", f"{find.ref}: no official weight"
    if weights_conflict(weights, shown):
        told = "; ".join(f"{format_kg(w.grams)} {w.source}" for w in weights if w.basis == shown.basis)
        yield "conflicting-weight", f"{find.ref}: {told}"


def _of_persons(event: Event) -> Iterator[tuple[str, str]]:
    held = accounts(event.persons)
    if not held:
        yield "no-persons", "no persons are recorded, not even none"
    for condition in dict.fromkeys(one.condition for one in held):
        same = [one for one in held if one.condition == condition]
        if len({one.total for one in same}) > 1:
            told = "; ".join(f"{one.total} {one.source}" for one in same)
            yield "conflicting-persons", f"{condition.lower()}: {told}"
    for one in held:
        if not one.sound:
            yield "persons-add-up", f"{one.source}: nationalities add to more than {one.total}"


def _of_statements(event: Event) -> Iterator[tuple[str, str]]:
    for what, title in (("LEAD", "lead State"), ("SEIZING", "seizing State"), ("FLAG", "flag")):
        values = list(dict.fromkeys(line.value for line in event.of(what)))
        if not event.value(what) and what != "SEIZING":
            yield f"no-{what.lower()}", f"no {title} is recorded"
        if len(values) > 1:
            yield f"conflicting-{what.lower()}", f"{title}: {', '.join(values)}"
    if not event.when.minute and event.when.to_ms - event.when.from_ms > 86_400_000:
        yield "date", f"the day is not known, only {event.when}"


def _of_custody(event: Event) -> Iterator[tuple[str, str]]:
    for item, links in chains(event.custody).items():
        for link in links:
            if link.gap:
                yield "custody", f"{item}: {link.gap}"


def likely_twice(events: Sequence[Event]) -> tuple[Doubt, ...]:
    """Pairs of events that may be two reports of one: near in time, and alike in name, operation or weight."""
    ordered = sorted(events, key=lambda event: event.when.from_ms)
    found = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.when.from_ms > one.when.to_ms + _NEAR_MS:
                break
            if reason := alike(one, other):
                found.append(Doubt(other.ref, "twice", f"may be {one.ref}: {reason}", one.ref))
    return tuple(found)


def alike(one: Event, other: Event) -> str:
    """Why two events may be one, in words; "" when nothing says so. Time is for the caller to compare."""
    names = {event.value("VESSEL").casefold() for event in (one, other)}
    if len(names) == 1 and "" not in names:
        return "the same vessel"
    if one.operation and one.operation == other.operation:
        return f"both of {one.operation}"
    for mine in _weighed(one):
        for theirs in _weighed(other):
            near = abs(mine[1] - theirs[1]) <= _SIMILAR * max(mine[1], theirs[1])
            if mine[0] == theirs[0] and near and len(names - {""}) < 2:
                return "the same substance and about the same weight"
    return ""


def _weighed(event: Event) -> Iterable[tuple[str, int]]:
    for find in standing(event.finds):
        for weight in event.weights(find):
            yield find.substance, weight.grams
