"""The alert inbox on the command line: every act with --json, refusals with their exit status, and as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from alert_room import finding, raised
from liaison_room import open_room
from target_room import NOW, Zones

from maoc_tui.desk import operations
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.viewer import WATCH

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = open_room(tmp_path_factory.mktemp("alert-cli"))
    raised(made, *(finding(f"ais_gap:263601890:{n}") for n in range(6)))
    yield made
    made.close()


@pytest.fixture
def run(room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``maoc`` on the record; what it says, as JSON unless ``text``, or what it refuses with ``status``."""
    from maoc_tui.cli import main

    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr(Clock, "now_ms", lambda self: NOW)
    monkeypatch.setattr(Room, "zones", Zones())

    def call(*words: str, status: int = 0, text: bool = False) -> Any:
        with pytest.raises(SystemExit) as ended:
            main(["--db", str(room.db.path), "alert", *words, *(() if text else ("--json",))])
        out, err = capsys.readouterr()
        assert (ended.value.code or 0) == status, out + err
        return out + err if text else json.loads(out or err)

    return call


def test_an_alert_is_read_heard_and_silenced(run: Run) -> None:
    assert [one["ref"] for one in run("list")] == [f"AL-000{n}" for n in range(1, 7)]
    assert "AL-0001  look   AIS gap  LA PALOMA" in run("list", text=True)
    shown = run("show", "AL-0001")
    assert shown["innocent"][0].startswith("Reception")
    assert shown["evidence"][0] == {"name": "silent for", "value": "6 h 00", "limit": "over 1 h"}
    read = run("show", "AL-0001", text=True)
    assert read.index("Innocent") < read.index("What speaks against")
    assert run("ack", "AL-0001")["acknowledged_by"] == "watch, MAOC, 140307ZDEC22"
    assert "heard it" in run("ack", "AL-0001", status=2)["error"]["message"]
    assert run("silence", "AL-0002", "8h", status=2)["error"]["message"] == "The reason is missing."
    quiet = run("silence", "AL-0002", "8h", "--reason", "a regatta", "--rel", "ES")
    assert quiet["silenced_until"] == "2022-12-14T11:07:41Z"
    assert [one["reason"] for one in run("list", "--silences")] == ["a regatta"]
    assert "a regatta" in run("list", "--silences", text=True)
    assert run("silence", "AL-0002", "--end")["silenced_until"] is None
    assert run("list", "--silences", text=True).strip() == "Nothing is silenced."
    assert "There is no alert AL-9999" in run("ack", "AL-9999", status=2)["error"]["message"]


def test_an_alert_is_worked_becomes_a_record_and_counts(run: Run, room: Room) -> None:
    assert run("stage", "AL-0003", "watching")["stage"] == "watching"
    assert run("stage", "AL-0003", "closed", status=2)
    assert run("stage", "AL-0003", "closed", "--not-useful", "--reason", "it was a buoy")["useful"] is False
    assert run("stage", "AL-0004", "escalate", "--reason", "a tender came out")["critical"] is True
    run("note", "AL-0004", "called Horta")
    assert [one["text"] for one in run("show", "AL-0004")["notes"]] == ["called Horta"]
    run("judge", "AL-0004", "not-useful")
    made = run("record", "AL-0005", "--text", "grey sloop, no light", "--rel", "ES")
    assert made == {"alert": "AL-0005", "became": "target", "record": "T-0001"}
    assert run("record", "AL-0006", "--target", "T-0001")["became"] == "sighting"
    op = operations.open_operation(room, WATCH, "GREY", "T-0001").row.ref
    assert run("record", "AL-0006", "--op", op, text=True).startswith("AL-0006 became line OP-")
    assert run("record", "AL-0006", "--op", op, "--target", "T-0001", status=2)
    assert {one["stage"] for one in run("list", "--board")} == {"new", "closed"}
    (rule,) = run("precision")["rules"]
    assert (rule["raised"], rule["decided"], rule["useful"], rule["retire"]) == (6, 4, 2, False)
    told = run("precision", text=True)
    assert "6 raised, 2 of 4 useful, 50 %" in told
    assert "of 30 alerts" in told


def test_the_rules_are_shown_with_their_figures_and_asked_by_hand(run: Run) -> None:
    rules = run("rules")
    gap = next(one for one in rules["rules"] if one["id"] == "ais_gap")
    assert gap["limits"]["others"]["value"] == 3
    assert all(one["innocent"] and one["limits"] for one in rules["rules"])
    text = run("rules", text=True)
    assert gap["limits"]["times_usual"]["basis"] in text
    done = run("sweep")
    assert (done["swept"], done["new"], done["contacts"]) == (True, [], 0)
    assert run("sweep", "--as-of", "140545ZDEC22") == []
    assert "see nothing" in run("sweep", "--as-of", "140545ZDEC22", text=True)
    assert "not a time" in str(run("sweep", "--as-of", "yesterday", status=2))
