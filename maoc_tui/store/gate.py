"""The gate as SQL: connections on which a viewer's partner cannot read what it may not see, however asked.

Each governed table has a temporary view of its own name, which SQLite finds before the table; an authorizer
lets the table itself be read only from within the view below that one. That view has a name nobody knows: the
authorizer is told only the name of the innermost view *or common table expression*, so a name that could be
guessed could be borrowed. The rule is that of domain.gate, which a property test holds it to.

Who is looking comes with each transaction, through functions that SQLite evaluates once per statement; so one
pool of connections serves every viewer and each grant, release or recall counts from its commit on.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from maoc_tui.domain.gate import GateContext
from maoc_tui.store import driver
from maoc_tui.store.gate_tables import OPEN
from maoc_tui.store.gate_views import statements

_EXPLAIN = re.compile(r"(?:\s|;|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$))*explain\b", re.IGNORECASE | re.DOTALL)
_PRAGMAS = {("data_version", None)}
BEGIN = ("BEGIN",)
"""A viewer's connection is read-only from its first moment; a pragma here would expire every prepared statement."""
_FUNCTIONS = frozenset({
    "abs", "aggregate_strings", "avg", "ceil", "coalesce", "concat", "concat_ws", "count", "cume_dist",
    "date", "datetime", "dense_rank", "first_value", "floor", "glob", "group_concat", "hex", "ifnull",
    "iif", "instr", "julianday", "lag", "last_value", "lead", "length", "like", "lower", "ltrim", "max",
    "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "quote", "rank", "replace", "round",
    "row_number", "rtrim", "sign", "strftime", "string_agg", "substr", "substring", "sum", "time", "total",
    "trim", "typeof", "unicode", "unixepoch", "upper",
})  # fmt: skip
"""SQL functions a statement on a viewer's connection may use; none of them reaches a file or a schema."""


class Seat:
    """Who looks through one connection now; nobody between two transactions, who sees nothing."""

    def __init__(self) -> None:
        self.contexts: tuple[GateContext, ...] = ()
        self.views: frozenset[str] = frozenset()
        """The views from within which the tables may be read."""

    def value(self, place: int, name: str) -> Any:
        """One value of the context at ``place``; None, which matches nothing, when there is none."""
        return getattr(self.contexts[place], name) if place < len(self.contexts) else None


def engine(path: Path, key: bytes | None, viewers: int) -> Engine:
    """An engine whose connections show what all of ``viewers`` (1, or 2 while one looks as another) may see."""
    made = driver.engine(path, key, factory=_gated_connection())

    def seat_taken(connection: Any, _record: Any) -> None:
        _prepare(connection, viewers)

    event.listen(made, "connect", seat_taken)
    return made


@contextmanager
def seated(conn: Connection, contexts: tuple[GateContext, ...]) -> Iterator[Connection]:
    """Let these look through a connection of ``engine`` for the length of one transaction."""
    held: Any = conn.connection.driver_connection
    held.seat.contexts = contexts
    try:
        yield conn
    finally:
        held.seat.contexts = ()


def _gated_connection() -> type[Any]:
    """A connection of the driver that has a seat, and whose cursors do not explain how a statement runs."""
    module = driver.module()

    class GatedCursor(module.Cursor):  # type: ignore[name-defined,misc]
        def execute(self, sql: str, *given: Any) -> Any:
            # A plan names the inner views; whoever knows the name of one can borrow it.
            if _EXPLAIN.match(sql):
                raise module.DatabaseError("not authorized")
            return super().execute(sql, *given)

    class GatedConnection(module.Connection):  # type: ignore[name-defined,misc]
        def __init__(self, *args: Any, **given: Any) -> None:
            super().__init__(*args, **given)
            self.seat = Seat()

        def cursor(self, factory: Any = GatedCursor) -> Any:
            return super().cursor(factory)

    return GatedConnection


def _prepare(connection: Any, viewers: int) -> None:
    """Lay the views over the tables, then close everything else. Runs once per connection."""
    seat: Seat = connection.seat
    for name, sql_name in _VALUES.items():
        connection.create_function(sql_name, 1, _reader(seat, name), deterministic=True)
    connection.create_function("gate_named", 1, _named(seat), deterministic=True)
    tables: dict[str, list[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        tables.setdefault(table, []).append(column)
    views = statements(tables, f"v{secrets.token_hex(16)}_", viewers)
    for sql in views.sql:
        connection.execute(sql)
    seat.views = views.inner
    connection.execute("PRAGMA query_only=ON")
    connection.set_authorizer(_authorizer(seat, views.inner | views.outer))


_COLUMNS = """
    SELECT m.name, c.name FROM main.sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' ORDER BY m.name, c.cid
"""
_VALUES = {
    "partner": "gate_partner",
    "reads": "gate_reads",
    "named_from_ms": "gate_named_from",
    "now_ms": "gate_now",
    "traffic": "gate_traffic",
    "feeds": "gate_feeds",
    "partners": "gate_partners",
    "directory": "gate_directory",
}


def _reader(seat: Seat, name: str) -> Any:
    return lambda place: seat.value(place, name)


def _named(seat: Seat) -> Any:
    """The partner's code as it stands in a list of those a statement is released to."""

    def named(place: int) -> str | None:
        partner = seat.value(place, "partner")
        return f",{partner}," if partner else None

    return named


def _authorizer(seat: Seat, views: frozenset[str]) -> Any:
    module = driver.module()
    passed = {
        module.SQLITE_SELECT, module.SQLITE_RECURSIVE, module.SQLITE_TRANSACTION, module.SQLITE_SAVEPOINT,
    }  # fmt: skip
    ok, denied = int(module.SQLITE_OK), int(module.SQLITE_DENY)

    read, function, inner = int(module.SQLITE_READ), int(module.SQLITE_FUNCTION), seat.views

    def judge(action: int, one: Any, two: Any, schema: Any, source: Any) -> int:
        # Called for every column of every view a statement names: reads come first.
        if action == read:
            return (
                ok
                if source in inner or (one in views if schema == "temp" else _open(one, source))
                else denied
            )
        if action in passed:
            return ok
        if action == function:
            known = two.lower() in _FUNCTIONS or (source in inner and two.startswith("gate_"))
            return ok if known else denied
        if action == module.SQLITE_PRAGMA:
            return ok if (one, two) in _PRAGMAS else denied
        return denied

    return judge


def _open(table: str, source: str | None) -> bool:
    return table in OPEN and source is None
