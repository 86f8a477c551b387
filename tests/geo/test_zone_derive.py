"""Deriving zones on a made-up world: the same every time, nothing loose, halfway is halfway."""

from __future__ import annotations

import hashlib

import numpy as np
import pyproj
import pytest
import shapely
from zone_world import TABLE, sources

from maoc_tui.geo import zonefile
from maoc_tui.geo.derive import build
from maoc_tui.geo.derive_faces import faces_of
from maoc_tui.geo.derive_limits import buffered
from maoc_tui.geo.derive_split import geodetic, sphere
from maoc_tui.geo.zonemodel import ZoneData
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import Problem

GEOD = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def world() -> ZoneData:
    return build(sources(), TABLE)


@pytest.fixture(scope="module")
def index(world: ZoneData) -> ZoneIndex:
    return ZoneIndex.of(world)


def test_the_same_sources_give_the_same_bytes(world: ZoneData, tmp_path) -> None:
    zonefile.write(tmp_path / "one", world)
    zonefile.write(tmp_path / "two", build(sources(), TABLE))
    digests = {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("one", "two")}
    assert len(digests) == 1


def test_a_line_cut_short_is_found() -> None:
    ring = shapely.boundary(shapely.box(0, 0, 10, 10))
    whole = shapely.LineString([(5, -1), (5, 11)])
    short = shapely.LineString([(5, -1), (5, 9.5)])
    crossing = [shapely.LineString([(4, -1), (6, -1)]), shapely.LineString([(4, 11), (6, 11)])]
    with pytest.raises(Problem, match="end loosely"):
        faces_of(np.array([ring, whole]))
    with pytest.raises(Problem, match="end loosely"):
        faces_of(np.array([ring, short, *crossing]))
    closed = shapely.LineString([(5, 0), (5, 10)])
    assert len(faces_of(np.array([ring, closed]))) == 2


def test_a_needle_folded_flat_is_no_loose_line() -> None:
    ring = shapely.boundary(shapely.box(0, 0, 1, 1))
    needle = shapely.LineString([(1, 0.5), (1.2, 0.500001), (1, 0.500002)])
    assert len(faces_of(np.array([ring, needle]))) == 1


def test_every_area_has_the_states_of_its_coast(world: ZoneData) -> None:
    held = {(area.kind, area.states, area.status) for area in world.areas}
    for kind in ("land", "territorial", "contiguous", "eez"):
        assert (kind, ("AA",), "agreed") in held
        assert (kind, ("AA", "BB"), "disputed") in held
    assert ("high_seas", (), "agreed") in held


def test_halfway_is_equally_far(index: ZoneIndex) -> None:
    rng = np.random.default_rng(7)
    lat, lon = rng.uniform(38.0, 43.0, 4000), rng.uniform(7.0, 17.0, 4000)
    area = index.locate(lat, lon)
    states = [index.areas[i].states for i in area]
    beyond = np.array([index.areas[i].kind in ("contiguous", "eez") for i in area])
    edges = {
        code: shapely.get_coordinates(shapely.segmentize(sources().borders[code], 0.005))
        for code in ["AA", "BB"]
    }
    checked = 0
    for i in np.flatnonzero(beyond)[:400]:
        away = {
            code: GEOD.inv(np.full(len(p), lon[i]), np.full(len(p), lat[i]), p[:, 0], p[:, 1])[2].min() / 1852
            for code, p in edges.items()
        }
        if abs(away["AA"] - away["BB"]) > 0.3:
            assert states[i] == (min(away, key=away.get),)
            checked += 1
    assert checked > 300


def test_limits_lie_at_their_distance() -> None:
    line = shapely.LineString([(-9.0, 38.0), (-9.2, 39.0), (-8.8, 40.0)])
    dense = shapely.get_coordinates(shapely.segmentize(line, 0.002))
    for nm in (12.0, 188.0):
        ring = shapely.get_coordinates(shapely.get_exterior_ring(buffered(np.array([line]), nm)))[::17]
        for lon, lat in ring:
            n = len(dense)
            least = GEOD.inv(np.full(n, lon), np.full(n, lat), dense[:, 0], dense[:, 1])[2].min() / 1852
            assert least == pytest.approx(nm, abs=0.03)


def test_the_antimeridian_is_no_border(index: ZoneIndex) -> None:
    for lat in (-16.7, -16.2, -14.0, -19.0, 5.0):
        left, at, right, same = index.locate([lat] * 4, [179.99999, 180.0, -179.99999, -180.0])
        assert left == at == right == same
    assert index.areas[index.locate(-16.7, 180.0)[0]].states == ("DD",)


def test_conformal_sphere_round_trip() -> None:
    lat, lon = np.linspace(-89.9, 89.9, 301), np.linspace(-179.9, 179.9, 301)
    back_lon, back_lat = geodetic(sphere(lon, lat))
    np.testing.assert_allclose(back_lat, lat, atol=1e-9)
    np.testing.assert_allclose(back_lon, lon, atol=1e-9)
