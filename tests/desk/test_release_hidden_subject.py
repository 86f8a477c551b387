"""An originator answers, refuses and recalls what is let out of its own also where the rest is hidden from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maoc_tui.desk import operation_reading, operations, release
from maoc_tui.desk.room import Room
from maoc_tui.store import gate_about
from tests.release_room import MARTIN, ORTEGA, PEETERS, ROSSI, answers, draft, make_room, marked, seizure


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def of_two(room: Room) -> tuple[str, str]:
    """An operation of FR and the event of ES that came of it, which FR does not see."""
    mark = marked("FR", "MAOC", "ES")
    op = operations.open_operation(room, MARTIN, "secret FR name", marking=mark).row.ref
    return op, seizure(room, operation=op)


def operation_id(room: Room, ref: str) -> str:
    lines = release.panel(room, ORTEGA, ref, "BE").lines
    return next(one.line.id for one in lines if one.line.kind == "operation")


def emergency(room: Room, ref: str) -> str:
    given = {"emergency": True, "threat": "lives at sea", "answers": answers(room, "BE")}
    made = release.propose(room, ORTEGA, release.Draft(ref, "BE", **given))  # type: ignore[arg-type]
    return made.ref


def test_the_originator_is_asked_about_its_operation_and_answers(room: Room) -> None:
    _, ref = of_two(room)
    (made,) = release.ask(room, ORTEGA, ref, "BE", "needed")
    assert (made.originator, made.subject.kind, made.subject.id) == (
        "FR",
        "operation",
        operation_id(room, ref),
    )
    assert [one.ref for one in release.requests(room, MARTIN)] == [made.ref]
    release.answer(room, MARTIN, made.ref, "granted")
    proposed = release.propose(room, ORTEGA, draft(room, ref))
    release.approve(room, ROSSI, proposed.ref, "BE 2")
    release.answer(room, MARTIN, made.ref, "withdrawn", reason="compromised")
    assert operation_reading.operations(room, PEETERS) == ()


def sees_and_recalls(room: Room) -> None:
    op, ref = of_two(room)
    named = release.approve(room, ROSSI, emergency(room, ref), "BE 2").ref
    (part,) = release.proposals(room, MARTIN)
    assert [line.kind for line in part.lines] == ["operation"]
    assert (part.subject.kind, part.subject.id, part.answers) == ("", "", {})
    assert "inform_originator" in [task.kind for task in release.tasks(room, MARTIN)]
    assert release.holders(room, MARTIN, named)[0].line == f"{op} itself"
    assert release.recall(room, MARTIN, named, "never").lines == 1
    assert operation_reading.operations(room, PEETERS) == ()


def test_it_sees_a_release_in_emergency_and_recalls_its_part(room: Room) -> None:
    sees_and_recalls(room)


def test_the_twin_that_asks_for_the_subject_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    real = gate_about._part

    def asks(name: str, columns: object, prefix: str, viewers: int) -> str:
        return f"{real(name, columns, prefix, viewers)} AND {gate_about._of_subject(prefix)}"  # type: ignore[arg-type]

    monkeypatch.setattr(gate_about, "_part", asks)
    path, clock = room.db.path, room.clock
    with_fault = Room.open(path, clock=clock)
    with_fault.admission.chosen = room.admission.chosen
    try:
        with pytest.raises((AssertionError, ValueError)):
            sees_and_recalls(with_fault)
    finally:
        with_fault.close()


def test_it_refuses_what_is_proposed_of_its_own(room: Room) -> None:
    _, ref = of_two(room)
    assert release.refuse(room, MARTIN, emergency(room, ref), "no").refused is not None
