"""The reach fan and a new operation are of the target just put on the chart, and of no other boat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import WIDE, until
from operation_room import filled_room, program, target
from textual.widgets import Input

from maoc_tui.ui.actions import Actions
from maoc_tui.ui.chart_panel import ChartPanel
from maoc_tui.ui.form import Form
from maoc_tui.ui.keybar import KeyBar


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    target(made, position="35 00N 021 00W", name="TERCEIRA")
    yield made
    made.close()


async def on_chart(pilot: Any, ref: str) -> Any:
    """A target put on the chart from the Targets screen with m."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("2")
    await until(pilot, lambda: type(app.screen).__name__ == "TargetsScreen" and len(app.screen.known) == 3)
    app.screen.list.select(ref)
    await until(pilot, lambda: app.screen.selected() is not None and app.screen.selected().row.ref == ref)
    await pilot.press("m")
    await until(pilot, lambda: type(app.screen).__name__ == "ChartScreen")
    return app.screen.query_one(ChartPanel)


async def fan_of(pilot: Any, chart: Any, ref: str) -> str:
    await pilot.press("f")
    await until(pilot, lambda: chart.scene.overlay is not None and ref in chart.scene.overlay.title)
    return str(chart.scene.overlay.title)


async def test_the_fan_is_of_the_target_put_on_the_chart_and_of_no_earlier_one(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        chart = await on_chart(pilot, "T-0001")
        assert (await fan_of(pilot, chart, "T-0001")).startswith("T-0001: reach")
        await pilot.press("x")
        chart = await on_chart(pilot, "T-0003")
        assert (app.target_shown, app.chosen) == ("T-0003", 0)
        assert (await fan_of(pilot, chart, "T-0003")).startswith("T-0003: reach")


async def test_a_new_operation_proposes_the_target_on_the_chart(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await on_chart(pilot, "T-0001")
        await on_chart(pilot, "T-0003")
        await pilot.press("4")
        await until(pilot, lambda: type(app.screen).__name__ == "OperationsScreen")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.query_one("#field-targets", Input).value == "T-0003"


async def test_a_contact_picked_afterwards_takes_its_place(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        chart = await on_chart(pilot, "T-0003")
        picture = app.moment.picture
        picture.target[:] = ""
        picture.target[2] = "T-0002"
        app.chosen = int(picture.key[2])
        assert app.target_shown == ""
        assert (await fan_of(pilot, chart, "T-0002")).startswith("T-0002: reach")
        await pilot.press("x")
        app.chosen = int(picture.key[5])
        await pilot.press("f")
        await until(pilot, lambda: "No target is selected" in str(app.screen.query_one(KeyBar).said))


async def test_a_refusal_names_the_target_and_no_option_of_the_command_line(room: Any) -> None:
    app = program(room)
    room.clock.set_to(room.clock.now_ms() + 400 * 86_400_000)
    async with app.run_test(size=WIDE) as pilot:
        await on_chart(pilot, "T-0003")
        await pilot.press("f")
        await until(pilot, lambda: "may be anywhere" in str(app.screen.query_one(KeyBar).said))
        told = str(app.screen.query_one(KeyBar).said)
        assert "T-0003" in told
        assert "--" not in told


async def test_the_planted_fault_of_a_target_that_sticks_would_be_seen(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: where m does not say which target is shown, the fan is of the boat before."""

    def sticky(self: Any, ref: str, key: int = 0) -> None:
        self.chosen = key
        self.target_shown = self.target_shown or ref

    monkeypatch.setattr(Actions, "show_target", sticky)
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await on_chart(pilot, "T-0001")
        await on_chart(pilot, "T-0003")
        assert app.target_shown == "T-0001"
