"""``maoc feed``: the list, and a run that stops by itself with an account that adds up."""

from __future__ import annotations

import json
import re
import signal
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feeds"))
from server import Provider, Server
from server_traffic import Traffic

from maoc_tui.cli.feed import command
from maoc_tui.feeds.http_source import Limits
from maoc_tui.problems import BadInput


@pytest.fixture
def server():
    with Server(Provider(traffic=Traffic(6, 5))) as running:
        yield running


@pytest.fixture
def feed(tmp_path, monkeypatch):
    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path))

    def run(*arguments):
        return CliRunner().invoke(command, [*arguments, "--db", str(tmp_path / "m.db")])

    return run


def test_the_list_names_licence_and_state(feed):
    rows = json.loads(feed("list", "--json").stdout)
    by_name = {row["name"]: row for row in rows}
    assert by_name["digitraffic"]["licence"] == "CC BY 4.0"
    assert by_name["digitraffic"]["state"] == "never run"
    assert by_name["digitraffic"]["last"] is None
    assert "digitraffic" in feed("list").stdout


def test_a_run_for_a_while_says_each_poll_and_the_sum(feed, server):
    before = signal.getsignal(signal.SIGINT)
    result = feed("run", "readsb", "--url", f"{server.url}/readsb/aircraft.json", "--for", "0.5")
    assert result.exit_code == 0
    *polls, in_all = result.stdout.splitlines()
    assert polls
    assert all(poll.endswith("readsb: ok; 5 read, 5 new, 0 rejected, 0 known") for poll in polls)
    read = 5 * len(polls)
    assert in_all == f"In all {read} read: {read} accepted, 0 rejected, 0 duplicate."
    assert signal.getsignal(signal.SIGINT) is before
    rows = {row["name"]: row for row in json.loads(feed("list", "--json").stdout)}
    assert (rows["readsb"]["state"], rows["readsb"]["fixes"]) == ("ok", read)
    assert rows["readsb"]["last"].endswith("Z")


def test_a_run_as_json_has_an_account_that_adds_up(feed, server):
    url = f"{server.url}/digitraffic/api/ais/v1/locations"
    account = json.loads(feed("run", "digitraffic", "--url", url, "--for", "0.5", "--json").stdout)
    assert account["read"] == account["accepted"] + account["rejected"] + account["duplicate"] > 0
    assert (account["name"], account["state"]) == ("digitraffic", "ok")


def test_a_source_that_never_answers_ends_with_status_one(feed, server):
    result = feed("run", "readsb", "--url", f"{server.url}/faults/html", "--for", "0.5")
    assert result.exit_code == 1
    assert "failing: answered with a web page" in result.stdout


def test_the_file_of_rejects_is_named_by_run_and_list(feed, server, tmp_path):
    arguments = ("run", "digitraffic", "--url", f"{server.url}/faults/nan", "--for", "0.5")
    told = feed(*arguments).stdout
    file = str(tmp_path / "m-rejects-feed-digitraffic.csv")
    assert f"Rejected records of digitraffic, with field and reason: {file}" in told
    assert json.loads(feed(*arguments, "--json").stdout)["rejects_file"] == file
    rows = {row["name"]: row["rejects_file"] for row in json.loads(feed("list", "--json").stdout)}
    assert rows["digitraffic"] == file
    assert rows["readsb"] is None
    assert file in feed("list").stdout


def test_a_source_that_only_keeps_silent_never_answered(feed, server, monkeypatch):
    monkeypatch.setattr("maoc_tui.feeds.live.Limits", partial(Limits, total_s=0.2))
    server.provider.mute = True
    result = feed("run", "readsb", "--url", f"{server.url}/readsb/aircraft.json", "--for", "1")
    assert result.exit_code == 1
    assert re.search(r"readsb: silent for \d+ s: no complete answer within 0.2 s;", result.stdout)


def test_an_unknown_source_is_refused(feed):
    assert isinstance(feed("run", "nowhere").exception, BadInput)
