"""The program as an officer drives it: every key, on a made-up desk, the clock standing still."""

from __future__ import annotations

import stat

import fakes
import pytest

from maoc_tui.commands import CHART, COMMANDS, EVERYWHERE, LIST, SIGHT, WATCH, commands_of
from maoc_tui.problems import StoreProblem
from maoc_tui.ui.dialogs import ProblemDialog, Sheet
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.prompt import Prompt
from maoc_tui.ui.topbar import TopBar
from maoc_tui.ui.watch import WatchScreen

WIDE, NARROW = (160, 48), (80, 24)


async def settled(pilot):
    """Wait until nothing is being read any more."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def opened(pilot):
    """The Watch screen with its first picture and its chart."""
    await settled(pilot)
    await pilot.pause(0.15)
    await settled(pilot)
    return pilot.app


async def test_opens_on_the_watch_with_clock_contacts_and_feeds():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        bar = app.screen.query_one(TopBar)
        assert bar.text == "14 Dec 03:07:41Z │ DEMO standing │ 200 contacts │ 8 targets │ ADS-B now!"
        assert bar.render_line(0).text.strip() == bar.text
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
                for key in filter(None, command.keys.split(",")):
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


@pytest.mark.parametrize("keys", [["q"], ["ctrl+q"], [":", *"quit", "enter"]], ids=["q", "ctrl+q", ":quit"])
async def test_quits(keys):
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        assert not app.is_running or app._exit


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


async def test_copy_writes_a_private_file_and_says_what_was_done(tmp_path):
    app = fakes.app(export_folder=tmp_path / "out")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("y")
        await settled(pilot)
        (written,) = (tmp_path / "out").iterdir()
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
        text = written.read_text()
        assert "copied 2022-12-14 03:07:41Z" in text
        assert "Fix ●" in text
        assert app.clipboard == text
        said = app.screen.query_one(KeyBar).said
        assert said == f"Written to {written}; also offered to the terminal's clipboard."
        await pilot.press("y")
        await settled(pilot)
        assert len(list((tmp_path / "out").iterdir())) == 2


async def test_copy_that_cannot_be_written_is_not_called_a_copy(tmp_path):
    (tmp_path / "file").write_text("")
    app = fakes.app(export_folder=tmp_path / "file")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert isinstance(app.screen, ProblemDialog)
        assert "could not be written" in app.screen.problem.message


async def test_times_turn_local_and_back(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Europe/Madrid")
    time.tzset()
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert "04:07:41+01" in app.screen.query_one(TopBar).text
        await pilot.press("z")
        await settled(pilot)
        assert "03:07:41Z" in app.screen.query_one(TopBar).text


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


async def test_dashboard_fits_the_terminal_and_can_be_chosen():
    app = fakes.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert app.screen.panels.dashboard.name == "watch"
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert app.screen.panels.dashboard.name == "narrow"
        await pilot.press(":", *"dashboard watch", "enter")
        await settled(pilot)
        assert app.screen.panels.dashboard.name == "watch"


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
        assert "▲3 new" in app.screen.query_one(TopBar).text
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
        await pilot.pause(0.3)
        assert type(app.screen).__name__ == "Blank"


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


async def test_a_record_that_cannot_be_opened_is_a_window_not_a_traceback():
    class Locked(fakes.FakeDesk):
        def open(self):
            raise StoreProblem("The record is locked by another program.", "Close it there and try again.")

    app = fakes.app(Locked())
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ProblemDialog)
        await pilot.press("enter")
        await settled(pilot)
        assert "picture stands still" in app.screen.query_one(TopBar).text


async def test_a_fault_in_a_worker_says_one_sentence_and_leaves_a_private_report(tmp_path):
    class Broken(fakes.FakeDesk):
        def _picture(self, room, before):
            informant = "a name nobody may read"
            raise RuntimeError(informant)

    app = fakes.app(Broken())
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ProblemDialog)
        assert "nobody may read" not in app.screen.problem.message
        (report,) = (tmp_path / "data").glob("fault-*.json")
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert "nobody may read" not in report.read_text()


async def test_a_fault_on_the_screen_ends_with_one_sentence_and_no_values(tmp_path, capsys):
    app = fakes.app()
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with app.run_test(size=NARROW) as pilot:
            await opened(pilot)

            def fall():
                secret_name = "INFORMANT"
                raise RuntimeError(secret_name)

            app.call_later(fall)
            await pilot.pause()
    said = str(app._exit_renderables) + capsys.readouterr().err + capsys.readouterr().out
    assert "INFORMANT" not in said
    (report,) = (tmp_path / "data").glob("fault-*.json")
    assert "INFORMANT" not in report.read_text()


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


async def test_an_answer_older_than_the_question_is_dropped():
    desk = fakes.FakeDesk()
    app = fakes.app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("j", "j", "k", "j")
        await settled(pilot)
        await pilot.pause(0.3)
        await settled(pilot)
        assert app.subject.key == app.chosen


async def test_every_panel_takes_the_new_theme():
    app = fakes.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("T", "T")
        await settled(pilot)
        assert app.theme == "day"
        wanted = app.screen.detail.get_component_rich_style("lines--title").color
        drawn = {
            s.style.color for y in range(12) for s in app.screen.detail.render_line(y) if "Said" in s.text
        }
        assert drawn == {wanted}


async def test_a_window_shows_its_foot_on_a_small_terminal():
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert app.screen.query_one(".window--foot").region.bottom <= 23
        lines = ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]
        assert any("Esc closes" in line for line in lines)


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
