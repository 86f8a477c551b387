"""Published tables: the bad inputs 59 to 77 of the field, every dialect, and whatever a row may hold."""

from __future__ import annotations

import csv as standard_csv
import io
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import joined, recorded, sample

from maoc_tui.domain.contacts import ContactClass, Doubt, key_text
from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import csv_rows, formats
from maoc_tui.feeds.source import ReadContext
from maoc_tui.problems import BadInput

NOW = 1_795_300_000_000
OLD = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass"
NEW = ("mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,"
       "width,draft,cargo,transceiver")  # fmt: skip
ROW = "263601890,2022-01-03T00:00:00,38.5,-9.5,10.1,270.5,270,SANTA MARIA,IMO9074729,CSAB1,30,0,30,8,4.5,52,A"
AISDK = (
    "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,"
    "Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D"
)
GIBRALTAR = (
    "MMSI;SHIP_ID;STATUS;SPEED_KNOTSx10;LON;LAT;COURSE;HEADING;TIMESTAMP_UTC;VESSEL_TYPE;LENGTH;WIDTH;GRT;DWT;"
    "DRAUGHT_METERSx10"
)
AT = 1_641_168_000_000


def read(data: str | bytes, name: str | None = None, now_ms: int = NOW) -> Batch:
    """Everything a table holds, as one batch; its format is recognised when not named."""
    body = data.encode("utf-8") if isinstance(data, str) else data
    form = formats.find(name) if name else formats.recognise(body[: formats.HEAD], "table.csv")
    return joined(list(form.read(io.BytesIO(body), ReadContext(NOW, now_ms))))


def row(**changes: object) -> str:
    """One good row of the older MarineCadastre form with some cells changed."""
    cells = dict(zip(OLD.split(","), ROW.split(","), strict=True))
    return ",".join(str(changes.get(name, cell)) for name, cell in cells.items())


def table(*rows: str, header: str = OLD, end: str = "\n") -> str:
    return end.join([header, *rows]) + end


def counts(batch: Batch) -> tuple[int, int, int]:
    """Fixes, others, rejects."""
    return len(batch.fixes), batch.others, len(batch.rejects)


def only(**changes: object) -> Batch:
    return read(table(row(**changes)))


def test_a_row_of_marinecadastre() -> None:
    batch = read(table(ROW))
    fixes = batch.fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.time[0]) == (38.5, -9.5, AT)
    assert (fixes.sog[0], fixes.cog[0], fixes.heading[0]) == pytest.approx((10.1, 270.5, 270))
    assert (fixes.cls[0], fixes.status[0], fixes.doubt[0], fixes.record[0]) == (ContactClass.SHIP_A, 0, 0, 1)
    assert batch.identities[0].values == {
        "name": "SANTA MARIA", "call_sign": "CSAB1", "imo": 9074729, "ship_type": 30, "length_m": 30.0, "beam_m": 8.0,
        "draught_m": 4.5,
    }  # fmt: skip


def test_the_newer_form_has_longitude_first_and_a_blank_in_its_times() -> None:
    new = (
        "263601890,2024-01-03 00:00:00,-9.5,38.5,10.1,360,511,SANTA MARIA,IMO9074729,CSAB1,30,0,30,8,4.5,52,B"
    )
    fixes = read(table(new, header=NEW)).fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.cls[0]) == (38.5, -9.5, ContactClass.SHIP_B)
    assert math.isnan(fixes.cog[0])


def test_59_byte_order_mark() -> None:
    assert counts(read(b"\xef\xbb\xbf" + table(ROW).encode())) == (1, 0, 0)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n", "\r\n\r\n"])
def test_60_line_ends(end: str) -> None:
    assert counts(read(table(ROW, ROW, end=end))) == (2, 0, 0)


def test_61_new_columns_are_ignored_and_columns_may_change_places() -> None:
    header = "Extra,LON,LAT,BaseDateTime,MMSI,Another"
    batch = read(table("x,-9.5,38.5,2022-01-03T00:00:00,263601890,y", header=header))
    assert (batch.fixes.lat[0], batch.fixes.lon[0]) == (38.5, -9.5)


