"""Everything a brief is made of, read for one reader on one connection: one unchanging state of the record.

A record that cannot be read is listed, and the rest is read without it: first all at once, and only where that fails
one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import operation_check_ins, requests
from maoc_tui.desk.asset_reading import rows_of as asset_rows
from maoc_tui.desk.asset_snapshots import AssetRow
from maoc_tui.desk.operation_snapshots import CheckInLine
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_reading import with_states
from maoc_tui.desk.target_listing import rows_of
from maoc_tui.desk.target_snapshots import TargetRow
from maoc_tui.desk.zone_hand import waters
from maoc_tui.domain.assets import Asset
from maoc_tui.domain.assignments import Assignment
from maoc_tui.domain.releases import FollowUp, Proposal, Request
from maoc_tui.domain.seizures import Event
from maoc_tui.domain.target_facts import latest, standing
from maoc_tui.domain.targets import reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import assets as assets_store
from maoc_tui.store import assignments as assignments_store
from maoc_tui.store import brief_reading as store
from maoc_tui.store import clocks as clocks_store
from maoc_tui.store import operation_log as log_store
from maoc_tui.store import operations as operations_store
from maoc_tui.store import releases as releases_store
from maoc_tui.store import requests as requests_store
from maoc_tui.store import seizures as seizures_store
from maoc_tui.store import targets_listing as targets_store
from maoc_tui.store import taskings as taskings_store
from maoc_tui.store.brief_reading import Corrected, Granted, Spot
from maoc_tui.store.clocks import Started
from maoc_tui.store.operation_log import Line as LogLine
from maoc_tui.store.operations import Operation
from maoc_tui.store.targets_listing import Head, Said
from maoc_tui.store.taskings import Tasking

FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, BadInput)
"""What a row that holds something impossible comes to when it is read or told."""
T = TypeVar("T")
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class TargetNow:
    """One target as a brief needs it."""

    head: Head
    row: TargetRow
    said: Sequence[Said]
    spots: Sequence[Spot]
    holds: Mapping[str, Said]
    """What its identity is held to be now, by attribute."""


@dataclass(slots=True)
class Gathered:
    """What one reader's brief is made of."""

    room: Room
    reader: Viewer
    now_ms: int
    since_ms: int
    until_ms: int
    broken: list[str] = field(default_factory=list)
    targets: list[TargetNow] = field(default_factory=list)
    assigned: Mapping[UUID, list[Assignment]] = field(default_factory=dict)
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


def gather(room: Room, reader: Viewer, conn: Connection, since_ms: int, until_ms: int) -> Gathered:
    """Everything on a connection of the reader's."""
    made = Gathered(room, reader, room.clock.now_ms(), since_ms, until_ms)
    made.targets = _targets(made, conn)
    made.assigned = _whole(made, "assignments", lambda: assignments_store.load(conn), {})
    made.corrected = _whole(made, "corrections", lambda: store.corrected(conn, since_ms), [])
    asked = _each(
        made,
        conn,
        "request",
        "RQ",
        lambda: requests_store.load(conn),
        lambda n: requests_store.load(conn, number=n),
    )
    made.requests = list(
        made.tell(asked, lambda one: one.ref, lambda one: (requests.line_of(one, made.now_ms),))
    )
    made.started = _each(
        made,
        conn,
        "clock",
        "CK",
        lambda: clocks_store.load(conn),
        lambda n: clocks_store.load(conn, number=n),
    )
    _release_work(made, conn)
    _operations(made, conn)
    made.events = _each(
        made, conn, "seizure", "SZ", lambda: with_states(conn, seizures_store.load(conn)),
        lambda n: with_states(conn, seizures_store.load(conn, number=n)),
    )  # fmt: skip
    _assets(made, conn)
    return made


def _each(
    made: Gathered,
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
        found: list[T] = []
        for number in store.numbers(conn, name):
            try:
                found += one(number)
            except FAULTS as fault:
                made.broken.append(f"{prefix}-{number:04d} ({type(fault).__name__})")
        return found


def _whole(made: Gathered, what: str, read: Callable[[], T], nothing: T) -> T:
    """What has no numbers to be read by: all of it, or the word that it could not be read."""
    try:
        return read()
    except FAULTS as fault:
        made.broken.append(f"{what} ({type(fault).__name__})")
        return nothing


def _targets(made: Gathered, conn: Connection) -> list[TargetNow]:
    ids = store.target_ids(conn, made.since_ms)
    if not ids:
        return []
    spots = store.spots(conn)

    def read(only: set[str]) -> list[TargetNow]:
        listed = targets_store.read(conn, only=only)
        rows = rows_of(made.room, made.reader, listed)
        return [
            _target_now(head, row, listed.said.get(head.id, ()), spots.get(head.id, ()), made.now_ms)
            for head, row in zip(listed.heads, rows, strict=True)
        ]

    try:
        return read(set(ids))
    except FAULTS:
        found: list[TargetNow] = []
        for identifier, number in ids.items():
            try:
                found += read({identifier})
            except FAULTS as fault:
                made.broken.append(f"{reference(number)} ({type(fault).__name__})")
        return found


def _target_now(
    head: Head, row: TargetRow, said: Sequence[Said], spots: Sequence[Spot], now_ms: int
) -> TargetNow:
    return TargetNow(head, row, said, spots, latest(standing(said), now_ms))


def _release_work(made: Gathered, conn: Connection) -> None:
    made.asked = _whole(made, "questions to originators", lambda: releases_store.requests(conn), [])
    made.tasks = _whole(made, "tasks of releases", lambda: releases_store.tasks(conn), [])
    made.proposals = _whole(made, "releases", lambda: releases_store.proposals(conn), [])
    made.granted = _whole(
        made,
        "releases to this copy",
        lambda: store.granted(conn, made.reader.partner),
        dict[str, list[Granted]](),
    )


def _operations(made: Gathered, conn: Connection) -> None:
    made.operations = _each(
        made, conn, "operation", "OP", lambda: operations_store.load(conn),
        lambda n: operations_store.load(conn, number=n),
    )  # fmt: skip
    made.teams = _whole(made, "check-ins", lambda: operation_check_ins.running(conn), ())
    recent = set(store.logged_since(conn, made.since_ms))
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
    found = _each(
        made, conn, "asset", "AS", lambda: assets_store.load(conn), lambda n: assets_store.load(conn, n)
    )
    made.taskings = _whole(made, "taskings", lambda: taskings_store.load(conn), [])
    zones = waters(made.room, made.reader)
    made.assets = list(
        made.tell(
            found,
            lambda one: one.ref,
            lambda one: ((one, asset_rows([one], made.taskings, zones, made.now_ms)[0]),),
        )
    )
