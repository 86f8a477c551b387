"""The zone index against geopandas and against a loop of prepared polygons: same points, same answers, how much faster.

Run: python tests/benchmarks/bench_zones.py [--quick] [--points N]. geopandas is compared when it is installed (the
extra ``bench``). Rates are by processor time, on one core.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from maoc_tui import resources
from maoc_tui.geo import zonefile
from maoc_tui.geo.zonemodel import KINDS, ZoneData
from maoc_tui.geo.zones import ZoneIndex

_SEED = 9
_QUICK = 5_000
"""Points that the slow ways look up with --quick; their rate grows with the number, so the ratio is too high then."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    points, compared = (100_000, _QUICK) if given.quick else (given.points, given.points)
    path = resources.data("zones.bin")
    with tempfile.TemporaryDirectory() as folder:
        print(f"first opening, index built: {_seconds(lambda: ZoneIndex.open(path, Path(folder))):.2f} s")
        again = min(_seconds(lambda: ZoneIndex.open(path, Path(folder))) for _ in range(5))
        print(f"opening again: {again * 1000:.0f} ms")
        index, data = ZoneIndex.open(path, Path(folder)), zonefile.read(path)
        lat, lon = as_ships(index, data, points)
        _shares(index, data, lat, lon)
        _rates(index, lat, lon)
        _distances(index, lat, lon)
        shapes = polygons(index, data)
        rate = len(lat) / _best(lambda: index.locate(lat, lon), 5)
        part = lat[:compared], lon[:compared]
        _against("prepared contains loop, whole zones", _loop, shapes, index, part, rate)
        if importlib.util.find_spec("geopandas"):
            _against("geopandas sjoin, whole zones", _sjoin, shapes, index, part, rate)
        else:
            print("geopandas is not installed, so it was not compared: pip install 'maoc-tui[bench]'")


