"""Files into the record: the account of every record, zone passages, late and repeated data, cancelling."""

import csv
import gzip
import os
import threading
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from maoc_tui.desk import listing, picture
from maoc_tui.desk.ingest import ingest
from maoc_tui.desk.room import Room
from maoc_tui.domain.contacts import Doubt, Space, contact_key
from maoc_tui.domain.viewer import WATCH

HEADER = (
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,"
    "TransceiverClass"
)
BEGIN = datetime(2022, 12, 14, 5, 0, tzinfo=UTC)
SHIP = contact_key(Space.AIS, 263123456)


@pytest.fixture
def room(tmp_path):
    opened = Room.open(tmp_path / "maoc.db", create=True)
    yield opened
    opened.close()


def rows(track, mmsi=263123456, name="SEA HERO"):
    """track: (minutes after the beginning, lat, lon, sog, cog)."""
    for minutes, lat, lon, sog, cog in track:
        at = BEGIN + timedelta(minutes=minutes)
        yield f"{mmsi},{at:%Y-%m-%dT%H:%M:%S},{lat},{lon},{sog},{cog},511,{name},,CSAB,70,0,100,18,6,70,A"


def file(tmp_path, lines, name="a.csv"):
    path = tmp_path / name
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def inbound(start_lon=-13.5, minutes=range(0, 900, 20)):
    """From the high sea side of the Portuguese zone to the coast off Lisbon at 18 kn."""
    return [
        (m, 38.6, round(start_lon + m / 60 * 18 / 60 / np.cos(np.radians(38.6)), 5), 18.0, 90.0)
        for m in minutes
    ]


def test_a_ship_closing_the_coast_enters_zone_after_zone(room, tmp_path):
    ingest(room, WATCH, [file(tmp_path, rows([t for t in inbound() if t[2] < -9.4]))])
    entered = [event["entered"] for event in listing.events(room, WATCH)]
    assert entered == ["PT CZ", "PT TS"]
    assert all(event["name"] == "SEA HERO" for event in listing.events(room, WATCH))


def test_events_do_not_depend_on_how_the_data_come(room, tmp_path):
    track = [t for t in inbound() if t[2] < -9.4]
    other = Room.open(tmp_path / "other.db", create=True)
    ingest(room, WATCH, [file(tmp_path, rows(track))])
    for i, part in enumerate(track):
        ingest(other, WATCH, [file(tmp_path, rows([part]), f"{i}.csv")])
    keep = ("at", "left", "entered", "position")
    whole, pieces = ([{k: e[k] for k in keep} for e in listing.events(r, WATCH)] for r in (room, other))
    other.close()
    assert whole == pieces
    assert whole


def test_a_track_comes_back_in_time_order_with_its_source(room, tmp_path):
    track = inbound()
    ingest(
        room,
        WATCH,
        [file(tmp_path, rows(track[20:]), "late.csv"), file(tmp_path, rows(track[:20]), "early.csv")],
    )
    found = picture.track(room, WATCH, SHIP, 0, 4_000_000_000_000)
    assert len(found) == len(track)
    assert (np.diff(found.time) > 0).all()
    assert found.lon == pytest.approx([t[2] for t in track], abs=1e-6)
    assert len(set(found.source)) == 2


def test_late_data_do_not_move_the_contact_back(room, tmp_path):
    track = inbound()
    ingest(room, WATCH, [file(tmp_path, rows(track[20:]), "late.csv")])
    newest = picture.load(room, WATCH)
    ingest(room, WATCH, [file(tmp_path, rows(track[:20]), "early.csv")])
    after = picture.load(room, WATCH, newest)
    assert after.lon[0] == newest.lon[0]
    assert after.time[0] == newest.time[0]


def test_overlapping_files_count_what_they_share_as_duplicate(room, tmp_path):
    track = inbound()
    first = ingest(room, WATCH, [file(tmp_path, rows(track[:30]))])
    second = ingest(room, WATCH, [file(tmp_path, rows(track[20:]), "b.csv")])
    assert first.total("accepted") == 30
    assert (second.total("accepted"), second.total("duplicate")) == (len(track) - 30, 10)


def test_each_reject_is_in_the_file_with_line_field_and_reason(room, tmp_path):
    bad = ["263123456,2022-12-14T06:00:00,38.6,999,10,90,511,X,,,70,0,,,,,A", "no,row"]
    result = ingest(room, WATCH, [file(tmp_path, [*rows(inbound()[:3]), *bad])])
    (counts,) = result.files
    assert (counts.read, counts.accepted, counts.rejected) == (5, 3, 2)
    with result.rejects_file.open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    assert [row["line"] for row in listed] == ["5", "6"]
    assert listed[0]["field"].lower() in ("lon", "longitude")
    assert all(row["reason"] for row in listed)


