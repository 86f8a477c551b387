"""Official areas over derived ones: checked point by point against plain shapely, and line by line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from zone_world import TABLE, sources

from maoc_tui.geo import zonefile
from maoc_tui.geo.combine import Combined, combine, linestrings
from maoc_tui.geo.derive import build
from maoc_tui.geo.official import OfficialArea, Source
from maoc_tui.geo.official_shapes import settled
from maoc_tui.geo.zonemodel import BASES, Area, Dataset, ZoneData
from maoc_tui.geo.zones import ZoneIndex

SOURCE = Source("Test Office", "v1", "CC-BY-4.0", "Test Office")
ABOUT = Dataset("combined", "v1", "2026-11-22", "x", "x")
BOX = shapely.box(5.0, 36.0, 25.0, 45.0)
"""Where the points of the comparison lie."""


@pytest.fixture(scope="module")
def world() -> ZoneData:
    return build(sources(), TABLE)


@pytest.fixture(scope="module")
def index(world: ZoneData) -> ZoneIndex:
    return ZoneIndex.of(world)


def official(
    kind: str, states: str, shape: object, status: str = "agreed", territory: str = ""
) -> OfficialArea:
    codes = tuple(states.split("/")) if states else ()
    ground = territory or (codes[0] if codes else "")
    return OfficialArea(kind, codes, status, f"{states} {kind}", ground, SOURCE, settled(shape)[0])


def grown(code: str, by: float) -> object:
    return shapely.buffer(sources().borders[code], by)


def points(count: int = 6000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    west, south, east, north = BOX.bounds
    return rng.uniform(south, north, count), rng.uniform(west, east, count)


def seen(made: Combined, lat: np.ndarray, lon: np.ndarray) -> list[Area]:
    held = ZoneIndex.of(made.data)
    return [held.areas[i] for i in held.locate(lat, lon)]


def near(made: Combined, lat: np.ndarray, lon: np.ndarray, shapes: Sequence[object]) -> np.ndarray:
    """Points so close to a line that the lattice may decide."""
    lines = shapely.STRtree([*linestrings(made.data), *shapely.boundary(np.array(shapes))])
    found = np.zeros(len(lat), bool)
    found[lines.query(shapely.points(lon, lat), predicate="dwithin", distance=5e-5)[0]] = True
    return found


RANK = {"land": 0, "internal": 1, "archipelagic": 2, "territorial": 3, "contiguous": 4, "joint": 4.5, "eez": 5,
        "high_seas": 7}  # fmt: skip


def plain(
    areas: list[OfficialArea], derived: Area, lon: float, lat: float
) -> tuple[str, frozenset[str], str]:
    """The rules again, in their simplest form, for a point that lies in some official area."""
    over = [a for a in areas if shapely.contains_xy(a.shape, lon, lat)]
    best = min(over, key=lambda a: RANK[a.kind])
    shared = {s for a in over for s in a.states} & set(derived.states)
    if RANK[derived.kind] < RANK[best.kind] and (derived.kind == "land" or shared):
        return derived.kind, frozenset(derived.states), "derived"
    same = [a for a in over if a.kind == best.kind]
    return best.kind, frozenset(s for a in same for s in a.states), "official"


def test_inside_official_areas_the_rules_hold_point_by_point(world: ZoneData, index: ZoneIndex) -> None:
    areas = [
        official(
            "territorial", "AA", shapely.box(9.7, 39.7, 11.3, 41.3).difference(shapely.box(10, 40, 11, 41))
        ),
        official("eez", "AA", shapely.box(7.0, 37.0, 12.2, 43.0).difference(shapely.box(10, 40, 11, 41))),
        official("eez", "BB", shapely.box(11.9, 37.5, 15.5, 43.5)),
        official("joint", "AA/BB", shapely.box(11.0, 42.0, 13.0, 42.7), "joint"),
        official("high_seas", "", shapely.box(15.5, 36.0, 18.0, 39.0)),
    ]
    made = combine(world, areas, ABOUT)
    lat, lon = points()
    got, close = seen(made, lat, lon), near(made, lat, lon, [a.shape for a in areas])
    before = [index.areas[i] for i in index.locate(lat, lon)]
    inside = shapely.contains_xy(shapely.union_all([a.shape for a in areas]), lon, lat)
    checked = 0
    for i in np.flatnonzero(inside & ~close):
        kind, states, basis = plain(areas, before[i], lon[i], lat[i])
        assert (got[i].kind, frozenset(got[i].states), got[i].basis) == (kind, states, basis), (
            lat[i],
            lon[i],
        )
        checked += 1
    assert checked > 800
    held = {(a.kind, a.states, a.status) for a in made.data.areas if a.basis == "official"}
    assert ("eez", ("AA", "BB"), "disputed") in held
    assert ("joint", ("AA", "BB"), "joint") in held


def test_elsewhere_derived_areas_stay(world: ZoneData, index: ZoneIndex) -> None:
    made = combine(world, [official("territorial", "BB", grown("BB", 0.05))], ABOUT)
    lat, lon = points()
    got = seen(made, lat, lon)
    outside = ~shapely.contains_xy(grown("BB", 0.06), lon, lat) & ~near(made, lat, lon, [BOX])
    for i, number in enumerate(index.locate(lat, lon)):
        if outside[i]:
            was = index.areas[number]
            assert (got[i].kind, got[i].states, got[i].basis) == (was.kind, was.states, was.basis)


@pytest.mark.parametrize("by", [-0.06, 0.06])
def test_an_official_limit_replaces_the_derived_one(world: ZoneData, by: float) -> None:
    """Drawn in or out, the only territorial sea left is the official one; what is given up goes to the zone beyond."""
    shape = grown("BB", by)
    made = combine(
        world, [official("territorial", "BB", shape.difference(shapely.box(13, 40.2, 14, 41.4)))], ABOUT
    )
    lat, lon = points(20_000)
    got, close = seen(made, lat, lon), near(made, lat, lon, [shape])
    ring = shapely.contains_xy(grown("BB", 0.1), lon, lat) & ~close
    assert ring.sum() > 200
    for i in np.flatnonzero(ring):
        land = shapely.contains_xy(shapely.box(13, 40.2, 14, 41.4), lon[i], lat[i])
        inside = shapely.contains_xy(shape, lon[i], lat[i])
        expected = "land" if land else "territorial" if inside else "contiguous"
        assert (got[i].kind, got[i].states) == (expected, ("BB",))
        assert got[i].basis == ("official" if expected == "territorial" else "derived")
    assert bool(made.given_up) == (by < 0)


def test_partial_keeps_the_derived_rest(world: ZoneData) -> None:
    half = official("territorial", "BB", grown("BB", 0.0).intersection(shapely.box(13.5, 39, 16, 43)))
    whole, part = combine(world, [half], ABOUT), combine(world, [half], ABOUT, partial=True)
    west = [40.8], [12.9]
    assert (seen(part, *map(np.array, west))[0].kind, part.given_up) == ("territorial", ())
    assert seen(whole, *map(np.array, west))[0].kind == "contiguous"
    ((kind, territory, share),) = whole.given_up
    assert (kind, territory) == ("territorial", "BB")
    assert 0.3 < share < 0.7


def test_other_parts_and_territories_of_a_state_stay(world: ZoneData, index: ZoneIndex) -> None:
    """Aland's cay is a territory of its own; data for the mainland take nothing from it."""
    made = combine(world, [official("territorial", "AA", shapely.box(9.9, 39.9, 11.1, 41.1))], ABOUT)
    (cay,) = seen(made, np.array([40.5]), np.array([20.15]))
    was = index.areas[index.locate(40.5, 20.15)[0]]
    assert (cay.kind, cay.territory, cay.basis) == (was.kind, "CC", "derived")


