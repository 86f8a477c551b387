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


# -- what is taken out with y ----------------------------------------------------------------------


async def taken(room: Room, viewer: Viewer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Names and texts of every file that y makes on every screen, and what the clipboard is offered."""
    monkeypatch.setattr(room, "close", lambda: None)
    settings = Settings(export_folder=folder)
    app: Any = MaocApp(lambda said: None, room.clock, settings, desk=LiveDesk(lambda said: room, viewer))
    offered: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", offered.append)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for mode in app.MODES:
            app.action_go(mode)
            await settled(pilot)
            for _ in range(3):
                await pilot.press("y")
                await settled(pilot)
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                await pilot.press("down")
    return "\n".join((*written(folder), *offered))


def written(folder: Path) -> list[str]:
    """Name and text of every file."""
    return [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(folder.glob("*"))]


@pytest.mark.parametrize("viewer", ["ES", "BE"])
async def test_no_file_name_nor_clipboard_holds_a_hidden_word(
    room: Room, viewer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = await taken(room, VIEWERS[viewer], tmp_path, monkeypatch)
    assert leaks(text, viewer) == []
    if viewer != "ES":
        assert HIDDEN not in text


async def test_y_does_take_them_out_for_who_may_see(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the same keys, the whole watch."""
    assert leaks(await taken(room, WATCH, tmp_path, monkeypatch), "BE")
