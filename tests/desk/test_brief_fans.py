"""The brief says where the targets of open operations can be by tomorrow, to each reader from what it may see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from asset_room import COORDINATOR, PT, asset, operation, room_at, seen_target
from zone_room import shipped_zones

from maoc_tui.desk import assets, briefing, reach
from maoc_tui.desk.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = room_at(tmp_path)
    opened._zones = shipped_zones()
    opened.admission.chosen = COORDINATOR
    yield opened
    opened.close()


def told(room: Room, code: str) -> list[str]:
    """The lines on reach in the copy of a recipient."""
    copy = briefing.preview(room, COORDINATOR, code)
    return [line.text for line in copy.lines if line.key.startswith("ahead/reach ")]


def test_zone_and_asset_are_those_of_the_fan_itself(room: Room) -> None:
    target, ship = seen_target(room, "37 20.0N 010 30.0W"), asset(room)
    assets.report(room, PT, ship, availability="available", until="24h")
    about = operation(room, target)
    (line,) = told(room, "MAOC")
    fan = reach.fan(room, COORDINATOR, target, hours="24")
    assert line.startswith(f"{target} ")
    assert f"({about})" in line
    assert fan.boundary is not None
    assert f"first zone {fan.boundary.where} from" in line
    assert fan.landfalls[0].where in line
    assert f"first asset {ship} PT" in line


def test_a_reader_who_sees_no_asset_is_told_of_none(room: Room) -> None:
    target = seen_target(room, "37 20.0N 010 30.0W")
    ship = asset(room, marking="H2 rel MAOC")
    assets.report(room, PT, ship, availability="available", until="24h")
    operation(room, target)
    assert ship in told(room, "MAOC")[0]
    (shown,) = told(room, "ES")
    assert ship not in shown
    assert "no able asset" in shown


def test_a_target_hidden_from_a_reader_is_in_no_line_of_its_copy(room: Room) -> None:
    operation(room, seen_target(room, rel="MAOC,PT"))
    assert len(told(room, "MAOC")) == 1
    assert told(room, "FR") == []


def test_a_target_of_no_open_operation_has_no_line(room: Room) -> None:
    seen_target(room)
    assert told(room, "MAOC") == []


def test_a_place_too_old_says_that_it_may_be_anywhere(room: Room) -> None:
    operation(room, seen_target(room, ago_min=60 * 24 * 40))
    assert "may be anywhere" in told(room, "MAOC")[0]
