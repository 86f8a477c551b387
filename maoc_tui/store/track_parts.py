"""The parts a track is stored in: found by contact and day, merged eight of a like size at a time.

A slot is one contact on one day, as one number. Merging by like sizes rewrites a fix a few times at most,
however it arrives (O'Neil et al., The log-structured merge-tree, 1996).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, select

from maoc_tui.store import blocks, bulk
from maoc_tui.store.blocks import DAY_MS
from maoc_tui.store.tables_traffic import TrackBlock, table

BLOCK = table(TrackBlock)
FAN = 8
"""How many parts of a like size are merged into one."""

_COLUMNS = ("day", "key", "first_ms", "last_ms", "count", "data")
_DAYS = 1 << 20
"""Room for day numbers in a slot, half of it before 1970."""

_PARTS = select(BLOCK.c.id, BLOCK.c.day, BLOCK.c.key, BLOCK.c.first_ms, BLOCK.c.last_ms, BLOCK.c.count)
_MANY = bindparam("many", expanding=True)
_OF_DAY = _PARTS.where(BLOCK.c.day == bindparam("one"), BLOCK.c.key.in_(_MANY))
_OF_KEY = _PARTS.where(BLOCK.c.key == bindparam("one"), BLOCK.c.day.in_(_MANY))
_DATA = select(BLOCK.c.id, BLOCK.c.data).where(BLOCK.c.id.in_(_MANY))
_DROP = delete(BLOCK).where(BLOCK.c.id == bindparam("part"))


@dataclass(slots=True)
class Parts:
    """Stored parts in columns, ordered by slot, the oldest first within each."""

    id: NDArray[np.int64]
    slot: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    count: NDArray[np.int64]

    def crowded(self) -> set[int]:
        """The slots that have parts enough for a merge."""
        ahead, behind = self.slot[FAN - 2 :], self.slot[: 2 - FAN]
        return set(ahead[ahead == behind].tolist())


def slots(key: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Contact and day (since 1970-01-01) as one number that sorts by contact, then day."""
    return key * _DAYS + (day + _DAYS // 2)


def day_of(slot: NDArray[np.int64]) -> NDArray[np.int64]:
    """The day of each slot."""
    return slot % _DAYS - _DAYS // 2


def starts(ordered: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where a new value starts in an ordered column; empty for an empty one."""
    return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])


def find(conn: Connection, wanted: NDArray[np.int64]) -> Parts:
    """The parts stored for the given slots."""
    day, key = day_of(wanted), wanted // _DAYS
    by_day = len(np.unique(day)) <= len(np.unique(key))
    query, one, many = (_OF_DAY, day, key) if by_day else (_OF_KEY, key, day)
    rows: list[Any] = []
    for value in np.unique(one).tolist():
        for chunk in bulk.chunks(many[one == value].tolist()):
            rows.extend(bulk.fetch(conn, query, {"one": value, "many": chunk}))
    columns = np.array(rows, np.int64).reshape(-1, 6).T
    slot = slots(columns[2], columns[1])
    order = np.lexsort((columns[0], slot))
    return Parts(columns[0][order], slot[order], columns[3][order], columns[4][order], columns[5][order])


def data(conn: Connection, ids: list[int]) -> list[bytes]:
    """The packed records of parts, in the order of ``ids``."""
    found: dict[int, bytes] = {}
    for chunk in bulk.chunks(ids):
        found.update(bulk.fetch(conn, _DATA, {"many": chunk}))
    return [found[part] for part in ids]


def row(slot: int, first_ms: int, last_ms: int, packed: bytes) -> tuple[Any, ...]:
    """One part as it is stored."""
    day = slot % _DAYS - _DAYS // 2
    return day, slot // _DAYS, first_ms, last_ms, len(packed) // blocks.RECORD.itemsize, packed


@dataclass(slots=True)
class Rewrite:
    """Parts to add and, where they have become many, the older ones they take in."""

    conn: Connection
    parts: Parts
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    gone: list[tuple[int]] = field(default_factory=list)

    def take_in(self, slot: int, index: NDArray[np.intp], packed: bytes = b"") -> None:
        """Join the parts at ``index`` and new packed records of the same slot into one part."""
        ids = self.parts.id[index].tolist()
        records = blocks.records_of([*data(self.conn, ids), packed])
        records = records[np.argsort(records["time"], kind="stable")]
        midnight = (slot % _DAYS - _DAYS // 2) * DAY_MS
        first, last = midnight + int(records["time"][0]), midnight + int(records["time"][-1])
        self.rows.append(row(slot, first, last, records.tobytes()))
        self.gone.extend((part,) for part in ids)

    def peers(self, slot: int, count: int) -> NDArray[np.intp]:
        """The parts that a new part of ``count`` fixes takes in: none until FAN of a like size have come."""
        lo, hi = np.searchsorted(self.parts.slot, (slot, slot + 1))
        sizes, taken = self.parts.count[lo:hi], np.zeros(hi - lo, np.bool_)
        while True:
            alike = ~taken & (sizes < FAN ** (_level(count) + 1))
            if np.count_nonzero(alike) < FAN - 1:
                return np.flatnonzero(taken) + lo
            count += int(sizes[alike].sum())
            taken |= alike

    def store(self) -> None:
        """Write what has been collected."""
        bulk.many(self.conn, _DROP, ("part",), self.gone)
        bulk.add(self.conn, BLOCK, _COLUMNS, self.rows)


def _level(count: int) -> int:
    """The whole logarithm of a size to the base FAN (8)."""
    return (count.bit_length() - 1) // 3
