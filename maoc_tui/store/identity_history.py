"""What transmitters say of themselves: every value of every attribute with when it was first and last heard.

A value is cleaned once, here, and kept as received beside that where the two differ. Two ships that share a
number alternate between values for months: each value is one line, however often it comes back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Update, bindparam, func, select, update

from maoc_tui.domain.reports import NO_STATUS, Identity
from maoc_tui.domain.text import printable
from maoc_tui.store import bulk
from maoc_tui.store.changes import next_change
from maoc_tui.store.tables_traffic import Contact, ContactIdentity, Source, table

SHOWN = {
    "name": "name",
    "call_sign": "call_sign",
    "flight": "call_sign",
    "imo": "imo",
    "ship_type": "ship_type",
    "length_m": "length_m",
    "registration": "registration",
    "aircraft_type": "model",
    "destination": "destination",
}
"""Attributes whose newest value stands on the contact's row, and in which column."""

_CONTACT, _HISTORY, _SOURCE = table(Contact), table(ContactIdentity), table(Source)
_LIMITS = {"imo": 2**31 - 1, "ship_type": 2**15 - 1, "length_m": 10_000.0}
_MANY: BindParameter[int] = bindparam("many", expanding=True)
_HEARD = (
    select(
        _HISTORY.c.id,
        _HISTORY.c.key,
        _HISTORY.c.attribute,
        _HISTORY.c.value,
        _HISTORY.c.first_ms,
        _HISTORY.c.last_ms,
    )
    .where(_HISTORY.c.key.in_(_MANY))
    .order_by(_HISTORY.c.id)
)
_PRESENT = select(_CONTACT.c.key, _CONTACT.c.cls).where(_CONTACT.c.key.in_(_MANY))
_EXTEND = (
    update(_HISTORY)
    .where(_HISTORY.c.id == bindparam("line"))
    .values(first_ms=bindparam("first"), last_ms=bindparam("last"))
)
_NEW = ("key", "attribute", "value", "raw", "first_ms", "last_ms", "source_id")


