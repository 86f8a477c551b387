"""The demo opens on two operations: one under way before its boarding, one waiting for a decision."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from liaison_room import open_room, viewer

from maoc_tui.desk import demo_liaison, demo_operations, demo_requests, operation_proof, operations, targets
from maoc_tui.desk.demo_script import play
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import State
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A record with the demo's targets somewhere at sea, its officers, requests and operations."""
    scenario = Scenario.load()
    made = open_room(tmp_path_factory.mktemp("demo"), scenario.opens)
    for entry in scenario.targets:
        said = {"flag": entry["flag"]} if "flag" in entry else {}
        origin = entry["source"][:2] if entry["source"][2:3] == " " else "MAOC"
        mark = parse("B2 H2 rel MAOC,PT,ES,FR", origin)
        new = targets.NewTarget(entry["description"], position="26 00N 028 00W", values=said, marking=mark)
        targets.add(made, WATCH, new)
    demo_liaison.seed(made, scenario.begins)
    play(demo_requests.scripts(made, scenario.opens))
    play(demo_operations.scripts(made, scenario.opens))
    yield made
    made.close()


def test_one_is_under_way_and_says_what_its_boarding_waits_for(room: Room) -> None:
    found = operations.sheet(room, viewer("FR"), "OP-0001")
    assert found.row.state is State.UNDER_WAY
    assert [gap.guard for gap in found.missing] == ["conditions", "team", "check_in", "go"]
    assert any("report the result within 12 h" in one for one in found.conditions)
    assert found.consent == ()
    assert next(line.text for line in found.overridden).startswith("patrol ship named")


def test_the_other_waits_for_a_decision(room: Room) -> None:
    found = operations.sheet(room, viewer("ES"), "OP-0002")
    assert found.row.state is State.PLANNED
    assert [gap.guard for gap in found.missing] == ["decision", "asset"]


def test_their_logs_hold_and_who_is_not_named_sees_neither(room: Room) -> None:
    assert operation_proof.prove(room, WATCH, "OP-0001").broken == ()
    assert len(operations.operations(room, viewer("PT"))) == 2
    assert operations.operations(room, viewer("IE")) == ()
