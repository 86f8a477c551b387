"""Start-up checks: one sentence, one way out, and nothing done to a file that is not ours."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from maoc_tui.problems import StoreProblem
from maoc_tui.store import checks, driver, schema, sources
from maoc_tui.store.database import Database

MOUNTS = textwrap.dedent("""\
    22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
    30 22 0:40 / /srv rw - nfs4 host:/export rw
    31 30 254:1 / /srv/local rw - ext4 /dev/vdb rw
    32 22 0:41 / /mnt/team\\040share rw - cifs //host/share rw
    33 22 0:42 / /home/u/far rw - fuse.sshfs u@h:/ rw
    34 22 0:43 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw
    35 22 0:44 / /over rw - ext4 /dev/vdc rw
    36 35 0:45 / /over rw - 9p host rw
    37 22 8:1 / /usb rw - fuseblk /dev/sda1 rw
    """)


def folder_anybody_reaches() -> Path:
    """A folder outside pytest's private one, so that another user may look into it."""
    folder = Path(tempfile.mkdtemp(prefix="maoc-store-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    folder = folder_anybody_reaches()
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def open_fails(path: Path, *, create: bool = False) -> str:
    """The whole text of the problem that opening meets."""
    with pytest.raises(StoreProblem) as caught:
        Database.open(path, create=create)
    assert caught.value.way_out
    return caught.value.message


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/officer/maoc.db", ""),
        ("/srv/maoc.db", "nfs4"),
        ("/srv/local/maoc.db", ""),
        ("/srvx/maoc.db", ""),
        ("/mnt/team share/a/maoc.db", "cifs"),
        ("/home/u/far/maoc.db", "fuse.sshfs"),
        ("/var/lib/lxcfs/maoc.db", ""),
        ("/over/maoc.db", "9p"),
        ("/usb/maoc.db", ""),
    ],
)
def test_network_file_systems_are_known_by_the_deepest_mount(path: str, kind: str) -> None:
    assert checks.network_kind(Path(path), MOUNTS) == kind


def test_a_network_file_system_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    mounts = f"22 1 0:1 / / rw - ext4 /dev/vda rw\n23 22 0:2 / {tmp_path} rw - nfs host:/x rw\n"
    with pytest.raises(StoreProblem, match=r"network .*\(nfs\)"):
        checks.place(tmp_path / "new" / "maoc.db", create=True, mounts=mounts)
    assert list(tmp_path.iterdir()) == []


def test_no_database_is_said_with_the_way_to_make_one(tmp_path: Path) -> None:
    assert "There is no database" in open_fails(tmp_path / "maoc.db")
    (tmp_path / "empty.db").touch()
    assert "There is no database" in open_fails(tmp_path / "empty.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty.db"]


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        path = tmp_path / "new" / "deep" / "maoc.db"
        database = Database.open(path, create=True)
        with database.writing() as conn:
            sources.register(conn, "x", "file", "nmea")
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        database.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_others_can_read_is_closed_to_them(tmp_path: Path, db: Database) -> None:
    db.close()
    db.path.chmod(0o644)
    Database.open(db.path).close()
    assert stat.S_IMODE(db.path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_closed_to_others_is_said(tmp_path: Path, db: Database) -> None:
    db.path.chmod(0o644)
    with patch.object(Path, "chmod", side_effect=PermissionError):
        assert "Others on this machine can read" in open_fails(db.path)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_only_be_read_is_said(open_folder: Path, what: str) -> None:
    """As an unprivileged user: root may write anything."""
    path = open_folder / "maoc.db"
    Database.open(path, create=True).close()
    path.chmod(0o444 if what == "file" else 0o666)
    open_folder.chmod(0o777 if what == "file" else 0o555)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom maoc_tui.problems import StoreProblem\n"
        "from maoc_tui.store.database import Database\n"
        "if os.getuid() == 0: os.setgid(65534), os.setuid(65534)\n"
        "try: Database.open(Path(sys.argv[1]))\nexcept StoreProblem as p: print(p.message)"
    )
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, env=env, check=True
    )
    assert f"The {what} " in done.stdout
    assert "may only be read here" in done.stdout


def test_a_text_file_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("the watch was quiet\n" * 100)
    assert "is not a database" in open_fails(path, create=True)
    assert path.read_text().startswith("the watch")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "is not a file" in open_fails(tmp_path, create=True)


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE bookmark (url TEXT)")
    foreign.close()
    before = path.read_bytes()
    assert "database of another program" in open_fails(path, create=True)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["bookmarks.sqlite"]


def test_a_newer_schema_is_refused(db: Database) -> None:
    db.close()
    bare = driver.connect(db.path)
    bare.execute(f"PRAGMA user_version={schema.newest() + 1}")
    bare.close()
    assert "written by a newer maoc-tui" in open_fails(db.path)


def fill(db: Database, rows: int = 400) -> None:
    with db.writing() as conn:
        for i in range(rows):
            sources.register(conn, f"file {i} " + "x" * 200, "file", "nmea")


def test_damage_is_found_at_the_start(db: Database) -> None:
    fill(db)
    db.close()
    data = bytearray(db.path.read_bytes())
    data[8 * 4096 : 12 * 4096] = bytes(4 * 4096)
    db.path.write_bytes(data)
    assert "is damaged" in open_fails(db.path)


def test_a_cut_off_file_is_damage(db: Database) -> None:
    fill(db)
    db.close()
    os.truncate(db.path, db.path.stat().st_size // 2)
    assert "is damaged" in open_fails(db.path)


def test_damage_in_a_big_file_is_found_by_the_whole_check(db: Database) -> None:
    fill(db)
    db.check()
    db.close()
    data = bytearray(db.path.read_bytes())
    data[-8192:] = bytes(8192)
    db.path.write_bytes(data)
    with patch.object(checks, "CHEAP_BYTES", 0):
        again = Database.open(db.path)
    with pytest.raises(StoreProblem, match="damaged"):
        again.check()
    again.close()
