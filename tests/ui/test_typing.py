"""The filter line and the command line, typed into by hand and in bursts."""

from __future__ import annotations

import fakes
import pytest
from driving import NARROW, opened, settled, until
from textual.widgets import Static

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
        assert "there is no field nonsense" in _said(app, "fault")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.view.query == "flag:VE"
        await pilot.press("escape")
        await settled(pilot)
        assert len(app.screen.contacts.rows) == 200


def _said(app, where: str) -> str:
    said = app.screen.query_one(f".prompt--{where}", Static)
    return str(said.content) if said.display else ""


async def test_a_fault_is_said_whole_with_its_way_out_at_80_columns():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"zone:XX", "enter")
        await settled(pilot)
        said = app.screen.query_one(".prompt--fault")
        lines = [
            "".join(s.text for s in app.screen._compositor.render_strips()[y]).strip()
            for y in range(said.region.y, said.region.bottom)
        ]
        assert len(lines) == 2
        assert lines[0].startswith("At 1: xx is no zone and no State. Known: land, iw, internal")
        assert app.screen.query_one("Input").region.y == said.region.bottom == 23


@pytest.mark.parametrize("typed", ["flag:VE name:", "flag:VE type:sai", 'flag:VE name:"LA PA'])
async def test_a_term_still_being_typed_is_no_fault_until_enter(typed):
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("slash", *typed)
        await settled(pilot)
        assert not _said(app, "fault")
        assert _said(app, "note")
        await pilot.press("enter")
        await settled(pilot)
        assert _said(app, "fault").startswith("At 9: ")


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
        await until(
            pilot, lambda: app.screen.query("Input") and app.screen.query_one("Input").value == "sTzq"
        )
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
        await until(pilot, lambda: app.theme == "day")
        assert app.screen.open_line is None
        assert app.screen.contacts.has_focus


async def test_what_is_typed_ahead_in_a_form_goes_into_the_field_it_was_meant_for():
    """Over a slow line a whole burst arrives at once: letters, Enter, letters, the save key."""
    from textual import events
    from textual.widgets import Input

    from maoc_tui.ui.form import Field, Form

    class Two(Form):
        def save(self, values):
            return dict(values)

    app, saved = fakes.app(), []
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.push_screen(
            Two("Two", [Field("kind", "kind"), Field("address", "address")], draft="two"), saved.append
        )
        await until(pilot, lambda: isinstance(app.screen, Two) and isinstance(app.focused, Input))
        for letter in "phone":
            app.post_message(events.Key(letter, letter))
        app.post_message(events.Key("enter", "\r"))
        for letter in "351":
            app.post_message(events.Key(letter, letter))
        app.post_message(events.Key("ctrl+s", None))
        await until(pilot, lambda: saved)
    assert saved == [{"kind": "phone", "address": "351"}]
