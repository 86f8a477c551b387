"""Transactions from several threads and processes, and optimistic edits."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, text

from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import edits, sources
from maoc_tui.store.database import Database

ROOT = Path(__file__).parents[2]

ADD_ONE = """
import sys
from pathlib import Path
from maoc_tui.store import driver
from maoc_tui.store.database import Database

if sys.argv[3] == "deferred":
    driver.WRITE = ("PRAGMA query_only=OFF", "BEGIN")
if sys.argv[3] == "none":
    driver.WRITE = ("PRAGMA query_only=OFF",)
db, lost = Database.open(Path(sys.argv[1])), 0
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    try:
        with db.writing() as conn:
            now = conn.exec_driver_sql("SELECT value FROM meta WHERE name='n'").scalar_one()
            conn.exec_driver_sql("UPDATE meta SET value=? WHERE name='n'", (str(int(now) + 1),))
    except Exception:
        lost += 1
print(lost)
"""


def count_up(db: Database, how: str, programs: int = 3, times: int = 60) -> tuple[int, int]:
    """Several programs start at once, each reads, adds one and writes; the number reached and the errors."""
    with db.writing() as conn:
        conn.exec_driver_sql("INSERT OR REPLACE INTO meta VALUES ('n', '0')")
    command = [sys.executable, "-c", ADD_ONE, str(db.path), str(times), how]
    running = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
        )
        for _ in range(programs)
    ]
    for program in running:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in running:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    errors = sum(int(program.communicate()[0]) for program in running)
    with db.reading(WATCH) as conn:
        return int(conn.exec_driver_sql("SELECT value FROM meta WHERE name='n'").scalar_one()), errors


def test_no_update_is_lost_between_programs(db: Database) -> None:
    assert count_up(db, "immediate") == (180, 0)


def test_the_test_above_would_see_a_lost_update(db: Database) -> None:
    """Its twin with the fault planted: a transaction that begins too late loses updates or fails."""
    assert count_up(db, "none")[0] < 180
    reached, errors = count_up(db, "deferred")
    assert reached + errors == 180
    assert errors > 0


def test_threads_share_one_database(db: Database) -> None:
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for i in range(20):
                with db.writing_traffic() as conn:
                    sources.register(conn, f"{number}-{i}", "file", "nmea")
                with db.reading(WATCH) as conn:
                    assert sources.all_sources(conn)
                db.data_version()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with db.reading(WATCH) as conn:
        assert len(sources.all_sources(conn)) == 120


def test_a_reader_keeps_one_state_while_another_writes(db: Database) -> None:
    with db.reading(WATCH) as conn:
        assert sources.all_sources(conn) == []
        with db.writing() as other:
            sources.register(other, "x", "file", "nmea")
        assert sources.all_sources(conn) == []
    with db.reading(WATCH) as conn:
        assert len(sources.all_sources(conn)) == 1


def test_an_error_undoes_the_whole_transaction(db: Database) -> None:
    def half() -> None:
        with db.writing() as conn:
            sources.register(conn, "x", "file", "nmea")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with db.reading(WATCH) as conn:
        assert sources.all_sources(conn) == []


def test_data_version_changes_with_every_commit_of_anybody(db: Database) -> None:
    other = Database.open(db.path)
    seen = db.data_version()
    assert db.data_version() == seen
    for writer in (other, db):
        with writer.writing() as conn:
            sources.register(conn, "x", "file", "nmea")
        assert db.data_version() != seen
        seen = db.data_version()
    other.close()


def pragma(conn: Connection, name: str) -> object:
    return conn.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_is_set_up_as_decided(db: Database) -> None:
    with db.writing() as conn:
        expected = {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
            "cell_size_check": 1,
            "mmap_size": 0, "busy_timeout": 5000, "query_only": 0, "recursive_triggers": 1,
        }  # fmt: skip
        assert {name: pragma(conn, name) for name in expected} == expected
    with db.writing_traffic() as conn:
        assert pragma(conn, "synchronous") == 1
    with db.reading(WATCH) as conn:
        assert pragma(conn, "query_only") == 1
        assert conn.get_execution_options()["maoc_viewer"] == WATCH
    with db.writing() as conn:
        assert pragma(conn, "synchronous") == 2, "the connection before was for traffic"


@pytest.fixture
def versioned(db: Database) -> Table:
    """Any table with an id and a version."""
    with db.writing() as conn:
        conn.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, version INTEGER, body TEXT)")
        conn.exec_driver_sql("INSERT INTO note VALUES (1, 1, 'as it was')")
        from sqlalchemy import MetaData

        return Table("note", MetaData(), autoload_with=conn)


def test_the_second_of_two_edits_is_refused(db: Database, versioned: Table) -> None:
    with db.writing() as conn:
        assert edits.edit(conn, versioned, 1, 1, body="by the first") == 2
    with pytest.raises(edits.Changed) as caught, db.writing() as conn:
        edits.edit(conn, versioned, 1, 1, body="by the second")
    assert "changed by somebody else" in caught.value.message
    assert caught.value.as_json()["error"]["code"] == "changed"
    with db.writing() as conn:
        assert conn.execute(text("SELECT body, version FROM note")).one() == ("by the first", 2)
        assert edits.edit(conn, versioned, 1, 2, body="again") == 3