@dataclass(slots=True)
class _Heard:
    """One value of one attribute of one contact, stored (``id``) or not yet."""

    id: int | None
    raw: str | None
    first: int
    last: int
    moved: bool
    """Whether the line differs from what is stored."""

    def hear(self, at: int) -> None:
        """Note that it was heard at a time; 0 is an unknown one."""
        first = min(self.first, at) if self.first and at else self.first or at
        if first != self.first or at > self.last:
            self.first, self.last, self.moved = first, max(self.last, at), True


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One value a contact gave, as the desk shows it."""

    attribute: str
    value: str
    raw: str
    """As received."""
    first_ms: int
    """0 when no source gave a time."""
    last_ms: int
    source: str


_Lines = dict[tuple[int, str], dict[str, _Heard]]


def identities(conn: Connection, rows: Sequence[Identity], source_id: int) -> int:
    """Record what was said; how many values were not known before."""
    if not rows:
        return 0
    lines = _stored(conn, {row.key for row in rows})
    before = _newest(lines)
    for row in rows:
        for attribute, value in row.values.items():
            text = cleaned(value) if isinstance(value, str) else _number_text(value)
            if text:
                _hear(lines.setdefault((row.key, attribute), {}), text, value, row.time)
    _make_contacts(conn, rows, source_id)
    _show(conn, before, _newest(lines))
    return _write(conn, lines, source_id)


def history(conn: Connection, key: int) -> list[HistoryLine]:
    """All that a contact ever said of itself: by attribute, the value heard last first."""
    columns = (_HISTORY.c.attribute, _HISTORY.c.value, func.coalesce(_HISTORY.c.raw, _HISTORY.c.value))
    query = (
        select(*columns, _HISTORY.c.first_ms, _HISTORY.c.last_ms, _SOURCE.c.name)
        .join(_SOURCE, _SOURCE.c.id == _HISTORY.c.source_id)
        .where(_HISTORY.c.key == key)
        .order_by(_HISTORY.c.attribute, _HISTORY.c.last_ms.desc(), _HISTORY.c.id.desc())
    )
    return [HistoryLine(*row) for row in conn.execute(query)]


@lru_cache(maxsize=1 << 16)
def cleaned(raw: str) -> str:
    """A received text as it may be shown; the same names come again and again."""
    return printable(raw).strip()


def _number_text(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    return f"{value:.2f}".rstrip("0")


def _hear(values: dict[str, _Heard], text: str, received: object, at: int) -> None:
    line = values.get(text)
    if line is None:
        raw = received if isinstance(received, str) and received != text else None
        values[text] = _Heard(None, raw, at, at, moved=True)
    else:
        line.hear(at)


def _stored(conn: Connection, keys: Iterable[int]) -> _Lines:
    lines: _Lines = {}
    for chunk in bulk.chunks(sorted(keys)):
        for line, key, attribute, value, first, last in bulk.fetch(conn, _HEARD, {"many": chunk}):
            lines.setdefault((key, attribute), {})[value] = _Heard(line, None, first, last, moved=False)
    return lines


def _make_contacts(conn: Connection, rows: Sequence[Identity], source_id: int) -> None:
    """A contact may give its name before its first position; its class is taken until a fix tells."""
    cls = {row.key: row.cls for row in rows if row.cls}
    present: dict[int, int] = {}
    for chunk in bulk.chunks(sorted({row.key for row in rows})):
        present.update(bulk.fetch(conn, _PRESENT, {"many": chunk}))
    number = next_change(conn)
    missing = sorted({row.key for row in rows} - present.keys())
    fixed = ("key", "cls", "status", "doubt", "source_id", "zone", "zone_edition", "settled_zone", "changed")
    new = [(key, cls.get(key, 0), NO_STATUS, 0, source_id, -1, "", -1, number) for key in missing]
    bulk.add(conn, _CONTACT, fixed, new)
    better = [(key, cls[key], number) for key, was in present.items() if not was and key in cls]
    bulk.many(conn, _put("cls"), ("of", "value", "number"), better)


def _newest(lines: _Lines) -> dict[tuple[str, int], str]:
    """The value heard last for each shown column of each contact; of equals, the one recorded last."""
    found: dict[tuple[str, int], tuple[int, str]] = {}
    for (key, attribute), values in lines.items():
        if column := SHOWN.get(attribute):
            text = next(iter(values))
            if len(values) > 1:
                text = max(reversed(values), key=lambda value: values[value].last)
            at = values[text].last
            if (column, key) not in found or at >= found[column, key][0]:
                found[column, key] = (at, text)
    return {place: text for place, (_, text) in found.items()}


def _show(conn: Connection, before: dict[tuple[str, int], str], after: dict[tuple[str, int], str]) -> None:
    """Put what has become another value on the contact's row."""
    number = next_change(conn)
    by_column: dict[str, list[tuple[int, Any, int]]] = {}
    for (column, key), text in after.items():
        if before.get((column, key)) != text:
            by_column.setdefault(column, []).append((key, _shown(column, text), number))
    for column, rows in by_column.items():
        bulk.many(conn, _put(column), ("of", "value", "number"), rows)


@lru_cache(maxsize=16)
def _put(column: str) -> Update:
    """Sets one column of a contact."""
    put = update(_CONTACT).where(_CONTACT.c.key == bindparam("of"))
    return put.values({column: bindparam("value"), "changed": bindparam("number")})


def _shown(column: str, text: str) -> Any:
    if column not in _LIMITS:
        return text
    try:
        number = float(text)
    except ValueError:
        return None
    if not 0 <= number <= _LIMITS[column]:
        return None
    return round(number * 10) if column == "length_m" else int(number)


def _write(conn: Connection, lines: _Lines, source_id: int) -> int:
    new = [
        (key, attribute, text, line.raw, line.first, line.last, source_id)
        for (key, attribute), values in lines.items()
        for text, line in values.items()
        if line.id is None
    ]
    bulk.add(conn, _HISTORY, _NEW, new)
    moved = [v for values in lines.values() for v in values.values() if v.moved and v.id is not None]
    bulk.many(conn, _EXTEND, ("line", "first", "last"), [(v.id, v.first, v.last) for v in moved])
    return len(new)
