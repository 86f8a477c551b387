"""The time of the watch: the system's clock, or a scenario's that runs faster. Always aware UTC."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

CLOCK_SLACK_MS = 120_000
"""How far ahead of the watch clock a time may lie before it is doubted or refused: clocks differ by minutes."""


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z of an aware datetime."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime: every time is aware UTC")
    return round(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The aware UTC datetime of milliseconds since 1970-01-01T00:00Z."""
    return datetime.fromtimestamp(ms / 1000, UTC)


class Clock:
    """The system's clock."""

    rate: float = 1.0
    """Seconds of watch time that pass in one real second."""

    def now_ms(self) -> int:
        """Now, in milliseconds since 1970-01-01T00:00Z."""
        return time.time_ns() // 1_000_000

    def now(self) -> datetime:
        """Now, aware UTC."""
        return from_ms(self.now_ms())


@dataclass
class ScenarioClock(Clock):
    """A clock that starts at a given instant and runs ``rate`` times as fast; rate 0 stands still."""

    start_ms: int
    rate: float = 1.0
    _since: float = field(default_factory=time.monotonic)

    def now_ms(self) -> int:
        return self.start_ms + int((time.monotonic() - self._since) * 1000 * self.rate)

    def set_rate(self, rate: float) -> None:
        """Change the pace without a jump."""
        self.start_ms, self._since, self.rate = self.now_ms(), time.monotonic(), rate

    def set_to(self, moment_ms: int) -> None:
        """Put the clock to an instant; its pace stays."""
        self.start_ms, self._since = moment_ms, time.monotonic()