def danish(**changes: str) -> str:
    cells = dict.fromkeys(AISDK.split(","), "") | {
        "# Timestamp": "18/03/2023 00:00:00", "Type of mobile": "Class A", "MMSI": "219472000", "Latitude": "56.5",
        "Longitude": "11.5", "Navigational status": "At anchor", "IMO": "Unknown", "Ship type": "Undefined",
    }  # fmt: skip
    return ",".join((cells | changes).values())


def test_62_the_danish_form() -> None:
    rows = [
        danish(SOG="0.1"), danish(**{"Type of mobile": "Base Station", "MMSI": "2190064", "Navigational status": "Unknown value"}),
        danish(**{"Type of mobile": "AtoN", "MMSI": "992190001"}), danish(**{"Type of mobile": "Class B", "MMSI": "219000001"}),
    ]  # fmt: skip
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
    full = danish(Latitude="91", Longitude="0", IMO="9686429", Callsign="OWMI2", Name="GUARDVESSEL", Destination="GUARD",
                  ETA="11/03/2023 21:00:00", Draught="1.9", A="16", B="7", C="5", D="3", **{"Ship type": "Fishing"})  # fmt: skip
    batch = read(table(full, header=AISDK))
    assert counts(batch) == (0, 1, 0)
    assert batch.identities[0].values == {
        "name": "GUARDVESSEL", "call_sign": "OWMI2", "imo": 9686429, "ship_type": 30, "length_m": 23.0, "beam_m": 8.0,
        "draught_m": 1.9, "destination": "GUARD", "eta": "03-11 21:00",
    }  # fmt: skip


def test_64_quotes() -> None:
    batch = read(table(row(VesselName='"SMITH, JONES ""CO"""'), row(MMSI='"263601891"')))
    assert counts(batch) == (2, 0, 0)
    assert batch.identities[0].values["name"] == 'SMITH, JONES "CO"'
    assert batch.fixes.record.tolist() == [1, 2]


def test_64_a_quote_that_never_closes_swallows_nothing() -> None:
    rows = [row(MMSI=263000000 + n) for n in range(50)]
    rows[20] = row(MMSI=263000020, VesselName='"OPEN')
    rows[30] = row(MMSI=263000030, VesselName='"OPEN, AND COMMA')
    batch = read(table(*rows))
    assert counts(batch) == (49, 0, 1)
    assert (batch.rejects[0].line, batch.rejects[0].record) == (32, 31)
    assert batch.rejects[0].reason == "a quote opens and never closes"


def test_65_short_and_long_rows() -> None:
    batch = read(table(ROW, ROW[:40], ROW + ",x", ROW + ",,", ROW))
    assert counts(batch) == (3, 0, 2)
    assert [(r.line, r.field) for r in batch.rejects] == [(3, "row"), (4, "row")]
    assert batch.rejects[1].reason == "18 fields, the header has 17"
    assert batch.rejects[1].text == ROW + ",x"


def test_66_whole_numbers_written_with_a_point() -> None:
    batch = only(Status="5.0", Length="57.0", VesselType="30.0", MMSI="263601890.0")
    assert (batch.fixes.status[0], key_text(int(batch.fixes.key[0]))) == (5, "ais:263601890")
    assert (batch.identities[0].values["length_m"], batch.identities[0].values["ship_type"]) == (57.0, 30)


def test_67_decimal_comma() -> None:
    line = "211325220;133109;0;35;-5,3571582;36,157688;189,5;511;2016-06-01 04:43:48;Fishing;13,5;4.0;NULL;NULL;45"
    batch = read(table(line, header=GIBRALTAR))
    assert (batch.fixes.lat[0], batch.fixes.lon[0], batch.fixes.sog[0]) == pytest.approx(
        (36.157688, -5.3571582, 3.5)
    )
    assert batch.identities[0].values["length_m"] == 13.5


