"""``:feed run`` and ``:feed stop``: a live source on a real record, seen on the chart and in the top bar."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest
from driving import WIDE, settled

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feeds"))
from server import Provider, Server
from server_traffic import Traffic

from maoc_tui.app import MaocApp
from maoc_tui.desk import rejects
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.reports import Reject
from maoc_tui.feeds.http_source import Limits
from maoc_tui.settings import FeedSettings, Settings
from maoc_tui.ui.dialogs import Sheet


@pytest.fixture
def server():
    with Server(Provider(traffic=Traffic(12, 4))) as running:
        yield running


@pytest.fixture
def app(tmp_path, server):
    own = FeedSettings("baltic", f"{server.url}/readsb/aircraft.json", "readsb", every_s=1)
    settings, clock = Settings(feeds=(own,)), Clock()

    def opener(said):
        from maoc_tui.desk.room import Room

        return Room.open(tmp_path / "m.db", create=True, clock=clock, settings=settings, said=said)

    return MaocApp(opener, clock, settings)


async def _line(pilot, text):
    app = pilot.app
    await app.run_line(text)
    await pilot.pause(0.1)


async def _when(pilot, true, seconds=20.0):
    """Wait until something is so."""
    for _ in range(int(seconds * 10)):
        if true():
            return
        await pilot.pause(0.1)
    raise AssertionError("it never came")


async def test_a_feed_runs_moves_the_contacts_and_stops(app, server):
    async with app.run_test(size=WIDE) as pilot:
        await _when(pilot, lambda: app.moment is not None)
        await _line(pilot, "feed run baltic")
        await _when(pilot, lambda: len(app.moment.picture) > 0)
        first = app.moment
        await _when(pilot, lambda: app.moment.picture.generation > first.picture.generation)
        assert (app.moment.picture.time.max() > first.picture.time.max()).all()
        chart = app.screen.panels.panel("chart")
        await _when(pilot, lambda: chart.scene.picture is app.moment.picture)
        await _when(pilot, lambda: "baltic" in app.screen.top_bar.text)
        await _line(pilot, "feed run baltic")
        assert "is running" in app.screen.key_bar.said
        await _line(pilot, "feed list")
        await _when(pilot, lambda: isinstance(app.screen, Sheet))
        assert any("running here" in "".join(text for text, _ in line) for line in app.screen.lines)
        await pilot.press("escape")
        await _line(pilot, "feed stop baltic")
        await _when(pilot, lambda: "stopped" in app.screen.key_bar.said)
        asked = len(server.provider.asked)
        await pilot.pause(1.5)
        assert len(server.provider.asked) == asked


async def test_a_service_that_never_says_a_word_keeps_nobody_waiting(app, server, monkeypatch):
    monkeypatch.setattr("maoc_tui.feeds.live.Limits", partial(Limits, total_s=0.5))
    server.provider.mute = True
    async with app.run_test(size=WIDE) as pilot:
        await _when(pilot, lambda: app.moment is not None)
        await pilot.press(":", *"feed run baltic", "enter")
        await _when(pilot, lambda: any("silent for" in feed.text for feed in app.moment.feeds))
        assert "baltic" in app.screen.top_bar.text
        await pilot.press("3")
        await _when(pilot, lambda: app.current_mode == "chart")
        await pilot.press(":", *"feed list", "enter")
        await _when(pilot, lambda: isinstance(app.screen, Sheet))
        lines = ["".join(text for text, _ in line) for line in app.screen.lines]
        (line,) = [line for line in lines if line.startswith("baltic")]
        assert "silent for" in line
        assert "no complete answer within 0.5 s" in line
        assert "running here" in line


async def test_the_list_of_sources_names_the_file_of_what_was_not_taken(app, server, tmp_path):
    async with app.run_test(size=WIDE) as pilot:
        await _when(pilot, lambda: app.moment is not None)
        rejects.add_of_feed(tmp_path / "m.db", "baltic", app.clock.now(), [Reject(1, 0, "lat", "none", "")])
        await pilot.press(":", *"feed list", "enter")
        await _when(pilot, lambda: isinstance(app.screen, Sheet))
        lines = ["".join(text for text, _ in line).strip() for line in app.screen.lines]
        assert f"rejected records: {rejects.of_feed(tmp_path / 'm.db', 'baltic')}" in lines


async def test_the_program_stops_its_feeds_when_it_ends(app, server):
    async with app.run_test(size=WIDE) as pilot:
        await _when(pilot, lambda: app.moment is not None)
        await _line(pilot, "feed run baltic")
        await _when(pilot, lambda: len(app.moment.picture) > 0)
        running = app.feeds._running["baltic"]
    assert running.stop.is_set()
    assert running.ended.is_set()


async def test_what_is_no_feed_is_said_with_the_way_out(app):
    async with app.run_test(size=WIDE) as pilot:
        await _when(pilot, lambda: app.moment is not None)
        for line, said in (
            ("feed run nonesuch", "nonesuch"),
            ("feed stop baltic", "does not run"),
            ("feed dance", "by its name"),
        ):
            await _line(pilot, line)
            await settled(pilot)
            assert said in app.screen.key_bar.said, line
        assert not app.feeds._running
