"""The shipped zones: places an officer knows, and an independent point model of the whole sea."""

from __future__ import annotations

import csv
import json

import numpy as np
import pyproj
import pytest
from click.testing import CliRunner
from scipy.spatial import cKDTree

from maoc_tui import resources
from maoc_tui.cli import maoc
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.geo import zonefile
from maoc_tui.geo.zonemodel import BASES, ZoneData
from maoc_tui.geo.zones import ZoneIndex

GEOD = pyproj.Geod(ellps="WGS84")
ROCK = -1
"""Stands for Rockall: a territorial sea and a contiguous zone, no EEZ."""
PLACES = [
    # Tagus approach: the bar lies behind the baseline Cabo Raso - Cabo Espichel that the limit shows
    ("Tagus bar", 38.63, -9.35, "internal", "PT", "agreed"),
    ("Tagus, 8 nm off the baseline", 38.60, -9.60, "territorial", "PT", "agreed"),
    ("Tagus, 20 nm off Cabo Raso", 38.65, -9.90, "contiguous", "PT", "agreed"),
    ("Tagus, 36 nm out", 38.50, -10.20, "eez", "PT", "agreed"),
    ("off Aveiro", 40.65, -8.85, "territorial", "PT", "agreed"),
    # Gibraltar
    ("Gibraltar roads", 36.13, -5.38, "territorial", "GB/ES", "disputed"),
    ("Strait of Gibraltar, north", 35.98, -5.60, "territorial", "ES", "agreed"),
    ("Strait of Gibraltar, south", 35.88, -5.75, "territorial", "MA", "agreed"),
    ("Ceuta", 35.92, -5.30, "territorial", "ES/MA", "disputed"),
    ("Melilla", 35.33, -2.90, "territorial", "ES/MA", "disputed"),
    ("Alboran", 35.95, -3.00, "territorial", "ES", "agreed"),
    # Canaries, Western Sahara
    ("off Tenerife", 28.05, -16.90, "territorial", "ES", "agreed"),
    ("between Tenerife and Fuerteventura", 28.20, -14.95, "contiguous", "ES", "agreed"),
    ("Western Sahara, far out", 24.6, -17.4, "eez", "EH/MA", "disputed"),
    ("Western Sahara, 24 nm", 24.0, -16.25, "contiguous", "EH/MA", "disputed"),
    ("Western Sahara", 25.0, -16.0, "eez", "EH/MA", "disputed"),
    # Azores
    ("south of Pico", 38.30, -28.40, "territorial", "PT", "agreed"),
    ("between the groups of the Azores", 39.3, -29.9, "eez", "PT", "agreed"),
    ("west of the Azores", 42.0, -36.5, "high_seas", "", "agreed"),
    ("the gap between Azores and Madeira", 36.1, -20.4, "high_seas", "", "agreed"),
    # Cabo Verde
    ("between the islands of Cabo Verde", 16.0, -24.0, "archipelagic", "CV", "agreed"),
    ("off Praia", 14.85, -23.50, "territorial", "CV", "agreed"),
    ("35 nm south of Brava", 14.30, -25.00, "eez", "CV", "agreed"),
    # Caribbean
    ("Sint Maarten", 17.98, -63.10, "territorial", "NL", "agreed"),
    ("Saint Martin", 18.12, -63.10, "territorial", "FR", "agreed"),
    ("Martinique", 14.6, -61.25, "territorial", "FR", "agreed"),
    ("Guadeloupe", 16.2, -61.9, "territorial", "FR", "agreed"),
    # Channel, Skagerrak
    ("Dover Strait, English side", 51.03, 1.40, "territorial", "GB", "agreed"),
    ("Dover Strait, French side", 50.92, 1.50, "territorial", "FR", "agreed"),
    ("Channel, 14 nm south of Wight", 50.35, -1.00, "contiguous", "GB", "agreed"),
    ("Skagerrak, Norwegian side", 58.30, 9.50, "contiguous", "NO", "agreed"),
    ("Skagerrak, middle north", 57.90, 9.00, "eez", "NO", "agreed"),
    ("Skagerrak, middle south", 58.02, 9.65, "eez", "DK", "agreed"),
    ("Skagerrak, 23 nm off Hirtshals", 57.95, 9.70, "contiguous", "DK", "agreed"),
    ("Lofoten, outside the baseline", 68.00, 12.50, "territorial", "NO", "agreed"),
    # Aegean: 6 nm
    ("5.4 nm south of Crete", 34.83, 24.73, "territorial", "GR", "agreed"),
    ("8 nm south of Crete", 34.79, 24.73, "contiguous", "GR", "agreed"),
    ("between Anafi and Crete", 36.00, 25.90, "contiguous", "GR", "agreed"),
    ("between Skyros and Psara", 38.90, 25.00, "contiguous", "GR", "agreed"),
    ("Ionian, 10 nm off", 37.60, 20.90, "territorial", "GR", "agreed"),
    ("Marmara", 40.70, 28.20, "internal", "TR", "agreed"),
    # Fiji and the antimeridian
    ("Koro Sea, east of the antimeridian", -17.5, -179.5, "archipelagic", "FJ", "agreed"),
    ("north of Kadavu", -18.7, 178.6, "archipelagic", "FJ", "agreed"),
    ("south of Fiji", -20.5, 176.0, "eez", "FJ", "agreed"),
    # South Atlantic
    ("Cape Town, 12 nm out", -33.90, 18.15, "territorial", "ZA", "agreed"),
    ("west of the Falklands", -51.7, -61.6, "territorial", "GB/AR", "disputed"),
    ("east of the Falklands", -52.0, -57.0, "eez", "GB/AR", "disputed"),
    ("where missing positions fall", 0.0, 0.0, "high_seas", "", "agreed"),
    # elsewhere
    ("the Caspian", 42.0, 50.5, "eez", "AZ", "unsettled"),
    ("Réunion", -21.0, 55.1, "territorial", "FR", "agreed"),
    ("Rockall", 57.6, -13.9, "territorial", "GB", "agreed"),
    ("200 nm west of Rockall is nobody's", 57.6, -19.2, "high_seas", "", "agreed"),
    ("Ecuador's 200 nm claim is an EEZ here", -1.5, -84.0, "eez", "EC", "agreed"),
    ("North Pole", 90.0, 0.0, "high_seas", "", "agreed"),
    ("Ross Sea", -70.0, -170.0, "high_seas", "", "agreed"),
    ("Antarctic Peninsula, 10 nm off", -64.5, -65.5, "high_seas", "", "agreed"),
    ("inland", 40.0, -4.0, "land", "ES", "agreed"),
]
"""Expected from public knowledge, far enough from any line."""
OPEN = [
    ("Lisbon, inside the Tagus", 38.68, -9.20, "PT"),
    ("channel of Faial", 38.55, -28.58, "PT"),
    ("bay of Algeciras", 36.12, -5.42, "ES"),
    ("ria of Vigo", 42.20, -8.85, "ES"),
    ("Solent", 50.78, -1.30, "GB"),
    ("caldera of Santorini", 36.40, 25.40, "GR"),
]
"""Bays and channels that open data do not place: territorial sea or internal waters."""


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
    assert (area.kind, "/".join(area.states), area.status) == (kind, states, status)
    assert not area.may_be
    assert (area.basis == "inferred") == (kind in ("internal", "archipelagic"))


