"""The bottom bar says what was done until the next key; the key that leaves asks once."""

from __future__ import annotations

from dataclasses import replace

import fakes
import pytest
from driving import NARROW, opened, settled, until

from maoc_tui.domain.marking import Handling, Marking
from maoc_tui.domain.viewer import Viewer
from maoc_tui.ui import actions
from maoc_tui.ui.moment import NextClock
from maoc_tui.ui.status import highest, signed_in


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


RUI = Viewer("Rui Pedro Ferreira", "MAOC")


@pytest.mark.parametrize(
    ("viewer", "said"),
    [
        (RUI, "Ferreira MAOC"),
        (Viewer("Ortega", "ES"), "Ortega ES"),
        (Viewer("Rui as BE", "BE", seeing_as="BE", behind=RUI), "Ferreira MAOC"),
        (Viewer("Wolfeschlegelsteinhausen", "DE"), "Wolfeschleg… DE"),
        (Viewer("\x1b]52;c;AA\x07", "FR"), "�]52;c;AA� FR"),
        (Viewer("  ", "FR"), "FR"),
    ],
)
def test_who_is_signed_in_takes_few_cells(viewer, said):
    assert signed_in(viewer) == said


def test_the_highest_marking_is_that_of_the_strictest_line():
    lines = [
        Marking(frozenset({"ES"}), frozenset({code})) for code in (Handling.H1, Handling.H3, Handling.H0)
    ]
    assert highest(lines) == "H3"
    assert highest(["ungraded H1 from ES only", "", "B2 H2 from FR"]) == "H2"
    assert highest([]) == highest([None]) == ""


async def test_in_80_columns_stand_clock_officer_next_clock_alerts_marking_and_a_feed():
    app = fakes.app()
    app.clock = fakes.ScenarioClock(
        fakes.NOW, 1.0
    )  # an own record, no demo: the watch's pace is that of the world
    app.banner = ""
    app.desk.viewer = replace(RUI, all_seeing=True)
    now = fakes.NOW
    app.desk.now_clock = NextClock("C1", "T-0417", now + 4_320_000, now + 2_000_000, 3)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.seen_event = 0
        app.tick()
        bar = app.screen.top_bar.render_line(0).text
        assert len(bar) == 80
        for part in ("03:07:4", "Ferreira MAOC", "C1 T-0417 01:1", "+3", "→12 zone ●1", "H2", "ADS-B now!"):
            assert part in bar, part


async def test_each_screen_says_the_highest_marking_of_what_it_shows():
    app = fakes.app()
    app.desk.now_highest = "H3"
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        assert "│ H3 │" in app.screen.top_bar.text
        app.screen.marked = "H1"  # not this screen's to say
        app.desk.now_highest = ""
        app.look_now()
        await until(pilot, lambda: "│ H" not in app.screen.top_bar.text)
