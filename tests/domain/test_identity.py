"""Numbers and marks: form, check digits, placeholders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.identity import (
    MmsiKind,
    imo_check_digit,
    imo_fault,
    is_placeholder,
    mmsi_of,
    parse_call_sign,
    parse_hex,
    parse_imo,
    parse_mmsi,
    parse_registration,
)
from maoc_tui.problems import BadInput


@pytest.mark.parametrize(
    ("number", "kind", "mid"),
    [
        (263601890, MmsiKind.SHIP, 263),
        (775000000, MmsiKind.SHIP, 775),
        (776000000, MmsiKind.NONE, 0),
        (200000000, MmsiKind.NONE, 0),
        (22630123, MmsiKind.GROUP, 226),
        (2630001, MmsiKind.COAST, 263),
        (111224501, MmsiKind.SAR_AIRCRAFT, 224),
        (826312345, MmsiKind.HANDHELD, 263),
        (982631234, MmsiKind.CRAFT, 263),
        (992631234, MmsiKind.AID, 263),
        (970012345, MmsiKind.SART, 0),
        (972012345, MmsiKind.MOB, 0),
        (974012345, MmsiKind.EPIRB, 0),
        (1234567890, MmsiKind.NONE, 0),
        (0, MmsiKind.NONE, 0),
        (112000000, MmsiKind.NONE, 0),
    ],
)
def test_the_form_of_a_number_tells_its_kind(number, kind, mid):
    mmsi = mmsi_of(number)
    assert (mmsi.kind, mmsi.mid) == (kind, mid)


def test_a_number_is_shown_with_nine_digits_and_reads_back():
    assert str(mmsi_of(2630001)) == "002630001"
    assert parse_mmsi("MMSI 263 601 890") == parse_mmsi("263601890") == mmsi_of(263601890)


@pytest.mark.parametrize(
    "text", ["", "12345678", "1234567890", "123456789", "000000000", "999999999", "26360189x"]
)
def test_what_is_no_mmsi_is_refused(text):
    with pytest.raises(BadInput):
        parse_mmsi(text)


@pytest.mark.parametrize("number", [9074729, 7359149, 8415158])
def test_ships_in_service_pass_the_check_digit(number):
    assert imo_fault(number) == ""
    assert parse_imo(f"IMO {number}") == number


@given(st.integers(100_000, 999_999), st.integers(1, 9))
def test_a_wrong_last_digit_is_always_noticed(first_six, off):
    good = first_six * 10 + imo_check_digit(first_six)
    bad = first_six * 10 + (imo_check_digit(first_six) + off) % 10
    assert imo_fault(bad) != ""
    assert imo_fault(good) == "" or is_placeholder("imo", good)


@pytest.mark.parametrize(
    "text", ["", "0", "IMO0000000", "1234567", "9074728", "907472", "90747299", "IMO", "９074729"]
)
def test_what_is_no_imo_number_is_refused(text):
    with pytest.raises(BadInput):
        parse_imo(text)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("name", "-"),
        ("name", ""),
        ("name", None),
        ("name", "Unknown"),
        ("name", "???"),
        ("name", "N/A"),
        ("name", "___"),
        ("mmsi", 0),
        ("mmsi", "1"),
        ("mmsi", 123456789),
        ("mmsi", "111111111"),
        ("mmsi", "000000000"),
        ("imo", "IMO0000000"),
        ("imo", 0),
        ("imo", "1234567"),
        ("imo", "IMO 0"),
        ("imo", "-"),
        ("hex", "000000"),
        ("hex", "FFFFFF"),
        ("call_sign", "0000000"),
        ("registration", "-"),
        ("call_sign", "NIL"),
    ],
)
def test_placeholders_never_identify(attribute, value):
    assert is_placeholder(attribute, value)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("name", "LA PALOMA"),
        ("name", "0-0 SEVEN"),
        ("mmsi", 263601890),
        ("imo", "IMO9074729"),
        ("hex", "4ca815"),
        ("call_sign", "CQAB"),
        ("registration", "CS-TFX"),
        ("name", "海神"),
    ],
)
def test_real_values_do(attribute, value):
    assert not is_placeholder(attribute, value)


@given(st.sampled_from(["mmsi", "imo", "hex", "name", "call_sign"]), st.text(max_size=12))
def test_placeholder_check_never_fails(attribute, value):
    assert is_placeholder(attribute, value) in (True, False)


def test_marks():
    assert parse_hex(" 4CA815 ") == 0x4CA815
    assert parse_call_sign("cq ab") == "CQAB"
    assert parse_registration("cs-tfx") == "CS-TFX"
    for parse, texts in (
        (parse_hex, ("", "4ca81", "4ca81g", "~4ca815", "000000")),
        (parse_call_sign, ("", "A", "123", "NONE", "ABC$")),
        (parse_registration, ("", "-", "A", "CS--TFX", "ABCDE-FGHIJKL")),
    ):
        for text in texts:
            with pytest.raises(BadInput):
                parse(text)
