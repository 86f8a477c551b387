"""The program as an officer drives it: every key, on a made-up desk, the clock standing still."""

from __future__ import annotations

from dataclasses import replace

import fakes
import pytest
from driving import NARROW, WIDE, opened, settled, until

from maoc_tui.commands import CHART, COMMANDS, EVERYWHERE, LIST, SIGHT, WATCH, commands_of
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.prompt import Prompt
from maoc_tui.ui.topbar import TopBar
from maoc_tui.ui.watch import WatchScreen


async def test_opens_on_the_watch_with_clock_contacts_and_feeds():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        bar = app.screen.query_one(TopBar)
        assert (
            bar.text == "03:07:41Z │ DEMO standing │ watch MAOC │ H2 │ ADS-B now! │ 200 contacts │ 8 targets"
        )
        assert bar.render_line(0).text.strip() == bar.text.removesuffix(" │ 8 targets"), "whole parts only"
        assert app.screen.contacts.cursor_key == app.chosen != 0
        assert "Fix ●" in app.screen.detail.text


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_every_key_of_the_watch_and_its_panels_can_be_pressed(size):
    app = fakes.app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for place, panel in (
            (WATCH, "contacts"),
            (SIGHT, "contacts"),
            (LIST, "events"),
            (LIST, "detail"),
            (EVERYWHERE, "contacts"),
            (CHART, "chart"),
        ):
            for command in commands_of(place):
                for key in list(filter(None, command.keys.split(",")))[: None if size == WIDE else 1]:
                    if command.id in ("quit", "targets", "new_target"):
                        continue
                    await _home(pilot, panel)
                    await pilot.press(key)
                    await settled(pilot)
                    assert app.is_running, key
        assert not app.return_code


async def _home(pilot, panel):
    app = pilot.app
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await pilot.pause()
    if app.current_mode != "watch":
        app.action_go("watch")
        await pilot.pause()
    if app.screen.query(Prompt):
        app.screen.close_line()
    if app.screen.view.query:
        app.screen.set_view(type(app.screen.view)())
    app.screen.panels.bring(panel)
    await pilot.pause()


async def test_the_cursor_keeps_its_contact_when_the_picture_moves_on():
    desk = fakes.FakeDesk()
    app = fakes.app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(*"jjjjj")
        await settled(pilot)
        key = app.chosen
        desk.now_picture = fakes.picture(260, generation=2, seed=8)
        app.look_now()
        await settled(pilot)
        assert app.screen.contacts.cursor_key == key == app.chosen
        await pilot.press("s", "S")
        await settled(pilot)
        assert app.screen.contacts.cursor_key == key


async def test_no_neighbour_is_chosen_when_the_contact_leaves_the_filter():
    """The wrong boat: what L, z and n act on stays the contact that was chosen."""
    app = fakes.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("j", "j")
        await settled(pilot)
        key = app.screen.contacts.cursor_key
        rows = app.moment.rows
        app.moment = replace(app.moment, rows=rows[app.moment.picture.key[rows] != key])
        await settled(pilot)
        assert app.screen.contacts.cursor_key is None
        assert app.chosen == key
        app.moment = replace(app.moment, rows=rows)
        await settled(pilot)
        assert app.screen.contacts.cursor_key == key


async def test_the_law_is_asked_of_the_contact_and_of_its_target(monkeypatch):
    """What was entered by hand for the target counts on the Watch as it does on the Targets screen."""
    asked = []
    monkeypatch.setattr("maoc_tui.ui.law_asking.ask", lambda *given, **named: asked.append(named))
    app = fakes.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        picture = app.moment.picture
        row = int(picture.linked.argmax())
        app.chosen = int(picture.key[row])
        await pilot.press("L")
        await until(pilot, lambda: len(asked) == 1)
        assert asked[0]["key"] == int(picture.key[row])
        assert asked[0]["target"] == picture.target[row] != ""


async def test_sort_goes_through_the_columns_and_turns_around():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *"sort name", "enter")
        await settled(pilot)
        rows = app.screen.contacts.rows
        names = [rows.cells(i)[3][0] for i in range(40)]
        assert names == sorted(names)
        await pilot.press("S")
        await settled(pilot)
        assert app.screen.contacts.sorted_by == ("name", True)


async def test_tab_goes_round_the_panels_and_brings_hidden_ones_to_the_front():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        seen = []
        for _ in range(4):
            seen.append(app.focused.id or "chart")
            await pilot.press("tab")
            await settled(pilot)
        assert seen == ["contacts", "detail", "chart", "events"]
        assert app.focused is app.screen.contacts


async def test_the_chart_comes_with_a_key_and_goes_with_escape():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("m")
        await settled(pilot)
        assert app.current_mode == "chart"
        await pilot.press("escape")
        await settled(pilot)
        assert app.current_mode == "watch"


async def test_an_event_leads_to_its_contact_and_is_no_longer_new():
    desk = fakes.FakeDesk()
    app = fakes.app(desk)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        desk.now_events = fakes.events(15)
        desk.now_picture = fakes.picture(200, generation=2)
        app.look_now()
        await settled(pilot)
        app.tick()
        assert "→3 zone" in app.screen.query_one(TopBar).text
        app.screen.panels.bring("events")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "new" not in app.screen.query_one(TopBar).text
        assert app.chosen == desk.now_events[-1].key


async def test_privacy_blanks_everything_but_the_clock_and_takes_no_other_key():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("f9")
        await settled(pilot)
        shown = "\n".join("".join(s.text for s in line) for line in app.screen._compositor.render_strips())
        assert shown.strip() == "14 Dec 03:07:41Z"
        await pilot.press("q", "2", "ctrl+p", "question_mark")
        await settled(pilot)
        assert len(app.screen_stack) == 2
        await pilot.press("f9")
        await settled(pilot)
        assert isinstance(app.screen, WatchScreen)


async def test_palette_offers_our_commands_and_no_others():
    from maoc_tui.ui.palette import Ours

    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        provider = Ours(app.screen)
        offered = [hit.text async for hit in provider.discover()]
        titles = {c.title for c in COMMANDS}
        assert all(any(text.startswith(title) for title in titles) for text in offered)
        assert not any("creenshot" in text for text in offered)
        await pilot.press("ctrl+p")
        await settled(pilot)
        await pilot.press(*"privacy", "enter")
        await settled(pilot)
        await until(pilot, lambda: type(app.screen).__name__ == "Blank")


async def test_help_opens_over_any_screen():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert isinstance(app.screen, Sheet)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, WatchScreen)


async def test_own_keys_take_the_place_of_the_default_ones():
    app = fakes.app(keys={"quit": "ctrl+x", "theme": "ctrl+t"})
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        before = app.theme
        await pilot.press("T")
        assert app.theme == before
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert app.theme != before
