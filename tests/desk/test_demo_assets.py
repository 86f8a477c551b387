"""The demo's assets: complete, through the real desks, with something free, something stale and something asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asset_room import operation
from liaison_room import add_target, open_room

from maoc_tui.desk import assets, demo_assets, demo_liaison, tasking
from maoc_tui.desk.demo_script import play
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.store.numbers import InOrder, numbered


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A record with the demo's targets by name only, its officers, two operations and its assets."""
    scenario = Scenario.load()
    made = open_room(tmp_path_factory.mktemp("demo"), scenario.opens)
    with numbered(InOrder()):
        for entry in scenario.targets:
            code = entry["source"][:2] if entry["source"][2:3] == " " else "MAOC"
            add_target(made, entry["description"], rel="MAOC,PT,ES,FR", origin=code)
        demo_liaison.seed(made, scenario.begins)
        assert [operation(made, "T-0002"), operation(made, "T-0001")] == ["OP-0001", "OP-0002"]
        play(demo_assets.scripts(made, scenario.opens))
    yield made
    made.close()


def test_a_dozen_assets_of_three_states_of_every_kind(room: Room) -> None:
    rows = assets.assets(room, WATCH)
    assert len(rows) == 12
    assert {row.kind for row in rows} == {"ship", "aircraft", "helicopter", "team", "drone"}
    assert {row.owner for row in rows} == {"PT", "ES", "FR"}


def test_some_are_free_some_are_not_and_old_word_is_unknown(room: Room) -> None:
    rows = {row.name: row for row in assets.assets(room, WATCH)}
    assert rows["NRP Vento Norte"].availability == "available"
    assert rows["Falcão 2"].availability == "maintenance"
    assert (rows["Cormorán"].availability, rows["Cormorán"].said) == ("unknown", "available")
    assert rows["PSP Brise-Lames"].availability == "on task"
    assert rows["Equipo Sur"].said == ""
    assert [row.stale for row in assets.assets(room, WATCH)][:3] == [True, True, True]


def test_one_is_on_task_one_acknowledged_one_waits(room: Room) -> None:
    states = {one.asset_name: one.state for one in tasking.taskings(room, WATCH)}
    assert states == {"PSP Brise-Lames": "on task", "Gaivota 3": "acknowledged", "NRP Vento Norte": "asked"}


def test_each_state_sees_what_it_is_asked(room: Room) -> None:
    marta = Viewer("Marta Lobo", "PT", roles=frozenset({Role.LIAISON}))
    assert {one.asset_name for one in tasking.taskings(room, marta) if one.owner == "PT"} == {
        "Gaivota 3", "NRP Vento Norte",
    }  # fmt: skip
