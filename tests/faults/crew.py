"""Several programs at once on one record: started as one, parted once everything is loaded, and what each says.

Run: python crew.py MODE RECORD PROGRAMS TIMES [SEED]. Prints one line of JSON for each program.
The folders of the program, of tests and of tests/faults are in PYTHONPATH.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from acts import log_line, room_on

from maoc_tui.desk import targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import Problem
from maoc_tui.store import driver
from maoc_tui.store.edits import Changed


def together(programs: int, act: Callable[[int], Any]) -> None:
    """Run ``act`` in so many programs that begin at the same moment; print what each answers."""
    sys.stdout.flush()
    begin = time.monotonic() + 0.2
    pids = []
    for number in range(programs):
        if not (pid := os.fork()):
            time.sleep(max(0.0, begin - time.monotonic()))
            line = json.dumps(act(number)) + "\n"
            os.write(1, line.encode())
            os._exit(0)
        pids.append(pid)
    for pid in pids:
        assert os.waitpid(pid, 0)[1] == 0


def officers(path: Path, number: int, times: int, versions: bool) -> dict[str, Any]:
    """Log lines, and every fourth time an edit of the one target as a screen does it: read, think, save, or again."""
    room = room_on(path)
    told: list[str] = []
    said, edits, clashes, slowest = [], 0, 0, 0.0
    for n in range(times):
        begun = time.monotonic()
        try:
            if n % 4:
                said.append(log_line(room, number * 1000 + n))
            else:
                clashes += _count_up(room, number, versions)
                edits += 1
        except Problem as problem:
            told.append(problem.message)
        slowest = max(slowest, time.monotonic() - begun)
    room.close()
    return {"said": said, "edits": edits, "clashes": clashes, "told": told, "slowest_s": round(slowest, 2)}


def _count_up(room: Room, who: int, versions: bool) -> int:
    """Raise the number in the target's name by one; how often somebody else was quicker.

    Who raised it stands behind it: of two who enter the very same words none loses anything.
    """
    for clashes in range(1000):
        (row, *_) = targets.listing(room, WATCH)
        time.sleep(0.001)
        counted = int(row.title.split()[1]) + 1
        try:
            version = row.version if versions else None
            targets.rename(room, WATCH, row.ref, f"COUNT {counted} {who}", "one more", version=version)
            return clashes
        except Changed:
            continue
    raise AssertionError("never quicker than the others")


def storm(path: Path, number: int, seconds: float) -> dict[str, Any]:
    """Commit as fast as can be and fold the journal in all the time, by hand and by itself."""
    random, commits, stop = Random(number), 0, time.monotonic() + seconds
    connection = driver.connect(path)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint=2")
    while time.monotonic() < stop:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            (f"n{random.randrange(400)}", "x" * random.randrange(900)),
        )
        connection.execute("COMMIT")
        commits += 1
        if random.random() < 0.35:
            kind = random.choice(("PASSIVE", "FULL", "RESTART", "TRUNCATE"))
            connection.execute(f"PRAGMA wal_checkpoint({kind})")
    connection.close()
    return {"commits": commits}


def main() -> None:
    """What was asked for."""
    mode, path, programs, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    if mode == "storm":
        together(programs, lambda number: storm(path, number, times))
    else:
        room = room_on(path)
        (row, *_) = targets.listing(room, WATCH)
        targets.rename(room, WATCH, row.ref, "COUNT 0 -", "to begin with")
        log_line(room, 0)  # everything is loaded before the programs part
        room.close()
        if mode == "impatient":
            driver.BUSY_S = 0.0
        together(programs, lambda number: officers(path, number, int(times), mode != "no versions"))


if __name__ == "__main__":
    main()