@pytest.mark.parametrize(("place", "lat", "lon", "state"), OPEN, ids=[p[0] for p in OPEN])
def test_where_no_baseline_is_known_that_is_said(index: ZoneIndex, place, lat, lon, state) -> None:
    area = index.areas[index.locate(lat, lon)[0]]
    assert (area.kind, area.states, area.may_be, area.basis) == (
        "territorial",
        (state,),
        "internal",
        "inferred",
    )
    assert "internal waters" in area.name


def test_chart_and_command_give_the_same_answer_everywhere(index: ZoneIndex) -> None:
    """What contacts on the chart are labelled by, and what ``maoc zone`` says, for all places in one go."""
    spots = [(lat, lon) for _, lat, lon, *_ in (*PLACES, *OPEN)]
    said = CliRunner().invoke(
        maoc, ["zone", *(f"{a},{b}" for a, b in spots), "--json"], catch_exceptions=False
    )
    answers = json.loads(said.output)
    waters = Waters(index)
    on_chart = [waters.areas[i] for i in waters.locate(*np.transpose(spots))]
    for area, told in zip(on_chart, answers, strict=True):
        assert (told["kind"], told["states"], told["basis"]) == (area.kind, list(area.states), area.basis)
        assert told["determined"] is not bool(area.may_be)
        assert all(line["accuracy"] for line in told["lines"])
        if area.may_be:
            assert {each["kind"] for each in told["candidates"]} == {"territorial", "internal"}


