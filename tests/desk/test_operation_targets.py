"""A decision, a basis and a go count for the targets they were given for, whoever sees which; times stand together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui.desk import operation_check_ins, operation_decisions, operations, requests, targets
from maoc_tui.desk.operation_log import log
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import State
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted

SHARED = parse("H2 rel ES,FR,PT", "MAOC")
ES, FR, PT = viewer("ES"), viewer("FR"), viewer("PT")
SECOND = viewer("MAOC", Role.COORDINATOR, name="Ana Prata")
DECISION = {"who": "J. Garcia, duty judge", "authority": "Audiencia Nacional", "right": "LOPJ Art. 23"}
OTHER_TARGETS = "what was said before the targets changed does not count"
NOT_SHOWN = "something stands against it that is not shown to you"
MINUTE = 60_000


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def target(room: Room, who: Viewer = COORDINATOR, marking: Any = SHARED, **more: str) -> str:
    said = {"position": "36 00N 020 00W", **more}
    return targets.add(
        room, who, targets.NewTarget("grey trawler", area="Azores", marking=marking, **said)
    ).ref


def ready(room: Room, *about: str, who: Viewer = COORDINATOR, marking: Any = SHARED) -> str:
    """An operation under way with everything that a boarding asks for."""
    ref = operations.open_operation(room, who, "GREY SEAL", ", ".join(about), marking=marking).row.ref
    operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", "by telephone")
    operations.step(room, COORDINATOR, ref, "planned")
    operation_decisions.decide(room, ES, ref, **DECISION)
    operations.step(room, COORDINATOR, ref, "approved", override=["asset"], reason="by word")
    operations.step(room, COORDINATOR, ref, "under_way")
    operations.basis(room, ES, ref, "R26", "note verbale")
    operations.team(room, COORDINATOR, ref, "ALFA")
    operation_check_ins.check_in_every(room, COORDINATOR, ref)
    operation_decisions.go(room, SECOND, ref, "go", "weather fair")
    return ref


def against(room: Room, ref: str, to: str = "boarded", who: Viewer = COORDINATOR) -> dict[str, str]:
    """Guards that stand against a step, with their words."""
    steps = {one.to.value: one for one in operations.sheet(room, who, ref).steps}
    return {one.guard: one.words for one in steps[to].missing}


def test_another_target_after_the_go_is_not_boarded_on_it(room: Room) -> None:
    first, second = target(room), target(room, position="40 00N 030 00W")
    ref = ready(room, first)
    assert against(room, ref) == {}
    operations.target(room, COORDINATOR, ref, second)
    operations.target(room, COORDINATOR, ref, first, drop=True, reason="other boat")
    gaps = against(room, ref)
    assert set(gaps) == {"decision", "basis", "go"}
    assert all(words.endswith(OTHER_TARGETS) for words in gaps.values())
    with pytest.raises(NotPermitted, match="national decision"):
        operations.step(room, COORDINATOR, ref, "boarded", override=["basis", "go"], reason="in a hurry")
    assert operations.sheet(room, COORDINATOR, ref).decisions == ()
    operation_decisions.decide(room, ES, ref, **DECISION)
    operations.basis(room, ES, ref, "R26", "second note")
    operation_decisions.go(room, SECOND, ref, "go", "fair")
    assert operations.step(room, COORDINATOR, ref, "boarded").row.targets == (second,)


def test_to_drop_a_target_takes_nothing_from_those_that_stay(room: Room) -> None:
    first, second = target(room), target(room)
    ref = ready(room, first, second)
    operations.target(room, COORDINATOR, ref, second, drop=True, reason="gone home")
    assert against(room, ref) == {}
    operations.target(room, COORDINATOR, ref, second)
    assert "decision" in against(room, ref), "what was dropped and taken up again is decided again"


def test_without_a_target_nothing_is_boarded(room: Room) -> None:
    only = target(room)
    ref = ready(room, only)
    operations.target(room, COORDINATOR, ref, only, drop=True, reason="lost")
    assert "target" in against(room, ref)
    with pytest.raises(NotPermitted, match="Nobody overrides"):
        operations.step(room, COORDINATOR, ref, "boarded", override=["target"], reason="in a hurry")


def test_waters_nobody_knows_stand_before_the_boarding_too(room: Room) -> None:
    ref = ready(room, target(room))
    nowhere = targets.add(room, COORDINATOR, targets.NewTarget("sloop", area="Azores", marking=SHARED)).ref
    operations.target(room, COORDINATOR, ref, nowhere)
    assert against(room, ref)["zone"].endswith(nowhere)


def test_the_targets_of_a_boarding_stand(room: Room) -> None:
    first, second = target(room), target(room)
    ref = ready(room, first)
    operations.step(room, COORDINATOR, ref, "boarded")
    for call in (
        lambda: operations.target(room, COORDINATOR, ref, second),
        lambda: operations.target(room, COORDINATOR, ref, first, drop=True, reason="other boat"),
    ):
        with pytest.raises(BadInput, match="has boarded"):
            call()


def consented(room: Room, about: str, marking: Any, **more: Any) -> str:
    """A consent of GY to ES to board a target; the request's reference."""
    targets.fact(room, COORDINATOR, about, "flag", "GY", "register", marking=SHARED)
    asked = requests.open_request(
        room, COORDINATOR, about, "boarding-consent", "GY", acting="ES", measures="board", marking=marking
    ).asked.ref
    requests.record(room, COORDINATOR, asked, "sent", at="140200Z", channel="embassy")
    given = {"at": "140230Z", "who": "Cdr Rao", "channel": "embassy", "scope": "board", **more}
    requests.record(room, COORDINATOR, asked, "granted", **given)
    return asked


