"""What the top bar says, worked out from a moment; only what exists is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt

if TYPE_CHECKING:
    from maoc_tui.ui.columns import Cell
    from maoc_tui.ui.live import Moment

MAX_FEEDS = 3


@dataclass(frozen=True, slots=True)
class Status:
    """The watch at one second."""

    now_ms: int
    local: bool
    banner: str
    """What the program was opened on: ``DEMO``; "" for the record itself."""
    rate: float
    """Seconds of watch time in one real second."""
    moment: Moment | None
    unseen: int
    """Zone entries and exits since the events were last looked at."""
    unseen_targets: int
    """How many of those are targets'."""
    fault: str = ""
    """Why the picture stands still; "" when it does not."""

    def parts(self) -> tuple[Cell, ...]:
        """The parts of the bar in order of importance."""
        moment = self.moment
        parts: list[Cell] = [(fmt.day_time(self.now_ms, self.local), "clock")]
        if pace := self._pace():
            parts.append((pace, "warn"))
        if self.fault:
            parts.append((self.fault, "bad"))
        if moment is None:
            return (*parts, ("opening the record", "dim"))
        if self.unseen:
            targets = f" ●{self.unseen_targets} target" if self.unseen_targets else ""
            parts.append((f"▲{self.unseen} new{targets}", "bad" if targets else "warn"))
        parts.append((f"{fmt.count(len(moment.picture))} contacts", "text"))
        if moment.targets:
            parts.append((f"{moment.targets} targets", "text"))
        parts += [self._feed(feed) for feed in moment.feeds[:MAX_FEEDS]]
        return tuple(parts)

    def _pace(self) -> str:
        if self.rate == 1.0:
            return self.banner
        pace = f"×{self.rate:g}" if self.rate else "standing"
        return f"{self.banner} {pace}".strip()

    def _feed(self, feed: object) -> Cell:
        name = printable(str(getattr(feed, "name", "")), 10)
        last = getattr(feed, "last_ms", None)
        state = str(getattr(feed, "state", "ok"))
        age = fmt.age(self.now_ms - last) if last else fmt.NOTHING
        return f"{name} {age}" + ("" if state == "ok" else "!"), "text" if state == "ok" else "bad"
