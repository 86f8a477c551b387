"""Ships as the other services give them (numbers: the list of bad inputs)."""

from __future__ import annotations

import orjson
import pytest
from json_records import aishub, catcher, nan
from reading import NOW, read, sniffed

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.feeds.json_document import Refusal


def test_81_aishub_refuses_with_200():
    refusal = [
        {"ERROR": True, "USERNAME": "U", "FORMAT": "HUMAN", "ERROR_MESSAGE": "Too frequent\x1b[2J requests!"}
    ]
    with pytest.raises(Refusal) as caught:
        read("aishub", refusal)
    assert caught.value.message == "AISHub refused: Too frequent\ufffd[2J requests."
    assert caught.value.way_out


def test_82_aishub_in_ais_units():
    fixes = read("aishub", aishub("AIS", SOG=123, COG=487)).fixes
    assert fixes.lat[0] == pytest.approx(52.46024)
    assert fixes.lon[0] == pytest.approx(5.038025)
    assert (round(float(fixes.sog[0]), 3), round(float(fixes.cog[0]), 3)) == (12.3, 48.7)
    assert fixes.time[0] == 1_625_826_523_000
    assert nan(fixes.heading[0])


@pytest.mark.parametrize("sog", [1023, 1024])
def test_82_aishub_sentinels_in_ais_units(sog):
    batch = read("aishub", aishub("AIS", SOG=sog))
    assert nan(batch.fixes.sog[0])
    assert nan(batch.fixes.cog[0])
    assert batch.identities[0].values["draught_m"] == 1.2
    assert "eta" not in batch.identities[0].values


def test_82_aishub_no_position_in_ais_units():
    assert read("aishub", aishub("AIS", LONGITUDE=108600000, LATITUDE=54600000)).others == 1


def test_82_aishub_in_human_units():
    row = {
        "TIME": "2026-03-28 16:50:52 GMT",
        "LONGITUDE": 5.03807,
        "LATITUDE": 52.46028,
        "DRAUGHT": 1.2,
        "ETA": "07-04 13:00",
    }
    batch = read("aishub", aishub("HUMAN", **row, PAC=1))
    assert batch.fixes.time[0] == 1_774_716_652_000
    assert batch.fixes.error_m[0] == 10
    assert batch.identities[0].values["eta"] == "07-04 13:00"
    assert batch.identities[0].values["draught_m"] == 1.2


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("2024-09-17 14:38:55.281038479 +0000 UTC", 1_726_583_935_281),
        ("2024-09-17 14:38:55 +0000 UTC", 1_726_583_935_000),
        ("2024-09-17 16:38:55.5 +0200 CEST", None),
        ("2024-09-17 14:38:55.9 +0000 UTC", 1_726_583_935_900),
    ],
)
def test_87_time_as_go_writes_it(written, ms):
    envelope = {
        "MessageType": "PositionReport",
        "MetaData": {"MMSI": 538010505, "MMSI_String": 538010505, "ShipName": "A   ", "time_utc": written},
        "Message": {
            "PositionReport": {
                "Latitude": 13.35,
                "Longitude": 100.6,
                "Sog": 102.3,
                "Cog": 360,
                "TrueHeading": 511,
            }
        },
    }
    batch = read("aisstream", envelope)
    if ms is None:
        assert batch.rejects[0].field == "time"
        return
    assert batch.fixes.time[0] == ms
    assert nan(batch.fixes.sog[0])
    assert nan(batch.fixes.cog[0])
    assert nan(batch.fixes.heading[0])
    assert batch.identities[0].values == {"name": "A"}


def test_88_an_error_frame_of_a_socket_is_a_reject_with_its_words():
    (reject,) = read("aisstream", b'{"error":"Api Key Is Not Valid","MessageType":"","MetaData":{}}').rejects
    assert "Api Key Is Not Valid" in reject.reason


