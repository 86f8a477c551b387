"""What every record of a test run has in common, done once: SQL compiled for SQLite, and the tables made.

A test opens a record of its own, and to migrate it from nothing through Alembic takes longer than most tests. The
statements of the first are kept and said again to the others: the tables are those the migrations make, always.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Engine, event

from maoc_tui.store import driver, schema

_engine, _upgrade, _place = driver.engine, schema._upgrade, schema.MIGRATIONS
_first: list[Engine] = []
_said: list[tuple[str, Any]] = []


def begin() -> None:
    """From now on records share what they have in common."""
    driver.engine = _with_one_dialect
    schema._upgrade = _as_the_first_was


def _with_one_dialect(*arguments: Any, **options: Any) -> Engine:
    """An engine for which is already compiled what was compiled for any before it."""
    made = _engine(*arguments, **options)
    if _first and hasattr(_first[0].dialect, "server_version_info"):
        made.dialect = made.pool._dialect = _first[0].dialect
        made._compiled_cache = _first[0]._compiled_cache
    else:
        _first[:] = [made]
    return made


def _as_the_first_was() -> Callable[[Connection], None]:
    if _place != schema.MIGRATIONS:
        return _upgrade()

    def run(conn: Connection) -> None:
        if conn.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
            _upgrade()(conn)
        elif _said:
            with closing(conn.connection.cursor()) as cursor:
                for statement, parameters in _said:
                    cursor.execute(statement, parameters)
        else:
            _said[:] = _heard(conn)

    return run


def _heard(conn: Connection) -> list[tuple[str, Any]]:
    """Migrate an empty database and tell every statement that was said to it."""
    statements: list[tuple[str, Any]] = []

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        assert not many, "no migration writes many rows into a database that is empty"
        statements.append((statement, parameters))

    event.listen(conn, "before_cursor_execute", hear)
    try:
        _upgrade()(conn)
    finally:
        event.remove(conn, "before_cursor_execute", hear)
    return statements
