"""The chart driven by keys: where it looks, what it picks and marks, and what reaches the terminal."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from chart_pictures import AT, crowd, picture
from driving import until
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from maoc_tui.commands import CHART, commands_of
from maoc_tui.desk.snapshots import ZoneLabel
from maoc_tui.geo.coast import Coast
from maoc_tui.problems import Problem
from maoc_tui.ui.chart import ChartView
from maoc_tui.ui.chart_canvas import Ink, Paper
from maoc_tui.ui.chart_frame import ink_and_paper
from maoc_tui.ui.themes import names, themes


class Sea(App[None]):
    """A chart and a note of what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Any] = []

    def compose(self) -> ComposeResult:
        yield ChartView(id="chart")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(themes()[0].variables)

    def on_mount(self) -> None:
        for theme in themes():
            self.register_theme(theme)
        self.theme = "night"
        self.chart.focus()

    @property
    def chart(self) -> ChartView:
        return self.query_one(ChartView)

    def on_chart_view_contact_picked(self, event: ChartView.ContactPicked) -> None:
        self.said.append(event)

    def on_chart_view_view_moved(self, event: ChartView.ViewMoved) -> None:
        self.said.append(event)

    def text(self) -> str:
        return "\n".join(strip.text for strip in self.chart.render_lines(self.chart.size.region))


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (20, 5)])
async def test_it_opens_on_home_waters_at_any_size(size: tuple[int, int]) -> None:
    app = Sea()
    async with app.run_test(size=size) as pilot:
        app.chart.set_coast(Coast.load())
        await pilot.pause()
        view = app.chart.scene.view
        column, row = view.cells(np.array([38.7]), np.array([-9.4]))
        assert view.inside(column, row).all()
        assert all(len(line) == size[0] for line in app.text().splitlines())


async def test_the_coast_comes_by_itself() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert any(0x2800 < ord(c) < 0x2900 for c in app.text())


async def test_without_its_coast_file_the_chart_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Coast:
        raise Problem("The coast file cannot be read.", "Install maoc-tui again.")

    monkeypatch.setattr(Coast, "load", missing)
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.set_picture(crowd(20), None, AT)
        await pressed(pilot, "left", "enter")
        assert app.chart.scene.selected is not None


async def test_keys_pan_and_come_back() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        start = app.chart.scene.view
        for there, back in (("left", "right"), ("k", "j"), ("up", "down")):
            await pressed(pilot, there)
            assert app.chart.scene.view != start
            await pressed(pilot, back)
            view = app.chart.scene.view
            assert (view.x, view.y) == pytest.approx((start.x, start.y))
        await pressed(pilot, "left")
        assert app.chart.scene.view.lon < start.lon
        assert isinstance(app.said[-1], ChartView.ViewMoved)


async def test_zoom_keeps_the_cursors_place() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, *["shift+left"] * 12, *["shift+up"] * 4)
        scene = app.chart.scene
        place = scene.view.cell_centre(*scene.cursor)
        scale = scene.view.nm_per_row
        await pressed(pilot, "plus", "plus")
        assert scene.view.nm_per_row < scale / 2
        assert scene.view.cell_centre(*scene.cursor) == pytest.approx(place, abs=1e-6)
        await pressed(pilot, "minus", "minus")
        assert scene.view.cell_centre(*scene.cursor) == pytest.approx(place, abs=1e-6)


async def test_the_cursor_moves_the_chart_at_the_edge() -> None:
    app = Sea()
    async with app.run_test(size=(20, 8)) as pilot:
        before = app.chart.scene.view.lon
        await pressed(pilot, *["shift+right"] * 25)
        assert app.chart.scene.cursor[0] == 19
        assert app.chart.scene.view.lon > before


async def test_home_shows_every_contact() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.set_picture(crowd(50, box=(-20, 20, 100, 140)), None, AT)
        await pressed(pilot, "home")
        assert len(app.chart.scene.placed.index) == 50


async def test_enter_picks_the_nearest_and_says_so() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = picture([38.0, 44.0], [-10.0, 0.0])
        app.chart.set_picture(shown, None, AT)
        await pressed(pilot, "enter")
        assert app.said[-1] == ChartView.ContactPicked(int(shown.key[0]))
        assert app.chart.scene.selected == int(shown.key[0])