def test_the_file_is_small_and_says_whose_it_is(data: ZoneData) -> None:
    assert resources.data("zones.bin").stat().st_size <= 12_000_000
    assert "OpenStreetMap" in data.dataset.attribution
    assert data.dataset.licence == "ODbL-1.0"
    assert {BASES[i] for i in set(data.lines.basis.tolist())} == {"derived", "equidistance", "inferred"}
    sorts = dict(data.dataset.accuracy)
    assert "indicative" in sorts["eez/equidistance"]
    assert "cannot be derived" in sorts["eez/equidistance"]
    assert "within 35 nm" in sorts["eez/equidistance/ES/FR"]
    assert all(len(area.short) <= 12 for area in data.areas)


Limits = tuple[np.ndarray, np.ndarray, np.ndarray, list[tuple[str, ...]]]


def limits_of(data: ZoneData) -> Limits:
    """Points every 0.3 nm on the seaward limits that EEZs are measured from: places, widths of the territorial sea
    there (nm), and the states behind them as numbers of a list."""
    lines, areas = data.lines, data.areas
    points, states, who, codes = [], [], [], []
    for i in range(len(lines)):
        a, b = (areas[x] if x >= 0 else None for x in (lines.left[i], lines.right[i]))
        if not a or not b:
            continue
        inner, outer = sorted((a, b), key=lambda area: area.kind != "territorial")
        if inner.kind != "territorial" or outer.kind not in ("contiguous", "eez", "high_seas"):
            continue
        if inner.territory in ("GI", "ES-CE", "ES-ML"):
            continue
        chain = lines.points[lines.start[i] : lines.start[i + 1]] * 1e-5
        steps = np.maximum(1, (np.abs(np.diff(chain, axis=0)).max(axis=1) / 0.005).astype(int))
        part = (np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)) / np.repeat(steps, steps)
        dense = np.repeat(chain[:-1], steps, 0) + np.repeat(np.diff(chain, axis=0), steps, 0) * part[:, None]
        points.append(np.concatenate([dense, chain[-1:]]))
        if inner.states not in who:
            who.append(inner.states)
        number = ROCK if inner.territory == "GB-RK" else who.index(inner.states)
        states.append(np.full(len(points[-1]), number))
        codes.append(np.full(len(points[-1]), inner.territory))
    place = np.concatenate(points)
    return place, _widths(place, np.concatenate(codes)), np.concatenate(states), who


