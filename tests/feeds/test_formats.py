"""Formats are recognised by what a file holds, one and only one a file; a wrong guess is never silent."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import SAMPLES, recorded
from sentences import T0, position, sentence, tagged

from maoc_tui.feeds import formats
from maoc_tui.problems import BadInput

OLD = b"MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading\n263601890,2022-01-03T00:00:00,38.5,-9.5,1,2,3\n"
NOT_FEEDS = {"annotated", "params", "decoded", "README"}


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (sentence(position()).encode(), "nmea"),
        (f"{T0}.5 {sentence(position())}".encode(), "nmea"),
        (tagged(sentence(position()), c=T0).encode(), "nmea"),
        (b"$GPRMC,1,2*00\r\n" * 50 + sentence(position()).encode(), "nmea"),
        (OLD, "marinecadastre"),
        (b"\xef\xbb\xbf" + OLD, "marinecadastre"),
        (OLD.decode().encode("utf-16"), "marinecadastre"),
        (OLD.replace(b",", b";"), "marinecadastre"),
        (OLD.replace(b",", b"\t"), "marinecadastre"),
        (b"mmsi,base_date_time,longitude,latitude,sog\n", "marinecadastre"),
        (b"# Timestamp,Type of mobile,MMSI,Latitude,Longitude,x\n", "aisdk"),
        (b'"Time","MMSI","Latitude_degrees","Longitude_degrees"\n', "ais-csv"),
        (
            b"sourcemmsi,navigationalstatus,rateofturn,speedoverground,courseoverground,trueheading,lon,lat,t\n",
            "ais-csv",
        ),
        (b"time,icao24,lat,lon,velocity\n", "opensky-csv"),
        (b"1 23.52378 38.04168 1722470412\n1 23.5 38.0 1722\n"[:31], "track-text"),
    ],
)
def test_what_is_recognised(head: bytes, name: str) -> None:
    assert formats.recognise(head, "x").name == name
    assert [each.name for each in formats.FORMATS if each.sniff(head)] == [name]


@pytest.mark.parametrize(
    "head",
    [
        b"hello world\n",
        b"a,b,c\n1,2,3\n",
        b"\x00\x01\x02",
        b"id lon lat t speed heading annotation\r\n1 2.0 3.0 4 5 6 x\r\n",
        b"$GPRMC,035258,A*00\n",
        b"<html><body>503</body></html>",
    ],
)
def test_what_is_not_is_refused_by_name_and_told_where_the_formats_are(head: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        formats.recognise(head, "strange.txt")
    assert "strange.txt" in raised.value.message
    assert "maoc help traffic" in raised.value.way_out


@pytest.mark.parametrize(
    ("head", "says"), [(b"", "empty"), (b" \n", "empty"), (b"\x1f\x8b\x08xx", "gzip"), (b"PK\x03\x04", "ZIP")]
)
def test_an_empty_file_and_an_archive_are_named_as_such(head: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        formats.recognise(head, "file.bin")


def test_formats_are_found_by_name() -> None:
    for each in formats.FORMATS:
        assert formats.find(each.name) is each
    assert len({each.name for each in formats.FORMATS}) == len(formats.FORMATS)
    with pytest.raises(BadInput, match="telex") as raised:
        formats.find("telex")
    assert "nmea" in raised.value.way_out


@given(st.binary(max_size=400))
def test_any_beginning_is_one_format_at_most(head: bytes) -> None:
    assert sum(each.sniff(head) for each in formats.FORMATS) <= 1


def test_naming_the_formats_loads_no_decoder() -> None:
    code = (
        "import sys; from maoc_tui.feeds import formats; "
        "print(sorted({'numpy', 'pyais', 'maoc_tui.feeds.nmea'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pyais" not in done.stdout
    assert "maoc_tui.feeds.nmea" not in done.stdout


@recorded
def test_every_recording_is_one_format_and_nothing_else_is_any() -> None:
    for folder in ("ais_nmea", "ais_csv", "ais_json", "aircraft"):
        for path in sorted((SAMPLES / folder).iterdir()):
            with path.open("rb") as stream:
                head = stream.read(formats.HEAD)
            names = [each.name for each in formats.FORMATS if each.sniff(head)]
            expected = 0 if any(word in path.name for word in NOT_FEEDS) else 1
            assert len(names) == expected, (path.name, names)
