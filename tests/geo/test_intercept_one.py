"""The quick way for one pair agrees with the columns and with PROJ wherever it answers at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from maoc_tui.geo import intercept_one as one
from maoc_tui.geo.intercept import meet
from maoc_tui.geo.rhumb import rhumb_direct

GEOD = Geod(ellps="WGS84")
LAT, LON, COURSE = st.floats(-83, 83), st.floats(-180, 180), st.floats(0, 360)


@settings(max_examples=300)
@given(LAT, LON, st.floats(-8, 8), st.floats(-12, 12))
def test_distance_and_courses_are_those_of_proj(lat: float, lon: float, north: float, east: float) -> None:
    lat2, lon2 = float(np.clip(lat + north, -84, 84)), (lon + east + 180) % 360 - 180
    start, back, metres = GEOD.inv(lon, lat, lon2, lat2)
    assume(metres > 10)
    found = one.inverse(lat, lon, lat2, lon2)
    assert found is not None
    assert found[0] == pytest.approx(metres / 1852, abs=1e-6)
    assert (found[1] - start + 180) % 360 - 180 == pytest.approx(0, abs=1e-4)
    assert (found[2] - back) % 360 - 180 == pytest.approx(0, abs=1e-4)


@settings(max_examples=300)
@given(LAT, LON, COURSE, st.floats(0, 2000))
def test_a_rhumb_line_ends_where_the_columns_say(lat: float, lon: float, course: float, nm: float) -> None:
    found = one.rhumb(lat, lon, course, nm)
    wanted = [float(value) for value in rhumb_direct(lat, lon, course, nm)]
    assume(found is not None and np.isfinite(wanted).all())
    assert found is not None
    assert GEOD.inv(found[1], found[0], wanted[1], wanted[0])[2] < 0.05


@settings(max_examples=300, deadline=None)
@given(
    LAT, LON, st.floats(1, 60), st.floats(-6, 6), st.floats(-9, 9), COURSE, st.floats(0, 50), st.floats(0, 3)
)
def test_a_meeting_is_the_one_the_columns_find(
    lat: float, lon: float, speed: float, north: float, east: float, course: float, fast: float, delay: float
) -> None:
    t_lat, t_lon = float(np.clip(lat + north, -83, 83)), (lon + east + 180) % 360 - 180
    found = one.meet_one(lat, lon, speed, t_lat, t_lon, course, fast, delay, 240 - delay)
    assume(found is not None)
    assert found is not None
    rows = [[value] * 2 for value in (lat, lon, speed, t_lat, t_lon, course, fast)]
    column = meet(*rows, delay_h=[delay] * 2)
    assert column.possible[0]
    slack = 1e-4 / max(speed - fast, 0.05)
    assert found[0] + delay == pytest.approx(column.hours[0], abs=slack)
    assert GEOD.inv(found[3], found[2], column.lon[0], column.lat[0])[2] < 400 * max(slack, 1e-4) * 60 + 1


def test_what_is_not_plain_is_left_to_the_columns() -> None:
    assert one.meet_one(38.7, -9.4, 20, 37, -12, 270, 30, 0, 240) is None
    assert one.meet_one(38.7, -9.4, float("nan"), 37, -12, 270, 30, 0, 240) is None
    assert one.meet_one(0, 0, 20, 0, 179.9, 0, 5, 0, 240) is None
    assert one.meet_one(84.5, 0, 20, 84.0, 10, 0, 5, 0, 240) is None
