"""Sums of the seizure ledger: each event once, weighed apart from estimated, seized apart from jettisoned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.credits import parse_shares
from maoc_tui.domain.headcounts import accounts
from maoc_tui.domain.seizure_terms import CREDITS, Terms
from maoc_tui.domain.seizures import (
    Event,
    Fate,
    Find,
    parse_reference,
    shown_weight,
    standing,
)
from maoc_tui.problems import BadInput

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Amount:
    """Grams, on a scale and by estimate."""

    weighed_g: int = 0
    estimated_g: int = 0

    @property
    def total_g(self) -> int:
        """Both together."""
        return self.weighed_g + self.estimated_g


@dataclass(frozen=True, slots=True)
class Part:
    """What one find brings to a table; of an event without any find, that it is there."""

    key: str
    """Row in which it is counted; "" for the total alone."""
    event: int
    fate: Fate | None
    weighed: bool = False
    grams: int | None = None
    """None where it has no weight."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of figures."""

    key: str
    events: frozenset[int]
    """Numbers of the events counted in it, each once."""
    seized: Amount
    jettisoned: Amount
    unweighed: int
    """Finds without any weight: they are in no sum."""

    @property
    def n(self) -> int:
        """How many events."""
        return len(self.events)

    @property
    def disrupted_g(self) -> int:
        """Seized and jettisoned together."""
        return self.seized.total_g + self.jettisoned.total_g


@dataclass(frozen=True, slots=True)
class Credit:
    """Shares of one kind of credit."""

    kind: str
    shares: Mapping[str, Fraction]
    """Partner code to its shares, together the number of events."""
    n: int


@dataclass(frozen=True, slots=True)
class Headcount:
    """Persons of one condition."""

    condition: str
    total: int
    n: int
    """Events with an account of it."""


def counted(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that are counted: of those recorded as the same, the one the others point to.

    An event that points to one not among ``events`` counts itself: nobody's sum tells of what they cannot see.
    """
    held = {event.number: event for event in events}
    return tuple(event for event in held.values() if _stands_for(event, held) == event.number)


def _stands_for(event: Event, held: Mapping[int, Event]) -> int:
    """The number under which an event is counted; of events that point in a circle, the lowest."""
    path = [event.number]
    while (to := _same_as(held[path[-1]])) in held:
        if to in path:
            return min(path[path.index(to) :])
        path.append(to)
    return path[-1]


def _same_as(event: Event) -> int:
    value = event.value("SAME_AS")
    return parse_reference(value) if value else 0


Key = Callable[[Event], str]
SUBSTANCE = "substance"
"""The one breakdown by find; every other is by event."""


def _stated(what: str) -> Key:
    return lambda event: event.value(what) or NOT_RECORDED


def _flag(status: str) -> Key:
    def key(event: Event) -> str:
        return next((line.value for line in event.of("FLAG") if line.status == status), NOT_RECORDED)

    return key


_KEYS: dict[str, Key] = {
    "lead": _stated("LEAD"),
    "seizing": _stated("SEIZING"),
    "type": _stated("TYPE"),
    "flag-claimed": _flag("CLAIMED"),
    "flag-confirmed": _flag("CONFIRMED"),
    "month": lambda event: f"{from_ms(event.when.from_ms):%Y-%m}",
    "year": lambda event: f"{from_ms(event.when.from_ms):%Y}",
    "event": lambda event: event.ref,
}
GROUPS = (SUBSTANCE, *_KEYS)
"""What a table may be broken down by."""


def key_of(event: Event, find: Find | None, by: str | Key) -> str:
    """The row in which a find is counted; of an event without any find, that of the event ("" where it has none)."""
    if not isinstance(by, str):
        return by(event)
    if by == SUBSTANCE:
        return find.substance if find is not None else ""
    return _KEYS[by](event)


def parse_group(text: str) -> str:
    """A way to break a table down, as typed; BadInput otherwise."""
    word = text.strip().casefold().replace("_", "-").replace(" ", "-")
    if word not in GROUPS:
        raise BadInput(f"Figures cannot be had by {text[:40]!r}.", f"Choose one of {', '.join(GROUPS)}.")
    return word


def table(events: Iterable[Event], by: str | Key, terms: Terms) -> tuple[tuple[Row, ...], Row]:
    """The rows by key, and the total, in which each event is counted once however many rows it is in."""
    every = [part for event in events for part in parts(event, by, terms)]
    held: dict[str, list[Part]] = defaultdict(list)
    for part in every:
        if part.key:
            held[part.key].append(part)
    return tuple(_row(key, held[key]) for key in sorted(held)), _row("total", every)


def parts(event: Event, by: str | Key, terms: Terms) -> Iterator[Part]:
    """What an event brings to a table: of each find the weight that is quoted, and no other."""
    finds = standing(event.finds)
    if not finds:
        yield Part(key_of(event, None, by), event.number, None)
    for find in finds:
        shown = shown_weight(event.weights(find), tuple(terms.bases))
        key = key_of(event, find, by)
        if shown is None:
            yield Part(key, event.number, find.fate)
        else:
            yield Part(key, event.number, find.fate, terms.bases[shown.basis].marked, shown.grams)


def _row(key: str, held: Sequence[Part]) -> Row:
    return Row(
        key=key,
        events=frozenset(part.event for part in held),
        seized=_amount(held, Fate.SEIZED),
        jettisoned=_amount(held, Fate.JETTISONED),
        unweighed=sum(part.fate is not None and part.grams is None for part in held),
    )


def _amount(held: Sequence[Part], fate: Fate) -> Amount:
    mine = [(part.weighed, part.grams or 0) for part in held if part.fate is fate]
    return Amount(
        sum(grams for weighed, grams in mine if weighed), sum(grams for weighed, grams in mine if not weighed)
    )


def persons(events: Iterable[Event], terms: Terms) -> tuple[Headcount, ...]:
    """Persons by condition: of each event the account that is quoted, none added to another."""
    quoted: dict[str, list[int]] = {code: [] for code in terms.conditions}
    for event in events:
        held = accounts(event.persons)
        for condition in {one.condition for one in held}:
            quoted[condition].append(next(one.total for one in held if one.condition == condition))
    return tuple(Headcount(code, sum(told), len(told)) for code, told in quoted.items())


def credit(events: Iterable[Event]) -> tuple[Credit, ...]:
    """Shares of credit by kind: each event gives one in all to each kind that is recorded of it."""
    every = tuple(events)
    return tuple(_credit(kind, list(_shares(every, kind))) for kind in CREDITS)


def _shares(events: Iterable[Event], kind: str) -> Iterator[Mapping[str, Fraction]]:
    for event in events:
        if value := event.value(kind):
            yield parse_shares(value)


def _credit(kind: str, given: Sequence[Mapping[str, Fraction]]) -> Credit:
    sums: dict[str, Fraction] = {}
    for shares in given:
        for code, share in shares.items():
            sums[code] = sums.get(code, Fraction(0)) + share
    return Credit(kind, dict(sorted(sums.items(), key=lambda item: (-item[1], item[0]))), len(given))