def _widths(points: np.ndarray, territory: np.ndarray) -> np.ndarray:
    width = np.full(len(points), 12.0)
    with resources.data("widths.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            west, south, east, north = (float(row[side]) for side in ("west", "south", "east", "north"))
            x, y = points.T
            inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
            width[inside & (territory == row["territory"])] = float(row["width_nm"])
    return width


def _chord(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    x, y, z = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True).transform(
        lon, lat, lat * 0
    )
    return np.column_stack([x, y, z])


def compared(
    index: ZoneIndex, data: ZoneData, lat: np.ndarray, lon: np.ndarray, limits: Limits | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Of points beyond the territorial sea and 0.1 nm from every line: their numbers, and whether both agree.

    Kind and state come from nothing but geodesic distances to the territorial seas' limits, whose distance from the
    baseline is added.
    """
    found = [index.areas[i] for i in index.locate(lat, lon)]
    (sea,) = np.nonzero([area.kind in ("contiguous", "eez", "high_seas") for area in found])
    points, width, state, who = limits or limits_of(data)
    nm, owner = np.full(len(sea), np.inf), np.zeros(len(sea), int)
    for rock, w in ((False, 3.0), (False, 6.0), (False, 12.0), (True, 12.0)):
        (mine,) = np.nonzero((width == w) & ((state == ROCK) == rock))
        _, near = cKDTree(_chord(points[mine, 1], points[mine, 0])).query(_chord(lat[sea], lon[sea]), k=40)
        near = mine[near]
        many = [np.repeat(values[sea], near.shape[1]) for values in (lon, lat)]
        metres = GEOD.inv(*many, points[near.ravel(), 0], points[near.ravel(), 1])[2].reshape(near.shape)
        first = metres.argmin(axis=1)[:, None]
        away = np.take_along_axis(metres, first, 1)[:, 0] / 1852 + w
        nearer = (away < nm) & (away < 24.0) if rock else away < nm
        nm[nearer], owner[nearer] = away[nearer], state[np.take_along_axis(near, first, 1)[:, 0]][nearer]
    lines, _ = index.distances(lat[sea], lon[sea], ("territorial", "contiguous", "eez"))
    clear = np.nanmin(lines, axis=1) >= 0.1
    owner = np.where(owner == ROCK, who.index(("GB",)), owner)
    kind = np.where(nm < 24, "contiguous", np.where(nm < 200, "eez", "high_seas"))
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


def test_every_line_told_says_what_it_rests_on_and_how_good_it_is(index: ZoneIndex) -> None:
    for _, lat, lon, *_ in PLACES:
        for line in index.nearest_lines(lat, lon):
            assert line.basis in BASES
            assert len(line.accuracy) > 20
            assert (line.basis == "equidistance") == ("equidistance" in line.accuracy)
            assert (line.basis == "inferred") == ("inferred" in line.accuracy)


def test_inferred_waters_lie_farther_inside_than_the_territorial_sea_is_wide(
    index: ZoneIndex, data: ZoneData
) -> None:
    """What is nearer to its own limit than the baseline is for certain territorial sea."""
    rng = np.random.default_rng(6)
    seeds = data.lines.points[rng.integers(0, len(data.lines.points), 60_000)] * 1e-5
    lat = np.clip(seeds[:, 1] + rng.normal(0, 0.2, len(seeds)), -60, 80)
    lon = seeds[:, 0] + rng.normal(0, 0.2, len(seeds))
    found = [index.areas[i] for i in index.locate(lat, lon)]
    (inner,) = np.nonzero(
        [a.basis == "inferred" and a.territory not in ("GR", "TR", "JP", "KR") for a in found]
    )
    assert len(inner) > 1_000
    points, _, state, who = limits_of(data)
    for states in {found[i].states for i in inner}:
        mine = np.array([i for i in inner if found[i].states == states])
        if states not in who:
            continue
        own = points[state == who.index(states)]
        away, _ = cKDTree(_chord(own[:, 1], own[:, 0])).query(_chord(lat[mine], lon[mine]))
        assert away.min() / 1852 > 12.3, states


def test_single_points_and_bulk_agree(index: ZoneIndex, data: ZoneData) -> None:
    rng = np.random.default_rng(2)
    lines = data.lines.points[rng.integers(0, len(data.lines.points), 20_000)] * 1e-5
    lat = np.clip(lines[:, 1] + rng.normal(0, 0.02, len(lines)), -90, 90)
    lon = lines[:, 0] + rng.normal(0, 0.02, len(lines))
    found = index.locate(lat, lon)
    assert (found >= 0).all()
    alone = [int(index.locate(lat[i], lon[i])[0]) for i in range(0, len(lat), 97)]
    assert alone == found[::97].tolist()
