"""Four programs on one record: no update is lost, nobody is told that it is locked, and no checkpoint damages it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from acts import faulty, record

from maoc_tui.store import driver

CREW = Path(__file__).with_name("crew.py")
PROGRAMS, TIMES, STORM_S = 4, 100, 30.0 if "MAOC_LONG" in os.environ else 2.0


def crew(mode: str, path: Path, times: float) -> list[dict[str, Any]]:
    """What each program says."""
    here = CREW.parent
    done = subprocess.run(
        [sys.executable, str(CREW), mode, str(path), str(PROGRAMS), str(times)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (here, here.parent, here.parents[1])))},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def counted(path: Path) -> int:
    """The number in the target's name."""
    with closing(driver.connect(path)) as connection:
        return int(connection.execute("SELECT designation FROM target").fetchone()[0].split()[1])


def test_four_programs_with_a_hundred_writes_each_lose_none_and_are_never_locked_out(tmp_path: Path) -> None:
    path = record(tmp_path)
    told = crew("officers", path, TIMES)
    assert [one["told"] for one in told] == [[]] * PROGRAMS
    assert sum(one["clashes"] for one in told) > 0, "they met"
    assert counted(path) == sum(one["edits"] for one in told) == PROGRAMS * TIMES // 4
    said = {line for one in told for line in one["said"]}
    assert len(said) == PROGRAMS * TIMES * 3 // 4
    assert faulty(path, said) == []


@pytest.mark.parametrize("mode", ["no versions", "impatient"])
def test_the_twins_lose_updates_or_are_locked_out(tmp_path: Path, mode: str) -> None:
    """Without the version that was read, without the wait for a lock; without BEGIN IMMEDIATE: tests/store."""
    path = record(tmp_path)
    told = crew(mode, path, 16)
    lost = sum(one["edits"] for one in told) - counted(path)
    locked = [message for one in told for message in one["told"] if "held by another" in message]
    assert (lost > 0) if mode == "no versions" else locked


def test_a_storm_of_checkpoints_does_not_damage_the_record(tmp_path: Path) -> None:
    """Python's own SQLite of 3.40 did not stand this; the one that is shipped does (driver.OLDEST)."""
    path = record(tmp_path)
    commits = sum(one["commits"] for one in crew("storm", path, STORM_S))
    assert commits > 500
    assert faulty(path, set()) == []
    assert driver.module().sqlite_version_info >= driver.OLDEST
