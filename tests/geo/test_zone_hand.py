"""Areas drawn by hand: inside, edge, crossings; compared with shapely and geographic brute force."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui.geo import zonehand
from maoc_tui.geo.geodesy import direct, distance_nm
from maoc_tui.geo.rhumb import rhumb_direct, rhumb_inverse
from maoc_tui.problems import BadInput

BOX = ((38.0, -10.0), (39.0, -10.0), (39.0, -9.0), (38.0, -9.0))
FIJI = ((-18.0, 179.0), (-17.0, 179.0), (-17.0, -179.0), (-18.0, -179.0))
HOOK = ((38.0, -10.0), (39.0, -10.0), (39.0, -9.0), (38.6, -9.0), (38.6, -9.6), (38.0, -9.6))


def one(lat: float, lon: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([lat]), np.array([lon])


@pytest.mark.parametrize("corners", [BOX, HOOK, FIJI])
def test_inside_is_what_another_program_says(corners: tuple[tuple[float, float], ...]) -> None:
    edge = zonehand.polygon(corners)
    shape = shapely.Polygon(np.column_stack([edge.lon, edge.lat]))
    random = np.random.default_rng(5)
    west, south, east, north = edge.box
    lat = random.uniform(south - 0.3, north + 0.3, 5_000)
    lon = random.uniform(west - 0.3, east + 0.3, 5_000)
    folded = (lon + 180) % 360 - 180
    assert (edge.holds(lat, folded) == shapely.contains_xy(shape, lon, lat)).all()
    assert not edge.holds(np.array([np.nan, 60.0, 38.5]), np.array([0.0, np.nan, 120.0])).any()


def test_an_edge_is_straight_on_the_chart() -> None:
    """A point just north of the geodesic but south of the rhumb line between two corners is told right."""
    edge = zonehand.polygon(((45.0, -40.0), (45.0, -10.0), (30.0, -25.0)))
    assert edge.holds(*one(44.999, -25.0))[0]
    assert not edge.holds(*one(45.001, -25.0))[0]
    nm, course = rhumb_inverse(45.0, -10.0, 30.0, -25.0)
    half = rhumb_direct(45.0, -10.0, float(course), float(nm) / 2)
    assert edge.edge(float(half[0]), float(half[1]))[0] < 0.01


@settings(max_examples=60)
@given(
    lat=st.floats(-75, 75), lon=st.floats(-180, 180), radius=st.floats(0.05, 100),
    bearing=st.floats(0, 360), share=st.floats(0, 3),
)  # fmt: skip
def test_a_circle_holds_what_is_nearer_than_its_radius(
    lat: float, lon: float, radius: float, bearing: float, share: float
) -> None:
    if abs(lat) + radius / 60 > 83:
        return
    edge = zonehand.circle(lat, lon, radius)
    y, x, _ = direct(lat, lon, bearing, radius * share)
    here = one(float(y), float(x))
    away = float(distance_nm(lat, lon, *here)[0])
    if abs(away - radius) > max(0.0005, 1e-4 * radius):
        assert edge.holds(*here)[0] == (away < radius)
    assert abs(edge.edge(float(y), float(x))[0] - abs(away - radius)) < 0.005 + 1e-3 * radius


@settings(max_examples=60)
@given(course=st.floats(0, 360), lat=st.floats(37, 40), lon=st.floats(-11, -8))
def test_meetings_are_where_inside_changes(course: float, lat: float, lon: float) -> None:
    edge = zonehand.polygon(HOOK)
    marks = np.arange(0.0, 121.0)
    y, x = rhumb_direct(lat, lon, course, marks)
    met = np.sort(edge.meets(marks, y, x))
    fine = np.arange(0.0, 120.0, 0.05)
    inside = edge.holds(*rhumb_direct(lat, lon, course, fine))
    changes = fine[1:][inside[1:] != inside[:-1]]
    for change in changes:
        assert np.abs(met - change).min() < 0.06
    for nm in met:  # each meeting is on the edge
        place = rhumb_direct(lat, lon, course, float(nm))
        assert edge.edge(float(place[0]), float(place[1]))[0] < 0.01


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        (BOX[:2], "three corners"),
        ((BOX[0], BOX[0], BOX[1]), "three corners"),
        ((BOX[0], BOX[2], BOX[1], BOX[3]), "crosses or touches itself"),
        (((38.0, -10.0), (38.5, -10.0), (39.0, -10.0)), "touches itself|no extent"),
        (((60.0, 0.0), (60.0, 90.0), (60.0, 180.0), (60.0, -90.0)), "round the Earth"),
        (((86.0, 0.0), (85.0, 20.0), (80.0, 10.0)), "84 degrees"),
        (tuple((10 + i * 1e-3, (i % 2) * 1e-3) for i in range(500)), "400 corners"),
    ],
)
def test_what_is_no_area_is_refused(corners: tuple[tuple[float, float], ...], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        zonehand.polygon(corners)


def test_a_closed_ring_is_the_same_area() -> None:
    assert (zonehand.polygon((*BOX, BOX[0])).lon == zonehand.polygon(BOX).lon).all()


def test_a_circle_at_the_pole_is_refused() -> None:
    with pytest.raises(BadInput, match="84 degrees"):
        zonehand.circle(83.9, 0.0, 60.0)
