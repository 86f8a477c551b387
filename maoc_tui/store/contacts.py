"""Contacts: one row each with the last fix, its zone and the identity as last heard; read in columns.

Reading 50,000 rows as tuples takes three times as long as having the database join them into one text of
numbers and one of words, so ``load`` does that: the marks between are in no number and no clean text.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, func, or_, select

from maoc_tui.domain.contacts import Doubt
from maoc_tui.domain.reports import Fixes
from maoc_tui.store import blocks, bulk
from maoc_tui.store.changes import next_change
from maoc_tui.store.contact_columns import NO_ZONE, ContactColumns, Last, ZoneState
from maoc_tui.store.identity_history import history, identities
from maoc_tui.store.tables_traffic import Contact, table

__all__ = ["NO_ZONE", "ContactColumns", "Last", "ZoneState", "history", "identities"]
"""What callers meet here though it is written next door."""

_CONTACT = table(Contact)
_TEXTS = ("name", "call_sign", "registration", "model", "destination")
_MISSING = -(1 << 31)
_UNKNOWN = {"time": 0, "ship_type": -1, "imo": 0, "zone": NO_ZONE}
_TENTHS = {"length_m": 10.0}

_KINDS: dict[str, Any] = {
    "cls": np.uint8, "lat": np.float64, "lon": np.float64, "since_lat": np.float64, "since_lon": np.float64,
    "status": np.uint8, "doubt": np.uint16, "zone": np.int32, "settled_zone": np.int32, "ship_type": np.int16,
    "imo": np.int32,
}  # fmt: skip
_NUMBERS = tuple(f.name for f in fields(ContactColumns) if f.name not in _TEXTS)
_LAST = (
    *("key", "cls", "time", "lat", "lon", "sog", "cog", "doubt"),
    *("zone", "settled_zone", "since_ms", "since_lat", "since_lon", "zone_edition"),
)
_LAST_OF = select(*(_CONTACT.c[name] for name in _LAST)).where(
    _CONTACT.c.key.in_(bindparam("many", expanding=True)), _CONTACT.c.time.is_not(None)
)


def load(conn: Connection, after_changed: int = 0) -> ContactColumns:
    """The contacts changed after a change number, all with 0; ordered by key."""
    numbers = _joined(" ", [func.coalesce(_CONTACT.c[name], _MISSING) for name in _NUMBERS])
    texts = _joined("\n", [func.coalesce(_CONTACT.c[name], "") for name in _TEXTS])
    wanted = select(func.count(), numbers, texts)
    if after_changed > 0:
        wanted = wanted.where(_CONTACT.c.changed > after_changed)
    count, digits, words = bulk.fetch(conn, wanted, {})[0]
    grid = np.fromstring(digits or "", np.int64, sep=" ").reshape(count, len(_NUMBERS))
    order = np.argsort(grid[:, 0])
    by_name = dict(zip(_NUMBERS, grid[order].T, strict=True))
    changed = by_name.pop("changed")
    columns = {name: _column(name, values) for name, values in by_name.items()}
    shown = np.array(words.split("\n") if count else [], object).reshape(count, len(_TEXTS))[order]
    columns |= {name: shown[:, i].copy() for i, name in enumerate(_TEXTS)}
    return ContactColumns(**columns, changed=int(changed.max()) if count else after_changed)


def last(conn: Connection, keys: NDArray[np.int64]) -> Last:
    """The last fix of each key, aligned with ``keys`` (which may repeat)."""
    unique, place = np.unique(keys, return_inverse=True)
    rows: list[Any] = []
    for chunk in bulk.chunks(unique.tolist()):
        rows.extend(bulk.fetch(conn, _LAST_OF, {"many": chunk}))
    raw = list(zip(*rows, strict=True)) if rows else [()] * len(_LAST)
    at = np.searchsorted(unique, np.array(raw[0], np.int64))
    known = np.zeros(len(unique), np.bool_)
    known[at] = True
    columns: dict[str, NDArray[Any]] = {}
    for name, values in zip(_LAST[1:-1], raw[1:-1], strict=True):
        whole = np.full(len(unique), NO_ZONE if name.endswith("zone") else _MISSING, np.int64)
        whole[at] = [_MISSING if value is None else value for value in values]
        columns[name] = _column(name, whole)[place]
    edition = np.full(len(unique), "", object)
    edition[at] = raw[-1]
    zones = ZoneState(
        columns.pop("zone"),
        columns.pop("settled_zone"),
        *(columns.pop(f"since_{x}") for x in ("ms", "lat", "lon")),
    )
    return Last(known=known[place], zones=zones, edition=edition[place], **columns)


def update(
    conn: Connection,
    fixes: Fixes,
    zones: NDArray[np.int32] | ZoneState,
    source_id: int,
    edition: str = "",
) -> None:
    """Set the last fix of each contact to its newest in ``fixes`` unless a newer one is stored.

    A fix stamped in the future gives way to any that is not, and never replaces one: else a wrong clock would
    freeze a contact for years. ``zones`` go with the fixes; plain zone ids count as settled.
    """
    if not len(fixes):
        return
    state = zones if isinstance(zones, ZoneState) else _settled(zones, fixes)
    future = (fixes.doubt & Doubt.FUTURE) != 0
    order = np.lexsort((fixes.time, ~future, fixes.key))
    newest = order[np.r_[fixes.key[order][1:] != fixes.key[order][:-1], True]]
    fixes = fixes.take(newest)
    columns = {name: getattr(fixes, name) for name in ("key", "cls", "time", "status", "doubt")}
    columns |= {name: getattr(fixes, name) for name in blocks.SCALE}
    columns |= {"zone": state.zone[newest], "settled_zone": state.settled[newest]}
    columns |= {"since_ms": state.since_ms[newest]}
    columns |= {"since_lat": state.since_lat[newest], "since_lon": state.since_lon[newest]}
    values = {name: _stored(name, column) for name, column in columns.items()}
    given = {"source_id": source_id, "zone_edition": edition, "changed": next_change(conn)}
    names = (*values, *given)
    rows = list(zip(*values.values(), *([value] * len(fixes) for value in given.values()), strict=True))
    bulk.many(conn, _newer_only(conn.dialect.name, names), names, rows)


def outdated(conn: Connection, edition: str) -> NDArray[np.int64]:
    """Keys of the contacts whose zone is by another edition of the zone dataset."""
    wanted = select(_CONTACT.c.key).where(_CONTACT.c.time.is_not(None), _CONTACT.c.zone_edition != edition)
    return np.array([key for (key,) in bulk.fetch(conn, wanted, {})], np.int64)


def count(conn: Connection) -> int:
    """How many contacts there are."""
    return int(conn.execute(select(func.count()).select_from(_CONTACT)).scalar_one())


@lru_cache(maxsize=4)
def _newer_only(dialect: str, names: tuple[str, ...]) -> Any:
    insert = bulk.upsert(dialect, _CONTACT)
    new = insert.excluded
    was_future = _CONTACT.c.doubt.bitwise_and(int(Doubt.FUTURE)) != 0
    is_future = new.doubt.bitwise_and(int(Doubt.FUTURE)) != 0
    changes: dict[str, Any] = {name: new[name] for name in names if name != "key"}
    changes["cls"] = func.coalesce(func.nullif(new.cls, 0), _CONTACT.c.cls)
    replaces = or_(
        _CONTACT.c.time.is_(None),
        and_(was_future, ~is_future),
        and_(was_future == is_future, new.time > _CONTACT.c.time),
    )
    return insert.on_conflict_do_update(index_elements=[_CONTACT.c.key], set_=changes, where=replaces)


def _settled(zones: NDArray[np.int32], fixes: Fixes) -> ZoneState:
    return ZoneState(zones, zones, fixes.time, fixes.lat, fixes.lon)


def _joined(mark: str, columns: list[Any]) -> Any:
    """All rows of some columns, none NULL, as one text with ``mark`` between any two values."""
    return func.aggregate_strings(func.concat_ws(mark, *columns), mark)


def _like(name: str) -> str:
    """The column of store.blocks that a column is scaled like, if any."""
    return name.removeprefix("since_")


def _stored(name: str, values: NDArray[Any]) -> list[int | None]:
    """A column as it is stored: whole numbers, None for what is not available."""
    if _like(name) in blocks.SCALE:
        numbers, absent = blocks.stored(_like(name), values), blocks.absent(_like(name))
    else:
        numbers, absent = values, 0 if name == "since_ms" else _MISSING
    return [None if number == absent else number for number in numbers.tolist()]


def _column(name: str, numbers: NDArray[np.int64]) -> NDArray[Any]:
    """A column as it is used, from stored numbers with _MISSING for NULL."""
    missing, scale = numbers == _MISSING, _TENTHS.get(name) or blocks.SCALE.get(_like(name))
    if scale is None:
        return np.where(missing, _UNKNOWN.get(name, 0), numbers).astype(_KINDS.get(name, np.int64))
    values: NDArray[Any] = (numbers / scale).astype(_KINDS.get(name, np.float32))
    values[missing] = np.nan
    return values
