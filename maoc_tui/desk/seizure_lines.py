"""Lines of events of the ledger as typed: what every kind of line needs, checked the same way."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk.journal import note, origin
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_reading import line_marking
from maoc_tui.desk.seizure_snapshots import NewFind, Said
from maoc_tui.desk.seizure_words import count_of
from maoc_tui.desk.target_words import as_typed, happened, marked, said_by, words
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.seizures import Event, Fate, Find, Line, Weighing, parse_reference, standing
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.weights import parse_weight
from maoc_tui.problems import BadInput
from maoc_tui.store import seizure_digests

L = TypeVar("L", bound=Line)


def names_find(ref: str) -> bool:
    """Whether a reference is that of a find (SF-0412)."""
    return ref.strip().upper().startswith("SF")


def base_of(room: Room, viewer: Viewer, above: Marking, said: Said) -> dict[str, Any]:
    """The fields that every line has, of what was typed with it; ``above`` is the marking of the event."""
    now = room.clock.now_ms()
    at_ms = happened(room, said.at, now)
    if said.reason.strip() and not said.replaces.strip():
        raise BadInput("A reason stands with a correction.", "Name the line it corrects.")
    return {
        "id": str(uuid4()),
        "at_ms": at_ms,
        "source": said_by(said.source, viewer),
        "text": words(said.text, "text", 2000, empty=True),
        "by": viewer.name,
        "entered_ms": now,
        "marking": marked(viewer, said.marking or line_marking(viewer, above)),
        "replaces": said.replaces.strip(),
        "reason": words(said.reason, "reason", 400, empty=not said.replaces.strip()),
    }


def new_find(entry: NewFind, number: int, base: dict[str, Any]) -> Find:
    """A find as typed, understood."""
    return Find(
        **base,
        number=number,
        substance=seizure_terms.shipped().substance(entry.substance),
        fate=Fate.JETTISONED if entry.jettisoned else Fate.SEIZED,
        packages=count_of(entry.packages, "packages") if entry.packages.strip() else None,
        hidden=words(entry.hidden, "hiding place", 400, empty=True),
    )


def weighing(
    base: dict[str, Any], of: Find, weight: str, basis: str, packages: str, official: bool
) -> Weighing:
    """A weight as typed, understood; estimated where no basis is given."""
    return Weighing(
        **base,
        find=of.number,
        grams=parse_weight(weight),
        said=printable(as_typed(weight), 60),
        basis=seizure_terms.shipped().basis(basis or "estimated"),
        packages=count_of(packages, "packages") if packages.strip() else None,
        official=official,
    )


def find_of(event: Event, ref: str) -> Find:
    """The find of a reference (SF-0412), or the only one of the event (SZ-0007); BadInput otherwise."""
    held = standing(event.finds)
    if names_find(ref):
        number = parse_reference(ref, "SF")
        held = tuple(find for find in held if find.number == number)
        if not held:
            raise BadInput(
                f"SF-{number:04d} is no find of {event.ref} that stands.", "See: maoc seizure show."
            )
    if len(held) == 1:
        return held[0]
    if not held:
        raise BadInput(f"{event.ref} has no find yet.", "Record the find first.")
    refs = ", ".join(find.ref for find in held)
    raise BadInput(f"{event.ref} has several finds.", f"Name the one that is meant: {refs}.")


def seal(conn: Connection, viewer: Viewer, event: Event, *lines: Line | Event) -> None:
    """Keep the digest of each new line in the journal, inside its transaction."""
    made = seizure_digests.digests(conn, event.id)
    for line in lines:
        detail, whose = f"{line.id} {made[str(line.id)]}", origin(line.marking)
        kind = seizure_digests.IN_JOURNAL
        note(conn, viewer, line.entered_ms, "collect", kind, event.ref, owner=whose, detail=detail)


def noted(conn: Connection, viewer: Viewer, event: Event, action: str, what: str, line: Line | Event) -> None:
    """Note an act on an event in the journal, inside its transaction."""
    reason = line.reason if isinstance(line, Line) else ""
    whose = origin(line.marking)
    note(conn, viewer, line.entered_ms, action, "seizure", event.ref, owner=whose, detail=what, reason=reason)
