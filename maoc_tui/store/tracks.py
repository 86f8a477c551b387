"""Tracks: the fixes of a contact, packed per day and written in parts (store.track_parts).

An append of many contacts is a handful of sorts and one statement; a month of one contact is a few dozen
rows. Stored fixes are only looked at where they may equal a new one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, func, select

from maoc_tui.domain.reports import Fixes
from maoc_tui.store import blocks, bulk
from maoc_tui.store.blocks import DAY_MS
from maoc_tui.store.track_parts import BLOCK, Parts, Rewrite, data, day_of, find, row, slots, starts

_AT_ONCE = 200_000
"""Stored fixes looked at in one go while duplicates are sought: bounds the memory."""

_MANY = bindparam("many", expanding=True)
_BLOCKS = select(BLOCK.c.day, BLOCK.c.data).where(
    BLOCK.c.key == bindparam("key"),
    BLOCK.c.day.in_(_MANY),
    BLOCK.c.first_ms <= bindparam("until"),
    BLOCK.c.last_ms >= bindparam("since"),
)
_SPAN = select(
    select(func.min(BLOCK.c.day)).scalar_subquery(), select(func.max(BLOCK.c.day)).scalar_subquery()
)


def append(conn: Connection, fixes: Fixes, source_id: int) -> NDArray[np.bool_]:
    """Store fixes; True for each that is new, False for one stored before or earlier in ``fixes``.

    Two fixes are the same when contact, millisecond and position at stored resolution are.
    """
    if not len(fixes):
        return np.zeros(0, np.bool_)
    slot = slots(fixes.key, fixes.time // DAY_MS)
    place = blocks.places(blocks.stored("lat", fixes.lat), blocks.stored("lon", fixes.lon))
    order = np.lexsort((place, fixes.time, slot))
    ordered = slot[order]
    parts = find(conn, ordered[starts(ordered)])
    known = _known(conn, parts, ordered, fixes.time[order])
    new, chosen = _first_seen(slot, fixes.time, place, order, known)
    if len(chosen):
        _write(conn, slot[chosen], fixes.take(chosen), source_id, parts)
    return new


def read(conn: Connection, key: int, since_ms: int, until_ms: int) -> tuple[Fixes, NDArray[np.int32]]:
    """The fixes of a contact with since <= time <= until, in time order, and the source id of each.

    The class and the record number of a fix are not kept in a track: both come back as 0.
    """
    found = _blocks_between(conn, key, since_ms, until_ms)
    records = blocks.records_of([packed for _, packed in found])
    sizes = [len(packed) // blocks.RECORD.itemsize for _, packed in found]
    day = np.repeat(np.array([day for day, _ in found], np.int64), np.array(sizes, np.int64))
    time = day * DAY_MS + records["time"]
    inside = np.flatnonzero((time >= since_ms) & (time <= until_ms))
    order = inside[np.argsort(time[inside], kind="stable")]
    records = records[order]
    return blocks.unpack(key, day[order], records), records["source"].astype(np.int32)


def compact(conn: Connection, before_ms: int, limit: int = 1_000) -> int:
    """Merge the parts of up to ``limit`` contact-days that ended before ``before_ms``; how many were merged."""
    split = (
        select(BLOCK.c.day, BLOCK.c.key)
        .where(BLOCK.c.day < before_ms // DAY_MS)
        .group_by(BLOCK.c.day, BLOCK.c.key)
        .having(func.count() > 1)
        .limit(limit)
    )
    pairs = np.array(bulk.fetch(conn, split, {}), np.int64).reshape(-1, 2)
    parts = find(conn, slots(pairs[:, 1], pairs[:, 0]))
    edges = np.r_[starts(parts.slot), len(parts.slot)]
    rewrite = Rewrite(conn, parts)
    for begin, end in zip(edges[:-1], edges[1:], strict=True):
        rewrite.take_in(int(parts.slot[begin]), np.arange(begin, end))
    rewrite.store()
    return len(pairs)


def _blocks_between(conn: Connection, key: int, since_ms: int, until_ms: int) -> list[tuple[int, bytes]]:
    """Day and data of the blocks of a contact that touch an interval."""
    low, high = bulk.fetch(conn, _SPAN, {})[0]
    if low is None:
        return []
    days = range(max(low, since_ms // DAY_MS), min(high, until_ms // DAY_MS) + 1)
    found: list[tuple[int, bytes]] = []
    for chunk in bulk.chunks(days):
        values = {"key": key, "many": list(chunk), "since": since_ms, "until": until_ms}
        found.extend(bulk.fetch(conn, _BLOCKS, values))
    return found


def _known(
    conn: Connection, parts: Parts, slot: NDArray[np.int64], time: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Slot, time and place (three rows) of the stored fixes that may equal one of the ordered fixes."""
    found = [np.empty((3, 0), np.int64)]
    if len(parts.id):
        begins = starts(slot)
        at = np.searchsorted(slot[begins], parts.slot)
        first, last = time[begins][at], time[np.r_[begins[1:], len(slot)] - 1][at]
        touched = np.flatnonzero((parts.first <= last) & (parts.last >= first))
        for group in _by_weight(touched, parts.count):
            found.append(_times_and_places(conn, parts, group, first, last))
    return np.concatenate(found, axis=1)


