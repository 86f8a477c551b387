"""Each publisher's table: what its columns mean, and the recordings of the real ones."""

from __future__ import annotations

import csv as standard_csv
import io
import math
from datetime import UTC, datetime

import pytest
from reading import joined, recorded, sample
from tables import AISDK, AT, GIBRALTAR, NEW, NOW, OLD, ROW, counts, danish, read, row, table

from maoc_tui.domain.contacts import ContactClass, key_text
from maoc_tui.feeds import formats
from maoc_tui.feeds.source import ReadContext
from maoc_tui.problems import BadInput


def test_a_row_of_marinecadastre() -> None:
    batch = read(table(ROW))
    fixes = batch.fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.time[0]) == (38.5, -9.5, AT)
    assert (fixes.sog[0], fixes.cog[0], fixes.heading[0]) == pytest.approx((10.1, 270.5, 270))
    assert (fixes.cls[0], fixes.status[0], fixes.doubt[0], fixes.record[0]) == (ContactClass.SHIP_A, 0, 0, 1)
    assert batch.identities[0].values == {
        "name": "SANTA MARIA",
        "call_sign": "CSAB1",
        "imo": 9074729,
        "ship_type": 30,
        "length_m": 30.0,
        "beam_m": 8.0,
        "draught_m": 4.5,
    }


def test_the_newer_form_has_longitude_first_and_a_blank_in_its_times() -> None:
    new = (
        "263601890,2024-01-03 00:00:00,-9.5,38.5,10.1,360,511,SANTA MARIA,IMO9074729,CSAB1,30,0,30,8,4.5,52,B"
    )
    fixes = read(table(new, header=NEW)).fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.cls[0]) == (38.5, -9.5, ContactClass.SHIP_B)
    assert math.isnan(fixes.cog[0])


def test_62_the_danish_form() -> None:
    rows = [
        danish(SOG="0.1"),
        danish(
            **{"Type of mobile": "Base Station", "MMSI": "2190064", "Navigational status": "Unknown value"}
        ),
        danish(**{"Type of mobile": "AtoN", "MMSI": "992190001"}),
        danish(**{"Type of mobile": "Class B", "MMSI": "219000001"}),
    ]
    fixes = read(table(*rows, header=AISDK)).fixes
    assert fixes.time[0] == int(datetime(2023, 3, 18, tzinfo=UTC).timestamp() * 1000)
    assert fixes.status.tolist() == [1, 15, 1, 1]
    assert fixes.cls.tolist() == [
        ContactClass.SHIP_A,
        ContactClass.BASE_STATION,
        ContactClass.AID,
        ContactClass.SHIP_B,
    ]


def test_62_the_older_danish_form_without_the_last_four_columns() -> None:
    header = ",".join(AISDK.split(",")[:22])
    assert counts(read(table(",".join(danish().split(",")[:22]), header=header))) == (1, 0, 0)


def test_63_latitude_91_longitude_0_is_no_position_but_an_identity() -> None:
    full = danish(
        Latitude="91",
        Longitude="0",
        IMO="9686429",
        Callsign="OWMI2",
        Name="GUARDVESSEL",
        Destination="GUARD",
        ETA="11/03/2023 21:00:00",
        Draught="1.9",
        A="16",
        B="7",
        C="5",
        D="3",
        **{"Ship type": "Fishing"},
    )
    batch = read(table(full, header=AISDK))
    assert counts(batch) == (0, 1, 0)
    assert batch.identities[0].values == {
        "name": "GUARDVESSEL",
        "call_sign": "OWMI2",
        "imo": 9686429,
        "ship_type": 30,
        "length_m": 23.0,
        "beam_m": 8.0,
        "draught_m": 1.9,
        "destination": "GUARD",
        "eta": "03-11 21:00",
    }


def test_71_speed_in_tenths() -> None:
    line = (
        "211325220;133109;99;187;-5.35;36.15;0;511;2016-06-01 04:43:48;Sailing Vessel;13.0;4.0;NULL;NULL;NULL"
    )
    assert read(table(line, header=GIBRALTAR)).fixes.sog[0] == pytest.approx(18.7)
    tenths = line.replace(";187;", ";1023;")
    assert math.isnan(read(table(tenths, header=GIBRALTAR)).fixes.sog[0])


@pytest.mark.parametrize(
    ("status", "cls", "shown"),
    [
        (0, ContactClass.SHIP_A, 0),
        (95, ContactClass.BASE_STATION, 15),
        (96, ContactClass.AID, 15),
        (98, ContactClass.AID, 15),
        (99, ContactClass.SHIP_B, 15),
        (97, ContactClass.SAR_AIRCRAFT, 15),
        (50, ContactClass.SHIP_A, 15),
    ],
)
def test_status_numbers_a_provider_sets(status: int, cls: ContactClass, shown: int) -> None:
    line = f"224205230;1;{status};30;-5.1;36.3;189;300;2016-06-01 04:43:49;NULL;NULL;NULL;NULL;NULL;NULL"
    fixes = read(table(line, header=GIBRALTAR)).fixes
    assert (fixes.cls[0], fixes.status[0]) == (cls, shown)
    if status == 97:
        assert fixes.altitude[0] == pytest.approx(984.25, abs=0.01)
        assert math.isnan(fixes.heading[0])


