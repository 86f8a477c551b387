"""Geodesics and rhumb lines against independent solutions and published values."""

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Geod
from scipy.integrate import quad

from maoc_tui.geo.geodesy import (
    NM,
    dead_reckon,
    direct,
    distance_nm,
    doubt_radius_nm,
    inverse,
    rhumb_direct,
    rhumb_inverse,
)

PROJ = Geod(ellps="WGS84")
LAT = st.floats(-90, 90, allow_subnormal=False)
LON = st.floats(-180, 180, allow_subnormal=False)
LAT_MILLI = st.integers(-85_000, 85_000).map(lambda milli: milli / 1000)
COURSE = st.floats(0, 360, exclude_max=True)


def turn(a, b):
    """Degrees between two directions."""
    return abs((a - b + 180) % 360 - 180)


@given(LAT, LON, LAT, LON)
@example(0.0, 0.0, 0.0, 179.7)
@example(0.0, 0.0, 0.0, 179.3)
@example(0.0, 0.0, 0.5, 179.7)
@example(30.0, 0.0, -30.0, 180.0)
@example(-30.0, 179.9, 29.9, -0.2)
@example(90.0, 12.0, -90.0, 40.0)
@example(1e-12, 0.0, -1e-12, 179.5)
@example(89.9, 179.0, 89.9, -179.0)
def test_inverse_equals_geographiclib_to_a_micrometre(lat1, lon1, lat2, lon2):
    nm, start, end = (float(value) for value in inverse(lat1, lon1, lat2, lon2))
    truth = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)
    assert nm * NM == pytest.approx(truth["s12"], abs=1e-6)
    assert 0 <= start < 360
    assert 0 <= end < 360
    if 1 < truth["s12"] < 19.9e6 and max(abs(lat1), abs(lat2)) < 89.999:
        tolerance = 1e-6 + 1e-6 / truth["s12"]
        assert turn(start, truth["azi1"]) < tolerance
        assert turn(end, truth["azi2"]) < tolerance


