"""The seizure ledger walked on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import open_room
from target_room import NOW

from maoc_tui.desk.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def test_the_command_line_walks_a_seizure(room: Room, capsys, monkeypatch, tmp_path: Path) -> None:
    from maoc_tui.cli import main
    from maoc_tui.domain.clock import Clock

    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr(Clock, "now_ms", lambda self: NOW)
    photo = tmp_path / "seal.jpg"
    photo.write_bytes(b"seal")

    def run(*words: str, fails: int = 0, as_json: bool = True) -> object:
        with pytest.raises(SystemExit) as ended:
            main(["--db", str(room.db.path), "seizure", *words, *(["--json"] if as_json else [])])
        out = capsys.readouterr().out
        assert (ended.value.code or 0) == fails, out
        return json.loads(out) if as_json else out

    made = run(
        "add", "2022-12-13", "--vessel", "SEA [/x] ROSE", "--lead", "ES", "--flag", "PL", "--substance", "cocaine",
        "--weight", "4 t", "--source", "boarding team",
    )  # fmt: skip
    ref, find = made["ref"], made["find"]
    run("weigh", find, "4580 kg", "net", "--official", "--by", "laboratory", "--packages", "40")
    run("persons", ref, "arrested", "4", "--nationality", "VE", "--official")
    run("state", ref, "flag", "PL", "--status", "confirmed", "--source", "PL registry")
    assert run("vessel", ref, "destroyed")["warnings"]
    run("vessel", ref, "retained", "--drugs")
    run("credit", ref, "asset", "ES 1/2, FR 1/2")
    assert run("credit", ref, "asset", "ES 1/2", fails=2)["error"]["code"] == "bad_input"
    lost = run("find", ref, "cocaine", "--jettisoned", "--weight", "300")
    run("custody", ref, "Navy", "--seal", "A1", "--file", str(photo))
    assert len(run("check", ref, str(photo))["matches"]) == 1
    shown = run("show", ref)
    assert [one["kg"] for one in shown["finds"]] == [4580.0, 300.0]
    assert (shown["persons"], shown["stated"]["flag"][0]["status"]) == ({"arrested": 4}, "CONFIRMED")
    stats = run("stats", "--by", "lead")
    (row,) = stats["rows"]
    assert (row["key"], row["n"], row["seized_kg"]) == (
        "ES", 1, {"weighed": 4580.0, "estimated": 0.0, "total": 4580.0},
    )  # fmt: skip
    assert stats["total"]["disrupted_kg"] == 4880.0
    assert stats["credits"]["asset"] == {
        "n": 1,
        "shares": {"ES": {"share": "1/2", "value": 0.5}, "FR": {"share": "1/2", "value": 0.5}},
    }
    assert "counted once" in stats["definitions"]["events"]
    run("withdraw", ref, lost["find"], "seen again as the first find")
    other = run("add", "2022-12-13", "--vessel", "SEA [/x] ROSE")
    assert "may be" in other["warnings"][0]
    run("same", other["ref"], ref)
    assert [one["counted_as"] for one in run("list")] in ([None, ref], [ref, None])
    assert run("stats", as_json=False).splitlines()[0].endswith("as of 2022-12-14T03:07:41Z")
    text = run("show", ref, as_json=False)
    assert "*4,580 kg net, laboratory" in text
    assert "SEA [/x] ROSE" in text
