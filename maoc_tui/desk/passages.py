"""Zone passages of a batch: who went from one zone into another, and what is known of each after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.room import Room
from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import Fixes
from maoc_tui.geo.crossings import UNDECIDED, Crossings, crossings
from maoc_tui.store.contacts import Last, ZoneState
from maoc_tui.store.events import Entry

_STANDING = np.array([ContactClass.BASE_STATION, ContactClass.AID], np.uint8)
_IN_DOUBT = np.uint16(Doubt.FUTURE | Doubt.JUMP | Doubt.TWIN | Doubt.ZERO_ISLAND | Doubt.PLACEHOLDER)


@dataclass(frozen=True, slots=True)
class Passages:
    """Zone changes to record, and the zone state of each fix's contact after the batch."""

    entries: Sequence[Entry]
    state: ZoneState


def note_passages(
    room: Room,
    fixes: Fixes,
    area: NDArray[np.int32],
    contact: NDArray[np.int64],
    keys: NDArray[np.int64],
    before: Last,
    source_id: int,
) -> Passages:
    """Find the passages among new fixes ordered by contact, then time.

    ``area`` is the zone of each fix, ``contact`` its index into ``keys`` and ``before``. Doubtful fixes pass
    nothing on, and what another edition of the zone dataset had settled counts as unknown. Fixes that came
    late are a stretch of their own: its passages are noted, what is known of the present stays.
    """
    m = len(keys)
    same = np.array([e == room.zone_edition for e in before.edition], np.bool_) & before.known
    air = np.zeros(len(keys), np.bool_)
    air[contact] = fixes.cls == ContactClass.AIRCRAFT
    settled = np.where(same, room.zone_groups.of(before.zones.settled, air), np.int32(UNDECIDED))
    zone = np.where(same, before.zones.zone, np.int32(UNDECIDED))
    sure = (area >= 0) & ((fixes.doubt & _IN_DOUBT) == 0) & ~np.isin(fixes.cls, _STANDING)
    late = (fixes.doubt & np.uint16(Doubt.LATE)) != 0
    stretch = contact + m * late
    at = np.flatnonzero(sure)
    at = at[np.argsort(stretch[at], kind="stable")]
    group = room.zone_groups.of(area[at], air[contact[at]])
    none = np.full(m, UNDECIDED, np.int32)
    history = np.append(settled, none), np.append(room.zone_groups.of(zone, air), none)
    found = crossings(stretch[at], group, *history)
    entries = _entries(room, fixes.take(at), np.tile(keys, 2), found, before.zones, source_id)
    return Passages(entries, _after(fixes, area, contact, at[~late[at]], zone, found, before.zones))


def _entries(
    room: Room, fixes: Fixes, keys: NDArray[np.int64], found: Crossings, before: ZoneState, source_id: int
) -> list[Entry]:
    label, edition = room.zone_groups.label, room.zone_edition
    made = []
    for i, owner, left, entered in zip(found.index, found.contact, found.left, found.entered, strict=True):
        if i >= 0:
            at, lat, lon = fixes.time[i], fixes.lat[i], fixes.lon[i]
        else:
            at, lat, lon = before.since_ms[owner], before.since_lat[owner], before.since_lon[owner]
        where = int(keys[owner]), int(at), float(lat), float(lon)
        made.append(Entry(*where, int(left), label[left], int(entered), label[entered], edition, source_id))
    return made


def _after(
    fixes: Fixes,
    area: NDArray[np.int32],
    contact: NDArray[np.int64],
    at: NDArray[np.int64],
    zone: NDArray[np.int32],
    found: Crossings,
    before: ZoneState,
) -> ZoneState:
    """The zone state after the batch, by fix: of each contact's newest fix that could pass something on."""
    owner = contact[at]
    newest = at[np.append(owner[1:] != owner[:-1], True)] if len(at) else at

    def then(known: NDArray[Any], heard: NDArray[Any]) -> NDArray[Any]:
        by_contact = known.copy()
        by_contact[contact[newest]] = heard[newest]
        return by_contact[contact]

    return ZoneState(
        zone=then(zone, area),
        settled=found.decided[contact],
        since_ms=then(before.since_ms, fixes.time),
        since_lat=then(before.since_lat, fixes.lat),
        since_lon=then(before.since_lon, fixes.lon),
    )
