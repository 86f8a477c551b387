"""Where traffic came from, how feeds do, and zone events."""

from __future__ import annotations

import numpy as np

from maoc_tui.domain.reports import Fixes, Identity
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import contacts, events, sources
from maoc_tui.store.database import Database

SHIP = (1 << 40) + 263_601_890
T0 = 1_795_000_000_000


def fix(time: int, lat: float = 38.0, key: int = SHIP, **columns: object) -> Fixes:
    return Fixes.build([key], [time], [lat], [-9.5], **columns)


def put(db: Database, fixes: Fixes, source: int, zone: int = 3, edition: str = "e1") -> None:
    with db.writing_traffic() as conn:
        contacts.update(conn, fixes, np.full(len(fixes), zone, np.int32), source, edition)


def said(db: Database, source: int, time: int, key: int = SHIP, cls: int = 1, **values: str | float) -> int:
    with db.writing_traffic() as conn:
        return contacts.identities(conn, [Identity(key, time, cls, dict(values), 1)], source)


def test_zone_events_are_read_newest_last_with_the_name_of_now(db: Database, source: int) -> None:
    put(db, fix(T0), source)
    said(db, source, T0, name="ALFA")
    made = [
        events.Entry(SHIP, T0 + i, 38.1234567, -9.5, i, f"Z{i}", i + 1, f"Z{i + 1}", "e1", source)
        for i in range(5)
    ]
    with db.writing_traffic() as conn:
        events.add(conn, made)
        events.add(conn, [])
    with db.reading(WATCH) as conn:
        got = events.read(conn, limit=2)
        assert [(e.left, e.entered) for e in got] == [("Z3", "Z4"), ("Z4", "Z5")]
        assert got[0].name == "ALFA"
        assert (got[0].lat, got[0].lon, got[0].at) == (38.1234567, -9.5, T0 + 3)
        assert events.read(conn, after_id=got[-1].id) == []
        assert len(events.read(conn, after_id=got[0].id - 1)) == 2
        assert len(events.read(conn, key=SHIP)) == 5
        assert events.read(conn, key=SHIP + 1) == []


def test_a_file_is_known_again_by_its_bytes_and_format(db: Database) -> None:
    with db.writing() as conn:
        assert sources.find_file(conn, "ab", "nmea") is None
        one = sources.register(conn, "a.nmea", "file", "nmea", "ab")
        assert sources.find_file(conn, "ab", "nmea") is None, "not before it was read whole"
        sources.finish(conn, one, 10, 6, 3, 1, first_ms=5, last_ms=9)
        two = sources.register(conn, "b.nmea", "file", "nmea", "ab")
        sources.finish(conn, two, 4, 0, 4, 0, state="cancelled")
        found = sources.find_file(conn, "ab", "nmea")
        assert found is not None
        assert (found.id, found.read, found.accepted, found.rejected, found.duplicate) == (one, 10, 6, 3, 1)
        assert (found.first_ms, found.last_ms, found.name) == (5, 9, "a.nmea")
        assert sources.find_file(conn, "ab", "aisdk") is None
        assert [s.id for s in sources.all_sources(conn)] == [two, one]


def test_a_feed_keeps_its_account_and_its_state(db: Database) -> None:
    with db.writing() as conn:
        one = sources.register(conn, "tagus", "feed", "digitraffic")
        assert sources.register(conn, "tagus", "feed", "digitraffic") == one
        sources.failed(conn, "tagus", "digitraffic", 50, "The feed did not answer.")
        sources.failed(conn, "tagus", "digitraffic", 60, "The feed did not answer.")
        (feed,) = sources.feeds(conn)
        assert (feed.failures, feed.error, feed.last_ms, feed.tried_ms) == (
            2,
            "The feed did not answer.",
            None,
            60,
        )
        sources.heard(conn, "tagus", "digitraffic", one, 100, 7)
        sources.heard(conn, "tagus", "digitraffic", one, 90, 3)
        (feed,) = sources.feeds(conn)
        assert (feed.failures, feed.error, feed.last_ms, feed.fixes, feed.source_id) == (0, "", 100, 10, one)
        sources.count(conn, one, 5, 3, 1, 1, first_ms=40, last_ms=50)
        sources.count(conn, one, 5, 3, 1, 1, first_ms=30, last_ms=45)
        (row,) = sources.all_sources(conn)
        assert (row.read, row.accepted, row.rejected, row.duplicate) == (10, 6, 2, 2)
        assert (row.first_ms, row.last_ms) == (30, 50)
