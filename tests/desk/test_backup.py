"""A backup is taken while others write, proves itself, and gives back exactly what was there."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room, reopened
from target_room import NOW

from maoc_tui.desk import backup, targets
from maoc_tui.desk.room import Room
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.store import backup as store
from maoc_tui.store import encrypting, schema


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    made.admission.wall = ScenarioClock(NOW, 0.0)
    for n in range(3):
        targets.add(made, WATCH, NewTarget(f"grey sloop {n}", area="west"))
    yield made
    made.close()


@pytest.fixture
def copy(room: Room, tmp_path: Path) -> Path:
    (tmp_path / "second").mkdir()
    return backup.make(room, WATCH, tmp_path / "second")[0]


def test_a_copy_stands_with_its_list_for_its_owner_alone_and_in_the_journal(room: Room, copy: Path) -> None:
    found = sorted(copy.parent.iterdir())
    assert found == [copy, store.manifest_of(copy)]
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    made, faulty = backup.verify(copy)
    assert (made.rows["target"], faulty) == (3, ())
    with room.db.reading_whole() as conn:
        begun, last = conn.exec_driver_sql(
            "SELECT action, kind, ref, detail FROM journal ORDER BY seq DESC LIMIT 2"
        ).fetchall()[::-1]
    assert tuple(begun) == ("export", "backup", copy.name, "begun"), "known before there is a copy"
    assert tuple(last)[:3] == ("export", "backup", copy.name)
    assert made.tip[:16] in last[3]
    assert made.anchor in last[3]
    with pytest.raises(StoreProblem):
        backup.make(room, WATCH, copy.parent)
    assert sorted(copy.parent.iterdir()) == found, "nothing is written over"


def test_what_is_restored_is_what_was_there(room: Room, copy: Path, tmp_path: Path) -> None:
    targets.add(room, WATCH, NewTarget("after the copy", area="east"))
    (tmp_path / "again").mkdir()
    made = backup.restore(copy, tmp_path / "again" / "maoc.db")
    again = reopened(tmp_path / "again" / "maoc.db")
    assert sorted(row.title for row in targets.listing(again, WATCH)) == [f"grey sloop {n}" for n in range(3)]
    again.db.check()
    again.close()
    connection = sqlite3.connect(copy)
    assert encrypting.contents(connection)["target"] == made.digests["target"]
    connection.close()
    assert backup.verify(copy)[1] == (), "to restore changes no copy"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE target SET description = 'another boat' WHERE number = 2", "table target differs (3 rows"),
        ("DELETE FROM journal WHERE seq = 2", "the journal is broken at entry"),
        ("CREATE TABLE more (x)", "the schema differs"),
    ],
)
def test_a_changed_copy_is_told_and_not_restored(copy: Path, tmp_path: Path, change: str, told: str) -> None:
    connection = sqlite3.connect(copy)
    guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in guards if "CREATE" not in change else ():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(change)
    connection.commit()
    connection.close()
    faulty = backup.verify(copy)[1]
    assert any(one.startswith(told) for one in faulty), faulty
    with pytest.raises(StoreProblem, match="not as it was made"):
        backup.restore(copy, tmp_path / "again.db")
    assert not (tmp_path / "again.db").exists()


def test_a_damaged_page_is_found(copy: Path) -> None:
    """One byte near the end of every seventh page; only an empty stretch may be changed without harm."""
    whole = copy.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    missed = []
    for begin in range(0, len(whole), size * 7):
        at = begin + size - 9
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        try:
            faulty = backup.verify(copy)[1]
        except StoreProblem:
            continue
        if not faulty:
            missed.append(whole[at - 16 : at + 9])
    copy.write_bytes(whole)
    assert all(set(stretch) == {0} for stretch in missed)


def test_a_list_that_is_missing_or_torn_is_said(copy: Path) -> None:
    listed = store.manifest_of(copy)
    text = listed.read_text()
    whole = json.loads(text)
    hostile = (
        {"digests": {}},
        {"tip": "no hex"},
        {"entries": -1},
        {"rows": {**whole["rows"], "target": "3"}},
    )
    for torn in (text[:-40], "[]", "{}", *(json.dumps({**whole, **change}) for change in hostile)):
        listed.write_text(torn)
        with pytest.raises(StoreProblem, match="cannot be read"):
            backup.verify(copy)
    listed.unlink()
    with pytest.raises(StoreProblem, match="cannot be read"):
        backup.restore(copy, copy.with_name("again.db"))


def test_names_in_a_changed_list_reach_no_terminal_as_commands(copy: Path) -> None:
    listed = store.manifest_of(copy)
    whole = json.loads(listed.read_text())
    name = "\x1b]52;c;aGk=\x07target"
    whole["rows"][name], whole["digests"][name] = 1, "00"
    listed.write_text(json.dumps(whole))
    (told,) = backup.verify(copy)[1]
    assert "target differs" in told
    assert "\x1b" not in told


def test_a_journal_file_laid_beside_a_copy_is_refused(copy: Path, tmp_path: Path) -> None:
    """SQLite would roll it into the copy as it opens it."""
    for end in ("-journal", "-wal"):
        beside = Path(f"{copy}{end}")
        beside.write_bytes(b"x")
        assert "lies beside it" in backup.verify(copy)[1][0]
        with pytest.raises(StoreProblem, match="not as it was made"):
            backup.restore(copy, tmp_path / "again.db")
        assert beside.read_bytes() == b"x"
        beside.unlink()


def test_nothing_that_is_there_is_written_over(copy: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(StoreProblem, match="cannot be made"):
        backup.restore(copy, there)
    assert there.read_text() == "mine"
    (tmp_path / "new.db-wal").write_text("another's")
    with pytest.raises(StoreProblem, match="Files of another record"):
        backup.restore(copy, tmp_path / "new.db")
    with pytest.raises(BadInput, match="no folder"):
        backup.restore(copy, tmp_path / "nowhere" / "new.db")
    with pytest.raises(BadInput, match="no copy"):
        backup.verify(tmp_path / "none.db")


def test_who_may_not_keep_the_record_copies_nothing(room: Room, tmp_path: Path) -> None:
    (tmp_path / "third").mkdir()
    with pytest.raises(NotPermitted):
        backup.make(room, COORDINATOR, tmp_path / "third")  # has not given the passphrase again
    with pytest.raises(BadInput, match="no folder"):
        backup.make(room, WATCH, tmp_path / "fourth")
    assert not list((tmp_path / "third").iterdir())


def test_a_copy_taken_while_others_write_is_whole(room: Room, tmp_path: Path) -> None:
    """Each copy is one state of the record: every target with its entry in the journal."""
    folder, stop = tmp_path / "second", threading.Event()
    folder.mkdir()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            targets.add(room, WATCH, NewTarget(f"sloop {n}", area="west"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(4):
            room.admission.wall = ScenarioClock(NOW + 1000 * n, 0.0)
            copy, made = backup.make(room, WATCH, folder)
            assert backup.verify(copy)[1] == ()
            connection = sqlite3.connect(copy)
            (noted,) = connection.execute(
                "SELECT count(*) FROM journal WHERE kind = 'target' AND action = 'collect'"
            ).fetchone()
            connection.close()
            assert noted == made.rows["target"] >= 3
    finally:
        stop.set()
        writer.join()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files and folders that were put on the disk, by their real names, in order."""
    told: list[Path] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        told.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return told


