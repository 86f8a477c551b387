"""The bells: each rings once for what is new, and never for what somebody has acknowledged."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui.moment import Moment, NextClock, RunsOut, Slipping

if TYPE_CHECKING:
    from maoc_tui.desk.alert_snapshots import Pending


class Bell:
    """What this terminal has rung for. What stood before it was first told is not rung for."""

    def __init__(self) -> None:
        self._rung: set[Hashable] = set()
        self._started = False

    def ring(self, standing: Iterable[tuple[Hashable, str]]) -> tuple[str, ...]:
        """The sentences of what is new among all that stands; () when nothing is."""
        new = [(key, text) for key, text in standing if key not in self._rung]
        self._rung.update(key for key, _ in new)
        first, self._started = not self._started, True
        return () if first else tuple(text for _, text in new)


class ClockBell(Bell):
    """The bell of the clocks: once when to chase, once at the end."""

    def hear(self, clock: NextClock | None, now_ms: int) -> tuple[str, ...]:
        """What has just passed, a sentence each; () when there is nothing new."""
        return self.ring(_passed(clock.all, now_ms) if clock is not None else ())


class SlipBell(Bell):
    """The bell of chosen interceptions: once when a contact slips, and again when it slips further."""

    def hear(self, slips: Iterable[Slipping]) -> tuple[str, ...]:
        """What has just slipped, a sentence each; () when there is nothing new."""
        return self.ring(((one.what, one.kinds), f"▲ {one.text}.") for one in slips)


class AlertBell(Bell):
    """The bell of alerts: once for what somebody must act on now, or is about a target; never for what is quiet."""

    def hear(self, waiting: Iterable[Pending], now_ms: int) -> tuple[str, ...]:
        """What has just come, a sentence each; () when there is nothing new."""
        loud = (one for one in waiting if one.rings and one.loud(now_ms))
        return self.ring(((one.ref, one.revision, one.escalated), _told(one)) for one in loud)


class Bells:
    """Every bell of this terminal."""

    def __init__(self) -> None:
        self.clocks, self._slips, self._alerts = ClockBell(), SlipBell(), AlertBell()

    def hear(self, moment: Moment, now_ms: int) -> tuple[str, ...]:
        """What has just come, a sentence each, what somebody must act on now first; () when there is nothing new."""
        alerts = self._alerts.hear(moment.alerts, now_ms) if moment.alerts is not None else ()
        slips = self._slips.hear(moment.slips) if moment.slips is not None else ()
        return (*alerts, *self.clocks.hear(moment.clock, now_ms), *slips)


def _told(one: Pending) -> str:
    return printable(f"{'▲' if one.critical else '!'} {one.text}", 200)


def _passed(clocks: tuple[RunsOut, ...], now_ms: int) -> Iterator[tuple[Hashable, str]]:
    """Everything a clock has passed: its end, or half of its time."""
    for one in clocks:
        name = " ".join(filter(None, (one.clock, one.ref, one.target)))
        due = one.due_ms
        what = "end" if due is not None and now_ms >= due else "half"
        if what in one.heard:
            continue
        if due is not None and now_ms >= due and one.team:
            yield (one.ref, one.team, due), f"▲ {printable(one.title, 80)}: OVERDUE, raise the team ({name})."
        elif due is not None and now_ms >= due:
            yield (one.ref, "end", due), f"▲ {name}: its time has run out."
        elif now_ms >= one.half_ms:
            gone = "chase; no limit is fixed." if due is None else "half of its time is gone; chase."
            yield (one.ref, "half", one.half_ms), f"! {name}: {gone}"
