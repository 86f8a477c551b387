"""What a brief reads beside what the lists read: statements by their ids, places with who said them, releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, Table, Text, bindparam, or_, select, type_coerce

from maoc_tui.domain.gate import Released, Statement
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import reference
from maoc_tui.problems import BadInput
from maoc_tui.store.gate_tables import GOVERNED
from maoc_tui.store.markings import COLUMNS, marking_of
from maoc_tui.store.operation_tables import LogLineTable
from maoc_tui.store.release_tables import RecallTable, ReleaseTable
from maoc_tui.store.schema import metadata
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets import FACT, TARGET
from maoc_tui.store.targets_listing import alive

_RELEASE, _RECALL = table(ReleaseTable), table(RecallTable)
_AT_ONCE = 5_000
FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, BadInput)
"""What a row that holds something impossible comes to when it is read or told; text that is none is a ValueError."""


class Corrected(NamedTuple):
    """A statement of identity that took the place of another, or withdrew it."""

    ref: str
    """T-0417."""
    id: UUID
    attribute: str
    value: str
    withdrawal: bool
    at_ms: int
    old_id: UUID
    old_value: str


@dataclass(frozen=True, slots=True)
class Granted:
    """A release of one statement to the reader, with the condition it came under."""

    released: Released
    kind: str
    condition: str


def numbers(conn: Connection, name: str) -> list[int]:
    """The numbers of the rows of a numbered table that this connection shows, ascending."""
    column = _table(name).c.number
    return [int(number) for number in conn.execute(select(column).order_by(column)).scalars()]


def target_ids(conn: Connection, since_ms: int) -> dict[str, int]:
    """Id to number of the targets that are open, or were changed since."""
    query = select(type_coerce(TARGET.c.id, Text), TARGET.c.number).where(alive(since_ms))
    return {row[0]: row[1] for row in conn.execute(query)}


_MARKED = slice(2, 2 + len(COLUMNS))
"""Where the columns of the marking stand in a row that _rows reads."""
Rows = Callable[[str, Collection[str]], Iterable[Any]]
Marks = Callable[[str, Any], Marking | None]
Above = tuple[tuple[str, str], ...]
"""Table and id of each row that one is a line of."""


def statements(
    conn: Connection, wanted: Mapping[str, Collection[str]], faults: dict[str, str] | None = None
) -> dict[str, Statement]:
    """Statements by id, each with what it is a line of, as far as this connection shows them; table to ids wanted.

    One that cannot be read is left out: into ``faults`` goes its id with what is wrong. First all at once are read,
    and only where that fails one by one.
    """
    try:
        return _linked(
            lambda name, ids: _rows(conn, name, ids), lambda _, row: marking_of(*row[_MARKED]), wanted
        )
    except FAULTS:
        broken: dict[str, str] = {} if faults is None else faults
        return _linked(
            lambda name, ids: _one_by_one(conn, name, ids, broken),
            lambda identifier, row: _marked(identifier, row, broken),
            wanted,
        )


def _one_by_one(conn: Connection, name: str, ids: Collection[str], faults: dict[str, str]) -> Iterator[Any]:
    for identifier in ids:
        try:
            yield from _rows(conn, name, {identifier})
        except FAULTS as fault:
            faults[identifier] = type(fault).__name__


def _marked(identifier: str, row: Any, faults: dict[str, str]) -> Marking | None:
    """The marking of a row; None, and the fault kept, where nobody can say what it is."""
    try:
        return marking_of(*row[_MARKED])
    except FAULTS as fault:
        faults[identifier] = type(fault).__name__
        return None


def _linked(read: Rows, mark: Marks, wanted: Mapping[str, Collection[str]]) -> dict[str, Statement]:
    """Statements of their rows, with the rows they are lines of."""
    rows: dict[str, tuple[str, Any, Above]] = {}
    waiting = {name: set(ids) for name, ids in wanted.items() if name in GOVERNED}
    while waiting:
        name, ids = waiting.popitem()
        for row in read(name, ids - rows.keys()):
            above = _above(name, row)
            rows[_dashed(row[0])] = name, row, above
            for kind, one in above:
                if one not in rows:
                    waiting.setdefault(kind, set()).add(one)
    made: dict[str, Statement] = {}
    for identifier in rows:
        _made(identifier, rows, mark, made)
    return made


def _rows(conn: Connection, name: str, ids: Collection[str]) -> Iterable[Any]:
    """Rows by the digits of their ids: no UUID is made of any."""
    every = sorted(one.replace("-", "") for one in ids)
    for at in range(0, len(every), _AT_ONCE):
        yield from conn.execute(_query(name), {"ids": every[at : at + _AT_ONCE]}).fetchall()


@lru_cache(maxsize=64)
def _query(name: str) -> Select[Any]:
    """Id, when recorded, marking and what it is a line of, of the rows of a table with these ``ids``."""
    kind, source = GOVERNED[name], _table(name)
    key, marks = type_coerce(source.c.id, Text), (source.c[mark] for mark in COLUMNS)
    above = (type_coerce(source.c[one.column], Text).label(one.column) for one in kind.line_of)
    query = select(key.label("id"), source.c[kind.recorded].label("recorded"), *marks, *above)
    return query.where(key.in_(bindparam("ids", expanding=True)))


@lru_cache(maxsize=64)
def _table(name: str) -> Table:
    return metadata().tables[name]


@lru_cache(maxsize=32_768)
def _dashed(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _made(
    identifier: str, rows: Mapping[str, tuple[str, Any, Above]], mark: Marks, made: dict[str, Statement]
) -> Statement | None:
    """A statement of its row; None when it, or what it is a line of, is not shown or cannot be read."""
    known = made.get(identifier)
    if known is not None or identifier not in rows:
        return known
    name, row, above = rows[identifier]
    parents = tuple([one for _, at in above if (one := _made(at, rows, mark, made)) is not None])
    marking = mark(identifier, row)
    if marking is None or len(parents) < len(above):
        return None
    statement = made[identifier] = Statement(identifier, marking, row[1], parents, name)
    return statement


def _above(name: str, row: Any) -> Above:
    """Table and id of each row that one of ``name`` is a line of."""
    return _lines_of(name, row[_MARKED.stop :]) if GOVERNED[name].line_of else ()


@lru_cache(maxsize=32_768)
def _lines_of(name: str, digits: tuple[str | None, ...]) -> Above:
    named = zip(GOVERNED[name].line_of, digits, strict=True)
    return tuple((one.table, _dashed(of)) for one, of in named if of is not None)


def granted(conn: Connection, partner: str) -> dict[str, list[Granted]]:
    """Statement to every release of it to a partner, recalled ones too, as far as this connection shows them."""
    query = (
        select(_RELEASE, _RECALL.c.entered_ms.label("recalled_ms"))
        .outerjoin(_RECALL, _RECALL.c.release_id == _RELEASE.c.id)
        .where(_RELEASE.c.partner == partner)
        .order_by(_RELEASE.c.seq)
    )
    found: dict[str, list[Granted]] = defaultdict(list)
    for row in conn.execute(query):
        made = Released(
            str(row.statement_id),
            row.partner,
            row.from_ms,
            row.until_ms,
            row.recalled_ms,
            f"R-{row.number:04d}",
            row.approved_partner,
        )
        found[made.statement].append(Granted(made, row.statement_kind, row.condition))
    return found


def logged_since(conn: Connection, since_ms: int) -> list[UUID]:
    """Operations of whose log this connection shows a line that was entered, or happened, since."""
    line = table(LogLineTable)
    recent = or_(line.c.entered_ms >= since_ms, line.c.at_ms >= since_ms)
    return list(conn.execute(select(line.c.operation_id).where(recent).distinct()).scalars())


def corrected(conn: Connection, since_ms: int) -> list[Corrected]:
    """Statements of identity entered since that took the place of another one this connection shows."""
    old = FACT.alias("old")
    query = (
        select(
            TARGET.c.number, FACT.c.id, FACT.c.attribute, FACT.c.value, FACT.c.withdrawal, FACT.c.entered_ms,
            old.c.id, old.c.value,
        )
        .join(old, old.c.id == FACT.c.replaces)
        .join(TARGET, TARGET.c.id == FACT.c.target_id)
        .where(FACT.c.replaces.is_not(None), FACT.c.entered_ms >= since_ms)
        .order_by(FACT.c.seq)
    )  # fmt: skip
    return [Corrected(reference(row[0]), *row[1:]) for row in conn.execute(query)]
