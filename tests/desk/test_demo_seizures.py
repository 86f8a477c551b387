"""The demo's ledger: entered through the desk, with something to see in every column and something in doubt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from liaison_room import open_room, viewer

from maoc_tui.desk import seizures
from maoc_tui.desk.demo_seizures import seed_seizures
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = open_room(tmp_path_factory.mktemp("demo"), Scenario.load().opens)
    seed_seizures(made)
    yield made
    made.close()


def test_weighed_estimated_and_jettisoned_all_have_something(room: Room) -> None:
    shown = seizures.figures(room, WATCH, by="lead")
    assert {row.key for row in shown.rows} == {"ES", "FR", "PT"}
    total = shown.total
    assert min(total.seized.weighed_g, total.seized.estimated_g, total.jettisoned.total_g) > 0
    kinds = {doubt.kind for doubt in shown.doubts}
    assert {"estimate-only", "untested", "conflicting-persons", "unofficial"} <= kinds


def test_a_whole_event_is_whole(room: Room) -> None:
    sheet = next(
        seizures.sheet(room, WATCH, row.ref) for row in seizures.listing(room, WATCH) if row.lead == "ES"
    )
    assert sheet.row.doubts == ()
    assert [weight.basis for weight in sheet.row.finds[0].weights] == ["NET", "GROSS", "ESTIMATED"]
    assert [link.gap for links in sheet.custody.values() for link in links] == ["", ""]


def test_partners_see_different_figures(room: Room) -> None:
    seen = {code: seizures.figures(room, viewer(code)).n for code in ("ES", "FR", "GB", "IE")}
    assert seen == {"ES": 3, "FR": 2, "GB": 1, "IE": 0}
