"""Finding anything from any screen: typed, listed by kind, opened where it is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from driving import NARROW, WIDE, settled, until

sys.path.insert(0, str(Path(__file__).parents[1] / "gate"))
from surfaces import ES, record
from target_room import YACHT

from maoc_tui.app import MaocApp
from maoc_tui.desk import briefing, clocks, officers, requests, search, seizures, watch_log
from maoc_tui.desk.room import Room
from maoc_tui.desk.search import _TITLES
from maoc_tui.domain.viewer import WATCH
from maoc_tui.settings import Settings
from maoc_tui.store.search_sources import RECORDS
from maoc_tui.ui import going
from maoc_tui.ui.going import open_record
from maoc_tui.ui.kept_windows import MarksWindow, ViewsWindow
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedAct
from maoc_tui.ui.moment import View
from maoc_tui.ui.search_window import SearchWindow


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = record(tmp_path_factory.mktemp("search"))
    opened._zones.outlines = lambda: ()  # type: ignore[union-attr,method-assign]
    whole, opened.close = opened.close, lambda: None  # type: ignore[method-assign]
    yield opened
    whole()


def fill(opened: Room) -> None:
    """What a search leads to besides what the record holds: one of every kind that Spain sees."""
    watch_log.log(opened, ES, "0300Z spoke with Funchal")
    watch_log.log(opened, ES, "0310Z all quiet")
    requests.open_request(opened, ES, "T-0002", "flag enquiry", "VE")
    clocks.add(opened, ES, "T-0002", "call Dakar", "2350Z")
    officers.add(opened, WATCH, "ES", "Ana Ortega")
    briefing.draft(opened, replace(WATCH, partner="ES"), ["ES"])
    for text, operation in (("seized alone", ""), ("seized with", "OP-0002")):
        seizures.add(opened, ES, seizures.NewSeizure("2022-12-13", operation=operation, text=text))


def program(room: Room) -> Any:
    return MaocApp(lambda said: None, room.clock, Settings(), desk=LiveDesk(lambda said: room, ES))


async def found(pilot: Any, text: str) -> SearchWindow:
    """The window after a search."""
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(pilot.app.screen, SearchWindow), 15)
    window = pilot.app.screen
    await pilot.press(*("space" if c == " " else c for c in text), "enter")
    await until(pilot, lambda: window.found is not None and len(window.list.rows) == window.found.total, 15)
    return window


async def test_a_search_leads_to_each_kind_of_record(tmp_path: Path) -> None:
    room = record(tmp_path)
    room._zones.outlines = lambda: ()  # type: ignore[union-attr,method-assign]
    fill(room)
    hits = {
        one.kind: one
        for text in LEADS
        for group in search.search(room, ES, text).groups
        for one in group.hits
    }
    assert hits.keys() == {*_TITLES} - {"alert"}
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        window = await found(pilot, "plgh maru")
        assert [group.kind for group in window.found.groups] == ["target", "seizure"]
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "targets" and app.screen.list.cursor_key == "T-0002")
        await app.run_line("find seized alone")
        await until(pilot, lambda: isinstance(app.screen, SearchWindow) and app.screen.found)
        await pilot.press("enter")
        said = "SZ-0003 came of no operation"
        await until(pilot, lambda: said in str(app.screen_stack[0].key_bar.said))
        app.view, app.chosen = View("flag:PA", "target", False), 0
        app.look_now()
        await until(pilot, lambda: app.moment.view.query)
        for kind, (mode, key) in LED.items():
            open_record(app, kind, hits[kind].ref)
            await until(
                pilot, lambda mode=mode, key=key: app.current_mode == mode and on(app.screen) == key, 15
            )
        await until(pilot, lambda: app.moment.view.query == "" and app.chosen == on(app.screen) == YACHT)


LEADS = (
    "op-2", "spain", "ana ortega", "seized with", "rq-1", "dakar", "as-2", "funchal", "br-2022-348", "t-2", "263601890",
)  # fmt: skip
LED = {
    "operation": ("operations", "OP-0002"), "partner": ("liaison", "ES"), "seizure": ("operations", "OP-0002"),
    "clock": ("requests", "CK-0003"), "watch": ("watch_log", "W-0001"), "brief": ("briefs", "BR-2022-348 v1"),
    "contact": ("watch", YACHT),
}  # fmt: skip
"""Kind to the screen it is opened on, and what the cursor stands on there."""


def test_every_kind_that_is_found_has_a_screen_that_there_is() -> None:
    named = {
        kind: going._BY_KIND.get(kind) or going._SCREENS.get(one.prefix) for kind, one in RECORDS.items()
    }
    assert {kind for kind, mode in named.items() if mode not in MaocApp.MODES} == {"seizure"}
    assert {going._BY_KIND[kind] for kind in ("partner", "brief")} <= MaocApp.MODES.keys()


def on(screen: Any) -> Any:
    """What the cursor of a screen stands on."""
    lists = (getattr(screen, name, None) for name in ("list", "partners", "versions", "contacts"))
    return next((one.cursor_key for one in lists if one is not None), None)


def late_answers(window: Any) -> list[Callable[[], None]]:
    """From now on the window's searches are answered when these are called."""
    app, asked = window._app, []

    def read(work: Any, done: Any, _failed: Any) -> None:
        asked.append(lambda: done(work()))

    window._app = SimpleNamespace(desk=app.desk, clock=app.clock, local=app.local, read=read)
    return asked


