"""One act on an event of the ledger, also on one that is recorded with it: one commit, so all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.recalling import recall_all
from maoc_tui.desk.release_record import by
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_events import begun
from maoc_tui.desk.seizure_lines import base_of, names_find, noted, seal
from maoc_tui.desk.seizure_reading import may_be_official, with_states
from maoc_tui.desk.seizure_snapshots import NewSeizure, Said
from maoc_tui.desk.seizure_words import line_of
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.seizures import Event, Find, Line, parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.store import seizures as store

L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line being entered."""

    viewer: Viewer
    conn: Connection
    """To write through."""
    seen: Connection
    """The record as the viewer sees it."""
    event: Event
    base: dict[str, Any]
    """The fields that every line has."""
    warnings: tuple[str, ...] = ()
    """What to look at, of an event that is recorded with the line."""

    def replaced(self, lines: Sequence[L], what: str) -> L | None:
        """The line that this one corrects, which must be the viewer's own; None for a new line."""
        if not self.base["replaces"]:
            return None
        old = line_of(lines, self.base["replaces"], what)
        self.correct(old)
        return old

    def correct(self, old: Line) -> None:
        """Let the new line take the place of ``old``; raises NotPermitted for what another partner said."""
        require_own(self.viewer, old.marking)
        self.base["replaces"] = old.id

    def check_official(self, official: bool) -> None:
        """Raise NotPermitted where the viewer may not record official figures of the event."""
        if official and not may_be_official(self.viewer, self.event):
            raise NotPermitted(
                "Only the event's originator and its lead, seizing or prosecuting State record official figures.",
                "Record it without the word official.",
            )

    def record(self, *lines: Line, what: str) -> None:
        """Append lines and note them in the journal; what they replace is recalled from whoever has it by release."""
        for line in lines:
            store.append(self.conn, self.event, line)
        seal(self.conn, self.viewer, self.event, *lines)
        action = "alter" if lines[0].replaces else "collect"
        noted(self.conn, self.viewer, self.event, action, what, lines[0])
        if gone := {id_ for line in lines if line.replaces for id_ in self._said_before(line)}:
            now, verb = lines[0].entered_ms, "withdrawn" if lines[0].withdrawal else "corrected"
            why = f"{verb}: {lines[0].reason}"
            recall_all(self.conn, self.viewer, gone, by(self.viewer, now), why)

    def _said_before(self, line: Line) -> Iterator[str]:
        """Ids of what a line takes the place of; of a find every earlier entry: the first is let out, too."""
        yield line.replaces
        if isinstance(line, Find):
            yield from (one.id for one in self.event.finds if one.number == line.number)


@contextmanager
def entering(room: Room, viewer: Viewer, of: str | NewSeizure, said: Said | None) -> Iterator[Entry]:
    """One act on an event (SZ-0007, SF-0412 for the event of a find, or a new one): all is recorded, or nothing."""
    require(viewer, Act.OPERATE)
    with changing(room, viewer) as (conn, seen):
        if isinstance(of, NewSeizure):
            event, warnings = begun(room, viewer, conn, seen, of)
        else:
            event, warnings = _known(seen, of), ()
        (event,) = with_states(seen, [event])
        base = base_of(room, viewer, event.marking, said or Said())
        yield Entry(viewer, conn, seen, event, base, warnings)


def _known(seen: Connection, ref: str) -> Event:
    found = store.of_find(seen, parse_reference(ref, "SF")) if names_find(ref) else None
    return found or store.find(seen, parse_reference(ref))
