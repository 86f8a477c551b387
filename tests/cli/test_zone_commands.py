"""``maoc zone`` and ``maoc zones list`` through click, and the batch's account of its rows."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from maoc_tui import resources
from maoc_tui.cli import maoc
from maoc_tui.desk import zone_batch, zones
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput


@pytest.fixture(scope="module")
def index() -> ZoneIndex:
    return ZoneIndex.open(resources.data("zones.bin"))


def ask(*words: str) -> object:
    result = CliRunner().invoke(maoc, ["zone", *words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize(
    "words",
    [
        ("38 38N 009 24W",),
        ("38", "38N", "009", "24W"),
        ("38.63333,-9.4",),
        ("38.63333", "-9.4"),
        ("3838N00924W",),
    ],
)
def test_a_position_in_any_form(words: tuple[str, ...]) -> None:
    (answer,) = ask(*words)
    assert answer["position"]["text"] == "38°38.0'N 009°24.0'W"
    assert (answer["kind"], answer["states"], answer["status"]) == ("internal", ["PT"], "agreed")
    assert answer["determined"] is True
    assert answer["dataset"]["name"] == "derived"
    assert set(answer) == {
        "position", "kind", "states", "status", "basis", "determined", "candidates", "lines", "dataset", "text",
        "override", "beneath",
    }  # fmt: skip
    kinds = [line["kind"] for line in answer["lines"]]
    assert {"land", "territorial", "contiguous", "eez"} <= set(kinds)
    distances = [line["distance_nm"] for line in answer["lines"]]
    assert distances == sorted(distances)
    assert all(0 <= line["bearing"] < 360 for line in answer["lines"])


def test_several_positions_and_a_south_one_first() -> None:
    south, north = ask("-33.9 18.2", "38 38N 009 24W")
    assert (south["states"], north["states"]) == (["ZA"], ["PT"])
    (alone,) = ask("-33.9", "18.2")
    assert alone == south


def test_a_circle_over_a_line_is_not_determined() -> None:
    (sure,) = ask("42.0,-36.5")
    assert (sure["kind"], sure["states"], sure["determined"]) == ("high_seas", [], True)
    (limit,) = [line for line in sure["lines"] if line["kind"] == "eez" and line["states"] == ["PT"]]
    (unsure,) = ask("42.0,-36.5", "--radius", str(limit["distance_nm"] + 0.1))
    assert unsure["determined"] is False
    assert {(c["kind"], *c["states"]) for c in unsure["candidates"]} == {("high_seas",), ("eez", "PT")}


def test_the_text_says_zone_state_and_distance(index: ZoneIndex) -> None:
    assert zones.answer(index, 37.0, -11.0).text.startswith("PT EEZ, ")
    assert zones.answer(index, 37.0, -11.0).text.endswith("nm outside PT territorial sea")
    assert zones.answer(index, 42.0, -36.5).text.endswith("nm outside PT EEZ")
    assert "(disputed)" in zones.answer(index, 25.0, -16.0).text
    nearest = min(line.distance_nm for line in index.nearest_lines(42.0, -36.5))
    assert zones.answer(index, 42.0, -36.5, nearest + 0.1).text == "not determined (HS / PT EEZ)"


@pytest.mark.parametrize("radius", [-1.0, float("nan"), 1e6])
def test_an_impossible_radius_is_refused(index: ZoneIndex, radius: float) -> None:
    with pytest.raises(BadInput, match="radius"):
        zones.answer(index, 0.0, 0.0, radius)


@pytest.mark.parametrize("words", [(), ("nowhere",), ("91,0",), ("38.7,-9.1", "nowhere, near")])
def test_bad_positions_are_bad_input(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(maoc, ["zone", *words])
    assert isinstance(result.exception, BadInput)


def test_a_batch_accounts_for_every_row(tmp_path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = "id,lat,lon,radius_nm\r\na,38.63,-9.4,\r\nb,91,0,\r\nc,x,0,\r\nd,1\r\n\r\n,35.95,-5.6,5\r\ne,0,0,-1\r\n"
    source.write_bytes("\ufeff".encode() + rows.encode())
    result = CliRunner().invoke(maoc, ["zone", "--batch", str(source), "--out", str(out), "--json"])
    value = json.loads(result.output)
    assert (value["read"], value["answered"], value["rejected"]) == (6, 2, 4)
    answered = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [row["id"] for row in answered] == ["a", "5"]
    assert [row["determined"] for row in answered] == ["true", "false"]
    rejects = list(csv.DictReader((tmp_path / "out.csv.rejects.csv").open(encoding="utf-8")))
    assert [(row["line"], row["field"]) for row in rejects] == [
        ("3", "lat"), ("4", "lat"), ("5", "lon"), ("8", "radius_nm"),
    ]  # fmt: skip


def test_a_batch_needs_its_columns(index: ZoneIndex) -> None:
    with pytest.raises(BadInput, match="no column lon"):
        zone_batch.batch(index, io.StringIO("lat,long\n1,2\n"), io.StringIO())


def test_hostile_ids_are_made_harmless(index: ZoneIndex) -> None:
    out = io.StringIO()
    zone_batch.batch(index, io.StringIO('id,lat,lon\n"\x1b]52;c;x\x07evil",1,2\n'), out)
    assert "\x1b" not in out.getvalue()


def test_zones_list_names_licence_and_accuracy() -> None:
    result = CliRunner().invoke(maoc, ["zones", "list", "--json"], catch_exceptions=False)
    (held,) = json.loads(result.output)
    assert held["active"] is True
    assert held["licence"] == "ODbL-1.0"
    assert "OpenStreetMap" in held["attribution"]


def test_the_zone_met_next_on_a_course() -> None:
    (there,) = ask("38.6,-9.85", "--course", "90", "--speed", "8.5")
    met = there["next"]
    assert set(met) == {"zone", "states", "in_hours", "at", "lat", "lon", "place", "text"}
    assert (met["zone"], met["states"]) == ("territorial", ["PT"])
    assert met["text"].endswith("nm outside PT territorial sea, enters in 0 h 45 at 8.5 kn")
    assert met["lat"] == pytest.approx(38.6, abs=1e-6)
    assert met["at"].endswith("Z")
    (inside,) = ask(f"{met['lat']},{met['lon'] + 0.001}")
    assert inside["kind"] == "territorial"
    (still,) = ask("38.6,-9.85", "--course", "90", "--speed", "0")
    assert still["next"] is None
    (plain,) = ask("38.6,-9.85")
    assert "next" not in plain
    result = CliRunner().invoke(maoc, ["zone", "38.6,-9.85", "--course", "90", "--speed", "8.5"])
    assert "enters in 0 h 45 at 8.5 kn" in result.output
    assert "next: PT territorial sea in 0 h 45 at " in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("--course", "90"),
        ("--speed", "5"),
        ("--course", "400", "--speed", "5"),
        ("--course", "9", "--speed=-5"),
    ],
)
def test_course_and_speed_belong_together_and_must_be_possible(words: tuple[str, ...]) -> None:
    assert isinstance(CliRunner().invoke(maoc, ["zone", "38.6,-9.85", *words]).exception, BadInput)
