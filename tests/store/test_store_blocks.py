"""Packed fixes come back exactly at the resolution they are stored at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.reports import Fixes
from maoc_tui.problems import BadInput
from maoc_tui.store import blocks

TENTHS = st.none() | st.integers(0, 3599)
ROW = st.tuples(
    st.integers(1 << 40, (5 << 40) - 1),
    st.integers(-(10**12), 4 * 10**12),
    st.integers(-900_000_000, 900_000_000),
    st.integers(-1_800_000_000, 1_800_000_000),
    st.none() | st.integers(0, 65_534),
    TENTHS,
    TENTHS,
    st.none() | st.integers(-2_000, 150_000),
    st.none() | st.integers(0, 400_000),
    st.integers(0, 15),
    st.integers(0, 0xFFFF),
)


def scaled(values: list[int | None], unit: float) -> list[float]:
    """Stored integers as the floats a feed would give."""
    return [np.nan if v is None else v / unit for v in values]


@given(st.lists(ROW, max_size=40))
def test_what_is_stored_comes_back(rows: list[tuple[int | None, ...]]) -> None:
    key, time, lat, lon, sog, cog, heading, altitude, error, status, doubt = (
        (list(c) for c in zip(*rows, strict=True)) if rows else ([],) * 11
    )
    fixes = Fixes.build(
        key, time, scaled(lat, 1e7), scaled(lon, 1e7), sog=scaled(sog, 10), cog=scaled(cog, 10),
        heading=scaled(heading, 10), altitude=scaled(altitude, 1), error_m=scaled(error, 1), status=status,
        doubt=doubt,
    )  # fmt: skip
    back = blocks.unpack(blocks.read([blocks.pack(fixes, 7).tobytes()], blocks.LOOSE))
    for name in (
        "key",
        "time",
        "lat",
        "lon",
        "sog",
        "cog",
        "heading",
        "altitude",
        "error_m",
        "status",
        "doubt",
    ):
        np.testing.assert_array_equal(getattr(back, name), getattr(fixes, name), err_msg=name)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 360, exclude_max=True, width=32))
def test_rounding_never_moves_a_fix_further_than_half_the_resolution(
    lat: float, lon: float, cog: float
) -> None:
    fixes = Fixes.build([1 << 40], [0], [lat], [lon], cog=[cog])
    back = blocks.unpack(blocks.pack(fixes, 1))
    assert abs(back.lat[0] - lat) <= 0.5001e-7
    assert abs(back.lon[0] - lon) <= 0.5001e-7
    assert 0 <= back.cog[0] < 360
    assert min(abs(back.cog[0] - cog), 360 - abs(back.cog[0] - cog)) <= 0.0501


def test_values_beyond_the_room_are_held_at_its_edge_and_never_become_unknown() -> None:
    fixes = Fixes.build(
        [1 << 40], [0], [0], [0], sog=[1e6], altitude=[-1e12], error_m=[1e12], heading=[float("inf")]
    )
    back = blocks.unpack(blocks.pack(fixes, 1))
    assert back.sog[0] == np.float32(6553.4)
    assert back.altitude[0] < -2e9
    assert back.error_m[0] > 2e9
    assert np.isnan(back.heading[0])


@given(st.lists(st.tuples(st.integers(1 << 40, (5 << 40) - 1), st.integers(-500_000, 500_000)), max_size=30))
def test_slots_sort_by_contact_then_day_and_can_be_undone(pairs: list[tuple[int, int]]) -> None:
    key, day = np.array(pairs, np.int64).reshape(-1, 2).T
    slot = blocks.slots(key, day)
    for there, back in zip((key, day), blocks.unslot(slot), strict=True):
        np.testing.assert_array_equal(there, back)
    ordered = [pairs[i] for i in np.argsort(slot, kind="stable")]
    assert ordered == sorted(pairs)


@pytest.mark.parametrize("year_ms", [10**18, -(10**17), 45_300_000_000_000])
def test_a_time_nobody_can_mean_is_refused(year_ms: int) -> None:
    with pytest.raises(BadInput):
        blocks.pack(Fixes.build([1 << 40], [year_ms], [0], [0]), 1)


def test_tightened_records_lose_contact_and_day_only() -> None:
    fixes = Fixes.build([1 << 40, 2 << 40], [5, 86_400_006], [1, 2], [3, 4], status=[3, 4])
    loose = blocks.pack(fixes, 9)
    back = blocks.loosen(blocks.tighten(loose), loose["key"], loose["day"])
    assert back.tobytes() == loose.tobytes()
