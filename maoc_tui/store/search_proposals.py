"""What may answer a search, by the index alone, the best first: read as the system, of hidden rows too.

It says of each record how well it may answer at best, so that the viewer's own connection (``store.search.told``)
need be asked of the first ones only. What is handed back goes there and nowhere else.
"""

# ruff: noqa: S608 – nothing here comes from outside: marks, and small numbers
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.domain.search import Quality, Wanted, Word, forgiving
from maoc_tui.problems import StoreProblem
from maoc_tui.store.search_index import WHOLE_LETTERS, documents, grams, whole_mark
from maoc_tui.store.search_sources import SOURCES

_LEAST_DIGITS = 4
"""An MMSI is found by so many of its first figures."""
_WAITING_MOST = 5000
"""Lines that a search looks at one by one where they could not be indexed."""
_JUST_WRITTEN = 1 << 62
"""Stands for the number of an entry that is not there yet."""
_AT_ONCE = 125
_ROWS = f"SELECT id, kind, row FROM search_entry WHERE record IN ({', '.join('?' * _AT_ONCE)})"
_HEARD = "SELECT key FROM contact WHERE key BETWEEN ? AND ?"


class Rank(NamedTuple):
    """Where a record stands among those that answer: how well, then what was entered last."""

    quality: int
    age: int
    """Minus the number of the newest entry of the index concerned."""
    record: str
    """Kind and id: ``target:…``."""


Row = tuple[str, str, int]
"""Table, id, and the number of its entry."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may answer a search."""

    bounds: Mapping[str, Sequence[Rank]]
    """By kind, in order: records in which every word may stand. None answers better than this, whoever looks."""
    _entries: Set[int]
    """Of the rows that may answer."""
    _others: Mapping[str, Sequence[Row]]
    """By record: rows that may answer and have no entry."""

    def rows(self, conn: Connection, some: Sequence[Rank]) -> Iterator[Row]:
        """The rows of some records that may answer. ``conn`` is the system's own."""
        for one in some:
            yield from self._others.get(one.record, ())
        for at in range(0, len(some), _AT_ONCE):
            records = [one.record for one in some[at : at + _AT_ONCE]]
            asked = (*records, *[None] * (_AT_ONCE - len(records)))
            yield from (
                (table, row, entry)
                for entry, table, row in conn.exec_driver_sql(_ROWS, asked).fetchall()
                if entry in self._entries
            )


@dataclass(slots=True)
class _Found:
    """Where one word may stand."""

    best: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By record: how well at best, and the newest entry."""
    entries: set[int] = field(default_factory=set)
    others: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, record: str, level: int, entry: int) -> None:
        known = self.best.get(record)
        self.best[record] = (level, entry) if known is None else (min(level, known[0]), max(entry, known[1]))

    def add_row(self, record: str, level: int, row: Row) -> None:
        self.add(record, level, row[2])
        self.others.setdefault(record, []).append(row)


def proposed(conn: Connection, wanted: Wanted) -> Proposals:
    """Records in which every word may stand. ``conn`` is the system's own."""
    by_word = [_of_word(conn, wanted, word) for word in wanted.words]
    waiting = _waiting(conn)
    bounds: dict[str, list[Rank]] = {}
    for record in set.intersection(*(set(one.best) for one in by_word)) | waiting.best.keys():
        several = [best for one in (*by_word, waiting) if (best := one.best.get(record))]
        bounds.setdefault(record.partition(":")[0], []).append(_bound(record, several))
    for some in bounds.values():
        some.sort()
    others: dict[str, list[Row]] = {}
    for one in (*by_word, waiting):
        for record, rows in one.others.items():
            others.setdefault(record, []).extend(rows)
    return Proposals(bounds, set().union(*(one.entries for one in by_word)), others)


def _bound(record: str, by_word: Sequence[tuple[int, int]]) -> Rank:
    """A record is as good as the worst of its words, and the best where a text of it is all that was typed."""
    levels = [level for level, _ in by_word]
    return Rank(max(levels) if min(levels) else 0, -max(entry for _, entry in by_word), record)


def _of_word(conn: Connection, wanted: Wanted, word: Word) -> _Found:
    found, slips = _Found(), _slips(word)
    level, given = _level(wanted, word)
    query = " OR ".join(way for form in word.forms for way in _ways(form))
    rows = conn.exec_driver_sql(
        f"""SELECT e.record, {level}, e.id
            FROM search_index JOIN search_entry e ON e.id = search_index.rowid WHERE search_index MATCH ?""",
        (*given, query),
    ).fetchall()
    for record, said, entry in rows:
        if isinstance(said, str):
            if slips.search(said) is None:
                continue
            said = int(Quality.NEAR)
        found.add(record, said, entry)
        found.entries.add(entry)
    for key, sure in _keys(conn, word):
        said = int(Quality.IDENTIFIER if sure else Quality.BEGINNING)
        found.add_row(f"contact:{key}", said, ("contact", str(key), 0))
    return found