def test_a_bay_behind_the_official_baseline_stays_territorial(world: ZoneData) -> None:
    land = shapely.box(13.0, 40.2, 14.0, 41.4)
    belt = grown("BB", 0.0).difference(shapely.buffer(land, 0.05))
    (bay,) = seen(
        combine(world, [official("territorial", "BB", belt)], ABOUT), np.array([40.8]), np.array([12.97])
    )
    assert (bay.kind, bay.states, bay.basis) == ("territorial", ("BB",), "derived")


def test_lines_say_what_they_rest_on(world: ZoneData, index: ZoneIndex) -> None:
    shape = shapely.box(12.6, 39.8, 14.5, 41.7)
    made = combine(world, [official("territorial", "BB", shape)], ABOUT)
    lines, ring = made.data.lines, shapely.boundary(shape)
    drawn = linestrings(made.data)
    on_ring = shapely.length(shapely.intersection(drawn, shapely.buffer(ring, 4e-5)))
    for i in range(len(lines)):
        sides = [made.data.areas[a] for a in (lines.left[i], lines.right[i]) if a >= 0]
        basis = BASES[lines.basis[i]]
        if basis == "official":
            assert on_ring[i] == pytest.approx(drawn[i].length, abs=1e-3)
            assert any((a.basis, a.source, a.edition) == ("official", "Test Office", "v1") for a in sides)
        else:
            assert on_ring[i] < 1e-3 or all(a.basis != "official" for a in sides)
    total = sum(line.length for line, b in zip(drawn, lines.basis, strict=True) if BASES[b] == "official")
    assert total == pytest.approx(ring.length, abs=1e-3)
    old = {BASES[b] for b in world.lines.basis}
    assert old <= {BASES[b] for b in lines.basis}
    told = ZoneIndex.of(made.data).nearest_lines(40.8, 12.5)
    assert next(line for line in told if line.kind == "territorial").basis == "official"


