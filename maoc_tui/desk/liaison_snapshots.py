"""What the liaison desks hand to the screen and the command line: immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maoc_tui.domain.assignments import Lead, State, TaskRole
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.officers import Channel, Officer
from maoc_tui.domain.partner_facts import Instrument, Period, Report
from maoc_tui.domain.roster import Duty, Hole


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner as it stands at one instant."""

    code: str
    name: str
    kind: str
    status: str
    title: str
    """The status in words."""
    recipient_class: str
    class_title: str
    since: date | None
    precision: str
    """How exactly ``since`` is known: day, month or year."""
    until: date | None
    source: str
    verification: str
    """In words: verified, inferred …"""
    note: str
    reads: bool
    named_from_ms: int | None
    report: Report | None
    """A reported change that waits to be confirmed."""
    roles: tuple[str, ...]
    """What it may be to a target."""
    directory: str
    instruments: tuple[Instrument, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What a confirmed or changed status means."""

    code: str
    status: str
    since: date
    sentences: tuple[str, ...]
    """What the partner may do from which instant, and what stays as it was."""
    recorded: bool
    """False: only shown, nothing was written."""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One way to reach an officer, with its age."""

    channel: Channel
    title: str
    age_ms: int | None
    """Since it was last found to work; None: never."""
    amber: bool


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer as the viewer's directory shows it."""

    officer: Officer
    ref: str
    """The first eight characters of the id, as typed on the command line."""
    functions: tuple[str, ...]
    """In words."""
    posted: bool
    on_duty: tuple[str, ...]
    """Posts stood now, in words."""
    channels: tuple[ChannelLine, ...]

    @property
    def amber(self) -> bool:
        """Whether nobody found the first channel to work for too long, or there is none."""
        return not self.channels or self.channels[0].amber


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty on the roster."""

    duty: Duty
    ref: str
    post: str
    """In words."""
    now: bool


@dataclass(frozen=True, slots=True)
class HoleLine:
    """Nobody stands a post that is owed."""

    hole: Hole
    post: str
    """In words."""
    now: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """Who stands which post when, and where nobody does."""

    from_ms: int
    to_ms: int
    duties: tuple[DutyLine, ...]
    holes: tuple[HoleLine, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of an assignment."""

    state: State
    at_ms: int
    by: str
    officer: str
    reason: str


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """A partner in a role to a target or operation."""

    id: UUID
    target: str
    """T-0417, OP-0031."""
    title: str
    partner: str
    role: TaskRole
    state: State
    since_ms: int
    officer: str
    """Name; "" not named, or not in the viewer's directory."""
    steps: tuple[StepLine, ...]
    marking: Marking


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A target with who leads and who else is on it."""

    target: str
    title: str
    status: str
    lead: Lead
    officer: str
    """Name of the lead's officer; "" not named."""
    amber: bool
    """Without a lead for too long, and nobody said that none is agreed."""
    cells: tuple[AssignmentLine, ...]
    """Assignments that are not over, without the note that no lead is agreed."""
    marking: Marking | None = None
    """Of all of it combined; None while nobody was asked."""


@dataclass(frozen=True, slots=True)
class Board:
    """Targets by partners."""

    at_ms: int
    partners: tuple[str, ...]
    """Columns in the register's order: members, prospective members, whoever else is on a target."""
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was recorded of an assignment."""

    target: str
    partner: str
    role: TaskRole
    state: State
    notes: tuple[str, ...] = ()
    """What the officer should know: who was relieved, who does not see it yet."""
