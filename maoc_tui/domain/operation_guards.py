"""What each guard of an operation looks for, and whether a step may be taken. Pure: facts in, verdict out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from maoc_tui.domain.operation_gaps import NOT_SHOWN, outdated, silent, unread, unreported
from maoc_tui.domain.operation_rules import Guard, OperationRules, Outcome
from maoc_tui.domain.operations import (
    APPROVED,
    GO,
    NOT_AGREED,
    REFUSED,
    Act,
    Facts,
    Field,
    Kind,
    Missing,
    Result,
    State,
    decisions,
    newest,
    state_of,
    states,
    was_boarded,
)
from maoc_tui.problems import BadInput, NotPermitted


def missing(facts: Facts, to: State, rules: OperationRules) -> tuple[Missing, ...]:
    """What stands against a step from where the operation is, and who fills it."""
    back = to in rules.back[state_of(facts.acts)]
    held = (one for one in rules.before(to, back=back) if not CHECKS[one.id](facts) or one.id in facts.unseen)
    return tuple(_missing(one, facts) for one in held)


def hidden_against(seen: Facts, whole: Facts) -> frozenset[str]:
    """Guards that are passed by what a viewer sees and not by all there is.

    Consent to the targets that are seen is none to those that are not.
    """
    if len(seen.targets) != len(whole.targets):
        whole = replace(whole, consent=False)
    return frozenset(name for name, passed in CHECKS.items() if passed(seen) and not passed(whole))


def check_step(
    facts: Facts, to: State, overridden: Iterable[str], reason: str, rules: OperationRules
) -> tuple[str, ...]:
    """Hold a step against order, guards and outcome; the ids of the guards it overrides.

    Raises BadInput for a step that cannot follow or lacks its reason, NotPermitted naming what is missing and who
    fills it. ``facts.outcome`` is the outcome given with the step.
    """
    now, named = state_of(facts.acts), tuple(dict.fromkeys(overridden))
    known = (*rules.forward[now], *rules.back[now])
    if to not in known:
        ways = ", ".join(rules.titles[one] for one in known)
        raise BadInput(
            f"{rules.titles[to]} does not follow {rules.titles[now]}.", f"What may follow: {ways}."
        )
    if (to in rules.back[now] or named) and not reason.strip():
        raise BadInput("Going back and overriding need a reason.", "Say in a few words why.")
    if to is State.CLOSED and facts.outcome:
        _check_outcome(facts, rules.parse_outcome(facts.outcome))
    stands = missing(facts, to, rules)
    _check_override(stands, named)
    left = [one for one in stands if one.guard not in named]
    if left:
        what = "; ".join(f"{one.words} ({one.who})" for one in left)
        raise NotPermitted(
            f"Not yet {rules.titles[to]}. Missing: {what}.",
            "Record what is missing; the coordinator may override what can be overridden, with a reason."
            if any(one.overridable for one in left)
            else "Record what is missing; nobody may override it.",
        )
    return named


def _check_override(stands: tuple[Missing, ...], named: tuple[str, ...]) -> None:
    by_id = {one.guard: one for one in stands}
    for name in named:
        if name not in by_id:
            raise BadInput(f"Nothing is missing under {name[:40]!r}.", "Name only what is missing.")
        if not by_id[name].overridable:
            raise NotPermitted(
                f"Nobody overrides this: {by_id[name].words}.", f"It is for {by_id[name].who}."
            )


def _check_outcome(facts: Facts, outcome: Outcome) -> None:
    if outcome.boarded and not was_boarded(facts.acts):
        raise BadInput(
            f"{outcome.title}: no boarding is on record.", "Record the step, or choose another outcome."
        )
    none = newest(facts.acts, Kind.NIL, Result.SEIZURE) is not None
    some = Result.SEIZURE in facts.recorded
    if (outcome.seizure == "some" and none and not some) or (outcome.seizure == "none" and some):
        said = "that there was none" if none else "a seizure"
        raise BadInput(
            f"{outcome.title}: the record says {said}.", "Choose the outcome that fits the record."
        )


def deciding(facts: Facts) -> frozenset[str]:
    """The States whose decision counts: the lead and the seizing State; none named is any."""
    named = states(facts.acts)
    both = frozenset({named[Field.LEAD], named[Field.SEIZING]})
    return both - {"", NOT_AGREED}


def _decision(facts: Facts) -> bool:
    """Some State whose word counts approved, and none of them refused."""
    told = decisions(facts.acts, facts.covered_from)
    words = [act.value for state, act in told.items() if _counts(facts, state)]
    return APPROVED in words and REFUSED not in words


def _counts(facts: Facts, state: str) -> bool:
    whose = deciding(facts)
    return not whose or state in whose


def bases(acts: Iterable[Act], covered_from: int = 0) -> tuple[Act, ...]:
    """The legal bases that stand, in order of entry; one without a rule takes all before it back.

    One entered before ``covered_from`` was recorded for other targets and does not count.
    """
    found: list[Act] = []
    for place, act in enumerate(acts):
        if act.kind is Kind.BASIS:
            found = [] if not act.what else [*found, act] if place >= covered_from else found
    return tuple(found)


def _go(facts: Facts) -> bool:
    """The newest word since the approval is go, for these targets, by neither who decided nor who stepped before."""
    acts = facts.acts
    approved = max(
        (at for at, a in enumerate(acts) if a.kind is Kind.STEP and a.what == State.APPROVED), default=-1
    )
    said = [at for at, act in enumerate(acts) if act.kind is Kind.GO and at > approved]
    if approved < 0 or not said or (acts[said[-1]].what == GO and said[-1] < facts.covered_from):
        return False
    return acts[said[-1]].what == GO and second_person(acts[: said[-1]], acts[said[-1]])


def rests_on(facts: Facts, to: State) -> tuple[int, str] | None:
    """Before when a step cannot have been taken, and what it rests on; None for one that rests on nothing dated."""
    since = facts.covered_from
    given = [
        act.at_ms
        for place, act in enumerate(facts.acts)
        if act.kind is Kind.DECISION and act.value == APPROVED and place >= since and _counts(facts, act.what)
    ]
    found = [(min(given), "the national decision")] if given and to in _DECIDED else []
    if to is State.BOARDED and (held := bases(facts.acts, since)) and not facts.consent:
        found.append((min(act.at_ms for act in held), "the legal basis"))
    return max(found, default=None)


_DECIDED = (State.APPROVED, State.UNDER_WAY, State.BOARDED)


def second_person(acts: tuple[Act, ...], said: Act) -> bool:
    """Whether whoever said it is neither who took the last step before nor who recorded a decision that counts."""
    last = newest(acts, Kind.STEP)
    first = [*decisions(acts).values(), *([last] if last is not None else [])]
    return not any(act.same_person(said.by, said.officer, said.partner) for act in first)


def _lead(facts: Facts) -> bool:
    return bool(states(facts.acts)[Field.LEAD])


def _result(result: Result) -> Callable[[Facts], bool]:
    """After a boarding: recorded, or recorded as none."""

    def check(facts: Facts) -> bool:
        told = result in facts.recorded or newest(facts.acts, Kind.NIL, result) is not None
        return told or not was_boarded(facts.acts)

    return check


def _check_in(facts: Facts) -> bool:
    """Some team is listened for, and none has been silent for too long."""
    return any(one.due_ms is not None for one in facts.check_ins) and not silent(facts)


def _team_named(facts: Facts) -> bool:
    """Somebody named the team, and did not take that back."""
    named = newest(facts.acts, Kind.TEAM)
    return named is not None and bool(named.what)


CHECKS: Mapping[str, Callable[[Facts], bool]] = {
    "target": lambda facts: bool(facts.targets),
    "lead": _lead,
    "zone": lambda facts: bool(facts.targets) and not facts.zones_unknown,
    "decision": _decision,
    "asset": lambda facts: facts.asset_acknowledged,
    "basis": lambda facts: facts.consent or bool(bases(facts.acts, facts.covered_from)),
    "conditions": lambda facts: not unread(facts),
    "team": lambda facts: _team_named(facts) or bool(facts.check_ins),
    "check_in": _check_in,
    "go": _go,
    "force": lambda facts: not unreported(facts),
    "check_in_ended": lambda facts: all(one.due_ms is None for one in facts.check_ins),
    "seizure": _result(Result.SEIZURE),
    "persons": _result(Result.PERSONS),
    "outcome": lambda facts: bool(facts.outcome),
}
"""Guard id to what must be so."""


_DETAILS: Mapping[str, Callable[[Facts], Iterable[str]]] = {
    "zone": lambda facts: facts.zones_unknown,
    "decision": lambda facts: outdated(facts, Kind.DECISION),
    "basis": lambda facts: outdated(facts, Kind.BASIS),
    "go": lambda facts: outdated(facts, Kind.GO),
    "conditions": lambda facts: map(str, unread(facts)),
    "check_in": lambda facts: (f"{team} is overdue" for team in silent(facts)),
    "force": lambda facts: (
        f"{kind} ({uses} without)" if uses > 1 else kind for kind, uses in sorted(unreported(facts).items())
    ),
    "check_in_ended": lambda facts: (one.team for one in facts.check_ins if one.due_ms is not None),
}
"""Guard id to what exactly is missing, where there may be several."""


def _missing(guard: Guard, facts: Facts) -> Missing:
    told = [*_DETAILS[guard.id](facts)] if guard.id in _DETAILS else []
    details = "; ".join([*told, *([NOT_SHOWN] if guard.id in facts.unseen else [])])
    words = f"{guard.words}: {details}" if details else guard.words
    return Missing(guard.id, words, guard.who, guard.override, guard.source)