@pytest.mark.parametrize("cell", ["", "NULL", "null", "NaN", "nan", "N/A", "None", " "])
def test_68_words_for_nothing_are_not_available(cell: str) -> None:
    batch = only(SOG=cell, COG=cell, Heading=cell, Status=cell, Length=cell, VesselName=cell, IMO=cell)
    assert math.isnan(batch.fixes.sog[0])
    assert math.isnan(batch.fixes.heading[0])
    assert batch.fixes.status[0] == 15
    assert not {"name", "imo", "length_m"} & batch.identities[0].values.keys()
    assert counts(only(LAT=cell)) == (0, 1, 0)


def test_sentinels_become_not_available() -> None:
    fixes = only(SOG="102.3", COG="360.0", Heading="511").fixes
    assert all(math.isnan(column[0]) for column in (fixes.sog, fixes.cog, fixes.heading))
    assert math.isnan(only(SOG="-25.6", COG="-49.6").fixes.sog[0])
    assert only(SOG="102.2").fixes.sog[0] == pytest.approx(102.2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"LAT": "95.2"}, "lat"), ({"LON": "-190"}, "lon"), ({"LAT": "inf"}, "lat"), ({"LAT": "north"}, "lat"),
        ({"MMSI": ""}, "mmsi"), ({"MMSI": "-5"}, "mmsi"), ({"MMSI": "2.5"}, "mmsi"), ({"MMSI": "99999999999999"}, "mmsi"),
        ({"MMSI": "12_3"}, "mmsi"), ({"BaseDateTime": ""}, "time"), ({"BaseDateTime": "yesterday"}, "time"),
        ({"BaseDateTime": "2022-02-30T00:00:00"}, "time"), ({"BaseDateTime": "2022-01-03T24:00:00"}, "time"),
        ({"SOG": "fast"}, "sog"), ({"COG": "1e999"}, "cog"), ({"LAT": "1_0"}, "lat"), ({"LAT": "3٣"}, "lat"),
    ],
)  # fmt: skip
def test_69_what_cannot_be_is_refused_with_line_field_and_reason(changes: dict[str, str], field: str) -> None:
    batch = read(table(ROW, row(**changes), ROW))
    assert counts(batch) == (2, 0, 1)
    reject = batch.rejects[0]
    assert (reject.line, reject.record, reject.field) == (3, 2, field)
    assert reject.reason


def test_70_exchanged_axes_refuse_the_file() -> None:
    rows = [row(LAT=-117.9 + n / 10, LON=33.6) for n in range(9)] + [row(LAT=-88.5, LON=30.3)]
    batch = read(table(*rows))
    assert counts(batch) == (0, 0, 10)
    assert {reject.reason for reject in batch.rejects} == {
        "latitude and longitude look exchanged in this file"
    }
    assert counts(read(table(*[ROW] * 20, row(LAT=117.9)))) == (20, 0, 1)


def test_71_speed_in_tenths() -> None:
    line = (
        "211325220;133109;99;187;-5.35;36.15;0;511;2016-06-01 04:43:48;Sailing Vessel;13.0;4.0;NULL;NULL;NULL"
    )
    assert read(table(line, header=GIBRALTAR)).fixes.sog[0] == pytest.approx(18.7)
    tenths = line.replace(";187;", ";1023;")
    assert math.isnan(read(table(tenths, header=GIBRALTAR)).fixes.sog[0])


@pytest.mark.parametrize(
    ("status", "cls", "shown"),
    [(0, ContactClass.SHIP_A, 0), (95, ContactClass.BASE_STATION, 15), (96, ContactClass.AID, 15), (98, ContactClass.AID, 15),
     (99, ContactClass.SHIP_B, 15), (97, ContactClass.SAR_AIRCRAFT, 15), (50, ContactClass.SHIP_A, 15)],
)  # fmt: skip
def test_status_numbers_a_provider_sets(status: int, cls: ContactClass, shown: int) -> None:
    line = f"224205230;1;{status};30;-5.1;36.3;189;300;2016-06-01 04:43:49;NULL;NULL;NULL;NULL;NULL;NULL"
    fixes = read(table(line, header=GIBRALTAR)).fixes
    assert (fixes.cls[0], fixes.status[0]) == (cls, shown)
    if status == 97:
        assert fixes.altitude[0] == pytest.approx(984.25, abs=0.01)
        assert math.isnan(fixes.heading[0])


