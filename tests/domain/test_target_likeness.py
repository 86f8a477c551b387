"""Which descriptions may be of the same object: symmetric, explained, and never by a placeholder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.desk.reference import Reference
from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.domain.target_identity import badges, identifies
from maoc_tui.domain.target_likeness import Likeness, compare, name_likeness
from maoc_tui.domain.targets import Kind

TABLES = Reference.load().flag_tables
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.frozensets(st.sampled_from(["LA PALOMA", "La Paloma", "LA PALOMMA", "BLUE MIST", "-"])),
        "mmsi": st.frozensets(st.sampled_from(["263601890", "123456789", "000000000", "224000111"])),
        "imo": st.frozensets(st.sampled_from(["9074729", "7359149", "0000000"])),
        "length_m": st.frozensets(st.sampled_from(["12", "12.5", "70"])),
        "call_sign": st.frozensets(st.sampled_from(["CSAB1", "0", "NIL"])),
    },
)


def alike(first: dict[str, str], second: dict[str, str]) -> Likeness:
    one, other = ({name: frozenset({value}) for name, value in values.items()} for values in (first, second))
    return compare(Kind.VESSEL, one, other)


@given(VALUES, VALUES)
def test_likeness_is_the_same_both_ways(
    first: dict[str, frozenset[str]], second: dict[str, frozenset[str]]
) -> None:
    there, back = compare(Kind.VESSEL, first, second), compare(Kind.VESSEL, second, first)
    assert there.points == back.points
    assert there.reasons == back.reasons


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("name", "-"), ("name", "UNKNOWN"), ("name", "N/A"), ("name", "..."), ("mmsi", "0"),
        ("mmsi", "000000000"),
        ("mmsi", "123456789"), ("mmsi", "1193046"), ("mmsi", "111111111"), ("imo", "0"), ("imo", "0000000"),
        ("imo", "1234567"), ("hex", "000000"), ("hex", "ffffff"), ("registration", "-"),
        ("registration", "0"),
        ("call_sign", "0"), ("call_sign", "NONE"), ("hull_mark", "-"),
    ],
)  # fmt: skip
def test_placeholders_never_join(attribute: str, value: str) -> None:
    """A report on one boat whose only number was "-" once showed on every boat of its flag."""
    assert not identifies(attribute, value)
    assert not alike({attribute: value}, {attribute: value})
    assert alike({attribute: value}, {attribute: value}).reasons == ()


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("mmsi", "263601890"), ("imo", "9074729"), ("hex", "4ca815"), ("registration", "CS-TFX")],
)
def test_one_equal_number_makes_it_likely(attribute: str, value: str) -> None:
    found = alike({attribute: value}, {attribute: value})
    assert found.likely
    assert value in found.reasons[0]


def test_a_name_alike_is_possible_and_with_the_length_more_so() -> None:
    name = alike({"name": "LA PALOMA"}, {"name": "M/Y La Palomma"})
    both = alike({"name": "LA PALOMA", "length_m": "12"}, {"name": "LA PALOMMA", "length_m": "12.5"})
    assert name
    assert not name.likely
    assert both.points > name.points
    assert both.reasons == ("names alike: LA PALOMA, LA PALOMMA", "length 12 and 12.5 m")


def test_what_speaks_against_it_is_said() -> None:
    found = alike(
        {"name": "LA PALOMA", "imo": "9074729", "length_m": "12"},
        {"name": "LA PALOMA", "imo": "7359149", "length_m": "70"},
    )
    assert not found
    assert found.reasons[1:] == ("but length 12 against 70 m", "but IMO numbers differ: 7359149, 9074729")


def test_a_length_alone_says_nothing() -> None:
    assert alike({"length_m": "12"}, {"length_m": "12"}) == Likeness(0, ())


def test_an_aircraft_is_no_vessel() -> None:
    one = {"registration": frozenset({"CS-TFX"})}
    assert not compare(Kind.VESSEL, one, one, Kind.AIRCRAFT)


def test_a_former_name_still_tells() -> None:
    assert compare(
        Kind.VESSEL, {"name": frozenset({"BLUE MIST", "LA PALOMA"})}, {"name": frozenset({"BLUE MIST"})}
    )


@pytest.mark.parametrize(
    ("first", "second", "least", "most"),
    [
        ("LA PALOMA", "la  paloma", 1, 1),
        ("FV São João", "SAO JOAO", 1, 1),
        ("PESCA 1", "PESCA 2", 0, 0),
        ("MATTHEW", "HONMON", 0, 0.6),
        ("ODYSSEUS", "ODISSEUS", 0.8, 1),
        ("", "", 0, 0),
        ("--", "LA PALOMA", 0, 0),
    ],
)
def test_names_are_compared_as_people_read_them(first: str, second: str, least: float, most: float) -> None:
    assert least <= name_likeness(first, second) <= most


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_can_be_compared(first: str, second: str) -> None:
    assert 0 <= name_likeness(first, second) <= 1
    assert name_likeness(first, second) == name_likeness(second, first)


YACHT = contact_key(Space.AIS, 263_601_890)


def reasons(values: dict[str, str], *keys: int) -> list[str]:
    return [badge.code for badge in badges(values, keys, TABLES)]


def test_a_sound_identity_has_no_badge() -> None:
    assert reasons({"mmsi": "263601890", "flag": "PT", "imo": "9074729", "name": "LA PALOMA"}, YACHT) == []
    assert reasons({}) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"imo": "9074728"}, "imo"),
        ({"mmsi": "123456789"}, "placeholder"),
        ({"mmsi": "900012345"}, "mmsi-form"),
        ({"mmsi": "263601890", "flag": "VE"}, "mid-flag"),
        ({"hex": "4ca815", "registration": "CS-TFX"}, "hex-registration"),
    ],
)
def test_each_doubt_has_its_badge(values: dict[str, str], code: str) -> None:
    assert reasons(values) == [code]


def test_a_territorys_number_is_its_states() -> None:
    assert reasons({"mmsi": "255601890", "flag": "PT"}) == []


def test_the_number_heard_is_checked_against_what_is_stated() -> None:
    assert reasons({"flag": "VE"}, YACHT) == ["mid-flag"]
    assert reasons({"mmsi": "263601891"}, YACHT) == ["link"]
