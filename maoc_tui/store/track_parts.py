"""The blocks of contacts: one contact on one day (a slot) in a few parts, merged as they become many.

Parts have a size class (log 8 of their fixes); as soon as a slot has seven of one class, the next part
takes them in (O'Neil et al., The log-structured merge-tree, 1996), so a fix is rewritten a few times at
most however it arrives, and a day is found in about a dozen parts at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, delete, func, select

from maoc_tui.store import blocks, bulk
from maoc_tui.store.tables_traffic import TrackBlock, TrackDay, table

BLOCK = table(TrackBlock)
FAN = 8
"""How many parts of a like size become one."""

_DAY = table(TrackDay)
_MANY: BindParameter[int] = bindparam("many", expanding=True)
_SPANS = select(_DAY.c.day, _DAY.c.first_ms, _DAY.c.last_ms).where(_DAY.c.day.in_(_MANY))
_DATA = select(BLOCK.c.id, BLOCK.c.data).where(BLOCK.c.id.in_(_MANY))
_DROP = delete(BLOCK).where(BLOCK.c.id == bindparam("part"))
_COLUMNS = ("day", "key", "level", "first_ms", "last_ms", "data")
_AT_ONCE = 2_000
"""Parts read in one go while duplicates are sought: bounds the memory."""


def _touched(wanted: ColumnElement[bool]) -> Select[Any]:
    """The parts that touch an interval."""
    columns = (BLOCK.c.id, BLOCK.c.day, BLOCK.c.key, BLOCK.c.first_ms, BLOCK.c.last_ms)
    within = (BLOCK.c.first_ms <= bindparam("until"), BLOCK.c.last_ms >= bindparam("since"))
    return select(*columns).where(wanted, *within)


def _all(wanted: ColumnElement[bool]) -> Select[Any]:
    return select(BLOCK.c.id, BLOCK.c.day, BLOCK.c.key).where(wanted)


def _crowded(wanted: ColumnElement[bool]) -> Select[Any]:
    """The parts of which a slot has enough of one size class for a merge."""
    alike = func.count().over(partition_by=(BLOCK.c.day, BLOCK.c.key, BLOCK.c.level)).label("alike")
    parts = select(BLOCK.c.id, BLOCK.c.day, BLOCK.c.key, alike).where(wanted).subquery()
    return select(parts.c.id, parts.c.day, parts.c.key).where(parts.c.alike >= FAN - 1)


def starts(ordered: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where a new value starts in an ordered column; empty for an empty one."""
    return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])


