"""The shipped tables: complete, consistent, and refused with file and line when they are not."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.desk.reference import Reference
from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.domain.identity_checks import Known, badges
from maoc_tui.problems import Problem

REFERENCE = Reference.load()
TABLES = REFERENCE.flag_tables


@pytest.mark.parametrize(
    ("mmsi", "flag"),
    [
        (263601890, "PT"),
        (204123456, "PT"),
        (255805000, "PT"),
        (775000001, "VE"),
        (730000001, "CO"),
        (310627000, "BM"),
        (2630001, "PT"),
        (22600001, "FR"),
        (111224501, "ES"),
        (992241111, "ES"),
        (982261111, "FR"),
        (826312345, "PT"),
        (970012345, ""),
        (999999999, ""),
        (123456789, ""),
        (202, ""),
        (1234567890, ""),
    ],
)
def test_an_mmsi_tells_its_flag(mmsi, flag):
    assert TABLES.of_mmsi(mmsi) == flag
    assert REFERENCE.flags(np.array([contact_key(Space.AIS, mmsi)]))[0] == flag


@pytest.mark.parametrize(
    ("address", "flag"),
    [
        (0x490001, "PT"),
        (0x4CA815, "IE"),
        (0x0D8001, "VE"),
        (0x0D7FFF, "MX"),
        (0x343456, "ES"),
        (0x3C0000, "DE"),
        (0x789ABC, "HK"),
        (0x78A000, "CN"),
        (0x000000, ""),
        (0xFFFFFF, ""),
        (0x491000 + 0x7000, "CZ"),
        (0x4CB000, ""),
    ],
)
def test_an_address_tells_its_state(address, flag):
    assert TABLES.of_hex(address) == flag
    assert REFERENCE.flags(np.array([contact_key(Space.ICAO, address)]))[0] == flag


@given(st.lists(st.integers(0, 1 << 30) | st.integers(0, 999_999_999), max_size=30), st.data())
def test_columns_agree_with_single_numbers(numbers, data):
    spaces = [data.draw(st.sampled_from(list(Space))) for _ in numbers]
    keys = np.array(
        [contact_key(space, number) for space, number in zip(spaces, numbers, strict=True)], np.int64
    )
    single = {Space.AIS: TABLES.of_mmsi, Space.ICAO: TABLES.of_hex}
    expected = [
        single.get(space, lambda _: "")(number) for space, number in zip(spaces, numbers, strict=True)
    ]
    assert REFERENCE.flags(keys).tolist() == expected


def test_one_state_has_many_numbers():
    portugal = [mid for mid, code in TABLES.mid.items() if TABLES.state_of(code) == "PT"]
    france = {code for mid, code in TABLES.mid.items() if TABLES.state_of(code) == "FR"}
    assert sorted(portugal) == [204, 255, 263]
    assert TABLES.places == {**TABLES.places, 204: "Azores", 255: "Madeira"}
    assert {"FR", "GP", "MQ", "GF", "RE"} <= france
    assert TABLES.state_of("BM") == TABLES.state_of("GI") == TABLES.state_of("IM") == "GB"
    assert len(TABLES.mid) == 292


@pytest.mark.parametrize(
    ("mark", "states"),
    [
        ("CS-TFX", {"PT"}),
        ("N123AB", {"US"}),
        ("VP-BXX", {"GB"}),
        ("VP-CXX", {"GB"}),
        ("D-2345", {"DE"}),
        ("D2-ABC", {"AO"}),
        ("YV1234", {"VE"}),
        ("HK-4567", {"CO"}),
        ("B-18001", {"CN", "TW"}),
        ("JA8089", {"JP"}),
        ("9XR-WF", {"RW"}),
        ("", set()),
        ("-", set()),
        ("QQ-ABC", set()),
        ("PJ-ABC", {"NL"}),
    ],
)
def test_a_registration_tells_its_state(mark, states):
    assert TABLES.of_registration(mark) == states


@pytest.mark.parametrize(
    ("sign", "states"),
    [
        ("CQAB", {"PT"}),
        ("EA1234", {"ES"}),
        ("3FAB7", {"PA"}),
        ("SSAB", {"EG"}),
        ("SSPQ", {"SD"}),
        ("3DA1", {"SZ"}),
        ("3DN2", {"FJ"}),
        ("9HA1234", {"MT"}),
        ("J8B123", {"VC"}),
        ("YV1234", {"VE"}),
        ("12345", set()),
        ("AB", set()),
        ("A?B", set()),
        ("QRST", set()),
        ("WDH 953", {"US"}),
        ("FREEDOM", set()),
        ("MAITAI", set()),
        ("VRAB", {"CN"}),
    ],
)
def test_a_call_sign_tells_its_state(sign, states):
    assert TABLES.of_call_sign(sign) == states


def codes(**known):
    return [badge.code for badge in badges(Known(**known), TABLES)]


def test_doubts_compare_sets_of_states():
    assert codes(mmsi=204123456, flag="PT", call_sign="CQAB", imo=9074729) == []
    assert codes(mmsi=310627000, flag="GB") == []
    assert codes(mmsi=347000001, flag="FR") == []
    assert codes(mmsi=263601890, flag="VC") == ["mid-flag"]
    assert codes(mmsi=263601890, flag="VC", call_sign="CQAB") == ["mid-flag", "call-sign-flag"]
    assert codes(mmsi=263601890, call_sign="EA1234") == ["call-sign-flag"]
    assert codes(imo=9074728) == ["imo"]
    assert codes(imo=1234567) == ["placeholder"]
    assert codes(mmsi=123456789) == ["placeholder"]
    assert codes(mmsi=200123456) == ["mmsi-form"]
    assert codes(hex=0x490001, registration="CS-TFX", flag="PT") == []
    assert codes(hex=0x490001, registration="YV1234") == ["hex-registration"]
    assert codes(hex=0x0D8001, registration="YV1234", flag="MX") == ["hex-flag", "mark-flag"]
    assert codes(hex=0x424200, registration="VP-BXX") == []
    assert codes(hex=0xFFFFFF, registration="-", call_sign="") == ["placeholder"]
    assert codes() == []


def test_a_badge_gives_its_reason():
    (badge,) = badges(Known.of_contact(contact_key(Space.AIS, 263601890), call_sign="EA1234"), TABLES)
    assert badge.text == "call sign EA1234 is of Spain, the MID of Portugal"
    (badge,) = badges(Known(imo=9074728), TABLES)
    assert badge.text == "IMO 9074728 fails its check digit (9 expected)"


def test_the_mid_table_agrees_with_another_one():
    """pyais ships its own; where it differs it gives Antarctica, Ascension or no ISO code at all."""
    from pyais.constants import COUNTRY_MAPPING

    other = {mid: code for mid, (code, _) in COUNTRY_MAPPING.items()}
    apart = {mid for mid, code in TABLES.mid.items() if other.get(mid, code) != code}
    assert apart == {501, 608, 618, 635, 740}
    assert set(TABLES.mid) - set(other) <= {550, 638}
    assert set(other) <= set(TABLES.mid)


FEEDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "feeds"


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the recordings are not beside this checkout")
def test_call_signs_of_a_real_day_agree_with_their_numbers():
    """Two tables compiled apart agree on 99 % of the ships that sent both; the rest wrote names there."""
    seen = set()
    with (FEEDS / "ais_csv" / "marinecadastre_20220103_a.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if len(row["MMSI"]) == 9:
                seen.add((int(row["MMSI"]), row["CallSign"]))
    pairs = [(TABLES.of_mmsi(mmsi), TABLES.of_call_sign(sign)) for mmsi, sign in seen]
    known = [(TABLES.state_of(code), states) for code, states in pairs if code and states]
    assert len(known) > 3000
    assert sum(state in states for state, states in known) > 0.99 * len(known)


def test_ship_types_are_complete():
    assert set(REFERENCE.ship_type_texts) == set(range(100))
    names = REFERENCE.ship_type_names
    assert (names[36], names[30], names[70], names[84], names[0]) == (
        "sail",
        "fishing",
        "cargo",
        "tanker",
        "",
    )


def test_every_table_says_how_its_rows_were_checked():
    for name in ("mid.csv", "icao_blocks.csv", "registrations.csv", "call_signs.csv"):
        with resources.data(name).open(encoding="utf-8", newline="") as file:
            assert {row["check"] for row in csv.DictReader(file)} <= {"P", "R"}
        assert f"`{name}`" in resources.data("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "line", "fault"),
    [
        ("mid.csv", "999,XX,XX,Nowhere,,R", "MID 999 is not from 201 to 775"),
        ("mid.csv", "263,PT,PT,Portugal,,R", "a MID stands twice"),
        ("mid.csv", "780,P,PT,Portugal,,R", "not from 201"),
        ("mid.csv", "700,Por,PT,Portugal,,R", "'Por' is no ISO alpha-2 code"),
        ("mid.csv", "x", "invalid literal"),
        ("icao_blocks.csv", "E90000,E90FFF,UY,UY,R", "lies in the range before it"),
        ("icao_blocks.csv", "F00000,E00000,UY,UY,R", "is no range"),
        ("icao_blocks.csv", "G00000,E00000,UY,UY,R", "invalid literal"),
        ("registrations.csv", "cs,PT,PT,R", "is no prefix"),
        ("call_signs.csv", "ZZ,ZA,PT,R", "is no series"),
    ],
)
def test_a_damaged_table_is_refused_with_file_and_reason(tmp_path, name, line, fault):
    for file in resources.data().glob("*.csv"):
        shutil.copy(file, tmp_path)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(Problem, match=fault) as refused:
        _ = Reference.load(tmp_path).flag_tables
    assert name in refused.value.message
    assert refused.value.way_out


def test_missing_and_damaged_files_are_problems(tmp_path):
    with pytest.raises(Problem, match="cannot be read"):
        _ = Reference.load(tmp_path).ship_type_names
    for text in ("not toml", "[unknown]\nfresh_min = 1\n"):
        (tmp_path / "ageing.toml").write_text(text)
        with pytest.raises(Problem, match=r"ageing\.toml: cannot be read"):
            _ = Reference.load(tmp_path).ageing
    (tmp_path / "ship_types.csv").write_text("code,group,text\n30,boat,fishing\n")
    with pytest.raises(Problem, match=r"ship_types\.csv, line 2: 'boat' is no group"):
        _ = Reference.load(tmp_path).ship_type_names


def test_fifty_thousand_flags_take_milliseconds():
    import time

    keys = np.array([contact_key(Space.AIS, 201_000_000 + 11_000 * i) for i in range(50_000)], np.int64)
    REFERENCE.flags(keys[:1])
    before = time.process_time()
    REFERENCE.flags(keys)
    assert time.process_time() - before < 0.1
