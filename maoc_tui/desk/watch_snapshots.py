"""What the watch desk hands to screens and scripts: immutable, everything as the viewer may see it."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.domain.handover import Item
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.watch import How


@dataclass(frozen=True, slots=True)
class Offer:
    """A handover that is signed by who hands over and waits for who takes over."""

    ref: str
    """``HO-0007``."""
    by: str
    at_ms: int
    sha256: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class WatchState:
    """Who holds the watch now."""

    name: str = ""
    """"" where nobody holds it."""
    partner: str = ""
    since_ms: int = 0
    """Since when it is held, or was left; 0 where nobody ever held it."""
    how: How | None = None
    """How that term began; None where nobody ever held it."""
    reason: str = ""
    mine: bool = False
    """Whether the viewer holds it."""
    offer: Offer | None = None
    """The handover that waits."""

    @property
    def held(self) -> bool:
        """Whether anybody holds it."""
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One line of the watch log, as shown."""

    ref: str
    """``W-0007``."""
    kind: str
    title: str
    """Its kind in words."""
    at_ms: int
    entered_ms: int
    text: str
    by: str
    mine: bool
    marking: Marking
    due_ms: int | None = None
    """When what it promises is due; None for no promise."""
    done_ms: int | None = None
    done: str = ""
    """Why, and by whom, what it promised is not to be done any more; "" while it runs."""
    done_entered_ms: int = 0
    """When that was recorded; 0 while it runs."""
    said_time: str = ""
    corrects: str = ""
    """Reference of the line it corrects or withdraws."""
    corrected_by: str = ""
    """Reference of the line that corrects or withdraws it."""
    withdrawal: bool = False
    """It withdraws the line it points to."""
    figure: str = ""
    """As of operation_snapshots.LogEntry; only when it is entered."""

    @property
    def stands(self) -> bool:
        """Whether neither corrected nor a withdrawal itself."""
        return not self.corrected_by and not self.withdrawal

    @property
    def runs(self) -> bool:
        """Whether it runs as a clock."""
        return self.due_ms is not None and self.stands and self.done_ms is None


@dataclass(frozen=True, slots=True)
class WatchLog:
    """The log with who holds the watch."""

    state: WatchState
    lines: tuple[WatchLine, ...]
    """By when they happened, oldest first."""
    since_ms: int
    """From when on the viewer's own difference goes: the end of its last watch."""
    never: bool = False
    """The viewer never held the watch."""


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """A handover as one officer reads it: the difference since that officer held the watch last."""

    state: WatchState
    reader: str
    """Who reads it: ``Ingrid Solheim MAOC``."""
    since_ms: int
    never: bool
    """The reader never held the watch: the difference goes back as far as data/watch.toml says."""
    now_ms: int
    items: tuple[Item, ...]
    manoeuvre: tuple[str, ...]
    """Operations under way or boarded: nobody hands over then without typing the word."""
    against: tuple[str, ...]
    """What stands against signing; () for nothing."""
    walking: bool
    """The reader may walk it: it is offered by somebody else."""
    checkpoint: str = ""
    """Short form of the newest checkpoint of the journal; "" before the first."""

    @property
    def red(self) -> int:
        """How many items cannot be skipped."""
        return sum(1 for item in self.items if item.red)

    @property
    def left(self) -> int:
        """How many of those are not dealt with."""
        return sum(1 for item in self.items if item.red and not item.dealt_with)


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A sheet as it was signed, with its hash."""

    ref: str
    """``HO-0007``."""
    text: str
    """As printed, its hash in the last line."""
    sha256: str
    checkpoint: str
    state: WatchState
    """Who holds the watch now."""