async def test_full_stop_and_comma_go_round_the_contacts_in_view() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = picture([44.0, 38.0, 33.0, -50.0], [-10.0, -10.0, -10.0, 100.0])
        app.chart.set_picture(shown, None, AT)
        await pressed(pilot, "full_stop", "full_stop", "full_stop", "full_stop", "comma")
        picked = [event.key for event in app.said if isinstance(event, ChartView.ContactPicked)]
        assert picked == [int(shown.key[i]) for i in (0, 1, 2, 0, 2)]


async def test_following_keeps_the_contact_in_sight() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        chart = app.chart
        first = picture([38.0], [-10.0])
        chart.set_picture(first, None, AT)
        chart.select(int(first.key[0]))
        await pressed(pilot, "F")
        assert chart.following
        chart.set_picture(picture([20.0], [-40.0], generation=2), None, AT)
        await pilot.pause()
        assert (chart.scene.view.lat, chart.scene.view.lon) == pytest.approx((20.0, -40.0))
        await pressed(pilot, "F")
        chart.set_picture(first, None, AT)
        await pilot.pause()
        assert chart.scene.view.lat == pytest.approx(20.0)


async def test_follow_without_a_selection_does_nothing() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "F", "r", "r", "enter", "full_stop", "home")
        assert not app.chart.following


async def test_rings_come_and_go() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        chart = app.chart
        await pressed(pilot, "r")
        rings = chart.scene.rings
        assert rings is not None
        assert rings.radii_nm[2] == pytest.approx(3 * rings.radii_nm[0])
        await pressed(pilot, "r")
        assert chart.scene.rings is None


async def test_measuring_from_the_cursor() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "M", *["shift+right"] * 10)
        assert "rhumb 090.0°" in app.text()
        await pressed(pilot, "M")
        assert "rhumb" not in app.text()


async def test_layers_and_symbols_by_key() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.set_coast(Coast.load())
        app.chart.set_picture(crowd(20), None, AT)
        await pressed(pilot, "i")
        assert "VESSEL" not in app.text()
        await pressed(pilot, "i", "t", "v")
        assert "VESSEL" in app.text()
        assert not {"tracks"} & app.chart.scene.layers
        await pressed(pilot, "b", "b")
        assert app.chart.scene.symbols == "ascii"
        assert not any(0x2800 <= ord(c) < 0x2900 for c in app.text())
        with pytest.raises(KeyError):
            app.chart.toggle("nonsense")
        with pytest.raises(KeyError):
            app.chart.set_symbols("nonsense")


async def test_the_tint_is_asked_for_in_the_background() -> None:
    app = Sea()
    zones = (ZoneLabel("territorial", ("PT",), "agreed", "derived", "PT TS"),)
    async with app.run_test(size=(80, 24)) as pilot:
        chart = app.chart
        chart.set_zone_lines((), lambda lat, lon: np.zeros(len(lat), np.int32), zones)
        await pressed(pilot, "Z")
        await until(pilot, lambda: ink_and_paper(int(chart._frame.look[12, 20]))[1] is Paper.TERRITORIAL)
        assert chart._frame is not None
        assert ink_and_paper(int(chart._frame.look[12, 20]))[1] is Paper.TERRITORIAL
        await pressed(pilot, "Z")
        assert ink_and_paper(int(chart._frame.look[12, 20]))[1] is Paper.SEA


async def test_a_failing_zone_index_does_not_end_the_program() -> None:
    def locate(lat: Any, lon: Any) -> Any:
        if len(lat) > 1:
            raise RuntimeError("no dataset")
        return np.array([-1])

    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.set_zone_lines((), locate)
        await pressed(pilot, "Z")
        await pilot.pause(0.3)
        await pressed(pilot, "left")
        assert app.is_running


@pytest.mark.parametrize("theme", names())
async def test_every_theme_colours_every_ink(theme: str) -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await pilot.pause()
        for paper in Paper:
            for ink in Ink:
                style = app.chart.blend(ink, paper)
                assert style.color is not None
                assert ink in (Ink.NONE,) or style.color != style.bgcolor


async def test_a_change_of_theme_is_painted() -> None:
    app = Sea()
    async with app.run_test(size=(40, 10)) as pilot:
        before = app.chart.render_line(3)
        app.theme = "day"
        await pilot.pause()
        assert app.chart.render_line(3) != before


