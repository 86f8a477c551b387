"""The duty roster: who stands which post when, and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Duty:
    """An officer stands a post between two instants, the second not included."""

    id: UUID
    officer: UUID
    name: str
    partner: str
    post: str
    """Code of data/liaison.toml."""
    from_ms: int
    to_ms: int
    note: str
    by: str
    at_ms: int
    cancelled_ms: int | None = None
    cancelled_by: str = ""
    cancelled_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody cancelled it."""
        return self.cancelled_ms is None

    def covers(self, at_ms: int) -> bool:
        """Whether it stands at an instant."""
        return self.stands and self.from_ms <= at_ms < self.to_ms


@dataclass(frozen=True, slots=True)
class Hole:
    """Nobody of a partner stands a post between two instants, the second not included."""

    post: str
    partner: str
    from_ms: int
    to_ms: int


def holes(duties: Iterable[Duty], post: str, partner: str, from_ms: int, to_ms: int) -> tuple[Hole, ...]:
    """The gaps that ``duties`` leave in a post owed by a partner within a span, in order of time."""
    spans = sorted((duty.from_ms, duty.to_ms) for duty in duties if duty.stands and duty.post == post)
    found, reached = [], from_ms
    for begins, ends in spans:
        if begins > reached and reached < to_ms:
            found.append(Hole(post, partner, reached, min(begins, to_ms)))
        reached = max(reached, ends)
    if reached < to_ms:
        found.append(Hole(post, partner, reached, to_ms))
    return tuple(found)
