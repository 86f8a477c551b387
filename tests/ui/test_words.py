"""What the program says: where a command applies, where a copy went, how a list is ordered."""

from __future__ import annotations

import fakes
import pytest
from driving import NARROW, WIDE, opened, settled

from maoc_tui.problems import StoreProblem
from maoc_tui.ui.keybar import KeyBar


@pytest.mark.parametrize("word", ["status", "link"])
async def test_a_command_of_another_screen_says_which(word):
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *word, "enter")
        await settled(pilot)
        assert "on the Targets screen; 2 opens it." in app.screen.query_one(KeyBar).said


async def test_a_copy_says_its_name_before_its_folder():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("y")
        await settled(pilot)
        bar = app.screen.query_one(KeyBar)
        for _ in range(100):
            if bar.said:
                break
            await pilot.pause(0.05)
        said = bar.said
        assert said.startswith("Written: ")
        assert said.index(".txt in /") > 0


async def test_a_copy_made_in_the_demonstration_says_so(tmp_path):
    app = fakes.app(export_folder=tmp_path)
    app.banner = "DEMO – invented traffic"
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("y")
        await settled(pilot)
    (written,) = tmp_path.iterdir()
    assert written.name.startswith("demo-")
    assert written.read_text(encoding="utf-8").startswith("DEMO – invented traffic\n")


async def test_a_record_that_cannot_be_opened_is_said_in_the_list(monkeypatch):
    desk = fakes.FakeDesk()

    def refuse(view, before):
        raise StoreProblem("This file is not a record.", "Name another one.")

    monkeypatch.setattr(desk, "look", refuse)
    app = fakes.app(desk)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        watch = app.screen_stack[0]
        assert "This file is not a record." in watch.contacts.render_line(1).text
        assert "no record is open" in watch.top_bar.text


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_the_mark_of_the_order_leaves_the_title_whole(size):
    app = fakes.app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        strip = app.screen.contacts.render_line(0)
        assert "Target▲Fl" in strip.text
        assert strip.cell_length == app.screen.contacts.size.width


async def test_a_chapter_that_is_not_there_is_said_and_nothing_opens():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *"help nope", "enter")
        await settled(pilot)
        assert len(app.screen_stack) == 1
        assert "no chapter 'nope'" in app.screen.query_one(KeyBar).said
