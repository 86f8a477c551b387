"""A vessel can be called anything: no name reaches the terminal as an order or ends the program."""

from __future__ import annotations

import re

import fakes
import pytest
from rich.console import Console

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem

HOSTILE = (
    "[/]",
    "a [/",
    "[red]x[/red]",
    "[@click=app.quit]NAME[/]",
    '[link="http://evil"]x[/link]',
    "\x1b]52;c;QUJD\x07GONE",
    "\x1b]0;title\x1b\\",
    "\x1b[2J\x1b[H",
    "\x9b2J\x90x\x9c",
    "\u202eRIGHT TO LEFT\u202c",
    "zero\u200bwidth\u2060\ufeff",
    "nul\x00\r\n\tline",
    "\ud800lone",
    "e" + "\u0301" * 300,
    "船名は長い" * 40,
    "A" * 10_000,
)
_OWN = re.compile("\x1b\\[[0-9;]*m")
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def sent(app):
    """Every byte of the screen as it goes to the terminal, without the program's own colours."""
    console = Console()
    strips = app.screen._compositor.render_strips()
    return [_OWN.sub("", strip.render(console)) for strip in strips]


async def _settled(pilot):
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def _clean(app):
    for line in sent(app):
        assert not _OBEYED.search(line), ascii(line)


@pytest.mark.parametrize("raw", [False, True], ids=["cleaned at the edge", "as if nobody had cleaned it"])
@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["narrow", "wide"])
async def test_hostile_names_pass_through_every_screen(size, raw):
    names = HOSTILE if raw else tuple(printable(name) for name in HOSTILE)
    desk = fakes.FakeDesk(60, names=names)
    app = fakes.app(desk)
    async with app.run_test(size=size) as pilot:
        await _settled(pilot)
        await pilot.pause(0.15)
        for column in ("name", "number"):
            await pilot.press(":", *f"sort {column}", "enter")
            await _settled(pilot)
            for _ in range(18):
                await pilot.press("j")
                await pilot.pause()
                _clean(app)
        for keys in (["tab"], ["tab"], ["tab"], ["w"], ["escape"], ["y"], ["3"], ["full_stop"], ["z"], ["m"]):
            await pilot.press(*keys)
            await _settled(pilot)
            _clean(app)
        assert app.is_running


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
async def test_hostile_text_in_messages_windows_and_lines(name):
    app = fakes.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await _settled(pilot)
        app.say(name)
        await pilot.pause()
        _clean(app)
        app.screen.query_one("KeyBar").show_filter(name)
        await app.run_line(f"theme {name}")
        await pilot.pause()
        _clean(app)
        for problem in (Problem(name, name), BadInput(name)):
            app.show_problem(problem)
            await pilot.pause()
            _clean(app)
            app.pop_screen()
        await app.run_line(f"help {name}")
        await _settled(pilot)
        _clean(app)
        assert app.is_running
