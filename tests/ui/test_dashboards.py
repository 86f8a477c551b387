"""Dashboards of the record: each list as its own screen tells it, stacked on a narrow terminal, opened with Enter."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from driving import NARROW, WIDE, settled, until
from liaison_room import open_room
from operation_room import filled_room, program

from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.ui import dashboards, record_kinds, record_panels
from maoc_tui.ui.dialogs import ProblemDialog
from maoc_tui.ui.live import LiveDesk

SHOWN = {
    "coordinator": {"operations": "STRAY DOG", "clocks": "Alfa"},
    "liaison": {"targets": "LA PALOMA", "requests": "no open request", "releases": "nothing was asked"},
    "brief": {"briefs": "the record now", "operations": "NORTE"},
}


def told(app, name):
    """A panel of the dashboard as text; "" where it is not shown."""
    panel = app.screen.panels.panel(name)
    if panel is None or not panel.display:
        return ""
    return "\n".join("".join(s.text for s in panel.render_line(y)) for y in range(panel.size.height))


def test_every_panel_a_dashboard_may_name_is_there():
    assert set(record_kinds.KINDS) == set(dashboards.PANELS) - {"contacts", "chart", "detail", "events"}


async def test_each_dashboard_tells_what_its_lists_hold(tmp_path):
    own = Path(os.environ["MAOC_CONFIG"]) / "dashboards"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('title = "Mine"\ncolumns = ["1fr"]\n')
    app = program(filled_room(tmp_path))
    app.settings = replace(app.settings, keys={"filter": "f", "nope": "x"})
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProblemDialog))
        said = str(app.screen.problem.message)
        assert "mine.toml" in said or "keys.nope: no such command" in said
        while isinstance(app.screen, ProblemDialog):
            await pilot.press("enter")
            await settled(pilot)
        await until(pilot, lambda: app.moment is not None)
        for name, panels in SHOWN.items():
            app.screen.action_dashboard(name)
            for panel, part in panels.items():
                await until(pilot, lambda p=panel, t=part: t in told(app, p))
            assert app.screen.focused is not None
            assert app.screen.focused.display
        await pilot.press("f", "v", "enter")
        assert app.view.query == "v"
        await pilot.resize_terminal(*NARROW)
        app.screen.action_dashboard("coordinator")
        await until(pilot, lambda: "STRAY DOG" in told(app, "operations"))
        assert not told(app, "clocks")
        assert app.screen.highest_marking() == "H2"
        app.screen.panels.bring("clocks")
        await until(pilot, lambda: "Alfa" in told(app, "clocks"))
        app.screen.panels.bring("operations")
        await settled(pilot)
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.current_mode == "operations")
        await until(pilot, lambda: getattr(app.screen.row(), "name", "") == "NORTE")


def test_a_list_that_may_not_be_read_says_why(tmp_path):
    room = open_room(tmp_path)
    auditor = Viewer("Audit", "MAOC", roles=frozenset({Role.AUDITOR}))
    desk = LiveDesk(lambda said: room, auditor)
    desk.admit = lambda: None
    state, found, _ = record_panels._read(desk, None, ("operations", "clocks"))
    assert all(isinstance(known, NotPermitted) for known in found.values())
    assert record_panels._read(desk, state, ("operations", "clocks")) is None
