"""Ships as Digitraffic gives them: units, sentinels, positions, numbers of stations."""

from __future__ import annotations

import pytest
from json_records import feature, locations, nan
from reading import NOW, read

from maoc_tui.domain.contacts import ContactClass, Doubt, key_text
from maoc_tui.problems import BadInput


def test_a_digitraffic_location_is_a_fix_in_its_own_units_and_time():
    fixes = read("digitraffic", locations(feature())).fixes
    assert (fixes.lat[0], fixes.lon[0]) == (38.68, -9.23)
    assert (fixes.sog[0], fixes.cog[0], fixes.heading[0]) == (5.0, 90.0, 91.0)
    assert fixes.time[0] == NOW - 1000
    assert fixes.error_m[0] == 10.0
    assert key_text(int(fixes.key[0])) == "ais:263601890"
    assert fixes.cls[0] == ContactClass.SHIP_A
    assert fixes.doubt[0] == Doubt.NONE


@pytest.mark.parametrize(
    ("column", "field", "sentinel"),
    [
        ("sog", "sog", 102.3),
        ("sog", "sog", 102.4),
        ("cog", "cog", 360.0),
        ("cog", "cog", 409.5),
        ("heading", "heading", 511),
    ],
)
def test_no_sentinel_survives(column, field, sentinel):
    batch = read("digitraffic", locations(feature(**{field: sentinel})))
    assert nan(getattr(batch.fixes, column)[0])


@pytest.mark.parametrize(("lat", "lon"), [(91, 181), (91, -9.2), (38.7, 181), (None, None)])
def test_no_position_is_accepted_without_one(lat, lon):
    batch = read("digitraffic", locations(feature(lat=lat, lon=lon)))
    assert (len(batch.fixes), batch.others) == (0, 1)


@pytest.mark.parametrize(
    ("lat", "lon", "field"),
    [(95.0, -9, "lat"), (38.7, 200.5, "lon"), ("x", 1, "lat"), (True, 1, "lat"), (1e308, 1, "lat")],
)
def test_a_position_off_the_globe_is_rejected_by_field(lat, lon, field):
    (reject,) = read("digitraffic", locations(feature(lat=lat, lon=lon))).rejects
    assert reject.field == field
    assert "263601890" in reject.text


def test_null_island_short_and_default_numbers_are_kept_and_doubted():
    doubt = read(
        "digitraffic", locations(feature(lat=0, lon=0), feature(1193046), feature(26360), feature(0))
    ).fixes.doubt
    assert doubt[0] == Doubt.ZERO_ISLAND
    assert doubt[1] == Doubt.PLACEHOLDER
    assert doubt[2] == Doubt.MMSI_FORM
    assert doubt[3] == Doubt.PLACEHOLDER


@pytest.mark.parametrize(
    ("mmsi", "cls"),
    [
        (2630001, ContactClass.BASE_STATION),
        (111263001, ContactClass.SAR_AIRCRAFT),
        (970123456, ContactClass.DISTRESS),
        (992631001, ContactClass.AID),
        (982630001, ContactClass.CRAFT),
        (826300001, ContactClass.HANDHELD),
    ],
)
def test_the_form_of_the_number_decides_the_kind_of_station(mmsi, cls):
    fixes = read("digitraffic", locations(feature(mmsi))).fixes
    assert (fixes.cls[0], fixes.doubt[0]) == (cls, 0)


@pytest.mark.parametrize("mmsi", [None, "", "abc", -5, 10**10, 1.5, [1], {}])
def test_what_is_no_number_of_a_station_is_rejected(mmsi):
    (reject,) = read("digitraffic", locations(feature(mmsi))).rejects
    assert reject.field == "mmsi"


def test_a_report_without_time_takes_the_arrival_and_says_so():
    fixes = read("digitraffic", locations(feature(timestampExternal=None))).fixes
    assert (fixes.time[0], fixes.doubt[0]) == (NOW, Doubt.ARRIVAL_TIME)


def test_a_stamp_ahead_of_the_watch_clock_is_doubted_and_an_absurd_one_rejected():
    batch = read(
        "digitraffic", locations(feature(timestampExternal=NOW + 600_000), feature(timestampExternal=1e18))
    )
    assert batch.fixes.doubt.tolist() == [Doubt.FUTURE]
    assert batch.rejects[0].field == "time"


def test_digitraffic_metadata_is_identity_with_tenths_and_packed_eta():
    row = {
        "mmsi": 265866000,
        "name": "MARTINA",
        "shipType": 60,
        "referencePointA": 60,
        "referencePointB": 70,
        "referencePointC": 11,
        "referencePointD": 14,
        "posType": 1,
        "draught": 52,
        "imo": 9183738,
        "callSign": "SJOB",
        "eta": 7 << 16 | 4 << 11 | 13 << 6 | 5,
        "timestamp": NOW - 5,
        "destination": "TURKU@@",
    }
    batch = read(
        "digitraffic", [row, row | {"mmsi": 265866001, "eta": 1596, "imo": 0, "name": "@@@@", "draught": 0}]
    )
    first, second = batch.identities
    assert batch.others == 2
    assert first.values == {
        "name": "MARTINA",
        "call_sign": "SJOB",
        "destination": "TURKU",
        "eta": "07-04 13:05",
        "imo": 9183738,
        "ship_type": 60,
        "draught_m": 5.2,
        "length_m": 130.0,
        "beam_m": 25.0,
    }
    assert first.time == NOW - 5
    assert not {"eta", "imo", "name", "draught_m"} & set(second.values)


def test_83_rows_years_old_keep_their_own_time():
    old = 1_539_734_400_000
    fixes = read("digitraffic", locations(feature(timestampExternal=old))).fixes
    assert (fixes.time[0], fixes.doubt[0]) == (old, Doubt.NONE)


def test_84_numbers_written_as_text_are_numbers_and_other_text_is_not():
    fixes = read(
        "digitraffic", locations(feature("263601890", "38.5", "-9.25", sog="5.5", cog="1_0", heading="١٢"))
    ).fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.sog[0]) == (38.5, -9.25, 5.5)
    assert nan(fixes.cog[0])
    assert nan(fixes.heading[0])


def test_a_digitraffic_error_document_is_one_sentence():
    with pytest.raises(BadInput, match="no list 'features'"):
        read(
            "digitraffic",
            {
                "timestamp": "2026-11-22T06:00:00Z",
                "status": 400,
                "error": "Bad Request",
                "message": "x",
                "path": "/",
            },
        )


def test_hostile_names_come_raw_and_bounded():
    row = {
        "mmsi": 265866000,
        "name": "\x1b]52;c;AAAA\x07[/x]" + "A" * 10_000,
        "referencePointA": 1,
        "timestamp": NOW,
    }
    (identity,) = read("digitraffic", [row]).identities
    assert identity.values["name"].startswith("\x1b]52;c;AAAA\x07[/x]")
    assert len(identity.values["name"]) <= 200
