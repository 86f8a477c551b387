"""No path to an approved, boarded or closed operation around what it needs; each refusal says who fills what."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from maoc_tui import resources
from maoc_tui.domain import operation_guards
from maoc_tui.domain.check_ins import CheckIn, CheckInEvent, Heard, check_ins
from maoc_tui.domain.operation_guards import bases, check_step, hidden_against, missing, rests_on
from maoc_tui.domain.operation_rules import parse, shipped
from maoc_tui.domain.operations import (
    NOT_AGREED,
    Act,
    Facts,
    Field,
    Kind,
    Result,
    State,
    condition,
    decisions,
    outcome,
    parse_line_reference,
    parse_reference,
    state_of,
    states,
)
from maoc_tui.problems import BadInput, NotPermitted, Problem

RULES = shipped()
PEOPLE = ("Ana", "Rui", "Luis")
STATES = ("ES", "FR", "PT")


def act(kind: Kind, at: int = 0, by: str = "Rui", **said: Any) -> Act:
    return Act(kind, at, at, by, "MAOC", **said)


class Walk(RuleBasedStateMachine):
    """Anybody does anything in any order; what was let through is judged by what was true at that moment."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.acts: list[Act] = []
        self.consent = False
        self.asset = False
        self.timer = False
        self.told: dict[str, tuple[int, int, str]] = {}
        self.named: dict[str, str] = {}
        self.targets: dict[str, int] = {"T-0001": 0}
        self.approved_by: dict[str, set[str]] = {"T-0001": set()}
        self.based: set[str] = set()
        self.taken: list[tuple[Act, dict[str, Any]]] = []
        self.refused: Problem | None = None

    def facts(self, ended: str = "") -> Facts:
        seen = [one for one in self.targets if not one.startswith("H")]
        held = self._of(seen, ended)
        return replace(held, unseen=hidden_against(held, self._of([*self.targets], ended)))

    def _of(self, known: list[str], ended: str) -> Facts:
        """Facts as far as some of the targets are known; those whose name begins with H are not shown."""
        clock = (CheckIn("ALFA", 15, 0, 0, None if self.timer else 1),)
        return Facts(
            tuple(self.acts),
            clock,
            tuple(known),
            consent=self.consent and bool(known),
            asset_acknowledged=self.asset,
            outcome=ended,
            covered_from=max((self.targets[one] for one in known), default=0),
        )

    def add(self, kind: Kind, **said: Any) -> None:
        self.now += 1
        self.acts.append(act(kind, **{"at": self.now, **said}))

    @rule(
        to=st.sampled_from(list(State)),
        passed=st.one_of(
            st.just(()), st.lists(st.sampled_from(sorted(operation_guards.CHECKS)), max_size=4, unique=True)
        ),
        everything=st.booleans(),
        ended=st.sampled_from(["", *RULES.outcomes]),
        by=st.sampled_from(PEOPLE),
    )
    def try_step(self, to: State, passed: tuple[str, ...], everything: bool, ended: str, by: str) -> None:
        """Somebody tries a step, overriding what they like."""
        self._try(to, passed, everything, ended, by)

    def _try(self, to: State, passed: tuple[str, ...], everything: bool, ended: str, by: str) -> None:
        held = self.facts(ended if to is State.CLOSED else "")
        if everything:
            passed = tuple(one.guard for one in missing(held, to, RULES) if one.overridable)
        reason = "because" if passed or to in RULES.back[state_of(self.acts)] else ""
        try:
            guards = check_step(held, to, passed, reason, RULES)
        except Problem as refusal:
            self.refused = refusal
            return
        self.add(Kind.STEP, by=by, what=to.value, value=held.outcome, guards=guards, text=reason)
        self.taken.append((self.acts[-1], self.truth()))

    @rule(ended=st.sampled_from(["", *RULES.outcomes]), by=st.sampled_from(PEOPLE))
    def press_on(self, ended: str, by: str) -> None:
        """The next step forward, passing everything that can be passed."""
        if following := RULES.forward[state_of(self.acts)]:
            self._try(following[0], (), True, ended, by)

    @rule(
        steps=st.integers(1, 6),
        decided=st.booleans(),
        another=st.sampled_from(["", "seen", "hidden"]),
        ended=st.sampled_from(["", "stood_down", "seized"]),
    )
    def whole_night(self, steps: int, decided: bool, another: str, ended: str) -> None:
        """Step upon step, mostly with a decision first: the far end is reached often, with another target or not."""
        if another:
            self.base("R26")
            self.add_target(another == "hidden")
        if decided:
            self.name("lead", "ES")
            self.decide("ES", "approved", 0)
        for _ in range(steps):
            self.press_on(ended, "Rui")

    def truth(self) -> dict[str, Any]:
        """What is so now, reckoned apart from the program."""
        whose = {
            code
            for code in (self.named.get("lead"), self.named.get("seizing"))
            if code and code != NOT_AGREED
        }
        words = [word for code, (_, _, word) in self.told.items() if not whose or code in whose]
        for_each = all(
            (whose & self.approved_by[one]) if whose else self.approved_by[one] for one in self.targets
        )
        hidden = any(one.startswith("H") for one in self.targets)
        return {
            "targets": bool(self.targets),
            "decided": bool(self.targets) and for_each and "refused" not in words,
            "basis": set(self.targets) <= self.based or (self.consent and not hidden),
        }

    @rule(hidden=st.booleans())
    def add_target(self, hidden: bool) -> None:
        """A target is added, which whoever steps may not see."""
        name = f"{'H' if hidden else 'T'}-{len(self.acts)}-{len(self.targets)}"
        self.targets[name], self.approved_by[name] = len(self.acts), set()
        self.based.discard(name)

    @rule(which=st.integers(0, 9))
    def drop_target(self, which: int) -> None:
        """A target is dropped; it may be the last."""
        if self.targets:
            del self.targets[sorted(self.targets)[which % len(self.targets)]]

    @rule(
        state=st.sampled_from(STATES), word=st.sampled_from(["approved", "refused"]), ago=st.integers(0, 20)
    )
    def decide(self, state: str, word: str, ago: int) -> None:
        """A State decides; it may be told late."""
        self.add(Kind.DECISION, what=state, value=word)
        told = self.now - ago
        self.acts[-1] = act(Kind.DECISION, told, what=state, value=word)
        if state not in self.told or (told, len(self.acts)) >= self.told[state][:2]:
            self.told[state] = (told, len(self.acts), word)
        if word == "approved":
            for one in self.targets:
                self.approved_by[one].add(state)

    @rule(field=st.sampled_from(["lead", "seizing"]), code=st.sampled_from([*STATES, NOT_AGREED]))
    def name(self, field: str, code: str) -> None:
        """A State takes a part."""
        self.add(Kind.FIELD, what=field, value=code)
        self.named[field] = code

    @rule(name=st.sampled_from(["R26", ""]))
    def base(self, name: str) -> None:
        """A legal basis is recorded, or taken back."""
        self.add(Kind.BASIS, what=name)
        self.based = {*self.based, *self.targets} if name else set()

    @rule(word=st.sampled_from(["go", "go", "no-go"]), by=st.sampled_from(PEOPLE))
    def say(self, word: str, by: str) -> None:
        """Somebody says go or no-go."""
        self.add(Kind.GO, what=word, by=by)

    @rule(consent=st.booleans(), asset=st.booleans(), timer=st.booleans())
    def around(self, consent: bool, asset: bool, timer: bool) -> None:
        """Consent, asset and timer come and go."""
        self.consent, self.asset, self.timer = consent, asset, timer

    @rule(what=st.sampled_from(list(Result)))
    def none(self, what: Result) -> None:
        """A result is recorded as none."""
        self.add(Kind.NIL, what=what.value)

    @invariant()
    def no_step_without_what_it_needs(self) -> None:
        for step, so in self.taken:
            to = State(step.what)
            assert not {"decision", "outcome", "target"} & set(step.guards)
            assert step.text or not step.guards
            if to in (State.APPROVED, State.UNDER_WAY, State.BOARDED):
                assert so["decided"], f"{to} without a decision"
            if to is State.BOARDED:
                assert so["targets"], "boarded without a target"
                assert so["basis"] or "basis" in step.guards, "boarded without a basis or a recorded override"
            if to is State.CLOSED:
                assert step.value in RULES.outcomes, "closed without an outcome"

    @invariant()
    def a_refusal_says_what_and_the_way_out(self) -> None:
        assert self.refused is None or (self.refused.message and self.refused.way_out)

    @invariant()
    def states_follow_each_other(self) -> None:
        now = State.NOMINATED
        for step, _ in self.taken:
            assert State(step.what) in (*RULES.forward[now], *RULES.back[now])
            now = State(step.what)


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
HARD = settings(
    max_examples=300, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None,
    print_blob=False, phases=[Phase.generate],
)  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "planted"),
    [
        ("decision", lambda facts: True),
        ("decision", lambda facts: any(one.value == "approved" for one in decisions(facts.acts).values())),
        ("basis", lambda facts: True),
        ("outcome", lambda facts: True),
        ("target", lambda facts: True),
        ("basis", lambda facts: facts.consent or bool(bases(facts.acts))),
        ("decision", lambda facts: operation_guards._decision(replace(facts, covered_from=0))),
    ],
    ids=[
        "decision",
        "refusal by the lead",
        "basis",
        "outcome",
        "no target",
        "basis for other targets",
        "decision on other targets",
    ],
)
def test_a_guard_that_lets_through_is_found(
    monkeypatch: pytest.MonkeyPatch, guard: str, planted: Any
) -> None:
    """The twins."""
    monkeypatch.setitem(operation_guards.CHECKS, guard, planted)  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Walk, settings=HARD)


