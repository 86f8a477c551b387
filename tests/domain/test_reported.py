"""A report in prose is read for what it says, and for nothing that it does not say."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.desk.reference import Reference
from maoc_tui.domain.positions import format_position, parse_position
from maoc_tui.domain.reported import LONGEST, read, read_words, shipped

NOW = datetime(2022, 12, 14, 3, 7, tzinfo=UTC)
NAMES = Reference.load().flag_tables.names


def found(text: str) -> dict[str, str]:
    return {one.field: one.value for one in read(text, NOW, NAMES)}


def test_the_sloop_of_the_public_case() -> None:
    """An 11 m Danish-flag sloop, loaded in the Caribbean, found by an aircraft: all of it in one paste."""
    text = (
        '11 m Danish-flag sloop "HAVFRUEN", loaded by launches in the Caribbean,\nposition 36 20N 012 40W\n'
        "at 140230Z, two aboard. Source: Air Force."
    )
    assert found(text) == {
        "type": "SAILING_YACHT",
        "position": "36°20.0'N 012°40.0'W",
        "at": "140230ZDEC22",
        "name": "HAVFRUEN",
        "flag": "DK",
        "length_m": "11 m",
        "source": "Air Force",
    }


def test_numbers_that_stand_labelled() -> None:
    text = "FV PALOMA III, flag VE, IMO 9074729, MMSI 775123456, call sign YVAB, 2022-12-13 22:10Z"
    assert found(text) == {
        "at": "132210ZDEC22", "name": "PALOMA III", "flag": "VE", "call_sign": "YVAB", "mmsi": "775123456",
        "imo": "9074729",
    }  # fmt: skip
    assert found("jet, registration N123AB, hex a12b3c, flying the flag of the United States") == {
        "flag": "US", "registration": "N123AB", "hex": "A12B3C",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("flag: DK", "DK"), ("flagged in Panama", "PA"), ("flag of Guinea-Bissau", "GW"), ("flag Guinea", "GN"),
        ("Costa Rican flagged go-fast", "CR"), ("UK flag", "GB"), ("flag unknown", None),
        ("Spanish aircraft saw it", None), ("flag ZZ", None), ("from Venezuela", None),
        ("flag Togo, before under Panama flag", None), ("flag", None),
    ],
)  # fmt: skip
def test_a_flag_is_read_where_the_text_speaks_of_a_flag(text: str, flag: str | None) -> None:
    assert found(text).get("flag") == flag


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("about 12 m", "12 m"), ("12-metre sloop", "12 m"), ("LOA 11.5m", "11.5 m"), ("40 ft", "40 ft"),
        ("3 m swell", None), ("12 nm off", None), ("12 miles", None), ("1 m", None), ("11 m, others say 13 m", None),
    ],
)  # fmt: skip
def test_a_length_is_read_with_its_unit_and_no_sea_state(text: str, length: str | None) -> None:
    assert found(text).get("length_m") == length


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sailing vessel LA PALOMA, AIS off", "LA PALOMA"), ("named GREY WOLF, no AIS", "GREY WOLF"),
        ("MV SEA ROSE IMO 9074729", "SEA ROSE"), ("GREY SLOOP SEEN WEST OF CAPE VERDE", None),
        ("AIS dark since MMSI unknown", None), ('"Estrela do Mar" or so', "Estrela do Mar"),
    ],
)  # fmt: skip
def test_a_name_is_what_is_quoted_said_to_be_one_or_stands_in_capitals(text: str, name: str | None) -> None:
    assert found(text).get("name") == name


def test_what_cannot_be_or_is_still_to_come_is_not_offered() -> None:
    assert found("IMO 9074728, MMSI 000000000, 99 99N 200 00W, 140500Z, hex 12345") == {}
    assert found("36 20N 012 40W, then 37 00N 013 00W") == {}, "two places are no place"
    assert found("first 131000Z, again 140200Z")["at"] == "131000ZDEC22"


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_a_position_as_the_program_writes_it_is_read_back(lat: float, lon: float) -> None:
    written = format_position(lat, lon)
    assert found(f"grey sloop seen at {written}, two aboard")["position"] == str(parse_position(written))


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_every_offer_stands_in_it(text: str) -> None:
    for one in read(text, NOW, NAMES):
        assert one.value
        assert one.words.casefold().split()[0] in text.casefold()


def test_a_flood_is_read_to_its_limit_and_quickly() -> None:
    assert read("1" * 10 * LONGEST, NOW, NAMES) == ()
    assert found("x" * LONGEST + " flag VE") == {}


def test_the_shipped_words_are_whole_and_a_fault_is_named() -> None:
    raw = tomllib.loads(resources.data("report_words.toml").read_text(encoding="utf-8"))
    types = {one["code"] for one in tomllib.loads(resources.data("target_types.toml").read_text())["type"]}
    assert set(raw["types"]) <= types
    assert shipped().flags["danish"] == "DK"
    with pytest.raises(ValueError, match="'Sloop' stands for"):
        read_words({**raw, "types": {**raw["types"], "TUG": ["Sloop"]}})
    with pytest.raises(ValueError, match="QQ are no codes"):
        read_words({**raw, "flags": {"QQ": ["quux"]}})
