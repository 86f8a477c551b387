"""One batch of reports into the record: judged, placed in zones, stored, its zone changes noted.

A batch is one short transaction, so that an officer's save never waits long behind an import.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.desk.passages import Passages, note_passages
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import Batch, Fixes, Identity
from maoc_tui.domain.viewer import WATCH
from maoc_tui.geo.plausibility import SpeedLimits, jumps
from maoc_tui.store import contacts, events, sweeping, tracks
from maoc_tui.store.contacts import Last


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch."""

    accepted: int
    """New fixes and other accepted records."""
    duplicates: int
    """Repeated within the source, or in the record already."""
    events: int
    """Zone changes noted."""
    first_ms: int | None
    """Time of the earliest new fix."""
    last_ms: int | None
    """Time of the latest new fix."""


def store_batch(room: Room, batch: Batch, source_id: int) -> Stored:
    """Store a batch: everything in it is in the record when this returns, or nothing is."""
    fixes = batch.fixes.take(np.lexsort((batch.fixes.time, batch.fixes.key)))
    room.follow_zones()
    zones = waters(room, WATCH)
    area = _areas(zones, fixes)
    keys, contact = np.unique(fixes.key, return_inverse=True)
    with room.db.writing_traffic() as conn:
        before = contacts.last(conn, keys)
        fixes = _judged(fixes, contact, before)
        new = tracks.append(conn, fixes, source_id)
        fresh = fixes.take(new)
        passed = note_passages(room, zones, fresh, area[new], contact[new], keys, before, source_id)
        contacts.update(conn, fresh, passed.state, source_id, zones.edition)
        contacts.identities(conn, _present(batch.identities, room.clock.now_ms()), source_id)
        events.add(conn, passed.entries)
        sweeping.arrived(conn, fresh.take(_watched(fresh)))
    return _account(batch, fresh, passed)


def _areas(zones: Waters, fixes: Fixes) -> NDArray[np.int32]:
    if not len(fixes):
        return np.empty(0, np.int32)
    located: NDArray[np.int32] = zones.locate(fixes.lat, fixes.lon)
    return located.astype(np.int32, copy=False)


def _judged(fixes: Fixes, contact: NDArray[np.int64], before: Last) -> Fixes:
    """The fixes with jumps, twins and late arrivals marked, seen after each contact's last known fix."""
    if not len(fixes):
        return fixes
    sound = before.known & ((before.doubt & np.uint16(Doubt.FUTURE)) == 0)
    known = np.flatnonzero(sound)
    ahead = {name: getattr(before, name)[known] for name in ("time", "lat", "lon", "cls")}
    whole = {name: np.concatenate([ahead[name], getattr(fixes, name)]) for name in ahead}
    owner = np.concatenate([known, contact]).astype(np.int64)
    order = np.lexsort((whole["time"], owner))
    time, lat, lon, cls = (whole[name][order] for name in ("time", "lat", "lon", "cls"))
    found = np.empty(len(owner), np.uint16)
    found[order] = jumps(owner[order], time, lat, lon, cls, speed_limits())
    late = sound[contact] & (fixes.time < before.time[contact])
    doubt = fixes.doubt | found[len(known) :] | np.where(late, np.uint16(Doubt.LATE), np.uint16(0))
    return replace(fixes, doubt=doubt.astype(np.uint16))


_WATCHED = [int(cls) for cls in ContactClass if cls not in (ContactClass.BASE_STATION, ContactClass.AID)]


def _watched(fixes: Fixes) -> NDArray[np.bool_]:
    """What the behaviour rules look at: all that moves."""
    return np.isin(fixes.cls, _WATCHED)


def _present(identities: list[Identity], now_ms: int) -> list[Identity]:
    """A name from the future is one heard now: else a wrong clock would keep it current for years."""
    return [replace(one, time=now_ms) if one.time > now_ms else one for one in identities]


def _account(batch: Batch, fresh: Fixes, passed: Passages) -> Stored:
    times = (int(fresh.time.min()), int(fresh.time.max())) if len(fresh) else (None, None)
    repeated = len(batch.fixes) - len(fresh)
    return Stored(len(fresh) + batch.others, repeated + batch.duplicates, len(passed.entries), *times)


@lru_cache(maxsize=1)
def speed_limits() -> SpeedLimits:
    """The limits of data/plausibility.toml."""
    raw = tomllib.loads(resources.data("plausibility.toml").read_text("utf-8"))
    return SpeedLimits.build(raw["limit_kn"], raw["minimum_nm"])