def test_a_target_that_is_not_shown_and_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    monkeypatch.setitem(globals(), "hidden_against", lambda seen, whole: frozenset())
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Walk, settings=HARD)


def test_an_override_that_nobody_records_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""

    honest = check_step

    def forgetful(*given: Any) -> tuple[str, ...]:
        honest(*given)
        return ()

    monkeypatch.setitem(globals(), "check_step", forgetful)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Walk, settings=HARD)


def test_a_refused_step_says_what_is_missing_and_who_fills_it() -> None:
    with pytest.raises(NotPermitted) as refused:
        check_step(Facts(targets=("T-0001",), zones_unknown=("T-0001",)), State.PLANNED, (), "", RULES)
    said = refused.value.message
    assert "the lead State is agreed" in said
    assert "coordinator with the liaison officers" in said
    assert "in whose waters each target is: T-0001 (watch officer or analyst)" in said


def test_nobody_overrides_the_decision() -> None:
    held = Facts((act(Kind.STEP, what="planned"),), targets=("T-0001",))
    with pytest.raises(NotPermitted, match="Nobody overrides"):
        check_step(held, State.APPROVED, ("decision", "asset"), "in a hurry", RULES)


def test_an_override_needs_its_reason_and_something_to_override() -> None:
    held = Facts((act(Kind.FIELD, what="lead", value="ES"),), targets=("T-0001",))
    with pytest.raises(BadInput, match="reason"):
        check_step(held, State.PLANNED, ("zone",), "", RULES)
    with pytest.raises(BadInput, match="Nothing is missing"):
        check_step(held, State.PLANNED, ("zone",), "because", RULES)


