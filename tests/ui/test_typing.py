"""The filter line and the command line, typed into by hand and in bursts."""

from __future__ import annotations

import fakes
import pytest
from driving import NARROW, opened, settled

from maoc_tui.ui.keybar import KeyBar


async def test_filter_works_while_typing_keeps_its_place_and_says_what_is_wrong():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"flag:VE")
        await settled(pilot)
        assert len(app.screen.contacts.rows) == 100
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.contacts.has_focus
        await pilot.press("slash", *" nonsense:x(", "enter")
        await settled(pilot)
        assert app.screen.query_one(".prompt--note").has_class("-bad")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.view.query == "flag:VE"
        await pilot.press("escape")
        await settled(pilot)
        assert len(app.screen.contacts.rows) == 200


async def test_letters_typed_into_a_line_do_nothing_else():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"qzTdj3?n")
        await settled(pilot)
        assert app.is_running
        assert app.current_mode == "watch"
        assert not app.local
        assert app.screen.query_one("Input").value == "qzTdj3?n"


async def test_an_unknown_word_is_said_in_place_and_the_last_line_comes_back():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *"fly [/]", "enter")
        await settled(pilot)
        assert "'fly' is no command" in app.screen.query_one(KeyBar).said
        await pilot.press(":", "up")
        await settled(pilot)
        assert app.screen.query_one("Input").value == "fly [/]"


@pytest.mark.parametrize("sign", ["slash", "colon"])
async def test_letters_typed_in_one_burst_after_the_sign_all_go_into_the_line(sign):
    from textual import events

    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.post_message(events.Key(sign, {"slash": "/", "colon": ":"}[sign]))
        for letter in "sTzq":
            app.post_message(events.Key(letter, letter))
        await settled(pilot)
        await pilot.pause(0.2)
        assert app.is_running
        assert not app.local
        assert app.screen.query_one("Input").value == "sTzq"


async def test_a_whole_command_in_one_burst_is_done():
    from textual import events

    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        for letter in ":theme day":
            app.post_message(events.Key({":": "colon", " ": "space"}.get(letter, letter), letter))
        app.post_message(events.Key("enter", "\r"))
        await settled(pilot)
        await pilot.pause(0.2)
        assert app.theme == "day"
        assert app.screen.open_line is None
        assert app.screen.contacts.has_focus
