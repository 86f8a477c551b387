"""What the plain program says by itself: how the watch stands, and what has changed since it was said last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from maoc_tui.cli import plain_words
from maoc_tui.crash import report
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import format as fmt
from maoc_tui.ui.clock_bell import Bells
from maoc_tui.ui.event_rows import newest_id
from maoc_tui.ui.moment import Moment, View
from maoc_tui.ui.status import Status, signed_in

if TYPE_CHECKING:
    from maoc_tui.domain.clock import Clock
    from maoc_tui.ui.live import LiveDesk

ASKED = ("sign_in", "choose")
"""Codes of what only somebody who comes in can mend."""


class News:
    """Looks at the picture as the screens do, and tells only what is new."""

    def __init__(self, desk: LiveDesk, clock: Clock, banner: str) -> None:
        self._desk, self._clock, self._banner = desk, clock, banner
        self.moment: Moment | None = None
        self.rings = False
        """Something of what was told last rings the bell."""
        self._seen = 0
        self._feeds: dict[str, bool] = {}
        self._fault = ""
        self._bells = Bells()

    def look(self) -> list[str]:
        """Look again; what is new, a line each. The first look is not news. SignInNeeded as of the desk.

        A fault, of the program too, is told once for as long as it lasts.
        """
        before, self.rings = self.moment, False
        try:
            told = self._new(before)
        except Exception as error:
            if before is None or getattr(error, "code", "") in ASKED:
                raise
            return self._still(error)
        moves, self._fault = ["The picture moves again."] * bool(self._fault), ""
        return moves + told if before is not None else []

    def _new(self, before: Moment | None) -> list[str]:
        self.moment = self._desk.look(View(), before)
        changed = [*self._entered(), *self._silent()]  # before the bells: what they hear they ring for once
        told = [*self._rung(), *changed]
        self._seen = newest_id(self.moment.events)
        self._feeds = {feed.name: feed.ok for feed in self.moment.feeds}
        return told

    def _still(self, error: Exception) -> list[str]:
        """What is amiss, once."""
        said = plain_words.sentence(error) if isinstance(error, Problem) else ""
        fault = said or type(error).__name__
        if fault == self._fault:
            return []
        self._fault = fault
        return [printable(f"Picture stands still: {said or plain_words.sentence(report(error))}", 400)]

    def _rung(self) -> list[str]:
        assert self.moment is not None
        said = self._bells.hear(self.moment, self._clock.now_ms())
        self.rings = bool(said)
        return list(said)

    def _entered(self) -> Iterator[str]:
        """Zone changes of targets."""
        assert self.moment is not None
        for event in self.moment.events:
            if event.id > self._seen and event.target:
                name = printable(event.name, 40) or fmt.number(event.key)
                came = f"from {event.left} into {event.entered}" if event.left else f"into {event.entered}"
                place = fmt.position(event.lat, event.lon)
                yield f"{event.target} {name}: {came} at {fmt.minute(event.at)}, {place}."

    def _silent(self) -> Iterator[str]:
        """Live sources that fail, or do well again."""
        assert self.moment is not None
        for feed in self.moment.feeds:
            if feed.ok != self._feeds.get(feed.name, feed.ok):
                state = "is heard again" if feed.ok else printable(feed.text, 120)
                yield f"Live source {printable(feed.name, 40)}: {state}."

    def stands(self) -> list[str]:
        """How the watch stands now, a line each: what the top bar of the screens says."""
        moment, who, now = self.moment, self._desk.viewer, self._clock.now_ms()
        waiting = [one for one in (moment.alerts or () if moment else ()) if one.loud(now)]
        status = Status(
            now, False, self._banner, self._clock.rate, moment, 0, 0, who=signed_in(who),
            highest=moment.highest if moment else "",
            alerts=len(waiting), critical=sum(one.critical for one in waiting),
        )  # fmt: skip
        lines = [" ".join(text for text, _ in part) for part in status.parts()]
        return [*lines, *self._running()]

    def _running(self) -> Iterator[str]:
        clock: Any = self.moment.clock if self.moment else None
        for one in clock.all[:5] if clock else ():
            at = one.half_ms if one.due_ms is None else one.due_ms
            name = " ".join(filter(None, (one.clock, one.ref, one.target)))
            yield f"{name}: {fmt.left(at - self._clock.now_ms())} left, {printable(one.title, 80)}."
