"""Distances over water: exact in the open, round a wall by hand, never too great, and outlines where they belong."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from maoc_tui.desk.zone_editions import active_path
from maoc_tui.geo.contour import contour
from maoc_tui.geo.reach import over_water
from maoc_tui.geo.zones import ZoneIndex

GEOD = Geod(ellps="WGS84")
LAND = np.array([False, True, False])


def world(is_land: Any) -> Any:
    def locate(lat: Any, lon: Any) -> Any:
        return is_land(np.asarray(lat), np.asarray(lon)).astype(np.int32)

    return SimpleNamespace(locate=locate)


OPEN = world(lambda lat, lon: np.zeros(lat.shape, bool))
WALL = world(lambda lat, lon: (np.abs(lon - 1.0) < 0.1) & (lat < 1.0))
"""A wall a degree east of the start that ends a degree north of it, and never in the south."""


@settings(max_examples=15)
@given(st.floats(-70, 70), st.floats(-180, 180), st.floats(20, 2000))
def test_in_the_open_all_is_at_its_geodesic_distance(lat: float, lon: float, reach: float) -> None:
    found = over_water(OPEN, LAND, lat, lon, reach)
    r, c = np.random.default_rng(3).integers(0, [len(found.lat), len(found.lon)], (20, 2)).T
    wanted = GEOD.inv(np.full(20, lon), np.full(20, lat), found.lon[c], found.lat[r])[2]
    np.testing.assert_allclose(found.distance_nm[r, c], np.array(wanted) / 1852, atol=1e-3)
    assert found.seen.all()


def test_behind_a_wall_it_is_the_way_round_its_end_and_never_too_far() -> None:
    found = over_water(WALL, LAND, 0.0, 0.0, 300)
    row, column = np.abs(found.lat - 0.0).argmin(), np.abs(found.lon - 2.0).argmin()
    round_end = sum(
        GEOD.inv(a[1], a[0], b[1], b[0])[2] / 1852
        for a, b in (
            ((0, 0), (1.0, 0.9)),
            ((1.0, 0.9), (1.0, 1.1)),
            ((1.0, 1.1), (found.lat[row], found.lon[column])),
        )
    )
    reached = found.distance_nm[row, column]
    assert reached <= round_end + found.cell_nm
    assert reached >= round_end * 0.985 - 2 * found.cell_nm
    assert reached > GEOD.inv(0, 0, 2, 0)[2] / 1852 * 1.2
    assert not found.seen[row, column]


@settings(max_examples=6, deadline=None)
@given(st.floats(0.3, 2.0), st.floats(0.2, 1.5))
def test_no_distance_round_a_wall_is_too_great(end: float, off: float) -> None:
    wall = world(lambda lat, lon: (np.abs(lon - off) < 0.08) & (np.abs(lat) < end))
    found = over_water(wall, LAND, 0.0, 0.0, 400)
    for lat, lon in ((0.0, off + 0.6), (0.4, off + 0.3), (-end / 2, off + 1.0)):
        row, column = np.abs(found.lat - lat).argmin(), np.abs(found.lon - lon).argmin()
        y, x = found.lat[row], found.lon[column]
        ways = []
        for corner in (end, -end):
            legs = ((0, 0), (corner, off - 0.08), (corner, off + 0.08), (y, x))
            ways.append(sum(GEOD.inv(a[1], a[0], b[1], b[0])[2] for a, b in pairwise(legs)) / 1852)
        assert found.distance_nm[row, column] <= min(ways) + 1.5 * found.cell_nm


def test_what_flies_is_not_stopped_and_what_sails_does_not_enter_a_basin() -> None:
    ring = world(lambda lat, lon: (np.hypot(lat, lon) > 1.0) & (np.hypot(lat, lon) < 1.5))
    shut = over_water(ring, LAND, 0.0, 0.0, 200)
    outside = np.hypot(shut.lat[:, None], shut.lon[None, :]) > 1.7
    assert np.isinf(shut.distance_nm[outside]).all()
    assert np.isfinite(over_water(ring, LAND, 0.0, 0.0, 200, flies=True).distance_nm).all()


def test_the_planted_fault_of_straight_rays_would_be_seen() -> None:
    """The twin: cut off by the coast, a ray says that behind the wall nobody can be."""
    found = over_water(WALL, LAND, 0.0, 0.0, 300)
    rays = np.where(found.seen, found.distance_nm, np.inf)
    assert (np.isinf(rays) & np.isfinite(found.distance_nm)).sum() > 100


def test_gibraltar_stays_open_and_iberia_is_gone_round() -> None:
    zones = ZoneIndex.open(active_path())
    land = np.array([area.kind == "land" for area in zones.areas] + [False])
    found = over_water(zones, land, 36.2, -9.0, 700)
    row, column = np.abs(found.lat - 37.5).argmin(), np.abs(found.lon - 0.5).argmin()
    over = found.distance_nm[row, column]
    assert 440 < over < 560
    assert not found.seen[row, column]


def test_across_the_antimeridian_longitudes_go_on() -> None:
    found = over_water(OPEN, LAND, 10.0, 179.5, 200)
    assert found.lon.max() > 180
    assert (np.diff(found.lon) > 0).all()


def test_an_outline_in_the_open_is_the_circle() -> None:
    found = over_water(OPEN, LAND, 40.0, -20.0, 300)
    ((lat, lon),) = contour(found.lat, found.lon, found.distance_nm, 200.0)
    away = np.array(GEOD.inv(np.full(len(lat), -20.0), np.full(len(lat), 40.0), lon, lat)[2]) / 1852
    np.testing.assert_allclose(away, 200.0, atol=0.2)
    assert (lat[0], lon[0]) == (lat[-1], lon[-1])


def test_an_outline_is_open_where_it_meets_land() -> None:
    found = over_water(WALL, LAND, 0.0, 0.0, 300)
    lines = contour(found.lat, found.lon, found.distance_nm, 100.0)
    assert lines
    assert any((lat[0], lon[0]) != (lat[-1], lon[-1]) for lat, lon in lines)
    assert contour(found.lat, found.lon, found.distance_nm, 1e9) == ()


@pytest.mark.parametrize("lat", [-83.0, 78.0])
def test_high_latitudes_are_answered(lat: float) -> None:
    found = over_water(OPEN, LAND, lat, 20.0, 400)
    assert np.isfinite(found.distance_nm).all()
