"""What a measure is reckoned from: records with their moment and the statements they rest on, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.brief.document import Cite
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_target_reading import TargetNow
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.domain.figures import Fold
from maoc_tui.domain.seizure_doubts import Doubt
from maoc_tui.store import figures as store
from maoc_tui.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that is counted."""

    ref: str
    at_ms: int
    """Decides in which period it counts."""
    thing: Any
    """What the measure's fold takes."""
    cites: tuple[Cite, ...]
    """Every statement that it tells anything of."""


def _no_doubts(_: Sequence[Record]) -> Iterable[Doubt]:
    return ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything a measure may count, whatever the period."""

    records: Sequence[Record]
    fold: Fold[Any]
    left_out: Sequence[tuple[int, Doubt]] = ()
    """What is not counted, and why; with the moment it would count at."""
    about: Callable[[Sequence[Record]], Iterable[Doubt]] = _no_doubts
    """What is to be settled about records that are counted."""


@dataclass
class Sources:
    """What measures draw from: everything gathered on a connection of the viewer's, and that connection."""

    made: Gathered
    conn: Connection
    late_ms: int
    kept: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def operations(self) -> list[Operation]:
        """Operations the viewer does not see only because they were released: of those too little is told to count."""
        return [one for one in self.made.operations if one.told]

    @cached_property
    def targets(self) -> list[TargetNow]:
        """Targets, as ``operations``."""
        released = store.released_targets(self.conn)
        return [one for one in self.made.targets if UUID(one.head.id) not in released]

    @cached_property
    def waters(self) -> Waters:
        """The zones in force now."""
        return self.made.zones

    @cached_property
    def placed(self) -> dict[UUID, tuple[store.Placed, ...]]:
        """Target to what was entered of where it is, in order of entry."""
        return store.placed(self.conn)
