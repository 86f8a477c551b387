"""A report is read for what stands behind a label in it, whole; prose is not read."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.desk.reference import Reference
from maoc_tui.domain.positions import format_position, parse_position
from maoc_tui.domain.reported import LONGEST, one_line, read
from maoc_tui.domain.targets import Kind, TypeTable

NOW = datetime(2022, 12, 14, 8, 0, tzinfo=UTC)
NAMES = Reference.load().flag_tables.names
TYPES = TypeTable.read(tomllib.loads(resources.data("target_types.toml").read_text(encoding="utf-8")))


def found(text: str, kind: Kind = Kind.VESSEL) -> dict[str, str]:
    return {one.field: one.value for one in read(text, NOW, kind, TYPES, NAMES)}


WHOLE = """NAME: HAVFRUEN
Flag: Denmark; type = sail; LOA 11 m is not labelled; length: 11 m
POSN: 36 20N 012 40W
Seen: 140230Z
MMSI 219012345, IMO: 9074729, call sign: OUXX2
Source: Air Force
Loaded by launches in the Caribbean, two aboard."""


def test_what_stands_behind_labels() -> None:
    assert found(WHOLE) == {
        "name": "HAVFRUEN", "type": "SAILING_YACHT", "flag": "DK", "call_sign": "OUXX2", "mmsi": "219012345",
        "imo": "9074729", "length_m": "11 m", "position": "36°20.0'N 012°40.0'W", "at": "140230ZDEC22",
        "source": "Air Force",
    }  # fmt: skip
    assert found(one_line(WHOLE)) == found(WHOLE), "as it is kept in one line"
    jet = "type: jet; reg: N123AB; hex: a12b3c; flag: US"
    assert found(jet, Kind.AIRCRAFT) == {
        "type": "AIRCRAFT_JET", "registration": "N123AB", "hex": "A12B3C", "flag": "US",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "HMS TRENT sighted go-fast 12 m",
        "USCGC JAMES boarded a trawler; suspect vessel believed to be LADY MICHELLE",
        "Sloop, name unknown, sighted by NRP TEJO, 83 m",
        "M/V CABO VERDE sighted S/Y BLUE WAVE at 36 20N 012 40W",
        'skipper "EL GORDO" on SY "BLUE WAVE"',
        "ex-name: OLD BOAT",
        "former name: OLD BOAT",
        "name: UNKNOWN; flag: none; call sign: NONE; mmsi: nil; source: not given",
        "Danish-flag sloop, 11 m, position 36 20N 012 40W",
        "bound for 38 42N 009 08W, ETA 160600Z",
        "400 nm W of 39 20N 031 10W",
        "course S 60 W 8 kn, heading N 45 E 20 kn",
        "FLAG IS UNKNOWN. Call sign not known",
        "FLAG: NO; FLAG TO BE CONFIRMED",
        "flag: non-Spanish; ",
        "flag: Republic of China",
        "Call sign: was heard",
        "reg: NUMBER",
        "length: 10-12 m",
        "length: 12 m (39 ft) or so, length: 13 m",
        "length: 12 nm",
        "MMSI spoofed as 219012345",
        "MMSI: 219012345; another set, MMSI: 219012346",
        "IMO: 9074728",
        "position: 36 20 30N 012 40W or near; seen: 140230Z",
        "position: 400 nm W of 39 20N 031 10W; seen: 140230Z",
        "position: 36 20N 012 40W",
        "position: 36 20N 012 40W; seen: 0230Z",
        "position: 36 20N 012 40W; seen: 150230Z",
        "seen: 140230Z",
        "position: 99 99N 200 00W; seen: 140230Z",
        "Seen by aircraft at 140230Z",
        "",
    ],
)
def test_prose_and_what_is_not_wholly_understood_offer_nothing(text: str) -> None:
    assert found(text) == {}


def test_a_label_that_stands_twice_is_read_in_neither_place() -> None:
    assert found("name: ALFA; flag: PT / name: BETA") == {"flag": "PT"}


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_a_position_as_the_program_writes_it_is_read_back(lat: float, lon: float) -> None:
    written = format_position(lat, lon)
    assert found(f"Position: {written}\nSeen: 140230Z\ntwo aboard")["position"] == str(
        parse_position(written)
    )


labels = st.sampled_from(
    ["name", "flag", "position", "seen", "MMSI", "length", "call sign", "source", "type"]
)
lines = st.lists(st.tuples(labels, st.text(max_size=40)), max_size=8)


@given(lines | st.text(max_size=400).map(lambda text: [("", text)]))
def test_no_text_breaks_it_and_every_offer_stands_in_it(said: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{label}: {words}" for label, words in said)
    for one in read(text, NOW, Kind.VESSEL, TYPES, NAMES):
        assert one.value.isprintable()
        assert one.words.split()[-1] in one_line(text)


def test_a_flood_is_read_to_its_limit() -> None:
    assert found("flag: " * LONGEST) == {}
    assert found("x" * LONGEST + "\nflag: VE") == {}
    assert found("name: BLUE\x1b[31mWAVE")["name"].isprintable()
