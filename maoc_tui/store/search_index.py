"""Keeping the search index: triggers note which rows were written, and each write transaction ends by indexing them.

What could not be indexed stays noted, and a search looks at it all the same; no act of an officer is lost over it.
"""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns of search_sources, and marks
from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from maoc_tui.domain.search_words import joined, words
from maoc_tui.store.search_sources import RECORDS, SOURCES, Source

_CHUNK = 500
WHOLE_LETTERS = 40
"""A text of no more letters has a mark of its own in the index: so one that is just what was typed comes first."""
_DUE = "SELECT seq, kind, row FROM search_due ORDER BY seq LIMIT 20000"


class Document(NamedTuple):
    """What stands in the index for one row."""

    row: str
    record: str
    body: str

    @property
    def digest(self) -> str:
        """Of everything in it."""
        return blake2b(f"{self.record}\n{self.body}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Flaws:
    """In what the index is not what the record says."""

    missing: int
    stale: int
    left_over: int
    waiting: int
    broken: bool

    @property
    def sound(self) -> bool:
        """Whether a search finds all there is."""
        return not (self.missing or self.stale or self.left_over or self.waiting or self.broken)


def settle(conn: Connection) -> None:
    """Index what was written; call it last in a write transaction. What fails stays noted."""
    try:
        while conn.exec_driver_sql("SELECT 1 FROM search_due LIMIT 1").first() is not None:
            with conn.begin_nested():
                _settle(conn)
    except SQLAlchemyError:
        return


def rebuild(conn: Connection) -> None:
    """Make the index anew from what stands in the record."""
    conn.exec_driver_sql("DELETE FROM search_index")
    conn.exec_driver_sql("DELETE FROM search_entry")
    conn.exec_driver_sql("DELETE FROM search_due")
    for name in SOURCES:
        rows = conn.exec_driver_sql(f"SELECT t.id FROM {name} t ORDER BY {SOURCES[name].when}, t.id")
        for found in _chunks([str(row) for (row,) in rows.fetchall()]):
            _write(conn, name, found, {})


def indexed(conn: Connection) -> int:
    """How many rows are indexed."""
    return int(conn.exec_driver_sql("SELECT count(*) FROM search_entry").scalar_one())


def flaws(conn: Connection) -> Flaws:
    """Compare every row with what was indexed of it; reads everything that can be found."""
    missing = stale = 0
    known = {
        (kind, row): digest
        for kind, row, digest in conn.exec_driver_sql("SELECT kind, row, digest FROM search_entry")
    }
    for name in SOURCES:
        for doc in documents(conn, name, None):
            told = known.pop((name, doc.row), None)
            missing += told is None
            stale += told not in (None, doc.digest)
    waiting = conn.exec_driver_sql("SELECT count(*) FROM search_due").scalar_one()
    held = conn.exec_driver_sql("SELECT count(*) FROM search_index_docsize").scalar_one()
    return Flaws(missing, stale, len(known), int(waiting), indexed(conn) != held)


def documents(conn: Connection, name: str, rows: Collection[str] | None) -> Iterator[Document]:
    """What is indexed of some rows of a table, all with None; a row with no words has no document."""
    source = SOURCES[name]
    released = _wordings(conn, source, rows)
    for row in conn.exec_driver_sql(_select(source, rows), tuple(rows or ())):
        said = [*row[3:], *released.get(str(row[0]), ())]
        if source.table == RECORDS[source.record].table and row[2] is not None:
            said.append(f"{RECORDS[source.record].prefix}-{row[2]:04d}")
        texts = [str(text) for text in said if text]
        found = dict.fromkeys(word for text in texts for word in words(text, True))
        if found and row[1] is not None:
            marks = dict.fromkeys(
                whole_mark(one) for text in texts if 0 < len(one := joined(text)) <= WHOLE_LETTERS
            )
            body = " ".join((*(f"<{word}>" for word in found), *marks))
            yield Document(str(row[0]), f"{source.record}:{row[1]}", body)


def whole_mark(text: str) -> str:
    """What stands in the index for a text that is these letters and nothing else."""
    return f"={text}="


def grams(text: str) -> list[str]:
    """Every three letters that follow each other."""
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _select(source: Source, rows: Collection[str] | None) -> str:
    own = RECORDS[source.record]
    number = f"t.{own.number}" if own.table == source.table and own.prefix else "NULL"
    texts = ", ".join(f"t.{column}" for column in source.texts)
    terms = [source.only] if source.only else []
    if rows is not None:
        terms.append(f"t.id IN ({', '.join('?' * len(rows))})")
    where = f" WHERE {' AND '.join(terms)}" if terms else ""
    ordered = f" ORDER BY {source.when}, t.id"
    return f"SELECT t.id, {source.owner}, {number}, {texts} FROM {source.table} t{where}{ordered}"


def _wordings(conn: Connection, source: Source, rows: Collection[str] | None) -> dict[str, list[str]]:
    """The wordings in which a statement was released: who sees it by a release is shown that text instead."""
    if not source.marked:
        return {}
    where = "" if rows is None else f" AND statement_id IN ({', '.join('?' * len(rows))})"
    query = f"SELECT statement_id, wording FROM \"release\" WHERE wording <> ''{where}"
    found: dict[str, list[str]] = {}
    for row, wording in conn.exec_driver_sql(query, tuple(rows or ())):
        found.setdefault(str(row), []).append(wording)
    return found


def _settle(conn: Connection) -> None:
    due = conn.exec_driver_sql(_DUE).fetchall()
    by_kind: dict[str, dict[str, None]] = {}
    for _, kind, row in due:
        for name in (kind,) if kind != "release" else [n for n, source in SOURCES.items() if source.marked]:
            by_kind.setdefault(name, {})[str(row)] = None
    for name in by_kind.keys() & SOURCES.keys():
        for rows in _chunks(list(by_kind[name])):
            _write(conn, name, rows, _entries(conn, name, rows))
    conn.exec_driver_sql("DELETE FROM search_due WHERE seq <= ?", (due[-1][0],))


def _entries(conn: Connection, name: str, rows: Sequence[str]) -> dict[str, tuple[int, str]]:
    marks = ", ".join("?" * len(rows))
    query = f"SELECT row, id, digest FROM search_entry WHERE kind = ? AND row IN ({marks})"
    return {row: (at, digest) for row, at, digest in conn.exec_driver_sql(query, (name, *rows))}


def _write(conn: Connection, name: str, rows: Sequence[str], known: dict[str, tuple[int, str]]) -> None:
    """Bring entries and index of some rows up to what they say now."""
    for doc in documents(conn, name, rows):
        at, digest = known.pop(doc.row, (None, ""))
        if digest == doc.digest:
            continue
        if at is None:
            made = conn.exec_driver_sql(
                "INSERT INTO search_entry (kind, row, record, digest) VALUES (?, ?, ?, ?)",
                (name, doc.row, doc.record, doc.digest),
            )
            at = made.lastrowid
        else:
            conn.exec_driver_sql(
                "UPDATE search_entry SET record = ?, digest = ? WHERE id = ?", (doc.record, doc.digest, at)
            )
        conn.exec_driver_sql(
            "INSERT OR REPLACE INTO search_index (rowid, body) VALUES (?, ?)", (at, doc.body)
        )
    for at, _ in known.values():
        conn.exec_driver_sql("DELETE FROM search_index WHERE rowid = ?", (at,))
        conn.exec_driver_sql("DELETE FROM search_entry WHERE id = ?", (at,))


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[at : at + _CHUNK] for at in range(0, len(rows), _CHUNK))
