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
    """The gaps in the cover of one post by one partner within a span, in order of time."""
    spans = sorted(
        (max(duty.from_ms, from_ms), min(duty.to_ms, to_ms))
        for duty in duties
        if duty.stands and (duty.post, duty.partner) == (post, partner)
    )
    found, reached = [], from_ms
    for begins, ends in spans:
        if begins >= to_ms:
            break
        if begins > reached:
            found.append(Hole(post, partner, reached, begins))
        reached = max(reached, ends)
    if reached < to_ms:
        found.append(Hole(post, partner, reached, to_ms))
    return tuple(found)