def test_aisstream_static_data_and_aids():
    static = {
        "MessageType": "ShipStaticData",
        "MetaData": {"MMSI": 263601890, "ShipName": "X", "time_utc": "2026-11-22 06:00:00 +0000 UTC"},
        "Message": {
            "ShipStaticData": {
                "ImoNumber": 9111802,
                "CallSign": "CSAB",
                "Name": "ALBATROZ",
                "Type": 70,
                "Destination": "LISBOA",
                "Dimension": {"A": 100, "B": 20, "C": 9, "D": 9},
                "Eta": {"Month": 7, "Day": 4, "Hour": 24, "Minute": 60},
                "MaximumStaticDraught": 7.2,
            }
        },
    }
    (identity,) = read("aisstream", static).identities
    assert identity.values == {
        "name": "ALBATROZ",
        "call_sign": "CSAB",
        "destination": "LISBOA",
        "imo": 9111802,
        "ship_type": 70,
        "draught_m": 7.2,
        "eta": "07-04",
        "length_m": 120.0,
        "beam_m": 18.0,
    }
    aid = {
        "MessageType": "AidsToNavigationReport",
        "MetaData": {"MMSI": 992631001},
        "Message": {
            "AidsToNavigationReport": {"Type": 30, "Name": "BUOY", "Latitude": 38.6, "Longitude": -9.3}
        },
    }
    batch = read("aisstream", aid)
    assert batch.fixes.cls[0] == ContactClass.AID
    assert batch.identities[0].values == {"name": "BUOY"}


def test_aisstream_long_range_reports_are_coarse():
    frame = {
        "MessageType": "LongRangeAisBroadcastMessage",
        "MetaData": {"MMSI": 263601890},
        "Message": {
            "LongRangeAisBroadcastMessage": {"Latitude": 38.6, "Longitude": -12.3, "Sog": 63, "Cog": 511}
        },
    }
    fixes = read("aisstream", frame).fixes
    assert fixes.doubt[0] & Doubt.COARSE
    assert fixes.error_m[0] > 130


def test_barentswatch_nulls_and_its_whole_answer_as_one_list():
    row = {
        "mmsi": 220632000,
        "latitude": 58.4,
        "longitude": 1.8,
        "msgtime": "2026-11-22T06:00:00.1234567+01:00",
        "courseOverGround": None,
        "trueHeading": None,
        "rateOfTurn": None,
        "speedOverGround": 0.6,
        "name": None,
    }
    batch = read("barentswatch", [row, row | {"mmsi": 220632001}])
    assert batch.fixes.time.tolist() == [1_795_323_600_123] * 2
    assert nan(batch.fixes.cog[0])
    assert batch.identities == []


def test_ais_catcher_messages_leave_out_what_is_not_available():
    static = catcher(
        type=5, shipname="X", eta="00-00T24:60Z", draught=7.2, to_bow=100, to_stern=20, imo=9111802
    )
    del static["lat"], static["lon"]
    batch = read("ais-catcher", b"\n".join(map(orjson.dumps, [catcher(), static])))
    assert (len(batch.fixes), batch.others) == (1, 1)
    assert batch.fixes.time[0] == 1_795_299_990_000
    assert (batch.fixes.error_m[0], batch.fixes.status[0]) == (10, 0)
    assert nan(batch.fixes.cog[0])
    assert batch.identities[0].values == {"name": "X", "imo": 9111802, "draught_m": 7.2, "length_m": 120.0}


def test_ais_catcher_class_b_long_range_and_raw_units():
    rows = [catcher(type=18), catcher(type=27), catcher(scaled=False), catcher(mmsi=None)]
    batch = read("ais-catcher", b"\n".join(map(orjson.dumps, rows)))
    assert batch.fixes.cls.tolist() == [ContactClass.SHIP_B, ContactClass.SHIP_A]
    assert batch.fixes.doubt.tolist() == [0, Doubt.COARSE]
    assert [r.field for r in batch.rejects] == ["scaled", "mmsi"]


def test_ais_catcher_list_of_ships():
    ship = {
        "mmsi": 218278000,
        "lat": 54.3,
        "lon": 9.7,
        "cog": None,
        "speed": None,
        "heading": 511,
        "last_signal": 42,
    }
    ship |= {"shipname": "X", "eta_month": 7, "eta_day": 4, "eta_hour": 13, "eta_minute": 0, "approx": True}
    value = {"count": 2, "station": {}, "ships": [ship, ship | {"lat": None, "lon": None}], "error": False}
    assert sniffed(orjson.dumps(value)) == ["ais-catcher"]
    batch = read("ais-catcher", value)
    assert batch.fixes.time.tolist() == [NOW - 42_000]
    assert batch.fixes.doubt[0] == Doubt.ARRIVAL_TIME | Doubt.COARSE
    assert batch.identities[0].values["eta"] == "07-04 13:00"
    assert batch.others == 1
