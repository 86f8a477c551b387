"""Everything a brief is made of, read for one reader on one connection: one unchanging state of the record.

A record that cannot be read is listed, and the rest is read without it: first all at once, and only where that fails
one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import brief_watch, operation_check_ins, requests
from maoc_tui.desk.asset_reading import rows_of as asset_rows
from maoc_tui.desk.asset_snapshots import AssetRow
from maoc_tui.desk.brief_entry import sound_ms
from maoc_tui.desk.brief_target_reading import TargetNow, assigned, targets
from maoc_tui.desk.gate import told_of_others
from maoc_tui.desk.operation_snapshots import CheckInLine
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_reading import with_states
from maoc_tui.desk.zone_hand import Waters, laid_over
from maoc_tui.desk.zone_hand_shapes import on_earth
from maoc_tui.domain.assets import Asset
from maoc_tui.domain.assignments import Assignment
from maoc_tui.domain.operations import State, state_of
from maoc_tui.domain.releases import FollowUp, Proposal, Request
from maoc_tui.domain.seizures import Event
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import assets as assets_store
from maoc_tui.store import brief_reading as store
from maoc_tui.store import clocks as clocks_store
from maoc_tui.store import operation_log as log_store
from maoc_tui.store import operations as operations_store
from maoc_tui.store import releases as releases_store
from maoc_tui.store import requests as requests_store
from maoc_tui.store import seizures as seizures_store
from maoc_tui.store import taskings as taskings_store
from maoc_tui.store import zone_overrides as zones_store
from maoc_tui.store.brief_reading import FAULTS, Corrected, Granted
from maoc_tui.store.clocks import Started
from maoc_tui.store.handovers import Offered
from maoc_tui.store.operation_log import Line as LogLine
from maoc_tui.store.operations import Operation
from maoc_tui.store.taskings import Tasking
from maoc_tui.store.watch_log import Line as WatchLine

T = TypeVar("T")
Told = TypeVar("Told")


@dataclass(slots=True)
class Gathered:
    """What one reader's brief is made of."""

    room: Room
    reader: Viewer
    now_ms: int
    since_ms: int
    until_ms: int
    zones: Waters = field(init=False)
    """The zones in force for the reader; a broken override is not in them."""
    told_of_others: bool = False
    """Whether the reader learns who else has what it sees; readers by release alone do not."""
    broken: list[str] = field(default_factory=list)
    targets: list[TargetNow] = field(default_factory=list)
    assigned: Mapping[str, list[Assignment]] = field(default_factory=dict)
    """By the id of the target, as in its head."""
    untold_leads: set[str] = field(default_factory=set)
    """Ids of targets of which nobody can read who leads."""
    requests: list[RequestLine] = field(default_factory=list)
    started: list[Started] = field(default_factory=list)
    teams: tuple[CheckInLine, ...] = ()
    asked: list[Request] = field(default_factory=list)
    tasks: list[FollowUp] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    log: list[LogLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    assets: list[tuple[Asset, AssetRow]] = field(default_factory=list)
    taskings: list[Tasking] = field(default_factory=list)
    granted: Mapping[str, list[Granted]] = field(default_factory=dict)
    corrected: list[Corrected] = field(default_factory=list)
    watch: list[WatchLine] = field(default_factory=list)
    """Lines of the watch log that run, or were marked for the brief; the soonest first."""
    handovers: list[Offered] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.zones = laid_over(self.room.zones, ())

    def during(self, ms: int | None) -> bool:
        """Whether an instant lies in the period."""
        return ms is not None and self.since_ms <= ms < self.until_ms

    def tell(
        self, found: Iterable[T], ref: Callable[[T], str], told: Callable[[T], Iterable[Told]]
    ) -> Iterator[Told]:
        """What is told of each record; one that cannot be told is listed."""
        for one in found:
            try:
                yield from tuple(told(one))
            except FAULTS as fault:
                self.broken.append(f"{ref(one)} ({type(fault).__name__})")

    def whole(self, what: str, read: Callable[[], T], nothing: T) -> T:
        """What was read; nothing, and that listed, where it cannot be."""
        try:
            return read()
        except FAULTS as fault:
            self.broken.append(f"{what} ({type(fault).__name__})")
            return nothing

    def each(
        self,
        conn: Connection,
        name: str,
        prefix: str,
        every: Callable[[], list[T]],
        one: Callable[[int], list[T]],
    ) -> list[T]:
        """All rows of a numbered table; where one of them is at fault, all the others."""
        try:
            return every()
        except FAULTS:
            numbers = self.whole(f"numbers of {prefix}", lambda: store.numbers(conn, name), list[int]())
            return list(self.tell(numbers, lambda number: f"{prefix}-{number:04d}", one))

    def still_open(self) -> frozenset[str]:
        """References of what the reader is shown and is not over; of what is never over all of it."""
        seen = [
            *(one.row.ref for one in self.targets if one.row.open),
            *(line.asked.ref for line in self.requests if line.open),
            *(one.ref for one in self.started if one.stop is None),
            *(one.ref for one in self.asked if one.last is None),
            *(one.ref for one in self.proposals),
            *(one.ref for one in self.operations if state_of(one.acts) is not State.CLOSED),
            *(one.ref for one in self.events),
            *(row.ref for _, row in self.assets),
            *(one.ref for one in self.watch),
        ]
        held = (one.released for every in self.granted.values() for one in every)
        return frozenset((*seen, *(one.ref for one in held if one.live(self.now_ms))))


def gather(room: Room, reader: Viewer, conn: Connection, since_ms: int, until_ms: int) -> Gathered:
    """Everything on a connection of the reader's."""
    made = Gathered(room, reader, room.clock.now_ms(), since_ms, until_ms)
    made.told_of_others = told_of_others(room, reader)
    made.zones = _zones(made, conn)
    made.targets = targets(made, conn)
    made.assigned = assigned(made, conn)
    made.corrected = made.whole("corrections", lambda: store.corrected(conn, since_ms), [])
    asked = made.each(
        conn, "request", "RQ", lambda: requests_store.load(conn),
        lambda n: requests_store.load(conn, number=n),
    )  # fmt: skip
    made.requests = list(
        made.tell(asked, lambda one: one.ref, lambda one: (requests.line_of(one, made.now_ms),))
    )
    made.started = made.each(
        conn, "clock", "CK", lambda: clocks_store.load(conn), lambda n: clocks_store.load(conn, number=n)
    )
    _release_work(made, conn)
    _operations(made, conn)
    events = made.each(
        conn, "seizure", "SZ", lambda: with_states(conn, seizures_store.load(conn)),
        lambda n: with_states(conn, seizures_store.load(conn, number=n)),
    )  # fmt: skip
    made.events = list(made.tell(events, lambda one: one.ref, _sound_event))
    _assets(made, conn)
    brief_watch.read(made, conn)
    return made


def _zones(made: Gathered, conn: Connection) -> Waters:
    """The zones in force; of what was entered by hand, what can be laid over them."""
    found = made.each(
        conn, "zone_override", "Z", lambda: zones_store.standing(conn, made.now_ms),
        lambda number: zones_store.standing_one(conn, number, made.now_ms),
    )  # fmt: skip
    sound = made.tell(found, lambda one: one.ref, lambda one: (on_earth(one),))
    return laid_over(made.room.zones, tuple(sound))


def _sound_event(event: Event) -> tuple[Event]:
    """The event. Raises where its times, or the weight of a find, are none."""
    sound_ms(event.when.from_ms)
    sound_ms(event.newest_ms)
    sum(one.grams for one in event.weighings)
    return (event,)


def _sound_operation(one: Operation) -> tuple[Operation]:
    """The operation. Raises where its times, or its steps, are none."""
    sound_ms(one.newest_ms)
    state_of(one.acts)
    return (one,)


def _release_work(made: Gathered, conn: Connection) -> None:
    made.asked = made.whole("questions to originators", lambda: releases_store.requests(conn), [])
    made.tasks = made.whole("tasks of releases", lambda: releases_store.tasks(conn), [])
    made.proposals = made.whole("releases", lambda: releases_store.proposals(conn), [])
    made.granted = made.whole(
        "releases to this copy",
        lambda: store.granted(conn, made.reader.partner),
        dict[str, list[Granted]](),
    )


def _operations(made: Gathered, conn: Connection) -> None:
    found = made.each(
        conn, "operation", "OP", lambda: operations_store.load(conn),
        lambda n: operations_store.load(conn, number=n),
    )  # fmt: skip
    made.operations = list(made.tell(found, lambda one: one.ref, _sound_operation))
    made.teams = made.whole("check-ins", lambda: operation_check_ins.running(conn), ())
    recent = set(made.whole("what was logged", lambda: store.logged_since(conn, made.since_ms), list[UUID]()))
    busy = [one for one in made.operations if one.id in recent]
    try:
        lines = log_store.load(conn, operations=[one.id for one in busy])
        place = {one.id: at for at, one in enumerate(busy)}
        made.log = sorted(lines, key=lambda line: place[line.operation])
    except FAULTS:
        made.log = list(
            made.tell(
                busy, lambda one: f"log of {one.ref}", lambda one: log_store.load(conn, operation=one.id)
            )
        )


def _assets(made: Gathered, conn: Connection) -> None:
    found = made.each(
        conn, "asset", "AS", lambda: assets_store.load(conn), lambda n: assets_store.load(conn, n)
    )
    made.taskings = made.whole("taskings", lambda: taskings_store.load(conn), [])
    made.assets = list(
        made.tell(
            found,
            lambda one: one.ref,
            lambda one: ((one, asset_rows([one], made.taskings, made.zones, made.now_ms)[0]),),
        )
    )
