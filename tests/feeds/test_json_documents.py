"""Documents that are none: web pages, cut, empty, nested, endless (numbers: the list of bad inputs)."""

from __future__ import annotations

import io

import orjson
import pytest
from json_records import feature, locations
from reading import FORMATS, NOW, joined, read

from maoc_tui.feeds import json_document
from maoc_tui.feeds.source import ReadContext
from maoc_tui.problems import BadInput

WHOLE = ["digitraffic", "aishub", "receiver", "readsb", "v2", "opensky"]
ALL = [*WHOLE, "barentswatch", "aisstream", "ais-catcher"]


@pytest.mark.parametrize("name", ALL)
def test_78_a_web_page_with_200(name):
    with pytest.raises(BadInput, match="web page"):
        read(name, b"<!DOCTYPE html><html><body>Sign in</body></html>")


@pytest.mark.parametrize("name", WHOLE)
def test_79_a_document_cut_in_the_middle(name):
    with pytest.raises(BadInput, match="cut or damaged"):
        read(name, b'{"type":"FeatureCollection","features":[{"mmsi":2636018')


@pytest.mark.parametrize("name", ALL)
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


def test_85_a_repeated_key_takes_its_last_value_and_deep_nesting_is_refused():
    row = b'{"mmsi":1,"mmsi":263601890,"properties":{"mmsi":2},"geometry":null}'
    body = b'{"type":"FeatureCollection","features":[],"features":[' + row + b"]}"
    assert read("digitraffic", body).others == 1
    with pytest.raises(BadInput, match="cut or damaged"):
        read("digitraffic", b'{"features":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def test_86_half_a_character_is_no_json():
    with pytest.raises(BadInput, match="cut or damaged"):
        read("digitraffic", b'{"features":[{"mmsi":"\\ud800"}]}')


def test_a_document_over_the_cap_is_refused(monkeypatch):
    monkeypatch.setattr(json_document, "DOCUMENT_CAP", 1 << 20)
    with pytest.raises(BadInput, match="over 1 MB"):
        read("digitraffic", b" " * ((1 << 20) + 1))


def test_a_line_without_end_is_one_reject():
    good = b'{"mmsi":220632000,"latitude":58.4,"longitude":1.8,"msgtime":"2026-11-22T06:00:00Z"}\n'
    batch = read("barentswatch", good + b"x" * (3 << 20) + b"\n" + good)
    assert (len(batch.fixes), len(batch.rejects)) == (2, 1)
    assert batch.rejects[0].line == 2


@pytest.mark.parametrize("indent", [0, orjson.OPT_INDENT_2])
def test_a_whole_answer_may_be_one_long_line_or_many(indent):
    row = {"mmsi": 220632000, "latitude": 58.4, "longitude": 1.8, "msgtime": "2026-11-22T06:00:00Z"}
    rows = [row | {"mmsi": 220_000_000 + n} for n in range(15_000)]
    assert len(read("barentswatch", orjson.dumps(rows, option=indent)).fixes) == 15_000
    ship = {"mmsi": 218278000, "lat": 54.3, "lon": 9.7, "last_signal": 4, "shipname": "X" * 20}
    ships = {"count": 1, "ships": [ship | {"mmsi": 218_000_000 + n} for n in range(15_000)], "station": {}}
    assert len(read("ais-catcher", orjson.dumps(ships, option=indent)).fixes) == 15_000


def test_blank_lines_before_and_between_are_nothing():
    good = b'{"mmsi":220632000,"latitude":58.4,"longitude":1.8,"msgtime":"2026-11-22T06:00:00Z"}\n'
    batch = read("barentswatch", b"\r\n" + good + b"\n\n" + good + b"{\n")
    assert (len(batch.fixes), batch.rejects[0].line) == (2, 6)


def test_long_documents_come_in_batches():

    body = orjson.dumps(locations(*(feature(263_000_000 + n) for n in range(45_000))))
    batches = list(FORMATS["digitraffic"].read(io.BytesIO(body), ReadContext(NOW, NOW)))
    assert [len(b.fixes) for b in batches] == [20_000, 20_000, 5_000]
    assert joined(batches).fixes.record.tolist() == list(range(1, 45_001))
