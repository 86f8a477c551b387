"""The 08:00 brief for the members, Belgium and Germany (workflow 3.9), by keyboard alone, in the demo."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from liaison_room import open_room
from target_room import Zones

from maoc_tui.app import MaocApp
from maoc_tui.desk import briefing, demo_assets, demo_liaison, demo_operations, demo_requests, targets
from maoc_tui.desk.demo_door import DemoDoor
from maoc_tui.desk.demo_script import play
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.settings import Settings
from maoc_tui.store.database import Database
from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.entering import AGAIN
from maoc_tui.ui.form import Form

MEMBERS = {"PT", "ES", "FR", "IE", "IT", "NL", "GB"}
BUDGET_S = 120.0
"""Of the 25 minutes from 07:30 most are for reading and for answers; the program takes so much processor time."""


def opened(path: Path, now_ms: int) -> Any:
    """The record opened anew, as after every signing out."""
    made = Room(Database.open(path), ScenarioClock(now_ms, 0.0), Settings())
    made._zones = Zones()  # type: ignore[assignment]
    made._zones.outlines = lambda: ()  # type: ignore[union-attr,method-assign]
    return made


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    """The demo's targets somewhere at sea, its officers, requests, operations and assets: without its traffic."""
    Form.drafts.clear()
    scenario = Scenario.load()
    made = open_room(tmp_path, scenario.opens)
    with numbered(InOrder()):
        for entry in scenario.targets:
            said = {name: entry[name] for name in ("name", "flag") if name in entry}
            origin = entry["source"][:2] if entry["source"][2:3] == " " else "MAOC"
            mark = parse("B2 H2 rel MAOC,PT,ES,FR", origin)
            new = targets.NewTarget(
                entry["description"], position="26 00N 028 00W", values=said, marking=mark
            )
            targets.add(made, WATCH, new)
        demo_liaison.seed(made, scenario.begins)
        play(demo_requests.scripts(made, scenario.opens))
        play(demo_operations.scripts(made, scenario.opens))
        play(demo_assets.scripts(made, scenario.opens))
    yield made
    made.close()


async def be(pilot: Any, name: str) -> None:
    """Answer the demo's question who one is."""
    from textual.widgets import OptionList

    app = pilot.app
    await until(pilot, lambda: type(app.screen).__name__ == "Chooser" and app.screen.query(OptionList))
    options = app.screen.query_one(OptionList)
    at = next(at for at in range(options.option_count) if name in str(options.get_option_at_index(at).prompt))
    await until(pilot, lambda: app.focused is options)
    for step in range(1, at + 1):
        await pilot.press("j")
        await until(pilot, lambda step=step: options.highlighted == step)
    await pilot.press("enter")
    await until(pilot, lambda: app.desk.viewer.name == name)


async def typed(pilot: Any, *fields: str) -> None:
    """Type into the form in front, field by field, and save it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Form))
    for at, text in enumerate(fields):
        if at:
            await pilot.press("tab")
        await pilot.press(*("space" if char == " " else char for char in text))
    await pilot.press("ctrl+s")


def at_briefs(app: Any) -> bool:
    return type(app.screen).__name__ == "BriefsScreen" and app.screen.known is not None


def program(room: Any, door: DemoDoor, out: Path) -> Any:
    """The program as it begins for whoever comes next."""
    return MaocApp(door, room.clock, Settings(export_folder=out))


async def test_the_morning_brief_is_made_by_keys_alone(room: Any, tmp_path: Path) -> None:
    out, began = tmp_path / "out", time.process_time()
    door = DemoDoor(room.db.path, lambda said, key: opened(room.db.path, room.clock.now_ms()))
    app = program(room, door, out)
    async with app.run_test(size=NARROW) as pilot:
        await be(pilot, "Rui Ferreira")
        name = await drafted(pilot)
        await pilot.press("colon", *"signout", "enter")  # the second person
        await be(pilot, "Clara Nunes")
        await until(pilot, lambda: app.return_code == AGAIN)
    app = program(room, door, out)
    async with app.run_test(size=NARROW) as pilot:
        await issued(pilot, name)
    assert time.process_time() - began < BUDGET_S
    for recipient in ("MAOC", "BE", "DE", *MEMBERS):
        for form in ("txt", "md", "json", "html", "csv", "pdf", "geojson", "kml", "gpx"):
            assert len(list(out.glob(f"*_{recipient}.{form}"))) == 1, (recipient, form)
    assert len(list(out.glob("centre-only/*manifest.txt"))) == 1
    assert briefing.listing(room, WATCH)[0].approved_by == "Clara Nunes"


async def at_screen(pilot: Any) -> Any:
    """The Briefs screen with its grid."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("8")
    await until(pilot, lambda: at_briefs(app))
    return app.screen


async def drafted(pilot: Any) -> str:
    """Checked, asked for, read and drafted; the name of the version."""
    app, screen = pilot.app, await at_screen(pilot)
    assert set(screen.known.grid.recipients) == {"MAOC", "BE", "DE", *MEMBERS}
    await pilot.press("c")
    await until(pilot, lambda: type(app.screen).__name__ == "CheckWindow" and len(app.screen.list.rows) > 10)
    await pilot.press("escape", "enter")
    key, code = await to_a_line_to_ask_for(pilot, screen)
    await pilot.press("w")
    await until(pilot, lambda: app.screen is not screen)
    await pilot.press("escape", "A")
    await typed(pilot, "needed for the boarding")
    await until(pilot, lambda: at_briefs(app) and screen.known.grid.cell(key, code).mark == "asked")
    await pilot.press("v")
    await until(pilot, lambda: type(app.screen).__name__ == "CopyWindow")
    assert "for BE only" in app.screen.copy.text
    await pilot.press("G", "escape", "n")
    await typed(pilot)
    await until(pilot, lambda: at_briefs(app) and screen.version_here() is not None and screen.of != "")
    return str(screen.version_here().name)


async def to_a_line_to_ask_for(pilot: Any, screen: Any) -> tuple[Any, str]:
    """Belgium's column, then down to the first cell with a question mark."""
    await until(pilot, lambda: screen.grid.has_focus)
    while screen.code != "BE":
        await pilot.press("right")
    while not (at := screen.line_here()) or at.cells[screen._column].mark != "ask":
        here = screen.grid.cursor_key
        await pilot.press("j")
        assert screen.grid.cursor_key != here, "there is nothing to ask for"
    return screen.grid.cursor_key, screen.code


async def issued(pilot: Any, name: str) -> None:
    """Read, approved by the second person, and written out."""
    app, screen = pilot.app, await at_screen(pilot)
    await pilot.press("j")
    await until(pilot, lambda: screen.of == name)
    await pilot.press("v")
    await until(pilot, lambda: type(app.screen).__name__ == "CopyWindow")
    (digest,) = re.findall(r"digest of all\s+copies\s+([0-9a-f]{8})", app.screen.copy.text)
    await pilot.press("escape", "a")
    await typed(pilot, digest)
    await until(pilot, lambda: at_briefs(app) and screen.version_here().state == "approved")
    await pilot.press("x")
    await until(pilot, lambda: isinstance(app.screen, Form))
    await pilot.press("ctrl+s")
    await until(pilot, lambda: type(app.screen).__name__ == "Sheet")
    await pilot.press("escape")
    await until(pilot, lambda: at_briefs(app) and screen.version_here().state == "issued")
