"""Whatever a service sends: nothing but BadInput leaves a reader, and every record is counted once."""

from __future__ import annotations

import contextlib
import copy
import io
from datetime import UTC, datetime

import numpy as np
import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from json_records import aishub, catcher, feature, plane, state
from reading import FORMATS, NOW, joined, read

from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
from maoc_tui.domain.identity import PLACEHOLDER_MMSI
from maoc_tui.feeds import ais_numbers
from maoc_tui.feeds.json_literals import Damaged
from maoc_tui.feeds.json_values import Unusable, number, stamped, written_ms
from maoc_tui.feeds.source import ReadContext
from maoc_tui.feeds.stations import station
from maoc_tui.problems import BadInput

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from([91, 181, 511, 102.3, 360.0, "ground", "263601890", "4ca815", "~2a1f00"])
)
KEYS = st.sampled_from(
    [
        "mmsi",
        "MMSI",
        "features",
        "properties",
        "geometry",
        "coordinates",
        "type",
        "lat",
        "lon",
        "hex",
        "ac",
        "aircraft",
        "states",
        "now",
        "time",
        "ERROR",
        "FORMAT",
        "seen_pos",
        "lastPosition",
        "mlat",
        "msgtime",
        "MetaData",
        "Message",
        "MessageType",
        "PositionReport",
        "Latitude",
        "dtg",
        "timestampExternal",
        "eta",
    ]
)
ANY = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=12,
)
BARENTSWATCH = {
    "mmsi": 220632000,
    "latitude": 58.4,
    "longitude": 1.8,
    "msgtime": "2026-11-22T06:00:00Z",
    "name": "X",
}
AISSTREAM = {
    "MessageType": "ShipStaticData",
    "MetaData": {"MMSI": 263601890, "ShipName": "X", "time_utc": "2026-11-22 06:00:00 +0000 UTC"},
    "Message": {
        "ShipStaticData": {"Latitude": 1.0, "Longitude": 2.0, "Eta": {"Month": 7}, "Dimension": {"A": 1}}
    },
}
RECEIVER = {
    "geometry": {"coordinates": [-9.2, 38.7]},
    "properties": {
        "mmsi": 263601890,
        "dtg": "22-11-15 17:05:35",
        "sog": 1.0,
        "vessel_name": "X",
        "dim_to_bow": 3,
    },
}
VESSEL = {
    "mmsi": 265866000,
    "name": "X",
    "referencePointA": 3,
    "eta": 1,
    "timestamp": NOW,
    "imo": 1,
    "draught": 2,
}
RECORDS = {
    "digitraffic": (feature(), lambda rows: {"features": rows}),
    "vessels": (VESSEL, lambda rows: rows),
    "aishub": (
        aishub("HUMAN", TIME="2026-03-28 16:50:52 GMT", LATITUDE=52.4, LONGITUDE=5.0)[1][0],
        lambda rows: [{"FORMAT": "HUMAN"}, rows],
    ),
    "aishub raw": (aishub("AIS")[1][0], lambda rows: [{"FORMAT": "AIS"}, rows]),
    "receiver": (RECEIVER, lambda rows: {"features": rows}),
    "barentswatch": (BARENTSWATCH, lambda rows: rows),
    "aisstream": (AISSTREAM, lambda rows: rows),
    "ais-catcher": (catcher(shipname="X"), lambda rows: {"ships": rows}),
    "readsb": (plane(lastPosition={"lat": 1}), lambda rows: {"now": NOW / 1000, "aircraft": rows}),
    "v2": (plane(), lambda rows: {"now": NOW, "ac": rows}),
    "opensky": (state(), lambda rows: {"time": 1, "states": rows}),
}
_STATED = (ContactClass.SHIP_A, ContactClass.UNKNOWN)
FORMAT_OF = {"vessels": "digitraffic", "aishub raw": "aishub"}


def refused_in_words(name, body):
    said = ""
    try:
        read(name, body)
    except BadInput as problem:
        said = problem.message
        assert said
    assert "\n" not in said


