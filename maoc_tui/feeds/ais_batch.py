"""Whole AIS messages collected by type and decoded together: fixes, identities, and what cannot be read."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import Doubt
from maoc_tui.domain.reports import Batch, Fixes, Identity, Reject
from maoc_tui.feeds.ais_decode import LAYOUTS
from maoc_tui.feeds.ais_fixes import Positions
from maoc_tui.feeds.ais_numbers import unplaced_beacons
from maoc_tui.feeds.ais_static import STATIC, IdentityLedger, decode
from maoc_tui.feeds.nmea_times import ARRIVAL, MINUTE

_TEXT = 200


Origin = tuple[int, int, bytes]
"""Where a sentence stands in its source: record number, line number, the text as received."""

Message = tuple[bytes, int, int, int, Origin, tuple[Origin, ...]]
"""Payload, fill bits, time in ms, how well that is known, the last sentence it came in, the others.

A plain tuple, because hundreds of thousands are made in a second.
"""


class MessageQueue:
    """Collects messages of one block and turns them into a batch."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self.waiting: defaultdict[int, list[Message]] = defaultdict(list)
        """Messages whose type and length are right, by type."""
        self._ledger = IdentityLedger()

    def flush(self, batch: Batch) -> None:
        """Decode what is queued into ``batch``, fixes in the order they were read."""
        parts: list[Fixes] = []
        for kind, items in self.waiting.items():
            if kind in LAYOUTS:
                parts.append(self._positions(kind, items, batch))
            elif kind in STATIC:
                self._statements(kind, items, batch)
            else:
                self._others(kind, items, batch)
        self.waiting.clear()
        if parts:
            fixes = Fixes.concat(parts)
            batch.fixes = fixes.take(np.argsort(fixes.record, kind="stable"))
        batch.identities.sort(key=lambda identity: identity.record)

    def _positions(self, kind: int, items: list[Message], batch: Batch) -> Fixes:
        payloads, _, times, qualities, origins, rests = zip(*items, strict=True)
        positions = Positions(kind, payloads)
        time = np.array(times, np.int64)
        quality = np.array(qualities, np.uint8)
        record = np.array([origin[0] for origin in origins], np.int64)
        time = _to_the_second(time, quality, positions.raw.get("second"))
        doubt = np.where(quality == ARRIVAL, int(Doubt.ARRIVAL_TIME), 0).astype(np.uint16)
        for at in np.flatnonzero(positions.bad_lat | positions.bad_lon):
            field, value = ("lat", positions.lat) if positions.bad_lat[at] else ("lon", positions.lon)
            _refuse(items[at], field, f"{value[at]:.4f} is beyond the globe", batch)
        taken = ~(positions.bad_lat | positions.bad_lon)
        batch.others += int(positions.absent.sum())
        batch.others += sum(len(rest) for rest, yes in zip(rests, taken, strict=True) if rest and yes)
        if kind in STATIC:
            for at in np.flatnonzero(taken):
                self._identity(kind, items[at], batch)
        fixes = positions.fixes(time, doubt, record, self._now_ms)
        batch.identities += unplaced_beacons(fixes, positions.absent)
        return fixes.take(positions.fix)

    def _statements(self, kind: int, items: list[Message], batch: Batch) -> None:
        for item in items:
            if self._identity(kind, item, batch):
                batch.others += 1 + len(item[5])
            else:
                _refuse(item, "payload", f"a message of type {kind} that cannot be read", batch)

    def _identity(self, kind: int, item: Message, batch: Batch) -> bool:
        payload, fill, ms, _, origin, _ = item
        found = self._ledger.take(kind, payload, fill, ms, origin[0])
        if isinstance(found, Identity):
            batch.identities.append(found)
        return found is not False

    @staticmethod
    def _others(kind: int, items: list[Message], batch: Batch) -> None:
        for item in items:
            if decode(kind, item[0], item[1]) is None:
                _refuse(item, "payload", f"a message of type {kind} that cannot be read", batch)
            else:
                batch.others += 1 + len(item[5])


def _to_the_second(
    time: NDArray[np.int64], quality: NDArray[np.uint8], second: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Times known to the minute, refined by the report's own UTC second; the rest stays the time of receipt.

    A report with second 59 received just after the full minute is dated almost a minute late: there is no
    telling. Where the receipt is known to the second, it is not touched: a ship's clock may be wrong.
    """
    if second is None:
        return time
    refine = (quality == MINUTE) & (second < 60)
    return np.where(refine, time // 60_000 * 60_000 + second * 1000, time)


def _refuse(item: Message, field: str, reason: str, batch: Batch) -> None:
    """One reject for every sentence of a message."""
    for origin in (*item[5], item[4]):
        batch.rejects.append(reject(origin, field, reason))


def reject(origin: Origin, field: str, reason: str) -> Reject:
    """The reject of one sentence; its text as received, byte for byte."""
    record, line, text = origin
    return Reject(record, line, field, reason, text[:_TEXT].decode("latin-1"))