def as_ships(index: ZoneIndex, data: ZoneData, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions as ships send them: 75 % at sea off any coast (lognormal about 8 nm), 15 % in port, 10 % anywhere.

    Off the coast means at sea: what falls on land is drawn anew; in port the coarse coast may have it on land.
    """
    rng = np.random.default_rng(_SEED)
    land = np.array([area.kind == "land" for area in data.areas])
    coast = np.repeat(land[data.lines.left] != land[data.lines.right], np.diff(data.lines.start))
    seeds = data.lines.points[coast][rng.integers(0, int(coast.sum()), 2 * n)] * 1e-5
    port = rng.random(2 * n) < 1 / 6
    away = np.where(port, 0.5, rng.lognormal(np.log(8.0), 1.0, 2 * n)) / 60.0
    turn = rng.uniform(0, 2 * np.pi, 2 * n)
    lat = np.clip(seeds[:, 1] + away * np.sin(turn), -85, 85)
    lon = (seeds[:, 0] + away * np.cos(turn) / np.cos(np.radians(lat)) + 180) % 360 - 180
    kept = np.flatnonzero(port | ~land[index.locate(lat, lon)])[:n]
    lat, lon = lat[kept], lon[kept]
    anywhere = rng.random(len(lat)) < 0.1
    lat[anywhere] = rng.uniform(-60, 70, int(anywhere.sum()))
    lon[anywhere] = rng.uniform(-180, 180, int(anywhere.sum()))
    return lat, lon


def _shares(index: ZoneIndex, data: ZoneData, lat: np.ndarray, lon: np.ndarray) -> None:
    found = index.locate(lat, lon)
    kinds = np.array([KINDS.index(area.kind) for area in data.areas])[found]
    shares = ", ".join(
        f"{kind} {100 * (kinds == k).mean():.1f} %" for k, kind in enumerate(KINDS) if (kinds == k).any()
    )
    print(f"{len(lat):,} points in {len(np.unique(found))} of {len(data.areas)} areas: {shares}")


def _rates(index: ZoneIndex, lat: np.ndarray, lon: np.ndarray) -> None:
    for n in (1, 500, len(lat)):
        starts = range(0, len(lat) - n + 1, max(n, len(lat) // 200))
        spent = min(_best(lambda a=a, n=n: index.locate(lat[a : a + n], lon[a : a + n]), 5) for a in starts)
        usual = np.median(
            [_best(lambda a=a, n=n: index.locate(lat[a : a + n], lon[a : a + n]), 2) for a in starts]
        )
        print(
            f"{n:>9,} points: {n / usual:,.0f}/s usually, {n / spent:,.0f}/s at best ({usual * 1e6:,.0f} us)"
        )
    one = [_best(lambda a=a: index.locate(lat[a], lon[a]), 5) for a in range(0, 2000, 10)]
    print(f"one point as a number: {np.median(one) * 1e6:.0f} us usually, {max(one) * 1e6:.0f} us at worst")


def _distances(index: ZoneIndex, lat: np.ndarray, lon: np.ndarray) -> None:
    part = lat[:50_000], lon[:50_000]
    spent = _best(lambda: index.distances(*part), 5)
    print(
        f"distance and bearing to the nearest territorial limit, {len(part[0]):,} points: {len(part[0]) / spent:,.0f}/s"
    )
    each = [_best(lambda k=k: index.nearest_lines(lat[k], lon[k]), 3) for k in range(100)]
    print(
        f"nearest lines of all kinds, one position: {np.median(each) * 1000:.1f} ms usually,"
        f" {max(each) * 1000:.1f} ms at worst"
    )


def _against(
    name: str,
    way: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
    shapes: np.ndarray,
    index: ZoneIndex,
    part: tuple[np.ndarray, np.ndarray],
    rate: float,
) -> None:
    """One other way of asking: its rate, how many times that the index makes, and whether the answers agree."""
    start = time.process_time()
    other = way(shapes, *part)
    its = len(part[0]) / (time.process_time() - start)
    same = int((other == index.locate(*part)).sum())
    print(f"{name}: {its:,.0f}/s; the index {rate:,.0f}/s, {rate / its:,.1f} times as fast;", end=" ")
    print(f"identical answers {same:,} of {len(part[0]):,}")


def _loop(shapes: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    shapely.prepare(shapes)
    found = np.full(len(lat), -1)
    for number, (shape, box) in enumerate(zip(shapes, shapely.bounds(shapes), strict=True)):
        (inside,) = np.nonzero((lon >= box[0]) & (lon <= box[2]) & (lat >= box[1]) & (lat <= box[3]))
        found[inside[shapely.contains_xy(shape, lon[inside], lat[inside])]] = number
    return found


def _sjoin(shapes: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    import geopandas

    zones = geopandas.GeoDataFrame(geometry=shapes, crs="EPSG:4326")
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs="EPSG:4326")
    joined = geopandas.sjoin(points, zones, predicate="within", how="inner")
    found = np.full(len(lat), -1)
    found[joined.index.to_numpy()] = joined["index_right"].to_numpy()
    return found


def polygons(index: ZoneIndex, data: ZoneData) -> np.ndarray:
    """One shape per area, put together from the lines: what a program without an index would load."""
    lines = data.lines
    chains = [lines.points[a:b] * 1e-5 for a, b in zip(lines.start[:-1], lines.start[1:], strict=True)]
    faces = shapely.get_parts(
        shapely.polygonize([shapely.union_all([shapely.linestrings(chain) for chain in chains])])
    )
    inside = shapely.point_on_surface(faces)
    area = index.locate(shapely.get_y(inside), shapely.get_x(inside))
    return np.array([shapely.multipolygons(faces[area == number]) for number in range(len(data.areas))])


def _best(work: Callable[[], object], rounds: int) -> float:
    """Least processor time of several rounds, seconds: what others do on the machine stays out of it."""
    return min(_process(work) for _ in range(rounds))


def _process(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
