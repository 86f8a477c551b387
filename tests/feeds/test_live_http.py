"""Every way a service can lie, stall or flood ends in one sentence, in bounded time and memory."""

from __future__ import annotations

import re
import resource
import socket
import ssl
import time
from dataclasses import replace

import httpx
import pytest
from server import Provider, Server
from server_faults import bomb_body

from maoc_tui.domain.clock import Clock
from maoc_tui.feeds.http_source import FeedFault, Limits, Request, _retry_after, _sentence, fetch
from maoc_tui.feeds.live import LiveSource
from maoc_tui.settings import FeedSettings

QUICK = Limits(total_s=1.0, connect_s=0.5, read_s=0.6, wire_bytes=1 << 20, body_bytes=1 << 20)


@pytest.fixture(scope="module")
def server():
    bomb_body()
    with Server(Provider()) as running:
        yield running


def state_of(url):
    settings = FeedSettings(name="x", url=url, kind="digitraffic")
    began = time.monotonic()
    poll = LiveSource(settings, Clock(), limits=QUICK).poll()
    return poll, time.monotonic() - began


SENTENCES = {
    "bomb": "failing: the answer is over 1024 kB unpacked",
    "flood": "failing: the answer is over 1024 kB as sent",
    "redirect": "failing: answered with a redirect, which is not followed",
    "html": "failing: answered with a web page",
    "html_as_json": "failing: This is a web page, not a Digitraffic document",
    "cut": "failing: The Digitraffic document is cut or damaged at line 1",
    "short": "failing: the answer was cut off",
    "cut_gzip": "failing: the answer was cut off",
    "false_gzip": "failing: the answer's compression is damaged",
    "brotli": "failing: answered in a compression that was not asked for",
    "empty": "failing: The Digitraffic answer is empty",
    "nested": "failing: The Digitraffic document is cut or damaged at line 1",
    "reset": "failing: the connection broke",
    "headers": "failing: answered in broken HTTP",
    "not_http": "failing: answered in broken HTTP",
}
MUTE = {
    "drip": "no complete answer within 1 s",
    "drip_headers": "no complete answer within 1 s",
    "silent": "connected, but nothing comes",
}


@pytest.mark.parametrize("fault", SENTENCES)
def test_a_fault_is_one_sentence_in_bounded_time(server, fault):
    poll, took = state_of(f"{server.url}/faults/{fault}")
    assert poll.batches is None
    assert poll.state.text.startswith(SENTENCES[fault])
    assert "\n" not in poll.state.text
    assert "Error" not in poll.state.text
    assert took < 2.5


@pytest.mark.parametrize("fault", MUTE)
def test_a_service_that_takes_the_question_and_never_ends_its_answer_is_silent(server, fault):
    poll, took = state_of(f"{server.url}/faults/{fault}")
    assert poll.batches is None
    assert poll.state.state == "silent"
    assert re.fullmatch(rf"silent for \d+ s: {MUTE[fault]}", poll.state.text)
    assert took < 2.5


def test_a_number_that_is_none_costs_its_record_and_not_the_answer(server):
    poll, _ = state_of(f"{server.url}/faults/nan")
    (batch,) = poll.batches
    assert [(r.field, r.reason) for r in batch.rejects] == [("mmsi", "NaN is not a number")]
    assert poll.state.text == "ok"


def test_a_bomb_and_a_flood_do_not_fill_the_memory(server):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for fault in ("flood", "bomb"):
        state_of(f"{server.url}/faults/{fault}")
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 40


def test_the_drip_is_real_and_only_the_total_deadline_ends_it(server):
    patient = replace(QUICK, total_s=2.5, read_s=0.6)
    began = time.monotonic()
    with pytest.raises(FeedFault, match=r"within 2\.5 s"):
        fetch(Request(f"{server.url}/faults/drip"), patient, 0)
    assert time.monotonic() - began > 2.4, "no time-out between two reads would have ended it"


def test_nobody_there_is_one_sentence():
    with Server(Provider()) as gone:
        url = gone.url
    poll, _ = state_of(url + "/x")
    assert poll.state.text == "failing: cannot be reached"


def test_https_asked_of_a_plain_port(server):
    with pytest.raises(FeedFault, match="does not speak HTTPS"):
        fetch(Request(server.url.replace("http:", "https:") + "/x"), QUICK, 0)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "its certificate cannot be trusted"),
        (socket.gaierror(-2, "unknown"), "its name cannot be looked up"),
        (ConnectionRefusedError(), "cannot be reached"),
    ],
)
def test_why_there_is_no_connection(cause, words):
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = OSError("several")
    error.__cause__.__context__ = cause
    assert _sentence(error) == words


def test_the_environment_gives_no_proxy(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    answer = fetch(Request(f"{server.url}/v2/point/38/-11/250"), QUICK, 0)
    assert answer.body.startswith(b'{"ac"')


def test_without_gzip_the_stand_in_refuses_as_the_service_does(server):
    with pytest.raises(FeedFault, match="does not serve this form"):
        fetch(
            Request(f"{server.url}/digitraffic/api/ais/v1/locations", {"Accept-Encoding": "identity"}),
            QUICK,
            0,
        )


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30.0),
        ("Sun, 22 Nov 2026 06:00:30 GMT", 30.0),
        ("99999999999", 86_400.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_in_both_forms(said, seconds):
    now_ms = 1_795_327_200_000
    assert _retry_after(httpx.Headers({"Retry-After": said}), now_ms) == seconds


@pytest.mark.parametrize("url", ["http://[bad/x", "http://127.0.0.1:99999/x", "http://exa mple/x"])
def test_an_impossible_address_is_a_fault_not_a_crash(url):
    with pytest.raises(FeedFault):
        fetch(Request(url), QUICK, 0)
