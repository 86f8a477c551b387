"""Sweeping for alerts: one program at a time, which is told of every fix that comes in while it does.

While nobody sweeps nothing is noted: whoever begins reads the tracks of the last hours first.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from maoc_tui.domain.contacts import BEACONS, ContactClass, Space, contact_key
from maoc_tui.domain.reports import BEACON, Fixes
from maoc_tui.store import blocks, bulk
from maoc_tui.store.sweep_tables import SweepArrivalTable, SweepLeaseTable
from maoc_tui.store.tables_traffic import Contact, ContactIdentity, ZoneEventRow, table

LEASE_MS = 180_000
"""A program that has not swept for so long sweeps no more."""
KEPT_MS = 600_000
"""Arrivals are kept for so long; a sweeper that slept longer begins anew."""
_LEASE, _ARRIVAL = table(SweepLeaseTable), table(SweepArrivalTable)
_SAID, _CONTACT, _EVENT = table(ContactIdentity), table(Contact), table(ZoneEventRow)
_NAME = "alerts"
_HELD = select(_LEASE.c.holder, _LEASE.c.until_ms).where(_LEASE.c.name == _NAME)
_OF_KEYS = select(_CONTACT.c.key, _CONTACT.c.cls, func.coalesce(_CONTACT.c.name, "")).where(
    _CONTACT.c.key.in_(bindparam("many", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Lease:
    """What became of asking to sweep."""

    mine: bool
    unbroken: bool
    """It was held all the time since it was asked for last: every arrival since is there."""


def take(conn: Connection, holder: str) -> Lease:
    """Ask to sweep, or go on sweeping, for ``LEASE_MS``; call it in a transaction of its own."""
    now, held = _now(), conn.execute(_HELD).one_or_none()
    if held is not None and held.holder != holder and held.until_ms > now:
        return Lease(False, False)
    unbroken = held is not None and held.holder == holder and held.until_ms > now
    if held is None:
        conn.execute(insert(_LEASE).values(name=_NAME, holder=holder, until_ms=now + LEASE_MS))
    else:
        again = update(_LEASE).where(_LEASE.c.name == _NAME)
        conn.execute(again.values(holder=holder, until_ms=now + LEASE_MS))
    if not unbroken:
        conn.execute(delete(_ARRIVAL))
    return Lease(True, unbroken)


def give_up(conn: Connection, holder: str) -> None:
    """Sweep no more: another may begin at once."""
    conn.execute(delete(_LEASE).where(_LEASE.c.name == _NAME, _LEASE.c.holder == holder))


def swept(conn: Connection) -> bool:
    """Whether somebody sweeps."""
    held = conn.execute(_HELD).one_or_none()
    return held is not None and held.until_ms > _now()


def arrived(conn: Connection, fixes: Fixes) -> None:
    """Note new fixes for whoever sweeps; nothing where nobody does."""
    if not len(fixes) or not swept(conn):
        return
    now = _now()
    data = blocks.pack(fixes, 0).tobytes() + fixes.cls.tobytes()
    bulk.add(conn, _ARRIVAL, ("at_ms", "data"), [(now, data)])
    # Old ones go after the new one is in: so no number is ever given twice while somebody sweeps.
    conn.execute(delete(_ARRIVAL).where(_ARRIVAL.c.at_ms < now - KEPT_MS))


def arrivals(conn: Connection, after: int) -> tuple[Fixes, int]:
    """The fixes noted after a number, in order of arrival, and the newest number."""
    rows = conn.execute(
        select(_ARRIVAL.c.id, _ARRIVAL.c.data).where(_ARRIVAL.c.id > after).order_by(_ARRIVAL.c.id)
    ).all()
    parts = [_unpacked(row.data) for row in rows]
    return Fixes.concat(parts), rows[-1].id if rows else after


def newest(conn: Connection) -> int:
    """The newest number of an arrival."""
    return int(conn.execute(select(func.coalesce(func.max(_ARRIVAL.c.id), 0))).scalar_one())


def _unpacked(data: bytes) -> Fixes:
    count = len(data) // (blocks.LOOSE.itemsize + 1)
    fixes = blocks.unpack(blocks.read([data[: count * blocks.LOOSE.itemsize]], blocks.LOOSE))
    fixes.cls[:] = np.frombuffer(data, np.uint8, offset=count * blocks.LOOSE.itemsize)
    return fixes


def classes(conn: Connection, key: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The class of each contact key."""
    unique, place = np.unique(key, return_inverse=True)
    rows = [
        row for chunk in bulk.chunks(unique.tolist()) for row in bulk.fetch(conn, _OF_KEYS, {"many": chunk})
    ]
    found = np.full(len(unique), int(ContactClass.UNKNOWN), np.uint8)
    if rows:
        found[np.searchsorted(unique, [row[0] for row in rows])] = [row[1] for row in rows]
    return found[place]


