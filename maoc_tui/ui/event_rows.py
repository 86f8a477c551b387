"""Zone entries and exits as a list, newest first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import ZoneEvent

COLUMNS = (
    Column("new", "", 1, 1),
    Column("at", "Time", 12, 1),
    Column("target", "Target", 6, 3),
    Column("name", "Zone events", 14, 1, grow=True),
    Column("left", "From", 10, 2),
    Column("entered", "→ Into", 12, 1),
    Column("position", "Position", 20, 4),
)


def newest_id(events: Sequence[ZoneEvent]) -> int:
    """The id of the event read last; 0 when there is none."""
    return max((event.id for event in events), default=0)


def by_time(known: Sequence[ZoneEvent], new: Sequence[ZoneEvent]) -> tuple[ZoneEvent, ...]:
    """All events by the time of passage, oldest first, each once."""
    return tuple({event.id: event for event in sorted((*known, *new), key=lambda e: (e.at, e.id))}.values())


class EventRows:
    """Events in a list; the key of a row is the event's id."""

    def __init__(self, events: tuple[ZoneEvent, ...], seen: int, local: bool, now_ms: int) -> None:
        self._events = events[::-1]
        self._seen = seen
        self._local = local
        self._now_ms = now_ms
        self._at = {event.id: at for at, event in enumerate(self._events)}

    def __len__(self) -> int:
        return len(self._events)

    def key(self, at: int) -> int:
        """The id of the event in row ``at``."""
        return self._events[at].id

    def find(self, key: Hashable) -> int:
        """The row of an event."""
        return self._at.get(key, -1)  # type: ignore[call-overload,no-any-return]

    def contact(self, key: Hashable) -> int:
        """The contact key of an event; 0 when it is gone."""
        at = self.find(key)
        return self._events[at].key if at >= 0 else 0

    def cells(self, at: int) -> Sequence[Cell]:
        """What COLUMNS show of row ``at``."""
        event = self._events[at]
        new = event.id > self._seen
        return (
            ("▲" if new else " ", "bad" if event.target else "warn"),
            (fmt.short_time(event.at, self._now_ms, self._local), "text"),
            (event.target, "mark"),
            (event.name or fmt.number(event.key), "strong" if event.target else "text"),
            (event.left, "dim"),
            (f"→ {event.entered}", "strong" if new else "text"),
            (fmt.position(event.lat, event.lon), "dim"),
        )
