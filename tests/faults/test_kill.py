"""kill -9 at any moment of typing into the real program: what its screen said was in the log is in the log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from acts import faulty, found

from maoc_tui.store import driver

TESTS = Path(__file__).resolve().parents[1]
KILLS = 50 if "MAOC_LONG" in os.environ else 8


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sys.path.append(str(TESTS / "ui"))
    from operation_room import filled_room

    room = filled_room(tmp_path)
    room.close()
    made: Path = room.db.path
    return made


def killed(path: Path, kills: int, *more: str) -> list[list[str]]:
    """The lines that each program's screen said were in the log before it was killed."""
    folders = (TESTS.parent, TESTS, TESTS / "desk", TESTS / "ui", TESTS / "faults")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(TESTS / "faults" / "kills.py"), str(path), str(kills), *more],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), "TERM": "xterm-256color",
             "MAOC_CONFIG": str(path.parent / "config"), "MAOC_DATA": str(path.parent / "data")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said: list[list[str]] = json.loads(done.stdout)
    return said


def test_no_line_that_the_screen_said_was_in_the_log_is_lost(path: Path) -> None:
    said = killed(path, KILLS)
    assert all(said), "every program was killed at work"
    assert faulty(path, {line for lines in said for line in lines}) == []


def test_the_twin_that_says_so_before_it_is_written_loses_lines(path: Path) -> None:
    said = killed(path, 2, "boast")
    with closing(driver.connect(path)) as connection:
        assert {line for lines in said for line in lines} - found(connection)
