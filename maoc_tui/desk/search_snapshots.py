"""What a search hands to screens and scripts."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.search import Quality


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that answers a search."""

    kind: str
    """target, contact, operation …: a group of the results."""
    ref: str
    """What it is called: T-0417, ais:263601890, ES."""
    title: str
    text: str
    """The line that answers best, as the viewer is shown it."""
    when_ms: int | None
    """When that line was said or happened."""
    quality: Quality
    lines: int
    """How many of its lines have a word of it."""
    marking: Marking | None
    """Of the record's own line and of the line that answers; None for what is open."""
    corrected: bool = False
    """A later line corrects or withdraws the one that answers."""


@dataclass(frozen=True, slots=True)
class Group:
    """The first hits of one kind, the best first, the newest first among equals."""

    kind: str
    title: str
    hits: tuple[Hit, ...]
    more: bool = False
    """There are more than these."""

    @property
    def total(self) -> int:
        """How many are told."""
        return len(self.hits)

    @property
    def count(self) -> str:
        """``37``, ``50+``."""
        return f"{self.total}{'+' * self.more}"


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found that the viewer may see."""

    text: str
    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        """Records told."""
        return sum(group.total for group in self.groups)

    @property
    def more(self) -> bool:
        """Of some kind there are more than these."""
        return any(group.more for group in self.groups)

    @property
    def count(self) -> str:
        """``37``, ``120+``."""
        return f"{self.total}{'+' * self.more}"
