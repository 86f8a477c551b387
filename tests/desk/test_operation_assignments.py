"""Partners are assigned to an operation as to a target: asked, answered by their own; the lead is among its States."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import AT_WORK, COORDINATOR, add_target, open_room, viewer

from maoc_tui.desk import assignments, operations
from maoc_tui.desk.room import Room
from maoc_tui.domain.assignments import State
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import NOT_AGREED, Field
from maoc_tui.problems import BadInput, NotPermitted

ES, FR, PT = viewer("ES"), viewer("FR"), viewer("PT")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path, AT_WORK)
    yield made
    made.close()


@pytest.fixture
def ref(room: Room) -> str:
    mark = parse("H2 rel ES,FR,PT", "MAOC")
    return operations.open_operation(room, COORDINATOR, "GREY SEAL", add_target(room), marking=mark).row.ref


def lead(room: Room, ref: str) -> str:
    return operations.sheet(room, COORDINATOR, ref).row.states[Field.LEAD]


def test_the_lead_is_offered_and_taken_and_stands_among_the_six_states(room: Room, ref: str) -> None:
    assert assignments.offer(room, COORDINATOR, ref, "ES", "lead").target == ref
    assert lead(room, ref) == ""
    with pytest.raises(NotPermitted, match="Only officers of ES"):
        assignments.accept(room, FR, ref, "ES")
    assignments.accept(room, ES, ref, "ES")
    assert lead(room, ref) == "ES"
    assert "lead" not in {gap.guard for gap in operations.sheet(room, COORDINATOR, ref).missing}
    (line,) = operations.sheet(room, PT, ref).assigned
    assert (line.target, line.title, line.partner, line.state) == (ref, "GREY SEAL", "ES", State.ACCEPTED)


def test_a_new_lead_relieves_the_one_before_and_relief_leaves_none(room: Room, ref: str) -> None:
    for officer in (ES, FR):
        assignments.offer(room, COORDINATOR, ref, officer.partner, "lead")
        assignments.accept(room, officer, ref, officer.partner)
    assert lead(room, ref) == "FR"
    assert [line.partner for line in operations.sheet(room, ES, ref).assigned] == ["FR"]
    assignments.relieve(room, FR, ref, "FR", reason="no ship")
    assert lead(room, ref) == ""


def test_that_no_lead_is_agreed_counts_until_one_accepts(room: Room, ref: str) -> None:
    assignments.lead_not_agreed(room, COORDINATOR, ref, "they talk")
    assert lead(room, ref) == NOT_AGREED
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assignments.accept(room, ES, ref, "ES")
    assert lead(room, ref) == "ES"


def test_a_declined_offer_changes_no_state(room: Room, ref: str) -> None:
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assignments.decline(room, ES, ref, "ES", reason="no magistrate")
    assert lead(room, ref) == ""


def test_assignments_of_targets_and_operations_are_listed_together_and_apart(room: Room, ref: str) -> None:
    about = operations.sheet(room, COORDINATOR, ref).row.targets[0]
    assignments.offer(room, COORDINATOR, ref, "FR", "asset-provider")
    assignments.offer(room, PT, about, "PT", "support")
    assert {line.target for line in assignments.assignments(room, PT)} == {ref, about}
    assert [line.target for line in assignments.assignments(room, PT, ref)] == [ref]
    assert [line.target for line in assignments.assignments(room, PT, about)] == [about]
    assert [row.target for row in assignments.board(room, PT).rows] == [about]


def test_who_does_not_see_an_operation_is_not_assigned_to_it_and_sees_no_assignment(room: Room) -> None:
    own = operations.open_operation(room, COORDINATOR, "SECRET", marking=parse("H2 rel FR", "MAOC")).row.ref
    assignments.offer(room, COORDINATOR, own, "FR", "support")
    with pytest.raises(NotPermitted, match="does not see"):
        assignments.offer(room, COORDINATOR, own, "ES", "support")
    assert assignments.assignments(room, ES) == ()
    for call in (
        lambda: assignments.assignments(room, ES, own),
        lambda: assignments.accept(room, ES, own, "ES"),
        lambda: assignments.offer(room, ES, own, "ES", "lead"),
    ):
        with pytest.raises(BadInput, match="There is no operation"):
            call()


def test_nobody_is_assigned_to_a_closed_operation(room: Room, ref: str) -> None:
    operations.step(room, COORDINATOR, ref, "closed", outcome="stood-down")
    with pytest.raises(BadInput, match="is closed"):
        assignments.offer(room, COORDINATOR, ref, "ES", "lead")
