"""What is recorded of a boarding is recorded whole or not at all, and agrees with how its operation ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room
from seizure_room import SHARED, operation
from target_room import HOUR, NOW

from maoc_tui.desk import seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said
from maoc_tui.domain.operations import Act, Kind, State
from maoc_tui.problems import BadInput
from maoc_tui.store import operations


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = open_room(tmp_path)
    yield opened
    opened.close()


def stepped(room: Room, *steps: tuple[State, str]) -> str:
    """The operation of the tests with steps recorded as they are."""
    ref = operation(room)
    with room.db.writing() as conn:
        made = operations.load(conn)[0]
        for at, (to, outcome) in enumerate(steps):
            act = Act(Kind.STEP, NOW + at - HOUR, NOW + at - HOUR, "x", "MAOC", to.value, outcome)
            operations.append(conn, made.id, act)
    return ref


def entry(ref: str, **more: object) -> NewSeizure:
    return NewSeizure("140200Z", ref, said=Said(marking=SHARED), **more)  # type: ignore[arg-type]


def kinds(room: Room) -> set[str]:
    (row,) = seizures.listing(room, COORDINATOR)
    return {one.kind for one in row.doubts}


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (seizures.persons, {"condition": "arrested", "count": "3", "nationality": "Venezuela"}),
        (seizures.transfer, {"taker": "GNR", "file": "/nowhere/photo.jpg"}),
        (seizures.state, {"what": "vessel-disposition", "value": "gone fishing"}),
    ],
)
def test_a_line_that_is_refused_leaves_no_event_behind(
    room: Room, act: object, given: dict[str, str]
) -> None:
    ref = stepped(room, (State.BOARDED, ""))
    for _ in range(3):
        with pytest.raises(BadInput):
            act(room, COORDINATOR, entry(ref), **given)  # type: ignore[operator]
    assert seizures.listing(room, COORDINATOR) == ()


def test_event_and_line_are_one_commit(room: Room) -> None:
    ref = stepped(room, (State.BOARDED, ""))
    before = room.db.data_version()
    made = seizures.persons(room, COORDINATOR, entry(ref), "arrested", "3", nationality="VE")
    assert before != room.db.data_version()
    (row,) = seizures.listing(room, COORDINATOR, ref)
    assert (row.ref, row.persons[0].total) == (made.ref, 3)


def test_the_planted_fault_of_two_commits_would_be_seen(room: Room) -> None:
    """The twin: the event first and the line after leaves an empty event for every try."""
    ref = stepped(room, (State.BOARDED, ""))
    for _ in range(3):
        made = seizures.add(room, COORDINATOR, entry(ref))
        with pytest.raises(BadInput):
            seizures.persons(room, COORDINATOR, made.ref, "arrested", "3", nationality="Venezuela")
    assert len(seizures.listing(room, COORDINATOR)) == 3


def test_an_operation_closed_as_clean_takes_no_find(room: Room) -> None:
    ref = stepped(room, (State.BOARDED, ""))
    early = seizures.add(room, COORDINATOR, entry(ref)).ref
    with room.db.writing() as conn:
        made = operations.load(conn)[0]
        operations.append(
            conn, made.id, Act(Kind.STEP, NOW, NOW, "x", "MAOC", State.CLOSED.value, "boarded_clean")
        )
    cocaine = NewFind("cocaine", weight="900 kg")
    with pytest.raises(BadInput, match="closed as boarded and clean") as refused:
        seizures.add(room, COORDINATOR, entry(ref, find=cocaine))
    assert "Step it back" in refused.value.way_out
    with pytest.raises(BadInput, match="closed as boarded and clean"):
        seizures.find(room, COORDINATOR, early, cocaine)
    assert seizures.figures(room, COORDINATOR).total.disrupted_g == 0


def test_a_weight_that_comes_after_the_end_is_taken(room: Room) -> None:
    ref = stepped(room, (State.BOARDED, ""), (State.CLOSED, "seized"))
    made = seizures.add(room, COORDINATOR, entry(ref, find=NewFind("cocaine", weight="900 kg")))
    assert made.warnings == ()
    seizures.weigh(room, COORDINATOR, made.find, "911 kg", "net")


def test_a_find_without_a_boarding_is_warned_of_and_doubted(room: Room) -> None:
    ref = stepped(room, (State.PLANNED, ""))
    made = seizures.add(room, COORDINATOR, entry(ref, find=NewFind("cocaine", weight="900 kg")))
    assert any("has no boarding on record" in one for one in made.warnings)
    assert "not-boarded" in kinds(room)
    with room.db.writing() as conn:
        held = operations.load(conn)[0]
        operations.append(conn, held.id, Act(Kind.STEP, NOW, NOW, "x", "MAOC", State.BOARDED.value))
    assert "not-boarded" not in kinds(room)


def test_later_nationalities_take_the_place_of_an_earlier_total(room: Room) -> None:
    made = seizures.add(room, COORDINATOR, NewSeizure("140200Z", said=Said(marking=SHARED)))
    seizures.persons(room, COORDINATOR, made.ref, "arrested", "0")
    room.clock.set_to(room.clock.now_ms() + HOUR)  # type: ignore[attr-defined]
    seizures.persons(room, COORDINATOR, made.ref, "arrested", "3", nationality="VE")
    (row,) = seizures.listing(room, COORDINATOR)
    assert [(one.total, one.nationalities, one.sound) for one in row.persons] == [(3, (("VE", 3),), True)]
    room.clock.set_to(room.clock.now_ms() + HOUR)  # type: ignore[attr-defined]
    seizures.persons(room, COORDINATOR, made.ref, "arrested", "5")
    assert seizures.listing(room, COORDINATOR)[0].persons[0].total == 5


def test_another_seal_needs_its_own_reason(room: Room) -> None:
    made = seizures.add(room, COORDINATOR, NewSeizure("140200Z", said=Said(marking=SHARED))).ref

    def passed(giver: str, taker: str, seal: str, text: str, **more: str) -> str:
        said = Said(text=text, marking=SHARED)
        seizures.transfer(room, COORDINATOR, made, taker, giver=giver, seal=seal, said=said, **more)
        room.clock.set_to(room.clock.now_ms() + 60_000)  # type: ignore[attr-defined]
        (links,) = seizures.sheet(room, COORDINATOR, made).custody.values()
        return links[-1].gap

    assert passed("", "police", "A1", "") == ""
    assert passed("police", "lab", "B9", "weather good") == "seal B9, before it A1; no reason is given"
    assert passed("lab", "court", "C3", "in a box", resealed="cut for sampling") == ""
