"""What is asked of somebody with a clock: its events, where it stands, and what a grant allows.

A request is its events in order: drafted, sent, acknowledged, chased, answered, confirmed in writing,
withdrawn. Nothing is ever granted by time alone: an expired request reads as expired. The one exception is
the four-hour option of San José Art. 16(3), and only for a State that elected it and an oral request that
nobody answered. Fields of a consent: domain study 3.4 (ETS 156 Art. 21, 1988 Convention Art. 17, Medvedyev).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from maoc_tui.domain.legal_clocks import ELECTED, ClockRule, RunningClock, Stage, of_grant
from maoc_tui.problems import BadInput


class Kind(Enum):
    """What is asked, with its words."""

    FLAG_ENQUIRY = "flag enquiry"
    BOARDING_CONSENT = "boarding consent"
    COASTAL_NOTICE = "coastal notice"
    INFORMATION = "request for information"
    ORIGINATOR_RELEASE = "originator release"


CONSENTS = frozenset({Kind.BOARDING_CONSENT, Kind.COASTAL_NOTICE})
"""What can allow a measure; nothing else a State answers does."""


class Act(Enum):
    """One event of a request."""

    DRAFTED = "drafted"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CHASED = "chased"
    GRANTED = "granted"
    PARTLY = "granted in part"
    REFUSED = "refused"
    NO_REGISTRY = "not on the register"
    CONFIRMED = "nationality confirmed"
    DENIED = "nationality denied"
    IN_WRITING = "confirmed in writing"
    WITHDRAWN = "withdrawn"


ANSWERS = frozenset({Act.GRANTED, Act.PARTLY, Act.REFUSED, Act.NO_REGISTRY, Act.CONFIRMED, Act.DENIED})
GRANTS = frozenset({Act.GRANTED, Act.PARTLY})
NATIONALITY = frozenset({Act.CONFIRMED, Act.DENIED, Act.NO_REGISTRY})
_NATIONALITY_ASKED = frozenset({Kind.FLAG_ENQUIRY, Kind.INFORMATION})


def answers(kind: Kind) -> frozenset[Act]:
    """What answers a request: that the ship is its own leaves open whether a State consents (1988 Convention 17(3))."""
    return ANSWERS if kind in _NATIONALITY_ASKED else ANSWERS - {Act.CONFIRMED}


class Scope(Enum):
    """What a consent may cover; each is granted by name or not at all."""

    BOARD = "board"
    SEARCH = "search"
    SEIZE = "seize"
    DIVERT = "divert"
    DETAIN_PERSONS = "detain persons"
    DESTROY = "destroy"
    PROSECUTE = "prosecute"


DEEMED = frozenset({Scope.BOARD, Scope.SEARCH})
"""What San José Art. 16(3) allows a State that waited four hours: board, search (and question)."""


class State(Enum):
    """Where a request stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    CHASE = "to be chased"
    EXPIRED = "no answer in time"
    DEEMED = "authorised by an elected silence"
    GRANTED = "granted"
    PARTLY = "granted in part"
    LAPSED = "grant lapsed"
    REFUSED = "refused"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a request's history; ``at_ms`` is when it happened, ``entered_ms`` when it was recorded."""

    act: Act
    at_ms: int
    entered_ms: int
    by: str
    who: str = ""
    """Name and post of the authority that answered."""
    channel: str = ""
    oral: bool = False
    scope: frozenset[Scope] = frozenset()
    conditions: tuple[str, ...] = ()
    until_ms: int | None = None
    """When a grant ends; None without a limit."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands now and what it allows now."""

    state: State
    scope: frozenset[Scope]
    conditions: tuple[str, ...]
    clock: RunningClock | None
    """What runs: until the answer the clock of the request, then that of the grant's end where it has one."""
    answered: Event | None
    oral_only: bool
    """The grant was spoken and not yet confirmed in writing."""
    nationality: Event | None = None
    """What was said last of whether the ship is of that State."""

    @property
    def until_ms(self) -> int | None:
        """When the grant ends, or has ended; None without a limit, and where nothing was granted."""
        granted = self.state in (State.GRANTED, State.PARTLY, State.LAPSED)
        return self.answered.until_ms if granted and self.answered is not None else None


def standing(
    events: Sequence[Event],
    rule: ClockRule | None,
    elected: bool,
    now_ms: int,
    kind: Kind = Kind.BOARDING_CONSENT,
) -> Standing:
    """Where a request stands; ``elected`` says that its addressee elected silence as an answer.

    Every event counts, whenever it is by now: a watch's clock set back takes back no answer.
    """
    past = sorted(events, key=lambda event: (event.at_ms, event.entered_ms))
    sent = next((event for event in past if event.act is Act.SENT), None)
    answer = _last(past, sent, answers(kind))
    clock = _clock(rule, sent, past, answers(kind))
    withdrawn = any(event.act is Act.WITHDRAWN for event in past)
    silent = elected and kind is Kind.BOARDING_CONSENT and not any(event.act in ANSWERS for event in past)
    state = _state(sent, answer, clock, silent, withdrawn, now_ms)
    scope = _scope(state, answer) if kind in CONSENTS else frozenset()
    granted = answer if state in (State.GRANTED, State.PARTLY) else None
    conditions = granted.conditions if granted is not None else ()
    oral = granted is not None and granted.oral and written(past, granted) is None
    nationality = _last(past, sent, NATIONALITY)
    found = Standing(state, scope, conditions, clock, answer, oral, nationality)
    if found.until_ms is None or answer is None:
        return found
    return replace(found, clock=of_grant(answer.at_ms, found.until_ms))


