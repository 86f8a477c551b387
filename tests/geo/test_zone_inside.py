"""Waters behind a baseline, and seas that are not 12 nm wide: on made-up coasts, against plain distances."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from maoc_tui.geo import derive, derive_widths
from maoc_tui.geo.combine import combine
from maoc_tui.geo.derive_faces import faces_of
from maoc_tui.geo.derive_limits import buffered
from maoc_tui.geo.derive_owner import Owners
from maoc_tui.geo.derive_sources import WORLD, Sources, Unit, units
from maoc_tui.geo.derive_split import Sites, halfway
from maoc_tui.geo.derive_widths import Limits, Width, grown, measured, widths
from maoc_tui.geo.official import OfficialArea, Source
from maoc_tui.geo.official_shapes import settled
from maoc_tui.geo.zonemodel import Area, Dataset, ZoneData
from maoc_tui.geo.zones import ZoneIndex

GEOD = pyproj.Geod(ellps="WGS84")
TABLE = {
    "AA": Unit("AA", "Aland", ("AA",)),
    "II": Unit("II", "Isles", ("II",), archipelagic=True),
    "ES": Unit("ES", "Spain", ("ES",)),
    "GB": Unit("GB", "United Kingdom", ("GB",)),
    "ES-CE": Unit("ES-CE", "Ceuta", ("ES", "MA"), within="ES", makes_eez=False),
    "ES-ML": Unit("ES-ML", "Melilla", ("ES", "MA"), within="ES", makes_eez=False),
    "GB-RK": Unit("GB-RK", "Rockall", ("GB",), within="GB", makes_eez=False),
}


def sea(shape: object, nm: float) -> object:
    """The shape and the water within a distance of it."""
    return shapely.union(shape, buffered(shapely.get_parts(shapely.boundary(shape)), nm))


def coast() -> tuple[object, object]:
    """Land with a gulf 60 nm wide and a bay 8 nm wide, and the same closed by a baseline across the gulf."""
    land = shapely.box(0.0, -2.0, 4.0, 1.0)
    land = shapely.difference(land, shapely.box(0.5, 0.0, 1.5, 1.0))
    closed = shapely.union(land, shapely.box(0.5, 0.0, 1.5, 1.0))
    bay = shapely.box(3.0, 0.7, 3.13, 1.0)
    return shapely.difference(land, bay), shapely.difference(closed, bay)


@pytest.fixture(scope="module")
def world() -> ZoneData:
    land, closed = coast()
    isles = [shapely.box(x, y, x + 0.2, y + 0.2) for x, y in ((20.0, 0.0), (21.0, 0.0), (20.5, 0.9))]
    group = shapely.union_all(isles).convex_hull
    borders = {"AA": sea(closed, 12.0), "II": sea(group, 12.0)}
    return derive.build(Sources(borders, np.array([land, *isles]), ("made up 1.0",)), TABLE)


@pytest.fixture(scope="module")
def index(world: ZoneData) -> ZoneIndex:
    return ZoneIndex.of(world)


def at(index: ZoneIndex, lat: float, lon: float) -> Area:
    return index.areas[index.locate(lat, lon)[0]]


@pytest.mark.parametrize(
    ("place", "lat", "lon", "kind", "basis", "may_be"),
    [
        ("in the gulf", 0.5, 1.0, "internal", "inferred", ""),
        ("off the gulf", 1.15, 1.0, "territorial", "derived", ""),
        ("in the bay", 0.8, 3.06, "territorial", "inferred", "internal"),
        ("off the bay", 1.1, 3.06, "territorial", "derived", ""),
        ("off an open coast", 1.02, 2.3, "territorial", "derived", ""),
        ("between the isles", 0.4, 20.6, "archipelagic", "inferred", ""),
        ("outside the isles", -0.1, 20.6, "territorial", "derived", ""),
        ("far out", 2.5, 1.0, "eez", "derived", ""),
    ],
)
def test_what_a_limit_tells_of_the_baseline(
    index: ZoneIndex, place: str, lat: float, lon: float, kind: str, basis: str, may_be: str
) -> None:
    area = at(index, lat, lon)
    assert (area.kind, area.basis, area.may_be) == (kind, basis, may_be), place
    assert ("or internal" in area.name) == bool(may_be)


def test_no_inferred_water_within_the_width_of_the_limit(index: ZoneIndex) -> None:
    """Territorial sea is never called internal where the limit proves it is not: nearer than 12 nm to the limit."""
    rng = np.random.default_rng(5)
    lat, lon = (
        rng.uniform(-2.5, 1.5, 6000),
        np.append(rng.uniform(-0.5, 4.5, 3000), rng.uniform(19.5, 21.7, 3000)),
    )
    found = [index.areas[i] for i in index.locate(lat, lon)]
    inner = np.array([a.basis == "inferred" for a in found])
    assert inner.sum() > 100
    nm, _ = index.distances(lat[inner], lon[inner], ("territorial",))
    assert nm.min() > 12.0


def test_lines_of_inferred_waters_say_so(index: ZoneIndex) -> None:
    told = {line.kind: line for line in index.nearest_lines(0.5, 1.0)}
    assert told["internal"].basis == "inferred"
    assert "inferred" in told["internal"].accuracy
    assert told["territorial"].basis == "derived"
    assert all(line.accuracy for line in told.values())


@pytest.mark.parametrize(
    ("kind", "gulf", "basis"), [("territorial", "territorial", "official"), ("eez", "internal", "inferred")]
)
def test_what_is_inferred_never_overrides_what_is_official(
    world: ZoneData, kind: str, gulf: str, basis: str
) -> None:
    """An official territorial sea over the gulf counts; an official EEZ alone leaves the inferred waters in it."""
    land, _ = coast()
    shape, _ = settled(shapely.difference(shapely.box(-1.0, -0.5, 5.0, 1.4), land))
    source = Source("Test Office", "v1", "CC-BY-4.0", "Test Office")
    over = OfficialArea(kind, ("AA",), "agreed", "Aland", "AA", source, shape)
    made = ZoneIndex.of(combine(world, [over], Dataset("c", "v1", "2026-11-22", "x", "x")).data)
    area = at(made, 0.5, 1.0)
    assert (area.kind, area.basis) == (gulf, basis)


def line(lon: float, width: float) -> Limits:
    points = shapely.LineString([(lon, 40.0), (lon, 44.0)])
    return Limits(np.array([points]), np.zeros(1, np.int32), np.array([width]))


def test_halfway_is_measured_from_the_baselines() -> None:
    """One State claims 6 nm, the other 12: a point is whose baseline is nearer, wherever the limits are."""
    both = Limits(
        np.concatenate([line(10.0, 6.0).lines, line(11.0, 12.0).lines]),
        np.array([0, 1], np.int32),
        np.array([6.0, 12.0]),
    )
    owners = Owners(both)
    rng = np.random.default_rng(3)
    lat, lon = rng.uniform(41.0, 43.0, 300), rng.uniform(10.05, 10.95, 300)
    away = np.array(
        [GEOD.inv(np.full(300, x), lat, lon, lat)[2] / 1852 + w for x, w in ((10.0, 6.0), (11.0, 12.0))]
    )
    clear = np.abs(away[0] - away[1]) > 0.2
    assert (owners.of(lon, lat)[clear] == away.argmin(axis=0)[clear]).all()
    blind = Owners(Limits(both.lines, both.unit, np.array([12.0, 12.0])))
    assert not (blind.of(lon, lat)[clear] == away.argmin(axis=0)[clear]).all()  # widths matter here
    faces = shapely.get_parts(
        shapely.polygonize(
            [shapely.union_all([*owners.lines(), shapely.boundary(shapely.box(*WORLD))], grid_size=1e-5)]
        )
    )
    tree = shapely.STRtree(faces)
    pairs = tree.query(shapely.points(lon[clear], lat[clear]), predicate="within").T
    owner: dict[int, set[int]] = {}
    for point, face in pairs.tolist():
        owner.setdefault(face, set()).add(int(away.argmin(axis=0)[clear][point]))
    assert all(len(found) == 1 for found in owner.values())  # every line halfway is among the lines
    assert {0, 1} == set().union(*owner.values())


@st.composite
def islets(draw: st.DrawFn) -> Sites:
    """Four to nine islets of three States within some 120 nm of a place anywhere, poles and antimeridian too."""
    lat, lon = (
        draw(st.floats(-89.5, 89.5)),
        draw(st.sampled_from([180.0, -179.9, 0.0, draw(st.floats(-180, 180))])),
    )
    n = draw(st.integers(4, 9))
    course = [draw(st.floats(0, 360)) for _ in range(n)]
    metres = [draw(st.floats(2_000, 220_000)) for _ in range(n)]
    x, y, _ = GEOD.fwd([lon] * n, [lat] * n, course, metres)
    unit = np.array([i % 3 for i in range(n)], np.int32)
    places = np.round(np.column_stack([x, y]), 5)
    _, first = np.unique(places, axis=0, return_index=True)
    assume(len(first) == n)
    return Sites(places[:, 0], places[:, 1], unit)


@settings(max_examples=40, deadline=None)
@given(islets(), st.integers(0, 2**32 - 1))
def test_halfway_lines_between_islets_leave_nothing_loose_and_part_the_nearest(
    sites: Sites, seed: int
) -> None:
    """Every face between the lines has one owner: where three meet, over the antimeridian, by the poles."""
    frame = shapely.boundary(shapely.box(*WORLD))
    faces = faces_of(np.array([*halfway(sites), frame]))  # raises when a line ends loosely
    rng = np.random.default_rng(seed)
    near = rng.integers(0, len(sites.lon), 200)
    x, y, _ = GEOD.fwd(
        sites.lon[near], sites.lat[near], rng.uniform(0, 360, 200), rng.uniform(0, 300_000, 200)
    )
    away = np.array(
        [
            GEOD.inv(np.full(200, a), np.full(200, b), x, y)[2] / 1852
            for a, b in zip(sites.lon, sites.lat, strict=True)
        ]
    )
    least = np.array([away[sites.unit == unit].min(axis=0) for unit in range(3)])
    ordered = np.sort(least, axis=0)
    clear = (ordered[1] - ordered[0] > 0.5) & (ordered[0] < 200.0)
    at, face = shapely.STRtree(faces).query(shapely.points(x, y), predicate="within")
    owners: dict[int, set[int]] = {}
    for point, number in zip(at.tolist(), face.tolist(), strict=True):
        if clear[point]:
            owners.setdefault(number, set()).add(int(least[:, point].argmin()))
    assert all(len(found) == 1 for found in owners.values())


def test_reach_counts_from_the_baseline() -> None:
    narrow, full = line(10.0, 6.0).reach(24.0), line(10.0, 12.0).reach(24.0)
    for shape, nm in ((narrow, 18.0), (full, 12.0)):
        edge = shapely.get_coordinates(shapely.boundary(shape))
        middle = edge[(edge[:, 1] > 41) & (edge[:, 1] < 43)]
        away = GEOD.inv(middle[:, 0], middle[:, 1], np.full(len(middle), 10.0), middle[:, 1])[2] / 1852
        assert away == pytest.approx(nm, abs=0.02)


def test_limits_are_cut_where_the_width_changes() -> None:
    lines = np.array(
        [shapely.LineString([(20.0, 36.0), (24.0, 36.0)]), shapely.LineString([(20.0, 39.0), (21.0, 39.0)])]
    )
    table = (Width("GR", (22.0, 34.0, 30.0, 41.0), 6.0, False),)
    found = measured(lines, np.zeros(2, np.int32), ["GR"], table)
    assert sorted(zip(found.width.tolist(), shapely.length(found.lines).tolist(), strict=True)) == [
        (6.0, 2.0), (12.0, 1.0), (12.0, 2.0)
    ]  # fmt: skip
    assert measured(lines, np.zeros(2, np.int32), ["IT"], table).width.tolist() == [12.0, 12.0]


def test_limits_drawn_too_narrow_are_moved_out() -> None:
    """Six miles on a Mercator plane at 38 degrees north are 4.7 on the Earth; neighbours keep their own."""
    islet = shapely.Point(25.0, 38.0)
    drawn = buffered(
        np.array([shapely.LineString([(25.0, 38.0), (25.0, 38.001)])]), 6.0 * np.cos(np.radians(38.0))
    )
    neighbour = shapely.box(25.11, 37.5, 25.5, 38.5)
    found = grown({"GR": drawn, "TR": neighbour}, (Width("GR", (22.6, 34.0, 30.0, 41.6), 6.0, True),))
    assert found["TR"].equals(neighbour)
    assert shapely.area(shapely.intersection(found["GR"], neighbour)) < 1e-9
    edge = shapely.get_coordinates(shapely.boundary(found["GR"]))
    west = edge[edge[:, 0] < 25.0]
    away = (
        GEOD.inv(west[:, 0], west[:, 1], np.full(len(west), islet.x), np.full(len(west), islet.y))[2] / 1852
    )
    assert np.median(away) == pytest.approx(6.0, abs=0.1)


def test_the_tables_are_sound() -> None:
    known = units()
    for row in widths():
        west, south, east, north = row.box
        assert row.territory in known
        assert west < east
        assert south < north
        assert 0 < row.nm < derive_widths.FULL_NM
    assert {u.code for u in known.values() if u.archipelagic} >= {"CV", "FJ", "BS", "ID", "PH"}
