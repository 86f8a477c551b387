"""``maoc stats`` walked: measures, spans, doubts, freezing, revisions and files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from figure_room import COORDINATOR, ES, SHARED, copied
from target_room import NOW

from maoc_tui.cli import maoc
from maoc_tui.desk import access, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import Said
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.problems import Problem

Run = Callable[..., Result]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = copied(tmp_path)
    yield made
    made.close()


@pytest.fixture
def run(room: Room, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line on which an officer of Spain is signed in, in this process, on the room that is open."""
    whole = Room.open.__func__  # type: ignore[attr-defined]

    def opened(cls: type[Room], *args: Any, **given: Any) -> Room:
        return whole(cls, *args, **{**given, "clock": ScenarioClock(NOW, 0.0)})

    monkeypatch.setattr(Room, "open", classmethod(opened))
    monkeypatch.setattr(access, "viewer", lambda here: ES)
    monkeypatch.setattr(access, "reauthenticated", lambda here, viewer: True)

    def asked(*words: str, refused: bool = False) -> Result:
        result = CliRunner().invoke(maoc, ["--db", str(room.db.path), "stats", *words])
        assert isinstance(result.exception, Problem) if refused else result.exception is None, result.output
        return result

    return asked


def test_every_measure_stands_in_a_line_and_what_is_not_measured_is_said(run: Run) -> None:
    said = run().output
    assert "seized        ▃▄█·" in said
    assert "most in 2022-11, 3,800 kg of 6,688 kg" in said
    assert "Not measured: Value in money." in said
    assert "which may be less than the Centre's total" in said
    found = json.loads(run("--json").output)
    assert len(found["measures"]) == 17
    assert [one["title"] for one in found["unmeasured"]] == ["Value in money"]
    assert {one["withheld"] for one in found["measures"]} == {None}


def test_one_measure_says_n_span_as_of_and_marking_under_chart_and_table(run: Run) -> None:
    said = run("seized", "--from", "2022-10", "--to", "2022-11", "--doubts", "--define", "--compare").output
    assert f"n = 3 events, 2022-10 to 2022-11, as of 140307ZDEC22, from this record, {SHARED}" in said
    assert ["2022-11", "cocaine", "2,960", "840", "2"] in [one.split() for one in said.splitlines()]
    assert "never weighed" in said
    assert "newest official net weight" in said
    assert "no trend can be read" in said
    found = json.loads(run("seized", "--json").output)
    (november,) = [one for one in found["periods"] if one["period"] == "2022-11"]
    assert november["total"] == {"values": {"weighed": 2960.0, "estimated": 840.0}, "n": 2}
    assert (found["from"], found["n"], found["marking"]) == ("2022-09-01T00:00:00Z", 4, str(SHARED))


def test_a_period_is_frozen_and_a_later_weighing_is_told_beside_it(run: Run, room: Room) -> None:
    assert json.loads(run("--freeze", "2022-11", "--json").output)["freeze"] == "2022-11 v1"
    ref = next(one.ref for one in seizures.listing(room, ES) if one.vessel == "NO NAME")
    seizures.weigh(room, COORDINATOR, ref, "900 kg", "net", official=True, said=Said(marking=SHARED))
    said = run("seized").output
    assert "frozen 2022-11 v1 by ES officer: 4 revisions since" in said
    assert "2022-11 cocaine estimated: 840 kg frozen, 0 kg now" in said
    first = json.loads(run("seized", "--json").output)["revisions"][0]
    assert (first["column"], first["frozen"], first["now"]) == ("weighed", 2960.0, 3860.0)
    assert "2,960 kg" in run("seized", "--frozen", "2022-11").output
    kept = json.loads(run("seized", "--frozen", "2022-11 v1", "--json").output)
    assert kept["periods"][0]["total"]["values"] == {"weighed": 2960.0, "estimated": 840.0}
    assert "2022-11 v1" in run("--freezes").output


WRONG = (
    ("nonsense",), ("seized", "--by", "week"), ("seized", "--from", "soon"), ("--freeze", "2022-12"),
    ("seized", "--freeze", "2022-11"), ("--frozen", "2022-11"), ("--svg", "x.svg"),
)  # fmt: skip


def test_what_cannot_be_understood_is_said_and_nothing_is_done(run: Run) -> None:
    for words in WRONG:
        assert run(*words, refused=True).exception.status == 2, words  # type: ignore[union-attr]
    assert run("--freezes", "--json").output.strip() == "[]"


def test_files_are_written_once_and_hold_what_was_shown(run: Run, tmp_path: Path) -> None:
    chart, table = tmp_path / "seized.svg", tmp_path / "seized.csv"
    words = ("seized", "--from", "2022-10", "--to", "2022-11", "--svg", str(chart), "--csv", str(table))
    assert json.loads(run(*words, "--json").output)["files"] == [str(chart), str(table)]
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert {one["marking"] for one in rows} == {str(SHARED)}
    whole = next(one for one in rows if (one["period"], one["row"]) == ("all", "total"))
    assert (whole["weighed_kg"], whole["estimated_kg"], whole["n"]) == ("4648.0", "840.0", "3")
    assert "4,648 + 840" in chart.read_text(encoding="utf-8")
    chart.write_text("mine")
    run("seized", "--svg", str(chart), refused=True)
    assert chart.read_text() == "mine"