def _last(past: Sequence[Event], sent: Event | None, acts: frozenset[Act]) -> Event | None:
    """The word that counts: the last one given after the request was sent."""
    given = [e for e in past if sent is not None and e.act in acts and e.at_ms >= sent.at_ms]
    return given[-1] if given else None


def written(events: Sequence[Event], answer: Event | None) -> Event | None:
    """What confirmed an answer in writing: at or after it, never what confirmed one before it."""
    return next((e for e in events if answer and e.act is Act.IN_WRITING and e.at_ms >= answer.at_ms), None)


def _clock(
    rule: ClockRule | None, sent: Event | None, past: Sequence[Event], ends: frozenset[Act]
) -> RunningClock | None:
    if rule is None or sent is None:
        return None
    ended = (event.at_ms for event in past if event.act is Act.WITHDRAWN or event.act in ends)
    return RunningClock(rule, sent.at_ms, min((at for at in ended if at >= sent.at_ms), default=None))


def _state(
    sent: Event | None,
    answer: Event | None,
    clock: RunningClock | None,
    elected: bool,
    withdrawn: bool,
    now_ms: int,
) -> State:
    if withdrawn:
        return State.WITHDRAWN
    if sent is None:
        return State.DRAFT
    if answer is not None:
        return _answered(answer, now_ms)
    stage = clock.stage(now_ms) if clock is not None else Stage.RUNNING
    if stage is Stage.EXPIRED and clock is not None:
        silent = elected and clock.rule.silence == ELECTED and sent.oral
        return State.DEEMED if silent else State.EXPIRED
    return State.CHASE if stage is Stage.CHASE else State.WAITING


def _answered(answer: Event, now_ms: int) -> State:
    if answer.act in GRANTS:
        if answer.until_ms is not None and now_ms >= answer.until_ms:
            return State.LAPSED
        return State.GRANTED if answer.act is Act.GRANTED else State.PARTLY
    return State.REFUSED if answer.act is Act.REFUSED else State.ANSWERED


def _scope(state: State, answer: Event | None) -> frozenset[Scope]:
    if state is State.DEEMED:
        return DEEMED
    return answer.scope if answer is not None and state in (State.GRANTED, State.PARTLY) else frozenset()


def check_next(events: Sequence[Event], new: Event, kind: Kind = Kind.BOARDING_CONSENT) -> None:
    """Raise BadInput when a new event cannot follow what is recorded, or says what the kind of request cannot."""
    _check_scope(new, kind)
    done = {event.act for event in events}
    if Act.WITHDRAWN in done:
        raise BadInput("The request was withdrawn; nothing can be added.", "Open a new request.")
    if new.act is Act.SENT and Act.SENT in done:
        raise BadInput("It was sent already.", "Record a chase, or open a new request.")
    if new.act in ANSWERS | {Act.ACKNOWLEDGED, Act.CHASED} and Act.SENT not in done:
        raise BadInput("It was never sent.", "Record first when and how it was sent.")
    if new.act is Act.IN_WRITING and not done & GRANTS:
        raise BadInput("There is no grant to confirm in writing.", "Record the answer first.")
    if new.act in ANSWERS and not (new.who.strip() and new.channel.strip()):
        raise BadInput("An answer names who gave it and by which channel.", "Give name, post and channel.")
    sent = next((event.at_ms for event in events if event.act is Act.SENT), None)
    if sent is not None and new.act is not Act.DRAFTED and new.at_ms < sent:
        raise BadInput("That is before the request was sent.", "Check the time.")
    if new.until_ms is not None and new.until_ms <= new.at_ms:
        raise BadInput("The grant ends before it begins.", "Check the two times.")


def _check_scope(new: Event, kind: Kind) -> None:
    """A measure is allowed by a grant, and only of what was asked as a consent."""
    if kind not in CONSENTS and new.scope:
        raise BadInput(
            f"An answer to a {kind.value} allows no measure.",
            "Leave the scope out, or record it on a boarding consent.",
        )
    if kind is Kind.FLAG_ENQUIRY and new.act in GRANTS:
        raise BadInput(
            "A flag enquiry asks for no consent.", "Record confirmed, and the grant on a boarding consent."
        )
    if kind in CONSENTS and new.act in GRANTS and not new.scope:
        raise BadInput("A grant says what it covers.", "Name at least one of board, search, seize …")
    if new.act not in GRANTS and new.scope:
        raise BadInput("Only a grant has a scope.", "Leave the scope out.")
