"""Operations at the desk: from nomination to outcome, refused where something is missing, seen as they are marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui.desk import (
    clocks,
    journal,
    operation_check_ins,
    operation_decisions,
    operations,
    requests,
    targets,
)
from maoc_tui.desk.room import Room
from maoc_tui.domain.legal_clocks import Stage
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import NOT_AGREED, Field, State
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted

SHARED = parse("H2 rel ES,FR,PT", "MAOC")
ES, FR = viewer("ES"), viewer("FR")
SECOND = viewer("MAOC", Role.COORDINATOR, name="Ana Prata")
DECISION = {"who": "J. Garcia, duty judge", "authority": "Audiencia Nacional", "right": "LOPJ Art. 23"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def target(room: Room, position: str = "36 00N 020 00W", marking: Any = SHARED) -> str:
    entry = targets.NewTarget("grey trawler", area="Azores", position=position, marking=marking)
    return targets.add(room, COORDINATOR, entry).ref


def opened(room: Room, about: str = "", **more: Any) -> str:
    given = {"marking": SHARED, **more}
    return operations.open_operation(room, COORDINATOR, "GREY SEAL", about or target(room), **given).row.ref


def step(room: Room, ref: str, *way: str, who: Viewer = COORDINATOR) -> None:
    """Step on, passing whatever may be passed."""
    for to in way:
        choice = next(one for one in operations.sheet(room, who, ref).steps if one.to.value == to)
        passed = [one.guard for one in choice.missing if one.overridable]
        ended = "stood_down" if to == "closed" else ""
        operations.step(
            room, who, ref, to, override=passed, reason="in the test" if passed else "", outcome=ended
        )


def approved(room: Room) -> str:
    ref = opened(room)
    operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", "agreed by telephone")
    operations.step(room, COORDINATOR, ref, "planned")
    operation_decisions.decide(room, ES, ref, **DECISION)
    operations.step(room, COORDINATOR, ref, "approved", override=["asset"], reason="ship given by word")
    return ref


def test_a_new_operation_says_what_comes_next_and_who_does_it(room: Room) -> None:
    ref = opened(room)
    (row,) = operations.operations(room, ES)
    assert (row.ref, row.state, row.next_step) == (ref, State.NOMINATED, State.PLANNED)
    assert row.next_action == "the lead State is agreed, or recorded as not agreed"
    assert row.owner.startswith("coordinator with the liaison officers")
    assert (row.missing_count, row.check_in_due_ms, row.outcome) == (1, None, "")


def test_the_way_to_a_boarding_with_every_guard_filled(room: Room) -> None:
    ref = approved(room)
    operations.step(room, COORDINATOR, ref, "under-way")
    with pytest.raises(NotPermitted) as refused:
        operations.step(room, COORDINATOR, ref, "boarded")
    for words in (
        "a legal basis",
        "the boarding team is named",
        "check-in timer runs",
        "second person has said go",
    ):
        assert words in refused.value.message
    operations.basis(room, ES, ref, "R26", "consent by note")
    operations.team(room, COORDINATOR, ref, "ALFA")
    operation_check_ins.check_in_every(room, COORDINATOR, ref)
    operation_decisions.go(room, FR, ref, "go", "weather fair")
    done = operations.step(room, COORDINATOR, ref, "boarded")
    assert done.row.state is State.BOARDED
    assert done.row.check_in_due_ms == NOW + HOUR // 4
    assert [one.overridden for one in done.overridden] == [
        ("an asset is tasked and its State has acknowledged",)
    ]


def test_nothing_passes_for_a_decision(room: Room) -> None:
    ref = opened(room)
    step(room, ref, "planned")
    with pytest.raises(NotPermitted, match="national decision"):
        operations.step(room, COORDINATOR, ref, "approved", override=["asset"], reason="in a hurry")
    with pytest.raises(NotPermitted, match="Nobody overrides"):
        operations.step(
            room, COORDINATOR, ref, "approved", override=["asset", "decision"], reason="in a hurry"
        )
    assert operations.sheet(room, COORDINATOR, ref).row.state is State.PLANNED


def test_a_refusal_after_the_approval_stops_the_next_step(room: Room) -> None:
    ref = approved(room)
    operation_decisions.decide(room, ES, ref, **DECISION, decision="refused", text="withdrawn by the judge")
    with pytest.raises(NotPermitted, match="national decision"):
        operations.step(room, COORDINATOR, ref, "under_way")
    assert (
        operations.step(room, COORDINATOR, ref, "planned", reason="the judge withdrew").row.state
        is State.PLANNED
    )


def test_another_states_decision_is_not_the_leads(room: Room) -> None:
    ref = opened(room)
    operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", "agreed")
    operations.step(room, COORDINATOR, ref, "planned")
    operation_decisions.decide(room, FR, ref, **DECISION)
    with pytest.raises(NotPermitted, match="national decision"):
        operations.step(room, COORDINATOR, ref, "approved", override=["asset"], reason="by word")


def test_officers_record_what_their_own_state_decided(room: Room) -> None:
    ref = opened(room)
    with pytest.raises(NotPermitted, match="Only officers of ES"):
        operation_decisions.decide(room, FR, ref, **DECISION, state="ES")
    with pytest.raises(BadInput, match="before OP-0001 was opened"):
        operation_decisions.decide(room, COORDINATOR, ref, **DECISION, state="ES", told_at="140255Z")
    found = operation_decisions.decide(
        room, COORDINATOR, ref, **DECISION, state="ES", told_at="140255Z", text="told by telephone first"
    )
    assert [(one.what, one.value, one.at_ms) for one in found.decisions] == [
        ("ES", "approved", NOW - NOW % 60_000 - 12 * 60_000)
    ]
    with pytest.raises(BadInput, match="name and post is missing"):
        operation_decisions.decide(room, ES, ref, **{**DECISION, "who": " "})
    with pytest.raises(BadInput, match="right is missing"):
        operation_decisions.decide(room, ES, ref, **{**DECISION, "right": ""})


def test_only_the_coordinator_overrides(room: Room) -> None:
    ref = operations.open_operation(
        room, ES, "LOBO", target(room), marking=parse("H2 rel MAOC", "ES")
    ).row.ref
    with pytest.raises(NotPermitted, match="override a guard"):
        operations.step(room, ES, ref, "planned", override=["lead"], reason="mine")
    operations.step(room, COORDINATOR, ref, "planned", override=["lead"], reason="they talk")
    (passed,) = operations.sheet(room, ES, ref).overridden
    assert (passed.by, passed.text) == ("Rui Ferreira (coordinator)", "they talk")


def test_go_takes_a_second_person_and_no_go_anybody(room: Room) -> None:
    ref = approved(room)
    for who in (COORDINATOR, ES):
        with pytest.raises(NotPermitted, match="yourself"):
            operation_decisions.go(room, who, ref, "go", "fine")
    assert operation_decisions.go(room, COORDINATOR, ref, "no-go", "swell").go.what == "no-go"
    assert operation_decisions.go(room, SECOND, ref, "go", "swell is down").go.by == "Ana Prata"


def test_conditions_of_a_consent_are_shown_and_stand_in_the_way(room: Room) -> None:
    about = target(room)
    asked = requests.open_request(
        room, COORDINATOR, about, "boarding-consent", "GY", acting="ES", measures="board", marking=SHARED
    ).asked.ref
    targets.fact(room, COORDINATOR, about, "flag", "GY", "register", marking=SHARED)
    ref = opened(room, about)
    operations.set_state_field(room, COORDINATOR, ref, "lead", "FR", "agreed")
    assert operations.sheet(room, COORDINATOR, ref).consent
    requests.record(room, COORDINATOR, asked, "sent", at="140200Z", channel="embassy")
    requests.record(
        room, COORDINATOR, asked, "granted", at="140230Z", who="Cdr Rao", channel="embassy", scope="board",
        conditions=["report within 12 h"],
    )  # fmt: skip
    found = operations.sheet(room, COORDINATOR, ref)
    assert found.conditions == ()
    assert "no consent of GY, its flag State, to FR is in force" in found.consent[0]
    operations.set_state_field(room, COORDINATOR, ref, "seizing", "ES", "agreed by telephone")
    found = operations.sheet(room, COORDINATOR, ref)
    assert (found.conditions, found.consent) == ((f"{asked}: report within 12 h",), ())
    step(room, ref, "planned")
    operation_decisions.decide(room, COORDINATOR, ref, **DECISION, state="ES")
    step(room, ref, "approved", "under_way")
    gaps = {one.guard: one for one in operations.sheet(room, COORDINATOR, ref).missing}
    assert "basis" not in gaps
    assert "report within 12 h" in gaps["conditions"].words
    read = operation_decisions.take_note(room, COORDINATOR, ref)
    assert "conditions" not in {one.guard for one in read.missing}
    with pytest.raises(BadInput, match="not taken note of"):
        operation_decisions.take_note(room, COORDINATOR, ref)


def test_closing_after_a_boarding_asks_for_results_and_the_outcome(room: Room) -> None:
    ref = approved(room)
    operations.basis(room, COORDINATOR, ref, "R26")
    step(room, ref, "under_way", "boarded", "concluded")
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA")
    with pytest.raises(NotPermitted) as refused:
        operations.step(room, COORDINATOR, ref, "closed")
    for words in (
        "every check-in is ended: all teams are back: ALFA",
        "seizure is recorded",
        "the outcome is given",
    ):
        assert words in refused.value.message
    operation_check_ins.end(room, COORDINATOR, ref)
    operations.nil(room, COORDINATOR, ref, "seizure")
    operations.nil(room, ES, ref, "persons", "crew of three, sent on")
    with pytest.raises(BadInput, match="the record says that there was none"):
        operations.step(room, COORDINATOR, ref, "closed", outcome="seized")
    done = operations.step(room, COORDINATOR, ref, "closed", outcome="boarded-clean")
    assert (done.row.outcome, done.row.next_step) == ("boarded and clean", None)
    assert operations.operations(room, COORDINATOR) == ()
    assert [row.ref for row in operations.operations(room, COORDINATOR, past=True)] == [ref]
    with pytest.raises(BadInput, match="is closed"):
        operations.team(room, COORDINATOR, ref, "BRAVO")
    again = operations.step(room, COORDINATOR, ref, "concluded", reason="weighing was wrong")
    assert (again.row.state, again.row.outcome) == (State.CONCLUDED, "")


def test_force_is_reported_whole_or_not_at_all(room: Room) -> None:
    from maoc_tui.desk.operation_log import log

    ref = approved(room)
    step(room, ref, "under_way")
    log(room, COORDINATOR, ref, "0301 warning shots across the bow")
    with pytest.raises(NotPermitted, match="use of force"):
        operations.step(room, COORDINATOR, ref, "concluded")
    told = {
        "ordered_by": "commander",
        "warnings": "VHF 16 twice",
        "rounds": "4",
        "injuries": "none",
        "flag_told": "no",
    }
    with pytest.raises(BadInput, match="injuries and damage is missing"):
        operation_decisions.force(room, COORDINATOR, ref, "warning-shot", **{**told, "injuries": ""})
    with pytest.raises(BadInput, match="no use of force"):
        operation_decisions.force(room, COORDINATOR, ref, "hail", **told)
    operation_decisions.force(room, COORDINATOR, ref, "warning-shot", **told)
    assert operations.step(room, COORDINATOR, ref, "concluded").row.state is State.CONCLUDED


def test_six_states_are_set_each_with_its_source(room: Room) -> None:
    ref = opened(room)
    for field, code in zip(Field, ("ES", "FR", "VE", "PT", "NL", "ES"), strict=True):
        operations.set_state_field(room, COORDINATOR, ref, field.value, code, "duty phone")
    found = operations.set_state_field(room, COORDINATOR, ref, "lead", "none", "talks go on").row.states
    assert dict(found) == {
        Field.LEAD: NOT_AGREED, Field.SEIZING: "FR", Field.FLAG: "VE", Field.COASTAL: "PT",
        Field.DESTINATION: "NL", Field.PROSECUTING: "ES",
    }  # fmt: skip
    for field, code, source in (
        ("lead", "QQ", "x"),
        ("captain", "ES", "x"),
        ("flag", "none", "x"),
        ("flag", "ES", ""),
    ):
        with pytest.raises(BadInput):
            operations.set_state_field(room, COORDINATOR, ref, field, code, source)


def test_targets_come_and_go_with_a_reason(room: Room) -> None:
    first, second = target(room), target(room)
    ref = opened(room, first)
    assert operations.target(room, COORDINATOR, ref, second).row.targets == (first, second)
    with pytest.raises(BadInput, match="already"):
        operations.target(room, COORDINATOR, ref, second)
    with pytest.raises(BadInput, match="reason is missing"):
        operations.target(room, COORDINATOR, ref, first, drop=True)
    assert operations.target(room, COORDINATOR, ref, first, drop=True, reason="other boat").row.targets == (
        second,
    )


def test_a_target_whose_waters_nobody_knows_stands_in_the_way(room: Room) -> None:
    nowhere = targets.add(room, COORDINATOR, targets.NewTarget("sloop", area="Azores", marking=SHARED)).ref
    ref = opened(room, f"{target(room)}, {nowhere}")
    (gap,) = [one for one in operations.sheet(room, COORDINATOR, ref).missing if one.guard == "zone"]
    assert gap.words.endswith(nowhere)


def test_a_hidden_operation_answers_as_missing_and_shows_nowhere(room: Room) -> None:
    ref = opened(room, marking=parse("H2", "MAOC"))
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA", 15)
    assert operations.operations(room, ES, past=True) == ()
    assert clocks.running(room, ES) == ()
    for call in (
        lambda: operations.sheet(room, ES, ref),
        lambda: operations.step(room, ES, ref, "planned"),
        lambda: operation_decisions.decide(room, ES, ref, **DECISION),
        lambda: operation_decisions.go(room, ES, ref, "go", "x"),
        lambda: operation_check_ins.ops_normal(room, ES, ref, "ALFA"),
    ):
        with pytest.raises(BadInput, match="There is no operation") as missing:
            call()
        assert "GREY SEAL" not in missing.value.message


def test_a_hidden_target_is_not_named_on_an_operation_that_is_seen(room: Room) -> None:
    hidden = target(room, marking=parse("H2", "MAOC"))
    ref = opened(room, f"{hidden} {target(room)}")
    assert hidden in operations.sheet(room, COORDINATOR, ref).row.targets
    found = operations.sheet(room, ES, ref)
    assert len(found.row.targets) == len(found.targets) == 1
    assert hidden not in str(found)
    with pytest.raises(BadInput, match="no target"):
        operations.target(room, viewer("ES", Role.COORDINATOR), ref, hidden)


def test_to_see_an_operation_is_not_to_run_it(room: Room) -> None:
    ref = opened(room)
    for call in (
        lambda: operations.step(room, FR, ref, "closed", outcome="stood_down"),
        lambda: operations.team(room, FR, ref, "ALFA"),
        lambda: operations.basis(room, FR, ref, "R26"),
        lambda: operation_check_ins.check_in_every(room, FR, ref, "ALFA"),
    ):
        with pytest.raises(NotPermitted, match="run by the coordinator"):
            call()
    operations.set_state_field(room, COORDINATOR, ref, "seizing", "FR", "agreed")
    assert operations.basis(room, FR, ref, "R26").basis[0].what == "R26"


def test_an_analyst_runs_nothing_and_a_read_only_viewer_writes_nothing(room: Room) -> None:
    analyst = Viewer("Ana", "MAOC", roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotPermitted):
        operations.open_operation(room, analyst, "X", target(room))
    ref = opened(room)
    with pytest.raises(NotPermitted):
        operations.step(room, Viewer("r", "MAOC", all_seeing=True, read_only=True), ref, "closed")


def test_an_overdue_check_in_shows_among_the_clocks_until_the_team_is_heard(room: Room) -> None:
    ref = opened(room)
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA", 15)
    (clock,) = clocks.running(room, ES)
    assert (clock.ref, clock.due_ms, clock.half_ms, clock.stage) == (
        ref, NOW + HOUR // 4, NOW + HOUR // 4, Stage.RUNNING,
    )  # fmt: skip
    assert "ops normal of ALFA" in clock.title
    room.clock.set_to(NOW + HOUR // 3)  # type: ignore[attr-defined]
    assert clocks.running(room, ES)[0].stage is Stage.EXPIRED
    operation_check_ins.ops_normal(room, ES, ref, text="all well")
    assert clocks.running(room, ES)[0].due_ms == NOW + HOUR // 3 + HOUR // 4
    with pytest.raises(NotPermitted):
        operation_check_ins.end(room, ES, ref)
    operation_check_ins.end(room, COORDINATOR, ref)
    assert clocks.running(room, ES) == ()
    with pytest.raises(BadInput, match="No check-in"):
        operation_check_ins.ops_normal(room, COORDINATOR, ref)


def test_with_two_teams_one_says_which(room: Room) -> None:
    ref = opened(room)
    for team in ("ALFA", "BRAVO"):
        operation_check_ins.check_in_every(room, COORDINATOR, ref, team, 15)
    with pytest.raises(BadInput, match="Several") as several:
        operation_check_ins.ops_normal(room, COORDINATOR, ref)
    assert "ALFA, BRAVO" in several.value.way_out
    room.clock.set_to(NOW + 60_000)  # type: ignore[attr-defined]
    found = operation_check_ins.ops_normal(room, COORDINATOR, ref, "bravo").check_ins
    assert [one.last_ms for one in found] == [NOW, NOW + 60_000]


def test_what_is_recorded_survives_a_restart(room: Room) -> None:
    ref = approved(room)
    before, path = operations.sheet(room, COORDINATOR, ref), room.db.path
    room.close()
    again = Room.open(path, clock=room.clock)
    again._zones = room._zones
    try:
        assert operations.sheet(again, COORDINATOR, ref) == before
    finally:
        again.close()


def test_each_act_is_in_the_journal_and_names_the_overrider(room: Room) -> None:
    ref = approved(room)
    told = [(line.action, line.detail, line.reason) for line in journal.entries(room, COORDINATOR, ref=ref)]
    assert told[0] == ("alter", "step to approved, overriding asset", "ship given by word")
    assert told[-1][0] == "collect"
    operations.opened(room, ES, ref)
    assert journal.entries(room, ES, ref=ref)[0].action == "consult"


@pytest.mark.parametrize("name", ["operation", "operation_target", "operation_act", "log_line", "check_in"])
def test_a_row_is_never_changed_nor_deleted(room: Room, name: str) -> None:
    from sqlalchemy import text

    from maoc_tui.desk.operation_log import log
    from maoc_tui.problems import StoreProblem

    ref = approved(room)
    log(room, COORDINATOR, ref, "0301 hails")
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA")
    for statement in (f"UPDATE {name} SET entered_ms = 1", f"DELETE FROM {name}"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.execute(text(statement))


def test_the_single_user_walks_it_too_but_is_no_second_person(room: Room) -> None:
    ref = operations.open_operation(room, WATCH, "ALONE", target(room)).row.ref
    step(room, ref, "planned", who=WATCH)
    operation_decisions.decide(room, WATCH, ref, **DECISION, state="ES")
    with pytest.raises(NotPermitted):
        operation_decisions.go(room, WATCH, ref, "go", "x")
    step(room, ref, "approved", "under_way", "boarded", who=WATCH)
    assert operations.sheet(room, WATCH, ref).overridden[-1].by == "watch (single-user mode)"


def test_one_team_has_one_check_in_however_its_name_is_typed(room: Room) -> None:
    ref = opened(room)
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA", 15)
    found = operation_check_ins.check_in_every(room, COORDINATOR, ref, " Alfa ", 10)
    assert [(one.team, one.every_min) for one in found.check_ins] == [("ALFA", 10)]
    operation_check_ins.ops_normal(room, ES, ref, "alfa")
    ended = operation_check_ins.end(room, COORDINATOR, ref, "Alfa")
    assert [one.due_ms for one in ended.check_ins] == [None]


def test_a_silent_team_is_not_hidden_by_setting_its_timer_anew(room: Room) -> None:
    ref = opened(room)
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA", 15)
    room.clock.set_to(NOW + HOUR // 3)  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="ALFA is overdue"):
        operation_check_ins.check_in_every(room, COORDINATOR, ref, "Alfa", 60)
    operation_check_ins.ops_normal(room, ES, ref)
    assert operation_check_ins.check_in_every(room, COORDINATOR, ref, "Alfa", 60).check_ins[0].every_min == 60


def test_a_team_that_is_silent_stands_before_the_boarding(room: Room) -> None:
    ref = approved(room)
    operations.step(room, COORDINATOR, ref, "under-way")
    operation_check_ins.check_in_every(room, COORDINATOR, ref, "ALFA", 15)
    room.clock.set_to(NOW + HOUR // 3)  # type: ignore[attr-defined]
    (gap,) = [one for one in operations.sheet(room, COORDINATOR, ref).missing if one.guard == "check_in"]
    assert gap.words.endswith("ALFA is overdue")
    assert clocks.running(room, ES)[0].team == "ALFA"