def test_a_file_that_is_no_traffic_is_named_and_the_others_are_read(room, tmp_path):
    poem = tmp_path / "poem.txt"
    poem.write_text("O mar salgado, quanto do teu sal\n")
    result = ingest(room, WATCH, [poem, tmp_path / "missing.csv", file(tmp_path, rows(inbound()))])
    assert [path for path, _ in result.problems] == [str(poem), str(tmp_path / "missing.csv")]
    assert result.total("accepted") == len(inbound())


def test_a_cancelled_reading_keeps_what_it_has_and_can_be_repeated(room, tmp_path):
    many = [
        line for i in range(30_000) for line in rows([(i // 60, 38.6, -12.0, 1.0, 90.0)], 263000000 + i % 60)
    ]
    path = file(tmp_path, many)
    asked = iter([False, *[True] * 9])
    first = ingest(room, WATCH, [path], cancelled=lambda: next(asked))
    assert first.files[0].note.startswith("cancelled")
    second = ingest(room, WATCH, [path])
    assert second.total("read") == 30_000
    assert first.total("accepted") + second.total("accepted") == 30_000


def test_the_rejects_of_a_second_reading_are_counted_again(room, tmp_path):
    path = file(tmp_path, [*rows(inbound()[:3]), "no,row"])
    ingest(room, WATCH, [path])
    (again,) = ingest(room, WATCH, [path]).files
    assert (again.read, again.accepted, again.rejected, again.duplicate) == (4, 0, 1, 3)
    assert "read before" in again.note


def test_a_name_from_the_future_gives_way_to_the_present_one(room):
    from maoc_tui.desk.storing import store_batch
    from maoc_tui.domain.reports import Batch, Identity
    from maoc_tui.store import sources

    with room.db.writing_traffic() as conn:
        source = sources.register(conn, "radio", "feed", "nmea")
    for ahead, name in ((10**11, "LATER"), (0, "PRESENT")):
        said = Identity(SHIP, room.clock.now_ms() + ahead, 1, {"name": name}, 1)
        store_batch(room, Batch(identities=[said], others=1), source)
        time.sleep(0.01)
    assert picture.load(room, WATCH).name[0] == "PRESENT"


def test_a_clock_of_2030_does_not_make_the_present_late(room, tmp_path):
    wrong = next(iter(rows([(0, 38.6, -12.0, 10, 90)]))).replace("2022-12-14", "2090-01-01")
    ingest(room, WATCH, [file(tmp_path, [wrong], "future.csv")])
    ingest(room, WATCH, [file(tmp_path, rows([t for t in inbound() if t[2] < -9.4]))])
    assert [event["entered"] for event in listing.events(room, WATCH)] == ["PT CZ", "PT TS"]
    track = picture.track(room, WATCH, SHIP, 0, 3_000_000_000_000)
    assert not (track.doubt & Doubt.LATE).any()


def test_archives_read_backwards_have_their_zone_events(room, tmp_path):
    track = [t for t in inbound() if t[2] < -9.4]
    cut = next(i for i, t in enumerate(track) if t[2] > -10.4)
    ingest(room, WATCH, [file(tmp_path, rows(track[cut:]), "day2.csv")])
    ingest(room, WATCH, [file(tmp_path, rows(track[:cut]), "day1.csv")])
    assert [event["entered"] for event in listing.events(room, WATCH)] == ["PT CZ", "PT TS"]
    assert [event["entered"] for event in listing.events(room, WATCH, 1)] == ["PT TS"]


def test_gzip_and_pipes_are_read(room, tmp_path):
    plain = file(tmp_path, rows(inbound()))
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(plain.read_bytes()[:-1]))
    writer.start()
    piped = ingest(room, WATCH, [pipe])
    writer.join()
    assert piped.total("accepted") == len(inbound())
    unpacked = ingest(room, WATCH, [packed])
    assert unpacked.total("duplicate") == len(inbound())


def test_a_damaged_or_monstrous_gzip_is_refused_in_a_sentence(room, tmp_path):
    cut, bomb = tmp_path / "cut.gz", tmp_path / "bomb.gz"
    cut.write_bytes(gzip.compress(b"MMSI," * 100_000)[:-20])
    bomb.write_bytes(gzip.compress(bytes(64 << 20)))
    result = ingest(room, WATCH, [cut, bomb])
    assert [p.message for _, p in result.problems] == [
        "The gzip file is damaged or cut off.",
        "Unpacked it is beyond all measure.",
    ]


def test_a_record_that_cannot_be_written_stops_the_reading_and_keeps_the_account(room, tmp_path, monkeypatch):
    from maoc_tui.desk import file_reading
    from maoc_tui.problems import StoreProblem

    store = file_reading.store_batch
    calls = iter(range(10))

    def full(*arguments):
        if next(calls):
            raise StoreProblem("The disk is full.", "Make room.")
        return store(*arguments)

    monkeypatch.setattr(file_reading, "store_batch", full)
    monkeypatch.setattr(file_reading, "_AT_ONCE", 1)
    many = [
        line for i in range(30_000) for line in rows([(i // 60, 38.6, -12.0, 1.0, 90.0)], 263000000 + i % 60)
    ]
    result = ingest(room, WATCH, [file(tmp_path, many), file(tmp_path, rows(inbound()), "next.csv")])
    (counts,) = result.files
    assert 0 < counts.read < 30_000
    assert "kept" in counts.note
    assert [p.message for _, p in result.problems] == ["The disk is full."]


def test_a_file_name_reaches_no_terminal_raw(room, tmp_path):
    evil = tmp_path / "r\x1b]52;c;eA==\x07.bin"
    evil.write_text("nothing of ours")
    assert "\x1b" not in ingest(room, WATCH, [evil]).text()


def test_a_ship_unheard_for_days_has_made_no_passage_that_was_seen(room, tmp_path):
    before, after = (
        [(0, 38.6, -11.5, 10, 90), (5, 38.6, -11.49, 10, 90)],
        [(9000, 38.6, -9.5, 10, 90), (9005, 38.6, -9.49, 10, 90)],
    )
    ingest(room, WATCH, [file(tmp_path, rows(before), "a.csv")])
    ingest(room, WATCH, [file(tmp_path, rows(after), "b.csv")])
    other = Room.open(tmp_path / "other.db", create=True)
    ingest(other, WATCH, [file(tmp_path, rows(before + after), "c.csv")])
    assert listing.events(room, WATCH) == listing.events(other, WATCH) == []
    other.close()


UNDATED = "!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23\n"


@pytest.mark.parametrize(
    ("ahead_s", "said"), [(3_600, True), (43_000_000_000, True), (60, False), (-3_600, False)]
)
def test_a_file_dated_after_now_has_arrived_now_and_the_account_says_so(room, tmp_path, ahead_s, said):
    path = tmp_path / "log.nmea"
    path.write_text(UNDATED)
    now_s = room.clock.now_ms() // 1000
    os.utime(path, (now_s, now_s + ahead_s))
    (counts,) = ingest(room, WATCH, [path]).files
    assert counts.accepted == 1
    assert ("one fix bears no time" in counts.note) == said
    (at,) = picture.load(room, WATCH).time
    assert at // 1000 == pytest.approx(now_s + min(ahead_s, 0), abs=60)


def test_the_date_of_a_file_whose_reports_bear_their_own_time_is_nobodys_business(room, tmp_path):
    path = file(tmp_path, rows(inbound()[:3]))
    os.utime(path, (1, 43_000_000_000))
    (counts,) = ingest(room, WATCH, [path]).files
    assert counts.note == ""


def test_a_report_and_a_sighting_may_lie_ahead_by_the_same_difference_of_clocks(room):
    from maoc_tui.desk.target_words import new_sighting, place_of
    from maoc_tui.domain.clock import CLOCK_SLACK_MS, from_ms
    from maoc_tui.domain.marking import default
    from maoc_tui.feeds.json_values import stamped
    from maoc_tui.feeds.source import ReadContext
    from maoc_tui.problems import BadInput

    now = room.clock.now_ms() // 1000 * 1000
    room.clock = type("Standing", (type(room.clock),), {"now_ms": lambda _: now})()

    def seen(ms):
        place = place_of("38 42.5N 009 08.2W", "")
        return new_sighting(room, WATCH, place, from_ms(ms).isoformat(), "x", "x", default("MAOC"))

    context = ReadContext(now, now)
    assert seen(now + CLOCK_SLACK_MS).seen_ms == now + CLOCK_SLACK_MS
    assert stamped(now + CLOCK_SLACK_MS, context)[1] == Doubt.NONE
    with pytest.raises(BadInput, match="future"):
        seen(now + CLOCK_SLACK_MS + 1000)
    assert stamped(now + CLOCK_SLACK_MS + 1000, context)[1] == Doubt.FUTURE
