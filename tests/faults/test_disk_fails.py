"""The k-th thing asked of the disk fails, for every k: a sentence, nothing half, nothing lost, the next act works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from acts import ACTS, check_in, faulty, found, log_line, record, room_on, small_journal, state_field
from disk import FULL, IOERR_SHMSIZE, Disk, failing_at, remembered

from maoc_tui.desk.room import Room
from maoc_tui.problems import Problem, StoreProblem
from maoc_tui.store import driver, faults
from maoc_tui.store.database import Database

MOST = 120
"""No act of an officer asks more of the disk than this, a folding in of the journal included."""


@contextmanager
def working(folder: Path) -> Iterator[tuple[Room, Disk]]:
    """A room on a disk that remembers."""
    with small_journal(30), remembered(folder) as disk:
        room = room_on(record_once(folder))
        yield room, disk
        disk.fails = lambda kind, file: 0
        room.close()


def record_once(folder: Path) -> Path:
    """The record of a folder, made on the system's own disk when it is not there yet."""
    return path if (path := folder / "maoc.db").exists() else record(folder)


def tried(
    room: Room, disk: Disk, act: Callable[[Room, int], str], k: int, code: int
) -> tuple[str, str, bool]:
    """What an act answered or refused with, with the k-th operation failing, and whether that came to pass."""
    rule = disk.fails = failing_at(k, code)
    try:
        said, problem = act(room, 1000 * k + ACTS.index(act)), ""
    except Problem as refusal:
        said, problem = "", f"{refusal.message} {refusal.way_out}"
    finally:
        disk.fails = lambda kind, file: 0
    return said, problem, rule.reached  # type: ignore[attr-defined]


READ_BACK = (state_field, check_in)
"""They answer with the sheet, read after the commit. Where that reading fails the act stands: it is said that the
record could not be read, and the way out is true: start again to see what is recorded."""


def whole(act: Callable[[Room, int], str], before: set[str], after: set[str]) -> bool:
    """Whether a refused act left nothing; one of those that read back may stand, and then as a whole."""
    return after == before or (act in READ_BACK and before < after and len(after - before) == 1)


def true(problem: str, act: Callable[[Room, int], str], before: set[str], after: set[str]) -> bool:
    """Whether a refusal tells what is so: that nothing was saved, or that something could not be read."""
    if "not saved" in problem:
        return after == before
    return "could not be read" in problem and whole(act, before, after)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record(tmp_path)
    return tmp_path


@pytest.mark.parametrize("code", [0, FULL], ids=["failed", "full"])
def test_every_act_at_every_operation_is_done_or_refused_whole(folder: Path, code: int) -> None:
    said: set[str] = set()
    failures = 0
    with working(folder) as (room, disk):
        for act in ACTS if not code else ACTS[:2]:
            for k in range(1, MOST):
                before = seen(room)
                answer, problem, reached = tried(room, disk, act, k, code)
                assert bool(answer) != bool(problem)
                said |= {answer} - {""}
                if not reached:
                    break
                failures += bool(problem)
                assert not problem or ("full" if code else "failed") in problem, problem
                assert not problem or true(problem, act, before, seen(room))
            else:
                raise AssertionError(f"{act.__name__} asks more of the disk than thought")
            assert log_line(room, k) not in said, "the program goes on as if nothing had been"
    assert failures > 15
    assert faulty(folder / "maoc.db", said) == []


def test_the_twin_that_calls_a_failed_act_saved_is_found(folder: Path) -> None:
    with working(folder) as (room, disk):
        answer, problem, reached = tried(room, disk, log_line, 1, 0)
        assert (answer, reached) == ("", True)
        assert problem
        claimed = "OP-0001/1"
        missing = claimed not in seen(room)
    assert missing
    assert faulty(folder / "maoc.db", {claimed}) == [f"lost: {claimed}"]


def test_the_twin_whose_disk_lies_is_found(folder: Path) -> None:
    with working(folder) as (room, disk):
        log_line(room, 1)
        disk.lies = True
        try:
            said = log_line(room, 2)
        except Problem:
            return  # noticed at once
    assert faulty(folder / "maoc.db", {said}) != []


def seen(room: Room) -> set[str]:
    """What a bare connection finds in an open record."""
    connection = driver.connect(room.db.path)
    try:
        return found(connection)
    finally:
        connection.close()


def test_a_program_started_on_a_full_disk_says_so(folder: Path) -> None:
    """Not so much as the journal's index has room: SQLite calls it a failed disk (SQLITE_IOERR_SHMSIZE)."""
    with remembered(folder) as disk:
        disk.fails = lambda kind, file: IOERR_SHMSIZE if kind == "share" else 0
        with (
            patch.object(faults.shutil, "disk_usage", lambda _: SimpleNamespace(free=0)),
            pytest.raises(StoreProblem, match="is full") as refused,
        ):
            Database.open(folder / "maoc.db")
        assert "not by deleting" in refused.value.way_out
        with pytest.raises(StoreProblem, match="failed"):
            Database.open(folder / "maoc.db")  # with room on it, it is the disk
        disk.fails = lambda kind, file: 0
        Database.open(folder / "maoc.db").close()


def test_reading_goes_on_while_nothing_can_be_written(folder: Path) -> None:
    with working(folder) as (room, disk):
        before = log_line(room, 1)
        disk.fails = lambda kind, file: FULL if kind in ("write", "create", "truncate") else 0
        for act in ACTS:
            with pytest.raises(StoreProblem, match="is full; the last step was not saved"):
                act(room, 2)
        assert before in seen(room)
        disk.fails = lambda kind, file: 0
        after = log_line(room, 3)
    assert faulty(folder / "maoc.db", {before, after}) == []
