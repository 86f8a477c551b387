"""Dashboards of the record: each list as its own screen tells it, stacked on a narrow terminal, opened with Enter."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path

from driving import NARROW, WIDE, settled, until
from liaison_room import open_room
from operation_room import COORDINATOR, MARK, filled_room, program

from maoc_tui.desk import operations
from maoc_tui.domain.releases import FollowUp
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.ui import dashboards, record_kinds, release_desk
from maoc_tui.ui.dialogs import ProblemDialog
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.record_panels import RecordPanels
from maoc_tui.ui.release_list import ReleaseList

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
    assert set(record_kinds.KINDS) == set(dashboards.RECORDS)


async def test_each_dashboard_tells_what_its_lists_hold_and_leads_to_the_same_record(tmp_path, monkeypatch):
    own = Path(os.environ["MAOC_CONFIG"]) / "dashboards"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('title = "Mine"\ncolumns = ["1fr"]\n')
    room, tasks, everything = filled_room(tmp_path), [], release_desk.everything
    monkeypatch.setattr(release_desk, "everything", lambda desk: (tuple(tasks), *everything(desk)[1:]))
    app = program(room)
    app.settings = replace(app.settings, dashboard="gone", keys={"filter": "f", "nope": "x"})
    async with app.run_test(size=WIDE) as pilot:
        said = ""
        for _ in ("the settings", "the dashboards"):
            await until(pilot, lambda: isinstance(app.screen, ProblemDialog))
            await settled(pilot)
            window = app.screen
            said += str(window.problem.message)
            await pilot.press("enter")
            await until(pilot, lambda shown=window: app.screen is not shown)
        for part in ("mine.toml", "keys.nope: no such command", "dashboard: 'gone' is none of auto, "):
            assert part in said
        app.screen.action_dashboard()  # d goes on from auto
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
        app.screen.point_to("OP-0099")
        await until(pilot, lambda: "OP-0099 is not in this list." in app.screen.key_bar.said)
        await pilot.resize_terminal(*WIDE)
        await pilot.press("1")
        app.screen.action_dashboard("liaison")
        await until(pilot, lambda: "nothing was asked" in told(app, "releases"))
        app.screen.records._rest_until = math.inf  # a reading for traffic would wait now
        tasks += [FollowUp(name, 1, "tell", "BE", f"tell BE {name}", 0) for name in ("first", "second")]
        operations.open_operation(room, COORDINATOR, "MEANWHILE", marking=MARK)
        await until(pilot, lambda: "tell BE second" in told(app, "releases"))
        app.screen.panels.bring("releases")
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReleaseList) and len(app.screen.list.rows) == 2)
        assert app.screen.list.cursor_key == "task second"


def test_a_list_that_may_not_be_read_says_why(tmp_path):
    room = open_room(tmp_path)
    auditor = Viewer("Audit", "MAOC", roles=frozenset({Role.AUDITOR}))
    desk = LiveDesk(lambda said: room, auditor)
    desk.admit = lambda: None
    panels, wish = RecordPanels(None), ("operations", "clocks")
    found = panels.reading(desk, wish, None, False)
    assert all(isinstance(known, NotPermitted) for known in found.known.values())
    assert panels.reading(desk, wish, found, False) is None
