"""What the operations desk hands to screens and scripts: immutable, everything as the viewer may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maoc_tui.desk.liaison_snapshots import AssignmentLine
from maoc_tui.domain.check_ins import CheckIn
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import Act, Field, Missing, Result, State


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log."""

    ref: str
    """``OP-0031/14``."""
    at_ms: int
    """When it happened."""
    entered_ms: int
    kind: str
    """Code of data/operations.toml: BOARDING, HAIL …; NOTE when nothing fits."""
    text: str
    by: str
    """Who entered it; "" for a line seen only because it was released."""
    marking: Marking
    said_time: str = ""
    """The time as typed; "" when none was and the time of entry stands."""
    corrects: str = ""
    """Reference of the line this one corrects; "" for none, or one that the viewer does not see."""
    corrected_by: str = ""
    """Reference of the line that corrects this one; "" for none."""
    clock: str = ""
    """``CK-0007`` when the line became a clock the viewer sees."""
    warning: str = ""
    """What it tells of that no consent in force covers; only when it is entered."""
    figure: str = ""
    """``1500``, at its beginning, that could have been its time and was left in the text; only when it is entered."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act of the operation on its timeline."""

    kind: str
    """step, decision, basis, go, field, team or nil."""
    at_ms: int
    entered_ms: int
    title: str
    """``approved``, ``ES approved``, ``basis R26``, ``go``, ``lead ES``."""
    text: str
    """Reasons, authority, source: whatever was said with it."""
    by: str
    """Name, and the role where a guard was overridden."""
    overridden: tuple[str, ...] = ()
    """Words of the guards that were overridden."""


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that may follow, with what still stands against it."""

    to: State
    title: str
    back: bool
    missing: tuple[Missing, ...]

    @property
    def free(self) -> bool:
        """Whether nothing stands against it."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class OperationTarget:
    """One target of an operation that the viewer sees."""

    ref: str
    title: str
    zone: str
    """Short label of the zone of its newest place; "" where nobody can say."""


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation on the board."""

    ref: str
    name: str
    state: State | None
    """None where it is not told: the operation is seen only because it was released."""
    state_title: str
    """``not told`` where the state is None."""
    targets: tuple[str, ...]
    """References, as far as the viewer sees them."""
    states: Mapping[Field, str]
    """The six States; "" where nobody said, NOT_AGREED for a lead recorded as such."""
    next_step: State | None
    """The step forward that comes next; None when it is closed."""
    next_action: str
    """What is to be done next, in words."""
    owner: str
    """Who does it."""
    missing_count: int
    """How much stands against the next step."""
    newest_ms: int
    """When anything was entered last that the viewer sees."""
    check_in_due_ms: int | None
    """When the soonest ops normal is due; None where no check-in runs."""
    outcome: str
    """Title of the outcome; "" while it is not closed."""
    marking: Marking
    by: str
    """Who opened it; "" where it is not told."""


@dataclass(frozen=True, slots=True)
class OperationSheet:
    """Everything on one operation."""

    row: OperationRow
    targets: tuple[OperationTarget, ...]
    timeline: tuple[LogEntry | ActLine, ...]
    """By the time it happened, oldest first."""
    steps: tuple[StepChoice, ...]
    """What may follow: the next step forward first."""
    decisions: tuple[Act, ...]
    """National decisions that count, one for each State."""
    basis: tuple[Act, ...]
    """Legal bases in the order recorded; () when none stands."""
    team: str
    """The boarding team named last; "" for none."""
    go: Act | None
    """The go or no-go recorded last."""
    check_ins: tuple[CheckIn, ...]
    conditions: tuple[str, ...]
    """Conditions of the consents in force, with the request each is of: ``RQ-0007: report within 12 h``."""
    consent: tuple[str, ...]
    """What stands against boarding for want of consent, target by target; () when consent covers all."""
    overridden: tuple[ActLine, ...]
    """Every step that overrode a guard."""
    nil: tuple[Result, ...]
    """Results recorded as none."""
    log_marking: Marking
    """How a new line of the viewer's is marked unless another marking is chosen."""
    assigned: tuple[AssignmentLine, ...] = ()
    """Who is what to the operation, as far as the viewer may know: lead, support, asset provider …"""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What stands against the next step forward."""
        return next((one.missing for one in self.steps if not one.back), ())

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """The log lines alone, oldest first."""
        return tuple(one for one in self.timeline if isinstance(one, LogEntry))


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """A boarding team's check-in of some operation."""

    ref: str
    """``OP-0031``."""
    name: str
    target: str
    """Of the operation's first target that the viewer sees; "" for none."""
    check_in: CheckIn
