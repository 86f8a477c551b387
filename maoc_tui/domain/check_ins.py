"""A boarding team's check-in: set to so many minutes, heard of, ended. Overdue is red and rings.

Only instants are kept; nothing counts down anywhere, so that a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A boarding team's check-in as it stands."""

    team: str
    every_min: int
    started_ms: int
    last_ms: int
    """When the team was last heard, or the timer set."""
    ended_ms: int | None = None

    @property
    def due_ms(self) -> int | None:
        """When ops normal is due; None once it was ended."""
        return None if self.ended_ms is not None else self.last_ms + self.every_min * MINUTE_MS


class Heard(StrEnum):
    """What becomes of a check-in."""

    SET = "set"
    OK = "ok"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CheckInEvent:
    """One event of a check-in; ``every_min`` only where it is set."""

    team: str
    heard: Heard
    at_ms: int
    entered_ms: int
    by: str
    every_min: int | None = None
    text: str = ""


def folded(team: str) -> str:
    """A team's name as it is compared: ALFA, Alfa and " alfa " are one team."""
    return " ".join(team.casefold().split())


def check_ins(events: Iterable[CheckInEvent]) -> tuple[CheckIn, ...]:
    """The check-in of each team as it stands, in the order teams were first set."""
    found: dict[str, CheckIn] = {}
    for event in events:
        name = folded(event.team)
        before = found.get(name)
        called = before.team if before is not None else event.team
        if event.heard is Heard.SET and event.every_min is not None:
            started = before.started_ms if before and before.ended_ms is None else event.at_ms
            found[name] = CheckIn(called, event.every_min, started, event.at_ms)
        elif before is not None and before.ended_ms is None:
            ended = event.at_ms if event.heard is Heard.ENDED else None
            last = max(before.last_ms, event.at_ms)
            found[name] = CheckIn(called, before.every_min, before.started_ms, last, ended)
    return tuple(found.values())
