"""What the top bar says, worked out from a moment; only what exists is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.moment import EVENTS_KEPT

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import FeedState
    from maoc_tui.domain.viewer import Viewer
    from maoc_tui.ui.columns import Cell
    from maoc_tui.ui.moment import Moment, NextClock, Slipping

MAX_FEEDS = 3
_LONGEST_NAME = 12
_HANDLING = re.compile(r"\bH[0-3]\b")
Parts = tuple[tuple["Cell", ...], ...]


def signed_in(viewer: Viewer) -> str:
    """Who is here and for whom, in the few cells there are: the last word of the name, and the partner."""
    who = viewer.behind or viewer
    return (
        f"{printable(who.name.split()[-1] if who.name.split() else '', _LONGEST_NAME)} {who.partner}".strip()
    )


def highest(markings: Iterable[object]) -> str:
    """The strictest handling code of any of these markings, or of their texts; "" for none."""
    return max((code for one in markings for code in _HANDLING.findall(str(one))), default="")


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
    who: str = ""
    """Who is signed in and for whom: ``Ferreira MAOC``."""
    highest: str = ""
    """The strictest handling code on the screen in front; "" while nothing there carries a marking."""

    alerts: int = 0
    """Alerts that wait to be acknowledged."""
    critical: int = 0
    """How many of those somebody must act on now."""

    def parts(self, narrow: bool = False) -> tuple[tuple[Cell, ...], ...]:
        """The parts of the bar in order of importance, each one or more pieces of text.

        In 80 columns the clock comes without its date, and contacts and targets are counted last.
        """
        moment = self.moment
        time = fmt.clock_time if narrow else fmt.day_time
        parts: list[tuple[Cell, ...]] = [((time(self.now_ms, self.local), "clock"),)]
        if pace := self._pace(narrow):
            parts.append(((pace, "warn"),))
        parts.extend(self._people())
        if self.fault:
            parts.append(((self.fault, "bad"),))
        if moment is None:
            return (*parts, ((self.doing, "dim"),))
        if moment.clock is not None:
            parts.append(self._clock(moment.clock))
        if moment.slips:
            parts.append(self._slipping(moment.slips))
        if self.alerts:
            parts.append(self._waiting())
        passages: Parts = (self._passages(),) if self.unseen else ()
        if not (narrow and self.alerts):
            parts += passages
        if self.highest:
            parts.append(((self.highest, "warn" if self.highest == "H3" else "text"),))
        counts, feeds = self._counts(moment), self._feeds(moment, narrow)
        if narrow:
            return (*parts, *feeds, *(passages if self.alerts else ()), *counts)
        return (*parts, *counts, *feeds)

    def _people(self) -> Parts:
        """Who is here, and who holds the watch: one part where that is the same."""
        held = self.moment.on_watch if self.moment is not None else None
        here: Parts = (((self.who, "text"),),) if self.who else ()
        if held is None:
            return here
        if not held.name:
            return (*here, (("no watch", "warn"),))
        last = printable(held.name.split()[-1] if held.name.split() else "", _LONGEST_NAME)
        said: Cell = (f"WATCH {last} {held.partner}".strip(), "clock" if held.mine else "text")
        return ((said,),) if held.mine else (*here, (said,))

    @staticmethod
    def _counts(moment: Moment) -> Parts:
        targets = f"{moment.targets} target{'s' * (moment.targets != 1)}"
        contacts = f"{fmt.count(len(moment.picture))} contacts"
        return tuple(((text, "text"),) for text in (contacts, *([targets] if moment.targets > 0 else ())))

    def _feeds(self, moment: Moment, narrow: bool) -> Parts:
        failing_first = sorted(moment.feeds, key=lambda feed: feed.ok)
        told = tuple(self._feed(feed) for feed in failing_first[: 1 if narrow else MAX_FEEDS])
        return (told,) if told else ()

    def _clock(self, clock: NextClock) -> tuple[Cell, ...]:
        """``C1 T-0417 01:12``: what runs out next; a shape and a colour once it is to be chased, or has passed."""
        passed = clock.due_ms is not None and self.now_ms >= clock.due_ms
        chase, at = self.now_ms >= clock.half_ms, clock.half_ms if clock.due_ms is None else clock.due_ms
        sign, look = ("▲", "bad") if passed else ("!", "warn") if chase else ("", "text")
        others = f" +{clock.more}" if clock.more else ""
        return ((f"{sign}{clock.clock} {clock.target} {fmt.left(at - self.now_ms)}{others}", look),)

    @staticmethod
    def _slipping(slips: tuple[Slipping, ...]) -> tuple[Cell, ...]:
        """``▲OP-0031 slips +1``: chosen interceptions that do not go as they were chosen."""
        others = f" +{len(slips) - 1}" if len(slips) > 1 else ""
        return ((f"▲{slips[0].operation or 'intercept'} slips{others}", "bad"),)

    def _waiting(self) -> tuple[Cell, ...]:
        """``▲3 new ●1``: alerts that wait to be acknowledged, and how many somebody must act on now."""
        new: Cell = (f"▲{self.alerts} new", "warn")
        return (new, (f"●{self.critical}", "bad")) if self.critical else (new,)

    def _passages(self) -> tuple[Cell, ...]:
        """``→12 zone ●1``: zone entries and exits nobody looked at here, and how many are targets'."""
        more = "+" if self.unseen >= EVENTS_KEPT else ""
        news: Cell = (f"→{self.unseen}{more} zone", "warn")
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
