"""How the release panel, its checklist and the release log look, narrow and wide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, WIDE, until
from test_release_panel import Hands, panel

from maoc_tui.desk import release
from maoc_tui.desk.room import Room
from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.release_checklist import Checklist
from maoc_tui.ui.release_list import ReleaseList
from maoc_tui.ui.release_panel import ReleasePanel
from tests.release_room import FERREIRA, ORTEGA, draft, make_room, sighting, yacht


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    ReleasePanel.kept.clear()
    made = make_room(tmp_path / "maoc.db")
    with numbered(InOrder()):
        ref = yacht(made, ORTEGA, "FR")
        sighting(made, ref)
        release.propose(made, ORTEGA, draft(made, ref, "MA"))
        release.ask(made, FERREIRA, ref, "BE", "boarding tonight")
        yield made
    made.close()


SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


@SIZES
def test_how_the_panel_looks(room: Room, snap_compare: Any, size: tuple[int, int]) -> None:
    hands = Hands(room, size)

    async def to_panel(pilot: Any) -> None:
        await hands.begin(pilot)
        await panel(hands)

    assert snap_compare(hands.app, terminal_size=size, run_before=to_panel)


@SIZES
def test_how_the_checklist_looks(room: Room, snap_compare: Any, size: tuple[int, int]) -> None:
    hands = Hands(room, size)

    async def to_checklist(pilot: Any) -> None:
        await hands.begin(pilot)
        await panel(hands)
        await hands.keys("c")
        window = await hands.listed(Checklist)
        await until(pilot, lambda: "operational need" in window.query_one("#window-head").text)

    assert snap_compare(hands.app, terminal_size=size, run_before=to_checklist)


@SIZES
def test_how_the_log_looks(room: Room, snap_compare: Any, size: tuple[int, int]) -> None:
    hands = Hands(room, size)

    async def to_log(pilot: Any) -> None:
        await hands.begin(pilot)
        await hands.word("releases")
        await hands.listed(ReleaseList)

    assert snap_compare(hands.app, terminal_size=size, run_before=to_log)