def between(
    conn: Connection, slot: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> Iterator[NDArray[np.void]]:
    """LOOSE records that may lie between ``first`` and ``last`` of their slot; slots distinct, ordered."""
    day = blocks.unslot(slot)[1]
    covered = dict.fromkeys(np.unique(day).tolist(), (1, 0))
    for chunk in bulk.chunks(list(covered)):
        covered.update((d, (a, b)) for d, a, b in bulk.fetch(conn, _SPANS, {"many": chunk}))
    spans = np.array([covered[d] for d in day.tolist()], np.int64).reshape(-1, 2)
    asked = (first <= spans[:, 1]) & (last >= spans[:, 0])
    slot, first, last = slot[asked], first[asked], last[asked]
    if len(slot):
        span = {"since": int(first.min()), "until": int(last.max())}
        found = _columns(_of_slots(conn, _touched, slot, span), 5)
        owner = np.searchsorted(slot, blocks.slots(found[2], found[1]))
        found = found[:, (found[3] <= last[owner]) & (found[4] >= first[owner])]
        for begin in range(0, found.shape[1], _AT_ONCE):
            yield records(conn, *found[:3, begin : begin + _AT_ONCE])


def records(
    conn: Connection, ids: NDArray[np.int64], day: NDArray[np.int64], key: NDArray[np.int64]
) -> NDArray[np.void]:
    """The LOOSE records of some parts, one part after the other."""
    found: dict[int, bytes] = {}
    for chunk in bulk.chunks(ids.tolist()):
        found.update(bulk.fetch(conn, _DATA, {"many": chunk}))
    data = [found[part] for part in ids.tolist()]
    size = np.array([len(part) // blocks.RECORD.itemsize for part in data], np.int64)
    return blocks.loosen(blocks.read(data), np.repeat(key, size), np.repeat(day, size))


def write(conn: Connection, loose: NDArray[np.void]) -> None:
    """Add fixes to the blocks of their slots, taking in the older parts where they have become many."""
    slot = np.unique(blocks.slots(loose["key"], loose["day"]))
    ids, day, key = _columns(_of_slots(conn, _crowded, slot, {}), 3)
    rewrite(conn, loose, ids, day, key)


def join(conn: Connection, pairs: list[tuple[int, int]]) -> None:
    """Make one part of all parts of each pair of day and contact."""
    day, key = _columns(pairs, 2)
    rewrite(conn, np.empty(0, blocks.LOOSE), *_columns(_of_slots(conn, _all, blocks.slots(key, day), {}), 3))


def rewrite(
    conn: Connection,
    loose: NDArray[np.void],
    ids: NDArray[np.int64],
    day: NDArray[np.int64],
    key: NDArray[np.int64],
) -> None:
    """Join fixes and the parts ``ids`` (of the given days and contacts) into one new part per slot."""
    if len(ids):
        loose = blocks.chain([records(conn, ids, day, key), loose])
        bulk.many(conn, _DROP, ("part",), [(part,) for part in ids.tolist()])
    if not len(loose):
        return
    slot = blocks.slots(loose["key"], loose["day"])
    order = np.lexsort((loose["time"], slot))
    slot, loose = slot[order], blocks.pick(loose, order)
    begins, time = starts(slot), blocks.times(loose)
    ends = np.r_[begins[1:], len(slot)]
    _add(conn, loose, begins, ends, time)
    _cover(conn, loose["day"], time)


def _add(
    conn: Connection,
    loose: NDArray[np.void],
    begins: NDArray[np.intp],
    ends: NDArray[np.intp],
    time: NDArray[np.int64],
) -> None:
    size, packed = blocks.RECORD.itemsize, blocks.tighten(loose).tobytes()
    edges = zip((begins * size).tolist(), (ends * size).tolist(), strict=True)
    columns = (
        loose["day"][begins],
        loose["key"][begins],
        _levels(ends - begins),
        time[begins],
        time[ends - 1],
    )
    rows = zip(*(column.tolist() for column in columns), [packed[a:b] for a, b in edges], strict=True)
    bulk.add(conn, BLOCK, _COLUMNS, list(rows))


def _cover(conn: Connection, day: NDArray[np.int32], time: NDArray[np.int64]) -> None:
    """Note that the blocks of these days now cover these times."""
    order = np.lexsort((time, day))
    begins = starts(day[order].astype(np.int64))
    ends = np.r_[begins[1:], len(order)] - 1
    rows = zip(
        *(c.tolist() for c in (day[order][begins], time[order][begins], time[order][ends])), strict=True
    )
    bulk.many(conn, _widen(conn.dialect.name), ("day", "first_ms", "last_ms"), list(rows))


@lru_cache(maxsize=4)
def _widen(dialect: str) -> Any:
    insert = bulk.upsert(dialect, _DAY)
    new, was = insert.excluded, _DAY.c
    span = {
        "first_ms": bulk.lesser(was.first_ms, new.first_ms),
        "last_ms": bulk.greater(was.last_ms, new.last_ms),
    }
    return insert.on_conflict_do_update(index_elements=[was.day], set_=span)


def _of_slots(
    conn: Connection,
    query: Callable[[ColumnElement[bool]], Select[Any]],
    slot: NDArray[np.int64],
    values: dict[str, int],
) -> list[Any]:
    """Rows of a query on blocks, for these slots only: asked by day or by contact, whichever are fewer."""
    key, day = blocks.unslot(slot)
    by_day = len(np.unique(day)) <= len(np.unique(key))
    one, many, column, other = (day, key, "day", "key") if by_day else (key, day, "key", "day")
    asked = query(and_(BLOCK.c[column] == bindparam("one"), BLOCK.c[other].in_(_MANY)))
    rows: list[Any] = []
    for value in np.unique(one).tolist():
        for chunk in bulk.chunks(many[one == value].tolist()):
            rows.extend(bulk.fetch(conn, asked, {"one": value, "many": chunk, **values}))
    return rows


def _columns(rows: list[Any], width: int) -> NDArray[np.int64]:
    return np.array(rows, np.int64).reshape(-1, width).T


def _levels(count: NDArray[np.intp]) -> NDArray[np.int64]:
    """The whole logarithm of sizes to the base FAN (8)."""
    return ((np.frexp(count)[1] - 1) // 3).astype(np.int64)
