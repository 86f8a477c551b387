"""Finding anything from any screen: typed, listed by kind, opened where it is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, WIDE, settled, until

sys.path.insert(0, str(Path(__file__).parents[1] / "gate"))
from surfaces import ES, record
from target_room import YACHT

from maoc_tui.app import MaocApp
from maoc_tui.desk.room import Room
from maoc_tui.settings import Settings
from maoc_tui.ui.kept_windows import MarksWindow, ViewsWindow
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedAct
from maoc_tui.ui.search_window import SearchWindow


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = record(tmp_path_factory.mktemp("search"))
    opened._zones.outlines = lambda: ()  # type: ignore[union-attr,method-assign]
    whole, opened.close = opened.close, lambda: None  # type: ignore[method-assign]
    yield opened
    whole()


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


async def test_a_search_leads_to_each_kind_of_record(room: Room) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        window = await found(pilot, "plgh maru")
        assert [group.kind for group in window.found.groups] == ["target", "seizure"]
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "targets" and app.screen.list.cursor_key == "T-0002")
        window = await found(pilot, "op-2")
        await pilot.press("enter")
        await until(
            pilot, lambda: app.current_mode == "operations" and app.screen.list.cursor_key == "OP-0002"
        )
        window = await found(pilot, "spain")
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "liaison" and app.screen.partners.cursor_key == "ES")
        await app.run_line("find ais:263601890")
        await until(pilot, lambda: isinstance(app.screen, SearchWindow) and app.screen.found is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "watch" and app.chosen == YACHT)


async def test_what_is_hidden_is_not_found_and_what_says_nothing_is_told(room: Room) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        window = await found(pilot, "xyzzy")
        assert window.found.total == 0
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