def _level(wanted: Wanted, word: Word) -> tuple[str, list[str]]:
    """How well a row may answer, in SQL over the index, with its values; its words where that is not settled."""
    if any(len(text) > WHOLE_LETTERS for text in wanted.whole):
        return "0", []  # so long a text has no mark of its own
    steps = [(0, whole_mark(text)) for text in sorted(wanted.whole)]
    steps += [(int(Quality.WORDS), f"<{form}>") for form in word.forms]
    steps += [(int(Quality.BEGINNING), f"<{form}") for form in word.forms if len(form) > 1]
    steps += [(int(Quality.INSIDE), form) for form in word.forms if len(form) > 2]
    cases = " ".join(f"WHEN instr(body, ?) THEN {level}" for level, _ in steps)
    return f"CASE {cases} ELSE body END", [text for _, text in steps]


def _slips(word: Word) -> re.Pattern[str]:
    """Finds in an entry a word that is one of the forms with one letter wrong (``search_words.near``)."""
    letter, ways = "[^<> ]", ["(?!)"]
    for form in word.forms:
        if forgiving(form):
            cuts = [(form[:at], form[at:]) for at in range(len(form) + 1)]
            ways += [f"{one}{letter}{rest}" for one, rest in cuts]
            ways += [f"{one}{letter}?{rest[1:]}" for one, rest in cuts if rest]
            ways += [f"{one}{rest[1]}{rest[0]}{rest[2:]}" for one, rest in cuts if len(rest) > 1]
    return re.compile(f"<(?:{'|'.join(ways)})>")


def _ways(form: str) -> Iterator[str]:
    """What the index is asked so that every word that answers to ``form`` is among what it proposes.

    A word with one letter wrong begins with the first half, ends with the second, or has the two letters at the
    seam exchanged.
    """
    if len(form) < 3:
        yield _all(f"<{form}>" if len(form) == 1 else f"<{form}")
    else:
        yield _all(form)
    if forgiving(form):
        seam = len(form) // 2
        yield _all(f"<{form[:seam]}")
        yield _all(f"{form[seam:]}>")
        yield _all(f"<{form[: seam - 1]}{form[seam]}{form[seam - 1]}{form[seam + 1 :]}>")


def _all(text: str) -> str:
    return "(" + " AND ".join(f'"{gram}"' for gram in grams(text)) + ")"


def _keys(conn: Connection, word: Word) -> Iterator[tuple[int, bool]]:
    """Contacts heard that a number names, and whether it is all of theirs."""
    for form in word.forms:
        for first, last in _spans(form):
            for (key,) in conn.exec_driver_sql(_HEARD, (first, last)):
                yield key, first == last


def _spans(form: str) -> Iterator[tuple[int, int]]:
    """The contact keys that a number names: an MMSI or its first figures, an ICAO address."""
    if form.isascii() and form.isdigit() and _LEAST_DIGITS <= len(form) <= 9:
        scale = 10 ** (9 - len(form))
        first = contact_key(Space.AIS, int(form) * scale)
        yield first, first + scale - 1
    if len(form) == 6 and all(c in "0123456789abcdef" for c in form):
        for space in (Space.ICAO, Space.OTHER_HEX):
            key = contact_key(space, int(form, 16))
            yield key, key


def _waiting(conn: Connection) -> _Found:
    """Rows that could not be indexed: they are looked at first, whatever is looked for.

    Raises StoreProblem where they are too many: nothing is left out in silence.
    """
    found = _Found()
    waiting = conn.exec_driver_sql(
        "SELECT kind, row FROM search_due LIMIT ?", (_WAITING_MOST + 1,)
    ).fetchall()
    if len(waiting) > _WAITING_MOST:
        raise StoreProblem(
            f"More than {_WAITING_MOST:,} lines are not in the index of the search.",
            "Make it anew: maoc search --rebuild.",
        )
    for kind, row in waiting:
        names = [kind] if kind in SOURCES else [name for name, source in SOURCES.items() if source.marked]
        for name in names:
            for doc in documents(conn, name, (row,)):
                found.add_row(doc.record, 0, (name, doc.row, _JUST_WRITTEN))
    return found