async def test_what_is_hidden_is_not_found_and_what_says_nothing_is_told(room: Room) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        window = await found(pilot, "xyzzy")
        assert window.found.total == 0
        assert window.field.has_focus
        early = late_answers(window)
        window.field.value = "ma"
        await pilot.press("enter", *"ru", "enter", "x")
        await until(pilot, lambda: len(early) == 2)
        for answer in reversed(early):
            answer()
        assert window.found.text == "maru"
        assert len(window.list.rows) == window.found.total > 0
        assert window.field.has_focus
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SearchWindow))
        await app.run_line("find ??")
        await until(
            pilot, lambda: any("nothing to look for" in n.text for n in app.screen.query("#window-note")), 15
        )


async def test_views_and_what_was_opened_lead_back(room: Room) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await until(
            pilot, lambda: app.current_mode == "targets" and app.screen.list.cursor_key == "T-0002", 15
        )
        await app.run_line("only name:maru")
        await pilot.press("enter", "V")
        await until(pilot, lambda: isinstance(app.screen, ViewsWindow) and app.screen.found == (), 15)
        window = app.screen
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, MarkedAct), 15)
        await settled(pilot)
        await pilot.press(*"Maru", "enter", "7", "ctrl+s")
        await until(pilot, lambda: app.screen is window and len(window.found) == 1, 15)
        await pilot.press("escape", "1")
        await until(pilot, lambda: app.current_mode == "watch", 15)
        await pilot.press("V")
        await until(pilot, lambda: isinstance(app.screen, ViewsWindow) and app.screen.found, 15)
        await pilot.press("7")
        await until(pilot, lambda: app.current_mode == "targets" and app.screen.query_text == "name:maru", 15)
        await pilot.press("1", "ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, MarksWindow) and app.screen.found, 15)
        assert "T-0002" in [one.ref for one in app.screen.found]
        while app.screen.list.cursor_key != "T-0002":
            await pilot.press("down")
        await pilot.press("p")
        await until(pilot, lambda: any(one.pinned for one in app.screen.found), 15)
        await pilot.press("escape", "apostrophe")
        await until(pilot, lambda: isinstance(app.screen, MarksWindow) and app.screen.found, 15)
        assert [one.ref for one in app.screen.found] == ["T-0002"]
        await pilot.press("enter")
        await until(
            pilot, lambda: app.current_mode == "targets" and app.screen.list.cursor_key == "T-0002", 15
        )
        await pilot.press("V")
        await until(pilot, lambda: isinstance(app.screen, ViewsWindow) and app.screen.found, 15)
        await pilot.press("x")
        await until(pilot, lambda: app.screen.found == (), 15)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_how_the_search_looks(room: Room, snap_compare: Any, size: tuple[int, int]) -> None:
    async def to_search(pilot: Any) -> None:
        await settled(pilot)
        await found(pilot, "plugh")
        await settled(pilot)

    assert snap_compare(program(room), terminal_size=size, run_before=to_search)
