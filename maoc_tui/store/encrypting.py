"""Giving a record another key (or its first): a whole copy, compared with the original row by row, takes its place.

The original stays beside it under another name until somebody takes it away. At no instant is there neither:
the copy replaces the file in one step of the file system, and the keys file opens both while that happens.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

from maoc_tui.problems import StoreProblem
from maoc_tui.store import driver, faults

Before = Callable[[], None]
"""Called when the copy is proven and before it takes the file's place."""


def convert(path: Path, old: bytes | None, new: bytes, kept: Path, before: Before) -> None:
    """Make the record at ``path`` one under the key ``new``; the original stays as ``kept``.

    Nobody else may have it open. Raises StoreProblem; the record is then as it was.
    """
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        with closing(driver.connect(path, old)) as source:
            _alone(source, path)
            _copy(source, fresh, new)
            with closing(driver.connect(fresh, new)) as copy:
                _compare(source, copy)
            before()
            os.link(path, kept)
            fresh.replace(path)
            _settle(path.parent)
    except driver.module().Error as error:
        raise faults.explain(error, path) from error
    except OSError as error:
        raise StoreProblem(
            f"The copy of {path} cannot be made ({error.strerror}); nothing was changed.",
            "Make room or give access to that folder, then do it again.",
        ) from None
    finally:
        fresh.unlink(missing_ok=True)


def _alone(source: Any, path: Path) -> None:
    """Take the record for this connection alone and fold its journal in; StoreProblem while others have it open."""
    source.execute("PRAGMA busy_timeout=1000")
    try:
        source.execute("PRAGMA locking_mode=EXCLUSIVE")
        mode = source.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        source.execute("BEGIN EXCLUSIVE")
        source.execute("COMMIT")
    except driver.module().Error as error:
        if faults.error_name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            mode = "wal"
        else:
            raise
    if mode != "delete":
        raise StoreProblem(
            f"The record {path} is open elsewhere: a screen, a feed or a command.",
            "End them all, then do it again.",
        )


def _copy(source: Any, fresh: Path, key: bytes) -> None:
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source.execute(f'ATTACH DATABASE ? AS fresh KEY "{driver.literal(key)}"', (str(fresh),))
    source.execute("SELECT sqlcipher_export('fresh')")
    for name in ("application_id", "user_version"):
        value = int(source.execute(f"PRAGMA main.{name}").fetchone()[0])
        source.execute(f"PRAGMA fresh.{name}={value}")
    source.execute("DETACH DATABASE fresh")
    handle = os.open(fresh, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _compare(source: Any, copy: Any) -> None:
    """Raise StoreProblem unless both hold the same tables, triggers and rows, and the copy is whole."""
    whole = not copy.execute("PRAGMA cipher_integrity_check").fetchall()
    whole = whole and copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    if not whole or contents(source) != contents(copy):
        raise StoreProblem(
            "The copy does not hold the same as the record; nothing was changed.",
            "Run maoc doctor, and check the disk.",
        )


def contents(connection: Any) -> dict[str, str]:
    """What a database holds, to compare: the text of its schema, and per table a digest of every row."""
    schema = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
    ).fetchall()
    found = {"": repr(schema)}
    for name in [row[1] for row in schema if row[0] == "table"]:
        digest = blake2b()
        quoted = '"' + str(name).replace('"', '""') + '"'
        for row in connection.execute(f"SELECT * FROM {quoted} NOT INDEXED"):  # noqa: S608  a name of the schema
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
        found[str(name)] = digest.hexdigest()
    return found


def _settle(folder: Path) -> None:
    """Make a change of names survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
