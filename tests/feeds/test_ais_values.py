"""What becomes of the values of AIS messages: cases 31 to 50 of the field."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import T0, Bits, counts, parts, position, read, reasons, sentence, static

from maoc_tui.domain.contacts import ContactClass, Doubt, number_of
from maoc_tui.domain.identity import PLACEHOLDER_MMSI
from maoc_tui.feeds.ais_fixes import contact_class
from maoc_tui.feeds.ais_numbers import classes
from maoc_tui.feeds.stations import station


def one(**values: object):
    return read([f"{T0} {sentence(position(**values))}"])  # type: ignore[arg-type]


def test_31_no_position_keeps_the_record_and_the_identity() -> None:
    assert counts(one(lat=91, lon=181)) == (0, 1, 0, 0)
    aid = Bits().put(21, 6).put(0, 2).put(992631001, 30).put(1, 5).words("BUGIO", 20).put(0, 1)
    aid.put(181 * 600_000, 28).put(91 * 600_000, 27).put(0, 30).put(1, 4).put(60, 6).put(0, 13)
    batch = read([sentence(*aid.payload())])
    assert counts(batch) == (0, 1, 0, 0)
    assert batch.identities[0].values == {"name": "BUGIO"}


@pytest.mark.parametrize(("lat", "lon"), [(91, -9.5), (38.5, 181)])
def test_32_half_a_position_is_none(lat: float, lon: float) -> None:
    assert counts(one(lat=lat, lon=lon)) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("lat", "lon", "field"), [(95, 0, "lat"), (-90.1, 5, "lat"), (5, 190, "lon"), (5, -180.5, "lon")]
)
def test_a_position_beyond_the_globe_is_refused(lat: float, lon: float, field: str) -> None:
    assert reasons(one(lat=lat, lon=lon))[0][0] == field


def test_33_to_36_sentinels_become_not_available() -> None:
    fixes = one(sog=1023, cog=3600, heading=511).fixes
    assert all(math.isnan(column[0]) for column in (fixes.sog, fixes.cog, fixes.heading))
    assert math.isnan(one(cog=4000).fixes.cog[0])
    assert math.isnan(one(heading=360).fixes.heading[0])
    assert one(sog=1022).fixes.sog[0] == pytest.approx(102.2)


def test_37_the_island_at_zero_is_marked() -> None:
    assert one(lat=0, lon=0).fixes.doubt[0] == Doubt.ZERO_ISLAND
    assert one(lat=0, lon=1).fixes.doubt[0] == 0


@pytest.mark.parametrize("second", range(60, 64))
def test_38_special_seconds_change_nothing(second: int) -> None:
    assert one(second=second).fixes.time[0] == T0 * 1000


@pytest.mark.parametrize(
    "mmsi", [26360189, 2636018, 100_000_000, 911_000_000, 800, 776_000_000, 1_000_000_001]
)
def test_39_a_number_of_no_form_is_kept_and_marked(mmsi: int) -> None:
    fixes = one(mmsi=mmsi).fixes
    in_form = 1_000_000 <= mmsi <= 9_999_999
    assert fixes.doubt[0] == (0 if in_form else Doubt.MMSI_FORM)
    assert number_of(int(fixes.key[0])) == mmsi


@pytest.mark.parametrize(
    "mmsi", sorted(PLACEHOLDER_MMSI | {0, 1, 123456789, 987654321, 999999999, 1073741823})
)
def test_40_factory_numbers_are_marked(mmsi: int) -> None:
    assert one(mmsi=mmsi).fixes.doubt[0] == Doubt.PLACEHOLDER


def base_station(kind: int = 4, year: int = 2024, mmsi: int = 2630001) -> str:
    bits = (
        Bits()
        .put(kind, 6)
        .put(0, 2)
        .put(mmsi, 30)
        .put(year, 14)
        .put(3, 4)
        .put(1, 5)
        .put(12, 5)
        .put(0, 6)
        .put(7, 6)
    )
    return (
        bits.put(1, 1).put(round(-9.1 * 600_000), 28).put(round(38.7 * 600_000), 27).put(0, 34).payload()[0]
    )


@pytest.mark.parametrize("year", [2024, 0])
def test_41_and_42_a_base_station_with_or_without_its_clock(year: int) -> None:
    fixes = read([f"{T0} {sentence(base_station(year=year))}"]).fixes
    assert fixes.cls[0] == ContactClass.BASE_STATION
    assert (fixes.lat[0], fixes.lon[0], fixes.time[0]) == pytest.approx((38.7, -9.1, T0 * 1000))


def test_43_an_aid_to_navigation_with_a_long_name() -> None:
    aid = Bits().put(21, 6).put(0, 2).put(992636001, 30).put(1, 5).words("A" * 20, 20).put(0, 1)
    aid.put(round(-9.4 * 600_000), 28).put(round(38.6 * 600_000), 27).put(0, 30).put(1, 4).put(60, 6).put(
        0, 13
    )
    batch = read([sentence(*aid.words("BCD", 3).payload())])
    assert batch.fixes.cls[0] == ContactClass.AID
    assert batch.identities[0].values["name"] == "A" * 20 + "BCD"


def aircraft(altitude: int, sog: int = 120) -> str:
    bits = Bits().put(9, 6).put(0, 2).put(111263001, 30).put(altitude, 12).put(sog, 10).put(1, 1)
    bits.put(round(-9.4 * 600_000), 28).put(round(38.6 * 600_000), 27).put(900, 12).put(7, 6).put(0, 34)
    return sentence(bits.payload()[0])


def test_44_a_rescue_aircraft_has_feet_and_whole_knots() -> None:
    fixes = read([aircraft(1000)]).fixes
    assert fixes.cls[0] == ContactClass.SAR_AIRCRAFT
    assert (fixes.altitude[0], fixes.sog[0], fixes.cog[0]) == pytest.approx((3280.84, 120, 90), rel=1e-5)


def test_45_its_altitude_not_available() -> None:
    assert math.isnan(read([aircraft(4095)]).fixes.altitude[0])
    assert read([aircraft(4094)]).fixes.altitude[0] == pytest.approx(13431.8, abs=0.1)
    assert math.isnan(read([aircraft(10, sog=1023)]).fixes.sog[0])


def long_range(lat: float = 38.5, lon: float = -9.5, sog: int = 12, cog: int = 271, width: int = 96) -> str:
    bits = Bits().put(27, 6).put(0, 2).put(263601890, 30).put(0, 2).put(0, 4)
    bits.put(round(lon * 600), 18).put(round(lat * 600), 17).put(sog, 6).put(cog, 9).put(0, width - 94)
    return sentence(*bits.payload())


@pytest.mark.parametrize("width", [96, 168])
def test_46_long_range_positions_are_coarse_and_say_so(width: int) -> None:
    fixes = read([f"{T0} {long_range(width=width)}"]).fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.sog[0], fixes.cog[0]) == pytest.approx((38.5, -9.5, 12, 271))
    assert fixes.doubt[0] == Doubt.COARSE
    assert 130 < fixes.error_m[0] < 200


def test_47_its_sentinels() -> None:
    assert counts(read([long_range(lat=91, lon=181)])) == (0, 1, 0, 0)
    fixes = read([long_range(sog=63, cog=511)]).fixes
    assert math.isnan(fixes.sog[0])
    assert math.isnan(fixes.cog[0])


@pytest.mark.parametrize("mmsi", [970011234, 972011234, 974011234])
def test_48_distress_transmitters(mmsi: int) -> None:
    fixes = one(mmsi=mmsi, status=14).fixes
    assert (fixes.cls[0], fixes.status[0]) == (ContactClass.DISTRESS, 14)


def values(**stated: object) -> dict[str, object]:
    return dict(read(parts(*static(**stated))).identities[0].values)  # type: ignore[arg-type]


def test_49_padding_is_not_part_of_a_name() -> None:
    assert values(name="SHIP@@@LEFTOVER")["name"] == "SHIP"
    assert values(name="  SHIP  ")["name"] == "SHIP"
    assert "name" not in values(name="@@@@@")
    assert "call_sign" not in values(call="-------")


def test_50_zero_size_draught_and_arrival_are_absent() -> None:
    found = values(size=(0, 0, 0, 0), eta=(0, 0, 24, 60), draught=0, imo=0, kind=0, destination="", call="")
    assert found == {"name": "SANTA MARIA"}
    assert "eta" not in values(eta=(13, 1, 1, 1))
    assert "imo" not in values(imo=1234567)
    assert values(imo=9074728)["imo"] == 9074728  # a wrong check digit is judged by who matches identities


def test_accuracy_decides_the_error_radius() -> None:
    assert one(accuracy=1).fixes.error_m[0] == 10
    assert one(accuracy=0).fixes.error_m[0] == 30


@pytest.mark.parametrize(
    ("mmsi", "kind", "cls"),
    [
        (263601890, 1, ContactClass.SHIP_A),
        (263601890, 18, ContactClass.SHIP_B),
        (982631234, 18, ContactClass.CRAFT),
        (826312345, 1, ContactClass.HANDHELD),
        (992631234, 1, ContactClass.AID),
        (2630001, 1, ContactClass.BASE_STATION),
        (111263001, 1, ContactClass.SAR_AIRCRAFT),
        (263601890, 4, ContactClass.BASE_STATION),
    ],
)
def test_class_by_message_and_number(mmsi: int, kind: int, cls: ContactClass) -> None:
    assert contact_class(kind, mmsi) == cls


@given(st.integers(201_000_000, 999_999_999))
def test_class_by_number_agrees_with_the_other_feeds(mmsi: int) -> None:
    assert classes(np.array([mmsi]), int(ContactClass.SHIP_A))[0] == contact_class(1, mmsi)
    _, cls, doubt = station(mmsi)
    if doubt == Doubt.NONE:
        assert contact_class(1, mmsi) == cls


def test_class_b_static_in_two_halves() -> None:
    a = Bits().put(24, 6).put(0, 2).put(263601890, 30).put(0, 2).words("GAIVOTA", 20).payload()
    b = (
        Bits()
        .put(24, 6)
        .put(0, 2)
        .put(263601890, 30)
        .put(1, 2)
        .put(37, 8)
        .words("VENDOR1", 7)
        .words("CR123", 7)
    )
    batch = read([sentence(*a), sentence(*b.put(5, 9).put(7, 9).put(2, 6).put(2, 6).put(0, 6).payload())])
    assert [identity.values for identity in batch.identities] == [
        {"name": "GAIVOTA"},
        {"call_sign": "CR123", "ship_type": 37, "length_m": 12.0, "beam_m": 4.0},
    ]
    assert counts(batch) == (0, 2, 0, 0)
    craft = Bits().put(24, 6).put(0, 2).put(982631234, 30).put(1, 2).put(37, 8).words("V", 7).words("CR1", 7)
    found = read([sentence(*craft.put(263601890, 30).put(0, 6).payload())]).identities[0].values
    assert "length_m" not in found, "those bits hold the mother ship's number"
