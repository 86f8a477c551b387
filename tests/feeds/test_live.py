"""A live source against the stand-in service: what comes, what does not come twice, and how it says it is."""

from __future__ import annotations

import threading
import time
from collections import Counter

import numpy as np
import pytest
from server import Provider, Server
from server_traffic import Traffic

from maoc_tui.domain.clock import Clock
from maoc_tui.domain.contacts import Doubt, Space, space_of
from maoc_tui.feeds.http_source import Limits
from maoc_tui.feeds.live import LiveSource, run
from maoc_tui.problems import StoreProblem
from maoc_tui.settings import FeedSettings

START = 1_795_300_000_000
QUICK = Limits(total_s=2.0, connect_s=1.0, read_s=1.0)


class TestClock(Clock):
    """A clock that stands until moved."""

    __test__ = False

    def __init__(self) -> None:
        self.ms = START

    def now_ms(self) -> int:
        return self.ms

    def pass_s(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


@pytest.fixture
def clock():
    return TestClock()


@pytest.fixture
def server(clock):
    with Server(Provider(clock.now_ms)) as running:
        yield running


def source(server, clock, kind, path, every_s=60.0, user=""):
    settings = FeedSettings(name=kind, url=f"{server.url}/{path}", kind=kind, every_s=every_s, user=user)
    return LiveSource(settings, clock, limits=QUICK, chance=lambda: 0.0)


def digitraffic(server, clock, **options):
    return source(server, clock, "digitraffic", "digitraffic/api/ais/v1/locations", **options)


def total(poll, name):
    return sum(len(b.fixes) if name == "fixes" else getattr(b, name) for b in poll.batches)


def conserved(poll):
    return all(b.read == len(b.fixes) + b.others + b.duplicates + len(b.rejects) for b in poll.batches)


def test_digitraffic_brings_positions_and_identities_of_the_same_ships(server, clock):
    live = digitraffic(server, clock, user="centre/watch")
    poll = live.poll()
    shown = sum(1 for s in server.provider.traffic.ships_at(START) if s.kind != 30)
    assert total(poll, "fixes") == shown == total(poll, "others")
    keys = {k for b in poll.batches for k in b.fixes.key.tolist()}
    named = {i.key for b in poll.batches for i in b.identities}
    assert keys == named
    assert poll.state.state == "ok"
    asked = dict(server.provider.asked)
    assert set(asked) == {"/digitraffic/api/ais/v1/locations", "/digitraffic/api/ais/v1/vessels"}
    for headers in asked.values():
        assert headers["digitraffic-user"] == "centre/watch"
        assert headers["accept-encoding"] == "gzip"


def test_the_shortest_address_is_enough_for_digitraffic(server, clock):
    live = LiveSource(FeedSettings("d", server.url, "digitraffic"), clock, limits=QUICK)
    live.poll()
    assert [path for path, _ in server.provider.asked] == ["/api/ais/v1/locations"]
    assert live.state.text == "failing: the service knows no such address (HTTP 404)"


def test_nothing_is_asked_before_it_is_due(server, clock):
    live = digitraffic(server, clock)
    live.poll()
    live.confirm()
    asked = len(server.provider.asked)
    clock.pass_s(59)
    poll = live.poll()
    assert poll.batches is None
    assert not poll.asked
    assert len(server.provider.asked) == asked
    clock.pass_s(1)
    assert live.poll().asked
    assert [path.rsplit("/", 1)[1] for path, _ in server.provider.asked[asked:]] == ["locations"]


def test_starting_again_does_not_ask_sooner(server, clock):
    settings = FeedSettings("d", f"{server.url}/digitraffic/api/ais/v1/locations", "digitraffic")
    live = LiveSource(settings, clock, limits=QUICK, not_before_ms=START + 40_000)
    assert not live.poll().asked
    assert live.state.state == "starting"
    clock.pass_s(40)
    assert live.poll().asked


def test_an_unchanged_answer_is_asked_for_by_its_tag_and_not_sent(server, clock):
    live = digitraffic(server, clock, every_s=1)
    live.poll()
    live.confirm()
    frozen = clock.ms
    server.provider.now_ms = lambda: frozen
    clock.pass_s(1)
    poll = live.poll()
    assert poll.batches == []
    assert server.provider.asked[-1][1]["if-none-match"].startswith('"')
    assert poll.state.state == "ok"


def test_rows_that_did_not_change_are_duplicates(server, clock):
    live = source(server, clock, "readsb", "readsb/aircraft.json", every_s=1)
    first = live.poll()
    live.confirm()
    clock.pass_s(1)
    frozen = START + 300
    server.provider.now_ms = lambda: frozen
    moved = live.poll()
    live.confirm()
    clock.pass_s(1)
    again = live.poll()
    n = total(first, "fixes")
    assert total(moved, "fixes") == n
    assert (total(again, "fixes"), total(again, "duplicates")) == (0, n)
    assert conserved(first)
    assert conserved(again)


def test_a_stale_position_seen_again_with_a_rounded_age_is_the_same_report(server, clock):
    live = source(server, clock, "readsb", "readsb/aircraft.json", every_s=1)
    rows = [
        {"hex": "4ca815", "lat": 38.0, "lon": -9.0, "seen_pos": 10.0},
        {"hex": "4ca816", "lat": 38.0, "lon": -9.0, "seen_pos": 0.0},
    ]
    from maoc_tui.feeds.aircraft_formats import FORMATS
    from maoc_tui.feeds.source import ReadContext

    def snapshot(now_s, ages):
        import io
        import json

        body = {"now": now_s, "aircraft": [r | {"seen_pos": a} for r, a in zip(rows, ages, strict=True)]}
        (batch,) = FORMATS[0].read(io.BytesIO(json.dumps(body).encode()), ReadContext(START, START))
        return live._memory.sift(batch)

    assert len(snapshot(START / 1000, (10.0, 0.0)).fixes) == 2
    live.confirm()
    later = snapshot(START / 1000 + 5, (15.1, 0.0))
    assert later.fixes.key.tolist() == [(int(Space.ICAO) << 40) | 0x4CA816]
    assert later.duplicates == 1


def test_what_was_not_stored_comes_again(server, clock):
    live = digitraffic(server, clock, every_s=1)
    first = live.poll()
    live.lost(StoreProblem("The disk is full.", "Make room."))
    assert live.state.text == "failing: The disk is full"
    clock.ms = live.next_due_ms
    frozen = START
    server.provider.now_ms = lambda: frozen
    second = live.poll()
    assert total(second, "fixes") == total(first, "fixes")
    assert total(second, "others") == total(first, "others")
    assert second.state.state == "ok"


def test_aishub_refuses_with_200_and_is_left_alone_for_a_minute(server, clock):
    live = source(server, clock, "aishub", "aishub/ws.php?username={user}&format=1&output=json", 1, "AH_TEST")
    assert total(live.poll(), "fixes") == 20
    assert server.provider.asked[0][0] == "/aishub/ws.php?username=AH_TEST&format=1&output=json"
    live.confirm()
    clock.pass_s(1)
    refused = live.poll()
    assert refused.batches is None
    assert refused.state.state == "backing_off"
    assert "Too frequent requests" in refused.state.text
    assert live.next_due_ms - clock.ms >= 60_000
    clock.pass_s(5)
    assert not live.poll().asked


def test_without_the_names_the_positions_still_count_and_the_state_says_so(server, clock):
    live = digitraffic(server, clock)
    server.provider.names_fail = True
    poll = live.poll()
    assert total(poll, "fixes") > 0
    assert total(poll, "others") == 0
    assert poll.state.state == "ok"
    assert poll.state.text == "ok, without names: the service has a fault of its own (HTTP 500)"
    live.confirm()
    server.provider.names_fail = False
    clock.pass_s(600)
    assert live.poll().state.text == "ok"


def test_an_empty_body_of_aishub_is_a_refusal_too(server, clock):
    server.provider.aishub_last_ms, server.provider.aishub_refused = START, 1
    live = source(server, clock, "aishub", "aishub/ws.php?username=U&format=0", 1)
    text = live.poll().state.text
    assert text.startswith("backing off until ")
    assert "The AISHub answer is empty" in text
    assert live.next_due_ms == clock.ms + 60_000


def test_opensky_counts_credits_and_obeys_its_own_pause_header(server, clock):
    live = source(server, clock, "opensky", "opensky/api/states/all", 10)
    server.provider.credits = 4
    poll = live.poll()
    assert total(poll, "fixes") == 8
    assert poll.state.credits_left == 0
    clock.pass_s(10)
    assert live.poll().state.state == "backing_off"
    assert live.next_due_ms == clock.ms + 77_000
    server.provider.credits = 4
    server.provider.traffic = Traffic(0, 0)
    clock.pass_s(77)
    assert live.poll().batches == []


def test_retry_after_is_obeyed_and_said(server, clock):
    live = digitraffic(server, clock)
    server.provider.scripted = [429]
    text = live.poll().state.text
    assert live.next_due_ms == clock.ms + 120_000
    assert text.startswith("backing off until ")
    assert text.endswith("Z: the service says too many requests (HTTP 429)")


def test_failures_double_the_pause_and_open_the_circuit_then_one_success_closes_it(server, clock):
    live = digitraffic(server, clock, every_s=10)
    server.provider.scripted = [500, 503, 500, 500]
    states, pauses = [], []
    for _ in range(4):
        states.append(live.poll().state.state)
        pauses.append((live.next_due_ms - clock.ms) / 1000)
        clock.ms = live.next_due_ms
    assert states == ["failing", "failing", "backing_off", "backing_off"]
    assert pauses == [10, 20, 40, 80]
    assert live.poll().state.state == "ok"
    assert live.state.failures == 0


def test_the_pause_never_passes_a_quarter_of_an_hour_and_is_spread(server, clock):
    live = digitraffic(server, clock, every_s=10)
    longest = 0
    live._pulse.chance = iter([0.0, 1.0] * 20).__next__
    for _ in range(12):
        server.provider.scripted = [500]
        live.poll()
        longest = max(longest, live.next_due_ms - clock.ms)
        clock.ms = live.next_due_ms
    assert 900_000 <= longest <= 900_000 * 1.5


def test_a_source_that_answers_without_news_is_silent(server, clock):
    live = digitraffic(server, clock, every_s=10)
    live.poll()
    live.confirm()
    frozen = START
    server.provider.now_ms = lambda: frozen
    for _ in range(7):
        clock.pass_s(10)
        poll = live.poll()
        live.confirm()
    assert poll.state.state == "silent"
    assert poll.state.text == "silent for 70 s"
    assert poll.state.last_data_ms == START


def test_88_a_connection_that_never_says_a_word_is_silent_and_is_asked_again(server, clock):
    deadline_only = Limits(total_s=0.3, connect_s=5.0, read_s=60.0)
    settings = FeedSettings(name="mast", url=f"{server.url}/readsb/aircraft.json", kind="readsb", every_s=10)
    live = LiveSource(settings, clock, limits=deadline_only, chance=lambda: 0.0)
    assert live.poll().state.text == "ok"
    live.confirm()
    server.provider.mute = True
    for asked, silent_s in enumerate((10, 20, 40, 80), 1):
        clock.ms = live.next_due_ms
        poll = live.poll()
        assert poll.batches is None
        assert poll.state.state == "silent"
        assert poll.state.text == f"silent for {silent_s} s: no complete answer within 0.3 s"
        assert poll.state.failures == asked
    server.provider.mute = False
    clock.ms = live.next_due_ms
    assert live.poll().state.text == "ok", "it is asked again, and heard again"


def test_a_clock_set_back_does_not_stop_the_source(server, clock):
    live = digitraffic(server, clock)
    live.poll()
    live.confirm()
    clock.pass_s(-3600)
    assert live.poll().asked


def test_v2_takes_now_in_milliseconds_and_readsb_in_seconds(server, clock):
    v2 = source(server, clock, "v2", "v2/point/{lat}/{lon}/{radius}", 5).poll()
    readsb = source(server, clock, "readsb", "readsb/aircraft.json", 5).poll()
    assert server.provider.asked[0][0] == "/v2/point/38/-11/250"
    a, b = v2.batches[0].fixes, readsb.batches[0].fixes
    assert np.array_equal(a.time, b.time)
    assert set(a.time.tolist()) <= {START - 400 * n for n in range(5)}
    assert {space_of(k) for k in a.key.tolist()} == {Space.ICAO}


def test_an_own_ship_receiver_gives_ages_and_an_unmoved_ship_is_heard_once(server, clock):
    live = source(server, clock, "ais-catcher", "aiscatcher/api/ships.json", 1)
    server.provider.traffic = Traffic(5, 0)
    (batch,) = live.poll().batches
    live.confirm()
    heard = {s.mmsi: s.heard_ms for s in server.provider.traffic.ships_at(START)}
    for key, time_ms in zip(batch.fixes.key.tolist(), batch.fixes.time.tolist(), strict=True):
        assert 0 <= time_ms - heard[key & 0xFFFFFFFF] < 1000
    assert (batch.fixes.doubt == Doubt.ARRIVAL_TIME).all()
    clock.pass_s(1.3)
    (again,) = live.poll().batches
    moved = sum(s.heard_ms != heard[s.mmsi] for s in server.provider.traffic.ships_at(clock.ms))
    assert (len(again.fixes), again.duplicates) == (moved, 5 - moved)


def test_a_receiver_that_renames_its_file_into_place_is_never_read_half(server, clock, tmp_path):
    server.provider.aircraft_file = tmp_path / "aircraft.json"
    server.provider.now_ms = Clock().now_ms
    live = source(server, clock, "readsb", "readsb/aircraft.json", 0.05)
    for _ in range(30):
        assert live.poll().state.failures == 0
        live.confirm()
        clock.pass_s(0.1)


def test_the_loop_delivers_confirms_and_stops_at_once(server):
    settings = FeedSettings("planes", f"{server.url}/readsb/aircraft.json", "readsb", every_s=0.1)
    server.provider.now_ms = Clock().now_ms
    live = LiveSource(settings, Clock(), limits=QUICK)
    stop, delivered, polls = threading.Event(), [], []

    def deliver(batch):
        if len(delivered) == 1:
            delivered.append(None)
            raise StoreProblem("The disk is full.", "Make room.")
        delivered.append(batch)

    thread = threading.Thread(target=run, args=(live, deliver, stop, polls.append))
    thread.start()
    deadline = time.monotonic() + 15
    while len(delivered) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    thread.join(2)
    assert not thread.is_alive()
    assert len(delivered) >= 4
    texts = Counter(p.state.text for p in polls)
    assert texts["failing: The disk is full"] == 1
    assert texts["ok"] >= 2


def test_stopping_interrupts_a_request_that_hangs(server):
    settings = FeedSettings("planes", f"{server.url}/faults/silent", "readsb", every_s=1)
    live = LiveSource(settings, Clock(), limits=Limits(total_s=30, read_s=30))
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(live, lambda batch: None, stop))
    thread.start()
    time.sleep(0.3)
    began = time.monotonic()
    stop.set()
    thread.join(3)
    assert time.monotonic() - began < 1.5
    assert live.state.failures == 0
