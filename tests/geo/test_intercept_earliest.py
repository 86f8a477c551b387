"""The first meeting is found wherever it is: against a fine scan along rhumb lines drawn by PROJ, up to 88 degrees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Proj

from maoc_tui.geo import intercept
from maoc_tui.geo.intercept import meet

GEOD = Geod(ellps="WGS84")
MERIDIAN = Proj(proj="tmerc", lat_0=0, lon_0=0, k=1, ellps="WGS84")
MERCATOR = Proj(proj="merc", ellps="WGS84")
NM, HOURS = 1852.0, 96.0
QUARTER = MERIDIAN(0.0, 90.0)[1]
Pair = tuple[float, float, float, float, float, float, float]
# a faster ship that was told that it never meets its target: 57 N, contact after 91 h
FASTER: Pair = (57.417, -166.645, 22.03, 63.663, -165.984, 45.4, 19.8)


def along(lat: float, lon: float, course: float, nm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places on a rhumb line: the meridian's length gives the latitude, a straight line of Mercator's the longitude."""
    north = MERIDIAN(0.0, lat)[1] + nm * NM * np.cos(np.radians(course))
    over = np.abs(north) >= QUARTER
    to = MERIDIAN(np.zeros_like(north), np.where(over, 0.0, north), inverse=True)[1]
    rise = MERCATOR(np.zeros_like(to), to)[1] - MERCATOR(0.0, lat)[1]
    flat = np.abs(to - lat) < 1e-6
    turned = np.where(flat, 0.0, rise * np.tan(np.radians(course)))
    across = MERCATOR(1.0, 0.0)[0]
    phi = np.radians(lat)
    parallel = (
        nm
        * NM
        * np.sin(np.radians(course))
        / (np.cos(phi) / np.sqrt(1 - GEOD.es * np.sin(phi) ** 2) * 111319.49079327358)
    )
    east = np.where(flat, parallel, turned / across)
    return np.where(over, np.nan, to), (lon + east + 180) % 360 - 180


def off(pair: Pair, hours: np.ndarray) -> np.ndarray:
    """Miles the pursuer still is off after the hours."""
    lat, lon = along(*pair[3:6], pair[6] * hours)
    known = np.isfinite(lat)
    start = np.full(len(hours), pair[1]), np.full(len(hours), pair[0])
    away = GEOD.inv(*start, np.where(known, lon, 0.0), np.where(known, lat, 0.0))[2] / NM
    return np.where(known, away - pair[2] * hours, np.inf)


def check(pair: Pair) -> None:
    """No point of a fine scan lies before the meeting told, and there the two are in one place."""
    met = meet(*([value] * 2 for value in pair), within_h=HOURS)
    hours = float(met.hours[0])
    last = hours if np.isfinite(hours) else HOURS
    assert (off(pair, np.linspace(0.0, last, 1000)[:-1]) > -0.05).all(), pair
    if np.isfinite(hours):
        assert abs(float(off(pair, np.array([hours]))[0])) < 0.05, pair
    alone = float(meet(*pair, within_h=HOURS).hours)
    assert alone == pytest.approx(hours, abs=0.02, nan_ok=True)


def test_a_faster_ship_is_not_told_that_it_never_meets_its_target() -> None:
    assert float(meet(*FASTER, within_h=HOURS).hours) == pytest.approx(91.4843, abs=0.001)
    assert float(meet(*FASTER, within_h=240).hours) == pytest.approx(91.4843, abs=0.001)
    check(FASTER)


def test_where_none_is_in_time_the_nearest_approach_is_a_figure() -> None:
    met = meet(*FASTER, within_h=90)
    assert not met.possible
    assert float(met.gap_nm) == pytest.approx(float(off(FASTER, np.array([90.0]))[0]), abs=0.05)
    far = meet(*([value] * 2 for value in (*FASTER[:2], 1.0, *FASTER[3:])), within_h=240)
    assert np.isfinite(far.gap_nm).all(), "a track that ends at the pole ends, and what came before counts"


@given(
    st.sampled_from([(0.0, 60.0), (60.0, 78.0), (78.0, 88.0)]),
    st.floats(0, 1), st.floats(-180, 180), st.floats(3, 40), st.floats(-12, 12), st.floats(-60, 8),
    st.floats(0, 360), st.floats(3, 40),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_no_meeting_is_earlier_than_the_one_told(band, share, lon, speed, north, east, course, fast) -> None:
    lat = band[0] + share * (band[1] - band[0])
    check(
        (lat, lon, speed, float(np.clip(lat + north, -88, 88)), (lon + east + 180) % 360 - 180, course, fast)
    )


def test_pairs_drawn_at_random_are_found_too() -> None:
    rng = np.random.default_rng(6)
    for low, high in ((0, 8), (60, 78), (78, 88)):
        lat, lon = rng.uniform(low, high, 8) * rng.choice([-1, 1], 8), rng.uniform(-180, 180, 8)
        t_lat = np.clip(lat + rng.uniform(-12, 12, 8), -88, 88)
        t_lon = (lon + rng.uniform(-60, 60, 8) + 180) % 360 - 180
        rest = rng.uniform(3, 40, 8), rng.uniform(0, 360, 8), rng.uniform(3, 40, 8)
        for row in zip(lat, lon, rest[0], t_lat, t_lon, rest[1], rest[2], strict=True):
            check(tuple(map(float, row)))  # type: ignore[arg-type]


def test_the_planted_fault_of_plain_newton_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without what the distance may bend, the steps leap over a meeting or stop before it."""

    def plain(chase, off, left, rows):
        return np.where(off.rate < 0, off.nm / -np.minimum(off.rate, -1e-9), 1e9)

    monkeypatch.setattr(intercept, "_step", plain)
    with pytest.raises(AssertionError):
        check(FASTER)