def test_consent_to_the_target_one_sees_is_none_to_the_one_that_is_hidden(room: Room) -> None:
    about = target(room)
    consented(room, about, SHARED)
    hidden = target(room, FR, parse("H2", "FR"))
    ref = ready(room, about, hidden, who=FR, marking=parse("H2 rel MAOC,ES", "FR"))
    operations.basis(room, FR, ref, "none", "the note was withdrawn")
    assert operations.sheet(room, COORDINATOR, ref).consent == ()
    gaps = against(room, ref)
    assert gaps["basis"].endswith(NOT_SHOWN)
    assert hidden not in str(operations.sheet(room, COORDINATOR, ref))
    with pytest.raises(NotPermitted, match="legal basis") as refused:
        operations.step(room, COORDINATOR, ref, "boarded")
    assert hidden not in refused.value.message
    assert "basis" in against(room, ref, who=FR)


def test_who_may_not_step_is_told_nothing_of_what_is_hidden(room: Room) -> None:
    about, hidden = target(room), target(room, marking=parse("H2", "MAOC"))
    before = ready(room, about)
    told = operations.sheet(room, FR, before)
    ref = ready(room, about, hidden)
    found = operations.sheet(room, FR, ref)
    assert [one.missing for one in found.steps] == [one.missing for one in told.steps]
    assert NOT_SHOWN not in str(found)


def test_a_hidden_target_added_later_takes_the_decision_away(room: Room) -> None:
    ref = ready(room, target(room), who=FR, marking=parse("H2 rel MAOC,ES", "FR"))
    operations.target(room, FR, ref, target(room, FR, parse("H2", "FR")))
    gaps = against(room, ref)
    assert {"decision", "basis", "go"} <= set(gaps)
    assert gaps["decision"].endswith(NOT_SHOWN)


def test_force_told_of_in_a_line_that_is_hidden_needs_its_report(room: Room) -> None:
    ref = ready(room, target(room))
    operations.step(room, COORDINATOR, ref, "boarded")
    log(room, ES, ref, "0301 warning shots", marking=parse("H2", "ES"))
    assert against(room, ref, "concluded")["force"].endswith(NOT_SHOWN)
    assert against(room, ref, "concluded", FR) == {}


