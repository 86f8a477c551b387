"""Listening to a live source: what it brings is stored once, and how it does is written down."""

from __future__ import annotations

import csv
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feeds"))
from server import Provider, Server
from server_traffic import Traffic

from maoc_tui.desk import admin, feeds, picture, rejects
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.http_source import Limits
from maoc_tui.problems import BadInput
from maoc_tui.settings import FeedSettings, Settings

START = 1_795_300_000_000


class StandingClock(Clock):
    """A watch clock that moves only when told."""

    ms = START

    def now_ms(self) -> int:
        return self.ms


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def server(clock):
    with Server(Provider(clock.now_ms, traffic=Traffic(12, 4))) as running:
        yield running


@pytest.fixture
def room(tmp_path, clock, server):
    url = f"{server.url}/digitraffic/api/ais/v1/locations"
    own = FeedSettings("baltic", url, "digitraffic", every_s=60)
    opened = Room.open(tmp_path / "m.db", create=True, clock=clock, settings=Settings(feeds=(own,)))
    yield opened
    opened.close()


def listen(room, polls, name="baltic", between=None, url=""):
    """Run a source for so many polls; ``between`` moves the clock after each."""
    stop, seen = threading.Event(), []

    def polled(poll):
        seen.append(poll)
        if len(seen) == polls:
            stop.set()
        elif between:
            between()

    return seen, feeds.run(room, WATCH, name, stop, polled, url=url)


def test_ships_and_their_names_come_into_the_picture(room, server):
    (poll,), total = listen(room, 1)
    shown = sum(s.kind != 30 for s in server.provider.traffic.ships_at(START))
    assert (poll.read, poll.accepted, poll.rejected, poll.duplicate) == (2 * shown, 2 * shown, 0, 0)
    assert total.read == poll.read
    now = picture.load(room, WATCH)
    assert len(now) == shown
    assert all(now.name)
    assert picture.feeds(room, WATCH) == feeds.states(room, WATCH)
    (state,) = feeds.states(room, WATCH)
    assert (state.name, state.text, state.fixes, state.last_ms) == ("baltic", "ok", shown, START)


def test_the_account_adds_up_over_polls_and_runs(room, server, clock):
    def minute():
        clock.ms += 60_000

    polls, total = listen(room, 3, between=minute)
    for name in ("read", "accepted", "rejected", "duplicate"):
        assert getattr(total, name) == sum(getattr(p, name) for p in polls)
    assert total.read == total.accepted + total.rejected + total.duplicate
    clock.ms += 60_000
    server.provider.now_ms = lambda: clock.ms - 60_000
    again, _ = listen(room, 1)
    assert again[0].duplicate == again[0].read // 2, "the record itself knows the positions it has"


def test_a_restart_does_not_ask_the_service_sooner(room, server, clock):
    listen(room, 1)
    asked = len(server.provider.asked)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    feeds.run(room, WATCH, "baltic", stop)
    assert len(server.provider.asked) == asked


def test_a_failing_source_says_how_and_recovers(room, server, clock):
    server.provider.scripted = [503]
    (poll,), _ = listen(room, 1)
    assert (poll.state, poll.read) == ("failing", 0)
    (state,) = feeds.states(room, WATCH)
    assert state.text == "failing: the service has a fault of its own (HTTP 503)"
    clock.ms += 90_000
    listen(room, 1)
    assert feeds.states(room, WATCH)[0].text == "ok"


def test_a_service_that_asks_for_a_pause_is_shown_with_its_end(room, server):
    server.provider.scripted = [429]
    listen(room, 1)
    (state,) = feeds.states(room, WATCH)
    assert state.text == "backing off until 22:28:40Z: the service says too many requests (HTTP 429)"
    assert not state.ok


def test_a_source_that_brings_nothing_new_is_silent_then_not_running(room, server, clock):
    listen(room, 1)
    frozen = START
    server.provider.now_ms = lambda: frozen

    def minute():
        clock.ms += 60_000

    minute()
    listen(room, 4, between=minute)
    assert feeds.states(room, WATCH)[0].text == "silent for 240 s"
    clock.ms += 600_000
    assert feeds.states(room, WATCH)[0].text == "not running since 2230Z"


