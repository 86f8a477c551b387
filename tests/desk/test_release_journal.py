"""What the journal says of releases: whose lines were taken back, and who looked at what is H2 on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maoc_tui.desk import gate, journal, release, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking import Handling
from maoc_tui.domain.releases import Proposal
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import StoreProblem
from tests.release_room import (
    AUDIT,
    FERREIRA,
    MARTIN,
    ORTEGA,
    ROSSI,
    answers,
    draft,
    make_room,
    marked,
    yacht,
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def of_two(room: Room) -> tuple[Proposal, str]:
    """A target of FR with a sighting of ES, released to BE with the consent of both; the request to ES."""
    ref = yacht(room, MARTIN, "ES")
    place = ("33 10N 041 20W", "140100ZDEC22", "aircraft")
    targets.sight(room, ORTEGA, ref, *place, "said by ES", marking=marked("ES", "MAOC", "FR"))
    whole = release.all_lines(
        room, FERREIRA, release.Draft(ref, "BE", answers=answers(room, "BE", frozenset({"ES", "FR"})))
    )
    numbers = {}
    for one in release.ask(room, FERREIRA, ref, "BE", "needed", lines=whole.lines):
        numbers[one.originator] = one.ref
        release.answer(room, {"ES": ORTEGA, "FR": MARTIN}[one.originator], one.ref, "granted")
    made = release.propose(room, FERREIRA, whole)
    return release.approve(room, ROSSI, made.ref, release.the_word(made)), numbers["ES"]


@pytest.mark.parametrize("way", ["recall", "withdraw"])
def test_only_the_owner_of_a_line_reads_that_it_was_recalled(room: Room, way: str) -> None:
    made, number = of_two(room)
    if way == "recall":
        release.recall(room, ORTEGA, made.ref, "the wrong boat")
    else:
        release.answer(room, ORTEGA, number, "withdrawn", reason="the wrong boat")
    written = [(x.owner, x.detail) for x in journal.entries(room, AUDIT, action="recall")]
    assert written == [("ES", "lines of ES: 1")]
    assert journal.entries(room, MARTIN, action="recall") == ()


def looks(ref: str, number: str) -> dict[str, Callable[[Room, Viewer], object]]:
    """Every way of the release desk that shows what a statement says."""
    return {
        "panel": lambda room, who: release.panel(room, who, ref, "DE"),
        "look": lambda room, who: release.look(room, who, release.Draft(ref, "DE")),
        "why": lambda room, who: gate.why(room, who, ref, "DE"),
        "proposal": lambda room, who: release.proposal(room, who, number),
        "holders": lambda room, who: release.holders(room, who, number),
    }


WAYS = tuple(looks("", ""))


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_shown_what_is_h2_is_in_the_journal(room: Room, way: str) -> None:
    made, _ = of_two(room)
    ref = targets.listing(room, FERREIRA)[0].ref
    before = journal.entries(room, AUDIT, action="consult")
    looks(ref, made.ref)[way](room, FERREIRA)
    noted = journal.entries(room, AUDIT, action="consult")
    new = len(noted) - len(before)
    assert new >= 1
    assert {entry.owner for entry in noted[:new]} <= {"ES", "FR"}
    looks(ref, made.ref)[way](room, FERREIRA)
    assert len(journal.entries(room, AUDIT, action="consult")) == len(before) + new, "the same look"


@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_written_down_is_not_shown(
    room: Room, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = of_two(room)
    ref = targets.listing(room, FERREIRA)[0].ref

    def full() -> object:
        raise StoreProblem("The disk is full.", "")

    monkeypatch.setattr(room.db, "bookkeeping", full)
    with pytest.raises(StoreProblem):
        looks(ref, made.ref)[way](room, FERREIRA)


def test_what_is_marked_less_is_not_noted(room: Room) -> None:
    mark = marked("ES", "MAOC", codes=(Handling.H1,))
    ref = targets.add(room, ORTEGA, targets.NewTarget(description="a yacht", area="Azores", marking=mark)).ref
    release.panel(room, FERREIRA, ref, "BE")
    release.look(room, FERREIRA, draft(room, ref))
    assert journal.entries(room, AUDIT, action="consult") == ()
