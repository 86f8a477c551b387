"""Land in the way: a wall is met where it stands, a harbour is left, and the real coast parts Lisbon from Barcelona."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui.desk.zone_editions import active_path
from maoc_tui.geo.geodesy import distance_nm
from maoc_tui.geo.landway import first_land
from maoc_tui.geo.zones import ZoneIndex


def wall(west: float, east: float) -> Any:
    return lambda lat, lon: (lon > west) & (lon < east)


@settings(max_examples=100)
@given(st.floats(-50, 50), st.floats(5, 60), st.floats(0.1, 2.0))
def test_a_wall_across_the_way_is_met_where_it_begins(lat: float, west: float, width: float) -> None:
    found = float(first_land(wall(west, west + width), lat, 0.0, lat, west + width + 5))
    assert found == pytest.approx(float(distance_nm(lat, 0.0, lat, west)), rel=0.12, abs=3.0)
    assert np.isnan(first_land(wall(west + width + 6, west + width + 7), lat, 0.0, lat, west + width + 5))


def test_a_constant_course_is_looked_at_along_itself_and_not_along_the_shortest_way() -> None:
    """From 40 to 50 E at 60 N the great circle bows north: what lies there is in the way of one of the two."""
    north = lambda lat, lon: lat > 60.02  # noqa: E731
    assert np.isfinite(first_land(north, 60.0, 40.0, 60.0, 50.0))
    assert np.isnan(first_land(north, 60.0, 40.0, 60.0, 50.0, rhumb=True))
    found = first_land(wall(45.0, 46.0), 60.0, 40.0, 60.0, 50.0, rhumb=True)
    assert float(found) == pytest.approx(150, rel=0.03)
    slant = first_land(wall(2.0, 2.2), 0.0, 0.0, 40.0, 30.0, rhumb=True)
    course = np.arctan2(30.0, np.degrees(np.arcsinh(np.tan(np.radians(40.0)))))
    assert float(slant) == pytest.approx(120 / np.sin(course), rel=0.03)


def test_the_antimeridian_is_no_wall() -> None:
    assert np.isnan(first_land(wall(-170, -160), 10.0, 178.0, 10.0, -175.0))
    assert float(first_land(wall(-179, -178), 10.0, 178.0, 10.0, -175.0)) == pytest.approx(177, abs=3)


def test_a_harbours_own_land_is_left_but_land_beyond_it_is_not() -> None:
    harbour = wall(-0.1, 0.1)
    assert np.isnan(first_land(harbour, 0.0, 0.0, 0.0, 5.0))
    both = lambda lat, lon: harbour(lat, lon) | wall(2.0, 2.5)(lat, lon)  # noqa: E731
    assert float(first_land(both, 0.0, 0.0, 0.0, 5.0)) == pytest.approx(120, abs=2)
    assert float(first_land(wall(-3.0, 3.0), 0.0, 0.0, 0.0, 5.0)) == pytest.approx(15, abs=2)


def test_unknown_places_are_no_land_and_columns_keep_their_shape() -> None:
    found = first_land(wall(2, 3), [[0.0, np.nan]], [[0.0, 0.0]], [[0.0, 0.0]], [[5.0, 5.0]])
    assert found.shape == (1, 2)
    assert np.isfinite(found[0, 0])
    assert np.isnan(found[0, 1])


def test_iberia_lies_between_lisbon_and_barcelona_and_not_between_lisbon_and_the_azores() -> None:
    zones = ZoneIndex.open(active_path())
    kinds = np.array([area.kind == "land" for area in zones.areas] + [False])
    found = first_land(
        lambda lat, lon: kinds[zones.locate(lat, lon)], 38.6, -9.4, [41.2, 37.6, 36.0], [2.4, -25.5, -6.5]
    )
    assert np.isfinite(found[0])
    assert np.isnan(found[1])
    assert np.isfinite(found[2])