async def test_a_live_tick_repaints_only_what_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Sea()
    async with app.run_test(size=(160, 48)) as pilot:
        chart = app.chart
        chart.set_coast(Coast.load())
        chart.set_picture(crowd(500), None, AT)
        await pilot.pause()
        painted: list[int] = []
        original = chart.refresh

        def refresh(*regions: Any, **kinds: Any) -> Any:
            painted.extend(region.area for region in regions)
            return original(*regions, **kinds)

        monkeypatch.setattr(chart, "refresh", refresh)
        chart.set_picture(crowd(500, drift=0.001, generation=2), None, AT + 2000)
        await pilot.pause()
        assert sum(painted) < 160 * 48 / 10


async def test_hostile_names_do_not_reach_the_strips() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        bad = ["\x1b]52;c;ZXZpbA==\x07", "[/x]", "\u202eRTL", "a\nb\rc\x00", "\x9b2J", "東京"]
        shown = picture([33, 35, 37, 39, 41, 43], [-12.0] * 6, name=bad, target=["", "\x1b[2J", *[""] * 4])
        app.chart.set_picture(shown, None, AT)
        app.chart.select(int(shown.key[0]))
        await pilot.pause()
        for line in app.chart.render_lines(app.chart.size.region):
            assert line.cell_length == 80
            assert all(ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 and c != "\u202e" for c in line.text)


@pytest.mark.parametrize("border", ["round", "solid"])
async def test_a_border_that_comes_later_takes_its_cells(border: str) -> None:
    app = Sea()
    async with app.run_test(size=(60, 20)) as pilot:
        app.chart.set_picture(crowd(50), None, AT)
        await pilot.pause()
        app.chart.styles.border = (border, "red")  # type: ignore[assignment]
        await pilot.pause()
        await pilot.pause()
        view = app.chart.scene.view
        assert (view.columns, view.rows) == (58, 18)
        assert " nm" in app.chart.render_line(17).text
        await pilot.click("#chart", offset=(5, 4))
        assert app.chart.scene.cursor == (4, 3)


async def test_a_pan_ends_following() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = picture([38.0], [-10.0])
        app.chart.set_picture(shown, None, AT)
        app.chart.select(int(shown.key[0]))
        await pressed(pilot, "F", "left")
        assert not app.chart.following


async def test_resizing_keeps_the_place_chosen() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.centre_on(10.0, -30.0)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        view = app.chart.scene.view
        assert (view.lat, view.lon) == pytest.approx((10.0, -30.0))
        assert (view.columns, view.rows) == (120, 40)


async def test_an_empty_picture_and_missing_positions_are_no_trouble() -> None:
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.set_picture(picture([], []), None, AT)
        await pressed(pilot, "enter", "full_stop", "home", "F", "r")
        nowhere = picture([np.nan], [np.nan], generation=2)
        app.chart.set_picture(nowhere, None, AT)
        app.chart.select(int(nowhere.key[0]))
        app.chart.set_estimates(np.array([np.nan]), np.array([np.nan]), np.array([0]))
        await pressed(pilot, "enter", "full_stop", "home", "F", "r")
        assert app.is_running


def test_every_chart_command_has_its_action() -> None:
    own = [c for c in commands_of(CHART) if set(c.where) == {CHART} and not c.by.startswith("app.")]
    assert len(own) > 15
    for command in own:
        assert hasattr(ChartView, "action_" + command.action.partition("(")[0]), command.id


def test_importing_the_chart_brings_in_nothing_heavy() -> None:
    code = "import sys, maoc_tui.ui.chart; print([m for m in %r if m in sys.modules])"
    heavy = ["shapely", "sqlmodel", "sqlalchemy", "httpx", "geopy", "maoc_tui.store", "maoc_tui.feeds"]
    found = subprocess.run([sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_the_finer_coast_is_made_ready_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maoc_tui.ui.chart._READY_AFTER_S", 0.01)
    app = Sea()
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.set_coast(Coast.load())
        await pilot.pause(0.1)
        await app.workers.wait_for_complete()
        assert len(app.chart.scene.ground._shores) == len(Coast.load().levels)
