"""An originator's no holds in an emergency too, and each originator sees and recalls its own line of any release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from maoc_tui.desk import recalling, release, release_draft, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.domain.safeguards import Answer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import gate_views
from tests.release_room import (
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    make_room,
    marked,
    officer,
    sees,
    yacht,
)

AMRANI = officer("Amrani", "MA", Role.LIAISON)
SIGHTED = ("33 10N 041 20W", "140100ZDEC22", "aircraft")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def bundle(room: Room) -> release.Draft:
    """A target of FR that ES sees, with a sighting of FR hidden from ES and one of ES; all of it for MA, urgently."""
    ref = yacht(room, MARTIN, "ES")
    targets.sight(room, MARTIN, ref, *SIGHTED, "hidden from ES", marking=marked("FR", "MAOC"))
    targets.sight(room, ORTEGA, ref, *SIGHTED, "said by ES", marking=marked("ES", "MAOC"))
    urgent = release.Draft(
        ref, "MA", answers={"Q01": Answer(note="before they scuttle")}, emergency=True, threat="nine sinking"
    )
    return release.all_lines(room, FERREIRA, urgent)


def released(room: Room, draft: release.Draft) -> str:
    made = release.propose(room, FERREIRA, draft)
    release.approve(room, ROSSI, made.ref, release.the_word(made))
    return made.ref


def asked(room: Room, draft: release.Draft) -> str:
    made = release.ask(room, FERREIRA, draft.ref, "MA", "needed", lines=draft.lines)
    return next(one.ref for one in made if one.originator == "ES")


def goes_over_a_refusal(room: Room) -> None:
    draft = bundle(room)
    number = asked(room, draft)
    release.answer(room, ORTEGA, number, "refused", reason="never to MA")
    with pytest.raises(NotPermitted, match=f"does not outweigh a refusal: ES was asked, {number}: refused"):
        released(room, draft)
    assert sees(room, AMRANI) == []
    release.answer(room, ORTEGA, number, "granted")
    released(room, draft)


def test_an_emergency_goes_over_nobodys_refusal(room: Room) -> None:
    goes_over_a_refusal(room)


def test_the_twin_that_does_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    real = release_draft.cases.Permission
    monkeypatch.setattr(
        release_draft.cases, "Permission", lambda *a, **k: real(*a, **(k | {"refused": False}))
    )
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        goes_over_a_refusal(room)


def test_a_refusal_between_the_two_halves_stops_an_emergency(room: Room) -> None:
    draft = bundle(room)
    number = asked(room, draft)
    made = release.propose(room, FERREIRA, draft)
    release.answer(room, ORTEGA, number, "refused", reason="never to MA")
    with pytest.raises(NotPermitted, match="refused"):
        release.approve(room, ROSSI, made.ref, release.the_word(made))


def own_part(room: Room) -> None:
    """ES sees its own line of the bundle, its own task and the threat; nothing of the rest."""
    number = released(room, bundle(room))
    (made,) = release.proposals(room, ORTEGA)
    assert (made.ref, made.partner, made.threat) == (number, "MA", "nine sinking")
    assert [line.originator for line in made.lines] == ["ES"]
    assert (made.answers, made.condition, made.channel) == ({}, "", "")
    assert [(t.kind, t.partner) for t in release.tasks(room, ORTEGA)] == [
        ("inform_originator", "ES"), ("complete_checklist", "MA"), ("inform_supervisor", "MA"),
    ]  # fmt: skip
    assert {one.partner for one in release.holders(room, ORTEGA, number)} == {"MAOC", "MA"}


def test_an_originator_sees_its_own_line_of_a_release_and_no_other(room: Room) -> None:
    own_part(room)


@pytest.mark.parametrize("fault", ["all of it", "none of it"])
def test_the_twins_that_show_too_much_or_nothing_are_found(
    room: Room, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    planted = "1" if fault == "all of it" else "0"
    real = gate_views._following

    def following(name: str, prefix: str, viewers: int) -> str:
        made = real(name, prefix, viewers)
        return made.replace("t.originator = (SELECT gate_partner(0))", planted)

    monkeypatch.setattr(gate_views, "_following", following)
    with pytest.raises((AssertionError, BadInput)):
        own_part(room)


def test_it_recalls_that_line_and_leaves_the_others(room: Room) -> None:
    number = released(room, bundle(room))
    done = release.recall(room, ORTEGA, number, "never agreed")
    assert (done.partner, done.lines) == ("MA", 1)
    (ref,) = sees(room, AMRANI)
    assert [one.text for one in targets.sheet(room, AMRANI, ref).sightings] == ["hidden from ES"]
    assert ("send_correction", "MA") in {(t.kind, t.partner) for t in release.tasks(room, ORTEGA)}
    with pytest.raises(BadInput, match="nothing to recall"):
        release.recall(room, ORTEGA, number, "again")
    whole = next(one for one in release.proposals(room, FERREIRA) if one.ref == number)
    assert whole.stage(0) == "released"


def test_a_coordinator_that_sees_part_of_it_recalls_that_part(room: Room) -> None:
    number = released(room, bundle(room))
    both = officer("Vidal", "ES", Role.COORDINATOR)
    assert release.recall(room, both, number, "never agreed").lines == 1


def test_it_refuses_a_proposal_and_reads_no_more_by_that(room: Room) -> None:
    made = release.propose(room, FERREIRA, bundle(room))
    seen = release.refuse(room, ORTEGA, made.ref, "never to MA")
    assert [line.originator for line in seen.lines] == ["ES"]
    assert seen.refusal == "never to MA"


def test_who_sees_part_of_it_does_not_approve_it_nor_learn_how_much_there_is(room: Room) -> None:
    made = release.propose(room, FERREIRA, bundle(room))
    both = officer("Vidal", "ES", Role.RELEASER)
    with pytest.raises(NotPermitted) as refusal:
        release.approve(room, both, made.ref, "MA 3")
    assert "3" not in refusal.value.message.replace(made.ref, "")
    assert "1" not in refusal.value.message.replace(made.ref, "")


def test_a_refusal_said_again_recalls_what_stands_in_spite_of_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = bundle(room)
    number = asked(room, draft)
    monkeypatch.setattr(recalling, "recall_lines", lambda *_: None)
    made = released(room, draft)
    release.answer(room, ORTEGA, number, "refused", reason="never to MA")
    monkeypatch.undo()
    assert release.proposal(room, ORTEGA, made).stage(0) == "released"
    release.answer(room, ORTEGA, number, "refused", reason="never to MA")
    assert release.proposal(room, ORTEGA, made).stage(0) == "recalled"


def test_the_recipient_and_strangers_see_no_part_of_it(room: Room) -> None:
    released(room, bundle(room))
    for viewer in (AMRANI, PEETERS, officer("Bianchi", "IT", Role.LIAISON)):
        with room.db.reading(viewer) as conn:
            for table in ("release_proposal", "release_line", "release_task"):
                assert conn.execute(text(f"SELECT * FROM {table}")).all() == []
