"""``maoc brief`` and ``maoc export`` on a command line: stable keys, exit statuses, bytes as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from liaison_room import open_room
from target_room import Zones

from maoc_tui.cli import maoc
from maoc_tui.desk import targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import Problem


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    room = open_room(tmp_path)
    mark = parse("B2 H2 rel ES", "MAOC")
    targets.add(
        room, WATCH, targets.NewTarget(description="grey sloop", position="36 00N 012 00W", marking=mark)
    )
    room.close()
    monkeypatch.setattr(Room, "zones", Zones())

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(maoc, ["--db", str(room.db.path), *words])
        if isinstance(done.exception, Problem):
            return done.exception.status, done.exception.message
        return done.exit_code, done.stdout

    return run


def test_the_keys_scripts_rely_on_are_there(line) -> None:
    status, told = line("brief", "--for", "ES", "--format", "json")
    made = json.loads(told)
    assert status == 0
    assert {
        "number",
        "version",
        "recipient",
        "period",
        "issued_at",
        "marking",
        "sections",
        "withheld",
    } <= set(made)
    assert (made["recipient"], made["issued_at"], made["withheld"]) == ("ES", None, None)
    assert {"from", "to"} == set(made["period"])
    (told_line, *_) = [one for section in made["sections"] for one in section["lines"]]
    assert {"text", "marking", "why"} <= set(told_line)
    assert json.loads(line("brief", "--for", "ES", "--json")[1])["number"] == made["number"]


def test_a_draft_by_the_clock_takes_no_others_place(line) -> None:
    made = json.loads(line("brief", "draft", "--for", "ES", "--if-none", "--json")[1])
    status, told = line("brief", "draft", "--for", "ES", "--if-none")
    assert status == 0
    assert told.startswith(f"{made['number']} v1 waits for approval: nothing was drafted")
    again = json.loads(line("brief", "draft", "--for", "ES", "--if-none", "--json")[1])
    assert {key: again[key] for key in made} == {**made, "drafted": False}
    (one,) = json.loads(line("brief", "list", "--json")[1])
    assert one["waits_since"].endswith("Z")


def test_why_says_in_or_out_with_the_rule(line) -> None:
    (one, *_) = json.loads(line("brief", "--for", "BE", "--why", "--json")[1])
    assert (one["in"], one["originators"]) == (False, ["MAOC"])
    assert one["why"].startswith("Out: H2, originator MAOC")


def test_what_is_wrong_is_one_sentence_and_a_status(line, tmp_path: Path) -> None:
    assert line("brief")[0] == 2
    assert line("brief", "--for", "XX")[0] == 2
    assert line("brief", "--for", "ES", "--format", "docx")[0] == 2
    assert line("brief", "approve", "BR-2022-348", "00000000")[0] == 2
    assert line("brief", "draft", "--for", "ES")[0] == 0
    (drafted,) = json.loads(line("brief", "list", "--json")[1])
    assert drafted["state"] == "waits for approval"
    assert line("brief", "approve", drafted["name"], "00000000")[0] == 3
    assert line("brief", "issue", drafted["name"], "--out", str(tmp_path / "x"))[0] == 2


def test_a_file_is_written_into_the_folder_chosen(line, tmp_path: Path) -> None:
    told = json.loads(
        line("brief", "--for", "ES", "--format", "pdf", "--out", str(tmp_path / "out"), "--json")[1]
    )
    (path,) = map(Path, told["files"])
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.parent == tmp_path / "out"
    status, said = line("export", "targets", "--format", "csv")
    assert status == 0
    assert said.splitlines()[0].startswith("ref,title,")
    assert "grey sloop" in said
    assert json.loads(line("brief", "check", "--json")[1]) is not None
