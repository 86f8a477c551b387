"""What the seizure desk takes from screens and scripts, and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maoc_tui.domain.custody import Link
from maoc_tui.domain.headcounts import Account
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.seizure_doubts import Doubt
from maoc_tui.domain.seizure_figures import Credit, Headcount, Row
from maoc_tui.domain.seizures import Event, Find, Line, Stated, Weighing


@dataclass(frozen=True, slots=True)
class Said:
    """What is typed with every line: when, who says so, how it is marked, which line it corrects."""

    at: str = ""
    """When it happened or was counted; now when not given."""
    source: str = ""
    """Who weighed, counted or says so; who enters it when not given."""
    text: str = ""
    marking: Marking | None = None
    """The event's own marking when not given and the event is one's own; else the default one."""
    replaces: str = ""
    """Id of the line it corrects, or an unmistakable beginning of it; "" for a new line."""
    reason: str = ""
    """Why it corrects."""


@dataclass(frozen=True, slots=True)
class NewFind:
    """A find as typed, with its first weight where there is one."""

    substance: str
    jettisoned: bool = False
    packages: str = ""
    hidden: str = ""
    weight: str = ""
    basis: str = ""
    """net, gross or estimated; estimated when not given."""
    official: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as typed, such as flag PA, claimed."""

    what: str
    value: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class NewSeizure:
    """A new event as typed."""

    when: str
    """A time, a day (2026-03-14), a month (2026-03): as exact as it is known."""
    operation: str = ""
    text: str = ""
    statements: tuple[Statement, ...] = ()
    find: NewFind | None = None
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded."""

    ref: str
    """Of the event."""
    line: str = ""
    """Id of the line; "" for a new event."""
    find: str = ""
    """Reference of the find it is, or is of."""
    warnings: tuple[str, ...] = ()
    """What to look at: another event that may be the same, what comes first by law."""


@dataclass(frozen=True, slots=True)
class FindLine:
    """One find as it stands."""

    find: Find
    substance: str
    """Its title."""
    shown: Weighing | None
    """The weight that is quoted; None where there is none."""
    weights: tuple[Weighing, ...]
    """Every weight that stands, the quoted one first."""


@dataclass(frozen=True, slots=True)
class SeizureRow:
    """One event of the ledger in a list."""

    ref: str
    operation: str
    when: str
    """As exact as it is known."""
    from_ms: int
    vessel: str
    type: str
    """Title of the type; "" not known."""
    area: str
    lead: str
    finds: tuple[FindLine, ...]
    persons: tuple[Account, ...]
    """The account that is quoted of each condition."""
    disposition: str
    """What became of the vessel; "" not recorded."""
    doubts: tuple[Doubt, ...]
    counted_as: str
    """Reference of the event it is counted as; "" when it counts itself."""
    newest_ms: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class SeizureSheet:
    """Everything on one event."""

    row: SeizureRow
    event: Event
    stated: Mapping[str, tuple[Stated, ...]]
    """By what is stated, the statement that counts first."""
    inherited: Mapping[str, str]
    """States taken from its operation, where nobody stated one of the event."""
    accounts: tuple[Account, ...]
    """Every account of persons, side by side."""
    custody: Mapping[str, tuple[Link, ...]]
    """Transfers by item, each held against the one before."""
    past: tuple[Line, ...]
    """Lines that were corrected or withdrawn, and the withdrawals."""
    line_marking: Marking
    """How a new line of the viewer's is marked unless another marking is chosen."""
    official: bool
    """Whether the viewer may record official figures of this event."""

    @property
    def marking(self) -> Marking:
        """The marking of the event itself."""
        return self.row.marking


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the ledger for a period, from what the viewer sees."""

    since_ms: int
    until_ms: int
    """First instant after the period."""
    as_of_ms: int
    by: str
    rows: tuple[Row, ...]
    titles: Mapping[str, str]
    """Title of each row's key."""
    total: Row
    persons: tuple[Headcount, ...]
    credits: tuple[Credit, ...]
    doubts: tuple[Doubt, ...]
    definitions: Mapping[str, str]
    """Title of each measure to its written definition."""
    marking: Marking | None
    """Of everything that went in, combined; None when nothing did."""

    @property
    def n(self) -> int:
        """How many events were counted."""
        return self.total.n
