"""Requests and their clocks: restart, late entry, and that silence never becomes consent."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain import legal_clocks
from maoc_tui.domain.legal_clocks import RunningClock, Stage
from maoc_tui.domain.requests import (
    ANSWERS,
    DEEMED,
    GRANTS,
    Act,
    Event,
    Kind,
    Scope,
    State,
    check_next,
    standing,
)
from maoc_tui.problems import BadInput

RAW = tomllib.loads(resources.data("law", "clocks.toml").read_text(encoding="utf-8"))
RULES = legal_clocks.parse(RAW)
HOUR, T0 = 3_600_000, 1_670_986_800_000


def event(act: Act, hours: float, **more) -> Event:
    if act in ANSWERS:
        more = {"who": "Cdr Silva, registry", "channel": "telephone", **more}
    return Event(act, T0 + int(hours * HOUR), T0 + int(hours * HOUR), "Ortega", **more)


def test_every_clock_of_the_study_is_there() -> None:
    assert {f"C{n}" for n in range(1, 11)} <= set(RULES)
    assert RULES["C4"].limit_ms == 4 * HOUR
    assert RULES["C6"].limit_ms == 14 * 24 * HOUR
    assert RULES["C1"].limit_ms is None
    assert [name for name, rule in RULES.items() if rule.silence == "elected"] == ["C4"]


def test_a_clock_chases_at_half_and_escalates_at_its_end() -> None:
    clock = RunningClock(RULES["C2"], T0)
    stages = [clock.stage(T0 + int(h * HOUR)) for h in (0, 1.99, 2, 3.99, 4, 400)]
    assert stages == [Stage.RUNNING, Stage.RUNNING, Stage.CHASE, Stage.CHASE, Stage.EXPIRED, Stage.EXPIRED]
    assert clock.left_ms(T0 + 5 * HOUR) == -HOUR


def test_without_a_limit_a_clock_is_chased_and_never_expires() -> None:
    clock = RunningClock(RULES["C1"], T0)
    assert clock.stage(T0 + 3 * HOUR) is Stage.RUNNING
    assert clock.stage(T0 + 400 * HOUR) is Stage.CHASE


def test_four_hours_of_silence_authorise_only_where_elected_and_asked_by_voice() -> None:
    oral, written = [event(Act.SENT, 0, oral=True)], [event(Act.SENT, 0)]
    late = T0 + 4 * HOUR
    assert standing(oral, RULES["C4"], True, late).state is State.DEEMED
    assert standing(oral, RULES["C4"], True, late).scope == DEEMED
    for events, rule, elected in [
        (oral, "C4", False),
        (written, "C4", True),
        (oral, "C2", True),
        (oral, "C3", True),
    ]:
        found = standing(events, RULES[rule], elected, late)
        assert (found.state, found.scope) == (State.EXPIRED, frozenset())
    assert standing(oral, RULES["C4"], True, late - 1).scope == frozenset()


def test_a_grant_allows_what_it_names_until_it_lapses_and_its_conditions_go_with_it() -> None:
    given_at = event(
        Act.PARTLY,
        1,
        oral=True,
        scope=frozenset({Scope.BOARD, Scope.SEARCH}),
        conditions=("report within 12 h",),
        until_ms=T0 + 30 * HOUR,
    )
    events = [event(Act.SENT, 0), given_at]
    found = standing(events, RULES["C1"], False, T0 + 2 * HOUR)
    assert (found.state, found.oral_only) == (State.PARTLY, True)
    assert (found.scope, found.conditions) == ({Scope.BOARD, Scope.SEARCH}, ("report within 12 h",))
    lapsed = standing(events, RULES["C1"], False, T0 + 30 * HOUR)
    assert (lapsed.state, lapsed.scope, lapsed.conditions) == (State.LAPSED, frozenset(), ())


def test_an_answer_entered_late_counts_from_when_it_was_given() -> None:
    late = Event(Act.REFUSED, T0 + HOUR, T0 + 9 * HOUR, "Ortega", "Cdr Silva", "telephone")
    found = standing([event(Act.SENT, 0), late], RULES["C2"], False, T0 + 9 * HOUR)
    assert found.state is State.REFUSED
    assert found.clock is not None
    assert found.clock.stage(T0 + 9 * HOUR) is Stage.STOPPED


times = st.integers(0, 60).map(float)
grants = st.builds(
    lambda act, at, scope, until: event(
        act, at, scope=scope, until_ms=None if until is None else T0 + int((at + until) * HOUR)
    ),
    st.sampled_from(sorted(GRANTS, key=lambda act: act.name)),
    times,
    st.frozensets(st.sampled_from(list(Scope)), min_size=1),
    st.none() | st.integers(1, 30),
)
others = st.builds(
    lambda act, at, oral: event(act, at, oral=oral and act is Act.SENT),
    st.sampled_from([act for act in Act if act not in GRANTS]),
    times,
    st.booleans(),
)
histories = st.lists(grants | others, max_size=8)


@given(histories, st.sampled_from(sorted(RULES)), st.booleans(), st.integers(0, 200))
@settings(max_examples=400)
def test_nothing_is_granted_but_by_a_recorded_grant_or_an_elected_silence(
    events, name, elected, hours
) -> None:
    now = T0 + hours * HOUR
    found = standing(events, RULES[name], elected, now)
    if found.scope:
        if found.state is State.DEEMED:
            assert elected
            assert RULES[name].silence == "elected"
            assert found.scope <= DEEMED
            assert not any(e.act in ANSWERS for e in events)
        else:
            assert any(
                e.act in GRANTS and e.scope == found.scope and (not e.until_ms or e.until_ms > now)
                for e in events
            )
            assert not any(e.act is Act.WITHDRAWN for e in events)


@given(histories, st.sampled_from(sorted(RULES)), st.integers(0, 200), st.randoms())
@settings(max_examples=200)
def test_the_order_of_entry_and_a_restart_change_nothing(events, name, hours, random) -> None:
    now, shuffled = T0 + hours * HOUR, list(events)
    random.shuffle(shuffled)
    unique = {e.at_ms for e in events}
    if len(unique) == len(events):
        assert standing(events, RULES[name], True, now) == standing(shuffled, RULES[name], True, now)


@given(st.sampled_from(sorted(RULES)), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_clock_never_runs_back(name, early, later) -> None:
    clock = RunningClock(RULES[name], T0)
    first, second = sorted((early, later))
    assert clock.stage(T0 + first * 60_000) <= clock.stage(T0 + second * 60_000)


@pytest.mark.parametrize(
    ("past", "new", "said"),
    [
        ([], event(Act.GRANTED, 1, scope=frozenset({Scope.BOARD})), "never sent"),
        ([event(Act.SENT, 0)], event(Act.SENT, 1), "sent already"),
        ([event(Act.SENT, 0)], event(Act.GRANTED, 1), "what it covers"),
        ([event(Act.SENT, 0)], event(Act.REFUSED, 1, scope=frozenset({Scope.BOARD})), "Only a grant"),
        ([event(Act.SENT, 0)], event(Act.REFUSED, 1, who=""), "names who gave it"),
        ([event(Act.SENT, 2)], event(Act.REFUSED, 1), "before the request was sent"),
        ([event(Act.SENT, 0)], event(Act.IN_WRITING, 1), "no grant to confirm"),
        ([event(Act.SENT, 0), event(Act.WITHDRAWN, 1)], event(Act.CHASED, 2), "was withdrawn"),
        (
            [event(Act.SENT, 0)],
            event(Act.GRANTED, 1, scope=frozenset({Scope.BOARD}), until_ms=T0),
            "ends before it begins",
        ),
    ],
)
def test_an_event_that_cannot_follow_is_refused(past, new, said) -> None:
    with pytest.raises(BadInput, match=said):
        check_next(past, new)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hours": -1}, "not a time above nothing"),
        ({"hours": 1, "days": 1}, "hours are given too"),
        ({"silence": "consent"}, "is not known"),
        ({"title": ""}, "it is missing"),
        ({"hour": 4}, "no such field"),
    ],
)
def test_a_bad_clock_is_refused_with_its_name(change, said) -> None:
    with pytest.raises(BadInput, match=said) as problem:
        legal_clocks.parse({"clock": {"C1": {**RAW["clock"]["C1"], **change}}})
    assert "clock C1" in problem.value.message


def test_an_answer_recorded_before_the_request_was_sent_still_keeps_silence_from_counting() -> None:
    events = [event(Act.DENIED, 0), event(Act.SENT, 1, oral=True)]
    found = standing(events, RULES["C4"], True, T0 + 6 * HOUR)
    assert found.state is State.EXPIRED
    assert not found.scope


@pytest.mark.parametrize("kind", [Kind.INFORMATION, Kind.ORIGINATOR_RELEASE, Kind.FLAG_ENQUIRY])
def test_only_a_request_for_consent_ever_allows_a_measure(kind) -> None:
    sent = event(Act.SENT, 0, oral=True)
    granted = event(Act.GRANTED, 1, scope=frozenset({Scope.SEIZE}))
    with pytest.raises(BadInput, match="allows no measure"):
        check_next([sent], granted, kind)
    assert standing([sent, granted], RULES["C1"], False, T0 + 2 * HOUR, kind).scope == frozenset()
    assert standing([sent], RULES["C4"], True, T0 + 9 * HOUR, kind).scope == frozenset()


def test_a_release_is_granted_without_any_measure_and_keeps_its_conditions() -> None:
    sent = event(Act.SENT, 0)
    granted = event(Act.GRANTED, 1, conditions=("not in court",))
    check_next([sent], granted, Kind.ORIGINATOR_RELEASE)
    found = standing([sent, granted], RULES["RFI7"], False, T0 + 2 * HOUR, Kind.ORIGINATOR_RELEASE)
    assert (found.state, found.scope, found.conditions) == (State.GRANTED, frozenset(), ("not in court",))
    with pytest.raises(BadInput, match="asks for no consent"):
        check_next([sent], granted, Kind.FLAG_ENQUIRY)


def test_a_nationality_confirmed_leaves_a_request_for_consent_waiting_and_takes_no_grant_away() -> None:
    sent, confirmed = event(Act.SENT, 0, oral=True), event(Act.CONFIRMED, 1)
    found = standing([sent, confirmed], RULES["C2"], False, T0 + 5 * HOUR)
    assert (found.state, found.nationality, found.answered) == (State.EXPIRED, confirmed, None)
    assert found.clock is not None
    assert found.clock.stage(T0 + 5 * HOUR) is Stage.EXPIRED
    granted = event(Act.GRANTED, 2, scope=frozenset({Scope.BOARD}))
    late = event(Act.CONFIRMED, 3)
    found = standing([sent, granted, late], RULES["C2"], False, T0 + 5 * HOUR)
    assert (found.state, found.scope) == (State.GRANTED, {Scope.BOARD})
    for act in (Act.DENIED, Act.NO_REGISTRY, Act.REFUSED):
        taken = standing([sent, granted, event(act, 3)], RULES["C2"], False, T0 + 5 * HOUR)
        assert (taken.state in (State.ANSWERED, State.REFUSED), taken.scope) == (True, frozenset())
    assert not standing([sent, confirmed], RULES["C4"], True, T0 + 5 * HOUR).scope


def test_a_nationality_confirmed_answers_a_flag_enquiry() -> None:
    events = [event(Act.SENT, 0), event(Act.CONFIRMED, 1)]
    found = standing(events, RULES["C1"], False, T0 + 5 * HOUR, Kind.FLAG_ENQUIRY)
    assert found.state is State.ANSWERED
    assert found.clock is not None
    assert found.clock.stage(T0 + 5 * HOUR) is Stage.STOPPED


def test_a_grant_with_an_end_runs_as_a_clock_and_stays_to_be_seen_when_it_has_lapsed() -> None:
    granted = event(Act.GRANTED, 2, scope=frozenset({Scope.BOARD}), until_ms=T0 + 12 * HOUR)
    events = [event(Act.SENT, 0), granted]
    stages = []
    for hours in (3, 7, 11.9, 12, 40):
        found = standing(events, RULES["C1"], False, T0 + int(hours * HOUR))
        assert found.clock is not None
        assert (found.clock.rule.id, found.clock.due_ms, found.until_ms) == (
            "END",
            T0 + 12 * HOUR,
            T0 + 12 * HOUR,
        )
        stages.append(found.clock.stage(T0 + int(hours * HOUR)))
    assert stages == [Stage.RUNNING, Stage.CHASE, Stage.CHASE, Stage.EXPIRED, Stage.EXPIRED]
    withdrawn = standing([*events, event(Act.WITHDRAWN, 20)], RULES["C1"], False, T0 + 40 * HOUR)
    assert withdrawn.until_ms is None
    assert withdrawn.clock is not None
    assert withdrawn.clock.stage(T0 + 40 * HOUR) is Stage.STOPPED


def test_a_clock_set_back_takes_back_no_answer() -> None:
    granted = event(Act.GRANTED, 2, scope=frozenset({Scope.BOARD}))
    events = [event(Act.SENT, 1), granted, event(Act.REFUSED, 3)]
    for hours in (3.1, 2.8, 0):
        found = standing(events, RULES["C1"], False, T0 + int(hours * HOUR))
        assert (found.state, found.scope) == (State.REFUSED, frozenset())


def test_what_confirmed_an_earlier_answer_in_writing_confirms_no_later_grant() -> None:
    first = event(Act.GRANTED, 1, oral=True, scope=frozenset({Scope.BOARD}))
    wider = event(Act.GRANTED, 3, oral=True, scope=frozenset({Scope.BOARD, Scope.SEIZE}))
    events = [event(Act.SENT, 0), first, event(Act.IN_WRITING, 2), wider]
    assert standing(events, RULES["C1"], False, T0 + 5 * HOUR).oral_only
    assert not standing([*events, event(Act.IN_WRITING, 4)], RULES["C1"], False, T0 + 5 * HOUR).oral_only