def test_columns_equal_proj_all_over_the_globe():
    rng = np.random.default_rng(7)
    n = 5000
    lat1, lat2 = rng.uniform(-90, 90, (2, n))
    lon1, lon2 = rng.uniform(-180, 180, (2, n))
    lat2[: n // 4] = -lat1[: n // 4] + rng.normal(0, 0.3, n // 4).clip(-0.5, 0.5) * (abs(lat1[: n // 4]) < 89)
    lon2[: n // 4] = lon1[: n // 4] + 180 + rng.normal(0, 0.5, n // 4)
    metres = PROJ.inv(lon1, lat1, lon2, lat2)[2]
    assert np.abs(distance_nm(lat1, lon1, lat2, lon2) * NM - metres).max() < 1e-6


@given(LAT, LON, COURSE, st.floats(0, 15000))
def test_direct_equals_geographiclib(lat, lon, course, nm):
    end_lat, end_lon, end_course = (float(value) for value in direct(lat, lon, course, nm))
    truth = Geodesic.WGS84.Direct(lat, lon, course, nm * NM)
    assert distance_nm(end_lat, end_lon, truth["lat2"], truth["lon2"]) * NM < 1e-6
    if max(abs(lat), abs(end_lat)) < 89.999:
        assert turn(end_course, truth["azi2"]) < 1e-6


@given(LAT, LON, COURSE, st.floats(0.001, 10000))
def test_inverse_undoes_direct(lat, lon, course, nm):
    end_lat, end_lon, _ = direct(lat, lon, course, nm)
    assert float(distance_nm(lat, lon, end_lat, end_lon)) == pytest.approx(nm, abs=1e-8)


@given(LAT, LON, LAT, LON)
def test_distance_is_symmetric_and_crosses_the_antimeridian(lat1, lon1, lat2, lon2):
    there, back = distance_nm(lat1, lon1, lat2, lon2), distance_nm(lat2, lon2, lat1, lon1)
    assert there == pytest.approx(back, abs=1e-9)
    assert distance_nm(lat1, lon1 + 360, lat2, lon2 - 360) == pytest.approx(there, abs=1e-8)


def test_shapes_broadcast_and_nan_stays_nan():
    nm, start, _ = inverse(38.7, -9.1, [[40.0, np.nan], [38.7, 0.0]], [-9.1, 5.0])
    assert nm.shape == start.shape == (2, 2)
    assert np.isnan(nm[0, 1])
    assert nm[1, 0] == start[1, 0] == 0
    assert inverse(0.0, 0.0, 1.0, 1.0)[0].shape == ()
    assert distance_nm([], [], [], []).shape == (0,)
    assert np.isnan(direct([np.nan, 1.0], 0.0, [0.0, np.nan], 5.0)[0]).all()
    assert np.isnan(rhumb_inverse(np.nan, 0.0, 1.0, 1.0)[0])


def test_published_geodesics():
    """Rapp, Geometric Geodesy II (1993) via Karney (2013) tables 2-5, and feeds.md 5.3."""
    nm, start, end = inverse(-30.0, 0.0, 29.9, 179.8)
    assert (nm * NM, start, end) == (
        pytest.approx(19989832.827610, abs=1e-5),
        pytest.approx(161.890524736, abs=1e-8),
        pytest.approx(18.090737246, abs=1e-8),
    )
    lat, lon, _ = direct(36.0, -12.0, 45.0, 25 * 3.37621)
    assert (lat, lon) == (pytest.approx(36.98969, abs=2e-5), pytest.approx(-10.75841, abs=2e-5))
    nm, start, _ = inverse(36.95, -7.95, lat, lon)
    assert (nm, start) == (pytest.approx(135.05, abs=0.005), pytest.approx(271.85, abs=0.005))


def meridian(lat):
    """Metres from the equator, by quadrature."""
    e2 = 0.0066943799901413165
    return quad(
        lambda p: 6378137 * (1 - e2) / (1 - e2 * math.sin(p) ** 2) ** 1.5, 0, math.radians(lat), epsabs=1e-6
    )[0]


def stretched(lat):
    """Isometric latitude, by quadrature."""
    e2 = 0.0066943799901413165
    slope = lambda p: (1 - e2) / ((1 - e2 * math.sin(p) ** 2) * math.cos(p))  # noqa: E731
    return quad(slope, 0, math.radians(lat), epsabs=1e-13, limit=200)[0]


@given(LAT_MILLI, LON, LAT_MILLI, LON)
def test_rhumb_equals_quadrature(lat1, lon1, lat2, lon2):
    nm, course = (float(value) for value in rhumb_inverse(lat1, lon1, lat2, lon2))
    north, psi = meridian(lat2) - meridian(lat1), stretched(lat2) - stretched(lat1)
    east = math.radians((lon2 - lon1 + 180) % 360 - 180)
    if abs(lat2 - lat1) > 0.01:
        assert nm * NM == pytest.approx(abs(north) * math.hypot(1, east / psi), rel=1e-8, abs=1e-4)
        if abs(east) < math.pi - 1e-9:  # half way round, both ways are as short
            assert turn(course, math.degrees(math.atan2(east, psi))) < 1e-6


@given(st.floats(-89, 89), LON, COURSE, st.floats(0, 3000))
def test_rhumb_inverse_undoes_rhumb_direct(lat, lon, course, nm):
    end_lat, end_lon = (float(value) for value in rhumb_direct(lat, lon, course, nm))
    if math.isnan(end_lat):
        assert abs(nm * math.cos(math.radians(course))) > 60 * (90 - abs(lat)) * 0.99
        return
    if abs(end_lat) < 89 and nm * abs(math.sin(math.radians(course))) < 180 * 60 * math.cos(math.radians(89)):
        back, back_course = (float(value) for value in rhumb_inverse(lat, lon, end_lat, end_lon))
        assert back == pytest.approx(nm, abs=1e-6)
        if nm > 0.01:
            assert turn(back_course, course) < 1e-4


@given(st.floats(-85, 85), st.floats(-6e-5, 6e-5), st.floats(0, 100))
def test_rhumb_has_no_step_where_the_course_turns_east(lat, tilt, nm):
    """Both forms of the stretch, one each side of the switch, and a rhumb of two halves."""
    course = 90 + tilt
    lat2, lon2 = rhumb_direct(lat, 0.0, course, nm)
    half = rhumb_direct(*rhumb_direct(lat, 0.0, course, nm / 2), course, nm / 2)
    assert float(distance_nm(lat2, lon2, *half)) * NM < 1e-3


def test_published_rhumb_lines():
    """GeographicLib's RhumbSolve example: New York JFK to Singapore Changi, 103:34:58.2 and 18523563 m."""
    nm, course = rhumb_inverse(
        40 + 38 / 60 + 23 / 3600,
        -(73 + 46 / 60 + 44 / 3600),
        1 + 21 / 60 + 33 / 3600,
        103 + 59 / 60 + 22 / 3600,
    )
    assert nm * NM == pytest.approx(18523563, abs=0.5)
    assert course == pytest.approx(103 + 34 / 60 + 58.2 / 3600, abs=0.05 / 3600)


def test_constant_course_is_no_geodesic():
    """A course of 090 held for 600 nm at 38 N ends some 37 nm from the geodesic that starts with it."""
    constant, shortest = rhumb_direct(38.0, -20.0, 90.0, 600.0), direct(38.0, -20.0, 90.0, 600.0)[:2]
    assert constant[0] == pytest.approx(38.0, abs=1e-12)
    assert float(distance_nm(*constant, *shortest)) == pytest.approx(37, abs=4)


def test_rhumb_lines_at_the_edges():
    lat, lon = rhumb_direct(10.0, 179.9, 90.0, 60.0)
    assert (lat, lon) == (pytest.approx(10.0), pytest.approx(-179.09, abs=0.02))
    assert np.isnan(rhumb_direct(89.0, 0.0, 10.0, 300.0)).all()
    nm, course = rhumb_inverse(90.0, 0.0, 80.0, 50.0)
    assert (nm * NM, course) == (pytest.approx(meridian(90) - meridian(80), abs=1e-3), pytest.approx(180))
    assert rhumb_inverse(90.0, 0.0, 90.0, 100.0)[0] == 0
    assert rhumb_inverse(-90.0, 0.0, 90.0, 100.0)[0] * NM == pytest.approx(2 * meridian(90), abs=1e-3)


def test_dead_reckoning():
    lat, lon = dead_reckon(
        [33.0, 33.0, 33.0, 33.0], -41.0, [45.0, np.nan, np.nan, 0.0], [6.0, 0.0, 5.0, np.nan], 3600
    )
    assert float(distance_nm(33.0, -41.0, lat[0], lon[0])) == pytest.approx(6, abs=1e-4)
    assert (lat[1], lon[1]) == (pytest.approx(33.0), pytest.approx(-41.0))
    assert np.isnan(lat[2:]).all()
    assert np.isnan(lon[2:]).all()
    back = dead_reckon(lat[0], lon[0], 45.0, 6.0, -3600)
    assert float(distance_nm(33.0, -41.0, *back)) * NM < 1e-3


def test_the_circle_of_doubt_grows_with_age_only():
    assert doubt_radius_nm(1852.0, 7200, 2.0) == 5
    assert doubt_radius_nm(926.0, -60, 2.0) == 0.5
