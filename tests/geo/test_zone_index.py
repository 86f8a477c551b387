"""The index gives what plain geometry gives: areas, distances, candidates; the format comes back as it went."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from zone_world import TABLE, sources

from maoc_tui.geo import zonefile
from maoc_tui.geo.derive import build
from maoc_tui.geo.zonemodel import BASES, KINDS, STATUSES, Area, Dataset, Lines, ZoneData
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput, StoreProblem


@pytest.fixture(scope="module")
def world() -> ZoneData:
    return build(sources(), TABLE)


@pytest.fixture(scope="module")
def index(world: ZoneData) -> ZoneIndex:
    return ZoneIndex.of(world)


def polygons(world: ZoneData, index: ZoneIndex) -> dict[int, object]:
    """Each area as a shapely polygon, from its lines alone."""
    lines = world.lines
    chains = [lines.points[a:b] * 1e-5 for a, b in zip(lines.start, lines.start[1:], strict=False)]
    found = {}
    for area in world.areas:
        mine = [
            shapely.LineString(chains[i])
            for i in range(len(lines))
            if area.id in (lines.left[i], lines.right[i])
        ]
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all(mine)]))
        inside = shapely.point_on_surface(faces)
        ids = index.locate(shapely.get_y(inside), shapely.get_x(inside))
        found[area.id] = shapely.union_all(faces[ids == area.id])
    return found


def test_areas_tile_the_world(world: ZoneData, index: ZoneIndex) -> None:
    shapes = polygons(world, index)
    total = sum(shape.area for shape in shapes.values())
    assert total == pytest.approx(360.0 * 180.0, abs=1e-4)
    assert shapely.union_all(list(shapes.values())).area == pytest.approx(360.0 * 180.0, abs=1e-4)


def test_locate_equals_plain_contains(world: ZoneData, index: ZoneIndex) -> None:
    rng = np.random.default_rng(3)
    lat = np.concatenate(
        [rng.uniform(36, 45, 20_000), rng.uniform(-21, -12, 5_000), rng.uniform(-90, 90, 2_000)]
    )
    lon = np.concatenate(
        [rng.uniform(5, 25, 20_000), rng.uniform(174, 186, 5_000), rng.uniform(-180, 180, 2_000)]
    )
    folded = (lon + 180) % 360 - 180
    found = index.locate(lat, lon)
    for number, shape in polygons(world, index).items():
        shapely.prepare(shape)
        inside = shapely.contains_xy(shape, folded, lat)
        assert (found[inside] == number).all()
        assert not shapely.contains_xy(shape, folded[found != number], lat[found != number]).any()


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(allow_nan=True, allow_infinity=True),
)
def test_any_number_has_an_answer(index: ZoneIndex, lat: float, lon: float) -> None:
    found = int(index.locate(lat, lon)[0])
    possible = math.isfinite(lon) and abs(lat) <= 90
    assert (found >= 0) == possible
    index.nearest_lines(lat, lon)
    assert (found in index.candidates(lat, lon, 5.0)) == possible


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_one_point_and_many_agree(index: ZoneIndex, lat: float, lon: float) -> None:
    one = index.locate(lat, lon)[0]
    assert (index.locate([lat] * 3, [lon, lon + 360, lon - 360])[:1] == one).all()
    assert (index.locate([lat, 0.0, lat], [lon, 0.0, lon])[[0, 2]] == one).all()


def test_points_on_lines_and_vertices_have_one_of_both_sides(world: ZoneData, index: ZoneIndex) -> None:
    lines = world.lines
    owner = np.repeat(np.arange(len(lines)), np.diff(lines.start))
    lon, lat = lines.points[:, 0] / 1e5, lines.points[:, 1] / 1e5
    found = index.locate(lat, lon)
    touching: dict[tuple[int, int], set[int]] = {}
    for i, (x, y) in enumerate(lines.points.tolist()):
        sides = touching.setdefault((-18_000_000 if x == 18_000_000 else x, y), set())
        sides |= {int(lines.left[owner[i]]), int(lines.right[owner[i]])}
    for i, (x, y) in enumerate(lines.points.tolist()):
        assert int(found[i]) in touching[(-18_000_000 if x == 18_000_000 else x, y)]


def test_empty_in_empty_out(index: ZoneIndex) -> None:
    assert index.locate([], []).shape == (0,)
    assert index.locate(np.zeros((2, 3)), np.zeros((2, 3))).shape == (2, 3)


def _brute(world: ZoneData, kind: str, lat: float, lon: float) -> float:
    lines, best = world.lines, math.inf
    for i in range(len(lines)):
        if min(lines.left[i], lines.right[i]) < 0:
            continue
        a, b = world.areas[lines.left[i]], world.areas[lines.right[i]]
        if a.kind == b.kind and a.states == b.states:
            continue
        if min(KINDS.index(a.kind), KINDS.index(b.kind)) != KINDS.index(kind):
            continue
        chain = shapely.LineString(lines.points[lines.start[i] : lines.start[i + 1]] * 1e-5)
        points = shapely.get_coordinates(shapely.segmentize(chain, 0.001))
        rough = np.hypot((points[:, 0] - lon) * math.cos(math.radians(lat)), points[:, 1] - lat)
        for x, y in points[np.argsort(rough)[:10]]:
            best = min(best, Geodesic.WGS84.Inverse(lat, lon, y, x)["s12"] / 1852)
    return best


@pytest.mark.parametrize(
    ("lat", "lon"), [(40.55, 11.9), (40.9, 11.35), (39.0, 20.4), (43.5, 13.0), (40.5, 10.4)]
)
def test_distances_are_geodesic(world: ZoneData, index: ZoneIndex, lat: float, lon: float) -> None:
    told: dict[str, float] = {}
    for line in index.nearest_lines(lat, lon):
        told[line.kind] = min(line.distance_nm, told.get(line.kind, math.inf))
        end = Geodesic.WGS84.Direct(lat, lon, line.bearing, line.distance_nm * 1852)
        step = 0.03 / 60
        around = index.locate(
            end["lat2"] + np.array([step, -step, 0, 0]), end["lon2"] + np.array([0, 0, step, -step])
        )
        assert len(set(around.tolist())) > 1  # the foot stands on a line
    assert set(told) == {"land", "territorial", "contiguous", "eez"}
    for kind, distance in told.items():
        assert distance == pytest.approx(_brute(world, kind, lat, lon), abs=0.01)


def test_a_circle_touches_what_its_edge_reaches(index: ZoneIndex) -> None:
    nearest = min(line.distance_nm for line in index.nearest_lines(40.5, 12.0))
    assert len(index.candidates(40.5, 12.0, nearest - 0.02)) == 1
    assert len(index.candidates(40.5, 12.0, nearest + 0.02)) == 2
    assert index.candidates(40.5, 12.0, 0.0) == index.locate(40.5, 12.0).tolist()


def test_outlines_follow_the_lines(world: ZoneData, index: ZoneIndex) -> None:
    drawn = index.outlines()
    assert {line.kind for line in drawn} == {"territorial", "contiguous", "eez"}
    assert any(line.status == "disputed" for line in drawn)
    whole = shapely.multipoints(world.lines.points * 1e-5)
    for line in drawn:
        assert line.lon.dtype == np.float32
        assert len(line.lon) == len(line.lat)
        ends = shapely.points([line.lon[0], line.lon[-1]], [line.lat[0], line.lat[-1]])
        assert shapely.distance(ends, whole).max() < 1e-4
    assert 0 < sum(len(line.lon) for line in drawn) < len(world.lines.points)


def test_outlines_come_with_the_kept_index_and_without_shapely(world: ZoneData, tmp_path) -> None:
    path = tmp_path / "zones.bin"
    zonefile.write(path, world)
    built = ZoneIndex.open(path, tmp_path / "kept").outlines()
    asked = (
        "import sys; from pathlib import Path; from maoc_tui.geo.zones import ZoneIndex;"
        f"drawn = ZoneIndex.open(Path({str(path)!r}), Path({str(tmp_path / 'kept')!r})).outlines();"
        "print(len(drawn), sum(len(line.lon) for line in drawn), 'shapely' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said.split() == [str(len(built)), str(sum(len(line.lon) for line in built)), "False"]


def test_building_is_announced_and_old_indexes_of_other_data_go(world: ZoneData, tmp_path) -> None:
    path, kept = tmp_path / "zones.bin", tmp_path / "kept"
    zonefile.write(path, world)
    kept.mkdir()
    for name, days in (("zones-old.index", 31), ("zones-newer.index", 29), ("mine.txt", 99)):
        (kept / name).write_bytes(b"")
        os.utime(kept / name, (time.time() - days * 86_400,) * 2)
    told: list[str] = []
    ZoneIndex.open(path, kept, on_build=lambda: told.append("building"))
    mine = next(file for file in kept.iterdir() if file.name not in ("zones-newer.index", "mine.txt"))
    os.utime(mine, (time.time() - 31 * 86_400,) * 2)
    ZoneIndex.open(path, kept, on_build=lambda: told.append("again"))
    assert told == ["building"]
    assert {file.name for file in kept.iterdir()} == {"zones-newer.index", "mine.txt", mine.name}
    assert time.time() - mine.stat().st_mtime < 60


def test_the_index_is_kept_and_opened_again(world: ZoneData, index: ZoneIndex, tmp_path) -> None:
    path = tmp_path / "zones.bin"
    zonefile.write(path, world)
    rng = np.random.default_rng(5)
    lat, lon = rng.uniform(-90, 90, 5000), rng.uniform(-180, 180, 5000)
    first = ZoneIndex.open(path, tmp_path / "kept")
    (kept,) = (tmp_path / "kept").iterdir()
    again = ZoneIndex.open(path, tmp_path / "kept")
    whole = kept.read_bytes()
    kept.unlink()
    kept.write_bytes(whole[:-100])
    mended = ZoneIndex.open(path, tmp_path / "kept")
    for one in (first, again, mended):
        assert one.areas == world.areas
        assert one.dataset == world.dataset
        assert (one.locate(lat, lon) == index.locate(lat, lon)).all()
        assert one.nearest_lines(40.5, 12.0) == index.nearest_lines(40.5, 12.0)


def test_a_folder_that_cannot_be_written_is_no_error(world: ZoneData, tmp_path) -> None:
    path = tmp_path / "zones.bin"
    zonefile.write(path, world)
    (tmp_path / "file").write_text("")
    assert ZoneIndex.open(path, tmp_path / "file" / "below").areas == world.areas


def test_damage_is_told(world: ZoneData, tmp_path) -> None:
    path = tmp_path / "zones.bin"
    with pytest.raises(StoreProblem, match="missing"):
        zonefile.read(path)
    path.write_bytes(b"not a zone file at all, nothing like it")
    with pytest.raises(BadInput, match="not a zone file"):
        zonefile.read(path)
    zonefile.write(path, world)
    whole = path.read_bytes()
    for cut in (whole[:10], whole[:200], whole[:-1], whole[:-50] + b"x" * 50):
        path.write_bytes(cut)
        with pytest.raises(StoreProblem, match="damaged"):
            zonefile.read(path)
    path.write_bytes(whole[:8] + b"\x63\x00" + whole[10:])
    with pytest.raises(BadInput, match="format 99"):
        zonefile.read(path)


_areas = st.builds(
    Area,
    id=st.just(0),
    kind=st.sampled_from(KINDS),
    states=st.lists(st.sampled_from(["PT", "ES", "NA"]), unique=True, max_size=3).map(tuple),
    status=st.sampled_from(STATUSES),
    basis=st.sampled_from(BASES),
    name=st.text(max_size=20),
    territory=st.sampled_from(["", "PT", "ES-CE"]),
    source=st.just("derived"),
    edition=st.text(max_size=10),
)
_chain = st.lists(
    st.tuples(st.integers(-18_000_000, 18_000_000), st.integers(-9_000_000, 9_000_000)),
    min_size=2,
    max_size=6,
)


@settings(max_examples=60)
@given(
    areas=st.lists(_areas, min_size=1, max_size=4),
    chains=st.lists(_chain, min_size=1, max_size=5),
    data=st.data(),
)
def test_the_format_brings_back_what_went_in(tmp_path_factory, areas, chains, data) -> None:
    areas = tuple(Area(i, *(getattr(a, f) for f in Area.__slots__[1:])) for i, a in enumerate(areas))
    side = st.lists(st.integers(-1, len(areas) - 1), min_size=len(chains), max_size=len(chains))
    sides = [np.array(data.draw(side), np.int32) for _ in range(2)]
    start = np.concatenate([[0], np.cumsum([len(c) for c in chains])])
    lines = Lines(
        *sides, np.zeros(len(chains), np.uint8), start, np.array([p for c in chains for p in c], np.int32)
    )
    held = ZoneData(Dataset("n", "e", "2020-01-01", "l", "a", ("s",), (("a", "b"),)), areas, lines)
    path = tmp_path_factory.mktemp("zones") / "z.bin"
    zonefile.write(path, held)
    back = zonefile.read(path)
    assert (back.dataset, back.areas) == (held.dataset, held.areas)
    for name in ("left", "right", "basis", "start", "points"):
        assert (getattr(back.lines, name) == getattr(lines, name)).all()
