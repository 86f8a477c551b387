"""The sweep: what the behaviour rules see now, brought into the record by one program at a time.

Whoever takes traffic in sweeps after it. The first sweep reads the tracks of the last hours; each one after that only
what came in since. A gap or jump that was over before the first sweep is history and raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4
from weakref import WeakKeyDictionary

from maoc_tui.desk import alert_record
from maoc_tui.desk.alert_memory import Memory
from maoc_tui.desk.alert_rules import lasts_ms, rules
from maoc_tui.domain.alert_carry import carried, ended
from maoc_tui.domain.alerts import Finding
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.times import parse_time
from maoc_tui.geo.behaviour import gap
from maoc_tui.geo.ports import Ports
from maoc_tui.problems import Problem
from maoc_tui.store import alerts, sweeping

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room
    from maoc_tui.domain.viewer import Viewer

BETWEEN_S = 20.0
"""After a sweep that followed traffic, traffic starts no other one for so long."""


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one sweep did."""

    swept: bool
    """False where another program sweeps this record."""
    new: tuple[str, ...] = ()
    """References of the alerts it raised."""
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    contacts: int = 0
    """Vessels whose tracks it knows."""
    began: bool = False
    """It read the tracks of the last hours first."""


@dataclass(slots=True)
class _Sweeper:
    """A room's sweeping: its memory, and who it is to other programs."""

    holder: str = field(default_factory=lambda: uuid4().hex)
    lock: Lock = field(default_factory=Lock)
    memory: Memory | None = None
    last: float = float("-inf")


_SWEEPERS: WeakKeyDictionary[Room, _Sweeper] = WeakKeyDictionary()
_MAKING = Lock()


@lru_cache(maxsize=1)
def _ports() -> Ports:
    return Ports.load()


def _sweeper(room: Room) -> _Sweeper:
    with _MAKING:
        return _SWEEPERS.setdefault(room, _Sweeper())


def sweep(room: Room, now_ms: int | None = None) -> SweepResult:
    """Sweep now, unless another program does. Raises NotPermitted where nothing may be written."""
    mine, now = _sweeper(room), room.clock.now_ms() if now_ms is None else now_ms
    with mine.lock:
        mine.last = monotonic()
        with room.db.writing_traffic() as conn:
            lease = sweeping.take(conn, mine.holder)
        if not lease.mine:
            mine.memory = None
            return SweepResult(False)
        began = mine.memory is None or not lease.unbroken
        if began:
            mine.memory = Memory(_ports())
        assert mine.memory is not None
        try:
            found = _found(room, mine.memory, now, began)
            with room.db.writing_traffic() as conn:
                merged = alerts.merge(conn, found, now)
        except BaseException:
            mine.memory = None  # what was read and not kept is read again
            raise
        contacts = len(mine.memory.recent.key)
        return SweepResult(True, merged.new, merged.changed, merged.unchanged, contacts, began)


def ask(room: Room, viewer: Viewer) -> SweepResult:
    """Sweep now on somebody's behalf. Raises NotPermitted for whoever may not bring traffic in."""
    require(viewer, Act.INGEST)
    try:
        return sweep(room)
    finally:
        leave(room)


def scan_as_of(room: Room, viewer: Viewer, when: str) -> tuple[Finding, ...]:
    """``scan`` at a time as typed; raises BadInput for what is none."""
    require(viewer, Act.READ_TRAFFIC)
    return scan(room, viewer, to_ms(parse_time(when, room.clock.now())))


def after_intake(room: Room, between_s: float = BETWEEN_S) -> SweepResult | None:
    """Sweep after traffic came in, not too often; None when it was not the time or could not be.

    Taking traffic in never fails because of it.
    """
    mine = _sweeper(room)
    if room.db.read_only or monotonic() - mine.last < between_s or mine.lock.locked():
        return None
    try:
        return sweep(room)
    except Problem:
        return None


def after_reading(room: Room, newest_ms: int | None) -> None:
    """Sweep once after files were read, if anything in them is recent enough to be looked at."""
    if newest_ms is None or newest_ms < room.clock.now_ms() - rules().look_back_ms:
        return
    going_on = room in _SWEEPERS
    after_intake(room, 0.0)
    if not going_on:
        leave(room)


def leave(room: Room) -> None:
    """Sweep no more from here, so that another program may at once."""
    mine = _SWEEPERS.pop(room, None)
    if mine is not None and mine.memory is not None and not room.db.read_only:
        with room.db.writing_traffic() as conn:
            sweeping.give_up(conn, mine.holder)


def scan(room: Room, viewer: Viewer, at_ms: int) -> tuple[Finding, ...]:
    """What the rules see at a time, from the record's tracks alone; nothing is kept.

    Without the rules that speak of assets: those are governed, and raised by the sweep alone.
    """
    require(viewer, Act.READ_TRAFFIC)
    memory = Memory(_ports())
    with room.db.reading(viewer) as conn:
        fixes = memory.begin(conn, at_ms)
        steps = memory.take(conn, fixes, at_ms)
        scene = memory.scene(conn, at_ms)
        found = memory.judged(scene, steps, fixes)
        found += alert_record.said(room, conn, scene, memory, began=True)
    return tuple(sorted(found, key=lambda one: (-one.level, one.first_ms, one.cause)))


def _found(room: Room, memory: Memory, now: int, began: bool) -> list[Finding]:
    """Everything to be merged: what is seen, what went on, what ended, what never was."""
    with room.db.reading_whole() as conn:
        standing = alerts.standing(conn, now - rules().look_back_ms)
        fixes = memory.begin(conn, now) if began else memory.news(conn, now)
        steps = memory.take(conn, fixes, now)
        scene = memory.scene(conn, now)
        memory.recall(standing)
        seen = memory.judged(scene, steps, fixes)
        seen += alert_record.find(room, conn, scene, memory, fixes, standing, began=began)
        join = rules().join_ms
        seen = carried(seen, standing, join)
        if began:
            causes = {one.cause for one in standing}
            seen = [one for one in seen if not one.over or one.cause in causes]
        gone = gap.dissolved(scene, steps, standing)
        settled = {one.cause for one in (*seen, *gone)}
        back = [one for one in gap.heard_again(scene, standing) if one.cause not in settled]
    return _once([*seen, *back, *ended(standing, seen, now, lasts_ms()), *gone])


def _once(found: Sequence[Finding]) -> list[Finding]:
    """The last word on each cause."""
    return list({one.cause: one for one in found}.values())
