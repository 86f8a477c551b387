"""Messages of several sentences put together: parts in any order, each counted, none waited for for ever."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from maoc_tui.feeds.nmea_times import ARRIVAL

EXPIRY_MS = 60_000
"""A part that comes later than this after the one before belongs to another message."""
ECHO_MS = 3_000
"""The same transmission through another station arrives within this time."""
EXPIRY_RECORDS = 2_000
"""Stands for the expiry in a log that tells no time: records between two parts."""
_FEW_RECORDS = 100
_MOST_PENDING = 4_096


Origin = tuple[int, int, bytes]
"""Where a sentence stands in its source: record number, line number, the text as received."""


class Part(NamedTuple):
    """One sentence of a message of several."""

    payload: bytes
    fill: int
    ms: int
    quality: int
    origin: Origin


Key = tuple[bytes, ...]
"""Station, sequence number, channel, talker and type, total: what the parts of one message share."""


@dataclass(slots=True)
class _Pending:
    total: int
    parts: dict[int, Part] = field(default_factory=dict)
    complete: bool = False

    @property
    def latest(self) -> Part:
        return next(reversed(self.parts.values()))


class Orphan(NamedTuple):
    """A part whose message never became whole, and the reason."""

    part: Part
    reason: str


class Assembler:
    """Joins parts by key; what expires or is displaced is handed out by ``orphans``."""

    def __init__(self) -> None:
        self._pending: dict[Key, _Pending] = {}
        self._lost: list[Orphan] = []
        self.duplicates = 0
        """Parts that repeat a part just received; read and reset by the caller."""

    def add(self, key: Key, total: int, number: int, part: Part) -> list[Part] | None:
        """Take one part of a message; all parts in their order once the last is there."""
        entry = self._pending.get(key)
        if entry and self._repeats(entry, number, part):
            self.duplicates += 1
            return None
        if entry and (entry.complete or number in entry.parts or _apart(entry.latest, part)):
            self._drop(key)
            entry = None
        if entry is None:
            entry = self._open(key, total)
        entry.parts[number] = part
        if len(entry.parts) < total:
            return None
        entry.complete = True
        return [entry.parts[n] for n in sorted(entry.parts)]

    def expire(self, ms: int, record: int) -> None:
        """Give up what is still incomplete after 60 s (or 2,000 records in a log without times).

        And not before 100 further records: the clock of one station may be wrong by minutes.
        """
        now = Part(b"", 0, ms, 0, (record, 0, b""))
        for key, entry in list(self._pending.items()):
            if record - entry.latest.origin[0] > _FEW_RECORDS and _apart(entry.latest, now):
                self._drop(key)

    def finish(self) -> None:
        """The source has ended: nothing more will come."""
        for key in list(self._pending):
            self._drop(key)

    def orphans(self) -> list[Orphan]:
        """The parts given up since the last call, in the order of their records."""
        lost, self._lost = sorted(self._lost, key=lambda orphan: orphan.part.origin), []
        return lost

    def _open(self, key: Key, total: int) -> _Pending:
        if len(self._pending) >= _MOST_PENDING:
            self._drop(next(iter(self._pending)))
        entry = self._pending[key] = _Pending(total)
        return entry

    def _drop(self, key: Key) -> None:
        entry = self._pending.pop(key)
        if entry.complete:
            return
        missing = [n for n in range(1, entry.total + 1) if n not in entry.parts]
        word = "part" if len(missing) == 1 else "parts"
        reason = f"{word} {', '.join(map(str, missing))} of {entry.total} never came"
        self._lost.extend(Orphan(part, reason) for part in entry.parts.values())

    @staticmethod
    def _repeats(entry: _Pending, number: int, part: Part) -> bool:
        """True when the same part of the same message has just been received."""
        known = entry.parts.get(number)
        return known is not None and known.payload == part.payload and abs(part.ms - known.ms) <= ECHO_MS


def _apart(before: Part, now: Part) -> bool:
    if abs(now.ms - before.ms) > EXPIRY_MS:
        return True
    timeless = before.quality == ARRIVAL
    return timeless and now.origin[0] - before.origin[0] > EXPIRY_RECORDS
