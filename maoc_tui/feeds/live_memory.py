"""What a live source has already delivered, so that an unchanged row does not come twice."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from maoc_tui.domain.contacts import Doubt
from maoc_tui.domain.reports import BEACON, Batch, Identity

SAME_MS = 1500
"""Two times of one unmoved position this close are one report: 'seen n seconds ago' is rounded each time."""
SAME_ARRIVAL_MS = 10_000
"""The same where the time leans on that of arrival: an answer may be seconds on its way."""
_REMEMBERED = 250_000
"""Contacts remembered at once; those longest unchanged are forgotten first."""

_Place = tuple[int, float, float]


@dataclass(slots=True)
class Memory:
    """Last delivered position and identity per contact; what is pending counts only once confirmed."""

    places: dict[int, _Place] = field(default_factory=dict)
    said: dict[int, Hashable] = field(default_factory=dict)
    new_places: dict[int, _Place] = field(default_factory=dict)
    new_said: dict[int, Hashable] = field(default_factory=dict)

    def sift(self, batch: Batch) -> Batch:
        """The batch without what was delivered before; each record that brings nothing new is a duplicate."""
        fixes = batch.fixes
        near_ms = np.where(fixes.doubt & int(Doubt.ARRIVAL_TIME), SAME_ARRIVAL_MS, SAME_MS)
        columns = (fixes.key, fixes.time, fixes.lat, fixes.lon, near_ms)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        fresh = np.fromiter((self._moved(*row) for row in rows), np.bool_, len(fixes))
        positioned = set(fixes.record.tolist())
        identities, repeated = [], 0
        for identity in batch.identities:
            if self._changed(identity):
                identities.append(identity)
            elif identity.record not in positioned:
                repeated += 1
        stale = len(fixes) - int(fresh.sum())
        return Batch(
            fixes=fixes.take(fresh),
            identities=identities,
            rejects=batch.rejects,
            others=batch.others - repeated,
            duplicates=batch.duplicates + stale + repeated,
        )

    def confirm(self) -> None:
        """What was sifted last is stored: remember it."""
        for kept, fresh in ((self.places, self.new_places), (self.said, self.new_said)):
            for key in fresh:
                kept.pop(key, None)
            kept.update(fresh)  # type: ignore[arg-type]
            fresh.clear()
            for key in list(kept)[: max(len(kept) - _REMEMBERED, 0)]:
                del kept[key]

    def forget_pending(self) -> None:
        """What was sifted last is not stored: let it come again."""
        self.new_places.clear()
        self.new_said.clear()

    def _moved(self, key: int, time: int, lat: float, lon: float, near_ms: int) -> bool:
        before = self.new_places.get(key) or self.places.get(key)
        if before is not None and before[1] == lat and before[2] == lon and abs(time - before[0]) <= near_ms:
            return False
        self.new_places[key] = (time, lat, lon)
        return True

    def _changed(self, identity: Identity) -> bool:
        values = tuple(sorted(identity.values.items()))
        again = self.new_said.get(identity.key, self.said.get(identity.key)) == values
        if again and BEACON not in identity.values:  # a beacon that goes on sending is news
            return False
        self.new_said[identity.key] = values
        return True
