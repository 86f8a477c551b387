"""The bad rows 59 to 77 of the field: what is refused, what is mended, what swallows nothing."""

from __future__ import annotations

import math

import pytest
from tables import AT, GIBRALTAR, OLD, ROW, counts, only, read, row, table

from maoc_tui.domain.contacts import ContactClass, Doubt, key_text


def test_59_byte_order_mark() -> None:
    assert counts(read(b"\xef\xbb\xbf" + table(ROW).encode())) == (1, 0, 0)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n", "\r\n\r\n"])
def test_60_line_ends(end: str) -> None:
    assert counts(read(table(ROW, ROW, end=end))) == (2, 0, 0)


def test_61_new_columns_are_ignored_and_columns_may_change_places() -> None:
    header = "Extra,LON,LAT,BaseDateTime,MMSI,Another"
    batch = read(table("x,-9.5,38.5,2022-01-03T00:00:00,263601890,y", header=header))
    assert (batch.fixes.lat[0], batch.fixes.lon[0]) == (38.5, -9.5)


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
    line = "211325220;133109;0;35;-5,3571582;36,157688;189,5;511;2016-06-01 04:43:48;Fishing;13,5;4.0;;;45"
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
        ({"LAT": "95.2"}, "lat"),
        ({"LON": "-190"}, "lon"),
        ({"LAT": "inf"}, "lat"),
        ({"LAT": "north"}, "lat"),
        ({"MMSI": ""}, "mmsi"),
        ({"MMSI": "-5"}, "mmsi"),
        ({"MMSI": "2.5"}, "mmsi"),
        ({"MMSI": "99999999999999"}, "mmsi"),
        ({"MMSI": "12_3"}, "mmsi"),
        ({"BaseDateTime": ""}, "time"),
        ({"BaseDateTime": "yesterday"}, "time"),
        ({"BaseDateTime": "2022-02-30T00:00:00"}, "time"),
        ({"BaseDateTime": "2022-01-03T24:00:00"}, "time"),
        ({"SOG": "fast"}, "sog"),
        ({"COG": "1e999"}, "cog"),
        ({"LAT": "1_0"}, "lat"),
        ({"LAT": "3٣"}, "lat"),
    ],
)
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


@pytest.mark.parametrize(
    ("written", "imo"),
    [
        ("IMO9074729", 9074729),
        ("9074729", 9074729),
        ("IMO 9074729", 9074729),
        ("9074729.0", 9074729),
        ("IMO0000000", None),
        ("0", None),
        ("IMO1234567", None),
        ("Unknown", None),
        ("IMO907472", None),
        ("-", None),
    ],
)
def test_72_forms_of_the_imo_number(written: str, imo: int | None) -> None:
    assert only(IMO=written).identities[0].values.get("imo") == imo


def test_73_zero_sizes_are_absent() -> None:
    values = only(Length="0", Width="0.0", Draft="0", VesselType="0").identities[0].values
    assert not {"length_m", "beam_m", "draught_m", "ship_type"} & values.keys()


@pytest.mark.parametrize(
    "written",
    [
        "2022-01-03T00:00:00",
        "2022-01-03 00:00:00",
        "2022/01/03 00:00:00",
        "2022-01-03T00:00:00Z",
        "2022-01-03T00:00:00.000",
        "2022-01-03 00:00:00 UTC",
        "2022-01-03T01:00:00+01:00",
        "2022-01-03T00:00:00.0000000Z",
        "03/01/2022 00:00:00",
        "3/1/2022 00:00",
        "03.01.2022 00:00:00",
        "20220103_000000",
        "20220103T000000",
        "1641168000",
        "1641168000.0",
        "1641168000000",
        "2022-01-03 00:00",
    ],
)
def test_74_forms_of_time(written: str) -> None:
    assert only(BaseDateTime=written).fixes.time.tolist() == [AT]
    assert read(table(ROW, row(BaseDateTime=written))).fixes.time.tolist() == [AT, AT]


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
