"""What an originator withdraws or corrects is gone from whoever had it by release, and somebody has to tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maoc_tui.desk import journal, release, target_writing, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from tests.release_room import AUDIT, ORTEGA, PEETERS, ROSSI, draft, make_room, marked, officer, yacht
from tests.target_room import HOUR, NOW

AMRANI = officer("Amrani", "MA", Role.LIAISON)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def given(room: Room, ref: str, partner: str, **more: object) -> str:
    whole = release.all_lines(room, ORTEGA, draft(room, ref, partner, **more))
    made = release.propose(room, ORTEGA, whole)
    release.approve(room, ROSSI, made.ref, release.the_word(made))
    return made.ref


def owner(room: Room) -> tuple[str, str]:
    """A target with an owner, as ES says; the target and the statement's id."""
    ref = yacht(room)
    targets.fact(room, ORTEGA, ref, "owner", "INNOCENT", "port", marking=marked("ES", "MAOC"))
    lines = release.panel(room, ORTEGA, ref, "BE").lines
    return ref, next(one.line.id for one in lines if one.line.kind == "identity_fact")


def withdrawn(room: Room, ref: str, fact: str) -> None:
    targets.withdraw_fact(room, ORTEGA, ref, fact, "another boat's owner")


def corrected(room: Room, ref: str, fact: str) -> None:
    targets.fact(
        room, ORTEGA, ref, "owner", "GUILTY", "port", marking=marked("ES", "MAOC"), replaces=fact, reason="misread"
    )  # fmt: skip


def gone_and_told(room: Room, change: Callable[[Room, str, str], None]) -> None:
    ref, fact = owner(room)
    numbers = [given(room, ref, partner) for partner in ("BE", "MA")]
    change(room, ref, fact)
    for viewer in (PEETERS, AMRANI):
        facts = targets.sheet(room, viewer, ref)
        assert "INNOCENT" not in str(facts)
        assert "GUILTY" not in str(facts)
    tasks = sorted((task.kind, task.partner) for task in release.tasks(room, ORTEGA))
    assert tasks == [("send_correction", "BE"), ("send_correction", "MA")]
    told = {(x.ref, x.owner, x.recipient) for x in journal.entries(room, AUDIT, action="recall")}
    assert told == {(numbers[0], "ES", "BE"), (numbers[1], "ES", "MA")}
    assert targets.listing(room, PEETERS) != [], "the target itself stays released"


@pytest.mark.parametrize("change", [withdrawn, corrected])
def test_it_is_gone_and_every_recipient_is_to_be_told(
    room: Room, change: Callable[[Room, str, str], None]
) -> None:
    gone_and_told(room, change)


@pytest.mark.parametrize("change", [withdrawn, corrected])
def test_the_twin_that_leaves_it_is_found(
    room: Room, monkeypatch: pytest.MonkeyPatch, change: Callable[[Room, str, str], None]
) -> None:
    monkeypatch.setattr(target_writing, "recall_all", lambda *_: None)
    with pytest.raises(AssertionError):
        gone_and_told(room, change)


def test_who_had_it_while_its_release_lasted_is_told_too(room: Room) -> None:
    ref, fact = owner(room)
    given(room, ref, "BE", until="142200ZDEC22")
    room.clock.set_to(NOW + 24 * HOUR)  # type: ignore[attr-defined]
    withdrawn(room, ref, fact)
    assert [(task.kind, task.partner) for task in release.tasks(room, ORTEGA)] == [("send_correction", "BE")]


def test_nothing_is_to_be_told_where_nobody_had_it(room: Room) -> None:
    ref, fact = owner(room)
    withdrawn(room, ref, fact)
    assert release.tasks(room, ORTEGA) == ()
