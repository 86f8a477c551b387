"""The shipped zones: places an officer knows, and an independent point model of the whole sea."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from scipy.spatial import cKDTree

from maoc_tui import resources
from maoc_tui.geo import zonefile
from maoc_tui.geo.zonemodel import ZoneData
from maoc_tui.geo.zones import ZoneIndex

GEOD = pyproj.Geod(ellps="WGS84")
PLACES = [
    ("Tagus mouth", 38.63, -9.40, "territorial", ("PT",), "agreed"),
    ("Strait of Gibraltar, north", 35.98, -5.60, "territorial", ("ES",), "agreed"),
    ("Strait of Gibraltar, south", 35.88, -5.75, "territorial", ("MA",), "agreed"),
    ("Gibraltar roads", 36.13, -5.38, "territorial", ("GB", "ES"), "disputed"),
    ("Ceuta", 35.92, -5.30, "territorial", ("ES", "MA"), "disputed"),
    ("Melilla", 35.33, -2.90, "territorial", ("ES", "MA"), "disputed"),
    ("Alboran", 35.95, -3.00, "territorial", ("ES",), "agreed"),
    ("off Tenerife", 28.05, -16.90, "territorial", ("ES",), "agreed"),
    ("Western Sahara, far out", 24.6, -17.4, "eez", ("EH", "MA"), "disputed"),
    ("Western Sahara, 24 nm", 24.0, -16.25, "contiguous", ("EH", "MA"), "disputed"),
    ("Western Sahara", 25.0, -16.0, "eez", ("EH", "MA"), "disputed"),
    ("between the groups of the Azores", 39.3, -29.9, "eez", ("PT",), "agreed"),
    ("west of the Azores", 42.0, -36.5, "high_seas", (), "agreed"),
    ("the gap between Azores and Madeira", 36.1, -20.4, "high_seas", (), "agreed"),
    ("where missing positions fall", 0.0, 0.0, "high_seas", (), "agreed"),
    ("the Caspian", 42.0, 50.5, "eez", ("AZ",), "unsettled"),
    ("Cabo Verde", 16.0, -24.0, "territorial", ("CV",), "agreed"),
    ("Sint Maarten", 17.98, -63.10, "territorial", ("NL",), "agreed"),
    ("Saint Martin", 18.12, -63.10, "territorial", ("FR",), "agreed"),
    ("Dover Strait, English side", 51.03, 1.40, "territorial", ("GB",), "agreed"),
    ("Dover Strait, French side", 50.92, 1.50, "territorial", ("FR",), "agreed"),
    ("Cape Town", -33.90, 18.30, "territorial", ("ZA",), "agreed"),
    ("Lofoten", 68.0, 12.5, "territorial", ("NO",), "agreed"),
    ("Martinique", 14.6, -61.25, "territorial", ("FR",), "agreed"),
    ("Guadeloupe", 16.2, -61.9, "territorial", ("FR",), "agreed"),
    ("Réunion", -21.0, 55.1, "territorial", ("FR",), "agreed"),
    ("Falklands", -51.7, -61.6, "territorial", ("GB", "AR"), "disputed"),
    ("Rockall", 57.6, -13.9, "territorial", ("GB",), "agreed"),
    ("200 nm west of Rockall is nobody's", 57.6, -19.2, "high_seas", (), "agreed"),
    ("Ecuador's 200 nm claim is an EEZ here", -1.5, -84.0, "eez", ("EC",), "agreed"),
    ("Fiji, east of the antimeridian", -17.5, -179.5, "territorial", ("FJ",), "agreed"),
    ("the Aegean", 37.3, 25.0, "contiguous", ("GR",), "agreed"),
    ("North Pole", 90.0, 0.0, "high_seas", (), "agreed"),
    ("Ross Sea", -70.0, -170.0, "high_seas", (), "agreed"),
    ("inland", 40.0, -4.0, "land", ("ES",), "agreed"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> ZoneIndex:
    return ZoneIndex.open(resources.data("zones.bin"))


@pytest.fixture(scope="module")
def data() -> ZoneData:
    return zonefile.read(resources.data("zones.bin"))


@pytest.mark.parametrize(
    ("place", "lat", "lon", "kind", "states", "status"), PLACES, ids=[p[0] for p in PLACES]
)
def test_known_places(index: ZoneIndex, place, lat, lon, kind, states, status) -> None:
    area = index.areas[index.locate(lat, lon)[0]]
    assert (area.kind, area.states, area.status) == (kind, states, status)


def test_the_file_is_small_and_says_whose_it_is(data: ZoneData) -> None:
    assert resources.data("zones.bin").stat().st_size <= 12_000_000
    assert "OpenStreetMap" in data.dataset.attribution
    assert data.dataset.licence == "ODbL-1.0"
    assert set(data.lines.basis.tolist()) <= {1, 2}
    sorts = dict(data.dataset.accuracy)
    assert "indicative" in sorts["eez/equidistance"]
    assert all(len(area.short) <= 12 for area in data.areas)


def _limits(data: ZoneData) -> tuple[np.ndarray, np.ndarray, list[tuple[str, ...]]]:
    """Points every 0.3 nm on the seaward limits that EEZs are measured from, with the states behind them."""
    lines, areas = data.lines, data.areas
    points, states, who = [], [], []
    for i in range(len(lines)):
        a, b = (areas[x] if x >= 0 else None for x in (lines.left[i], lines.right[i]))
        if not a or not b:
            continue
        inner, outer = sorted((a, b), key=lambda area: area.kind != "territorial")
        if inner.kind != "territorial" or outer.kind not in ("contiguous", "eez", "high_seas"):
            continue
        if inner.territory in ("GI", "GB-RK", "ES-CE", "ES-ML"):
            continue
        chain = lines.points[lines.start[i] : lines.start[i + 1]] * 1e-5
        steps = np.maximum(1, (np.abs(np.diff(chain, axis=0)).max(axis=1) / 0.005).astype(int))
        dense = [
            chain[k] + (chain[k + 1] - chain[k]) * (np.arange(n) / n)[:, None] for k, n in enumerate(steps)
        ]
        points.append(np.concatenate([*dense, chain[-1:]]))
        if inner.states not in who:
            who.append(inner.states)
        states.append(np.full(len(points[-1]), who.index(inner.states)))
    return np.concatenate(points), np.concatenate(states), who


def _chord(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    x, y, z = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True).transform(
        lon, lat, lat * 0
    )
    return np.column_stack([x, y, z])


def compared(
    index: ZoneIndex, data: ZoneData, lat: np.ndarray, lon: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of points beyond the territorial sea and 0.1 nm from every line: their numbers, and whether both agree.

    Kind and state come from nothing but geodesic distances to the territorial seas' limits.
    """
    found = [index.areas[i] for i in index.locate(lat, lon)]
    (sea,) = np.nonzero([area.kind in ("contiguous", "eez", "high_seas") for area in found])
    points, state, who = _limits(data)
    _, near = cKDTree(_chord(points[:, 1], points[:, 0])).query(_chord(lat[sea], lon[sea]), k=40)
    many = [np.repeat(values[sea], near.shape[1]) for values in (lon, lat)]
    metres = GEOD.inv(*many, points[near.ravel(), 0], points[near.ravel(), 1])[2].reshape(near.shape)
    first = metres.argmin(axis=1)[:, None]
    nm = np.take_along_axis(metres, first, 1)[:, 0] / 1852
    owner = state[np.take_along_axis(near, first, 1)[:, 0]]
    lines, _ = index.distances(lat[sea], lon[sea], ("territorial", "contiguous", "eez"))
    clear = np.nanmin(lines, axis=1) >= 0.1
    kind = np.where(nm < 12, "contiguous", np.where(nm < 188, "eez", "high_seas"))
    agrees = [
        (found[i].kind, found[i].states) == (k, who[o] if k != "high_seas" else ())
        for i, k, o in zip(sea, kind, owner, strict=True)
    ]
    return sea[clear], np.array(agrees)[clear]


def test_the_point_model_agrees(index: ZoneIndex, data: ZoneData) -> None:
    """The benchmark bench_zone_model.py does the same with 100,000 points, by region."""
    rng = np.random.default_rng(11)
    lat, lon = np.degrees(np.arcsin(rng.uniform(-0.9, 0.98, 8_000))), rng.uniform(-180, 180, 8_000)
    chosen, agrees = compared(index, data, lat, lon)
    assert len(chosen) > 4_000
    assert agrees.mean() >= 0.999


def test_single_points_and_bulk_agree(index: ZoneIndex, data: ZoneData) -> None:
    rng = np.random.default_rng(2)
    lines = data.lines.points[rng.integers(0, len(data.lines.points), 20_000)] * 1e-5
    lat = np.clip(lines[:, 1] + rng.normal(0, 0.02, len(lines)), -90, 90)
    lon = lines[:, 0] + rng.normal(0, 0.02, len(lines))
    found = index.locate(lat, lon)
    assert (found >= 0).all()
    alone = [int(index.locate(lat[i], lon[i])[0]) for i in range(0, len(lat), 97)]
    assert alone == found[::97].tolist()
