"""Every screen, in every view: no hidden word is drawn, in no list, banner, chart, sheet or palette."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from surfaces import HIDDEN, VIEWERS, leaks, record

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
from driving import WIDE, settled

from maoc_tui.app import MaocApp
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.settings import Settings
from maoc_tui.ui.live import LiveDesk


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = record(tmp_path_factory.mktemp("screens"))
    opened._zones.outlines = lambda: ()  # type: ignore[union-attr,method-assign]
    yield opened
    opened.close()


async def drawn(room: Room, viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything drawn on every screen, with the first row opened and filters asked for the hidden."""
    monkeypatch.setattr(room, "close", lambda: None)
    app: Any = MaocApp(lambda said: None, room.clock, Settings(), desk=LiveDesk(lambda said: room, viewer))
    seen = []
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for mode in app.MODES:
            app.action_go(mode)
            await settled(pilot)
            seen.append(lines(app))
            await pilot.press("down", "enter")
            await settled(pilot)
            seen.append(lines(app))
            await pilot.press("escape")
            for typed in (f"target {HIDDEN}", "filter XYZZY"):
                await app.run_line(typed)
                await settled(pilot)
                seen.append(lines(app))
                await pilot.press("escape")
    return "\n".join(seen)


def lines(app: Any) -> str:
    """What is on the screen, as text."""
    strips = (strip for screen in app.screen_stack for strip in screen._compositor.render_strips())
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.mark.parametrize("viewer", ["ES", "BE"])
async def test_no_screen_draws_a_hidden_word(
    room: Room, viewer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = await drawn(room, VIEWERS[viewer], monkeypatch)
    typed = [line for line in text.splitlines() if "filter" in line or "▽" in line]
    shown = "\n".join(line for line in text.splitlines() if line not in typed)
    assert leaks(shown, viewer) == []
    if viewer != "ES":
        assert f"{HIDDEN} " not in shown


async def test_the_screens_do_draw_them_for_who_may_see(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    assert leaks(await drawn(room, WATCH, monkeypatch), "BE")
