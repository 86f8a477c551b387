"""Closest approach against a fine scan with PROJ's geodesics, and cases known by heart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from maoc_tui.geo.cpa import approach
from maoc_tui.geo.rhumb import dead_reckon

GEOD = Geod(ellps="WGS84")
NM = 1852.0


def test_head_on_they_meet_half_way() -> None:
    found = approach((0.0, 0.0, 90.0, 10.0, 0.0), (0.0, 1.0, 270.0, 10.0, 0.0), 0.0)
    miles = GEOD.inv(0, 0, 1, 0)[2] / NM
    assert float(found.hours) == pytest.approx(miles / 20, abs=1e-6)
    assert float(found.distance_nm) < 1e-3


def test_side_by_side_they_hold_their_distance() -> None:
    found = approach((40.0, -10.0, 0.0, 12.0, 0.0), (40.0, -9.9, 0.0, 12.0, 0.0), 0.0)
    assert float(found.hours) == 0.0
    assert float(found.distance_nm) == float(found.now_nm)


def test_opening_is_in_the_past_and_now_is_the_closest() -> None:
    found = approach((40.0, -10.0, 270.0, 12.0, 0.0), (40.0, -9.0, 90.0, 12.0, 0.0), 0.0)
    assert float(found.hours) < 0
    assert float(found.distance_nm) == float(found.now_nm)


def test_both_are_brought_to_one_time_first() -> None:
    old = approach((40.0, -10.0, 90.0, 20.0, -3600.0), (40.0, -9.0, 0.0, 0.0, 0.0), 0.0)
    lat, lon = dead_reckon(40.0, -10.0, 90.0, 20.0, 3600.0)
    new = approach((lat, lon, 90.0, 20.0, 0.0), (40.0, -9.0, np.nan, 0.0, 0.0), 0.0)
    assert float(old.hours) == pytest.approx(float(new.hours), abs=1e-6)
    assert float(old.distance_nm) == pytest.approx(float(new.distance_nm), abs=1e-6)


def test_without_a_speed_there_is_no_answer() -> None:
    assert np.isnan(approach((40.0, -10.0, 90.0, np.nan, 0.0), (40.0, -9.0, 0.0, 5.0, 0.0), 0.0).hours)


moving = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 359.9), st.floats(0, 40))


@given(st.floats(-65, 65), st.floats(-180, 180), moving, moving)
@settings(max_examples=60)
def test_no_instant_of_a_fine_scan_is_closer(lat, lon, one, two) -> None:
    first = (lat + one[0], lon + one[1], one[2], one[3], 0.0)
    second = (lat + two[0], lon + two[1], two[2], two[3], 0.0)
    found = approach(first, second, 0.0)
    if abs(one[3] * np.exp(1j * np.radians(one[2])) - two[3] * np.exp(1j * np.radians(two[2]))) < 0.5:
        return  # nearly one course and speed: the distance stays, but for what meridians bend
    span = min(max(2.0, 2 * float(found.hours)), 40.0)
    times = np.linspace(0, span, 600)
    a = dead_reckon(*first[:4], 3600 * times)
    b = dead_reckon(*second[:4], 3600 * times)
    apart = np.array(GEOD.inv(a[1], a[0], b[1], b[0])[2]) / NM
    if found.hours <= 0:
        # Told from the plane: equal courses hold their distance there, while meridians bend a little.
        assert float(found.distance_nm) <= apart[times <= 1].min() + 0.2
    elif found.hours <= 40:
        assert float(found.distance_nm) <= apart.min() + 0.001
    if 0 < found.hours <= 40:
        assert apart.min() <= float(found.distance_nm) + (one[3] + two[3]) * span / 600
