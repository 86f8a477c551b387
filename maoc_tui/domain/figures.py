"""Figures as values: a table of a measure for each month or year, and what two tables differ by.

A measure is a way to make a table of records. A year's table is made of the year's records by the same way as a
month's, never of the months' tables: a median has no sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypeVar

from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.problems import BadInput

Value = int | float | Fraction | None
"""Grams, counts, shares, hours, days or a rate from 0 to 1; None where there is nothing to reckon it from."""
T = TypeVar("T")
MONTH, YEAR = "month", "year"
MOST_PERIODS = 240
"""Twenty years of months: more is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of a table."""

    key: str
    values: tuple[Value, ...]
    """By the columns of the measure."""
    n: int
    """How many events, operations, requests … it was reckoned from."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and their total, in which everything is counted once, however many rows it is in."""

    rows: tuple[Tally, ...]
    total: Tally

    def row(self, key: str) -> Tally | None:
        """The row of a key; None where there is none."""
        return next((one for one in self.rows if one.key == key), None)


Fold = Callable[[Sequence[T]], Table]
"""Makes a table of records."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year, in UTC."""

    key: str
    """``2026-03`` or ``2026``."""
    from_ms: int
    to_ms: int
    """Its first instant, and the first one after it."""

    def holds(self, at_ms: int) -> bool:
        """Whether an instant lies in it."""
        return self.from_ms <= at_ms < self.to_ms


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not what it was."""

    period: str
    row: str
    """Key of the row; TOTAL for the total."""
    column: int
    """Place of the column; -1 for n."""
    was: Value
    now: Value


TOTAL = "total"


def parse_by(text: str) -> str:
    """``month`` or ``year`` as typed; BadInput otherwise."""
    word = text.strip().casefold()
    if word not in (MONTH, YEAR):
        raise BadInput(f"Figures cannot be had by {text[:20]!r}.", "Choose month or year.")
    return word


def period_of(at_ms: int, by: str) -> Period:
    """The month or year of an instant."""
    at = from_ms(at_ms)
    if by == YEAR:
        return Period(f"{at:%Y}", _start(at.year, 1), _start(at.year + 1, 1))
    return Period(
        f"{at:%Y-%m}", _start(at.year, at.month), _start(at.year + at.month // 12, at.month % 12 + 1)
    )


def _start(year: int, month: int) -> int:
    return to_ms(datetime(year, month, 1, tzinfo=UTC))


def periods(from_ms: int, to_ms: int, by: str) -> tuple[Period, ...]:
    """Every month or year touched between two instants, the second not among them; BadInput where they are too many."""
    found: list[Period] = []
    at = from_ms
    while at < to_ms:
        found.append(period_of(at, by))
        at = found[-1].to_ms
        if len(found) > MOST_PERIODS:
            raise BadInput(f"That is more than {MOST_PERIODS} {by}s.", "Ask for fewer, or by year.")
    return tuple(found)


def before(period: Period, by: str, count: int) -> Period:
    """The period so many months or years earlier."""
    at = from_ms(period.from_ms)
    if by == YEAR:
        return period_of(_start(at.year - count, 1), by)
    months = at.year * 12 + at.month - 1 - count
    return period_of(_start(months // 12, months % 12 + 1), by)


def changes(period: str, was: Table, now: Table) -> Iterator[Change]:
    """Every figure of a period that differs between two tables; a row that is in one alone differs by all it has."""
    for key in dict.fromkeys(row.key for row in (*was.rows, *now.rows)):
        yield from _differing(period, key, was.row(key), now.row(key))
    yield from _differing(period, TOTAL, was.total, now.total)


def _differing(period: str, key: str, was: Tally | None, now: Tally | None) -> Iterator[Change]:
    width = max(len(one.values) for one in (was, now) if one is not None)
    old = was.values if was is not None else (None,) * width
    new = now.values if now is not None else (None,) * width
    for place, (before_, after) in enumerate(zip(old, new, strict=True)):
        if not same(before_, after):
            yield Change(period, key, place, before_, after)
    counts = (was.n if was is not None else None, now.n if now is not None else None)
    if counts[0] != counts[1]:
        yield Change(period, key, -1, *counts)


def same(one: Value, other: Value) -> bool:
    """Whether two figures are the same: to a millionth, for hours are no whole numbers."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6)


def mean(values: Iterable[Value]) -> float | None:
    """The mean of those that are there; None of none."""
    held = [float(value) for value in values if value is not None]
    return sum(held) / len(held) if held else None
