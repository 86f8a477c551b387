"""The sun's height in columns against astral's own, place by place, and sunrise against its tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import astral
import astral.sun
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui.geo import daylight

TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001 - made aware below


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


@settings(max_examples=200)
@given(st.floats(-89, 89), st.floats(-180, 180), TIMES)
def test_the_height_is_astrals_without_refraction(lat: float, lon: float, naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC, microsecond=0)
    wanted = astral.sun.elevation(astral.Observer(lat, lon), at, with_refraction=False)
    assert float(daylight.height(lat, lon, ms(at))) == pytest.approx(wanted, abs=0.02)


def test_sunrise_at_lisbon_is_astrals_to_the_minute() -> None:
    night = datetime(2022, 12, 14, 3, 7, tzinfo=UTC)
    what, at = daylight.next_change(38.7, -9.14, ms(night)) or ("", 0)
    wanted = astral.sun.sunrise(astral.Observer(38.7, -9.14), night.date())
    assert what == "sunrise"
    assert abs(at - ms(wanted)) < 90_000


def test_where_the_sun_does_not_rise_no_change_is_promised() -> None:
    assert daylight.next_change(78.0, 15.0, ms(datetime(2022, 12, 14, tzinfo=UTC))) is None


def test_columns_agree_with_single_places_and_unknown_stays_unknown() -> None:
    base = datetime(2026, 11, 22, tzinfo=UTC)
    times = np.array([ms(base + timedelta(minutes=17 * i)) for i in range(200)], np.float64)
    times[7] = np.nan
    lat, lon = np.linspace(-60, 60, 200), np.linspace(-179, 179, 200)
    whole = daylight.height(lat, lon, times)
    assert np.isnan(whole[7])
    single = [float(daylight.height(a, o, t)) for a, o, t in zip(lat, lon, times, strict=True)]
    np.testing.assert_allclose(whole, single, atol=0.01)
    assert not daylight.is_dark(lat, lon, times)[7]


def test_midnight_is_dark_and_noon_is_not() -> None:
    assert daylight.is_dark(38.7, -9.1, ms(datetime(2022, 12, 14, 0, 30, tzinfo=UTC)))
    assert not daylight.is_dark(38.7, -9.1, ms(datetime(2022, 12, 14, 12, 30, tzinfo=UTC)))