@given(st.sampled_from(sorted(FORMATS)), ANY)
def test_any_json_is_read_or_refused_in_words(name, value):
    refused_in_words(name, orjson.dumps(value))


@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(name, value):
    refused_in_words(name, value)


@st.composite
def spoiled(draw, record):
    """A good record with a few of its values, at any depth, replaced by anything."""
    record = copy.deepcopy(record)
    for _ in range(draw(st.integers(0, 3))):
        place = record
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
                place = place[key]
                continue
            place[key] = draw(ANY)
            break
    return record


@settings(max_examples=60)
@pytest.mark.parametrize("name", RECORDS)
@given(st.data())
def test_spoiled_records_are_each_accounted_for_once(name, data):
    good, wrapped = RECORDS[name]
    rows = data.draw(st.lists(spoiled(good) | ANY, max_size=5))
    if name in ("barentswatch", "aisstream", "vessels"):
        rows = [row for row in rows if not isinstance(row, list)] or [good]
    batch = read(FORMAT_OF.get(name, name), orjson.dumps(wrapped([*rows, good])))
    assert batch.read == len(rows) + 1
    assert not [r for r in batch.rejects if r.record == len(rows) + 1]
    assert all(len(r.text) <= 200 and r.reason for r in batch.rejects)


FIELDS = st.sampled_from(
    [
        "",
        "MSG",
        "3",
        "1",
        "4CA2D6",
        "2026/07/01",
        "12:00:00.000",
        "38.7",
        "-9.1",
        "408.3",
        "-1",
        "0",
        "ID",
        "CLK",
        "x",
    ]
)


@given(st.lists(st.lists(FIELDS | st.text(max_size=6), min_size=1, max_size=24), max_size=6))
def test_any_lines_of_commas_are_each_accounted_for_once(rows):
    body = "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")
    whole = [line for line in body.split(b"\n") if line.strip()]
    batch = joined(list(FORMATS["sbs"].read(io.BytesIO(body), ReadContext(NOW, NOW))))
    assert batch.read == len(whole)


@given(st.integers(0, 9_999_999_999) | st.sampled_from(sorted(PLACEHOLDER_MMSI)))
def test_one_number_is_judged_as_in_columns(mmsi):
    key, cls, doubt = station(mmsi)
    column = np.array([mmsi])
    assert key == contact_key(Space.AIS, mmsi)
    assert doubt == Doubt(int(ais_numbers.doubts(column)[0]))
    assert cls in {int(ais_numbers.classes(column, int(stated))[0]) for stated in _STATED}


@pytest.mark.parametrize(("ahead_ms", "doubt"), [(0, 0), (120_000, 0), (120_001, Doubt.FUTURE)])
def test_two_minutes_ahead_are_allowed_alike_by_every_reader(ahead_ms, doubt):
    assert stamped(NOW + ahead_ms, ReadContext(NOW, NOW)) == (NOW + ahead_ms, doubt)
    assert ais_numbers.fix_doubts([1.0], [1.0], [NOW + ahead_ms], NOW).tolist() == [doubt]


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001
def test_written_times_agree_with_the_calendar(moment):
    ms = round(moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC).timestamp() * 1000)
    assert written_ms(f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z") == ms
    assert written_ms(f"{moment:%Y/%m/%d %H:%M:%S}.{moment.microsecond // 1000:03d}") == ms


@given(st.text(max_size=30))
@example("0\x1f")
def test_text_is_a_number_only_in_plain_digits(value):
    n = number(value)
    assert n != n or n == float(value.strip())
    if n == n:
        assert value.strip().isascii()
        assert "_" not in value


@given(ANY)
def test_a_time_is_a_time_or_unusable(value):
    ms = None
    with contextlib.suppress(Unusable):
        ms = written_ms(value)
    assert ms is None or 0 < ms < 4_102_444_800_000


def test_a_damaged_line_keeps_its_bytes():
    batch = read("barentswatch", b'{"mmsi":\xff\xfe}\n')
    assert batch.rejects[0].text == '{"mmsi":\ufffd\ufffd}'
    assert isinstance(Damaged(b"x"), bytes)
