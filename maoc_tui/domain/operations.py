"""An operation from nomination to outcome: what has happened to it, and what still stands in the way of a step.

Where an operation stands follows from its acts in order of entry; nothing is overwritten. A step forward is held
against the guards of data/operations.toml; what a guard wants is checked here (domain.operation_guards), what it
says and who fills it stands in the file. The order of steps and decisions is that of the domain study, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from maoc_tui.domain.check_ins import CheckIn
from maoc_tui.problems import BadInput

NOT_AGREED = "not agreed"
"""Stands for the lead State where somebody recorded that none is agreed."""
APPROVED, REFUSED = "approved", "refused"
GO, NO_GO = "go", "no-go"


class State(StrEnum):
    """Where an operation stands."""

    NOMINATED = "nominated"
    PLANNED = "planned"
    APPROVED = "approved"
    UNDER_WAY = "under_way"
    BOARDED = "boarded"
    CONCLUDED = "concluded"
    CLOSED = "closed"


class Kind(StrEnum):
    """What an act is."""

    STEP = "step"
    DECISION = "decision"
    BASIS = "basis"
    GO = "go"
    FIELD = "field"
    TEAM = "team"
    NIL = "nil"
    FORCE = "force"
    CONDITION = "condition"


class Field(StrEnum):
    """The six States of an operation, each by itself."""

    LEAD = "lead"
    """Investigates, and decides nationally."""
    SEIZING = "seizing"
    FLAG = "flag"
    COASTAL = "coastal"
    DESTINATION = "destination"
    PROSECUTING = "prosecuting"


class Result(StrEnum):
    """What a boarding brings, or is recorded not to have brought."""

    SEIZURE = "seizure"
    PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class Act:
    """One act; ``at_ms`` is when it happened (of a decision: when it was told), ``entered_ms`` when it was recorded."""

    kind: Kind
    at_ms: int
    entered_ms: int
    by: str
    partner: str
    what: str = ""
    """State stepped to, State that decided, rule of law, go or no-go, field, team, nil result, kind of force."""
    value: str = ""
    """Outcome of the last step, approved or refused, code of a State."""
    who: str = ""
    """Who decided, by name and post."""
    authority: str = ""
    by_right: str = ""
    source: str = ""
    guards: tuple[str, ...] = ()
    """Guards that were overridden."""
    text: str = ""
    role: str = ""
    officer: str = ""
    """Id of the officer who entered it; "" for none."""

    def same_person(self, name: str, officer: str, partner: str) -> bool:
        """Whether somebody is the one who entered this."""
        if self.officer and officer:
            return self.officer == officer
        return (self.by.casefold(), self.partner) == (name.casefold(), partner)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a consent; an act that takes note of it names it by its digest alone."""

    ref: str
    """Of the request: RQ-0007."""
    text: str
    digest: str

    def __str__(self) -> str:
        """``RQ-0007: report within 12 h``."""
        return f"{self.ref}: {self.text}"


def condition(request: str, ref: str, text: str) -> Condition:
    """A condition of a request; its digest tells nothing to whoever does not know the request's random id."""
    return Condition(ref, text, sha256(f"{request}\0{text}".encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record holds of an operation, as far as its guards ask."""

    acts: tuple[Act, ...] = ()
    """In order of entry."""
    check_ins: tuple[CheckIn, ...] = ()
    targets: tuple[str, ...] = ()
    zones_unknown: tuple[str, ...] = ()
    """Targets of which nobody can say in whose waters they are."""
    consent: bool = False
    """A consent in force covers boarding, on every target."""
    conditions: tuple[Condition, ...] = ()
    """Of the consents in force."""
    asset_acknowledged: bool = False
    """A tasked asset's State has said yes and has not taken it back."""
    recorded: frozenset[Result] = frozenset()
    """Results recorded as lines of their own."""
    force: tuple[str, ...] = ()
    """Kinds of force the log tells of, one for each use."""
    outcome: str = ""
    """Given with the step that is tried."""
    covered_from: int = 0
    """The place from which on ``acts`` were entered for every target there is now."""
    now_ms: int = 0
    """When it is asked, to know which check-in is overdue."""
    unseen: frozenset[str] = frozenset()
    """Guards against which something stands that is not shown to who asks."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that stands against a step, and who fills it."""

    guard: str
    words: str
    who: str
    overridable: bool
    source: str = ""


def state_of(acts: Iterable[Act]) -> State:
    """Where an operation stands: its last step; nominated before the first."""
    steps = [act.what for act in acts if act.kind is Kind.STEP]
    return State(steps[-1]) if steps else State.NOMINATED


def newest(acts: Sequence[Act], kind: Kind, what: str | None = None) -> Act | None:
    """The act of a kind that was entered last; about ``what`` when given."""
    return next((a for a in reversed(acts) if a.kind is kind and what in (None, a.what)), None)


def states(acts: Sequence[Act]) -> dict[Field, str]:
    """The six States as last set; "" where nobody said."""
    found = {field: newest(acts, Kind.FIELD, field.value) for field in Field}
    return {field: act.value if act is not None else "" for field, act in found.items()}


def decisions(acts: Iterable[Act], covered_from: int = 0) -> dict[str, Act]:
    """State to its decision that counts: the one told last, whatever the order of entry.

    An approval entered before ``covered_from`` was given for other targets; a refusal stands until it is taken back.
    """
    told: dict[str, Act] = {}
    for place, act in enumerate(acts):
        if act.kind is not Kind.DECISION or (place < covered_from and act.value == APPROVED):
            continue
        if act.what not in told or act.at_ms >= told[act.what].at_ms:
            told[act.what] = act
    return told


def outcome(acts: Sequence[Act]) -> str:
    """The outcome it was closed with; "" while it is not closed."""
    last = newest(acts, Kind.STEP)
    return last.value if last is not None and last.what == State.CLOSED else ""


def was_boarded(acts: Iterable[Act]) -> bool:
    """Whether a boarding was ever recorded."""
    return any(act.kind is Kind.STEP and act.what == State.BOARDED for act in acts)


def reference(number: int) -> str:
    """``OP-0031``."""
    return f"OP-{number:04d}"


def parse_reference(text: str) -> int:
    """The number of ``OP-0031``, ``op31``, ``31``; raises BadInput."""
    digits = text.strip().upper().removeprefix("OP").removeprefix("-")
    if digits.isascii() and digits.isdigit() and 0 < int(digits) < 10_000_000:
        return int(digits)
    raise BadInput(f"{text[:40]!r} is not an operation's reference.", "Write it as OP-0031.")


def parse_line_reference(text: str) -> tuple[int, int]:
    """The numbers of operation and line of ``OP-0031/14``; raises BadInput."""
    operation, _, line = text.partition("/")
    if line.strip().isascii() and line.strip().isdigit() and len(line.strip()) < 9:
        return parse_reference(operation), int(line)
    raise BadInput(f"{text[:40]!r} is not a log line's reference.", "Write it as OP-0031/14.")


def parse_state(text: str) -> State:
    """Read a state as typed, with blanks or dashes for underscores."""
    word = text.strip().lower().replace(" ", "_").replace("-", "_")
    if word not in set(State):
        raise BadInput(f"{text[:40]!r} is no state of an operation.", f"Choose from {', '.join(State)}.")
    return State(word)


def parse_field(text: str) -> Field:
    """Read which of the six States is meant."""
    word = text.strip().lower()
    if word not in set(Field):
        raise BadInput(
            f"{text[:40]!r} is none of the six States of an operation.", f"Choose from {', '.join(Field)}."
        )
    return Field(word)
