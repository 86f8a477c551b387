"""Ships in JSON: units, sentinels, refusals and wrong documents of every service."""

from __future__ import annotations

import math

import orjson
import pytest
from reading import NOW, read, recorded, sample, sniffed

from maoc_tui.domain.contacts import ContactClass, Doubt, contact_key, key_text
from maoc_tui.feeds import json_document
from maoc_tui.feeds.json_document import Refusal
from maoc_tui.problems import BadInput


def feature(mmsi=263601890, lat=38.68, lon=-9.23, **properties):
    given = {"mmsi": mmsi, "sog": 5.0, "cog": 90.0, "heading": 91, "navStat": 0, "posAcc": True}
    given |= {"timestampExternal": NOW - 1000, **properties}
    return {
        "mmsi": mmsi,
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": given,
    }


def locations(*features):
    return {
        "type": "FeatureCollection",
        "dataUpdatedTime": "2026-11-22T06:00:00Z",
        "features": list(features),
    }


def nan(value):
    return math.isnan(float(value))


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


# The numbers are those of the list of bad inputs.


@pytest.mark.parametrize(
    "name", ["digitraffic", "aishub", "receiver", "readsb", "v2", "opensky", "barentswatch", "aisstream"]
)
def test_78_a_web_page_with_200(name):
    with pytest.raises(BadInput, match="web page"):
        read(name, b"<!DOCTYPE html><html><body>Sign in</body></html>")


@pytest.mark.parametrize("name", ["digitraffic", "aishub", "receiver", "readsb", "v2", "opensky"])
def test_79_a_document_cut_in_the_middle(name):
    with pytest.raises(BadInput, match="cut or damaged"):
        read(name, b'{"type":"FeatureCollection","features":[{"mmsi":2636018')


@pytest.mark.parametrize(
    "name", ["digitraffic", "aishub", "receiver", "readsb", "v2", "opensky", "barentswatch", "aisstream"]
)
@pytest.mark.parametrize("body", [b"", b"\r\n  \n"])
def test_80_an_empty_body(name, body):
    with pytest.raises(BadInput, match="empty"):
        read(name, body)


def test_79_a_line_cut_in_the_middle_is_rejected_and_the_next_one_read():
    good = b'{"mmsi":220632000,"latitude":58.4,"longitude":1.8,"msgtime":"2026-11-22T06:00:00Z"}\n'
    batch = read("barentswatch", good + good[:30] + b"\n" + good)
    assert len(batch.fixes) == 2
    (reject,) = batch.rejects
    assert (reject.record, reject.line) == (2, 2)
    assert reject.text.startswith('{"mmsi":220632000')


def test_81_aishub_refuses_with_200():
    refusal = [
        {"ERROR": True, "USERNAME": "U", "FORMAT": "HUMAN", "ERROR_MESSAGE": "Too frequent\x1b[2J requests!"}
    ]
    with pytest.raises(Refusal) as caught:
        read("aishub", refusal)
    assert caught.value.message == "AISHub refused: Too frequent\ufffd[2J requests."
    assert caught.value.way_out


def aishub(fmt, **changes):
    row = {
        "MMSI": 244750034,
        "TIME": "1625826523",
        "LONGITUDE": 3022815,
        "LATITUDE": 31476144,
        "COG": 3600,
        "SOG": 0,
        "HEADING": 511,
        "ROT": 128,
        "NAVSTAT": 8,
        "IMO": 0,
        "NAME": "CHATEAUROUX",
        "CALLSIGN": "PH7002",
        "TYPE": 69,
        "A": 24,
        "B": 6,
        "C": 0,
        "D": 6,
        "DRAUGHT": 12,
        "DEST": "",
        "ETA": 1596,
    }
    return [{"ERROR": False, "USERNAME": "U", "FORMAT": fmt, "RECORDS": 1}, [row | changes]]


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


