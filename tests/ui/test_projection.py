"""The chart's projection: inverse, scale, wrap at the antimeridian, pan, zoom and fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from maoc_tui.ui.projection import LIMIT_LAT, NM_PER_RADIAN, View, latitude, mercator

lats = st.floats(-84.9, 84.9)
lons = st.floats(-180, 180, exclude_max=True)
views = st.builds(
    View.at,
    lat=lats,
    lon=lons,
    nm_per_row=st.floats(0.05, 500),
    columns=st.integers(10, 240),
    rows=st.integers(5, 80),
)


@given(lats)
def test_mercator_and_back(lat: float) -> None:
    assert float(latitude(mercator(lat))) == pytest.approx(lat, abs=1e-9)


@given(views, st.floats(0, 1), st.floats(0, 1))
def test_a_dot_becomes_a_position_and_the_same_dot(view: View, across: float, down: float) -> None:
    px, py = across * view.width, down * view.height
    lat, lon = view.positions(px, py)
    assume(abs(float(lat)) < 89)
    assert -180 <= float(lon) < 180
    back_x, back_y = view.dots(lat, lon)
    world = 2 * np.pi / view.unit
    error = (float(back_x) - px + world / 2) % world - world / 2
    assert error == pytest.approx(0, abs=1e-4)
    assert float(back_y) == pytest.approx(py, abs=1e-4)


@given(views)
def test_the_centre_is_in_the_middle(view: View) -> None:
    px, py = view.dots(view.lat, view.lon)
    assert (float(px), float(py)) == pytest.approx((view.width / 2, view.height / 2), abs=1e-6)


@given(lats, lons, st.floats(0.5, 20))
def test_a_row_is_as_many_miles_as_said(lat: float, lon: float, nm: float) -> None:
    assume(abs(lat) < 70)
    view = View.at(lat, lon, nm, 40, 3)
    assert view.nm_per_row == pytest.approx(nm)
    top, _ = view.positions(view.width / 2, 4)
    bottom, _ = view.positions(view.width / 2, 8)
    miles = float(np.radians(top - bottom)) * NM_PER_RADIAN
    assert miles == pytest.approx(nm, rel=0.02)


@given(views, lats, st.floats(-180, 179.99), st.floats(1e-6, 0.01))
def test_positions_either_side_of_the_antimeridian_are_neighbours(
    view: View, lat: float, centre: float, step: float
) -> None:
    assume(step < np.degrees(view.unit * view.width) / 4)
    view = view.centred(view.lat, 179.9999)
    west, east = view.dots(lat, 180 - step)[0], view.dots(lat, -180 + step)[0]
    assert float(east - west) == pytest.approx(np.radians(2 * step) / view.unit, rel=1e-3, abs=1e-4)


@given(views, st.integers(-50, 50), st.integers(-20, 20))
def test_a_pan_and_its_opposite_leave_the_view(view: View, columns: int, rows: int) -> None:
    moved = view.panned(columns, rows)
    assume(abs(moved.lat) < LIMIT_LAT - 0.001)
    back = moved.panned(-columns, -rows)
    turn = (back.x - view.x + np.pi) % (2 * np.pi) - np.pi
    assert turn == pytest.approx(0, abs=1e-9)
    assert back.y == pytest.approx(view.y, abs=1e-9)
    assert back.unit == view.unit


@given(views, st.floats(0, 1), st.floats(0, 1), st.floats(0.5, 2))
def test_a_zoom_keeps_the_place_it_is_about(view: View, across: float, down: float, factor: float) -> None:
    about = (across * view.width, down * view.height)
    closer = view.zoomed(factor, about)
    lat, lon = view.positions(*about)
    assume(abs(float(lat)) < 80)
    assume(abs(closer.lat) < LIMIT_LAT - 0.1)
    px, py = closer.dots(lat, lon)
    world = 2 * np.pi / closer.unit
    error = (float(px) - about[0] + world / 2) % world - world / 2
    assert error == pytest.approx(0, abs=1e-3)
    assert float(py) == pytest.approx(about[1], abs=1e-3)


@given(st.lists(st.tuples(lats, lons), min_size=1, max_size=8), st.integers(20, 200), st.integers(8, 60))
def test_fit_shows_every_position(places: list[tuple[float, float]], columns: int, rows: int) -> None:
    lat, lon = np.array(places).T
    view = View.fitting(lat, lon, columns, rows, margin=0.05)
    column, row = view.cells(lat, lon)
    assume(2 * np.pi / view.unit > view.width * 1.0001)
    held = abs(view.lat) > LIMIT_LAT - 0.01
    assert held or view.inside(column, row).all()


def test_fit_crosses_the_antimeridian_when_shorter() -> None:
    view = View.fitting(np.array([-17.0, -18.0]), np.array([178.0, -178.0]), 80, 24)
    assert abs(abs(view.lon) - 180) < 0.1
    assert view.nm_per_row < 60


def test_nan_has_no_cell() -> None:
    view = View.at(38.0, -9.0, 10, 80, 24)
    column, row = view.cells(np.array([np.nan, 38.0]), np.array([-9.0, -9.0]))
    assert view.inside(column, row).tolist() == [False, True]


@given(views)
def test_the_view_is_never_wider_than_the_world(view: View) -> None:
    for factor in (1e-9, 1e9):
        held = view.zoomed(factor)
        assert held.width * held.unit <= 2 * np.pi * (1 + 1e-9)
        assert held.nm_per_row >= 0.0199