@pytest.mark.parametrize(
    ("written", "imo"),
    [("IMO9074729", 9074729), ("9074729", 9074729), ("IMO 9074729", 9074729), ("9074729.0", 9074729), ("IMO0000000", None),
     ("0", None), ("IMO1234567", None), ("Unknown", None), ("IMO907472", None), ("-", None)],
)  # fmt: skip
def test_72_forms_of_the_imo_number(written: str, imo: int | None) -> None:
    assert only(IMO=written).identities[0].values.get("imo") == imo


def test_73_zero_sizes_are_absent() -> None:
    values = only(Length="0", Width="0.0", Draft="0", VesselType="0").identities[0].values
    assert not {"length_m", "beam_m", "draught_m", "ship_type"} & values.keys()


@pytest.mark.parametrize(
    "written",
    ["2022-01-03T00:00:00", "2022-01-03 00:00:00", "2022/01/03 00:00:00", "2022-01-03T00:00:00Z", "2022-01-03T00:00:00.000",
     "2022-01-03 00:00:00 UTC", "2022-01-03T01:00:00+01:00", "2022-01-03T00:00:00.0000000Z", "03/01/2022 00:00:00",
     "3/1/2022 00:00", "03.01.2022 00:00:00", "20220103_000000", "20220103T000000", "1641168000", "1641168000.0",
     "1641168000000", "2022-01-03 00:00"],
)  # fmt: skip
def test_74_forms_of_time(written: str) -> None:
    assert only(BaseDateTime=written).fixes.time.tolist() == [AT]
    assert read(table(ROW, row(BaseDateTime=written))).fixes.time.tolist() == [AT, AT]


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


def test_77_nul_bytes_and_other_encodings() -> None:
    assert counts(read(table(row(LAT="38\x005")))) == (0, 0, 1)
    latin = table(row(VesselName="CORAÇÃO")).encode("latin-1")
    assert read(latin).identities[0].values["name"] == "CORAÇÃO"
    for order in ("utf-16", "utf-16-be"):
        body = table(row(VesselName="CORAÇÃO"), *[ROW] * 9).encode(order)
        batch = read(body if order == "utf-16" else b"\xfe\xff" + body)
        assert counts(batch) == (10, 0, 0)
        assert batch.identities[0].values["name"] == "CORAÇÃO"


def test_77_a_huge_field_costs_its_row_only() -> None:
    batch = read(
        table(ROW, row(VesselName="X" * 300_000), row(VesselName="Y" * 3_000_000), row(MMSI=263000001))
    )
    assert len(batch.fixes) == 3
    assert batch.read == 4
    assert all(len(str(i.values["name"])) <= 200 for i in batch.identities)
    assert batch.fixes.key[-1] == (1 << 40) | 263000001


def test_a_header_that_comes_again_is_no_row() -> None:
    assert counts(read(table(ROW, OLD, ROW))) == (2, 0, 0)


def test_the_form_of_the_number_is_judged() -> None:
    batch = read(table(*(row(MMSI=mmsi) for mmsi in (123456789, 26360189, 970011234))))
    assert batch.fixes.doubt.tolist() == [Doubt.PLACEHOLDER, Doubt.MMSI_FORM, 0]
    assert batch.fixes.cls[2] == ContactClass.DISTRESS
    assert only(LAT=0, LON=0).fixes.doubt[0] == Doubt.ZERO_ISLAND
    assert read(table(ROW), now_ms=AT - 200_000).fixes.doubt[0] == Doubt.FUTURE


def test_opensky_history() -> None:
    header = ("time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,baroaltitude,geoaltitude,"
              "lastposupdate,lastcontact")  # fmt: skip
    rows = [
        "1626098400,3c4591,51.5,-0.44,100,99.65,0.0,BOX413  ,False,False,False,17.0,10668.0,10843.26,1626098398.996,1626098400.0",
        "1626098400,3c4592,51.5,-0.44,5,,0.0,,True,False,False,,,,,1626098400.0", "1626098400,zzz,51.5,-0.44" + "," * 12,
    ]  # fmt: skip
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


