"""Finding: the index proposes rows (``search_proposals``), the viewer's own connection says what they tell.

``told`` reads through the gate, so what is hidden, or shown in another wording, answers with what is shown.
"""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns of search_sources, and marks
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from maoc_tui.domain.contacts import Space, number_of, parse_key, space_of
from maoc_tui.domain.search import Line
from maoc_tui.store.markings import COLUMNS
from maoc_tui.store.search_sources import RECORDS, SOURCES, Source

_SIZES = (8, 64, 250, 900)
"""How many rows one statement asks for: few forms of it, so that it need not be prepared anew each time."""
_DIGITS = 12
"""A reference has no more figures."""


class Told(NamedTuple):
    """One text of a record, as the viewer is shown it."""

    record: tuple[str, str]
    """Kind and id."""
    table: str
    row: str
    when_ms: int
    mark: tuple[str, ...] | None
    """The columns of its own marking; None where it has none."""
    line: Line


def told(conn: Connection, rows: Mapping[str, Collection[str]]) -> Iterator[Told]:
    """What the viewer of a connection is shown of some rows (table -> ids); nothing of those that are hidden."""
    for name in sorted(rows):
        for some in _chunks(sorted(rows[name])):
            yield from _numbers(conn, some) if name == "contact" else _texts(conn, SOURCES[name], some)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str | None]]:
    """Ids in few sizes, filled up with what names no row."""
    for at in range(0, len(ids), _SIZES[-1]):
        some = ids[at : at + _SIZES[-1]]
        size = next(size for size in _SIZES if size >= len(some))
        yield (*some, *[None] * (size - len(some)))


def _texts(conn: Connection, source: Source, rows: Sequence[str | None]) -> Iterator[Told]:
    marks = [f"t.{column}" for column in COLUMNS] if source.marked else []
    own = RECORDS[source.record]
    number = f"t.{own.number}" if own.table == source.table and own.prefix else "NULL"
    shown = [
        "t.id", source.owner, source.when, number, source.identifier, *marks, *(f"t.{c}" for c in source.texts)
    ]  # fmt: skip
    only = f"{source.only} AND " if source.only else ""
    query = (
        f"SELECT {', '.join(shown)} FROM {source.table} t WHERE {only}t.id IN ({', '.join('?' * len(rows))})"
    )
    for row, owner, when, numbered, identifier, *rest in conn.exec_driver_sql(
        query, tuple(rows)
    ).cursor.fetchall():
        if owner is None:
            continue
        mark = tuple(rest[: len(marks)]) if marks else None
        lines = [Line(str(text), source.names, bool(identifier)) for text in rest[len(marks) :] if text]
        if numbered is not None:
            lines.append(Line(f"{own.prefix}-{numbered:04d}", identifier=True))
        for line in dict.fromkeys(lines):
            yield Told((source.record, str(owner)), source.table, str(row), int(when or 0), mark, line)


def _numbers(conn: Connection, keys: Sequence[str | None]) -> Iterator[Told]:
    query = f"SELECT key, coalesce(time, 0) FROM contact WHERE key IN ({', '.join('?' * len(keys))})"
    for key, when in conn.exec_driver_sql(query, tuple(key and int(key) for key in keys)):
        number = number_of(key)
        text = f"{number:09d}" if space_of(key) is Space.AIS else f"{number:06x}"
        yield Told(("contact", str(key)), "contact", str(key), when, None, Line(text, identifier=True))


def replaced(conn: Connection, rows: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
    """Which of some rows (table -> ids) a later row, seen by the viewer too, corrects or withdraws."""
    found: set[tuple[str, str]] = set()
    for name, some in rows.items():
        if name in SOURCES and SOURCES[name].gone != "0" and some:
            marks = ", ".join("?" * len(some))
            query = f"SELECT t.id FROM {name} t WHERE t.id IN ({marks}) AND {SOURCES[name].gone}"
            found.update((name, str(row)) for (row,) in conn.exec_driver_sql(query, tuple(some)))
    return found


def heads(conn: Connection, kind: str, ids: Sequence[str]) -> dict[str, Any]:
    """The record's own line (a row of its table) by id, as far as the viewer sees it."""
    record, found = RECORDS[kind], {}
    for some in _chunks(ids):
        marks = ", ".join("?" * len(some))
        query = f"SELECT * FROM {record.table} t WHERE t.{record.key} IN ({marks})"
        for row in conn.exec_driver_sql(query, tuple(some)):
            found[str(getattr(row, record.key))] = row
    return found


def names_record(ref: str) -> bool:
    """Whether a reference is of a kind that ``by_ref`` looks up."""
    return _kind(ref) != ""


def by_ref(conn: Connection, refs: Sequence[str]) -> dict[str, tuple[str, Any]]:
    """Kind and own line (a row of its table) of records by reference, as far as the connection shows them."""
    found: dict[str, tuple[str, Any]] = {}
    for ref in refs:
        kind = _kind(ref)
        if not kind:
            continue
        record = RECORDS[kind]
        value = parse_key(ref) if ":" in ref else int(ref.partition("-")[2])
        column = record.key if ":" in ref else record.number
        row = conn.exec_driver_sql(f"SELECT * FROM {record.table} t WHERE t.{column} = ?", (value,)).first()
        if row is not None:
            found[ref] = (kind, row)
    return found


def _kind(ref: str) -> str:
    """The kind of record a reference is of; "" for none that has a prefix or is a contact."""
    if ":" in ref:
        return "contact"
    prefix, _, digits = ref.partition("-")
    numbered = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    known = (kind for kind, one in RECORDS.items() if prefix and one.prefix == prefix)
    return next(known, "") if numbered else ""
