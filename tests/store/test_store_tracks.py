"""Tracks against a plain dictionary: each fix once, in time order, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from maoc_tui.domain.reports import Fixes
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import track_parts, tracks
from maoc_tui.store.blocks import DAY_MS
from maoc_tui.store.database import Database

SHIP = (1 << 40) + 263_601_890
FOREVER = (-(10**14), 10**14)


def fixes_of(rows: list[tuple[int, int, int, int]]) -> Fixes:
    """Fixes of (contact number, ms, latitude, longitude in 1e-7 degree)."""
    key, time, lat, lon = np.array(rows, np.int64).reshape(-1, 4).T
    return Fixes.build(SHIP + key, time, lat / 1e7, lon / 1e7, sog=np.abs(lat) % 300 / 10)


class Oracle:
    """What a track store must do, said with a dictionary."""

    def __init__(self) -> None:
        self.seen: dict[tuple[int, int, int, int], int] = {}

    def append(self, rows: list[tuple[int, int, int, int]], source: int) -> list[bool]:
        new = []
        for row in rows:
            new.append(row not in self.seen)
            self.seen.setdefault(row, source)
        return new

    def track(self, number: int, since: int, until: int) -> set[tuple[int, int, int, int]]:
        return {
            (t, lat, lon, source)
            for (n, t, lat, lon), source in self.seen.items()
            if n == number and since <= t <= until
        }


def track_of(db: Database, number: int, since: int, until: int) -> list[tuple[int, int, int, int]]:
    """The stored track in the oracle's terms, in the order it is read."""
    with db.reading(WATCH) as conn:
        fixes, source = tracks.read(conn, SHIP + number, since, until)
    assert (fixes.key == SHIP + number).all()
    columns = (fixes.time, np.rint(fixes.lat * 1e7).astype(int), np.rint(fixes.lon * 1e7).astype(int), source)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made once, to copy from."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Database.open(path, create=True).close()
    return path


@contextmanager
def copy_of(empty: Path, path: Path) -> Iterator[Database]:
    """A database of its own for one example."""
    copyfile(empty, path)
    db = Database.open(path)
    try:
        yield db
    finally:
        db.close()


MOMENT = st.one_of(
    st.integers(0, 20),
    st.integers(DAY_MS - 10, DAY_MS + 10),
    st.integers(-DAY_MS - 3, -DAY_MS + 3),
    st.integers(0, 40 * DAY_MS),
)
BATCH = st.lists(st.tuples(st.integers(0, 3), MOMENT, st.integers(0, 1), st.integers(-1, 0)), max_size=25)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    batches=st.lists(BATCH, max_size=14),
    inbox=st.sampled_from([(1, 1), (6, 3), (20, 64), (1000, 4)]),
    span=st.tuples(MOMENT, MOMENT).map(sorted),
    tidy=st.booleans(),
)
def test_appending_and_reading_is_what_a_dictionary_does(
    empty_database: Path,
    batches: list[list[tuple[int, int, int, int]]],
    inbox: tuple[int, int],
    span: list[int],
    tidy: bool,
) -> None:
    oracle = Oracle()
    with (
        TemporaryDirectory() as folder,
        copy_of(empty_database, Path(folder) / "t.db") as db,
        patch.object(tracks, "INBOX_FIXES", inbox[0]),
        patch.object(tracks, "INBOX_ROWS", inbox[1]),
    ):
        for source, rows in enumerate(batches, 1):
            with db.writing_traffic() as conn:
                new = tracks.append(conn, fixes_of(rows), source)
                if tidy and source % 3 == 0:
                    tracks.compact(conn, 20 * DAY_MS)
            assert new.tolist() == oracle.append(rows, source)
        for number in range(4):
            for since, until in (FOREVER, span):
                got = track_of(db, number, since, until)
                assert set(got) == oracle.track(number, since, until)
                assert len(got) == len(set(got))
                assert [row[0] for row in got] == sorted(row[0] for row in got)


def steady(count: int, contacts: int, start: int, step: int = 60_000) -> list[Fixes]:
    """``count`` rounds of one fix of each contact."""
    ships = np.arange(contacts)
    return [
        Fixes.build(
            SHIP + ships, np.full(contacts, start + i * step) + ships, ships / 100, np.full(contacts, i / 100)
        )
        for i in range(count)
    ]


def parts_per_slot(db: Database) -> NDArray[np.int64]:
    with db.reading(WATCH) as conn:
        rows = conn.exec_driver_sql("SELECT count(*) FROM track_block GROUP BY day, key").all()
    return np.array(rows, np.int64).reshape(-1)


def test_a_day_fed_fix_by_fix_stays_in_few_parts(db: Database) -> None:
    rounds = steady(700, 3, 20_000 * DAY_MS)
    with patch.object(tracks, "INBOX_ROWS", 2):
        for batch in rounds:
            with db.writing_traffic() as conn:
                assert tracks.append(conn, batch, 1).all()
    assert parts_per_slot(db).max() <= 3 * (track_parts.FAN - 1) + 2
    assert len(track_of(db, 1, *FOREVER)) == 700
    with db.writing_traffic() as conn:
        tracks.flush(conn)
        assert tracks.compact(conn, 20_002 * DAY_MS) == 3
        assert tracks.compact(conn, 20_002 * DAY_MS) == 0
    assert parts_per_slot(db).tolist() == [1, 1, 1]
    assert len(track_of(db, 1, *FOREVER)) == 700


def test_the_same_feed_again_brings_nothing_new(db: Database) -> None:
    rounds = steady(50, 40, 20_000 * DAY_MS)
    with patch.object(tracks, "INBOX_FIXES", 300):
        for expected in (True, False):
            for batch in rounds:
                with db.writing_traffic() as conn:
                    assert (tracks.append(conn, batch, 1) == expected).all()


def test_the_same_moment_at_two_places_is_two_fixes(db: Database) -> None:
    rows = [(0, 1_000, 10, 10), (0, 1_000, 20, 10), (0, 1_000, 10, 10), (1, 1_000, 10, 10)]
    with db.writing_traffic() as conn:
        assert tracks.append(conn, fixes_of(rows), 1).tolist() == [True, True, False, True]


def test_places_closer_than_the_resolution_are_the_same(db: Database) -> None:
    with db.writing_traffic() as conn:
        near = Fixes.build([SHIP] * 2, [5, 5], [38.0, 38.0 + 2e-8], [-9.0, -9.0 - 2e-8])
        assert tracks.append(conn, near, 1).tolist() == [True, False]


@pytest.mark.parametrize("waiting", [True, False])
def test_an_undone_transaction_leaves_no_fix(db: Database, waiting: bool) -> None:
    def half() -> None:
        with db.writing_traffic() as conn:
            tracks.append(conn, fixes_of([(0, 1_000, 1, 1)]), 1)
            raise ZeroDivisionError

    with patch.object(tracks, "INBOX_ROWS", 64 if waiting else 1):
        with pytest.raises(ZeroDivisionError):
            half()
        assert track_of(db, 0, *FOREVER) == []
        with db.writing_traffic() as conn:
            assert tracks.append(conn, fixes_of([(0, 1_000, 1, 1)]), 1).all()


def test_no_fixes_and_no_track(db: Database) -> None:
    with db.writing_traffic() as conn:
        assert tracks.append(conn, Fixes.empty(), 1).shape == (0,)
        tracks.flush(conn)
        assert tracks.compact(conn, 10**15) == 0
    assert track_of(db, 0, *FOREVER) == []
