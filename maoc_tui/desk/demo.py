"""The demo: a scratch record of invented traffic and targets, replayed faster than the clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from maoc_tui.desk import targets
from maoc_tui.desk.demo_assets import seed_assets
from maoc_tui.desk.demo_liaison import seed
from maoc_tui.desk.demo_operations import seed_operations
from maoc_tui.desk.demo_requests import seed_requests
from maoc_tui.desk.demo_seizures import seed_seizures
from maoc_tui.desk.room import Room, Said
from maoc_tui.desk.storing import store_batch
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain.clock import ScenarioClock, from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.marking_entry import parse as parse_marking
from maoc_tui.domain.units import format_dtg, format_position
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.feeds.scenario_fleet import target_key
from maoc_tui.problems import BadInput
from maoc_tui.settings import Settings
from maoc_tui.store import sources
from maoc_tui.store.numbers import InOrder, numbered

STEP_MS = 3 * 3_600_000
"""History is written in steps of this many milliseconds, so that progress shows."""
TICK_S = 0.5
"""Real seconds between two steps of the replay."""


class Demo:
    """A scenario and the room it plays in."""

    def __init__(
        self, settings: Settings, rate: float | None = None, clock: ScenarioClock | None = None
    ) -> None:
        self.scenario = Scenario.load()
        self.clock = clock or ScenarioClock(start_ms=self.scenario.opens, rate=0)
        self.clock.set_to(self.scenario.opens)
        self._rate = self.scenario.rate if rate is None else rate
        self._settings = settings
        self._source = 0
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
        said("making the demo: targets")
        for entry in self.scenario.targets:
            _add_target(room, self.scenario, entry)
        said("making the demo: officers, roster, assignments")
        seed(room, self.scenario.begins)
        said("making the demo: requests and clocks")
        seed_requests(room)
        said("making the demo: operations")
        seed_operations(room)
        said("making the demo: assets and taskings")
        seed_assets(room)
        said("making the demo: seizures of earlier weeks")
        seed_seizures(room)

    def _write_history(self, room: Room, said: Said) -> None:
        with room.db.writing_traffic() as conn:
            self._source = sources.register(conn, "demo", "feed", "scenario")
        for since, until in _steps(self.scenario.begins, self.scenario.opens):
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

    def _replay(self, room: Room) -> None:
        done = self.scenario.opens
        while not self._stop.wait(TICK_S) and done < self.scenario.ends:
            now = min(self.clock.now_ms(), self.scenario.ends)
            if now > done:
                store_batch(room, self.scenario.reports(done, now), self._source)
                done = now
        self.clock.set_rate(0)


def _steps(begins: int, ends: int) -> Iterator[tuple[int, int]]:
    at = begins - 1
    while at < ends:
        until = min(at + STEP_MS, ends)
        yield at, until
        at = until


def _add_target(room: Room, scenario: Scenario, entry: Mapping[str, Any]) -> None:
    """Record one target as an officer would have: from its contact, or from a first sighting."""
    source, marking = entry["source"], _marking(entry)
    values = {name: str(entry[name]) for name in ("name", "flag", "imo", "call_sign") if name in entry}
    sightings = [_sighting(scenario, s) for s in entry.get("sightings", ())]
    draft = NewTarget(
        description=f"{entry['description']}. {entry.get('note', '')}".strip(),
        kind=entry["kind"], type=entry["type"], values=values, source=source, marking=marking,
        position=sightings[0][0] if sightings else "", radius="5" if sightings else "",
    )  # fmt: skip
    key = target_key(entry)
    heard = key is not None and _heard(room, key)
    if heard and key:
        saved = targets.add_from_contact(room, WATCH, key, draft)
    else:
        saved = _from_words(room, draft, entry)
    for position, at, text in sightings:
        targets.sight(room, WATCH, saved.ref, position, at, source, text, marking=marking)
    for status in _way_to(entry["status"]):
        targets.set_status(room, WATCH, saved.ref, status, "as the night began")


def _from_words(room: Room, draft: NewTarget, entry: Mapping[str, Any]) -> targets.Saved:
    if not draft.position and "track" in entry:
        _, lat, lon = entry["track"][0]
        draft = replace(draft, position=format_position(lat, lon), radius="50")
    return targets.add(room, WATCH, draft)


def _heard(room: Room, key: int) -> bool:
    from maoc_tui.desk import picture

    return picture.load(room, WATCH).row(key) >= 0


def _sighting(scenario: Scenario, entry: list[Any]) -> tuple[str, str, str]:
    hours, lat, lon, text = entry
    at = from_ms(scenario.begins + int(hours * 3_600_000))
    return format_position(lat, lon), format_dtg(at), text


def _marking(entry: Mapping[str, Any]) -> Marking:
    originator = entry["source"][:2] if entry["source"][2:3] == " " else "MAOC"
    return parse_marking(f"{entry['grade']} H2 rel MAOC,PT,ES,FR", originator)


def _way_to(status: str) -> tuple[str, ...]:
    """The statuses passed on the way from NOMINATED."""
    steps = {
        "NOMINATED": (),
        "ASSESSING": ("ASSESSING",),
        "ACTIVE": ("ACTIVE",),
        "TRACKED": ("ACTIVE", "TRACKED"),
        "LOST": ("ACTIVE", "TRACKED", "LOST"),
    }
    return steps[status]
