"""Operations and their log on the command line: every act with --json, refusals with their exit status."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from liaison_room import open_room
from target_room import NOW, Zones

from maoc_tui.desk import targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.viewer import WATCH

Run = Callable[..., Any]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


@pytest.fixture
def run(room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``maoc`` on the record; its JSON answer, or with ``status`` what it refuses with."""
    from maoc_tui.cli import main

    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr(Clock, "now_ms", lambda self: NOW)
    monkeypatch.setattr(Room, "zones", Zones())

    def call(*words: str, status: int = 0) -> Any:
        with pytest.raises(SystemExit) as ended:
            main(["--db", str(room.db.path), *words, "--json"])
        out, err = capsys.readouterr()
        assert (ended.value.code or 0) == status, out + err
        return json.loads(out or err)

    return call


def target(room: Room) -> str:
    return targets.add(room, WATCH, targets.NewTarget("grey trawler", position="36 00N 020 00W")).ref


def test_an_interception_from_nomination_to_outcome(room: Room, run: Run) -> None:
    about = target(room)
    ref = run("op", "open", "GREY SEAL", about)["ref"]
    refused = run("op", "step", ref, "planned", status=3)["error"]
    assert "the lead State is agreed" in refused["message"]
    assert "coordinator with the liaison officers" in refused["message"]
    run("op", "field", ref, "lead", "ES", "--source", "telephone")
    run("op", "step", ref, "planned")
    decision = (
        "--who",
        "J. Garcia",
        "--authority",
        "Audiencia Nacional",
        "--right",
        "Art. 23",
        "--told",
        "140255Z",
        "--text",
        "told before it was opened",
    )
    assert run("op", "decide", ref, *decision)["decisions"][0]["told"] == "2022-12-14T02:55:00Z"
    run("op", "step", ref, "approved", "--override", "asset", status=2)
    done = run("op", "step", ref, "approved", "--override", "asset", "--reason", "by word")
    assert done["timeline"][-1]["overridden"] == ["an asset is tasked and its State has acknowledged"]
    run("op", "step", ref, "under-way")
    run("op", "basis", ref, "R26", "--text", "note verbale")
    run("op", "team", ref, "ALFA")
    assert run("op", "checkin", ref, "set", "--every", "20")["check_ins"][0]["due"] == "2022-12-14T03:27:41Z"
    assert [gap["guard"] for gap in run("op", "show", ref)["missing"]] == ["go"]
    run("op", "go", ref, "go", "fair weather", status=3)
    run("op", "step", ref, "boarded", "--override", "go", "--reason", "alone on watch")
    run("log", ref, "0302", "warning", "shots", "across", "the", "bow")
    run("op", "step", ref, "concluded", status=3)
    force = ("--warnings", "VHF 16", "--rounds", "4", "--injuries", "none", "--flag-told", "not yet")
    run("op", "force", ref, "warning-shot", "--ordered-by", "commander", *force)
    run("op", "checkin", ref, "ok")
    run("op", "checkin", ref, "end")
    run("op", "checkin", ref, "sing", status=2)
    for result in ("seizure", "persons"):
        run("op", "nil", ref, result)
    run("op", "step", ref, "concluded")
    run("op", "step", ref, "closed", "--outcome", "seized", status=2)
    closed = run("op", "step", ref, "closed", "--outcome", "boarded-clean")
    assert (closed["state"], closed["outcome"]) == ("closed", "boarded and clean")
    assert run("op", "list") == []
    assert [row["ref"] for row in run("op", "list", "--past")] == [ref]


def test_the_log_its_corrections_and_its_clocks(room: Room, run: Run) -> None:
    first = target(room)
    ref = run("op", "open", "GREY SEAL", first)["ref"]
    line = run("log", ref, "0302", "call", "Dakar", "0500Z", "--client-id", "d-1")
    assert (line["at"], line["kind"], line["said_time"]) == ("2022-12-14T03:02:00Z", "note", "0302")
    assert run("log", ref, "0302", "call", "Dakar", "0500Z", "--client-id", "d-1")["ref"] == line["ref"]
    clock = run("log", line["ref"], "--clock")
    assert (clock["due"], clock["target"]) == ("2022-12-14T05:00:00Z", first)
    fixed = run("log", line["ref"], "call", "Praia", "0500Z", "--correct", "wrong port")
    assert (fixed["corrects"], fixed["at"]) == (line["ref"], line["at"])
    told = run("log", ref)
    assert {one["ref"]: one["corrected_by"] for one in told} == {
        line["ref"]: fixed["ref"],
        fixed["ref"]: None,
    }
    proved = run("op", "prove", ref)
    assert {name: proved[name] for name in ("ok", "lines", "broken")} == {
        "ok": True,
        "lines": 2,
        "broken": [],
    }
    assert (proved["gone"], proved["hidden"], proved["acts_gone"]) == ([], 0, 0)
    run("op", "target", ref, target(room))
    assert len(run("op", "target", ref, first, "--drop", "--reason", "other boat")["targets"]) == 1
    run("op", "conditions", ref, status=2)
    run("log", "OP-9999", "0302", "x", status=2)


def test_a_log_that_was_changed_past_the_program_ends_with_status_1(room: Room, run: Run) -> None:
    ref = run("op", "open", "GREY SEAL", target(room))["ref"]
    line = run("log", ref, "0302", "boarding")["ref"]
    with room.db.writing() as conn:
        conn.exec_driver_sql("DROP TRIGGER log_line_update")
        conn.exec_driver_sql("UPDATE log_line SET text = 'nothing'")
    assert run("op", "prove", ref, status=1)["broken"] == [line]


def test_what_is_printed_names_what_is_missing_and_who_will_read_a_line(
    room: Room, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    from maoc_tui.cli import main

    ref = run("op", "open", "GREY SEAL", target(room), "--rel", "ES,FR")["ref"]
    for words, told in (
        (["op", "show", ref], "missing: the lead State is agreed"),
        (["log", ref, "0302", "boarding"], "MAOC, ES, FR will read this; nobody else."),
        (["op", "list"], "GREY SEAL"),
        (["log", ref], "boarding: boarding"),
        (["op", "prove", ref], "1 lines and 0 acts say what was entered; nothing is gone."),
    ):
        with pytest.raises(SystemExit):
            main(["--db", str(room.db.path), *words])
        assert told in capsys.readouterr().out
