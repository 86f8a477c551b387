"""The SQLite underneath: which library, and how every connection is set up before its first statement.

sqlcipher3 brings a recent SQLite of its own (without a key it is plain SQLite). Versions before 3.51.3 can
corrupt a database in WAL mode that several processes write (sqlite.org/wal.html, "WAL-reset bug"), so the
standard library's is used only where it is new enough.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from maoc_tui.problems import StoreProblem

BUSY_S = 5.0
"""How long a statement waits for another writer before it gives up."""

OLDEST = (3, 51, 3)
"""The first SQLite without the WAL-reset bug."""

_STATEMENTS = 400
"""Prepared statements a connection keeps. The views of the gate alone are more than the driver's usual hundred, and a
full cache drops the newest: every statement of a viewer would be prepared anew in each transaction."""
READ = ("PRAGMA query_only=ON", "BEGIN")
WRITE = ("PRAGMA query_only=OFF", "PRAGMA synchronous=FULL", "BEGIN IMMEDIATE")
WRITE_TRAFFIC = ("PRAGMA query_only=OFF", "PRAGMA synchronous=NORMAL", "BEGIN IMMEDIATE")
"""Traffic can be read from its source again; a decision cannot, so only traffic may do without the fsync."""

_SETUP = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA secure_delete=FAST",
    "PRAGMA temp_store=MEMORY",
)
"""What is overwritten goes with its page, temporary tables stay in memory: nothing is left beside the record."""


@lru_cache(maxsize=1)
def module() -> ModuleType:
    """The DBAPI module to use; StoreProblem when none is safe."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        return checked(sqlite3)
    return checked(dbapi2)


def checked(candidate: ModuleType) -> ModuleType:
    """``candidate`` when its SQLite is new enough, else StoreProblem."""
    if candidate.sqlite_version_info < OLDEST:
        raise StoreProblem(
            f"The SQLite library here is {candidate.sqlite_version}; before 3.51.3 it can damage a database.",
            "Install the sqlcipher3 package, or a Python with a newer SQLite.",
        )
    return candidate


def connect(path: Path, key: bytes | None = None, factory: type[Any] | None = None) -> Any:
    """A bare DBAPI connection that creates nothing and changes nothing by itself; any thread may use it.

    ``key`` (32 bytes) opens an encrypted record. A wrong one shows at the first read (SQLITE_NOTADB).
    ``factory`` is the class of the connection, the module's own when not given.
    """
    connection = module().connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
        factory=factory or module().Connection,
    )
    # First of all: the library reports errors on the stream the screen is drawn on.
    connection.execute("PRAGMA cipher_log_level=NONE")
    if key is not None:
        _unlock(connection, key)
    return connection


def _unlock(connection: Any, key: bytes) -> None:
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        connection.close()
        raise StoreProblem(
            "The record is encrypted and the SQLite library here cannot read such files.",
            "Install the sqlcipher3 package.",
        )
    connection.execute(f'PRAGMA key="{literal(key)}"')


def literal(key: bytes) -> str:
    """A raw 256-bit key as SQLCipher writes it; no passphrase is ever given to the library itself."""
    if len(key) != 32:
        raise ValueError("a database key has 32 bytes")
    return f"x'{key.hex()}'"


def engine(path: Path, key: bytes | None = None, factory: type[Any] | None = None) -> Engine:
    """An engine on an existing file: WAL, explicit transactions, no parameters in error texts."""
    made = create_engine(
        "sqlite://",
        module=module(),
        creator=lambda: connect(path, key, factory),
        poolclass=_pool(),
        pool_size=4,
        max_overflow=12,
        pool_use_lifo=True,  # the connection whose statements are prepared
        pool_timeout=BUSY_S,
        hide_parameters=True,
    )
    event.listen(made, "connect", _set_up)
    event.listen(made, "begin", _begin)
    event.listen(made, "handle_error", _not_text)
    return made


def _not_text(context: Any) -> None:
    """Of a row whose text is none, raise UnicodeError: only that row is at fault, not the connection."""
    told = str(context.original_exception)
    if "Could not decode to UTF-8" in told:
        raise UnicodeError(told.partition(" with text")[0])


def _pool() -> type[Any]:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _set_up(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for statement in (*_SETUP, "PRAGMA journal_mode=WAL"):
        cursor.execute(statement)
    cursor.close()


def _begin(conn: Connection) -> None:
    """Start the transaction ourselves: the driver's own habit of deferring loses updates."""
    for statement in conn.get_execution_options().get("maoc_begin", READ):
        conn.exec_driver_sql(statement)