def test_the_decision_told_last_counts_whatever_the_order_of_entry() -> None:
    late = Act(Kind.DECISION, 100, 900, "Rui", "MAOC", what="ES", value="refused")
    early = Act(Kind.DECISION, 500, 600, "Rui", "MAOC", what="ES", value="approved")
    assert decisions([early, late])["ES"] is early


def test_six_states_stand_apart() -> None:
    acts = [
        act(Kind.FIELD, what=field.value, value=code) for field, code in zip(Field, "ABCDEF", strict=True)
    ]
    assert list(states(acts).values()) == list("ABCDEF")


def test_go_by_who_decided_does_not_count() -> None:
    acts = (
        act(Kind.STEP, what="planned"),
        act(Kind.DECISION, what="ES", value="approved", by="Luis"),
        act(Kind.STEP, what="approved"),
        act(Kind.STEP, what="under_way"),
    )
    for by, counts in (("Luis", False), ("Rui", False), ("rui", False), ("Ana", True)):
        said = (*acts, act(Kind.GO, what="go", by=by))
        assert operation_guards.CHECKS["go"](Facts(said)) is counts
    stopped = (*acts, act(Kind.GO, what="go", by="Ana"), act(Kind.GO, what="no-go", by="Luis"))
    assert not operation_guards.CHECKS["go"](Facts(stopped))


def test_a_go_from_before_the_approval_does_not_count() -> None:
    acts = (act(Kind.GO, what="go", by="Ana"), act(Kind.STEP, what="approved"))
    assert not operation_guards.CHECKS["go"](Facts(acts))


@pytest.mark.parametrize(
    ("ended", "boarded", "found", "none", "refused"),
    [
        ("boarded_clean", False, False, False, "no boarding"),
        ("seized", False, True, False, "no boarding"),
        ("boarded_clean", True, True, False, "a seizure"),
        ("seized", True, False, True, "there was none"),
        ("seized", True, True, False, ""),
        ("boarded_clean", True, False, True, ""),
        ("not_found", False, False, False, ""),
    ],
)
def test_an_outcome_fits_the_record(ended: str, boarded: bool, found: bool, none: bool, refused: str) -> None:
    acts = [act(Kind.STEP, what="boarded")] if boarded else []
    acts += [act(Kind.NIL, what="seizure")] if none else []
    acts += [act(Kind.NIL, what="persons"), act(Kind.STEP, what="concluded")]
    recorded = frozenset({Result.SEIZURE}) if found else frozenset()
    held = Facts(tuple(acts), recorded=recorded, outcome=ended)
    if refused:
        with pytest.raises(BadInput, match=refused):
            check_step(held, State.CLOSED, (), "", RULES)
    else:
        assert check_step(held, State.CLOSED, (), "", RULES) == ()


