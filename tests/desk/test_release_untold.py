"""Who reads something only because it was released learns neither who else has it nor how its originator was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maoc_tui.desk import (
    brief_check,
    briefing,
    gate,
    release,
    release_draft,
    release_panel,
    target_listing,
    who_sees,
)
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted, Problem
from tests.release_room import (
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    answers,
    draft,
    make_room,
    sighting,
    yacht,
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def give(room: Room, ref: str, partner: str) -> str:
    made = release.propose(room, ORTEGA, draft(room, ref, partner))
    release.approve(room, ROSSI, made.ref, f"{partner} 1")
    return made.ref


def told(act: Callable[[], object]) -> str:
    """Everything an act shows, or the words with which it refuses."""
    try:
        return str(act())
    except Problem as refusal:
        return f"{refusal.message} {refusal.way_out}"


def learned(room: Room, viewer: Viewer, ref: str, partner: str) -> tuple[str, ...]:
    """What the desk tells of a target and another partner, by every way it has."""
    with_all = release.Draft(ref, partner, answers=answers(room, partner))
    panel = release.panel(room, viewer, ref, partner)
    return (
        str([(line.seen, line.why, line.permission) for line in panel.lines]),
        told(lambda: release.look(room, viewer, with_all).permissions),
        told(lambda: release.propose(room, viewer, with_all)),
        told(lambda: gate.why(room, viewer, ref, partner)),
        told(lambda: who_sees.who_sees(room, viewer, ref)),
        told(lambda: briefing.preview(room, viewer, partner)),
        told(lambda: brief_check.explain(room, viewer, partner)),
        told(lambda: target_listing.listing(room, gate.view_as(room, viewer, partner))),
    )


def two_worlds(room: Room) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What BE, which has it by release, is told of DE and MA: while nobody has it, and when all of it happened."""
    ref = yacht(room)
    give(room, ref, "BE")
    before = (*learned(room, PEETERS, ref, "DE"), *learned(room, PEETERS, ref, "MA"))
    give(room, ref, "DE")
    (asked,) = release.ask(room, FERREIRA, ref, "MA", "needed there")
    release.answer(room, ORTEGA, asked.ref, "refused", reason="never")
    return before, (*learned(room, PEETERS, ref, "DE"), *learned(room, PEETERS, ref, "MA"))


def test_a_reader_by_release_is_told_the_same_whoever_else_has_it(room: Room) -> None:
    before, after = two_worlds(room)
    assert before == after
    assert [text for text in after if ": refused" in text or "sees all" in text] == []


@pytest.mark.parametrize("module", [release_panel, release_draft])
def test_the_twin_that_tells_everybody_is_found(
    room: Room, monkeypatch: pytest.MonkeyPatch, module: object
) -> None:
    real = room.db.reading
    monkeypatch.setattr(module, "told_of_others", lambda *_: True)
    monkeypatch.setattr(room.db, "reading", lambda _: room.db.reading_whole())
    before, after = two_worlds(room)
    monkeypatch.setattr(room.db, "reading", real)
    assert before != after


def test_a_member_that_sees_the_line_is_told(room: Room) -> None:
    ref = yacht(room, ORTEGA, "FR")
    number = give(room, ref, "DE")
    assert number in release.panel(room, MARTIN, ref, "DE").lines[0].why
    assert "sees all of that already" in told(lambda: release.look(room, MARTIN, release.Draft(ref, "DE")))


def test_a_partner_is_told_of_its_own_lines(room: Room) -> None:
    ref = yacht(room)
    give(room, ref, "BE")
    sighting(room, ref, PEETERS, "seen by our own aircraft")
    lines = release.panel(room, PEETERS, ref, "DE").lines
    assert [line.why == release_panel.NOT_TOLD for line in lines] == [True, False]


def test_a_consent_the_viewer_cannot_see_counts_and_so_does_a_refusal(room: Room) -> None:
    ref = yacht(room)
    give(room, ref, "BE")
    with pytest.raises(NotPermitted, match="originator ES, not asked"):
        release.propose(room, PEETERS, draft(room, ref, "DE"))
    (asked,) = release.ask(room, FERREIRA, ref, "DE", "needed there")
    release.answer(room, ORTEGA, asked.ref, "granted")
    assert release.propose(room, PEETERS, draft(room, ref, "DE")).partner == "DE"


def test_holders_are_named_as_far_as_one_may_know(room: Room) -> None:
    ref = yacht(room)
    give(room, ref, "BE")
    give(room, ref, "MA")
    (asked,) = release.ask(room, FERREIRA, ref, "DE", "needed there")
    release.answer(room, ORTEGA, asked.ref, "granted")
    made = release.propose(room, PEETERS, draft(room, ref, "DE"))
    assert {one.partner for one in release.holders(room, ORTEGA, made.ref)} == {"MAOC", "BE", "MA"}
    assert not {"MA", "MAOC"} & {one.partner for one in release.holders(room, PEETERS, made.ref)}


def test_nobody_who_is_not_told_of_others_looks_through_their_eyes(room: Room) -> None:
    ref = yacht(room)
    give(room, ref, "BE")
    for look in (gate.view_as, briefing.preview, brief_check.explain):
        with pytest.raises(NotPermitted, match="Officers of BE are not told who else has what they see"):
            look(room, PEETERS, "DE")
        look(room, PEETERS, "BE")
        look(room, ORTEGA, "DE")
    assert [one.partner for one in who_sees.who_sees(room, PEETERS, ref)] == ["BE"]
    assert len(who_sees.who_sees(room, ORTEGA, ref)) > 10
