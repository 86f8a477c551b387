"""Zone passages of a batch: who went from one zone into another, and what is known of each after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_hand import Waters
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
    zones: Waters,
    fixes: Fixes,
    area: NDArray[np.int32],
    contact: NDArray[np.int64],
    keys: NDArray[np.int64],
    before: Last,
    source_id: int,
) -> Passages:
    """Find the passages among new fixes ordered by contact, then time.

    ``area`` is the zone of each fix among ``zones``, ``contact`` its index into ``keys`` and ``before``. Doubtful
    fixes pass nothing on, and what another edition of the zone dataset had settled counts as unknown. A contact that
    was lost in between is known anew: where it went unheard is nobody's passage. Fixes that came late are a stretch
    of their own: its passages are noted, what is known of the present stays.
    """
    same = np.array([e == zones.edition for e in before.edition], np.bool_) & before.known
    air = np.zeros(len(keys), np.bool_)
    air[contact] = fixes.cls == ContactClass.AIRCRAFT
    settled = np.where(same, zones.groups.of(before.zones.settled, air), np.int32(UNDECIDED))
    zone = np.where(same, before.zones.zone, np.int32(UNDECIDED))
    sure = (area >= 0) & ((fixes.doubt & _IN_DOUBT) == 0) & ~np.isin(fixes.cls, _STANDING)
    late = (fixes.doubt & np.uint16(Doubt.LATE)) != 0
    at = np.flatnonzero(sure)
    at = at[np.argsort(contact[at] + len(keys) * late[at], kind="stable")]
    stretches = _stretches(fixes.take(at), contact[at], late[at], before, room.reference.ageing.lost_s)
    group = zones.groups.of(area[at], air[contact[at]])
    found = stretches.crossings(group, settled, zones.groups.of(zone, air))
    entries = _entries(zones, fixes.take(at), keys, found, before.zones, source_id)
    settled[stretches.contact[stretches.present]] = found.decided[stretches.present]
    return Passages(entries, _after(fixes, area, contact, at[~late[at]], zone, settled, before.zones))


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Fixes cut into stretches without a long silence: one after the other by contact, late ones apart."""

    of: NDArray[np.int64]
    """Stretch of each fix."""
    contact: NDArray[np.int64]
    """Contact of each stretch."""
    goes_on: NDArray[np.bool_]
    """Whether a stretch goes on from what was known before."""
    present: NDArray[np.bool_]
    """Whether a stretch tells of the present; late ones do not."""

    def crossings(
        self, group: NDArray[np.int32], settled: NDArray[np.int32], last: NDArray[np.int32]
    ) -> Crossings:
        """The crossings within the stretches, by contact; ``decided`` is by stretch."""
        known = (np.where(self.goes_on, h[self.contact], np.int32(UNDECIDED)) for h in (settled, last))
        found = crossings(self.of, group, *known)
        return replace(found, contact=self.contact[found.contact])


def _stretches(
    fixes: Fixes,
    contact: NDArray[np.int64],
    late: NDArray[np.bool_],
    before: Last,
    lost_s: NDArray[np.float64],
) -> _Stretches:
    """Cut fixes that are ordered by lateness, contact and time."""
    limit = lost_s[fixes.cls] * 1000
    first = np.ones(len(contact), np.bool_)
    first[1:] = (contact[1:] != contact[:-1]) | (late[1:] != late[:-1])
    silent = np.zeros(len(contact), np.bool_)
    silent[1:] = fixes.time[1:] - fixes.time[:-1] > limit[1:]
    start = np.flatnonzero(first | silent)
    owner = contact[start]
    heard = before.known[owner] & (fixes.time[start] - before.time[owner] <= limit[start])
    goes_on = first[start] & ~late[start] & heard
    return _Stretches(np.cumsum(first | silent) - 1, owner, goes_on, ~late[start])


def _entries(
    zones: Waters, fixes: Fixes, keys: NDArray[np.int64], found: Crossings, before: ZoneState, source_id: int
) -> list[Entry]:
    label, edition = zones.groups.label, zones.edition
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
    settled: NDArray[np.int32],
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
        settled=settled[contact],
        since_ms=then(before.since_ms, fixes.time),
        since_lat=then(before.since_lat, fixes.lat),
        since_lon=then(before.since_lon, fixes.lon),
    )
