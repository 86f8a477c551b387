"""The law of a target: at its newest place or at the one given, with the error and on the day that are said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from liaison_room import open_room

from maoc_tui.cli import main
from maoc_tui.desk import law, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import WATCH


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def target(room: Room) -> str:
    """A ship under the flag of Belgium on the high seas, 60 miles west of the line at 15 W."""
    entry = targets.NewTarget("grey trawler", position="38 00N 016 00W", values={"flag": "BE"})
    return targets.add(room, WATCH, entry).ref


def ask(room: Room, ref: str, **more: Any) -> Any:
    return law.of_target(room, WATCH, ref, law.Asked("ES"), **more).answer


def test_place_radius_and_day_are_weighed(room: Room) -> None:
    ref = target(room)
    here = ask(room, ref)
    assert (here.question.flag, here.rule.id) == ("BE", "R26")
    assert ask(room, ref, place=(38.0, -14.0)).rule.id == "R09"
    assert ask(room, ref, radius_nm=90.0).rule.id == "R09"
    assert ask(room, ref, place=(38.0, -14.99), radius_nm=2.0).question.flag == "BE"
    now = room.clock.now()
    later = to_ms(parse_time("2026-11-22T00:00Z", now))
    assert ask(room, ref, at_ms=later).question.on.isoformat() == "2026-11-22"


def test_the_command_says_what_it_weighs_and_refuses_the_rest(room: Room, capsys, monkeypatch) -> None:
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr("maoc_tui.cli.law.room", lambda db: _Lent(room))
    ref = target(room)

    def run(*words: str) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as ended:
            main(["law", "--target", ref, "--acting", "ES", *words, "--json"])
        return int(ended.value.code or 0), json.loads(capsys.readouterr().out)

    assert run()[1]["rule"] == "R26"
    assert run("38 00N 014 00W")[1]["rule"] == "R09"
    assert run("--radius", "90")[1]["rule"] == "R09"
    assert run("--as-of", "2023-06-01T00:00Z")[1]["as_of"] == "2023-06-01T00:00:00Z"
    status, value = run("--air")
    assert status == 2
    assert "Leave out --air" in value["error"]["way_out"]


class _Lent:
    """The room of the test in place of one opened by the command."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def __enter__(self) -> Room:
        return self.room

    def __exit__(self, *_: object) -> None:
        return None
