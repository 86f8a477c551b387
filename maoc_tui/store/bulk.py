"""Many rows at once: Core statements, compiled once, with plain tuples for the driver.

SQLAlchemy's own executemany costs about twice the driver's; a feed writes thousands of rows a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Table, case, insert
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 5_000
"""Numbers in one IN list; the standard library's SQLite takes at most 32,766 parameters."""


def many(
    conn: Connection, statement: Executable, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Run a Core statement once per row; ``columns`` name its parameters in the order of each tuple."""
    if not rows:
        return
    text, order, constants = _compiled(conn.dialect, statement, columns)
    if order is None:
        conn.exec_driver_sql(text, [constants | dict(zip(columns, row, strict=True)) for row in rows])
    elif order == columns:
        conn.exec_driver_sql(text, list(rows))
    else:
        extra = tuple(constants.values())
        place = {name: at for at, name in enumerate((*columns, *constants))}
        pick = itemgetter(*(place[name] for name in order))
        conn.exec_driver_sql(text, [pick(row + extra) for row in rows])


def add(conn: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows; ``columns`` in the order of each tuple."""
    many(conn, _insert(table), columns, rows)


def upsert(dialect: str, table: Table) -> Any:
    """An INSERT that can take ``on_conflict_do_update`` in the named dialect."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def fetch(conn: Connection, query: Executable, values: dict[str, Any]) -> list[Any]:
    """All rows of a query as the driver's own tuples; columns must be numbers, text or bytes as stored."""
    cursor: Any = conn.execute(query, values).cursor
    return list(cursor.fetchall())


def greater(one: Any, other: Any) -> Any:
    """The greater of two columns, neither of them NULL, on any database."""
    return case((one > other, one), else_=other)


def lesser(one: Any, other: Any) -> Any:
    """The lesser of two columns, neither of them NULL, on any database."""
    return case((one < other, one), else_=other)


def chunks(values: Sequence[int], size: int = CHUNK) -> Iterator[Sequence[int]]:
    """Consecutive slices of at most ``size``."""
    return (values[start : start + size] for start in range(0, len(values), size))


@lru_cache(maxsize=64)
def _insert(table: Table) -> Any:
    return insert(table)


@lru_cache(maxsize=256)
def _compiled(
    dialect: Dialect, statement: Any, columns: tuple[str, ...]
) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
    """The statement's text, the order of its parameters (None: by name), and those that are constants."""
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    constants = {name: value for name, value in compiled.params.items() if name not in columns}
    return str(compiled), tuple(compiled.positiontup) if compiled.positional else None, constants