def test_a_hair_of_overlap_is_no_dispute(world: ZoneData) -> None:
    left = official("eez", "AA", shapely.box(8, 42.5, 12.00005, 43.5))
    right = official("eez", "BB", shapely.box(12.0, 42.5, 15, 43.5))
    made = combine(world, [left, right], ABOUT)
    assert not [a for a in made.data.areas if a.basis == "official" and a.status == "disputed"]


def test_over_the_antimeridian(world: ZoneData) -> None:
    shape = shapely.multipolygons(
        [shapely.box(179.5, -17.4, 180, -16.2), shapely.box(-180, -17.4, -179.5, -16.2)]
    )
    made = combine(world, [official("territorial", "DD", shape)], ABOUT)
    held = ZoneIndex.of(made.data)
    for lat in (-17.3, -16.3):
        at = held.locate([lat] * 4, [179.99999, 180.0, -179.99999, -180.0])
        assert len(set(at.tolist())) == 1
        assert (held.areas[at[0]].kind, held.areas[at[0]].basis) == ("territorial", "official")


def test_the_result_is_a_zone_file_and_always_the_same(world: ZoneData, tmp_path) -> None:
    areas = [
        official("territorial", "BB", grown("BB", 0.03)),
        official("eez", "AA", shapely.box(7, 37, 12, 43)),
    ]
    for name in ("one", "two"):
        zonefile.write(tmp_path / name, combine(world, areas, ABOUT).data)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    back = zonefile.read(tmp_path / "one")
    assert zonefile.about(tmp_path / "one") == (back.dataset, len(back.areas))
    for number, area in enumerate(back.areas):
        assert area.id == number
    faces = shapely.get_parts(shapely.polygonize(linestrings(back)))
    assert shapely.area(faces).sum() == pytest.approx(360 * 180, abs=1e-3)
    cut = shapely.polygonize_full(linestrings(back))
    assert [len(shapely.get_parts(part)) for part in cut[1:3]] == [0, 0]
