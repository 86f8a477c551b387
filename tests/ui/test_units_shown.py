"""One rule for radii and dates on the detail panel and the target sheet."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import fakes
import numpy as np
import pytest
from driving import WIDE, opened, settled

from maoc_tui.domain.clock import to_ms
from maoc_tui.ui import format as fmt
from maoc_tui.ui.targets_sheet import _radius, _when

NM = 1852.0


@pytest.mark.parametrize(
    ("nm", "said"),
    [
        (10 / NM, "±10 m"), (184 / NM, "±184 m"), (185.2 / NM, "±0.1 nm"), (500 / NM, "±0.3 nm"),
        (9.94, "±9.9 nm"), (9.96, "±10 nm"), (43.2, "±43 nm"), (0.0, ""), (math.nan, ""),
    ],
)  # fmt: skip
def test_a_radius_is_said_in_one_way(nm, said):
    assert fmt.radius(nm) == said
    assert _radius(nm).strip() == said


@pytest.mark.parametrize("error_m", [10, 500, 1_500, 30_000])
async def test_the_detail_panel_says_a_radius_as_the_target_sheet_does(error_m):
    desk = fakes.FakeDesk()
    desk.now_picture.error_m[:] = np.float32(error_m)
    app = fakes.app(desk)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("j")
        await settled(pilot)
        (line,) = [line for line in app.screen.detail.text.splitlines() if line.startswith("Fix ●")]
        assert line.endswith(_radius(error_m / NM))


def test_a_date_of_another_year_keeps_its_time():
    now = to_ms(datetime(2026, 11, 22, 3, 7, tzinfo=UTC))
    assert _when(now, now, False) == "22 Nov 03:07Z"
    assert _when(to_ms(datetime(2022, 12, 14, 3, 7, tzinfo=UTC)), now, False) == "14 Dec 2022 03:07Z"
