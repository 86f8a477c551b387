"""A live source: polled when due, never sleeping inside a poll, and always able to say how it is.

Nothing counts as delivered until ``confirm``: if storing fails, the next poll asks for the whole picture
again and brings the same reports. A whole-picture answer repeats rows that did not change; those are counted
as duplicates and not delivered.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from maoc_tui.domain.clock import Clock
from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import aircraft_formats, json_formats, live_services
from maoc_tui.feeds.http_source import Answer, FeedFault, Limits, Request, fetch
from maoc_tui.feeds.json_document import Refusal
from maoc_tui.feeds.live_health import FeedHealth, Pulse
from maoc_tui.feeds.live_memory import Memory
from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.problems import Problem
from maoc_tui.settings import FeedSettings

_FORMATS: Mapping[str, Format] = {f.name: f for f in (*json_formats.FORMATS, *aircraft_formats.FORMATS)}
_LOOK_S = 1.0


@dataclass(frozen=True, slots=True)
class Poll:
    """What a poll brought: None when nothing was asked or nothing could be had, else batches (maybe none)."""

    batches: list[Batch] | None
    state: FeedHealth
    asked: bool = True
    """False when it was not yet time to ask."""


@dataclass(slots=True)
class _Endpoint:
    url: str
    every_s: float
    due_ms: int
    validators: Mapping[str, str] = field(default_factory=dict)
    pending: Mapping[str, str] = field(default_factory=dict)


class LiveSource:
    """One service polled over HTTP. Not for use by two threads at once.

    ``not_before_ms`` delays the first poll: a service must not be asked sooner because we started again.
    """

    def __init__(
        self,
        settings: FeedSettings,
        clock: Clock,
        *,
        limits: Limits | None = None,
        not_before_ms: int = 0,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.kind = live_services.checked(settings)
        now = clock.now_ms()
        self._limits = limits or Limits()
        first = max(now, not_before_ms)
        self._endpoints = [_Endpoint(e.url, e.every_s, first) for e in live_services.endpoints(settings)]
        self._pulse = Pulse(min(e.every_s for e in self._endpoints), now, chance)
        self._memory = Memory()

    @property
    def state(self) -> FeedHealth:
        """How the source is now."""
        return self._pulse.health(self.clock.now_ms(), self.next_due_ms)

    @property
    def next_due_ms(self) -> int:
        """When the next request may be made, in milliseconds of the clock."""
        return max(min(e.due_ms for e in self._endpoints), self._pulse.closed_until_ms)

    def poll(self, stop: threading.Event | None = None) -> Poll:
        """Ask what is due, positions first. Blocks for the requests only; a bad service never raises."""
        now = self.clock.now_ms()
        self._recover_from_clock_set_back(now)
        if now < self.next_due_ms:
            return Poll(None, self.state, asked=False)
        batches: list[Batch] = []
        positions, *apart = self._endpoints
        try:
            if positions.due_ms <= now:
                batches += self._ask(positions, stop)
                positions.due_ms = now + round(positions.every_s * 1000)
                self._pulse.succeeded(self.clock.now_ms(), any(len(b.fixes) for b in batches))
        except Problem as problem:
            if stop is None or not stop.is_set():
                self._failed(problem)
            return Poll(None, self.state)
        for endpoint in apart:
            if endpoint.due_ms <= now:
                batches += self._ask_apart(endpoint, stop, now)
        return Poll(batches, self.state)

    def confirm(self) -> None:
        """Everything polled so far is stored: it need not come again."""
        self._memory.confirm()
        for endpoint in self._endpoints:
            endpoint.validators = endpoint.pending

    def lost(self, problem: Problem) -> None:
        """What was polled could not be stored: ask for all of it again, after a pause."""
        self._memory.forget_pending()
        for endpoint in self._endpoints:
            endpoint.pending = endpoint.validators
            endpoint.due_ms = self.clock.now_ms()
        self._failed(problem)

    def _ask(self, endpoint: _Endpoint, stop: threading.Event | None) -> list[Batch]:
        request = Request(
            endpoint.url,
            {**live_services.headers(self.settings), **endpoint.validators},
            any_type=self.kind.any_type,
        )
        answer: Answer = fetch(request, self._limits, self.clock.now_ms(), stop)
        self._pulse.credits_left = answer.credits_left
        if answer.body is None:
            return []
        now = self.clock.now_ms()
        read = _FORMATS[self.kind.format].read(BytesIO(answer.body), ReadContext(now, now))
        batches = [self._memory.sift(batch) for batch in read]
        endpoint.pending = answer.validators
        return batches

    def _ask_apart(self, endpoint: _Endpoint, stop: threading.Event | None, now: int) -> list[Batch]:
        """Ask for identities served apart; without them positions still count, and the state says so."""
        endpoint.due_ms = now + round(endpoint.every_s * 1000)
        try:
            batches = self._ask(endpoint, stop)
        except Problem as problem:
            self._pulse.lacking = problem.message.rstrip(".")
            return []
        self._pulse.lacking = ""
        return batches

    def _failed(self, problem: Problem) -> None:
        fault = problem if isinstance(problem, FeedFault) else FeedFault(problem.message)
        refused = fault.retry_after_s is not None or isinstance(problem, Refusal)
        self._pulse.failed(
            self.clock.now_ms(), problem.message, fault.retry_after_s, refused, mute=fault.silent
        )

    def _recover_from_clock_set_back(self, now: int) -> None:
        """A clock set back must not leave the source waiting for a time it has already lived through."""
        if now < self._pulse.last_seen_ms - 5000:
            for endpoint in self._endpoints:
                endpoint.due_ms = now
            self._pulse.closed_until_ms = min(self._pulse.closed_until_ms, now)
        self._pulse.last_seen_ms = now


def run(
    source: LiveSource,
    deliver: Callable[[Batch], object],
    stop: threading.Event,
    on_poll: Callable[[Poll], None] | None = None,
) -> None:
    """Poll ``source`` until ``stop`` is set, hand every batch to ``deliver``, and sleep in between.

    A Problem raised by ``deliver`` (the disk is full) is shown as the source's state and everything not
    confirmed is asked for again; any other exception ends the loop and is the caller's to report.
    """
    while not stop.is_set():
        poll = source.poll(stop)
        try:
            for batch in poll.batches or ():
                deliver(batch)
        except Problem as problem:
            source.lost(problem)
            poll = Poll(None, source.state)
        else:
            source.confirm()
        if on_poll is not None and poll.asked:
            on_poll(poll)
        wait_s = (source.next_due_ms - source.clock.now_ms()) / 1000 / max(source.clock.rate, 0.01)
        stop.wait(min(max(wait_s, 0.01), _LOOK_S))
