"""What the top bar says, worked out from a moment; only what exists is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.moment import EVENTS_KEPT

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import FeedState
    from maoc_tui.ui.columns import Cell
    from maoc_tui.ui.moment import Moment, NextClock

MAX_FEEDS = 3


@dataclass(frozen=True, slots=True)
class Status:
    """The watch at one second."""

    now_ms: int
    local: bool
    banner: str
    """What the program was opened on: ``DEMO – invented traffic``, of which a narrow bar shows what stands before
    the dash; "" for the record itself."""
    rate: float
    """Seconds of watch time in one real second."""
    moment: Moment | None
    unseen: int
    """Zone entries and exits since the events were last looked at."""
    unseen_targets: int
    """How many of those are targets'."""
    fault: str = ""
    """Why the picture stands still; "" when it does not."""
    reason: str = ""
    """The fault behind it and the way out, for the bottom bar."""
    doing: str = "opening the record"
    """What is done before there is a picture."""

    def parts(self, narrow: bool = False) -> tuple[tuple[Cell, ...], ...]:
        """The parts of the bar in order of importance, each one or more pieces of text."""
        moment = self.moment
        parts: list[tuple[Cell, ...]] = [((fmt.day_time(self.now_ms, self.local), "clock"),)]
        if pace := self._pace(narrow):
            parts.append(((pace, "warn"),))
        if self.fault:
            parts.append(((self.fault, "bad"),))
        if moment is None:
            return (*parts, ((self.doing, "dim"),))
        if moment.clock is not None:
            parts.append(self._clock(moment.clock))
        if self.unseen:
            parts.append(self._news())
        parts.append(((f"{fmt.count(len(moment.picture))} contacts", "text"),))
        if moment.targets > 0:
            parts.append(((f"{moment.targets} target{'s' * (moment.targets != 1)}", "text"),))
        if moment.feeds:
            failing_first = sorted(moment.feeds, key=lambda feed: feed.ok)
            parts.append(tuple(self._feed(feed) for feed in failing_first[: 1 if narrow else MAX_FEEDS]))
        return tuple(parts)

    def _clock(self, clock: NextClock) -> tuple[Cell, ...]:
        """``C1 T-0417 01:12``: what runs out next; a shape and a colour once it is to be chased, or has passed."""
        passed, chase = self.now_ms >= clock.due_ms, self.now_ms >= clock.half_ms
        sign, look = ("▲", "bad") if passed else ("!", "warn") if chase else ("", "text")
        others = f" +{clock.more}" if clock.more else ""
        return ((f"{sign}{clock.clock} {clock.target} {fmt.left(clock.due_ms - self.now_ms)}{others}", look),)

    def _news(self) -> tuple[Cell, ...]:
        more = "+" if self.unseen >= EVENTS_KEPT else ""
        news: Cell = (f"▲{self.unseen}{more} new", "warn")
        return (news, (f"●{self.unseen_targets}", "bad")) if self.unseen_targets else (news,)

    def _pace(self, narrow: bool) -> str:
        banner = self.banner.partition(" – ")[0] if narrow else self.banner
        if self.rate == 1.0:
            return banner
        pace = f"×{self.rate:g}" if self.rate else "standing"
        return f"{banner} {pace}".strip()

    def _feed(self, feed: FeedState) -> Cell:
        name = printable(feed.name, 10)
        age = fmt.age(self.now_ms - feed.last_ms) if feed.last_ms else fmt.NOTHING
        return f"{name} {age}" + ("" if feed.ok else "!"), "text" if feed.ok else "bad"
