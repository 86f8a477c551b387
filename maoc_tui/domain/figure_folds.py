"""Tables of figures made of records: sums by key, rates, spreads of hours, and the sums of the seizure ledger."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from maoc_tui.domain import seizure_figures as ledger
from maoc_tui.domain.credits import parse_shares
from maoc_tui.domain.figures import TOTAL, Table, Tally, Value
from maoc_tui.domain.headcounts import accounts
from maoc_tui.domain.seizure_figures import Key, Row
from maoc_tui.domain.seizure_terms import CREDITS, Terms
from maoc_tui.domain.seizures import Event


@dataclass(frozen=True, slots=True)
class Item:
    """What a record brings to a table."""

    ref: str
    """What it is: counted once in n, however many items it has."""
    keys: tuple[str, ...]
    """Rows it is in; in the total it is once, and with no key in nothing else."""
    amounts: tuple[int | float | Fraction, ...]
    hours: float | None = None
    """What its median and its 90th centile are of; None where it has none."""
    once: str = ""
    """Items with the same word bring their first amount once (of an asset's day)."""


def summed(items: Sequence[Item], width: int, *, spread: bool = False, rate: bool = False) -> Table:
    """Sums of ``width`` amounts by key; then median and 90th centile of hours, or the second sum by the first."""
    held: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for key in dict.fromkeys(item.keys):
            held[key].append(item)

    def tally(key: str, some: Sequence[Item]) -> Tally:
        sums = _sums(some, width)
        more: tuple[Value, ...] = ()
        if spread:
            hours = [item.hours for item in some if item.hours is not None]
            more = (median(hours), centile(hours, 90))
        if rate:
            more = (_rate(sums),)
        return Tally(key, (*sums, *more), len({item.ref for item in some}))

    return Table(tuple(tally(key, held[key]) for key in sorted(held)), tally(TOTAL, items))


def _sums(items: Sequence[Item], width: int) -> list[int | float | Fraction]:
    sums: list[int | float | Fraction] = [0] * width
    met: set[str] = set()
    for item in items:
        for place, amount in enumerate(item.amounts):
            if place or not item.once or item.once not in met:
                sums[place] += amount
        met.add(item.once)
    return sums


def _rate(sums: Sequence[int | float | Fraction]) -> Fraction | None:
    first, second = Fraction(sums[0]), Fraction(sums[1])
    return second / first if first else None


def median(values: Sequence[float]) -> float | None:
    """The middle value, or the mean of the two in the middle; None of none."""
    held, half = sorted(values), len(values) // 2
    if not held:
        return None
    return held[half] if len(held) % 2 else (held[half - 1] + held[half]) / 2


def centile(values: Sequence[float], percent: int) -> float | None:
    """The value that so many per cent do not exceed, by nearest rank; None of none."""
    return sorted(values)[math.ceil(percent * len(values) / 100) - 1] if values else None


# -- the seizure ledger ------------------------------------------------------------------------------


def seized(events: Sequence[Event], by: str | Key, terms: Terms) -> Table:
    """Grams seized, weighed and estimated."""
    return _of_ledger(events, by, terms, lambda row: (row.seized.weighed_g, row.seized.estimated_g))


def disrupted(events: Sequence[Event], by: str | Key, terms: Terms) -> Table:
    """Grams seized and grams jettisoned."""
    return _of_ledger(events, by, terms, lambda row: (row.seized.total_g, row.jettisoned.total_g))


def events_and_weights(events: Sequence[Event], by: str | Key, terms: Terms) -> Table:
    """Events, and grams seized, weighed and estimated."""
    return _of_ledger(events, by, terms, lambda row: (row.n, row.seized.weighed_g, row.seized.estimated_g))


def _of_ledger(
    events: Sequence[Event], by: str | Key, terms: Terms, values: Callable[[Row], tuple[Value, ...]]
) -> Table:
    rows, total = ledger.table(events, by, terms)

    def tally(row: Row) -> Tally:
        return Tally(row.key, values(row), row.n)

    return Table(tuple(map(tally, rows)), tally(total))


def flags(events: Sequence[Event]) -> Table:
    """Events by the flag claimed, and by the flag confirmed."""
    claimed = [Item(one.ref, (ledger.key_of(one, None, "flag-claimed"),), (1, 0)) for one in events]
    confirmed = [Item(one.ref, (ledger.key_of(one, None, "flag-confirmed"),), (0, 1)) for one in events]
    return summed([*claimed, *confirmed], 2)


def persons(events: Sequence[Event], terms: Terms) -> Table:
    """Persons by condition; n is the number of events with an account."""
    rows = [Tally(one.condition, (one.total,), one.n) for one in ledger.persons(events, terms) if one.n]
    with_account = sum(bool(accounts(event.persons)) for event in events)
    total = sum(int(one.values[0] or 0) for one in rows)
    return Table(tuple(rows), Tally(TOTAL, (total,), with_account))


def contribution(events: Sequence[Event]) -> Table:
    """Shares of credit by partner: for information, asset, prosecution."""
    kinds = ledger.credit(events)
    named: dict[str, set[int]] = defaultdict(set)
    for event in events:
        for kind in CREDITS:
            if value := event.value(kind):
                for code in parse_shares(value):
                    named[code].add(event.number)
    rows = tuple(
        Tally(code, tuple(kind.shares.get(code, Fraction(0)) for kind in kinds), len(named[code]))
        for code in sorted(named)
    )
    counts = tuple(kind.n for kind in kinds)
    return Table(rows, Tally(TOTAL, counts, len(set().union(*named.values()))))
