"""The demo's officers act: all at once for a record that stands, or each at its time, as a night goes.

A script is what one of them does about one thing. It says when the next act is due, and does it when it is asked on.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import suppress

from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.times import parse_time
from maoc_tui.problems import Problem

Script = Iterator[int]
"""Milliseconds at which the next act is due; asking for the one after does it."""


def play(scripts: Iterable[Script]) -> None:
    """Do every act of every script, one script after the other, whatever its time."""
    for script in scripts:
        for _ in script:
            pass


def instant(text: str, near_ms: int) -> int:
    """Milliseconds of a time as an officer types it, of the night that lies nearest to ``near_ms``."""
    return to_ms(parse_time(text, from_ms(near_ms)))


class Acts:
    """Scripts that wait for their time; each is begun as far as it had gone by ``now_ms``, in the order given."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self._order = 0
        self._waiting: list[tuple[int, int, Script]] = []

    def take(self, scripts: Iterable[Script]) -> None:
        """Do what was due by now of each script; what comes later waits."""
        for script in scripts:
            due = next(script, None)
            while due is not None and due <= self._now_ms:
                due = next(script, None)
            self._wait(due, script)

    def due(self, now_ms: int) -> bool:
        """Whether something is to be done by then."""
        return bool(self._waiting) and self._waiting[0][0] <= now_ms

    def until(self, now_ms: int) -> None:
        """Do, in order of time, what is due by ``now_ms``.

        An act that the record does not allow any more ends its script: the demo's officers are not alone in it.
        """
        self._now_ms = now_ms
        while self.due(now_ms):
            script = heapq.heappop(self._waiting)[2]
            with suppress(Problem):
                self._wait(next(script, None), script)

    def _wait(self, due: int | None, script: Script) -> None:
        if due is not None:
            self._order += 1
            heapq.heappush(self._waiting, (due, self._order, script))