def test_conditions_of_a_consent_and_force_in_the_log_stand_in_the_way() -> None:
    told = condition("id", "RQ-0007", "report within 12 h")
    held = Facts((act(Kind.STEP, what="under_way"),), conditions=(told,))
    words = {one.guard: one.words for one in missing(held, State.BOARDED, RULES)}
    assert "RQ-0007: report within 12 h" in words["conditions"]
    read = Facts((*held.acts, act(Kind.CONDITION, value=told.digest)), conditions=held.conditions)
    assert "conditions" not in {one.guard for one in missing(read, State.BOARDED, RULES)}
    fired = Facts((act(Kind.STEP, what="boarded"),), force=("WARNING_SHOT",))
    assert "force" in {one.guard for one in missing(fired, State.CONCLUDED, RULES)}
    told_of = Facts((*fired.acts, act(Kind.FORCE, what="WARNING_SHOT")), force=fired.force)
    assert "force" not in {one.guard for one in missing(told_of, State.CONCLUDED, RULES)}


def test_each_use_of_force_needs_a_report_of_its_own() -> None:
    one_report = (act(Kind.STEP, what="boarded"), act(Kind.FORCE, what="DISABLING_FIRE"))
    twice = Facts(one_report, force=("DISABLING_FIRE", "DISABLING_FIRE"))
    (gap,) = [one for one in missing(twice, State.CONCLUDED, RULES) if one.guard == "force"]
    assert gap.words.endswith("DISABLING_FIRE")
    both = replace(twice, acts=(*one_report, act(Kind.FORCE, what="DISABLING_FIRE")))
    assert "force" not in {one.guard for one in missing(both, State.CONCLUDED, RULES)}


def test_a_silent_team_is_no_check_in() -> None:
    def gaps(now_ms: int, *teams: CheckIn) -> dict[str, str]:
        held = Facts((act(Kind.STEP, what="under_way"),), teams, now_ms=now_ms)
        return {one.guard: one.words for one in missing(held, State.BOARDED, RULES)}

    alfa, bravo = CheckIn("ALFA", 15, 0, 0), CheckIn("BRAVO", 15, 0, 60_000)
    assert "check_in" not in gaps(15 * 60_000 - 1, alfa, bravo)
    assert gaps(15 * 60_000, alfa, bravo)["check_in"].endswith("ALFA is overdue")
    assert "check_in" in gaps(0, CheckIn("ALFA", 15, 0, 0, 1))


def test_a_step_rests_on_the_first_decision_and_basis_that_count() -> None:
    acts = (
        act(Kind.DECISION, 10, what="ES", value="approved"),
        act(Kind.DECISION, 30, what="ES", value="approved"),
        act(Kind.BASIS, 50, what="R26"),
    )
    assert rests_on(Facts(acts), State.APPROVED) == (10, "the national decision")
    assert rests_on(Facts(acts), State.BOARDED) == (50, "the legal basis")
    assert rests_on(Facts(acts, covered_from=1), State.APPROVED) == (30, "the national decision")
    assert rests_on(Facts(acts), State.PLANNED) is None


def test_a_refusal_stands_whatever_becomes_of_the_targets() -> None:
    acts = (
        act(Kind.DECISION, 1, what="FR", value="refused"),
        act(Kind.DECISION, 2, what="ES", value="approved"),
    )
    held = Facts(acts, covered_from=1)
    assert not operation_guards.CHECKS["decision"](held)
    assert set(decisions(acts, 2)) == {"FR"}


def test_what_is_hidden_is_told_as_no_more_than_that_it_is() -> None:
    seen = Facts((act(Kind.STEP, what="under_way"),), targets=("T-0001",), consent=True)
    whole = replace(seen, targets=("T-0001", "T-0002"), zones_unknown=("T-0002",))
    found = replace(seen, unseen=hidden_against(seen, whole))
    gaps = {one.guard: one.words for one in missing(found, State.BOARDED, RULES)}
    for guard in ("zone", "basis"):
        assert gaps[guard].endswith("something stands against it that is not shown to you")
    assert "T-0002" not in str(gaps)


