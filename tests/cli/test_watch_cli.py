"""The watch on the command line: taken, logged, promised, handed over by two officers, proved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from access_room import WORDS, Wall, come_in, staffed

from maoc_tui.desk import signing_in
from maoc_tui.desk.room import Room

Run = Callable[..., Any]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = staffed(tmp_path / "maoc.db", Wall())
    yield made
    made.close()


@pytest.fixture
def run(room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``maoc`` as one of the officers; its JSON answer, or with ``status`` what it refuses with."""
    from maoc_tui.cli import main

    def opened(*_: Any, **__: Any) -> Room:
        return room

    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr(signing_in, "open_room", opened)
    monkeypatch.setattr(Room, "close", lambda self: None)

    def call(login: str, *words: str, status: int = 0, whole: bool = False) -> Any:
        assert login in WORDS
        come_in(room, login)
        with pytest.raises(SystemExit) as ended:
            main(["--db", str(room.db.path), "watch", *words, "--json"])
        out, err = capsys.readouterr()
        assert (ended.value.code or 0) == status, out + err
        return (out, err) if whole else json.loads(out or err)

    return call


def test_a_watch_from_taking_it_to_the_signed_handover(room: Room, run: Run, tmp_path: Path) -> None:
    assert run("rui", "holder")["holder"] is None
    assert run("rui", "take")["holder"] == "Rui Lobo"
    assert "Rui Lobo MAOC" in run("ortega", "take", status=2)["error"]["message"]
    line = run("rui", "promise", "call Dakar", "--at", "0500Z", "--rel", "ES")
    assert (line["due"], line["runs"]) == ("2022-12-14T05:00:00Z", True)
    note = run("rui", "log", "0251", "rang", "Rabat", "--rel", "ES")
    assert note["at"] == "2022-12-14T02:51:00Z"
    run("rui", "correct", note["ref"], "rang Dakar", "it was Dakar")
    run("rui", "withdraw", run("rui", "log", "weather: gale", "--rel", "ES")["ref"], "no gale")
    assert run("ortega", "sign", status=2)["error"]["message"] == "No handover is offered."
    offered = run("rui", "hand")
    assert offered["watch"]["offered"]["ref"] == offered["ref"]
    assert run("rui", "sign", status=3)["error"]["message"] == "You offered the watch yourself."
    sheet = run("ortega", "show")
    red = [one for one in sheet["items"] if one["red"]]
    assert [one["ref"] for one in red] == [line["ref"]]
    assert "is red and was not walked" in run("ortega", "sign", status=2)["error"]["message"]
    run("ortega", "walk", line["ref"], "question", "which number?")
    run("rui", "answer", line["ref"], "the one on the wall")
    out = tmp_path / "sheet.txt"
    signed = run("ortega", "sign", "--out", str(out))
    assert signed["watch"]["holder"] == "Luis Ortega"
    assert "the one on the wall" in signed["text"]
    assert run("rui", "prove", str(out)) == {"ref": offered["ref"], "signed_by": "Luis Ortega ES"}
    out.write_text(out.read_text().replace("Dakar", "Rabat"))
    run("rui", "prove", str(out), status=2)
    assert [one["how"] for one in run("ortega", "terms")] == ["taken", "handed over"]
    (kept,) = run("ortega", "handovers")
    assert (kept["outcome"], kept["signed_sha256"]) == ("signed", signed["sha256"])


def test_a_holder_who_is_gone_and_a_watch_that_is_left(run: Run) -> None:
    run("ortega", "take")
    assert run("rui", "take", "--gone", "taken ill")["reason"] == "taken ill"
    assert "Rui Lobo" in run("ortega", "leave", "end of day", status=2)["error"]["message"]
    run("rui", "hand")
    assert run("rui", "take-back", "not yet")["offered"] is None
    left = run("rui", "leave", "the Centre closes")
    assert (left["holder"], left["reason"]) == (None, "the Centre closes")
    assert run("ana", "take", status=3)["error"]["message"].startswith("As administrator")


def test_a_promise_is_owned_kept_and_listed(run: Run) -> None:
    run("rui", "take")
    line = run("rui", "log", "0500Z call Dakar", "--rel", "ES")
    run("rui", "hand")
    run("ortega", "walk", line["ref"], "question", "by whom?")
    sheet = run("ortega", "own", line["ref"], "Ortega", "--by", "0600Z")
    assert sheet["against"] == []
    refused = run("ortega", "walk", line["ref"], "not accepted", "nobody knows him")
    assert refused["against"] == [f"{line['ref']} is not accepted: nobody knows him"]
    assert run("rui", "kept", line["ref"], "called")["done"] == "called (Rui Lobo)"
    assert {one["ref"] for one in run("rui", "list", "--which", "mine")} == {line["ref"]}
    assert len(run("ortega", "list", "--which", "since")) == 2


def test_where_the_sheet_cannot_be_written_nothing_is_signed(run: Run, tmp_path: Path) -> None:
    run("rui", "take")
    nowhere = str(tmp_path / "nowhere" / "sheet.txt")
    for login, act in (("rui", "hand"), ("ortega", "sign")):
        refused = run(login, act, "--out", nowhere, status=1)["error"]["message"]
        assert refused == f"{nowhere} cannot be written (No such file or directory); nothing is signed."
        assert run(login, "holder")["holder"] == "Rui Lobo"
        if act == "hand":
            assert run(login, "holder")["offered"] is None
            run(login, act, "--out", str(tmp_path / "sheet.txt"))
    assert run("ortega", "holder")["offered"] is not None


def test_a_disk_that_fails_after_the_signature_leaves_the_sheet_on_the_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("rui", "take")

    def failing(handle: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("maoc_tui.cli.writing.os.fsync", failing)
        said = run("rui", "hand", "--out", str(tmp_path / "sheet.txt"), status=1, whole=True)
    assert "HO-0001 is signed" in json.loads(said[0])["error"]["message"]
    assert said[1].startswith("HANDOVER OF THE WATCH")
    assert "sha256 " in said[1]
    assert not (tmp_path / "sheet.txt").exists()


def test_an_item_is_taken_in_the_state_that_was_read(run: Run) -> None:
    run("rui", "take")
    line = run("rui", "log", "0500Z call Dakar", "--rel", "ES")
    run("rui", "hand")
    (item,) = [one for one in run("ortega", "show")["items"] if one["ref"] == line["ref"]]
    assert "which state" in run("ortega", "walk", line["ref"], "taken", status=2)["error"]["message"]
    run("rui", "correct", line["ref"], "0600Z call Dakar", "the hour")
    (now,) = [one for one in run("ortega", "show")["items"] if "promise" in one["key"]]
    refused = run("ortega", "walk", now["key"], "taken", "--seen", item["seen"], status=2)
    assert "changed since you read it" in refused["error"]["message"]
    assert run("ortega", "walk", now["key"], "taken", "--seen", now["seen"])["against"] == []
