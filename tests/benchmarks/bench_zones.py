"""The zone index against a loop of prepared polygons: same points, same answers, how much faster."""

from __future__ import annotations

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
from maoc_tui.geo.zonemodel import ZoneData
from maoc_tui.geo.zones import ZoneIndex

_POINTS = 100_000


def main() -> None:
    """Print the figures."""
    path = resources.data("zones.bin")
    with tempfile.TemporaryDirectory() as folder:
        print(f"first opening, index built: {_seconds(lambda: ZoneIndex.open(path, Path(folder))):.2f} s")
        print(f"opening again: {_seconds(lambda: ZoneIndex.open(path, Path(folder))) * 1000:.0f} ms")
        index = ZoneIndex.open(path, Path(folder))
        data = zonefile.read(path)
        lat, lon = near_coasts(data, 1_000_000)
        index.locate(lat[:1000], lon[:1000])
        for n in (1, 500, 1_000_000):
            rounds = max(1, 200_000 // n) if n < 1_000_000 else 1
            spent = min(_seconds(lambda n=n: index.locate(lat[:n], lon[:n])) for _ in range(min(rounds, 200)))
            print(f"{n:>9,} points near coasts: {n / spent:,.0f}/s ({spent * 1e6:,.0f} us)")
        rng = np.random.default_rng(4)
        wide = np.degrees(np.arcsin(rng.uniform(-1, 1, 1_000_000))), rng.uniform(-180, 180, 1_000_000)
        print(f"1,000,000 points over the globe: {1e6 / _seconds(lambda: index.locate(*wide)):,.0f}/s")
        spent = min(_seconds(lambda k=k: index.nearest_lines(38.6 + k, -9.9)) for k in range(5))
        print(f"nearest lines of one position: {spent * 1000:.1f} ms")
        part = lat[:50_000], lon[:50_000]
        spent = _seconds(lambda: index.distances(*part))
        print(f"distance to the nearest territorial limit, 50,000 points: {len(part[0]) / spent:,.0f}/s")
        _compare(index, data, lat[:_POINTS], lon[:_POINTS])


def near_coasts(data: ZoneData, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Points as ships are spread: most near the coast, some in port, some anywhere."""
    rng = np.random.default_rng(9)
    land = np.array([area.kind == "land" for area in data.areas])
    coast = np.repeat(land[data.lines.left] != land[data.lines.right], np.diff(data.lines.start))
    seeds = data.lines.points[coast][rng.integers(0, int(coast.sum()), n)] * 1e-5
    away = np.where(rng.random(n) < 0.83, rng.lognormal(np.log(8.0), 1.0, n), 0.5) / 60.0
    turn = rng.uniform(0, 2 * np.pi, n)
    lat = np.clip(seeds[:, 1] + away * np.sin(turn), -85, 85)
    lon = seeds[:, 0] + away * np.cos(turn) / np.cos(np.radians(lat))
    anywhere = rng.random(n) < 0.1
    lat[anywhere] = rng.uniform(-60, 70, int(anywhere.sum()))
    lon[anywhere] = rng.uniform(-180, 180, int(anywhere.sum()))
    return lat, (lon + 180) % 360 - 180


def _compare(index: ZoneIndex, data: ZoneData, lat: np.ndarray, lon: np.ndarray) -> None:
    shapes = polygons(index, data)
    shapely.prepare(shapes)
    plain = np.full(len(lat), -1)
    start = time.perf_counter()
    boxes = shapely.bounds(shapes)
    for number, (shape, box) in enumerate(zip(shapes, boxes, strict=True)):
        (inside,) = np.nonzero((lon >= box[0]) & (lon <= box[2]) & (lat >= box[1]) & (lat <= box[3]))
        plain[inside[shapely.contains_xy(shape, lon[inside], lat[inside])]] = number
    loop = time.perf_counter() - start
    spent = _seconds(lambda: index.locate(lat, lon))
    same = int((plain == index.locate(lat, lon)).sum())
    print(f"prepared contains loop: {len(lat) / loop:,.0f}/s; the index is {loop / spent:.1f} times as fast")
    print(f"identical answers: {same:,} of {len(lat):,}")


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


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
