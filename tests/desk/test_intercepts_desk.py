"""Who reaches whom: the figures are the geometry's, each limit is named, and law and zone are those of the contact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from asset_room import (
    AT_WORK,
    COORDINATOR,
    ES,
    FR,
    HOUR,
    PT,
    WATCH,
    asset,
    dtg,
    operation,
    room_at,
    seen_target,
)
from pyproj import Geod
from zone_room import shipped_zones

from maoc_tui.desk import assets, intercept_detail, intercepts
from maoc_tui.desk.intercept_snapshots import Cell, Matrix
from maoc_tui.desk.room import Room
from maoc_tui.problems import BadInput

GEOD = Geod(ellps="WGS84")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = room_at(tmp_path)
    opened._zones = shipped_zones()
    yield opened
    opened.close()


def only(found: Matrix) -> Cell:
    ((cell,),) = found.cells
    return cell


def solved(room: Room, **given: str) -> Cell:
    usual = {"target_speed": "12", "target_course": "045"}
    return only(intercepts.matrix(room, COORDINATOR, **{**usual, **given}))  # type: ignore[arg-type]


def limit(cell: Cell, kind: str) -> str:
    return next((one.words for one in cell.limits if one.kind == kind), "")


def test_contact_is_where_both_are_at_once_by_an_independent_geodesy(room: Room) -> None:
    seen_target(room, "36 00.0N 012 00.0W")
    asset(room)
    cell = solved(room)
    assert cell.possible
    assert cell.contact_ms == pytest.approx(AT_WORK + cell.hours * HOUR, abs=1)
    _, _, metres = GEOD.inv(-9.3333333, 38.6666667, cell.lon, cell.lat)
    assert metres / 1852 == pytest.approx(25 * cell.hours, abs=0.02)
    assert cell.distance_nm == pytest.approx(metres / 1852, abs=0.01)


def test_the_time_to_get_ready_delays_the_contact(room: Room) -> None:
    target, ship = seen_target(room), asset(room)
    before = solved(room)
    assets.report(room, PT, ship, availability="available", ready="2h")
    after = solved(room)
    assert after.hours > before.hours
    _, _, metres = GEOD.inv(-9.3333333, 38.6666667, after.lon, after.lat)
    assert metres / 1852 == pytest.approx(25 * (after.hours - 2), abs=0.02)
    assert target


def test_both_are_brought_to_one_instant_first(room: Room) -> None:
    """A fix three hours old and a position two hours old are carried on before anything is reckoned."""
    ship = asset(room)
    seen_target(room)
    assets.report(
        room, PT, ship, position="38 00N 012 00W", course="180", speed="10", as_of=dtg(AT_WORK - 2 * HOUR)
    )
    found = intercept_detail.detail(room, COORDINATOR, ship, "T-0001", target_speed="12", target_course="45")
    assert found.start[0] == pytest.approx(38 - 20 / 60, abs=0.01)
    assert limit(found.cell, "stale")


def test_what_cannot_be_caught_says_how_near_it_comes(room: Room) -> None:
    seen_target(room, "38 00.0N 020 00.0W")
    asset(room)
    cell = solved(room, target_speed="40", target_course="270")
    assert not cell.possible
    assert (cell.tone, cell.limiting) == ("unable", "speed")
    assert "nm off at best" in limit(cell, "speed")
    assert cell.contact_ms is None


def test_endurance_counts_the_way_back(room: Room) -> None:
    seen_target(room, "36 00.0N 020 00.0W")
    asset(room, endurance="48h")
    cell = solved(room, target_speed="5")
    assert cell.distance_nm / 15 < 48 * 0.9
    assert cell.limiting == "endurance"
    assert "there and back" in limit(cell, "endurance")


def test_range_is_held_against_the_whole_way(room: Room) -> None:
    seen_target(room)
    asset(room, kind="helicopter", range="200 nm", endurance="")
    assert solved(room).limiting == "range"


def test_land_in_the_way_stops_a_ship_and_no_aircraft(room: Room) -> None:
    seen_target(room, "40 30.0N 002 00.0E")
    asset(room)
    assert solved(room, target_speed="0").limiting == "land"
    asset(room, name="Patrol aircraft", kind="aircraft", cruise="180", max="220", endurance="8h")
    (aircraft, ship) = intercepts.matrix(room, COORDINATOR, target_speed="0", target_course="0").cells
    assert (limit(aircraft[0], "land"), bool(limit(ship[0], "land"))) == ("", True)


EAST = {"target_speed": "20", "target_course": "090"}


def through_an_island(room: Room, position: str = "37 47.0N 026 15.0W", ago_min: int = 0) -> Cell:
    """A target west of São Miguel that steers east, met by a ship from the east."""
    seen_target(room, position, ago_min=ago_min)
    asset(room, base="at sea", base_position="37 47.0N 023 40.0W", max="20 kn")
    return solved(room, **EAST)


def test_a_target_does_not_sail_through_an_island_to_its_contact(room: Room) -> None:
    cell = through_an_island(room)
    assert cell.lon > -25.1
    assert (cell.tone, cell.limiting) == ("unable", "land")
    assert "target meets land before contact, in 2" in limit(cell, "land")
    assert not limit(solved(room, target_course="135"), "land")
    shore = limit(solved(room, track="geodesic", **EAST), "land")
    assert "target meets land" in shore


def test_where_its_motion_is_in_doubt_so_is_the_land_before_it(room: Room) -> None:
    cell = through_an_island(room, "37 47.0N 026 53.0W", ago_min=90)
    assert "target meets land" in limit(cell, "land")
    assert cell.tone == "doubtful"


def test_a_target_that_flies_goes_over_land(room: Room) -> None:
    from dataclasses import replace

    import numpy as np

    from maoc_tui.desk.intercept_ground import aground
    from maoc_tui.desk.intercept_inputs import chased, land_of
    from maoc_tui.domain.what_if import parse

    seen_target(room, "37 47.0N 026 15.0W")
    with room.db.reading(COORDINATOR) as conn:
        (ship,) = chased(room, COORDINATOR, conn, (), AT_WORK, parse("20", "090"))
    plane = replace(ship, row=replace(ship.row, kind="aircraft"))
    found = aground(land_of(shipped_zones()), [ship, plane], np.array([[3.0, 3.0]]), "rhumb")
    assert np.isfinite(found).tolist() == [True, False]


def test_a_position_days_old_is_not_carried_on_but_said_to_be_lost(room: Room) -> None:
    target, ship = seen_target(room), asset(room)
    assets.report(room, PT, ship, position="38 00N 020 00W", course="270", speed="14")
    found = intercepts.matrix(room, COORDINATOR)
    assert [one.ref for one in found.assets] == [ship]
    room.clock.set_to(AT_WORK + 5 * 24 * HOUR)  # type: ignore[attr-defined]
    later = intercepts.matrix(room, COORDINATOR)
    assert later.assets == ()
    assert later.notes[0] == f"left out, place not known: {ship} (last of {dtg(AT_WORK)})"
    with pytest.raises(BadInput, match="after 24 h nobody knows where it is"):
        intercept_detail.detail(room, COORDINATOR, ship, target)
    assets.report(room, PT, ship, at_base=True)
    assert [one.ref for one in intercepts.matrix(room, COORDINATOR).assets] == [ship]


def test_law_and_zone_are_those_of_the_contact_for_the_assets_state(room: Room) -> None:
    """A target on the high seas that will be met inside Moroccan waters is red for a Portuguese ship."""
    seen_target(room, "33 40.0N 008 20.0W")
    asset(room)
    cell = solved(room, target_course="090", target_speed="10")
    assert cell.zone.startswith("MA")
    assert cell.law == "STOP"
    assert cell.tone == "unable"
    assert "MA" in limit(cell, "law") or "STOP" in limit(cell, "law")


def test_an_error_that_touches_another_zone_leaves_both_open(room: Room) -> None:
    from maoc_tui.desk import targets
    from maoc_tui.domain.marking_entry import parse

    mark = parse("B2 H2 rel MAOC,PT", "PT")
    new = targets.NewTarget(
        "sloop", position="38 40.0N 009 47.0W", radius="6 nm", at=dtg(AT_WORK), marking=mark
    )
    targets.add(room, WATCH, new)
    asset(room)
    assert "|" in solved(room, target_speed="0").zone


def test_what_was_said_too_long_ago_is_a_doubt_and_maintenance_stops(room: Room) -> None:
    seen_target(room)
    ship = asset(room)
    assets.report(room, PT, ship, availability="available", until="1h")
    assert not limit(solved(room), "stale")
    room.clock.set_to(AT_WORK + 2 * HOUR)  # type: ignore[attr-defined]
    cell = solved(room)
    assert "availability unknown, available was said for" in limit(cell, "stale")
    assert cell.tone != "able"
    assets.report(room, PT, ship, availability="maintenance")
    assert solved(room).limiting == "availability"


def test_no_boarding_team_and_too_much_sea_are_named(room: Room) -> None:
    seen_target(room)
    asset(room, team="no", sea_limit="Bft 4")
    assert limit(solved(room), "team") == "no boarding team"
    assert limit(solved(room, sea="3.5 m"), "sea") == "sea 3.5 m, works up to Bft 4"
    assert solved(room, sea="3.5 m").tone == "unable"
    assert limit(solved(room, sea="Bft 3"), "sea") == ""


def test_dark_stops_what_works_by_day_only(room: Room) -> None:
    seen_target(room)
    asset(room, daylight="yes", cruise="60", max="60", kind="helicopter", endurance="10h")
    assert solved(room).limiting == "daylight"


def test_unknown_motion_is_said_and_a_what_if_takes_its_place(room: Room) -> None:
    seen_target(room, ago_min=300)
    asset(room)
    cell = solved(room, target_speed="", target_course="")
    assert "course and speed not known" in limit(cell, "motion")
    assert cell.possible
    assert not limit(solved(room), "motion")
    assert "5 h 00 old" in " ".join(one.words for one in solved(room).limits)


def test_a_motion_given_for_a_sighting_is_carried_on_from_when_it_was_seen(room: Room) -> None:
    seen_target(room, ago_min=300)
    asset(room)
    (target,) = intercepts.matrix(room, COORDINATOR, target_speed="12", target_course="090").targets
    _, _, metres = GEOD.inv(-12.0, 36.0, target.lon, target.lat)
    assert metres / 1852 == pytest.approx(60, abs=0.1)


def test_faster_and_slower_change_the_cell(room: Room) -> None:
    seen_target(room, "38 00.0N 014 00.0W")
    asset(room)
    found = {speed: solved(room, target_speed=speed, target_course="270") for speed in ("6", "12", "24")}
    assert found["6"].hours < found["12"].hours
    assert not found["24"].possible or found["24"].hours > found["12"].hours
    assert (
        intercepts.matrix(room, COORDINATOR, target_speed="6", target_course="090").what_if
        == "speed 6 kn, course 090°"
    )


def test_rows_stand_by_time_with_those_that_can_first(room: Room) -> None:
    seen_target(room)
    slow, fast = asset(room, name="Slow", max="16"), asset(room, name="Fast", max="30")
    tired = asset(room, name="Tired", max="60", endurance="1h")
    found = intercepts.matrix(room, COORDINATOR, target_speed="8", target_course="0")
    assert [one.ref for one in found.assets] == [fast, slow, tired]


def test_cruising_pace_is_slower(room: Room) -> None:
    seen_target(room)
    asset(room)
    assert solved(room, pace="cruise").hours > solved(room).hours
    with pytest.raises(BadInput, match="no pace"):
        solved(room, pace="fast")
    with pytest.raises(BadInput, match="hold a course"):
        solved(room, track="straight")


def test_an_operation_names_its_targets_and_hidden_ones_are_not_told(room: Room) -> None:
    shown, hidden = seen_target(room), seen_target(room, rel="PT,MAOC")
    asset(room)
    about = operation(room, shown, hidden)
    whole = intercepts.matrix(room, COORDINATOR, operation=about)
    part = intercepts.matrix(room, ES, operation=about)
    assert [one.ref for one in whole.targets] == [shown, hidden]
    assert [one.ref for one in part.targets] == [shown]
    with pytest.raises(BadInput, match="There is no target"):
        intercepts.matrix(room, FR, targets=[hidden])


def test_a_hidden_asset_is_in_nobody_elses_matrix(room: Room) -> None:
    seen_target(room)
    asset(room, marking="H2")
    assert intercepts.matrix(room, COORDINATOR).assets == ()
    assert len(intercepts.matrix(room, PT).assets) == 1


def test_the_detail_says_course_place_law_margin_light_and_fuel(room: Room) -> None:
    seen_target(room, "37 30.0N 011 20.0W")
    ship = asset(room)
    found = intercept_detail.detail(room, COORDINATOR, ship, "T-0001", target_speed="14", target_course="075")
    told = dict(found.lines)
    assert told["contact"].startswith("22")
    assert "reaches PT" in found.margin
    assert "after contact" in found.margin
    assert found.law.split()[0] in ("GO", "ASK", "LOOK", "STOP")
    assert ("basis", dict(found.law_lines)["basis"]) in found.law_lines
    assert "on to Lisbon at cruising speed, of 240 h" in found.fuel
    assert found.light.split(",")[0] in ("dark", "twilight", "daylight")
    assert "rhumb line" in told["model"] or "rhumb" in " ".join(text for _, text in found.lines)
    assert found.by_cruise.startswith("at 15.0 kn (cruising): contact at")


def test_the_margin_tells_a_line_that_is_crossed_before_contact(room: Room) -> None:
    seen_target(room, "38 00.0N 010 00.0W")
    ship = asset(room, cruise="6", max="6")
    found = intercept_detail.detail(room, COORDINATOR, ship, "T-0001", target_speed="14", target_course="060")
    assert "before contact" in found.margin or found.margin.startswith("reaches")


def test_the_margin_is_the_time_to_the_line_by_the_zone_index(room: Room) -> None:
    seen_target(room, "37 30.0N 011 20.0W")
    ship = asset(room)
    found = intercept_detail.detail(room, COORDINATOR, ship, "T-0001", target_speed="14", target_course="075")
    cell = found.cell
    crossing = shipped_zones().next_crossing(cell.lat, cell.lon, 75.0, 14.0, 24.0)
    assert crossing is not None
    assert found.margin_h == pytest.approx(crossing.hours)


def test_everything_used_is_in_the_marking(room: Room) -> None:
    seen_target(room, rel="MAOC,PT")
    asset(room)
    found = intercepts.matrix(room, COORDINATOR)
    assert found.marking is not None
    assert found.marking.readers <= {"MAOC", "PT"}


def test_an_empty_record_gives_an_empty_matrix(room: Room) -> None:
    assert intercepts.matrix(room, COORDINATOR).cells == ()
    asset(room)
    assert intercepts.matrix(room, COORDINATOR).cells == ((),)


def test_what_has_no_place_is_left_out_and_that_is_said(room: Room) -> None:
    from asset_room import add_target

    shown, lost = seen_target(room), add_target(room)
    asset(room)
    nowhere = asset(room, base="", base_position="")
    found = intercepts.matrix(room, COORDINATOR, operation=operation(room, shown, lost))
    assert [one.ref for one in found.targets] == [shown]
    assert nowhere not in {one.ref for one in found.assets}
    assert found.notes[0] == f"left out, place not known: {nowhere}, {lost}"
    with pytest.raises(BadInput, match=f"No place of {lost}"):
        intercepts.matrix(room, COORDINATOR, targets=[lost])
    with pytest.raises(BadInput, match="no target that you see"):
        intercepts.matrix(room, COORDINATOR, operation=operation(room))