def test_a_copy_and_what_is_restored_of_it_survive_a_power_cut(
    room: Room, tmp_path: Path, synced: list[Path]
) -> None:
    """VACUUM INTO leaves it to the system when the copy reaches the disk."""
    folder = (tmp_path / "second").resolve()
    folder.mkdir()
    copy, _ = backup.make(room, WATCH, folder)
    listed = store.manifest_of(copy)
    assert {copy, listed} <= set(synced)
    assert synced[-1] == folder, "and their names"
    assert synced.index(copy) < synced.index(listed), "no list before what it tells of"
    again = (tmp_path / "again.db").resolve()
    backup.restore(copy, again)
    assert again in synced
    assert again.parent in synced


def test_a_copy_that_does_not_reach_the_disk_is_none(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "second").mkdir()

    def fails(_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(schema, "settle", fails)
    with pytest.raises(StoreProblem, match="did not reach the disk"):
        backup.make(room, WATCH, tmp_path / "second")
    assert list((tmp_path / "second").iterdir()) == []


def test_the_command_line_makes_proves_and_restores(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    root = str(Path(__file__).resolve().parents[2])
    env = {**os.environ, "PYTHONPATH": root, "MAOC_CONFIG": str(tmp_path), "MAOC_DATA": str(tmp_path)}

    def run(*words: str) -> tuple[int, dict[str, object]]:
        done = subprocess.run(
            [sys.executable, "-m", "maoc_tui", *words, "--json"],
            capture_output=True, text=True, env=env, check=False,
        )  # fmt: skip
        return done.returncode, json.loads(done.stdout)

    status, made = run("--db", str(room.db.path), "backup", "make", str(folder))
    assert status == 0, made
    assert run("backup", "verify", str(made["copy"]))[1]["ok"] is True
    status, again = run("restore", str(made["copy"]), str(tmp_path / "again.db"))
    assert (status, again["total"]) == (0, made["total"])
    Path(str(made["copy"])).write_bytes(b"x" * 100)
    assert run("backup", "verify", str(made["copy"]))[0] != 0
