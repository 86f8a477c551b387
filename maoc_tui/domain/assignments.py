"""Assignments of partners to targets and operations: offered, accepted or declined, relieved; one lead, or none agreed.

The Centre never orders: an assignment is an offer until the partner's own officer says yes. Nothing is
overwritten; the state of an assignment is its last event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.partner_rules import StatusRule
from maoc_tui.problems import BadInput, NotPermitted


class TaskRole(StrEnum):
    """What a partner is to a target or operation."""

    LEAD = "LEAD"
    SUPPORT = "SUPPORT"
    ASSET_PROVIDER = "ASSET_PROVIDER"
    FLAG_CONTACT = "FLAG_CONTACT"
    ORIGINATOR = "ORIGINATOR"
    INFORMED = "INFORMED"


class State(StrEnum):
    """Where an assignment stands."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    ACTIVE = "ACTIVE"
    DECLINED = "DECLINED"
    RELIEVED = "RELIEVED"


NEXT: dict[State | None, frozenset[State]] = {
    None: frozenset({State.PROPOSED, State.ACTIVE}),
    State.PROPOSED: frozenset({State.ACCEPTED, State.DECLINED, State.RELIEVED}),
    State.ACCEPTED: frozenset({State.ACTIVE, State.RELIEVED}),
    State.ACTIVE: frozenset({State.RELIEVED}),
    State.DECLINED: frozenset(),
    State.RELIEVED: frozenset(),
}
"""What may follow each state; an offer taken back is relieved. That no lead is agreed is active at once."""
OPEN = frozenset({State.PROPOSED, State.ACCEPTED, State.ACTIVE})
HELD = frozenset({State.ACCEPTED, State.ACTIVE})
"""The partner said yes and has not been relieved."""


NOBODY = ""
"""Stands for the partner where a lead is said not to be agreed."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of an assignment."""

    id: UUID
    state: State
    reason: str
    officer: UUID | None
    """The partner's officer it is about; None: not named."""
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A partner in a role to a target or operation, with everything that became of it."""

    id: UUID
    target: UUID
    """Of the target or operation it is to."""
    partner: str
    """NOBODY in the role LEAD: somebody recorded that no lead is agreed."""
    role: TaskRole
    by: str
    at_ms: int
    marking: Marking
    events: tuple[Event, ...]
    """In order of entry; never empty."""

    @property
    def state(self) -> State:
        """Where it stands: its last event."""
        return self.events[-1].state

    @property
    def since_ms(self) -> int:
        """When it came to stand there."""
        return self.events[-1].at_ms

    @property
    def officer(self) -> UUID | None:
        """The officer named last."""
        return next((event.officer for event in reversed(self.events) if event.officer), None)


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads on a target."""

    kind: str
    """held, not_agreed, offered or none."""
    partner: str
    """Who leads, or to whom it is offered; "" for nobody."""
    since_ms: int
    """Since when it is so; for offered and none since when nobody leads."""
    reason: str = ""
    officer: UUID | None = None

    def amber(self, now_ms: int, limit_ms: int) -> bool:
        """Whether the target has had neither a lead nor the word that none is agreed for too long."""
        return self.kind in ("offered", "none") and now_ms - self.since_ms > limit_ms


def check_step(now: State, then: State) -> None:
    """Raise BadInput unless ``then`` may follow ``now``."""
    if then not in NEXT[now]:
        follows = " or ".join(sorted(state.lower() for state in NEXT[now]))
        way_out = f"It can be {follows} now." if follows else "Offer it anew."
        raise BadInput(f"An assignment that is {now.lower()} cannot be {then.lower()}.", way_out)


def check_role(code: str, rule: StatusRule | None, status: str, role: TaskRole) -> None:
    """Raise NotPermitted unless a partner of this status may be in this role (data/partner_classes.toml)."""
    if rule is None or role.value not in rule.roles:
        title = rule.title if rule else status
        allowed = ", ".join(name for name in TaskRole if rule and name in rule.roles)
        way_out = f"It may be {allowed}." if allowed else "It may hold no assignment."
        raise NotPermitted(f"{code} ({title}) may not be {role}.", way_out)


def lead_of(assignments: Iterable[Assignment], since_ms: int) -> Lead:
    """Who leads, from the assignments of one target recorded at ``since_ms``; at most one holds the lead."""
    leads = [entry for entry in assignments if entry.role is TaskRole.LEAD]
    for entry in leads:
        if entry.state in HELD:
            begun = next(event.at_ms for event in entry.events if event.state in HELD)
            kind = "held" if entry.partner != NOBODY else "not_agreed"
            return Lead(kind, entry.partner, begun, entry.events[-1].reason, entry.officer)
    free = max([since_ms, *(entry.since_ms for entry in leads if _was_held(entry))])
    offers = [entry for entry in leads if entry.state is State.PROPOSED]
    if offers:
        newest = max(offers, key=lambda entry: entry.since_ms)
        return Lead("offered", newest.partner, free, "", newest.officer)
    return Lead("none", "", free)


def _was_held(entry: Assignment) -> bool:
    return any(event.state in HELD for event in entry.events)


def parse_role(text: str) -> TaskRole:
    """Read a role: ``lead``, ``asset provider``, ``FLAG_CONTACT``, or its beginning when only one fits."""
    word = "_".join(text.strip().upper().replace("-", " ").replace("_", " ").split())
    fits = [role for role in TaskRole if word and role.value.startswith(word)]
    if word in TaskRole.__members__:
        return TaskRole(word)
    if len(fits) == 1:
        return fits[0]
    raise BadInput(f"{text!r} is no role.", f"Choose one of {', '.join(TaskRole)}.")
