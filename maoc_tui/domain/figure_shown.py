"""A figure as it is shown on screens, in scripts and in files: tables, definition, doubts, marking, what it revises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maoc_tui.domain.figure_terms import Measure
from maoc_tui.domain.figures import Change, Period, Table
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.seizure_doubts import Doubt

NOTE = "Computed from what you may see, which may be less than the Centre's total; nobody is told what it leaves out."


@dataclass(frozen=True, slots=True)
class Slice:
    """One month or year of a figure."""

    period: Period
    table: Table


@dataclass(frozen=True, slots=True)
class Beside:
    """The last period shown, and what it is compared with."""

    period: str
    now: Table
    before: tuple[str, Table]
    """The period before it, with its table."""
    year_before: tuple[str, Table] | None
    """The same month a year earlier; None by year."""
    mean: Mapping[str, tuple[float | None, ...]]
    """Row (and ``total``) to the means of the same period in the five years before."""
    mean_of: int
    """Years in that mean: those since the first thing that is counted."""


@dataclass(frozen=True, slots=True)
class FreezeLine:
    """One freeze a viewer may know of."""

    name: str
    """``2026-03 v1``."""
    period: str
    by: str
    at_ms: int
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that is not what was frozen; both stand."""

    freeze: FreezeLine
    change: Change


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure by month or year, reckoned from what the viewer may see."""

    measure: Measure
    by: str
    from_ms: int
    to_ms: int
    """First instant, and the first one after it."""
    as_of_ms: int
    slices: tuple[Slice, ...]
    whole: Table
    """Of the whole span, everything once."""
    titles: Mapping[str, str]
    """Key of a row to what it is called."""
    doubts: tuple[Doubt, ...]
    marking: Marking | None
    """Of everything it tells; None where it tells of nothing."""
    beside: Beside
    freezes: tuple[FreezeLine, ...] = ()
    """Freezes with a period that is shown, the newest of each."""
    revisions: tuple[Revision, ...] = ()
    withheld: tuple[str, ...] = ()
    """Freezes that are not compared: they rest on what the viewer does not see any more."""
    altered: tuple[str, ...] = ()
    """Freezes that are not what was frozen any more."""
    unreadable: tuple[str, ...] = ()
    note: str = NOTE

    @property
    def n(self) -> int:
        """How many are counted."""
        return self.whole.total.n

    @property
    def marking_text(self) -> str:
        """The marking in words."""
        return str(self.marking) if self.marking is not None else "nothing told, nothing marked"
