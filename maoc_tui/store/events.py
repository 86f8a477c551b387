"""Zone events: who went into which zone, when and where, under which edition of the zone dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from maoc_tui.store import blocks, bulk
from maoc_tui.store.tables_traffic import Contact, ZoneEventRow, table

_EVENT, _CONTACT = table(ZoneEventRow), table(Contact)
_COLUMNS = (
    "key", "at", "lat", "lon", "left_zone", "left_label", "entered_zone", "entered_label", "zone_edition",
    "source_id",
)  # fmt: skip
_DEGREE = blocks.SCALE["lat"]
_NAMED = select(
    *(_EVENT.c.id, _EVENT.c.key, func.coalesce(_CONTACT.c.name, "")),
    *(_EVENT.c[name] for name in ("at", "lat", "lon", "left_label", "entered_label", "zone_edition")),
).join(_CONTACT, _CONTACT.c.key == _EVENT.c.key)


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact left one zone and entered another, confirmed."""

    key: int
    at: int
    """Milliseconds: the first fix in the zone entered."""
    lat: float
    lon: float
    left_zone: int
    left: str
    """Short label; "" when first seen."""
    entered_zone: int
    entered: str
    edition: str
    source_id: int


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A recorded zone event with the contact's present name."""

    id: int
    key: int
    name: str
    at: int
    lat: float
    lon: float
    left: str
    entered: str
    edition: str
    """Of the zones it was judged by."""


def add(conn: Connection, entries: Sequence[Entry]) -> None:
    """Record zone events of known contacts."""
    rows = [
        (e.key, e.at, round(e.lat * _DEGREE), round(e.lon * _DEGREE), e.left_zone, e.left, e.entered_zone,
         e.entered, e.edition, e.source_id)
        for e in entries
    ]  # fmt: skip
    bulk.add(conn, _EVENT, _COLUMNS, rows)


def read(conn: Connection, after_id: int = 0, limit: int = 200, key: int | None = None) -> list[StoredEntry]:
    """The newest ``limit`` events after ``after_id`` (of one contact, with ``key``), newest last."""
    query = _NAMED.where(_EVENT.c.id > after_id).order_by(_EVENT.c.id.desc()).limit(limit)
    return _stored(conn, query if key is None else query.where(_EVENT.c.key == key))


def read_by_time(
    conn: Connection, since_ms: int | None = None, limit: int | None = None
) -> list[StoredEntry]:
    """The newest ``limit`` events by their own time, from ``since_ms`` on, newest last."""
    query = _NAMED.order_by(_EVENT.c.at.desc(), _EVENT.c.id.desc()).limit(limit)
    return _stored(conn, query if since_ms is None else query.where(_EVENT.c.at >= since_ms))


def _stored(conn: Connection, newest_first: Select[Any]) -> list[StoredEntry]:
    rows = conn.execute(newest_first).all()
    return [
        StoredEntry(id_, of, name, at, lat / _DEGREE, lon / _DEGREE, left, entered, edition)
        for id_, of, name, at, lat, lon, left, entered, edition in reversed(rows)
    ]
