"""The shipped coast: where it is, that it is whole, and that it survives its own format."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maoc_tui import resources
from maoc_tui.geo import coastfile
from maoc_tui.geo.coast import HEADER, MAGIC, Coast, Lines
from maoc_tui.problems import Problem

COAST = Coast.load()


def nearest_nm(lat: float, lon: float, tolerance: float = 0.0) -> float:
    lines = COAST.level("coast", tolerance).lines
    north = lines.lat - lat
    east = ((lines.lon - lon + 180) % 360 - 180) * np.cos(np.radians(lat))
    return float(np.hypot(north, east).min() * 60)


@pytest.mark.parametrize(
    ("place", "lat", "lon"),
    [
        ("Cabo da Roca", 38.781, -9.501),
        ("Cabo de São Vicente", 37.023, -8.997),
        ("Cape Finisterre", 42.883, -9.272),
        ("Ponta Delgada", 37.737, -25.668),
        ("Porto Santo", 33.06, -16.33),
        ("Mindelo", 16.89, -25.0),
        ("Land's End", 50.066, -5.715),
    ],
)
def test_known_shores_are_within_two_miles(place: str, lat: float, lon: float) -> None:
    assert nearest_nm(lat, lon) < 2.0, place


def test_open_sea_is_open() -> None:
    assert nearest_nm(38.0, -40.0) > 400


@pytest.mark.parametrize("tolerance", coastfile.TOLERANCES)
def test_every_shore_is_closed_on_the_sphere(tolerance: float) -> None:
    lines = COAST.level("coast", tolerance).lines
    first, last = lines.offsets[:-1], lines.offsets[1:] - 1
    around = (lines.lon[first] - lines.lon[last] + 180) % 360 - 180
    # The cut ends of Chukotka lie one step of the source's grid apart.
    assert np.abs(around).max() < 0.005
    assert np.abs(lines.lat[first] - lines.lat[last]).max() < 0.005


def test_no_line_jumps_or_follows_the_antimeridian() -> None:
    lines = COAST.level("coast", 0.0).lines
    steps = np.diff(lines.lon)
    within = np.ones(len(steps), bool)
    within[lines.offsets[1:-1] - 1] = False
    assert np.abs(steps[within]).max() < 1.0
    on = np.abs(np.mod(lines.lon, 360) - 180) < 1e-6
    assert not (on[:-1] & on[1:] & within).any()


def test_coarser_levels_have_fewer_vertices_and_stay_near() -> None:
    levels = [level for level in COAST.levels if level.layer == "coast"]
    counts = [level.vertices for level in levels]
    assert counts == sorted(counts, reverse=True)
    assert nearest_nm(38.781, -9.501, 0.15) < 12


def test_the_level_is_the_coarsest_that_is_good_enough() -> None:
    assert COAST.level("coast", 0.05).tolerance == pytest.approx(0.04)
    assert COAST.level("coast", 0.005).tolerance == 0
    assert COAST.level("border", 9.0).tolerance == pytest.approx(0.15)


def test_the_file_stays_small() -> None:
    assert resources.data("coast.bin").stat().st_size < 2_000_000


line = arrays(np.float64, st.tuples(st.integers(2, 30), st.just(2)), elements=st.floats(-179, 179)).map(
    lambda a: np.column_stack([a[:, 0], a[:, 1] / 2])
)


@given(st.lists(line, max_size=6))
def test_written_lines_are_read_back(lines: list[np.ndarray]) -> None:
    head, packed = coastfile.pack_block(0, 0.0, lines)
    layer, tolerance, count, vertices, size = HEADER.unpack(head)
    assert (layer, tolerance, count, size) == (0, 0.0, len(lines), len(packed))
    level = type(COAST.levels[0])("coast", 0.0, vertices, count, packed)
    for i, given_line in enumerate(lines):
        part = slice(level.lines.offsets[i], level.lines.offsets[i + 1])
        assert level.lines.lon[part] == pytest.approx(given_line[:, 0], abs=0.6e-4)
        assert level.lines.lat[part] == pytest.approx(given_line[:, 1], abs=0.6e-4)


@given(line, st.floats(0.01, 5))
def test_simplified_lines_stay_within_the_tolerance(original: np.ndarray, tolerance: float) -> None:
    kept = coastfile.simplify(original, tolerance)
    if not len(kept):
        return
    assert (kept[[0, -1]] == original[[0, -1]]).all()
    shrink = np.cos(np.radians(original[:, 1].mean()))
    flat, base = original * [shrink, 1], kept * [shrink, 1]
    for point in flat:
        gaps = [coastfile._distance(point[None], a, b)[0] for a, b in pairwise(base)]
        assert min(gaps) <= tolerance * 1.0001


def test_rings_cut_at_the_antimeridian_are_joined() -> None:
    west = np.array([[180.0, 66.0], [178.0, 67.0], [180.0, 68.0], [180.0, 66.0]])
    east = np.array([[-180.0, 68.0], [-178.0, 67.0], [-180.0, 66.0], [-180.0, 68.0]])
    joined = coastfile.without_seam([west, east])
    assert len(joined) == 1
    assert len(joined[0]) == 5
    assert np.abs(np.diff(joined[0][:, 0])).max() == pytest.approx(2.0)


def test_joined_lines_continue_over_the_antimeridian() -> None:
    lines = Lines.join(
        [(np.array([179.0, -179.0, -178.0]), np.zeros(3)), (np.array([-179.0, 179.0]), np.zeros(2))]
    )
    assert lines.lon.tolist() == [179.0, 181.0, 182.0, -179.0, -181.0]


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", MAGIC, MAGIC + b"\x01", MAGIC + struct.pack("<B", 1) + HEADER.pack(0, 0, 1, 2, 999)],
)
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "coast.bin"
    path.write_bytes(content)
    with pytest.raises(Problem, match="coast file"):
        Coast.load(path)