@given(
    st.lists(
        st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**9), 10**9), min_size=1
    )
)
def test_plain_numbers_are_read_as_python_reads_them(numbers: list[float]) -> None:
    from maoc_tui.feeds.csv_values import numbers as read_numbers

    found, bad = read_numbers(csv_rows.Column.of([repr(number).encode() for number in numbers]))
    assert not bad.any()
    assert found.tolist() == pytest.approx([float(number) for number in numbers], rel=1e-14, abs=0)


@given(st.lists(st.binary(max_size=24), min_size=1, max_size=20))
def test_any_cell_is_a_number_a_blank_or_bad(cells: list[bytes]) -> None:
    from maoc_tui.feeds import csv_values

    column = csv_rows.Column.of(cells)
    found, bad = csv_values.numbers(column)
    whole, none = csv_values.integers(column)
    for at, cell in enumerate(cells):
        try:
            expected = float(cell.replace(b",", b".")) if cell.strip() else math.nan
        except ValueError:
            expected = None
        if not bad[at] and not math.isnan(found[at]):
            assert expected == pytest.approx(found[at], rel=1e-14)
        if not none[at] and whole[at] >= 0:
            assert expected == whole[at]
    csv_values.times(column)


@given(st.datetimes(datetime(1991, 1, 1), datetime(2090, 1, 1)), st.sampled_from("T "))
def test_written_times_are_read_as_python_reads_them(moment: datetime, between: str) -> None:
    written = moment.isoformat(between, "milliseconds")
    expected = round(
        moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC).timestamp() * 1000
    )
    assert only(BaseDateTime=written).fixes.time.tolist() == [expected]


CELLS = st.one_of(
    st.sampled_from(["", "38.5", "NULL", '"', '"x"', "511", "2022-01-03T00:00:00", "-", "\x00", "é"]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, max_size=19), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_rows_are_accounted_for(rows: list[list[str]], end: str) -> None:
    read((OLD + end + end.join(",".join(cells) for cells in rows)).encode("utf-8"), "marinecadastre")


@given(
    st.binary(max_size=600),
    st.sampled_from(["marinecadastre", "aisdk", "marinetraffic-csv", "opensky-csv", "track-text"]),
)
def test_any_bytes_after_a_header_are_accounted_for(body: bytes, name: str) -> None:
    headers = {
        "marinecadastre": OLD,
        "aisdk": AISDK,
        "marinetraffic-csv": GIBRALTAR,
        "track-text": "1 23.5 38.0 1722470412",
    }
    header = headers.get(
        name, "time,icao24,lat,lon,velocity,heading,callsign,onground,squawk,baroaltitude,lastposupdate"
    )
    read(header.encode() + b"\n" + body, name)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=8),
            min_size=3,
            max_size=3,
        )
    )
)
def test_quoted_rows_are_cut_as_the_standard_library_cuts_them(rows: list[list[str]]) -> None:
    out = io.StringIO()
    standard_csv.writer(out, lineterminator="\n").writerows(rows)
    body = out.getvalue().encode()
    found = csv_rows.split(body, 1, b",", 3)
    cut = sorted((int(line), [column[at] for column in part.columns]) for part in (found.plain, found.mended)
                 for at, line in enumerate(part.lines))  # fmt: skip
    assert [[cell.decode() for cell in cells] for _, cells in cut] == rows
    assert not found.faults


@recorded
@pytest.mark.parametrize(
    ("name", "form", "records", "contacts"),
    [
        ("ais_csv/marinecadastre_20220103_a.csv", "marinecadastre", 49_603, 5_300),
        ("ais_csv/gibraltar_20160601_a.csv", "marinetraffic-csv", 9_946, 255),
        ("ais_csv/solent_20160112.csv", "ais-csv", 18_623, 91), ("ais_csv/aegean_202408_vessel1.txt", "track-text", 9_427, 1),
        ("ais_csv/aegean_202408_vessel2.txt", "track-text", 3_219, 1), ("ais_csv/aisdk_head_20230318.csv", "aisdk", 9, 8),
        ("aircraft/opensky_history_20210712_a.csv", "opensky-csv", 2_530, 36),
    ],
)  # fmt: skip
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