def test_75_a_long_table_is_read_in_small_batches() -> None:
    body = (OLD + "\n" + (ROW + "\n") * 60_000).encode()
    batches = list(formats.find("marinecadastre").read(io.BytesIO(body), ReadContext(NOW, NOW)))
    assert sum(batch.read for batch in batches) == 60_000
    assert max(batch.read for batch in batches) <= 20_000
    assert sum(len(batch.identities) for batch in batches) == 1
    assert joined(batches).fixes.record.tolist() == list(range(1, 60_001))


def test_76_an_identity_is_told_when_it_changes() -> None:
    names = ["A1", "A1", "B1", "B1", "A1"]
    batch = read(table(*(row(VesselName=name) for name in names), row(MMSI=255801234, VesselName="A1")))
    assert [(i.record, i.values["name"]) for i in batch.identities] == [
        (1, "A1"),
        (3, "B1"),
        (5, "A1"),
        (6, "A1"),
    ]


def test_opensky_history() -> None:
    header = (
        "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,baroaltitude,geoaltitude,"
        "lastposupdate,lastcontact"
    )
    rows = [
        "1626098400,3c4591,51.5,-0.44,100,99.65,0.0,BOX413  ,False,False,False,17.0,10668.0,"
        "10843.26,1626098398.996,1626098400.0",
        "1626098400,3c4592,51.5,-0.44,5,,0.0,,True,False,False,,,,,1626098400.0",
        "1626098400,zzz,51.5,-0.44" + "," * 12,
    ]
    batch = read(table(*rows, header=header))
    fixes = batch.fixes
    assert [key_text(int(key)) for key in fixes.key] == ["icao:3c4591", "icao:3c4592"]
    assert (fixes.sog[0], fixes.cog[0], fixes.altitude[0]) == pytest.approx((194.384, 99.65, 35000), rel=1e-5)
    assert fixes.altitude[1] == 0
    assert fixes.time.tolist() == [1626098398996, 1626098400000]
    assert batch.identities[0].values == {"flight": "BOX413", "squawk": "0017"}
    assert (batch.rejects[0].field, batch.rejects[0].record) == ("icao24", 3)


def test_an_anonymous_track() -> None:
    batch = read(
        "1 23.52378 38.04168 1722470412\n1 23.5238 38.04166 1722470532\n1 23.5 bad 1722470592\n1 2\n",
        "track-text",
    )
    assert counts(batch) == (2, 0, 2)
    assert key_text(int(batch.fixes.key[0])) == "track:1"
    assert (batch.fixes.lat[0], batch.fixes.lon[0], batch.fixes.time[0]) == (
        38.04168,
        23.52378,
        1722470412000,
    )


def test_a_named_format_whose_columns_are_missing_says_which() -> None:
    with pytest.raises(BadInput) as raised:
        read("a,b,c\n1,2,3\n", "marinecadastre")
    assert "lat, lon, mmsi, time" in raised.value.message


@recorded
@pytest.mark.parametrize(
    ("name", "form", "records", "contacts"),
    [
        ("ais_csv/marinecadastre_20220103_a.csv", "marinecadastre", 49_603, 5_300),
        ("ais_csv/gibraltar_20160601_a.csv", "marinetraffic-csv", 9_946, 255),
        ("ais_csv/solent_20160112.csv", "ais-csv", 18_623, 91),
        ("ais_csv/aegean_202408_vessel1.txt", "track-text", 9_427, 1),
        ("ais_csv/aegean_202408_vessel2.txt", "track-text", 3_219, 1),
        ("ais_csv/aisdk_head_20230318.csv", "aisdk", 9, 8),
        ("aircraft/opensky_history_20210712_a.csv", "opensky-csv", 2_530, 36),
    ],
)
def test_recorded_tables(name: str, form: str, records: int, contacts: int) -> None:
    body = sample(name)
    assert formats.recognise(body[: formats.HEAD], name).name == form
    batch = read(body)
    assert (batch.read, len(set(batch.fixes.key.tolist()))) == (records, contacts)
    assert not batch.rejects


@recorded
def test_recorded_rows_equal_what_the_standard_library_reads() -> None:
    body = sample("ais_csv/marinecadastre_20220103_a.csv")
    fixes = read(body).fixes
    rows = list(standard_csv.DictReader(io.StringIO(body.decode())))
    assert fixes.lat.tolist() == [float(r["LAT"]) for r in rows]
    assert fixes.lon.tolist() == [float(r["LON"]) for r in rows]
    assert (fixes.key & ((1 << 40) - 1)).tolist() == [int(r["MMSI"]) for r in rows]
    sog = [float(r["SOG"]) for r in rows]
    assert [None if math.isnan(v) else round(float(v), 1) for v in fixes.sog] == [
        s if s < 102.25 else None for s in sog
    ]
    times = [
        datetime.fromisoformat(r["BaseDateTime"]).replace(tzinfo=UTC).timestamp() * 1000 for r in rows[::50]
    ]
    assert fixes.time[::50].tolist() == times