def test_a_condition_is_read_in_its_request_and_nowhere_else(room: Room) -> None:
    about, secret = target(room), "informant MILO aboard is not to be named"
    asked = consented(room, about, parse("H2 rel ES", "MAOC"), conditions=[secret])
    ref = operations.open_operation(room, COORDINATOR, "GREY SEAL", about, marking=SHARED).row.ref
    operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", "agreed")
    operation_decisions.take_note(room, COORDINATOR, ref)
    for who in (COORDINATOR, ES):
        (read,) = [one for one in operations.sheet(room, who, ref).timeline if "condition" in str(one)]
        assert read.text == f"{asked}: {secret}"
    for who in (FR, PT):
        found = str(operations.sheet(room, who, ref))
        assert "MILO" not in found
        assert asked not in found
        assert "taken note of" not in found
    with room.db.reading(PT) as conn:
        rows = [str(row) for row in conn.exec_driver_sql("SELECT * FROM operation_act")]
    assert not any("MILO" in row or asked in row for row in rows)


def test_what_was_taken_note_of_stays_on_the_timeline_when_the_consent_ends(room: Room) -> None:
    about = target(room)
    asked = consented(room, about, SHARED, conditions=["report within 12 h"])
    ref = operations.open_operation(room, COORDINATOR, "GREY SEAL", about, marking=SHARED).row.ref
    operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", "agreed")
    operation_decisions.take_note(room, COORDINATOR, ref)
    requests.record(room, COORDINATOR, asked, "refused", at="140300Z", who="Cdr Rao", channel="embassy")
    found = operations.sheet(room, COORDINATOR, ref)
    assert found.conditions == ()
    assert "report within 12 h" in str(found.timeline)


def test_a_step_is_not_dated_before_what_it_rests_on(room: Room) -> None:
    ref = operations.open_operation(room, COORDINATOR, "GREY SEAL", target(room), marking=SHARED).row.ref
    operations.set_state_field(room, COORDINATOR, ref, "lead", "ES", "by telephone")
    operations.step(room, COORDINATOR, ref, "planned", at="130100Z")
    operation_decisions.decide(room, ES, ref, **DECISION, told_at="0255Z", text="told by telephone before")
    with pytest.raises(BadInput, match="before the national decision it rests on"):
        operations.step(room, COORDINATOR, ref, "approved", at="0100Z", override=["asset"], reason="x")
    operations.step(room, COORDINATOR, ref, "approved", at="0255Z", override=["asset"], reason="x")
    operations.step(room, COORDINATOR, ref, "under_way", at="0256Z")
    room.clock.set_to(NOW + HOUR)  # type: ignore[attr-defined]
    operations.basis(room, ES, ref, "R26", "note", at="0310Z")
    operations.team(room, COORDINATOR, ref, "ALFA")
    operation_check_ins.check_in_every(room, COORDINATOR, ref)
    operation_decisions.go(room, SECOND, ref, "go", "fair")
    with pytest.raises(BadInput, match="before the legal basis it rests on"):
        operations.step(room, COORDINATOR, ref, "boarded", at="0309Z")
    assert operations.step(room, COORDINATOR, ref, "boarded", at="0310Z").row.state is State.BOARDED


def test_a_decision_of_long_ago_says_why_it_counts(room: Room) -> None:
    ref = operations.open_operation(room, COORDINATOR, "GREY SEAL", target(room), marking=SHARED).row.ref
    with pytest.raises(BadInput, match="was opened") as refused:
        operation_decisions.decide(room, ES, ref, **DECISION, told_at="010000ZJAN19")
    assert "why it counts" in refused.value.way_out
    found = operation_decisions.decide(
        room, ES, ref, **DECISION, told_at="0250Z", text="told before it was opened"
    )
    assert found.decisions[0].text == "told before it was opened"
    operation_decisions.decide(room, ES, ref, **DECISION, told_at="0307Z")
