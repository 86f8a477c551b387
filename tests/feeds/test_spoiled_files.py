"""Spoiled files of every form, hundreds of each: read or refused in words, every record counted, in bounded time."""

from __future__ import annotations

import io
import os
import time
from random import Random

import orjson
import pytest
from json_records import aishub, catcher, feature, plane, state
from sentences import parts, position, sentence, static, tagged
from tables import AISDK, NOW, OLD, ROW, danish

from maoc_tui.feeds import formats
from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.problems import BadInput

FILES = 2_000 if "MAOC_LONG" in os.environ else 300
LONGEST_S = 2.0
_SBS = "MSG,3,1,1,4CA2D6,1,2022/12/14,03:00:00.000,2022/12/14,03:00:00.000,,37000,,,38.1,-9.2,,,,,,0"
_COT = (
    "<event version='2.0' uid='MMSI-263601890' type='a-f-S' time='2022-12-14T03:00:00Z' start='2022-12-14T03:00:00Z'"
    " stale='2022-12-14T03:05:00Z' how='m-g'><point lat='38.1' lon='-9.2' hae='0' ce='10' le='10'/><detail>"
    "<contact callsign='PALOMA'/><track course='10' speed='5'/></detail></event>"
)
GOOD: dict[str, bytes] = {
    "nmea": "\r\n".join([sentence(position()), tagged(sentence(position())), *parts(*static())]).encode(),
    "digitraffic": orjson.dumps({"features": [feature(), feature(mmsi=263601891)]}),
    "aishub": orjson.dumps(aishub("HUMAN", TIME="2022-12-14 03:00:00 GMT", LATITUDE=52.4, LONGITUDE=5.0)),
    "ais-catcher": orjson.dumps({"ships": [catcher(), catcher()]}),
    "readsb": orjson.dumps({"now": NOW / 1000, "aircraft": [plane(), plane()]}),
    "opensky": orjson.dumps({"time": 1, "states": [state(), state()]}),
    "sbs": "\n".join([_SBS] * 3).encode(),
    "cot": (_COT * 2).encode(),
    "marinecadastre": f"{OLD}\n{ROW}\n{ROW}\n".encode(),
    "aisdk": f"{AISDK}\n{danish()}\n".encode(),
}
_PIECES = (
    b"", b"\x00", b"\xff\xfe", b'"', b"'", b",", b"\n", b"\r\n", b"}", b"[", b"<", b"<!ENTITY a 'b'>", b"&lt;", b"NaN",
    b"Infinity", b"1e999", b"-0", b"99999999999999999999", b"\\ud800", b"null", b"\xc2\x9b2J", b"\x1b]52;c;eA==\x07",
    "١٢".encode(), b"A" * 5_000, b"[" * 400, b"!AIVDM,1,1,,A,",
)  # fmt: skip


def spoilt(good: bytes, random: Random) -> bytes:
    """A good file with a few bytes changed, cut, doubled, or something nasty put in."""
    data = bytearray(good)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        until = min(len(data), at + random.choice((0, 1, 1, 4, 40)))
        part = random.choice((*_PIECES, bytes([random.randrange(256)]), bytes(data[at:until]) * 3))
        data[at:until] = part
        if not data:
            return b""
    return bytes(data)


def counted(form: Format, data: bytes) -> tuple[int, int]:
    """Records and rejects of a file; every record is one of four things, and no position is outside the world."""
    batches = list(form.read(io.BytesIO(data), ReadContext(NOW, NOW)))
    for one in batches:
        assert one.read == len(one.fixes) + one.others + one.duplicates + len(one.rejects)
        assert ((abs(one.fixes.lat) <= 90) & (abs(one.fixes.lon) <= 180)).all()
    return sum(one.read for one in batches), sum(len(one.rejects) for one in batches)


@pytest.mark.parametrize("name", GOOD)
def test_spoiled_files_are_each_read_or_refused(name: str) -> None:
    (form,) = (one for one in formats.FORMATS if one.name == name)
    random, longest, refused = Random(name), 0.0, 0
    for _ in range(FILES):
        data, begun = spoilt(GOOD[name], random), time.process_time()
        try:
            counted(form, data)
        except BadInput as problem:
            refused += 1
            said = f"{problem.message}{problem.way_out}"
            if not said.isprintable():
                raise AssertionError(ascii(said)) from None
        longest = max(longest, time.process_time() - begun)
    assert longest < LONGEST_S
    assert refused < FILES


@pytest.mark.parametrize("name", GOOD)
def test_what_is_spoiled_was_good(name: str) -> None:
    """The files above are not refused from the start: each holds records that are taken."""
    (form,) = (one for one in formats.FORMATS if one.name == name)
    read, rejected = counted(form, GOOD[name])
    assert read > rejected
