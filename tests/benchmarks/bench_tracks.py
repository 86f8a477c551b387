"""How fast tracks and contacts are stored and read: figures and ratios of one run on one machine.

Run: python tests/benchmarks/bench_tracks.py [FIXES] [--quick]; FIXES lie around the month-long track (2,000,000).
Times are of the processor, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from maoc_tui.domain.reports import Fixes, Identity
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import contacts, sources, tracks
from maoc_tui.store.blocks import DAY_MS
from maoc_tui.store.database import Database

SHIP = (1 << 40) + 200_000_000
RANDOM = np.random.default_rng(1)
BATCH = 10_000
DAYS = 30


def fixes_at(key: np.ndarray, time: np.ndarray) -> Fixes:
    """Fixes somewhere, as a class A ship gives them."""
    n = len(key)
    lat, lon = RANDOM.uniform(-60, 60, n), RANDOM.uniform(-170, 170, n)
    sog, cog = RANDOM.uniform(0, 20, n), RANDOM.uniform(0, 360, n)
    return Fixes.build(key, time, lat, lon, sog=sog, cog=cog, error_m=10.0, cls=1)


def within(start: int, length: int) -> np.ndarray:
    """A batch of moments of an interval, in no order."""
    return start + RANDOM.integers(0, length, BATCH)


def append_all(db: Database, batches: list[Fixes]) -> float:
    """Seconds to append batches, one transaction each."""
    start = process_time()
    for batch in batches:
        with db.writing_traffic() as conn:
            tracks.append(conn, batch, 1)
    return process_time() - start


def plain_rows(db: Database, batches: list[Fixes]) -> float:
    """Seconds for the plainest store: one row a fix in a table ordered by contact and time."""
    with db.writing() as conn:
        conn.exec_driver_sql("CREATE TABLE plain (key INT, time INT, lat REAL, lon REAL, sog REAL, cog REAL, "
                             "PRIMARY KEY (key, time)) WITHOUT ROWID")  # fmt: skip
    start = process_time()
    for b in batches:
        rows = zip(*(c.tolist() for c in (b.key, b.time, b.lat, b.lon, b.sog, b.cog)), strict=True)
        with db.writing_traffic() as conn:
            conn.exec_driver_sql("INSERT OR IGNORE INTO plain VALUES (?,?,?,?,?,?)", list(rows))
    return process_time() - start


def report(name: str, seconds: float, fixes: int) -> None:
    """One line: fixes a second."""
    print(f"{name:<58}{fixes / seconds / 1000:9.0f} k fixes/s")


def best(work: Callable[[], object], times: int = 5) -> float:
    """The least of some runs, milliseconds."""
    spent = []
    for _ in range(times):
        start = process_time()
        work()
        spent.append((process_time() - start) * 1000)
    return min(spent)


def appending(db: Database) -> None:
    """Fresh days, the same again, a feed in the order of time, and plain rows beside it."""
    for ships in (500, 5_000):
        days = range(10_000 + ships, 10_020 + ships)
        batches = [
            fixes_at(SHIP + RANDOM.integers(0, ships, BATCH), within(day * DAY_MS, DAY_MS)) for day in days
        ]
        fresh, again = append_all(db, batches), append_all(db, batches)
        report(f"append, {ships} contacts, a fresh day each batch", fresh, 20 * BATCH)
        report(f"the same again ({again / fresh:.1f} times as long)", again, 20 * BATCH)
    ships_twice, day = SHIP + np.repeat(np.arange(BATCH // 2), 2), 30_000 * DAY_MS
    live = [fixes_at(ships_twice, within(day + minute * 60_000, 60_000)) for minute in range(60)]
    packed, rows = append_all(db, live), plain_rows(db, live)
    report("append, 5000 contacts in the order of time", packed, 60 * BATCH)
    report(f"plain rows of the same ({rows / packed:.1f} times as long)", rows, 60 * BATCH)


def month(db: Database, around: int) -> None:
    """A track of thirty days at a fix a minute among many others."""
    first, minute = 20_000 * DAY_MS, np.arange(DAYS * 1440) * 60_000
    others = max(1, around // len(minute))
    fixes = 0
    seconds = 0.0
    for begin in range(0, len(minute), 720):
        span = minute[begin : begin + 720]
        key = np.tile(SHIP + np.arange(others + 1), len(span))
        batch = fixes_at(key, first + np.repeat(span, others + 1))
        seconds += append_all(db, [batch.take(slice(i, i + 50_000)) for i in range(0, len(batch), 50_000)])
        fixes += len(batch)
    report(f"append, {others + 1} contacts for {DAYS} days", seconds, fixes)

    def read() -> int:
        with db.reading(WATCH) as conn:
            return len(tracks.read(conn, SHIP, first, first + DAYS * DAY_MS)[0])

    assert read() == len(minute)
    print(f"{f'the {DAYS}-day track of {len(minute)} fixes among {fixes}':<58}{best(read):9.1f} ms")


def picture(db: Database, count: int = 50_000) -> None:
    """Every contact's last fix and identity, from disk."""
    key = SHIP + np.arange(count) * 7
    batch = fixes_at(key, np.full(count, 1_795_000_000_000))
    said = [
        Identity(k, 1_795_000_000_000, 1, {"name": f"SHIP {k % 10**6}", "imo": k % 10**7, "ship_type": 70}, 1)
        for k in key.tolist()
    ]
    start = process_time()
    with db.writing_traffic() as conn:
        contacts.update(conn, batch, np.zeros(count, np.int32), 1)
    report("last fixes of contacts never seen before", process_time() - start, count)
    start = process_time()
    with db.writing_traffic() as conn:
        contacts.identities(conn, said, 1)
    report("identities of three values each", process_time() - start, count)

    def load() -> int:
        with db.reading(WATCH) as conn:
            return len(contacts.load(conn))

    assert load() == count
    print(f"{f'picture of {count} contacts':<58}{best(load):9.1f} ms")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("fixes", nargs="?", type=int, default=2_000_000)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    around = 500_000 if given.quick else given.fixes
    with TemporaryDirectory() as folder:
        db = Database.open(Path(folder) / "bench.db", create=True)
        with db.writing() as conn:
            sources.register(conn, "bench", "file", "nmea")
        appending(db)
        picture(db)
        month(db, around)
        db.close()


if __name__ == "__main__":
    main()
