"""Tracks: appended by batch, read by contact, each fix once.

New fixes wait in an inbox, packed as they came, so that an append is a few sorts and one row; when the inbox
is full its fixes are sorted into the blocks of their contacts (store.track_parts), where a month of one
contact is a few hundred rows at most. Both are looked at only where a stored fix may equal a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, select

from maoc_tui.domain.reports import Fixes
from maoc_tui.store import blocks, bulk, track_parts
from maoc_tui.store.blocks import DAY_MS
from maoc_tui.store.tables_traffic import TrackInbox, table
from maoc_tui.store.track_parts import BLOCK, starts

INBOX_FIXES = 1 << 17
"""Fixes the inbox holds before it is emptied into the blocks."""
INBOX_ROWS = 64

_INBOX = table(TrackInbox)
_COLUMNS = ("first_ms", "last_ms", "count", "data")
_WAITING = select(func.coalesce(func.sum(_INBOX.c.count), 0), func.count())
_WAITING_BETWEEN = select(_INBOX.c.data).where(
    _INBOX.c.first_ms <= bindparam("until"), _INBOX.c.last_ms >= bindparam("since")
)
_BLOCKS = select(BLOCK.c.day, BLOCK.c.data).where(
    BLOCK.c.key == bindparam("key"),
    BLOCK.c.day.in_(bindparam("many", expanding=True)),
    BLOCK.c.first_ms <= bindparam("until"),
    BLOCK.c.last_ms >= bindparam("since"),
)
_OF_ALL = select(BLOCK.c.day, BLOCK.c.key, BLOCK.c.data).where(
    BLOCK.c.day.in_(bindparam("many", expanding=True)),
    BLOCK.c.first_ms <= bindparam("until"),
    BLOCK.c.last_ms >= bindparam("since"),
)
_OF_SOME = _OF_ALL.where(BLOCK.c.key.in_(bindparam("keys", expanding=True)))
_SPAN = select(
    select(func.min(BLOCK.c.day)).scalar_subquery(), select(func.max(BLOCK.c.day)).scalar_subquery()
)


def append(conn: Connection, fixes: Fixes, source_id: int) -> NDArray[np.bool_]:
    """Store fixes; True for each that is new, False for one stored before or earlier in ``fixes``.

    Two fixes are the same when contact, millisecond and position at stored resolution are.
    """
    if not len(fixes):
        return np.zeros(0, np.bool_)
    new = np.zeros(len(fixes), np.bool_)
    records = blocks.pack(fixes, source_id)
    order = _order(records)
    ordered = blocks.pick(records, order)
    known = _known(conn, ordered)
    if len(known):
        joined = blocks.chain([known, records])
        order = _order(joined)
        chosen = order[_first(blocks.pick(joined, order)) & (order >= len(known))] - len(known)
    else:
        chosen = order[_first(ordered)]
    new[chosen] = True
    if len(chosen):
        _take(conn, blocks.pick(records, chosen))
    return new


def read(conn: Connection, key: int, since_ms: int, until_ms: int) -> tuple[Fixes, NDArray[np.int32]]:
    """The fixes of a contact with since <= time <= until, in time order, and the source id of each.

    The class and the record number of a fix are not kept in a track: both come back as 0.
    """
    waiting = _waiting(conn, since_ms, until_ms)
    records = blocks.chain(
        [_settled(conn, key, since_ms, until_ms), blocks.pick(waiting, waiting["key"] == key)]
    )
    time = blocks.times(records)
    inside = np.flatnonzero((time >= since_ms) & (time <= until_ms))
    records = blocks.pick(records, inside[np.argsort(time[inside], kind="stable")])
    return blocks.unpack(records), records["source"].astype(np.int32)


def window(conn: Connection, since_ms: int, until_ms: int) -> Fixes:
    """The fixes of all contacts with since <= time <= until, in no order; class and record number come back as 0."""
    rows = bulk.fetch(conn, _OF_ALL, _touched(since_ms, until_ms))
    return _between(rows, _waiting(conn, since_ms, until_ms), since_ms, until_ms)


def of_keys(conn: Connection, keys: Sequence[int], since_ms: int, until_ms: int) -> Fixes:
    """The same of some contacts."""
    rows: list[tuple[int, int, bytes]] = []
    for chunk in bulk.chunks(keys):
        rows += bulk.fetch(conn, _OF_SOME, _touched(since_ms, until_ms) | {"keys": list(chunk)})
    waiting = _waiting(conn, since_ms, until_ms)
    return _between(rows, blocks.pick(waiting, np.isin(waiting["key"], list(keys))), since_ms, until_ms)


def _touched(since_ms: int, until_ms: int) -> dict[str, Any]:
    days = list(range(since_ms // DAY_MS, until_ms // DAY_MS + 1))
    return {"many": days, "since": since_ms, "until": until_ms}


def _between(
    rows: Sequence[tuple[int, int, bytes]], waiting: NDArray[np.void], since_ms: int, until_ms: int
) -> Fixes:
    """What blocks (day, key, data) and waiting records hold within a time."""
    size = np.array([len(data) // blocks.RECORD.itemsize for *_, data in rows], np.int64)
    of = np.array([row[:2] for row in rows], np.int64).reshape(-1, 2)
    settled = blocks.loosen(
        blocks.read([data for *_, data in rows]), np.repeat(of[:, 1], size), np.repeat(of[:, 0], size)
    )
    records = blocks.chain([settled, waiting])
    time = blocks.times(records)
    return blocks.unpack(blocks.pick(records, (time >= since_ms) & (time <= until_ms)))


def flush(conn: Connection) -> None:
    """Empty the inbox into the blocks of the contacts."""
    _settle(conn, np.empty(0, blocks.LOOSE))


def compact(conn: Connection, before_ms: int, limit: int = 1_000) -> int:
    """Join the parts of up to ``limit`` contact-days that ended before ``before_ms``; how many it did."""
    split = (
        select(BLOCK.c.day, BLOCK.c.key)
        .where(BLOCK.c.day < before_ms // DAY_MS)
        .group_by(BLOCK.c.day, BLOCK.c.key)
        .having(func.count() > 1)
        .limit(limit)
    )
    pairs = bulk.fetch(conn, split, {})
    track_parts.join(conn, pairs)
    return len(pairs)


def _order(records: NDArray[np.void]) -> NDArray[np.intp]:
    """By contact, time and place; equal ones keep their order."""
    return np.lexsort((blocks.places(records), blocks.times(records), records["key"]))


def _first(ordered: NDArray[np.void]) -> NDArray[np.bool_]:
    """Which of the ordered records do not repeat the one before."""
    fresh = np.ones(len(ordered), np.bool_)
    if len(ordered) > 1:
        same = [ordered[name][1:] == ordered[name][:-1] for name in ("time", "day", "key", "lat", "lon")]
        fresh[1:] = ~np.logical_and.reduce(same)
    return fresh


def _known(conn: Connection, ordered: NDArray[np.void]) -> NDArray[np.void]:
    """Stored fixes that may equal one of the given ones, which are ordered by contact and time."""
    time, slot = blocks.times(ordered), blocks.slots(ordered["key"], ordered["day"])
    begins = starts(slot)
    first, last, moments = time[begins], time[np.r_[begins[1:], len(slot)] - 1], np.sort(time)
    found = [_at(_waiting(conn, int(moments[0]), int(moments[-1])), moments)]
    found.extend(_at(part, moments) for part in track_parts.between(conn, slot[begins], first, last))
    return blocks.chain(found)


def _at(records: NDArray[np.void], moments: NDArray[np.int64]) -> NDArray[np.void]:
    """The records stamped at one of the moments, which are sorted."""
    time = blocks.times(records)
    return blocks.pick(records, moments[np.minimum(np.searchsorted(moments, time), len(moments) - 1)] == time)


def _take(conn: Connection, records: NDArray[np.void]) -> None:
    """Put new fixes into the inbox, or with all that waits there into the blocks."""
    fixes, rows = bulk.fetch(conn, _WAITING, {})[0]
    if fixes + len(records) >= INBOX_FIXES or rows + 1 >= INBOX_ROWS:
        _settle(conn, records)
        return
    time = blocks.times(records)
    row = (int(time.min()), int(time.max()), len(records), records.tobytes())
    bulk.add(conn, _INBOX, _COLUMNS, [row])


def _settle(conn: Connection, records: NDArray[np.void]) -> None:
    waiting = [data for (data,) in bulk.fetch(conn, select(_INBOX.c.data), {})]
    everything = blocks.chain([blocks.read(waiting, blocks.LOOSE), records])
    if len(everything):
        track_parts.write(conn, everything)
        conn.execute(delete(_INBOX))


def _waiting(conn: Connection, since_ms: int, until_ms: int) -> NDArray[np.void]:
    """What waits in the inbox in rows that touch an interval."""
    rows = bulk.fetch(conn, _WAITING_BETWEEN, {"since": since_ms, "until": until_ms})
    return blocks.read([data for (data,) in rows], blocks.LOOSE)


def _settled(conn: Connection, key: int, since_ms: int, until_ms: int) -> NDArray[np.void]:
    """What the blocks of a contact hold that touch an interval."""
    low, high = bulk.fetch(conn, _SPAN, {})[0]
    if low is None:
        return np.empty(0, blocks.LOOSE)
    days = range(max(low, since_ms // DAY_MS), min(high, until_ms // DAY_MS) + 1)
    rows: list[tuple[int, bytes]] = []
    for chunk in bulk.chunks(days):
        values = {"key": key, "many": list(chunk), "since": since_ms, "until": until_ms}
        rows.extend(bulk.fetch(conn, _BLOCKS, values))
    size = np.array([len(data) // blocks.RECORD.itemsize for _, data in rows], np.int64)
    day = np.repeat(np.array([day for day, _ in rows], np.int64), size)
    return blocks.loosen(blocks.read([data for _, data in rows]), key, day)
