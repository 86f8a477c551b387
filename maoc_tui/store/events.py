"""Zone events: who went into which zone, when and where, under which edition of the zone dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from maoc_tui.store import blocks, bulk
from maoc_tui.store.tables_traffic import Contact, ZoneEventRow, table

_EVENT, _CONTACT = table(ZoneEventRow), table(Contact)
_COLUMNS = (
    "key", "at", "lat", "lon", "left_zone", "left_label", "entered_zone", "entered_label", "zone_edition",
    "source_id",
)  # fmt: skip
_DEGREE = blocks.SCALE["lat"]


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
    query = (
        select(
            *(_EVENT.c.id, _EVENT.c.key, func.coalesce(_CONTACT.c.name, "")),
            *(_EVENT.c[name] for name in ("at", "lat", "lon", "left_label", "entered_label")),
        )
        .join(_CONTACT, _CONTACT.c.key == _EVENT.c.key)
        .where(_EVENT.c.id > after_id)
        .order_by(_EVENT.c.id.desc())
        .limit(limit)
    )
    if key is not None:
        query = query.where(_EVENT.c.key == key)
    rows = conn.execute(query).all()
    return [
        StoredEntry(id_, of, name, at, lat / _DEGREE, lon / _DEGREE, left, entered)
        for id_, of, name, at, lat, lon, left, entered in reversed(rows)
    ]
