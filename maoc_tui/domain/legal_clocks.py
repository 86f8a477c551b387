"""Clocks with legal effect: what starts them, how long they run, what their end means.

The rules are data (data/law/clocks.toml). A clock is stored as its start instant and nothing else, so that a
restart, another time zone or a late entry cannot change it; everything here is worked out from the watch's
now. The end of a clock escalates. It never grants anything by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from maoc_tui.domain.law_rules import Verification
from maoc_tui.problems import BadInput

FILE = "law/clocks.toml"
_WAY_OUT = "Mend that entry, or install maoc-tui again."
_HOUR_MS = 3_600_000
_FIELDS = {
    "title", "starts", "limit", "on_expiry", "cite", "verification", "hours", "days", "chase_hours", "silence",
    "note", "by_hand",
}  # fmt: skip
ELECTED, WAIVES = "elected", "waives jurisdiction"
"""What silence may mean: boarding for a State that elected it; the loss of a claim to jurisdiction."""


class Stage(IntEnum):
    """How far a clock has run."""

    RUNNING = 0
    CHASE = 1
    """Half its time is gone, or the time to chase has come where there is no fixed limit."""
    EXPIRED = 2
    """Its limit has passed: escalate."""
    STOPPED = 3
    """What it waited for has come."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One kind of clock."""

    id: str
    title: str
    starts: str
    limit: str
    on_expiry: str
    cite: str
    verification: Verification
    limit_ms: int | None
    """None: no fixed limit."""
    chase_ms: int | None
    """When to chase: half the limit, or what the file says where there is none."""
    silence: str = ""
    note: str = ""
    by_hand: bool = False
    """Nobody is asked: a person starts it on a target."""


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that was started; ``stopped_ms`` is when what it waited for came."""

    rule: ClockRule
    start_ms: int
    stopped_ms: int | None = None

    @property
    def due_ms(self) -> int | None:
        """When its limit passes; None without a fixed limit."""
        return None if self.rule.limit_ms is None else self.start_ms + self.rule.limit_ms

    @property
    def chase_at_ms(self) -> int | None:
        """When to chase."""
        return None if self.rule.chase_ms is None else self.start_ms + self.rule.chase_ms

    @property
    def next_ms(self) -> int:
        """The instant it is sorted by: its limit, or when to chase, or its start."""
        return next(at for at in (self.due_ms, self.chase_at_ms, self.start_ms) if at is not None)

    def stage(self, now_ms: int) -> Stage:
        """How far it has run by the watch's clock."""
        if self.stopped_ms is not None:
            return Stage.STOPPED
        if self.due_ms is not None and now_ms >= self.due_ms:
            return Stage.EXPIRED
        if self.chase_at_ms is not None and now_ms >= self.chase_at_ms:
            return Stage.CHASE
        return Stage.RUNNING

    def left_ms(self, now_ms: int) -> int:
        """Milliseconds until its limit (or until the chase); negative once that has passed."""
        return self.next_ms - now_ms


def free(text: str, start_ms: int, due_ms: int, stopped_ms: int | None = None) -> RunningClock:
    """A clock nobody's law set: a line with a time, chased at half of it."""
    length = max(due_ms - start_ms, 0)
    rule = ClockRule(
        "", text, "entered by hand", "the time given", "escalate", "no text; entered by hand",
        Verification.PROPOSED, length, length // 2,
    )  # fmt: skip
    return RunningClock(rule, start_ms, stopped_ms)


def of_grant(start_ms: int, end_ms: int, stopped_ms: int | None = None) -> RunningClock:
    """The clock of a consent with an end: chased at half of its time, and at its end it allows nothing more."""
    length = max(end_ms - start_ms, 0)
    rule = ClockRule(
        "END", "End of the consent", "the grant", "the time the grant names",
        "it allows nothing any more: ask anew, or withdraw the request", "the grant itself",
        Verification.VERIFIED, length, length // 2,
    )  # fmt: skip
    return RunningClock(rule, start_ms, stopped_ms)


def parse(data: Mapping[str, Any]) -> dict[str, ClockRule]:
    """Clock rules by id from the parsed TOML; BadInput naming entry, field and reason."""
    return {name: _rule(name, entry) for name, entry in data["clock"].items()}


def _rule(name: str, entry: Mapping[str, Any]) -> ClockRule:
    for field in ("title", "starts", "limit", "on_expiry", "cite", "verification"):
        if not entry.get(field):
            raise BadInput(f"{FILE}, clock {name}, {field}: it is missing.", _WAY_OUT)
    strange = set(entry) - _FIELDS
    if strange:
        raise BadInput(f"{FILE}, clock {name}, {min(strange)}: there is no such field.", _WAY_OUT)
    if "hours" in entry and "days" in entry:
        raise BadInput(f"{FILE}, clock {name}, days: hours are given too.", _WAY_OUT)
    if entry.get("silence", "") not in ("", ELECTED, WAIVES):
        raise BadInput(f"{FILE}, clock {name}, silence: {entry['silence']!r} is not known.", _WAY_OUT)
    limit = _milliseconds(name, entry, "hours", 1) or _milliseconds(name, entry, "days", 24)
    return ClockRule(
        id=name,
        title=entry["title"],
        starts=entry["starts"],
        limit=entry["limit"],
        on_expiry=entry["on_expiry"],
        cite=entry["cite"],
        verification=Verification(entry["verification"]),
        limit_ms=limit,
        chase_ms=limit // 2 if limit else _milliseconds(name, entry, "chase_hours", 1),
        silence=entry.get("silence", ""),
        note=entry.get("note", ""),
        by_hand=bool(entry.get("by_hand", False)),
    )


def _milliseconds(name: str, entry: Mapping[str, Any], field: str, hours: int) -> int | None:
    if field not in entry:
        return None
    value = entry[field]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise BadInput(f"{FILE}, clock {name}, {field}: {value!r} is not a time above nothing.", _WAY_OUT)
    return int(value * hours * _HOUR_MS)