def names(conn: Connection, keys: list[int]) -> dict[int, str]:
    """What some contacts call themselves; "" left out."""
    rows = [row for chunk in bulk.chunks(keys) for row in bulk.fetch(conn, _OF_KEYS, {"many": chunk})]
    return {row[0]: row[2] for row in rows if row[2]}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one attribute that a contact gave; the place is of its last fix, None where it has none."""

    id: int
    key: int
    attribute: str
    value: str
    first_ms: int
    last_ms: int
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A contact came into other waters."""

    key: int
    at: int
    lat: float
    lon: float
    entered: str
    """Short label; "" for none."""


_ENTERED = select(*(_EVENT.c[name] for name in ("key", "at", "lat", "lon", "entered_label")))
_BEACONS = [
    tuple(contact_key(Space.AIS, first * 1_000_000 + last) for last in (0, 999_999)) for first in BEACONS
]
_VALUES = select(
    *(_SAID.c[name] for name in ("id", "key", "attribute", "value", "first_ms", "last_ms")),
    *(_CONTACT.c[name] for name in ("lat", "lon")),
).join(_CONTACT, _CONTACT.c.key == _SAID.c.key)


def values_after(
    conn: Connection, after: int, attributes: tuple[str, ...], since_ms: int, until_ms: int
) -> list[Value]:
    """Values of some attributes entered after a number and first heard between two times, oldest first."""
    wanted = _VALUES.where(
        _SAID.c.id > after, _SAID.c.attribute.in_(attributes), _SAID.c.first_ms.between(since_ms, until_ms)
    )
    return [_value(row, until_ms) for row in conn.execute(wanted.order_by(_SAID.c.id))]


def values_of(conn: Connection, keys: list[int], attributes: tuple[str, ...], until_ms: int) -> list[Value]:
    """All values of some attributes that some contacts ever gave up to a time."""
    found: list[Value] = []
    for chunk in bulk.chunks(keys):
        wanted = _VALUES.where(
            _SAID.c.key.in_(chunk), _SAID.c.attribute.in_(attributes), _SAID.c.first_ms <= until_ms
        )
        found += [_value(row, until_ms) for row in conn.execute(wanted.order_by(_SAID.c.first_ms))]
    return found


def beacons(conn: Connection, since_ms: int, until_ms: int) -> list[Value]:
    """What distress beacons said without a position, first heard up to a time, last since another."""
    of_beacons = or_(*(_SAID.c.key.between(low, high) for low, high in _BEACONS))
    wanted = _VALUES.where(of_beacons, _SAID.c.attribute == BEACON, _SAID.c.last_ms >= since_ms)
    wanted = wanted.where(_SAID.c.first_ms <= until_ms)
    return [_value(row) for row in conn.execute(wanted.order_by(_SAID.c.id))]


def events_of(conn: Connection, keys: list[int], since_ms: int, until_ms: int) -> list[Passage]:
    """Zones that some contacts entered or left between two times, by contact, then time."""
    found: list[Passage] = []
    for chunk in bulk.chunks(keys):
        wanted = _ENTERED.where(_EVENT.c.key.in_(chunk), _EVENT.c.at.between(since_ms, until_ms))
        for key, at, lat, lon, entered in conn.execute(wanted.order_by(_EVENT.c.key, _EVENT.c.at)):
            found.append(Passage(key, at, lat / blocks.SCALE["lat"], lon / blocks.SCALE["lon"], entered))
    return found


def newest_value(conn: Connection) -> int:
    """The newest number of a value."""
    return int(conn.execute(select(func.coalesce(func.max(_SAID.c.id), 0))).scalar_one())


def _value(row: Any, until_ms: int | None = None) -> Value:
    """A value, as it was known at a time where one is given."""
    made, key, attribute, value, first, last, lat, lon = row
    known = last if until_ms is None else min(last, until_ms)
    degree = blocks.SCALE["lat"]
    place = (None if one is None else float(one) / degree for one in (lat, lon))
    return Value(made, key, attribute, value, first, known, *place)


def _now() -> int:
    return time.time_ns() // 1_000_000