def test_88_a_source_that_takes_the_question_and_says_nothing_is_silent(room, server, clock, monkeypatch):
    listen(room, 1)
    server.provider.mute = True
    clock.ms += 60_000
    with monkeypatch.context() as short:
        short.setattr("maoc_tui.feeds.live.Limits", partial(Limits, total_s=0.3))
        (poll,), _ = listen(room, 1)
    assert (poll.state, poll.answered) == ("silent", False)
    clock.ms += 30_000
    (state,) = feeds.states(room, WATCH)
    assert (state.text, state.ok) == ("silent for 90 s: no complete answer within 0.3 s", False)
    server.provider.mute = False
    clock.ms += 60_000
    listen(room, 1)
    assert feeds.states(room, WATCH)[0].text == "ok"


@pytest.mark.parametrize("fault", ["mute", 503])
def test_a_source_that_nobody_polls_any_more_does_not_fail_or_keep_silent_for_ever(
    room, server, clock, monkeypatch, fault
):
    monkeypatch.setattr("maoc_tui.feeds.live.Limits", partial(Limits, total_s=0.3))
    server.provider.mute, server.provider.scripted = fault == "mute", [fault] if fault == 503 else []
    listen(room, 1)
    clock.ms += 3_600_000
    assert feeds.states(room, WATCH)[0].text == "not running since 2226Z"


def test_what_a_source_sends_and_is_not_taken_is_in_a_file_of_its_own(room, server):
    (poll,), total = listen(room, 1, "digitraffic", url=f"{server.url}/faults/nan")
    assert (poll.read, poll.rejected, poll.reason) == (1, 1, "mmsi: NaN is not a number")
    header, row = csv.reader(total.rejects_file.read_text().splitlines())
    assert dict(zip(header, row, strict=True)) == {
        "polled": "2026-11-21T22:26:40Z",
        "feed": "digitraffic",
        "record": "1",
        "field": "mmsi",
        "reason": "NaN is not a number",
        "text": '{"mmsi":NaN}',
    }
    named = {line.service.name: line.rejects_file for line in feeds.listing(room, WATCH)}
    assert named["digitraffic"] == total.rejects_file
    assert named["baltic"] is None
    (finding,) = [f for f in admin.examine(room) if f.name == "rejected records"]
    assert finding.ok
    assert str(total.rejects_file) in finding.text


def test_a_file_of_rejects_that_cannot_be_written_is_said_and_stops_nothing(room, server):
    rejects.of_feed(room.db.path, "digitraffic").mkdir()
    (poll,), _ = listen(room, 1, "digitraffic", url=f"{server.url}/faults/nan")
    assert (poll.state, poll.rejected) == ("ok", 1)
    assert poll.reason == "The file of rejected records cannot be written (Is a directory)."


def test_another_address_for_one_run(room, server):
    (poll,), _ = listen(room, 1, "readsb", url=f"{server.url}/readsb/aircraft.json")
    assert poll.accepted == 4
    assert {state.name for state in feeds.states(room, WATCH)} == {"readsb"}


def test_the_list_holds_own_and_known_sources(room):
    lines = feeds.listing(room, WATCH)
    assert lines[0].service.name == "baltic"
    assert not lines[0].service.built_in
    assert {"digitraffic", "aishub", "adsb-lol", "opensky", "readsb"} <= {line.service.name for line in lines}
    assert all(line.state.text == "never run" for line in lines)
    assert all(line.service.licence and line.service.title for line in lines)


def test_an_own_source_of_the_same_name_replaces_the_known_one(room):
    mine = replace(room.settings.feeds[0], name="digitraffic")
    room.settings = Settings(feeds=(mine,))
    names = [line.service.name for line in feeds.listing(room, WATCH)]
    assert names.count("digitraffic") == 1
    assert names[0] == "digitraffic"


def test_an_unknown_source_is_refused_with_the_names_there_are(room):
    with pytest.raises(BadInput, match="no feed 'nowhere'") as caught:
        feeds.run(room, WATCH, "nowhere", threading.Event())
    assert "baltic" in caught.value.way_out
