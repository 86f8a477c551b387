"""What the requests desk hands to screens and scripts."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.domain.legal_clocks import Stage
from maoc_tui.domain.requests import Standing
from maoc_tui.store.requests import Asked


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as it stands now."""

    asked: Asked
    standing: Standing
    now_ms: int
    heard: str = ""
    """Who acknowledged what its clock rang for last; "" for nobody yet."""

    @property
    def open(self) -> bool:
        """Whether it is still to be watched: not sent, not answered, or granted with an end, before and after it."""
        waits = self.standing.state.name in ("DRAFT", "WAITING", "CHASE", "EXPIRED", "DEEMED")
        return waits or self.standing.until_ms is not None


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One running clock, of whatever."""

    clock: str
    """Id of its rule, such as C1; "" for a free one."""
    title: str
    ref: str
    """What it belongs to: RQ-0007, Q-0003, R-0002, CK-0001."""
    target: str
    start_ms: int
    due_ms: int | None
    """When its limit passes; None where there is no limit, only a time to chase."""
    half_ms: int
    """From when on it is to be chased."""
    stage: Stage
    limit: str
    on_expiry: str
    cite: str
    verification: str
    text: str = ""
    """What was said when it was started by hand."""
    by_hand: bool = False
    by: str = ""
    """Who started it, when by hand."""
    stopped: str = ""
    """Why and by whom it was stopped; "" while it runs."""
    marking: str = ""
    team: str = ""
    """The boarding team whose check-in it is; "" for every other clock."""
    heard_half: str = ""
    """Who acknowledged that half of its time has passed; "" for nobody yet."""
    heard_end: str = ""
    """Who acknowledged its end."""
    heard_half_ms: int | None = None
    heard_end_ms: int | None = None
    stopped_ms: int | None = None
    """When it was said that it runs no more; None while it does."""

    def heard(self, now_ms: int) -> str:
        """Who acknowledged what it rang for last; "" for nobody yet, and before it rang."""
        if self.due_ms is not None and now_ms >= self.due_ms:
            return self.heard_end
        return self.heard_half if now_ms >= self.half_ms else ""

    @property
    def next_ms(self) -> int:
        """What it is sorted by: its limit, or when to chase where there is none."""
        return self.half_ms if self.due_ms is None else self.due_ms

    @property
    def ends_heard(self) -> bool:
        """Whether somebody acknowledged the last time it rings."""
        return bool(self.heard_half if self.due_ms is None else self.heard_end)

    def left_ms(self, now_ms: int) -> int:
        """Milliseconds until its limit, or until it is to be chased; negative once that has passed."""
        return self.next_ms - now_ms
