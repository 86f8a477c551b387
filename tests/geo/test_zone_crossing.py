"""The next zone on a course, and distances in bulk: against fine scans of the shipped zones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.geo import zonefile
from maoc_tui.geo.geodesy import rhumb_direct
from maoc_tui.geo.zonemodel import KINDS, Lines, ZoneData
from maoc_tui.geo.zones import ZoneIndex

MEASURED = ("land", "territorial", "contiguous", "eez")
STARTS = [
    (38.6, -10.0), (36.0, -5.6), (35.9, -5.3), (28.3, -16.0), (39.3, -29.9), (16.5, -24.3), (18.05, -63.2),
    (50.9, 1.4), (58.0, 9.5), (37.3, 25.0), (-17.5, 179.9), (-17.5, -179.9), (57.6, -13.9), (-51.7, -61.6),
    (82.5, 10.0), (54.6, 19.5), (1.2, 103.9), (12.5, 43.3), (68.0, 12.5), (0.0, 0.0),
]  # fmt: skip
AWKWARD = [
    (-35.0, -120.0), (30.0, -45.0), (90.0, 0.0), (-90.0, 0.0), (89.99, -120.0), (-89.9, 20.0), (-17.5, 180.0),
    (-17.5, -180.0), (71.5, 180.0), (52.0, 179.99), (52.0, -179.99), (0.0, 180.0), (84.0, -40.0), (-69.0, 179.0),
]  # fmt: skip
"""Poles, the antimeridian, far from any line."""
GEOD = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def index() -> ZoneIndex:
    return ZoneIndex.open(resources.data("zones.bin"))


@pytest.fixture(scope="module")
def data() -> ZoneData:
    return zonefile.read(resources.data("zones.bin"))


def zones_along(index: ZoneIndex, lat: float, lon: float, course: float, marks: np.ndarray) -> list[object]:
    there = index.locate(*rhumb_direct(lat, lon, course, marks))
    return [(index.areas[i].kind, index.areas[i].states) if i >= 0 else None for i in there.tolist()]


@pytest.mark.parametrize(("lat", "lon"), STARTS)
def test_the_next_crossing_is_the_first_of_a_fine_scan(index: ZoneIndex, lat: float, lon: float) -> None:
    for course in (3.0, 90.0, 217.0, 300.0):
        reach = 40.0
        step = 0.004
        marks = np.arange(0.0, reach, step)
        zones = zones_along(index, lat, lon, course, marks)
        first = next((i for i, zone in enumerate(zones) if zone != zones[0]), None)
        found = index.next_crossing(lat, lon, course, 10.0, reach / 10.0)
        if first is None:
            assert found is None
            continue
        assert found is not None
        assert found.hours * 10.0 == pytest.approx(marks[first] - step / 2, abs=0.01)
        area = index.areas[found.area]
        assert (area.kind, area.states) == zones[first]
        y, x = rhumb_direct(lat, lon, course, found.hours * 10.0)
        assert (found.lat, found.lon) == (float(y), float(x))


def test_one_that_lies_still_crosses_nothing(index: ZoneIndex) -> None:
    for course, speed, hours in (
        (90.0, 0.0, 24.0),
        (math.nan, 5.0, 24.0),
        (90.0, math.nan, 24.0),
        (90.0, 5.0, 0.0),
    ):
        assert index.next_crossing(38.6, -10.0, course, speed, hours) is None
    assert index.next_crossing(math.nan, -10.0, 90.0, 8.0, 24.0) is None
    assert index.next_crossing(89.9, 0.0, 0.0, 8.0, 24.0) is None  # over the pole no course is kept


def test_a_long_way_finds_a_far_line(index: ZoneIndex) -> None:
    found = index.next_crossing(42.0, -36.5, 270.0, 450.0, 24.0)
    assert found is not None
    zones = zones_along(
        index, 42.0, -36.5, 270.0, np.array([0.0, found.hours * 450 - 0.01, found.hours * 450 + 0.01])
    )
    assert zones[0] == zones[1] != zones[2]


@pytest.fixture(scope="module")
def edges(data: ZoneData) -> dict[str, np.ndarray]:
    return edges_by_kind(data)


def edges_by_kind(data: ZoneData) -> dict[str, np.ndarray]:
    """Every edge of the lines of each kind: (n, 4) lon, lat, lon, lat in degrees."""
    lines = data.lines
    ranks = np.array([KINDS.index(area.kind) for area in data.areas])
    a, b = ranks[lines.left], ranks[lines.right]
    states = np.unique([str(area.states) for area in data.areas], return_inverse=True)[1]
    divides = (
        (lines.left >= 0) & (lines.right >= 0) & ((a != b) | (states[lines.left] != states[lines.right]))
    )
    sort = np.repeat(np.where(divides, np.minimum(a, b), -1), np.diff(lines.start))
    sort[lines.start[1:] - 1] = -1
    found = {}
    for kind in MEASURED:
        (first,) = np.nonzero(sort == KINDS.index(kind))
        found[kind] = np.hstack([lines.points[first], lines.points[first + 1]]) * 1e-5
    return found


def pieces(edges: np.ndarray, lat: float, lon: float) -> np.ndarray:
    """Points on the edges that can hold the nearest one, so dense that none between them is nearer by a metre."""
    far = spherical(lat, lon, edges[:, :2])
    length = 60.0 * np.abs(edges[:, 2:] - edges[:, :2]).sum(axis=1)
    near = far - length <= (far.min() + 0.1) * 1.007
    start, end = edges[near, :2], edges[near, 2:]
    step = max(0.006, 0.05 * math.sqrt(max((far - length).min(), 0.0)))
    count = (60.0 * np.abs(end - start).max(axis=1) / step).astype(int) + 1
    whole = [a + (b - a) * (np.arange(n + 1) / n)[:, None] for a, b, n in zip(start, end, count, strict=True)]
    return np.concatenate(whole)


def spherical(lat: float, lon: float, points: np.ndarray) -> np.ndarray:
    """Nautical miles on a sphere: good enough to choose which points to measure."""
    phi, other = math.radians(lat), np.radians(points[:, 1])
    half = (
        np.sin((other - phi) / 2) ** 2
        + math.cos(phi) * np.cos(other) * np.sin(np.radians(points[:, 0] - lon) / 2) ** 2
    )
    return np.degrees(2 * np.arcsin(np.sqrt(half))) * 60


def scanned(
    index: ZoneIndex, edges: dict[str, np.ndarray], lat: float, lon: float, kinds: Sequence[str] = MEASURED
) -> float:
    """The largest difference, nm, from the least of PROJ's geodesics to all points of a fine scan; feet are checked."""
    nm, bearing = index.distances([lat], [lon], kinds)
    worst = 0.0
    for k, kind in enumerate(kinds):
        points = pieces(edges[kind], lat, lon)
        n = len(points)
        least = GEOD.inv(np.full(n, lon), np.full(n, lat), *points.T)[2].min() / 1852
        worst = max(worst, abs(nm[0, k] - least))
        x, y, _ = GEOD.fwd(lon, lat, bearing[0, k], nm[0, k] * 1852)
        away = GEOD.inv(np.full(n, x), np.full(n, y), *points.T)[2].min() / 1852
        assert away < max(0.02, 0.06 * math.sqrt(least)), kind  # the foot stands on a line of the kind
    return worst


