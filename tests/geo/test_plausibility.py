"""Jumps and twins: what cannot be right is marked, what a fast boat does is not."""

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.geo.plausibility import SpeedLimits, jumps, sphere_nm

LIMITS = SpeedLimits.build({c.name.lower(): 60.0 for c in ContactClass}, 0.54)


def flags(rows, cls=ContactClass.SHIP_A, key=None):
    """rows: (seconds, lat, lon)."""
    t, lat, lon = (np.array(column, float) for column in zip(*rows, strict=True))
    key = np.ones(len(rows), np.int64) if key is None else np.array(key, np.int64)
    return jumps(key, (t * 1000).astype(np.int64), lat, lon, np.full(len(rows), cls, np.uint8), LIMITS)


def test_a_go_fast_is_not_a_jump():
    assert not flags([(0, 36, -6), (60, 36 + 55 / 3600, -6)]).any()


def test_a_step_of_ten_miles_in_a_minute_is():
    assert flags([(0, 36, -6), (60, 36 + 10 / 60, -6)])[1] == Doubt.JUMP


def test_jump_and_back_is_a_twin():
    out = flags([(0, 36, -6), (60, 40, -9), (120, 36, -6)])
    assert out[1] & Doubt.TWIN
    assert not out[2] & Doubt.TWIN


def test_noise_at_anchor_is_not_a_jump():
    assert not flags([(0, 36, -6), (1, 36.004, -6)]).any()


def test_neighbours_of_another_contact_do_not_count():
    assert not flags([(0, 36, -6), (1, 50, -6)], key=[1, 2]).any()


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180))
def test_sphere_is_within_its_stated_error(lat1, lon1, lat2, lon2):
    true = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"] / 1852
    ours = sphere_nm(*(np.array([v]) for v in (lat1, lon1, lat2, lon2)))[0]
    assert ours == pytest.approx(true, rel=0.006, abs=1e-3)
