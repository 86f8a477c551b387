"""The sweep: what the behaviour rules see now, brought into the record by one program at a time.

Whoever takes traffic in sweeps after it. The first sweep reads the tracks of the last hours; each one after that only
what came in since. What was over before the first is history and raises nothing, though a late fix tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4
from weakref import WeakKeyDictionary

import numpy as np

from maoc_tui.desk.alert_memory import Memory
from maoc_tui.desk.alert_rules import lasts_ms, rules, stands_ms
from maoc_tui.domain.alert_carry import carried, ended
from maoc_tui.domain.alerts import Finding
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.roles import Act, allowed, require
from maoc_tui.domain.times import parse_time
from maoc_tui.geo.behaviour import gap
from maoc_tui.geo.ports import Ports
from maoc_tui.problems import Problem, StoreProblem
from maoc_tui.store import alerts, sources, sweeping, tracks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from maoc_tui.desk.room import Room
    from maoc_tui.domain.viewer import Viewer
    from maoc_tui.store.alerts import Merged

FEED, KIND = "alerts", "sweep"
"""What a failing sweep is called among the feeds."""
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
    same: tuple[str, ...] = ()
    """Of those that were as they are."""
    contacts: int = 0
    """Vessels whose tracks it knows."""
    began: bool = False
    """It read the tracks of the last hours first."""
    told: bool = True
    """False for who asked and reads no alerts: nothing else is said then."""


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
            found = _found(room, mine.memory, now)
            with room.db.writing_traffic() as conn:
                merged = alerts.merge(conn, found, now, each=True)
                _note_health(conn, merged, now)
        except BaseException:
            mine.memory = None  # what was read and not kept is read again
            raise
        contacts = len(mine.memory.recent.key)
        return SweepResult(True, merged.new, merged.changed, merged.unchanged, merged.same, contacts, began)


def ask(room: Room, viewer: Viewer) -> SweepResult:
    """Sweep now on somebody's behalf; told of alerts the viewer sees, and of no others.

    Raises NotPermitted for whoever may not bring traffic in.
    """
    require(viewer, Act.INGEST)
    try:
        done = sweep(room)
    finally:
        leave(room)
    return _told(room, viewer, done)


def _told(room: Room, viewer: Viewer, done: SweepResult) -> SweepResult:
    """What a viewer learns of a sweep: references and counts of what its own connection shows."""
    if not allowed(viewer, Act.READ_TRAFFIC):
        return SweepResult(done.swept, told=False)
    with room.db.reading(viewer) as conn:
        seen = alerts.seen(conn, (*done.new, *done.changed, *done.same))
    new, changed, same = (
        tuple(ref for ref in refs if ref in seen) for refs in (done.new, done.changed, done.same)
    )
    return replace(done, new=new, changed=changed, same=same, unchanged=len(same))


def scan_as_of(room: Room, viewer: Viewer, when: str) -> tuple[Finding, ...]:
    """``scan`` at a time as typed; raises BadInput for what is none."""
    require(viewer, Act.READ_TRAFFIC)
    return scan(room, viewer, to_ms(parse_time(when, room.clock.now())))


def after_intake(room: Room, between_s: float = BETWEEN_S) -> SweepResult | None:
    """Sweep after traffic came in, not too often; None when it was not the time or could not be.

    Taking traffic in never fails because of it; that it failed stands among the feeds, on every screen.
    """
    mine = _sweeper(room)
    if room.db.read_only or monotonic() - mine.last < between_s or mine.lock.locked():
        return None
    try:
        return sweep(room)
    except Exception as fault:
        # What else a fault says may name what not everybody is told of who is told how the feeds do.
        said = fault.message if isinstance(fault, StoreProblem) else f"fault {type(fault).__name__}"
        with suppress(Problem), room.db.writing_traffic() as conn:
            failing = f"failing: no alert is raised: {said}"[:200].rstrip(".")
            sources.failed(conn, FEED, KIND, room.clock.now_ms(), failing)
        return None


def _note_health(conn: Connection, merged: Merged, now_ms: int) -> None:
    """Say among the feeds what could not be kept; nothing stands there while all is well."""
    if merged.refused:
        sources.failed(conn, FEED, KIND, now_ms, f"failing: {len(merged.refused)} alerts could not be kept")
    else:
        sources.forget(conn, FEED, KIND)


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
    from maoc_tui.desk import alert_record  # with half the desks behind it: who only reads waits for none

    require(viewer, Act.READ_TRAFFIC)
    memory = Memory(_ports())
    with room.db.reading(viewer) as conn:
        fixes = memory.begin(conn, at_ms)
        steps = memory.take(conn, fixes, at_ms)
        scene = memory.scene(conn, at_ms)
        found = memory.judged(conn, scene, steps, fixes)
        found += [_then(memory, one) for one in alert_record.said(room, conn, scene, memory)]
    return tuple(sorted(found, key=lambda one: (-one.level, one.first_ms, one.cause)))


def _then(memory: Memory, one: Finding) -> Finding:
    """What was said, at the place where it was then: the record's contact has sailed on."""
    row = int(memory.recent.rows(np.array([one.keys[0]]))[0])
    if row < 0 or np.isnan(memory.recent.at_lat[row]):
        return replace(one, lat=None, lon=None)
    return replace(one, lat=float(memory.recent.at_lat[row]), lon=float(memory.recent.at_lon[row]))


def _found(room: Room, memory: Memory, now: int) -> list[Finding]:
    """Everything to be merged: what is seen, what went on, what ended, what never was."""
    from maoc_tui.desk import alert_record  # with half the desks behind it: who only reads waits for none

    with room.db.reading_whole() as conn:
        standing = alerts.standing(conn, now - stands_ms())
        causes = {one.cause for one in standing}
        fixes = memory.news(conn, now) if memory.began_ms else memory.begin(conn, now)
        steps = memory.take(conn, fixes, now)
        scene = memory.scene(conn, now)
        memory.recall(standing)
        seen = memory.judged(conn, scene, steps, fixes) + alert_record.said(room, conn, scene, memory)
        seen = [
            one
            for one in carried(seen, standing, rules().join_ms)
            if not one.over or one.last_ms >= memory.began_ms or one.cause in causes
        ]
        seen += alert_record.find(room, conn, scene, fixes, [*standing, *seen])
        gone = gap.dissolved(scene, steps, standing)
        settled = {one.cause for one in (*seen, *gone)}
        open_still = [one for one in standing if one.cause not in settled]
        back = [_first_heard(conn, one) for one in gap.heard_again(scene, open_still)]
    return _once([*seen, *back, *ended(standing, seen, now, lasts_ms()), *gone])


def _first_heard(conn: Connection, one: Finding) -> Finding:
    """A gap that is over, to the first fix after the silence; ends where it began when the tracks tell none."""
    fixes, _ = tracks.read(conn, one.keys[0], one.first_ms + 1, one.last_ms)
    if not len(fixes):
        return replace(one, last_ms=one.first_ms)
    return gap.ended_at(one, int(fixes.time[0]))


def _once(found: Sequence[Finding]) -> list[Finding]:
    """The last word on each cause."""
    return list({one.cause: one for one in found}.values())
