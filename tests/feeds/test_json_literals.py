"""NaN and Infinity in one record cost that record and no other (bad inputs, case 86)."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from json_records import aishub, catcher, feature, locations, plane, state
from reading import NOW, read

from maoc_tui.feeds import json_literals
from maoc_tui.feeds.json_literals import Damaged, set_apart
from maoc_tui.problems import BadInput

LITERALS = ("NaN", "Infinity", "-Infinity")
NUMBER = 424242


def spoilt(document, literal="NaN"):
    """The document as bytes with a literal wherever NUMBER stood."""
    body = orjson.dumps(document)
    assert str(NUMBER).encode() in body
    return body.replace(str(NUMBER).encode(), literal.encode())


def planes(**spoilt_values):
    rows = [plane(hex="4ca815"), plane(hex="4ca816", **spoilt_values), plane(hex="4ca817")]
    return {"now": NOW / 1000, "aircraft": rows}


@pytest.mark.parametrize("literal", LITERALS)
@pytest.mark.parametrize("field", ["lat", "seen_pos", "alt_baro", "rssi"])
def test_one_aircraft_is_rejected_by_field_and_the_others_are_kept(field, literal):
    batch = read("readsb", spoilt(planes(**{field: NUMBER}), literal))
    assert batch.fixes.record.tolist() == [1, 3]
    (reject,) = batch.rejects
    assert (reject.record, reject.field, reject.reason) == (2, field, f"{literal} is not a number")
    assert reject.text.startswith('{"hex":"4ca816"')
    assert batch.read == 3


def test_the_reject_shows_the_record_as_it_came():
    (reject,) = read("readsb", spoilt(planes(lat=NUMBER), "-Infinity")).rejects
    assert '"lat":-Infinity' in reject.text


DOCUMENTS = {
    "v2": ({"ac": [plane(), plane(gs=NUMBER)], "now": NOW, "msg": "No error"}, "gs"),
    "opensky": ({"time": NOW // 1000, "states": [state(), state(speed=NUMBER)]}, "[9]"),
    "digitraffic": (locations(feature(), feature(sog=NUMBER)), "properties.sog"),
    "aishub": ([*aishub("AIS")[:1], [*aishub("AIS")[1], *aishub("AIS", SOG=NUMBER)[1]]], "SOG"),
    "ais-catcher": (
        {"count": 2, "ships": [{"mmsi": 218278000, "lat": 54.3, "lon": 9.7}] * 1
         + [{"mmsi": 218278001, "lat": NUMBER, "lon": 9.7}], "station": {}}, "lat",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_form_of_document_keeps_its_good_records(name):
    document, field = DOCUMENTS[name]
    batch = read(name, spoilt(document))
    assert (len(batch.fixes), len(batch.rejects)) == (1, 1)
    assert (batch.rejects[0].record, batch.rejects[0].field) == (2, field)


def test_in_a_stream_of_lines_it_is_the_one_line():
    lines = [catcher(), catcher(speed=NUMBER), catcher()]
    batch = read(
        "ais-catcher", b"\n".join(spoilt(row) if n == 1 else orjson.dumps(row) for n, row in enumerate(lines))
    )
    assert len(batch.fixes) == 2
    assert [(r.line, r.field, r.reason) for r in batch.rejects] == [(2, "speed", "NaN is not a number")]


def test_the_words_in_a_text_are_a_text():
    name = 'NaN, "NaN" \\ Infinity'
    batch = read(
        "readsb",
        spoilt({"now": NOW / 1000, "aircraft": [plane(flight=name), plane(hex="4ca816", gs=NUMBER)]}),
    )
    assert [r.record for r in batch.rejects] == [2]
    assert batch.identities[0].values["call_sign"] == name


def test_a_literal_beside_the_list_costs_no_record():
    assert (
        len(read("readsb", spoilt({"now": NOW / 1000, "messages": NUMBER, "aircraft": [plane()]})).fixes) == 1
    )


def test_a_time_of_the_whole_document_that_is_no_number_is_said():
    with pytest.raises(BadInput, match="time is not a plausible time"):
        read("readsb", spoilt({"now": NUMBER, "aircraft": [plane()]}))


@pytest.mark.parametrize(
    "body", [b'{"aircraft":[{"lat":NaN}', b'{"aircraft":[nan]}', b'{"aircraft":[{"lat":xNaN}]}']
)
def test_a_document_damaged_otherwise_is_damaged(body):
    with pytest.raises(BadInput, match="cut or damaged"):
        read("readsb", body)


def test_more_literals_than_any_document_has_are_damage(monkeypatch):
    monkeypatch.setattr(json_literals, "_MOST", 10)
    with pytest.raises(BadInput, match="cut or damaged"):
        read("readsb", b'{"aircraft":[' + b"NaN," * 20 + b"NaN]}")


PLAIN = st.text(max_size=8) | st.integers(-9, 9) | st.none() | st.sampled_from(["NaN", "-Infinity", '\\"NaN'])
RECORD = st.dictionaries(st.text(max_size=4), PLAIN | st.just(NUMBER), min_size=1, max_size=4)


@given(st.lists(RECORD, min_size=1, max_size=6))
@example([{"a": NUMBER}, {"a": "\x00"}, {"a": "\x00NaNs"}])
def test_exactly_the_records_with_a_literal_are_set_apart(rows):
    holds = [NUMBER in row.values() for row in rows]
    text = orjson.dumps({"aircraft": rows}).replace(str(NUMBER).encode(), b"NaN")
    found = set_apart(text)
    if not any(holds):
        assert found is None
        return
    assert [isinstance(row, Damaged) for row in found["aircraft"]] == holds
    assert [row for row in found["aircraft"] if not isinstance(row, Damaged)] == [
        row for row, held in zip(rows, holds, strict=True) if not held
    ]
