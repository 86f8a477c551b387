"""Errors of the database in words: busy, full, damaged, never a value or SQL."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import StoreProblem
from maoc_tui.store import driver, faults, sources
from maoc_tui.store.database import Database


def fill(db: Database, rows: int = 400) -> None:
    with db.writing() as conn:
        for i in range(rows):
            sources.register(conn, f"file {i} " + "x" * 200, "file", "nmea")


HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom maoc_tui.store.database import Database\n"
    "db = Database.open(Path(sys.argv[1]))\n"
    "with db.writing() as conn:\n    print('held', flush=True)\n    sys.stdin.read()\n"
)


def test_a_lock_held_by_another_program_is_said_after_the_wait(db: Database) -> None:
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(db.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    with patch.object(driver, "BUSY_S", 0.2):
        impatient = Database.open(db.path)
    with pytest.raises(StoreProblem, match="held by another program"), impatient.writing():
        pass
    with impatient.reading(WATCH) as conn:
        assert sources.all_sources(conn) == []
    holder.stdin.close()
    assert holder.wait(10) == 0
    holder.stdout.close()
    with impatient.writing() as conn:
        sources.register(conn, "x", "file", "nmea")
    impatient.close()


def test_a_full_disk_is_said_and_what_was_saved_stays(db: Database) -> None:
    fill(db, 5)
    with db.writing() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StoreProblem, match="is full; the last step was not saved"):
        fill(db, 2_000)
    with db.reading(WATCH) as conn:
        assert len(sources.all_sources(conn)) == 5


def test_a_disk_that_takes_no_more_bytes_is_said(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom maoc_tui.problems import StoreProblem\n"
        "from maoc_tui.store import sources\nfrom maoc_tui.store.database import Database\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "db = Database.open(Path(sys.argv[1]), create=True)\n"
        "with db.writing() as conn: sources.register(conn, 'before', 'file', 'nmea')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sys.argv[1] + '-wal').stat().st_size + 8192,) * 2)\n"
        "try:\n"
        "    with db.writing() as conn:\n"
        "        for _ in range(99): sources.register(conn, 'x' * 4000, 'file', 'nmea')\n"
        "except StoreProblem as p: print(p.message)\n"
        "from maoc_tui.domain.viewer import WATCH\n"
        "with db.reading(WATCH) as conn: print([s.name for s in sources.all_sources(conn)])\n"
    )
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "m.db")],
        capture_output=True,
        text=True,
        env=env,
        check=True,
    )
    assert "not saved" in done.stdout.splitlines()[0]
    assert done.stdout.splitlines()[1] == "['before']"
    assert done.stderr == ""


def test_no_value_and_no_sql_is_in_a_problem(db: Database) -> None:
    secret = "informant Alpha"
    with db.writing() as conn:
        conn.execute(text("INSERT INTO meta VALUES (:a, 'x')"), {"a": secret})
    with pytest.raises(StoreProblem) as caught, db.writing() as conn:
        conn.execute(text("INSERT INTO meta VALUES (:a, 'x')"), {"a": secret})
    whole = caught.value.message + caught.value.way_out
    assert "contradicts" in whole
    assert "INSERT" not in whole
    assert isinstance(caught.value.__cause__, DBAPIError)
    assert secret not in str(caught.value.__cause__)


def test_a_number_too_large_is_a_sentence(db: Database) -> None:
    with pytest.raises(StoreProblem, match="cannot be stored"), db.writing() as conn:
        conn.exec_driver_sql("INSERT INTO meta VALUES ('a', ?)", (1 << 70,))


def test_reading_cannot_write(db: Database) -> None:
    with pytest.raises(StoreProblem, match="may only be read"), db.reading(WATCH) as conn:
        sources.register(conn, "x", "file", "nmea")
    with db.writing() as conn:
        sources.register(conn, "x", "file", "nmea")


def test_every_fault_has_a_sentence() -> None:
    for name in (
        "SQLITE_BUSY_SNAPSHOT",
        "SQLITE_IOERR_FSYNC",
        "SQLITE_TOOBIG",
        "SQLITE_NOMEM",
        "SQLITE_WHAT",
    ):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorname = name
        problem = faults.explain(error, Path("m.db"))
        assert problem.message.endswith(".")
        assert problem.way_out


def test_an_old_sqlite_is_refused() -> None:
    old = SimpleNamespace(sqlite_version="3.51.2", sqlite_version_info=(3, 51, 2))
    with pytest.raises(StoreProblem, match=r"3\.51\.2"):
        driver.checked(old)  # type: ignore[arg-type]
    new = SimpleNamespace(sqlite_version="3.51.3", sqlite_version_info=(3, 51, 3))
    assert driver.checked(new) is new  # type: ignore[arg-type, comparison-overlap]
