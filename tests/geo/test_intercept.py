"""Meetings on the ellipsoid: published check values, a second program's geodesics, and a fine scan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from maoc_tui.geo.intercept import meet

GEOD = Geod(ellps="WGS84")
NM = 1852.0

# pursuer (lat, lon, speed), target (lat, lon, course, speed), hours, lat, lon, course, miles: WGS-84, geodesic track
CHECKS = [
    ((36.95, -7.95, 40), (36, -12, 45, 25), 3.37621, 36.98969, -10.75841, 271.85, 135.05),
    ((38.70, -9.40, 28), (30, -30, 70, 12), 28.91140, 31.82759, -23.61985, None, 809.52),
    ((38.70, -9.40, 20), (37, -12, 20, 30), 4.05946, 38.90617, -11.11083, 279.29, 81.19),
]


@pytest.mark.parametrize(("pursuer", "target", "hours", "lat", "lon", "course", "miles"), CHECKS)
def test_the_check_values(pursuer, target, hours, lat, lon, course, miles) -> None:
    met = meet(*pursuer, *target, track="geodesic")
    assert float(met.hours) == pytest.approx(hours, abs=1 / 3600)
    assert GEOD.inv(float(met.lon), float(met.lat), lon, lat)[2] / NM < 0.01
    assert float(met.distance_nm) == pytest.approx(miles, abs=0.01)
    assert course is None or float(met.course) == pytest.approx(course, abs=0.01)


def test_a_faster_target_that_runs_away_cannot_be_met_and_the_nearest_approach_is_told() -> None:
    met = meet(38.70, -9.40, 20, 37, -12, 270, 30)
    assert not met.possible
    assert float(met.gap_nm) == pytest.approx(GEOD.inv(-9.40, 38.70, -12, 37)[2] / NM, abs=0.01)
    assert float(met.gap_hours) == pytest.approx(0, abs=1e-3)


def test_a_rhumb_line_and_a_geodesic_lead_to_different_places() -> None:
    pursuer, target = (38.70, -9.40, 28), (30, -30, 70, 12)
    straight, steady = (meet(*pursuer, *target, track=track) for track in ("geodesic", "rhumb"))
    assert (
        GEOD.inv(float(straight.lon), float(straight.lat), float(steady.lon), float(steady.lat))[2] > 9 * NM
    )


def test_the_delay_lets_the_target_run_first() -> None:
    late = meet(36.95, -7.95, 40, 36, -12, 45, 25, delay_h=1.5)
    assert float(late.distance_nm) == pytest.approx(40 * (float(late.hours) - 1.5), abs=0.01)


def test_nothing_is_met_after_the_time_allowed() -> None:
    assert not meet(38.70, -9.40, 28, 30, -30, 70, 12, within_h=28.9, track="geodesic").possible
    assert meet(38.70, -9.40, 28, 30, -30, 70, 12, within_h=28.92, track="geodesic").possible


def test_what_is_not_known_gives_no_meeting() -> None:
    met = meet([38.0, 38.0, np.nan], -9.0, [20, np.nan, 20], 37.0, -12.0, 90.0, [np.nan, 10.0, 10.0])
    assert not met.possible.any()


def test_a_stopped_target_needs_no_course() -> None:
    met = meet(38.0, -9.0, 20, 38.0, -10.0, np.nan, 0.0)
    assert float(met.hours) == pytest.approx(GEOD.inv(-9, 38, -10, 38)[2] / NM / 20, rel=1e-6)


def test_they_are_already_in_one_place() -> None:
    met = meet(38.0, -9.0, 20, 38.0, -9.0, 10.0, 12.0)
    assert (float(met.hours), round(float(met.distance_nm), 9)) == (0.0, 0.0)


pursuers = st.tuples(st.floats(-65, 70), st.floats(-180, 180), st.floats(0.5, 60))
targets = st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 359.9), st.floats(0, 70))


def gap_by_pyproj(pursuer, target, hours: np.ndarray) -> np.ndarray:
    """Miles the pursuer is still off after the hours, with a geodesic track reckoned by PROJ."""
    n = len(hours)
    lat, lon, course, speed = target
    there = GEOD.fwd(np.full(n, lon), np.full(n, lat), np.full(n, course), speed * hours * NM)
    away = GEOD.inv(np.full(n, pursuer[1]), np.full(n, pursuer[0]), there[0], there[1])[2] / NM
    return away - pursuer[2] * hours


@given(pursuers, targets, st.sampled_from([0.2, 1.0, 12.0]))
@settings(max_examples=200)
def test_a_meeting_is_reachable_in_its_time_and_none_is_earlier(pursuer, offset, spread) -> None:
    target = (
        max(-75.0, min(75.0, pursuer[0] + spread * offset[0])),
        (pursuer[1] + spread * offset[1] + 180) % 360 - 180,
        *offset[2:],
    )
    met = meet(*pursuer, *target, track="geodesic", within_h=60)
    last = float(met.hours) if met.possible else 60.0
    times = np.linspace(0, last, 400)
    off = gap_by_pyproj(pursuer, target, times)
    if met.possible:
        assert abs(gap_by_pyproj(pursuer, target, np.array([last]))[0]) < 0.01
        assert float(met.distance_nm) == pytest.approx(pursuer[2] * last, abs=0.01)
        assert GEOD.inv(float(met.lon), float(met.lat), *_at(target, last))[2] / NM < 0.01
        assert (off[:-1] > -0.01).all()
    else:
        assert (off > -0.01).all()
        assert float(met.gap_nm) <= off.min() + 0.05


def _at(target, hours: float) -> tuple[float, float]:
    lon, lat, _ = GEOD.fwd(target[1], target[0], target[2], target[3] * hours * NM)
    return lon, lat


@given(pursuers, targets)
@settings(max_examples=100)
def test_on_a_rhumb_line_it_meets_the_target_where_the_target_is(pursuer, offset) -> None:
    from maoc_tui.geo.rhumb import rhumb_direct

    target = (max(-70.0, min(70.0, pursuer[0] + offset[0])), pursuer[1] + offset[1], *offset[2:])
    met = meet(*pursuer, *target)
    assume(bool(met.possible))
    lat, lon = rhumb_direct(target[0], target[1], target[2], target[3] * float(met.hours))
    assert GEOD.inv(float(lon), float(lat), float(met.lon), float(met.lat))[2] / NM < 0.01
    sailed = GEOD.inv(pursuer[1], pursuer[0], float(met.lon), float(met.lat))[2] / NM
    assert sailed == pytest.approx(pursuer[2] * float(met.hours), abs=0.01)


def test_across_the_antimeridian_and_high_up() -> None:
    met = meet([10.0, 78.0], [179.5, 10.0], 25.0, [10.0, 79.0], [-179.5, 12.0], [180.0, 90.0], 15.0)
    assert met.possible.all()
    assert (met.distance_nm < 300).all()


def test_a_matrix_is_the_same_as_its_cells() -> None:
    rng = np.random.default_rng(4)
    pursuers = rng.uniform([30, -20, 10], [45, -5, 40], (6, 3))
    targets = rng.uniform([25, -35, 0, 3], [45, -8, 360, 30], (9, 4))
    whole = meet(*pursuers.T[:, :, None], *targets.T[:, None, :])
    for i, pursuer in enumerate(pursuers):
        for j, target in enumerate(targets):
            alone = meet(*pursuer, *target)
            assert np.array_equal(np.isnan(alone.hours), np.isnan(whole.hours[i, j]))
            assert float(alone.gap_hours) == pytest.approx(float(whole.gap_hours[i, j]), abs=1e-4)
