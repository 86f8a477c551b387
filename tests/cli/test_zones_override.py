"""``maoc zones override`` and what ``maoc zone``, ``contacts`` and ``target show`` make of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from maoc_tui.cli import maoc
from maoc_tui.problems import BadInput

CORNERS = "38N 10W; 39N 10W; 39N 009 40W; 38N 009 40W"
WHY = ("--reason", "treaty of 2026", "--name", "Ferreira")


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "maoc.db"
    monkeypatch.setenv("MAOC_DB", str(path))
    CliRunner().invoke(maoc, ["init"], catch_exceptions=False)
    return path


def run(*words: str) -> Any:
    result = CliRunner().invoke(maoc, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def fails(match: str, *words: str) -> None:
    result = CliRunner().invoke(maoc, list(words))
    assert isinstance(result.exception, BadInput), result.output
    assert match in result.exception.message
    assert result.exception.way_out


def test_add_ask_list_withdraw(tmp_path: Path) -> None:
    made = run(
        "zones",
        "override",
        "add",
        "--kind",
        "eez",
        "--states",
        "PT",
        "--until",
        "7d",
        "--area",
        CORNERS,
        *WHY,
    )
    assert (made["ref"], made["scope"], made["kind"], made["states"], made["basis"], made["state"]) == (
        "Z-0001", "area", "eez", ["PT"], "hand", "holds",
    )  # fmt: skip
    assert made["area"][0] == [38.0, -10.0]
    (answer,) = run("zone", "38.5,-9.9")
    assert (answer["kind"], answer["basis"], answer["determined"]) == ("eez", "hand", True)
    assert (answer["override"]["reason"], answer["beneath"]["kind"]) == ("treaty of 2026", "contiguous")
    (wide,) = run("zone", "38.5,-9.68", "--radius", "2")
    assert wide["determined"] is False
    assert wide["text"].startswith("not determined (PT EEZ / PT CZ")
    text = CliRunner().invoke(maoc, ["zone", "38.5,-9.9"]).output
    assert "by hand: treaty of 2026, Ferreira, until" in text
    assert "the dataset says PT contiguous zone" in text
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,lat,lon\na,38.5,-9.9\nb,38.5,-9.5\n")
    run("zone", "--batch", str(source), "--out", str(out))
    rows = out.read_text().splitlines()
    assert rows[1].endswith("eez,PT,agreed,hand,true")
    assert rows[2].endswith("territorial,PT,agreed,derived,true")
    assert [one["ref"] for one in run("zones", "override", "list")] == ["Z-0001"]
    gone = run("zones", "override", "withdraw", "Z-0001", "--reason", "wrong", "--name", "Ortega")
    assert (gone["state"], gone["withdrawn"]["name"]) == ("withdrawn", "Ortega")
    assert run("zones", "override", "list") == []
    assert [one["state"] for one in run("zones", "override", "list", "--all")] == ["withdrawn"]
    assert run("zone", "38.5,-9.9")[0]["kind"] == "contiguous"


def test_the_course_ahead_meets_what_was_entered(tmp_path: Path) -> None:
    corners = tmp_path / "corners.txt"
    corners.write_text(CORNERS.replace("; ", "\n"))
    given = ("--kind", "TS", "--states", "PT", "--until", "12h", "--area-file", str(corners))
    run("zones", "override", "add", *given, *WHY)
    (answer,) = run("zone", "38.5,-10.2", "--course", "90", "--speed", "10")
    assert answer["next"]["zone"] == "territorial"
    assert answer["next"]["lon"] == pytest.approx(-10.0, abs=1e-4)
    assert answer["next"]["text"].endswith(" at 10.0 kn")


def test_a_circle_and_its_refusals() -> None:
    about = ("--position", "36 20N 012 40W", "--until", "12h")
    made = run("zones", "override", "add", "--kind", "HS", *about, *WHY)
    assert (made["radius_nm"], made["position"]["text"]) == (5.0, "36°20.0'N 012°40.0'W")
    fails("about one thing", "zones", "override", "add", "--kind", "HS", *about, "--area", CORNERS, *WHY)
    fails("crosses", "zones", "override", "add", "--kind", "TS", "--states", "PT", "--until", "1d", "--area",
          "38N 10W; 39N 9W; 38N 9W; 39N 10W", *WHY)  # fmt: skip
    fails("No such file", "zones", "override", "add", "--kind", "TS", "--states", "PT", "--until", "1d",
          "--area-file", "nowhere.txt", *WHY)  # fmt: skip
    fails("no override", "zones", "override", "withdraw", "Z-9", "--reason", "x", "--name", "y")
    fails("no reference", "zones", "override", "withdraw", "T-1", "--reason", "x", "--name", "y")


def test_target_show_tells_the_waters() -> None:
    ref = run("target", "add", "--description", "grey sloop", "--position", "38 30N 009 54W")["ref"]
    shown = run("target", "show", ref)
    assert (shown["waters"]["kind"], shown["waters"]["determined"]) == ("contiguous", True)
    assert "course and speed not known" in shown["waters"]["text"]
    wide = run(
        "target", "add", "--description", "red yawl", "--position", "38 30N 009 54W", "--radius", "12 nm"
    )["ref"]
    shown = run("target", "show", wide)
    assert shown["waters"]["determined"] is False
    assert shown["waters"]["text"].startswith("not determined (PT CZ")
    assert shown["last"]["zone"].startswith("PT CZ|")
    run("zones", "override", "add", "--kind", "TS", "--states", "PT", "--until", "1d", "--target", ref, *WHY)
    shown = run("target", "show", ref)
    assert (shown["waters"]["kind"], shown["waters"]["override"]["target"]) == ("territorial", ref)
    assert shown["last"]["zone"] == "PT TS*"
    text = CliRunner().invoke(maoc, ["target", "show", ref]).output
    assert "PT territorial sea, by hand: treaty of 2026, Ferreira, until" in text


def test_no_database_is_no_hindrance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAOC_DB", str(tmp_path / "none" / "maoc.db"))
    assert run("zone", "38.5,-9.9")[0]["override"] is None