def test_85_a_repeated_key_takes_its_last_value_and_deep_nesting_is_refused():
    row = b'{"mmsi":1,"mmsi":263601890,"properties":{"mmsi":2},"geometry":null}'
    body = b'{"type":"FeatureCollection","features":[],"features":[' + row + b"]}"
    assert read("digitraffic", body).others == 1
    with pytest.raises(BadInput, match="cut or damaged"):
        read("digitraffic", b'{"features":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b'"\\ud800"'])
def test_86_literals_that_json_does_not_have(literal):
    with pytest.raises(BadInput, match="cut or damaged"):
        read("digitraffic", b'{"features":[{"mmsi":' + literal + b"}]}")


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


def catcher(**changes):
    row = {
        "class": "AIS",
        "device": "AIS-catcher",
        "rxuxtime": 1795299990,
        "scaled": True,
        "type": 1,
        "mmsi": 218278000,
    }
    return row | {"status": 0, "speed": 9.4, "accuracy": True, "lon": 9.767893, "lat": 54.350025} | changes


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


def test_a_document_over_the_cap_is_refused(monkeypatch):
    monkeypatch.setattr(json_document, "DOCUMENT_CAP", 1 << 20)
    with pytest.raises(BadInput, match="over 1 MB"):
        read("digitraffic", b" " * ((1 << 20) + 1))


def test_a_line_without_end_is_one_reject():
    good = b'{"mmsi":220632000,"latitude":58.4,"longitude":1.8,"msgtime":"2026-11-22T06:00:00Z"}\n'
    batch = read("barentswatch", good + b"x" * (3 << 20) + b"\n" + good)
    assert (len(batch.fixes), len(batch.rejects)) == (2, 1)
    assert batch.rejects[0].line == 2


def test_long_documents_come_in_batches():
    import io

    from reading import FORMATS, joined

    from maoc_tui.feeds.source import ReadContext

    body = orjson.dumps(locations(*(feature(263_000_000 + n) for n in range(45_000))))
    batches = list(FORMATS["digitraffic"].read(io.BytesIO(body), ReadContext(NOW, NOW)))
    assert [len(b.fixes) for b in batches] == [20_000, 20_000, 5_000]
    assert joined(batches).fixes.record.tolist() == list(range(1, 45_001))


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


@recorded
@pytest.mark.parametrize(
    ("file", "name", "fixes", "others"),
    [
        ("digitraffic_locations_a.json", "digitraffic", 595, 0),
        ("lisbon_20221109.geojson", "receiver", 18, 1),
        ("lisbon_20221115_17h.geojson", "receiver", 19, 0),
        ("lisbon_20221215_16h.geojson", "receiver", 21, 0),
        ("barentswatch_combined.jsonl", "barentswatch", 5, 0),
        ("aisstream_messages.jsonl", "aisstream", 3, 0),
        ("aishub_format0.json", "aishub", 1, 0),
        ("aishub_format1.json", "aishub", 2, 0),
    ],
)
def test_recorded_files_are_recognised_and_read_whole(file, name, fixes, others):
    body = sample(f"ais_json/{file}")
    assert sniffed(body[:4096]) == [name]
    batch = read(name, body)
    assert (len(batch.fixes), batch.others, batch.rejects) == (fixes, others, [])


@recorded
def test_recorded_lisbon_snapshot_says_class_b_size_and_local_form_of_time():
    import json

    body = sample("ais_json/lisbon_20221115_17h.geojson")
    batch = read("receiver", body)
    rows = [f["properties"] for f in json.loads(body)["features"]]
    at = next(n for n, row in enumerate(rows) if row["mmsi"] == 219031098)
    assert batch.fixes.cls[at] == ContactClass.SHIP_B
    assert nan(batch.fixes.sog[at])
    assert batch.fixes.time[at] == 1_668_532_091_000
    (identity,) = [i for i in batch.identities if i.key == contact_key(1, 219031098)]
    assert identity.values == {"name": "GRYNNER", "ship_type": 37, "length_m": 9.0, "beam_m": 3.0}


@recorded
def test_recorded_refusal_of_aishub():
    with pytest.raises(Refusal, match="Too frequent requests"):
        read("aishub", sample("ais_json/aishub_error.json"))
