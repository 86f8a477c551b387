"""Live sources: what there is to listen to, how each one does, and listening to one until told to stop.

Only ``run`` needs the network library; it is imported there.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maoc_tui.desk import rejects
from maoc_tui.desk.alert_sweep import after_intake, leave
from maoc_tui.desk.room import Room
from maoc_tui.desk.snapshots import FeedState
from maoc_tui.desk.storing import store_batch
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.reports import Batch
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.feeds import live_health, live_services
from maoc_tui.problems import StoreProblem
from maoc_tui.store import sources
from maoc_tui.store.sources import FeedRow

if TYPE_CHECKING:
    from maoc_tui.feeds.live import LiveSource, Poll

_USUAL_PACE_S = 60.0
"""Pause assumed for a source that is in no table any more."""
_STOPPED_AFTER_S = 120.0
"""A feed whose last try is longer ago than its own pause and this much is not running."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One source that can be run, with how it does now."""

    service: live_services.Service
    state: FeedState
    rejects_file: Path | None = None
    """Where the records are that it sent and that were not taken; None while there are none."""


@dataclass(frozen=True, slots=True)
class Polled:
    """One poll, or all polls of a run: read = accepted + rejected + duplicate."""

    at_ms: int
    state: str
    """starting, ok, silent, failing or backing_off."""
    text: str
    """The state in words."""
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    reason: str = ""
    """Why the first reject of this poll was rejected; as received, to be made printable."""
    answered: bool = False
    """The service gave an answer that could be read."""
    rejects_file: Path | None = None
    """In the account of a whole run: where the source's rejected records are; None while there are none."""


def states(room: Room, viewer: Viewer) -> tuple[FeedState, ...]:
    """Every source that was ever run on this record, by name."""
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        rows = sources.feeds(conn)
    paces = {service.name: service.every_s for service in live_services.services(room.settings.feeds)}
    return tuple(_state(row, paces.get(row.name, _USUAL_PACE_S), now) for row in rows)


def listing(room: Room, viewer: Viewer) -> tuple[FeedLine, ...]:
    """Every source that can be run: the user's own first, then those the program knows."""
    require(viewer, Act.READ_FEEDS)
    run_before = {state.name: state for state in states(room, viewer)}
    return tuple(
        FeedLine(
            s,
            run_before.get(s.name) or FeedState(s.name, s.kind, None, "never run", False, 0),
            _rejects_file(room, s.name),
        )
        for s in live_services.services(room.settings.feeds)
    )


def _rejects_file(room: Room, name: str) -> Path | None:
    path = rejects.of_feed(room.db.path, name)
    return path if path.exists() else None


def run(
    room: Room,
    viewer: Viewer,
    name: str,
    stop: threading.Event,
    on_poll: Callable[[Polled], None] | None = None,
    *,
    url: str = "",
) -> Polled:
    """Listen to one source until ``stop`` is set, and return the account of the whole run.

    Blocks: call it in a worker. ``url`` asks another address in the same form. ``on_poll`` gets each poll, in
    this thread. Raises BadInput for a name or address that is none.
    """
    require(viewer, Act.INGEST)
    from maoc_tui.feeds import live

    settings = live_services.find(name, room.settings.feeds).settings()
    settings = replace(settings, url=url or settings.url)
    before = _row(room, viewer, name)
    pause_ms = round(settings.every_s * 1000)
    not_before = before.tried_ms + pause_ms if before and before.tried_ms and not url else 0
    now = room.clock.now_ms()
    source = live.LiveSource(settings, room.clock, not_before_ms=min(not_before, now + pause_ms))
    with room.db.writing_traffic() as conn:
        source_id = sources.register(conn, name, "feed", source.kind.format)
    listener = _Listener(room, source, source_id, on_poll)
    try:
        live.run(source, listener.deliver, stop, listener.polled)
    finally:
        leave(room)
    return replace(listener.total, rejects_file=_rejects_file(room, name))


class _Listener:
    """Stores what a source brings and keeps its account."""

    def __init__(
        self, room: Room, source: LiveSource, source_id: int, on_poll: Callable[[Polled], None] | None
    ) -> None:
        self.room, self.source, self.source_id, self.on_poll = room, source, source_id, on_poll
        self.total = Polled(room.clock.now_ms(), source.state.state, source.state.text)
        self.poll = self.total
        self.fixes = 0

    def deliver(self, batch: Batch) -> None:
        """Store one batch, then count it: what is not on the disk is not in the account."""
        stored = store_batch(self.room, batch, self.source_id)
        self.fixes += max(stored.accepted - batch.others, 0)
        self.poll = _added(self.poll, batch, stored.accepted, stored.duplicates)
        try:
            rejects.add_of_feed(
                self.room.db.path, self.source.settings.name, self.room.clock.now(), batch.rejects
            )
        except StoreProblem as problem:
            # The traffic is stored and counted; that its rejects could not be listed must not stop the source.
            self.poll = replace(self.poll, reason=problem.message)

    def polled(self, poll: Poll) -> None:
        """Write down how the source does, and tell whoever listens."""
        health, now = poll.state, self.room.clock.now_ms()
        one = replace(self.poll, at_ms=now, state=health.state, text=health.text, answered=not health.error)
        # A record that cannot be written says so through the source's own state; the loop goes on.
        with contextlib.suppress(StoreProblem), self.room.db.writing_traffic() as conn:
            name, kind = self.source.settings.name, self.source.settings.kind
            sources.count(conn, self.source_id, one.read, one.accepted, one.rejected, one.duplicate)
            if health.kept:
                sources.failed(conn, name, kind, now, health.kept)
            elif self.fixes:
                sources.heard(conn, name, kind, self.source_id, now, self.fixes)
            else:
                sources.answered(conn, name, kind, self.source_id, now)
        counts = ("read", "accepted", "rejected", "duplicate")
        summed = {c: getattr(self.total, c) + getattr(one, c) for c in counts}
        self.total = replace(one, **summed)
        self.poll, self.fixes = Polled(now, "", ""), 0
        after_intake(self.room)
        if self.on_poll is not None:
            self.on_poll(one)


def _added(poll: Polled, batch: Batch, accepted: int, duplicates: int) -> Polled:
    first = batch.rejects[0] if batch.rejects and not poll.reason else None
    return replace(
        poll,
        read=poll.read + batch.read,
        accepted=poll.accepted + accepted,
        rejected=poll.rejected + len(batch.rejects),
        duplicate=poll.duplicate + duplicates,
        reason=f"{first.field}: {first.reason}".removeprefix(": ") if first else poll.reason,
    )


def _row(room: Room, viewer: Viewer, name: str) -> FeedRow | None:
    with room.db.reading(viewer) as conn:
        return next((row for row in sources.feeds(conn) if row.name == name), None)


def _state(row: FeedRow, every_s: float, now: int) -> FeedState:
    """How a source does, from what its runner wrote down last."""
    tried = row.tried_ms or 0
    quiet_ms = now - (row.last_ms or tried)
    pause_s = max(every_s, live_health.LONGEST_WAIT_S) if row.error else every_s
    if row.error:
        state, text = live_health.failed(row.error, quiet_ms)
    else:
        state, text = live_health.quiet(quiet_ms, live_health.silent_after_s(every_s))
    if state != live_health.BACKING_OFF and now - tried > (pause_s + _STOPPED_AFTER_S) * 1000:
        state, text = "stopped", f"not running since {from_ms(tried):%H%MZ}"
    return FeedState(row.name, row.kind, row.last_ms, text, state == live_health.OK, row.fixes)
