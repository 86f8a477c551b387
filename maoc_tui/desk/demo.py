"""The demo: a scratch record of invented traffic and targets, replayed faster than the clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from maoc_tui.desk import demo_assets, demo_operations, demo_requests, demo_targets
from maoc_tui.desk.alert_sweep import after_intake, leave
from maoc_tui.desk.demo_liaison import seed
from maoc_tui.desk.demo_night import Night
from maoc_tui.desk.demo_script import Acts
from maoc_tui.desk.demo_seizures import seed_seizures
from maoc_tui.desk.room import Room, Said
from maoc_tui.desk.storing import store_batch
from maoc_tui.domain.clock import ScenarioClock, from_ms
from maoc_tui.domain.units import format_dtg
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.problems import BadInput
from maoc_tui.settings import Settings
from maoc_tui.store import sources
from maoc_tui.store.numbers import InOrder, numbered

STEP_MS = 3 * 3_600_000
"""History is written in steps of this many milliseconds, so that progress shows."""
_SWEEP_S = 4.0
"""Real seconds between two sweeps for alerts: its hours pass in minutes."""
_SOURCE = ("demo", "feed", "scenario")
"""Its traffic in the record: name, kind, format."""
TICK_S = 0.5
"""Real seconds between two steps of the replay."""


class Demo:
    """A scenario and the room it plays in; with a ``night`` it opens in the evening and its officers act as it goes."""

    def __init__(
        self,
        settings: Settings,
        rate: float | None = None,
        clock: ScenarioClock | None = None,
        night: Night | None = None,
    ) -> None:
        self.scenario = Scenario.load()
        self.night = night
        self.opens = night.opens if night else self.scenario.opens
        self.clock = clock or ScenarioClock(start_ms=self.opens, rate=0)
        self.clock.set_to(self.opens)
        usual = night.rate if night else self.scenario.rate
        self._rate = usual if rate is None else rate
        self._settings = settings
        self._source = 0
        self._acts = Acts(self.opens)
        self._done = self.opens
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def make(self, path: Path, said: Said = lambda _: None) -> Room:
        """Write the scenario's history and targets into a new record at ``path``."""
        if path.exists():
            raise BadInput(
                f"{path} is there already.", f"Open it with: maoc --db {path}, or name another file."
            )
        room = Room.open(path, create=True, clock=self.clock, settings=self._settings, said=said)
        try:
            self._write_history(room, said)
            with numbered(InOrder()):
                self._write_record(room, said)
        except BaseException:
            room.close()
            raise
        return room

    def _write_record(self, room: Room, said: Said) -> None:
        near = self.scenario.opens
        said("making the demo: targets")
        self._acts.take(demo_targets.scripts(room, self.scenario))
        said("making the demo: officers, roster, assignments")
        seed(room, self.scenario.begins)
        said("making the demo: requests and clocks")
        self._acts.take(demo_requests.scripts(room, near))
        said("making the demo: operations")
        self._acts.take(demo_operations.scripts(room, near))
        said("making the demo: assets and taskings")
        self._acts.take(demo_assets.scripts(room, near))
        said("making the demo: seizures of earlier weeks")
        seed_seizures(room)
        if self.night:
            self._acts.take(self.night.scripts(room))

    def _write_history(self, room: Room, said: Said) -> None:
        with room.db.writing_traffic() as conn:
            self._source = sources.register(conn, *_SOURCE)
        for since, until in _steps(self.scenario.begins, self.opens):
            said(f"making the demo: traffic of {format_dtg(from_ms(until))}")
            store_batch(room, self.scenario.reports(since, until), self._source)

    def start(self, room: Room) -> None:
        """Let the watch clock run and the traffic with it, until ``stop``."""
        self.clock.set_rate(self._rate)
        self._thread = threading.Thread(target=self._replay, args=(room,), name="demo replay", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the replay; returns when its last write is done."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)

    def advance(self, room: Room, until_ms: int) -> None:
        """Let come in what was sent, and do what its officers did, up to an instant."""
        until = min(until_ms, self.scenario.ends)
        if until > self._done:
            store_batch(room, self.scenario.reports(self._done, until), self._source)
            self._done = until
        if self._acts.due(until):
            with numbered(InOrder()):
                self._acts.until(until)

    def _replay(self, room: Room) -> None:
        while not self._stop.wait(TICK_S) and self._done < self.scenario.ends:
            before = self._done
            self.advance(room, self.clock.now_ms())
            if self._done > before:
                after_intake(room, _SWEEP_S)
        leave(room)
        self.clock.set_rate(0)


def made_by_demo(room: Room) -> bool:
    """Whether a demo made this record: its traffic is the scenario's."""
    with room.db.reading_whole() as conn:
        return sources.known(conn, *_SOURCE) is not None


def _steps(begins: int, ends: int) -> Iterator[tuple[int, int]]:
    at = begins - 1
    while at < ends:
        until = min(at + STEP_MS, ends)
        yield at, until
        at = until
