"""Start-up checks and faults: one sentence, one way out, nothing of ours done to a file that is not ours."""

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
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import StoreProblem
from maoc_tui.store import checks, driver, faults, schema, sources
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
    with pytest.raises(StoreProblem, match="is full; nothing was saved"):
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
    assert "nothing was saved" in done.stdout.splitlines()[0]
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
