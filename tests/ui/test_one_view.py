"""One filter and one order for the list and both charts."""

from __future__ import annotations

import fakes
import numpy as np
from driving import NARROW, opened, settled


def _drawn(app) -> str:
    return "".join(s.text for s in app.screen.key_bar.render_line(0))


async def test_a_filter_holds_on_the_full_screen_chart_and_back():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"flag:VE", "enter")
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        assert app.current_mode == "chart"
        assert len(app.screen.chart.scene.traffic.lat) == 100
        assert "▽ flag:VE" in _drawn(app)
        await pilot.press("escape")
        await settled(pilot)
        assert app.current_mode == "watch"
        assert len(app.screen.contacts.rows) == 100
        assert "▽ flag:VE" in _drawn(app)


async def test_a_filter_set_on_the_chart_holds_on_the_watch_until_escape_clears_it():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("slash", *"paloma", "enter")
        await settled(pilot)
        await pilot.press("1")
        await settled(pilot)
        shown = app.screen.contacts.rows
        assert 0 < len(shown) < 200
        assert all("PALOMA" in shown.cells(at)[3][0] for at in range(len(shown)))
        await pilot.press("escape")
        await settled(pilot)
        assert len(shown) < len(app.screen.contacts.rows) == 200
        assert "▽" not in _drawn(app)


async def test_home_fits_the_filtered_contacts():
    desk = fakes.FakeDesk(names=("SOLO",))
    desk.now_picture.lat[0], desk.now_picture.lon[0] = 10.0, -40.0
    app = fakes.app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"solo", "enter")
        await settled(pilot)
        await pilot.press("3", "home")
        await settled(pilot)
        view = app.screen.chart.scene.view
        middle = view.cell_centre(view.columns // 2, view.rows // 2)
        assert np.allclose(middle, (10.0, -40.0), atol=1.0)
