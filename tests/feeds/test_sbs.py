"""BaseStation lines: what each transmission leaves blank comes from the one before, for half a minute."""

from __future__ import annotations

import io
import math
from zoneinfo import ZoneInfo

import pytest
from reading import NOW, joined, read, recorded, sample, sniffed

from maoc_tui.domain.contacts import Doubt, key_text
from maoc_tui.feeds import sbs
from maoc_tui.feeds.json_values import written_ms
from maoc_tui.feeds.source import ReadContext


def msg(kind, clock="12:00:00.000", hex_="4CA2D6", **values):
    names = (
        "callsign",
        "altitude",
        "speed",
        "track",
        "lat",
        "lon",
        "rate",
        "squawk",
        "alert",
        "emergency",
        "spi",
        "ground",
    )
    day = "2026/07/01"
    row = ["MSG", str(kind), "496", "211", hex_, "10057", day, clock, day, clock]
    return ",".join([*row, *(str(values.get(name, "")) for name in names)]) + "\r\n"


def sbs_read(*lines):
    return read("sbs", "".join(lines).encode())


def nan(value):
    return math.isnan(float(value))


def test_a_position_takes_speed_course_and_name_from_the_messages_before():
    batch = sbs_read(
        msg(1, callsign="RYR9ZD  "),
        msg(4, "12:00:01.000", speed=408.3, track=146.4, rate=64),
        msg(3, "12:00:02.500", altitude=37000, lat=51.45735, lon=-1.02826, ground=0),
    )
    fixes = batch.fixes
    assert (len(fixes), batch.others) == (1, 2)
    assert key_text(int(fixes.key[0])) == "icao:4ca2d6"
    assert fixes.time[0] == written_ms("2026-07-01T12:00:02.500Z")
    assert (fixes.altitude[0], fixes.lat[0], fixes.lon[0]) == (37000, 51.45735, -1.02826)
    assert (round(float(fixes.sog[0]), 1), round(float(fixes.cog[0]), 1)) == (408.3, 146.4)
    assert batch.identities[0].values == {"call_sign": "RYR9ZD"}


def test_102_what_is_blank_and_too_old_to_carry_stays_unknown():
    lines = [
        msg(4, speed=408.3, track=146.4),
        msg(5, altitude=10000),
        msg(3, "12:00:31.000", lat=51.4, lon=-1.0),
    ]
    fixes = sbs_read(*lines).fixes
    assert all(nan(column[0]) for column in (fixes.sog, fixes.cog, fixes.altitude))


def test_102_another_aircraft_lends_nothing():
    fixes = sbs_read(msg(4, hex_="4CA2D7", speed=408.3, track=146.4), msg(3, lat=51.4, lon=-1.0)).fixes
    assert nan(fixes.sog[0])


def test_102_a_position_message_without_position_is_no_fix():
    batch = sbs_read(msg(3, altitude=3000))
    assert (len(batch.fixes), batch.others) == (0, 1)


def test_on_the_surface_the_altitude_is_zero_and_the_speed_its_own():
    fixes = sbs_read(
        msg(2, speed=12, track=76.4, lat=54.05, lon=-4.38), msg(3, lat=54.05, lon=-4.39, ground=-1)
    ).fixes
    assert fixes.altitude.tolist() == [0, 0]
    assert fixes.sog.tolist() == [12, 12]


def test_103_the_feeders_clock_is_read_as_utc_unless_told():
    line = msg(3, lat=38.7, lon=-9.1).encode()
    context = ReadContext(NOW, NOW)
    utc = joined(list(sbs.read(io.BytesIO(line), context)))
    lisbon = joined(list(sbs.read(io.BytesIO(line), context, ZoneInfo("Europe/Lisbon"))))
    assert utc.fixes.time[0] - lisbon.fixes.time[0] == 3_600_000


def test_103_without_any_time_the_arrival_stands_in():
    line = msg(3, lat=38.7, lon=-9.1).replace("2026/07/01", "").replace("12:00:00.000", "")
    fixes = sbs_read(line).fixes
    assert (fixes.time[0], fixes.doubt[0]) == (NOW, Doubt.ARRIVAL_TIME)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (msg(3, lat=38.7, lon=-9.1)[:60], ""),
        (msg(3, lat=98.7, lon=-9.1), "lat"),
        (msg(3, "25:00:00"), "time"),
        (msg(3, hex_="XYZ"), "hex"),
        (msg(9), "transmission"),
        ("HELLO,1\n", "type"),
        (msg(3).strip() + ",7,8\n", ""),
        (msg(1, callsign="X" * 2000), ""),
    ],
)
def test_a_bad_line_is_one_reject_and_the_next_is_read(line, field):
    batch = sbs_read(line if line.endswith("\n") else line + "\n", msg(3, lat=38.7, lon=-9.1))
    assert len(batch.fixes) == 1
    (reject,) = batch.rejects
    assert (reject.line, reject.field) == (1, field)


def test_remembered_aircraft_are_bounded(monkeypatch):
    monkeypatch.setattr(sbs, "_REMEMBERED", 10)
    assembler = sbs.Assembler()
    for n in range(50):
        assembler.understand(msg(3, hex_=f"{n:06X}", lat=1, lon=1).encode(), ReadContext(NOW, NOW))
    assert len(assembler.known) == 10


@recorded
def test_recorded_lines():
    body = sample("aircraft/sbs_basestation.txt")
    assert sniffed(body) == ["sbs"]
    batch = read("sbs", body)
    assert (batch.read, len(batch.fixes), batch.others) == (17, 3, 13)
    (reject,) = batch.rejects
    assert reject.line == 7
    assert reject.reason.startswith("23 fields instead of 22")
    assert [round(float(s), 1) if s == s else None for s in batch.fixes.sog] == [None, None, 459.4]
    assert [i.values for i in batch.identities] == [
        {"call_sign": "RYR1427"},
        {"call_sign": "EZY691A"},
        {"call_sign": "RJA1118"},
        {"squawk": "0271"},
    ]
