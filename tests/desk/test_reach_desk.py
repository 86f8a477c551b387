"""The reach fan: circles in the open, cut by land, windows that hold the truth, and who can be there first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from asset_room import AT_WORK, COORDINATOR, ES, HOUR, PT, WATCH, asset, room_at, seen_target
from pyproj import Geod
from zone_room import shipped_zones

from maoc_tui.desk import assets, closest, reach
from maoc_tui.desk.room import Room
from maoc_tui.problems import BadInput

GEOD = Geod(ellps="WGS84")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = room_at(tmp_path)
    opened._zones = shipped_zones()
    yield opened
    opened.close()


def test_in_the_open_a_line_is_the_circle_that_age_error_and_speed_give(room: Room) -> None:
    ref = seen_target(room, "30 00.0N 040 00.0W", ago_min=60)
    found = reach.fan(room, COORDINATOR, ref, slow="4", fast="10", hours="2,12")
    assert [line.hours for line in found.lines] == [0.0, 2.0, 12.0]
    for line in found.lines:
        ((lat, lon),) = line.outer
        away = np.array(GEOD.inv(np.full(len(lat), -40.0), np.full(len(lat), 30.0), lon, lat)[2]) / 1852
        np.testing.assert_allclose(away, 10 * (line.hours + 1), atol=1e-6)
        ((lat, lon),) = line.inner
        away = np.array(GEOD.inv(np.full(len(lat), -40.0), np.full(len(lat), 30.0), lon, lat)[2]) / 1852
        np.testing.assert_allclose(away, 4 * (line.hours + 1), atol=1e-6)
    assert found.landfalls == ()


def test_land_cuts_the_fan_and_the_coasts_it_meets_have_windows(room: Room) -> None:
    ref = seen_target(room, "36 00.0N 012 00.0W")
    found = reach.fan(room, COORDINATOR, ref, slow="6", fast="12", hours="24")
    names = [one.short for one in found.landfalls]
    assert {"Portugal", "Morocco", "Spain"} <= set(names)
    assert len(found.lines[-1].outer) >= 1
    portugal = next(one for one in found.landfalls if one.short == "Portugal")
    _, _, metres = GEOD.inv(-12.0, 36.0, -8.9955, 37.0245)
    assert portugal.distance_nm == pytest.approx(metres / 1852, abs=8)
    assert portugal.earliest_ms == pytest.approx(AT_WORK + portugal.distance_nm / 12 * HOUR, abs=2000)
    assert portugal.latest_ms == pytest.approx(AT_WORK + portugal.distance_nm / 6 * HOUR, abs=2000)
    assert found.landfalls == tuple(sorted(found.landfalls, key=lambda one: one.earliest_ms))
    assert portugal.earliest_ms <= AT_WORK + metres / 1852 / 12 * HOUR + 30 * 60_000


def test_the_azores_have_a_window_of_their_own(room: Room) -> None:
    ref = seen_target(room, "36 30.0N 030 00.0W")
    found = reach.fan(room, COORDINATOR, ref, fast="15", hours="24")
    assert [one.short for one in found.landfalls][:1] == ["Azores"]


def test_the_first_zone_it_can_enter_is_the_nearest_line_by_the_index(room: Room) -> None:
    ref = seen_target(room, "36 00.0N 012 30.0W")
    found = reach.fan(room, COORDINATOR, ref, fast="10", hours="24")
    lines = [line for line in shipped_zones().nearest_lines(36.0, -12.5) if line.kind != "land"]
    assert found.boundary is not None
    nearest = min(lines, key=lambda line: line.distance_nm)
    assert found.boundary.distance_nm == pytest.approx(nearest.distance_nm, abs=2.5)


def test_the_first_able_asset_stands_before_a_nearer_one_that_is_not(room: Room) -> None:
    ref = seen_target(room, "37 00.0N 012 00.0W")
    near = asset(room, name="Near")
    far = asset(room, ES, name="Far", base="Cadiz", base_position="36 30N 006 20W")
    assets.report(room, ES, far, availability="available", ready="30m")
    assets.report(room, PT, near, availability="maintenance")
    found = reach.fan(room, COORDINATOR, ref, fast="10", hours="6")
    assert found.first is not None
    assert (found.first.asset, found.first.able) == (far, True)
    away = GEOD.inv(-6.3333333, 36.5, -12.0, 37.0)[2] / 1852
    hours = (away + 25 * 0.5) / (25 + 10)
    assert found.first.at_ms == pytest.approx(AT_WORK + hours * HOUR, abs=2000)


def test_old_places_and_odd_speeds_are_refused_in_words(room: Room) -> None:
    ref = seen_target(room)
    with pytest.raises(BadInput, match="speeds cannot be"):
        reach.fan(room, COORDINATOR, ref, slow="12", fast="6")
    with pytest.raises(BadInput, match="hours cannot be"):
        reach.fan(room, COORDINATOR, ref, hours="0")
    with pytest.raises(BadInput, match="may be anywhere"):
        reach.fan(room, COORDINATOR, ref, fast="900", at_ms=AT_WORK + 6 * HOUR)
    hidden = seen_target(room, rel="")
    with pytest.raises(BadInput, match="There is no target"):
        reach.fan(room, ES, hidden)


def test_lines_further_than_an_ocean_are_left_out_and_that_is_said(room: Room) -> None:
    ref = seen_target(room)
    found = reach.fan(room, COORDINATOR, ref, fast="30", hours="24,240")
    assert [line.hours for line in found.lines] == [0.0, 24.0]
    assert "1 later lines left out" in found.method


# -- CPA ------------------------------------------------------------------------------------------------


def test_what_would_be_past_a_pole_is_refused_in_words(room: Room) -> None:
    """A jet heard ten hours ago on course 350 is nowhere that can be reckoned; no figure is made of that."""
    ship = closest._Moving("AS-0001", 37.0, -12.0, 0.0, 0.0, AT_WORK)
    jet = closest._Moving("jet", 38.0, -9.0, 350.0, 450.0, AT_WORK - 10 * 3_600_000)
    for pair in ((jet, ship), (ship, jet)):
        with pytest.raises(BadInput, match="Where jet is cannot be reckoned: it was heard 10 h 00 ago"):
            closest.of(*pair, AT_WORK)
    assert closest.of(replace(jet, at_ms=AT_WORK), ship, AT_WORK).text


def test_two_ships_that_meet_are_told_when_and_how_near(room: Room) -> None:
    found = closest.closest(room, WATCH, "38.0,-10.0/090/10", "38.0,-9.0/270/10")
    assert found.distance_nm == pytest.approx(0.0, abs=0.05)
    assert found.hours == pytest.approx(GEOD.inv(-10, 38, -9, 38)[2] / 1852 / 20, abs=0.01)
    assert "in 2 h 2" in found.text


def test_opening_and_holding_pairs_say_so(room: Room) -> None:
    assert closest.closest(room, WATCH, "38,-10/270/10", "38,-9/090/10").text.startswith("opening")
    assert "stays" in closest.closest(room, WATCH, "38,-10/000/0", "38,-9/000/0").text


def test_targets_assets_and_contacts_are_brought_to_one_time(room: Room) -> None:
    ref, ship = seen_target(room), asset(room)
    assets.report(room, PT, ship, position="36 00N 013 00W", course="090", speed="10")
    found = closest.closest(room, COORDINATOR, ref, ship)
    assert found.distance_nm == pytest.approx(0.0, abs=0.05)
    assert ref in found.text
    assert "lie still" in found.text
    assert closest.closest(room, WATCH, "ais:263601890", ship).first == "LA PALOMA"
    with pytest.raises(BadInput):
        closest.closest(room, COORDINATOR, ref, "ais:999999999")