def test_an_outcome_counts_only_while_it_is_closed() -> None:
    closed = [act(Kind.STEP, what="concluded"), act(Kind.STEP, what="closed", value="seized")]
    assert outcome(closed) == "seized"
    assert outcome([*closed, act(Kind.STEP, what="concluded")]) == ""


def test_a_check_in_is_due_from_when_the_team_was_heard() -> None:
    minute = 60_000

    def heard(what: Heard, at: int, every: int | None = None) -> CheckInEvent:
        return CheckInEvent("ALFA", what, at * minute, at * minute, "x", every)

    (one,) = check_ins([heard(Heard.SET, 0, 15)])
    assert one.due_ms == 15 * minute
    (one,) = check_ins([heard(Heard.SET, 0, 15), heard(Heard.OK, 12), heard(Heard.OK, 9)])
    assert one.due_ms == 27 * minute, "what is heard late does not set the clock back"
    (one,) = check_ins([heard(Heard.SET, 0, 15), heard(Heard.ENDED, 20), heard(Heard.OK, 21)])
    assert (one.due_ms, one.ended_ms) == (None, 20 * minute)
    (one,) = check_ins([heard(Heard.SET, 0, 15), heard(Heard.ENDED, 20), heard(Heard.SET, 30, 10)])
    assert (one.due_ms, one.started_ms) == (40 * minute, 30 * minute)


@pytest.mark.parametrize("text", ["OP-0031", "op31", " 31 ", "OP-31"])
def test_references_as_people_type_them(text: str) -> None:
    assert parse_reference(text) == 31
    assert parse_line_reference(f"{text}/14") == (31, 14)


@pytest.mark.parametrize("text", ["", "OP-", "T-0031", "OP-٣", "OP-0", "OP-0031/"])
def test_what_is_no_reference_is_said(text: str) -> None:
    with pytest.raises(BadInput):
        parse_line_reference(text)


def raw() -> dict[str, Any]:
    return tomllib.loads(resources.data("operations.toml").read_text(encoding="utf-8"))


def _guard(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in data["guard"] if one["id"] == name)


SPOILT = {
    "decision may be overridden": lambda data: _guard(data, "decision").update(override=True),
    "outcome may be overridden": lambda data: _guard(data, "outcome").update(override=True),
    "no decision before the boarding": lambda data: _guard(data, "decision").update({"for": ["approved"]}),
    "no basis before the boarding": lambda data: _guard(data, "basis").update({"for": ["approved"]}),
    "a guard is missing": lambda data: data["guard"].remove(_guard(data, "go")),
    "a guard nobody knows": lambda data: data["guard"].append({**_guard(data, "go"), "id": "luck"}),
    "a guard without a source": lambda data: _guard(data, "go").pop("source"),
    "a state is missing": lambda data: data["state"].pop(),
    "a step forward leads back": lambda data: data["step"][1].update(to=["nominated"]),
    "a step back leads on": lambda data: data["step"][0].update(back=["boarded"]),
    "two kinds with one letter": lambda data: data["kind"][2].update(tag="h"),
    "an unknown measure": lambda data: data["kind"][2].update(measure="SING"),
    "no check-in": lambda data: data.update(check_in_min=0),
    "an outcome without a title": lambda data: data["outcome"][0].pop("title"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_file_at_fault_is_refused_by_entry_and_field(name: str) -> None:
    spoilt = copy.deepcopy(raw())
    SPOILT[name](spoilt)
    with pytest.raises(Problem, match=r"operations\.toml, .+, .+: "):
        parse(spoilt)


def test_every_kind_of_the_study_is_there() -> None:
    study = (
        "SIGHTING SURVEILLANCE FLAG_ENQUIRY FLAG_REPLY CONSENT_GRANTED CONSENT_REFUSED COASTAL_NOTICE ASSET_TASKED "
        "ASSET_ON_STATION HAIL ORDER_TO_STOP WARNING_SHOT DISABLING_FIRE BOARDING SEARCH RAPID_TEST SEIZURE SAMPLING "
        "DESTRUCTION ARREST RELEASE RESCUE ESCORT TOW HANDOVER SCUTTLED SANK JETTISON REPORT_TO_FLAG DEBRIEF"
    )
    assert set(study.split()) <= set(RULES.kinds)
    assert {
        "seized",
        "boarded_clean",
        "not_found",
        "stood_down",
        "jettisoned",
        "scuttled",
        "handed_over",
        "released",
    } <= set(RULES.outcomes)