@pytest.mark.parametrize(("lat", "lon"), [*STARTS, *AWKWARD])
def test_distances_are_those_of_a_scan(
    index: ZoneIndex, edges: dict[str, np.ndarray], lat: float, lon: float
) -> None:
    assert scanned(index, edges, lat, lon) <= 0.01


@settings(max_examples=25)
@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(MEASURED))
def test_distances_from_anywhere_are_those_of_a_scan(
    index: ZoneIndex, edges: dict[str, np.ndarray], lat: float, lon: float, kind: str
) -> None:
    assert scanned(index, edges, lat, lon, (kind,)) <= 0.01


def test_a_distance_wrong_by_a_cable_is_found(index: ZoneIndex, edges: dict[str, np.ndarray]) -> None:
    north = np.array([0.0, 0.02 / 60, 0.0, 0.02 / 60])
    shifted = {kind: held + north for kind, held in edges.items()}
    assert scanned(index, shifted, *STARTS[0]) > 0.01


def test_distances_in_bulk_are_those_of_one(index: ZoneIndex, data: ZoneData) -> None:
    rng = np.random.default_rng(8)
    seeds = data.lines.points[rng.integers(0, len(data.lines.points), 300)] * 1e-5
    lat = np.clip(seeds[:, 1] + rng.normal(0, 0.5, 300), -90, 90)
    lon = seeds[:, 0] + rng.normal(0, 0.5, 300)
    lat[::60] = np.nan
    nm, bearing = index.distances(lat, lon, MEASURED)
    assert nm.shape == bearing.shape == (300, 4)
    assert np.isnan(nm[::60]).all()
    for i in range(1, 300, 13):
        if i % 60 == 0:
            continue
        told: dict[str, tuple[float, float]] = {}
        for line in index.nearest_lines(lat[i], lon[i]):
            told.setdefault(line.kind, (line.distance_nm, line.bearing))
        for k, kind in enumerate(MEASURED):
            assert told[kind] == (pytest.approx(nm[i, k], abs=1e-6), pytest.approx(bearing[i, k], abs=1e-3))


def test_kinds_that_are_not_there_have_no_distance(index: ZoneIndex) -> None:
    nm, bearing = index.distances([38.0, 39.0], [-12.0, -13.0], ("joint", "territorial"))
    assert np.isnan(nm[:, 0]).all()
    assert np.isnan(bearing[:, 0]).all()
    assert np.isfinite(nm[:, 1]).all()
    assert index.distances([], [], ("territorial",))[0].shape == (0, 1)
    with pytest.raises(ValueError, match="not in tuple"):
        index.distances([0.0], [0.0], ("nothing",))


def test_a_dataset_without_lines_has_nothing_near(data: ZoneData) -> None:
    none = np.zeros(0, np.int32)
    lines = Lines(none, none, none.astype(np.uint8), np.zeros(1, np.int64), np.zeros((0, 2), np.int32))
    empty = ZoneIndex.of(ZoneData(data.dataset, (), lines))
    assert empty.nearest_lines(1.0, 1.0) == ()
    assert empty.candidates(1.0, 1.0, 5.0) == []
    assert np.isnan(empty.distances([1.0], [1.0])[0]).all()
    assert empty.next_crossing(1.0, 1.0, 90.0, 5.0, 5.0) is None
    assert empty.locate(1.0, 1.0).tolist() == [-1]


@given(st.floats(-90, 90), st.floats(-540, 540))
def test_one_point_alone_is_answered_as_among_many(index: ZoneIndex, lat: float, lon: float) -> None:
    assert index.locate(lat, lon)[0] == index.locate([lat, 10.0], [lon, 10.0])[0]
