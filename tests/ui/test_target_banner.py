"""The identity banner: what must be read as one is never parted by the end of a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from target_room import YACHT, make_room
from test_targets_screen import NARROW, fill, opened, program, settled

from maoc_tui.desk import targets
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.ui import targets_sheet


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = make_room(tmp_path / "maoc.db")
    yield made
    made.close()


def drawn(banner: Any) -> list[str]:
    """The rows of the banner as the terminal shows them."""
    return [banner.render_line(y).text.rstrip() for y in range(banner.size.height)]


async def test_positions_and_release_lists_stay_whole_at_80_columns(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0001")
        await pilot.press("enter")
        await settled(pilot)
        rows = drawn(screen.banner)
        assert "B2 H2 from MAOC rel ES FR PT" in rows
        assert any(row.startswith("fix ● 33°10.0'N 041°20.0'W ±10 m 14 Dec") for row in rows)
        assert any(row.startswith("now ○ 33°10.0'N 041°08") and row.endswith(" nm") for row in rows)


async def test_a_long_head_breaks_between_its_items(room: Any) -> None:
    mark = parse("B2 H2 rel ES,FR,PT,IT,NL,IE,UK", "MAOC")
    values = {
        "name": "NOSSA SENHORA DA BOA VIAGEM DO MAR",
        "colour": "white over light grey",
        "mmsi": "224000111",
    }
    entry = NewTarget(values=values, marking=mark)
    targets.add_from_contact(room, WATCH, YACHT, entry)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await settled(pilot)
        rows = drawn(screen.banner)
        assert rows[0].startswith("T-0001 NOSSA SENHORA DA BOA VIAGEM DO MAR")
        assert rows[1] == "white over light grey 224000111"
        assert rows[2].startswith("flag PT claimed, NOT confirmed")


@pytest.mark.parametrize(
    ("nm", "text"),
    [
        (0, ""),
        (10 / 1852, " ±10 m"),
        (0.0995, " ±184 m"),
        (0.1, " ±0.1 nm"),
        (0.32, " ±0.3 nm"),
        (5, " ±5.0 nm"),
        (9.96, " ±10 nm"),
        (27.4, " ±27 nm"),
    ],
)
def test_a_radius_has_one_unit(nm: float, text: str) -> None:
    assert targets_sheet._radius(nm) == text
