"""Before a database is used: is the place fit, is the file ours, whole, private and of a schema we know.

Each check that fails is one sentence and one way out.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maoc_tui.problems import StoreProblem
from maoc_tui.store import keyring
from maoc_tui.store.faults import explain

APPLICATION_ID = 0x4D414F43
"""``MAOC`` in the header of every database of ours (PRAGMA application_id)."""

CHEAP_BYTES = 16 << 20
"""Files up to this size are checked page by page at every start; larger ones by ``maoc doctor``."""

_NETWORK = {
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "virtiofs", "afs", "ceph", "glusterfs", "lustre",
    "gpfs", "ncpfs", "coda", "davfs", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "orangefs", "ocfs2", "gfs2",
}  # fmt: skip
_OTHER_FILE = "Choose another file with --db."


@dataclass(frozen=True, slots=True)
class State:
    """What a database file says of itself."""

    empty: bool
    """Holds no table yet."""
    schema: int
    """Number of the newest migration it has seen."""


def place(path: Path, *, create: bool, key: bytes | None = None, mounts: str | None = None) -> None:
    """Check where the file lies, create it when asked, and make it private (0600, a new folder 0700).

    ``key`` is the record's, when it is encrypted; ``mounts`` stands for /proc/self/mountinfo. Raises StoreProblem.
    """
    _refuse_network(path, mounted() if mounts is None else mounts)
    try:
        if not path.exists():
            _create(path, create)
        _refuse_what_is_no_file(path, key)
        _refuse_read_only(path)
        _make_private(path)
    except OSError as error:
        raise _file_problem(path, error) from None


def probe(connection: Any, path: Path, newest: int) -> State:
    """What the file behind a bare connection is; StoreProblem when it is not ours, damaged or too new."""
    from maoc_tui.store import driver

    try:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if names and not (ours and "meta" in names):
            raise StoreProblem(f"{path} is a database of another program; it was left as it is.", _OTHER_FILE)
        if schema > newest:
            raise StoreProblem(
                f"{path} was written by a newer maoc-tui (schema {schema}; this one knows {newest}).",
                "Update this program, or choose another file with --db.",
            )
        if names and path.stat().st_size <= CHEAP_BYTES:
            look_for_damage(connection, path)
    except driver.module().Error as error:
        raise explain(error, path) from error
    return State(empty=not names, schema=schema)


def nothing_there(path: Path) -> StoreProblem:
    """What to say of a database that does not exist, or is an empty file."""
    return StoreProblem(
        f"There is no database {path}.", "Make it with: maoc init, or choose another with --db."
    )


def look_for_damage(connection: Any, path: Path) -> None:
    """Read every page (about 1 s per GB); StoreProblem at the first damage."""
    sealed = (
        connection.execute("PRAGMA cipher_integrity_check").fetchone() if keyring.encrypted(path) else None
    )
    if sealed or connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise StoreProblem(
            f"The database {path} is damaged.",
            "Copy the file and its -wal away first, then restore the newest backup.",
        )


def network_kind(path: Path, mounts: str) -> str:
    """The file system type under ``path`` when it is a network or shared one, else "".

    ``mounts`` is the text of /proc/self/mountinfo (man 5 proc).
    """
    target, best, kind = str(path), -1, ""
    for line in mounts.splitlines():
        head, _, tail = line.partition(" - ")
        fields = head.split(" ")
        if len(fields) < 5 or not tail:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), tail.split(" ")[0]
    shared = kind in _NETWORK or (kind.startswith("fuse.") and kind != "fuse.lxcfs")
    return kind if shared else ""


def _refuse_network(path: Path, mounts: str) -> None:
    kind = network_kind(path.resolve(), mounts)
    if kind:
        raise StoreProblem(
            f"{path} lies on a network or shared file system ({kind}), where a shared database gets damaged.",
            "Choose a folder on a local disk with --db.",
        )


def mounted() -> str:
    """What is mounted where: the text of /proc/self/mountinfo; "" on systems without."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _create(path: Path, create: bool) -> None:
    if not create:
        raise nothing_there(path)
    missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _refuse_what_is_no_file(path: Path, key: bytes | None) -> None:
    if not path.is_file():
        raise StoreProblem(f"{path} is not a file.", _OTHER_FILE)
    if key is None and keyring.encrypted(path):
        if keyring.file_of(path).exists():
            raise StoreProblem(f"The record {path} is encrypted.", "Sign in with: maoc signin LOGIN")
        raise StoreProblem(
            f"{path} is not a database, or it is encrypted and its keys file is missing.",
            "Choose another file with --db, or put back the keys file of the newest backup.",
        )


def _refuse_read_only(path: Path) -> None:
    for what, name in ((path, "file"), (path.parent, "folder")):
        if not os.access(what, os.W_OK):
            raise StoreProblem(
                f"The {name} {what} may only be read here, and the record must be written.",
                "Have its owner give you write access, or choose another file with --db.",
            )


def _make_private(path: Path) -> None:
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        try:
            if stat.S_IMODE(file.stat().st_mode) & 0o077:
                file.chmod(0o600)
        except FileNotFoundError:
            continue
        except PermissionError:
            raise StoreProblem(
                f"Others on this machine can read {file}, and it is not yours to close.",
                f"Have its owner run: chmod 600 {file}",
            ) from None


def _file_problem(path: Path, error: OSError) -> StoreProblem:
    if isinstance(error, PermissionError):
        return StoreProblem(f"You may not use {path}.", "Choose another file with --db, or ask its owner.")
    return StoreProblem(f"{path} cannot be used ({error.strerror}).", "Choose another file with --db.")
