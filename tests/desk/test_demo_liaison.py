"""The demo's officers, roster and assignments: complete, through the real desks, with something to see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from liaison_room import add_target, open_room, viewer

from maoc_tui.desk import assignments, demo_liaison, officers, roster
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A record with the demo's targets by name only, and everything of liaison."""
    scenario = Scenario.load()
    made = open_room(tmp_path_factory.mktemp("demo"), scenario.opens)
    for entry in scenario.targets:
        code = entry["source"][:2] if entry["source"][2:3] == " " else "MAOC"
        add_target(made, entry["description"], rel="MAOC,PT,ES,FR", origin=code)
    demo_liaison.seed(made, scenario.begins)
    yield made
    made.close()


def test_every_partner_at_the_centre_has_an_officer(room: Room) -> None:
    found = officers.officers(room, WATCH)
    assert {line.officer.partner for line in found} == {
        "MAOC", "PT", "ES", "FR", "IE", "IT", "NL", "GB", "BE", "DE", "US",
    }  # fmt: skip
    assert all(line.posted and line.channels for line in found)
    assert {line.amber for line in found} == {True, False}


def test_the_night_is_covered_but_for_some_holes(room: Room) -> None:
    found = roster.roster(room, WATCH)
    assert "watch officer" in {line.post for line in found.duties if line.now}
    assert {line.now for line in found.holes} == {True, False}


def test_there_is_a_lead_an_offer_a_disagreement_and_nobody(room: Room) -> None:
    assert {row.lead.kind for row in assignments.board(room, WATCH).rows} == {
        "held", "offered", "not_agreed", "none",
    }  # fmt: skip


def test_a_prospective_members_officer_sees_no_assignment_until_one_is_released(room: Room) -> None:
    assert assignments.board(room, viewer("BE")).rows == ()
    assert {line.officer.partner for line in officers.officers(room, viewer("BE"))} == {"BE", "MAOC"}