def _by_weight(index: NDArray[np.intp], count: NDArray[np.int64]) -> Iterator[NDArray[np.intp]]:
    """``index`` cut into groups of about _AT_ONCE fixes."""
    if len(index):
        yield from np.split(index, np.flatnonzero(np.diff(np.cumsum(count[index]) // _AT_ONCE)) + 1)


def _times_and_places(
    conn: Connection,
    parts: Parts,
    group: NDArray[np.intp],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Slot, time, place of the fixes in a group of parts, each part between its ``first`` and ``last``."""
    records = blocks.records_of(data(conn, parts.id[group].tolist()))
    owner = np.repeat(group, parts.count[group])
    slot = parts.slot[owner]
    time = day_of(slot) * DAY_MS + records["time"]
    wanted = (time >= first[owner]) & (time <= last[owner])
    return np.stack((slot[wanted], time[wanted], blocks.record_places(records[wanted])))


def _first_seen(
    slot: NDArray[np.int64],
    time: NDArray[np.int64],
    place: NDArray[np.int64],
    order: NDArray[np.intp],
    known: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which fixes are new, and the indices of those ordered by slot and time.

    Known fixes are sorted in ahead of the others: whatever equals the one before it has been seen.
    """
    before = known.shape[1]
    if before:
        slot, time, place = (np.r_[a, b] for a, b in zip(known, (slot, time, place), strict=True))
        order = np.lexsort((place, time, slot))
    ahead, behind = order[1:], order[:-1]
    same = (slot[ahead] == slot[behind]) & (time[ahead] == time[behind]) & (place[ahead] == place[behind])
    chosen = order[np.r_[True, ~same] & (order >= before)] - before
    new = np.zeros(len(slot) - before, np.bool_)
    new[chosen] = True
    return new, chosen


def _write(conn: Connection, slot: NDArray[np.int64], fixes: Fixes, source_id: int, parts: Parts) -> None:
    """Add one part per slot; ``fixes`` are ordered by slot and time."""
    begins = starts(slot)
    ends = np.r_[begins[1:], len(slot)]
    size, packed = blocks.RECORD.itemsize, blocks.pack(fixes, source_id).tobytes()
    rewrite, crowded = Rewrite(conn, parts), parts.crowded()
    columns = (slot[begins], fixes.time[begins], fixes.time[ends - 1], begins * size, ends * size)
    for slot_id, first, last, begin, end in zip(*(column.tolist() for column in columns), strict=True):
        part = packed[begin:end]
        peers = rewrite.peers(slot_id, (end - begin) // size) if slot_id in crowded else ()
        if len(peers):
            rewrite.take_in(slot_id, peers, part)
        else:
            rewrite.rows.append(row(slot_id, first, last, part))
    rewrite.store()
