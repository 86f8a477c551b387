"""What to settle before a figure of the seizure ledger is quoted: each doubt with the event it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

NEAR_MS = 3 * 86_400_000
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
    """Everything about one event that is missing, only estimated or said in two ways.

    Nothing of an event seen only because it was released: who recorded it settles what is not told here.
    """
    if not event.by:
        return ()
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
    if not event.boarded and any(find.fate is Fate.SEIZED for find in finds):
        yield "not-boarded", f"{event.operation} has no boarding on record"
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


def near(event: Event) -> tuple[int, int]:
    """The instants (ms) between which another report of the same event would lie."""
    return event.when.from_ms - NEAR_MS, event.when.to_ms + NEAR_MS


def likely_twice(events: Iterable[Event]) -> tuple[Doubt, ...]:
    """Pairs of events that may be two reports of one: near in time, and alike in name, operation or weight."""
    ordered = sorted(map(_Report.of, events), key=lambda one: one.event.when.from_ms)
    found = []
    for place, one in enumerate(ordered):
        ends = near(one.event)[1]
        for other in ordered[place + 1 :]:
            if other.event.when.from_ms > ends:
                break
            if reason := one.alike(other):
                text = f"may be {one.event.ref}: {reason}"
                found.append(Doubt(other.event.ref, "twice", text, one.event.ref))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Report:
    """What two events are compared by."""

    event: Event
    name: str
    weights: tuple[tuple[str, int], ...]
    """Substance and grams of each weight."""

    @classmethod
    def of(cls, event: Event) -> _Report:
        weights = (
            (find.substance, weight.grams) for find in standing(event.finds) for weight in event.weights(find)
        )
        return cls(event, event.value("VESSEL").casefold(), tuple(weights))

    def alike(self, other: _Report) -> str:
        """Why two events may be one, in words; "" when nothing says so."""
        if self.name and self.name == other.name:
            return "the same vessel"
        if self.event.operation and self.event.operation == other.event.operation:
            return f"both of {self.event.operation}"
        if self.name and other.name:
            return ""
        for substance, mine in self.weights:
            for another, theirs in other.weights:
                if substance == another and abs(mine - theirs) <= _SIMILAR * max(mine, theirs):
                    return "the same substance and about the same weight"
        return ""
