"""The bottom bar says what was done until the next key; the key that leaves asks once."""

from __future__ import annotations

import fakes
import pytest
from driving import NARROW, opened, settled, until

from maoc_tui.ui import actions


def leaves(app):
    return app._exit


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_the_key_that_leaves_asks_once(key):
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(key)
        assert app.screen.key_bar.said == f"{'q' if key == 'q' else 'Ctrl+q'} again to leave"
        assert not leaves(app)
        await pilot.press(key)
        assert leaves(app)


async def test_any_other_key_takes_the_wish_to_leave_back_and_does_what_it_does():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("q", "j")
        assert app.screen.key_bar.said == ""
        assert app.screen.contacts.cursor == 1
        await pilot.press("q")
        assert not leaves(app)
        assert "again to leave" in app.screen.key_bar.said


async def test_a_second_key_that_comes_too_late_asks_again(monkeypatch):
    monkeypatch.setattr(actions, "LEAVE_WITHIN_S", 0.05)
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("q")
        await until(pilot, lambda: app.screen.key_bar.said == "")
        await pilot.press("q")
        assert not leaves(app)


async def test_leaving_typed_as_a_command_needs_no_second_word():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *"quit", "enter")
        await until(pilot, lambda: leaves(app))


async def test_the_users_own_key_for_leaving_is_the_one_named():
    app = fakes.app(keys={"quit": "ctrl+x"})
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+x")
        assert app.screen.key_bar.said == "Ctrl+x again to leave"
        await pilot.press("ctrl+x")
        assert leaves(app)


@pytest.mark.parametrize("line", ["theme night", "theme mauve", "nonsense"])
async def test_what_was_said_is_gone_with_the_next_key(line):
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *line, "enter")
        await until(pilot, lambda: app.screen.key_bar.said)
        await pilot.press("j")
        await settled(pilot)
        assert app.screen.key_bar.said == ""
        shown = app.screen.key_bar.render_line(0).text
        assert "? Help" in shown


async def test_a_fault_that_stands_comes_back_after_every_message():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        bar = app.screen.key_bar
        bar.stand("The disk is full.")
        assert "The disk is full." in bar.render_line(0).text
        app.say("Theme night.")
        assert "Theme night." in bar.render_line(0).text
        bar.say("")
        assert "The disk is full." in bar.render_line(0).text
        bar.stand("")
        assert "? Help" in bar.render_line(0).text


async def test_a_redraw_leaves_everything_as_it_is():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("j", "j", "slash", "v", "ctrl+l")
        await settled(pilot)
        assert app.screen.view.query == "v"
        assert app.screen.open_line is not None
