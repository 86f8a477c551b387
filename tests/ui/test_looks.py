"""Themes, dashboards and times: how things are shown, and that all of it follows at once."""

from __future__ import annotations

import fakes
import pytest
from driving import NARROW, WIDE, opened, settled

from maoc_tui.ui.topbar import TopBar


async def test_every_panel_takes_the_new_theme():
    app = fakes.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("T", "T")
        await settled(pilot)
        assert app.theme == "day"
        wanted = app.screen.detail.get_component_rich_style("lines--title").color
        drawn = {
            s.style.color for y in range(12) for s in app.screen.detail.render_line(y) if "Said" in s.text
        }
        assert drawn == {wanted}


async def test_a_window_shows_its_foot_on_a_small_terminal():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert app.screen.query_one(".window--foot").region.bottom <= 23
        lines = ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]
        assert any("Esc closes" in line for line in lines)


async def test_dashboard_fits_the_terminal_and_can_be_chosen():
    app = fakes.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert app.screen.panels.dashboard.name == "watch"
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert app.screen.panels.dashboard.name == "narrow"
        await pilot.press(":", *"dashboard watch", "enter")
        await settled(pilot)
        assert app.screen.panels.dashboard.name == "watch"


async def test_times_turn_local_and_back(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Europe/Madrid")
    time.tzset()
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert "04:07:41+01" in app.screen.query_one(TopBar).text
        await pilot.press("z")
        await settled(pilot)
        assert "03:07:41Z" in app.screen.query_one(TopBar).text


def _drawn(app):
    """Every cell's text and colours, the bars left out: their messages differ."""
    strips = app.screen._compositor.render_strips()[1:-1]
    return [[(s.text, s.style.color, s.style.bgcolor) for s in strip.simplify()] for strip in strips]


async def _looks(theme, screen, size, keys=()):
    app = fakes.app(fakes.FakeDesk(80), theme=theme)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press(screen, *keys)
        await settled(pilot)
        await pilot.pause(0.4)
        await settled(pilot)
        return _drawn(app)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("screen", ["1", "3"], ids=["watch", "chart"])
async def test_after_a_switch_all_is_drawn_as_if_started_in_that_theme(screen, size):
    switched = await _looks("night", screen, size, keys=(":", *"theme day", "enter"))
    assert switched == await _looks("day", screen, size)
