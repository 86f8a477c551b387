"""Records an officer opened last, and those pinned: as far as the officer sees them now.

What somebody opened is nobody else's to know, and what may no longer be seen is not listed; it comes back when it may.
"""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.desk.record_titles import of_refs
from maoc_tui.desk.room import Room
from maoc_tui.domain.contacts import parse_key
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import officer_marks as store


@dataclass(frozen=True, slots=True)
class Mark:
    """One record opened or pinned."""

    ref: str
    kind: str
    title: str
    opened_ms: int | None
    pinned: bool


def recent(room: Room, viewer: Viewer) -> tuple[Mark, ...]:
    """What the officer opened last, the last first, as far as it is seen now."""
    return tuple(mark for mark in _marks(room, viewer) if mark.opened_ms is not None)


def pins(room: Room, viewer: Viewer) -> tuple[Mark, ...]:
    """What the officer pinned, by reference, as far as it is seen now."""
    return tuple(sorted((mark for mark in _marks(room, viewer) if mark.pinned), key=lambda mark: mark.ref))


def note_opened(room: Room, viewer: Viewer, ref: str) -> None:
    """Remember that a record was opened; in read-only mode and through another's eyes nothing is."""
    if not may_keep(room, viewer):
        return
    require(viewer, Act.READ)
    name, _ = _seen(room, viewer, ref)
    with room.db.bookkeeping() as conn:
        store.opened(conn, whose(viewer), name, room.clock.now_ms())


def pin(room: Room, viewer: Viewer, ref: str, *, off: bool = False) -> str:
    """Pin a record, or let it go; its reference. Raises BadInput for what is not there, NotPermitted."""
    require(viewer, Act.READ)
    if not may_keep(room, viewer):
        raise NotPermitted(
            "Nothing is pinned in read-only mode or through another's eyes.", "Leave it first."
        )
    name, _ = _seen(room, viewer, ref)
    with room.db.bookkeeping() as conn:
        store.pinned(conn, whose(viewer), name, None if off else room.clock.now_ms())
    return name


def whose(viewer: Viewer) -> str:
    """Under which name an officer's own things are kept."""
    actor = viewer.behind or viewer
    return actor.officer or f"{actor.name} {actor.partner}"


def may_keep(room: Room, viewer: Viewer) -> bool:
    """Whether anything is kept for an officer now: not in read-only mode, nor through another's eyes."""
    return not (viewer.seeing_as or viewer.read_only or room.db.read_only)


def _marks(room: Room, viewer: Viewer) -> list[Mark]:
    with room.db.reading_whole() as conn:
        held = store.of(conn, whose(viewer))
    with room.db.reading(viewer) as conn:
        seen = of_refs(conn, [ref for ref, _, _ in held], room.clock.now_ms())
    return [
        Mark(ref, *seen[ref], opened_ms, pinned_ms is not None)
        for ref, opened_ms, pinned_ms in held
        if ref in seen
    ]


def _seen(room: Room, viewer: Viewer, ref: str) -> tuple[str, tuple[str, str]]:
    """A reference as it is written, with kind and title; BadInput for what the viewer does not see."""
    name = ref.partition("/")[0].strip()
    name = name.lower() if ":" in name else name.upper()
    if ":" in name:
        parse_key(name)
    with room.db.reading(viewer) as conn:
        found = of_refs(conn, [name], room.clock.now_ms())
    if name not in found:
        raise BadInput(
            f"There is no {name[:40]!r} to open or pin.", "Write it as T-0417, OP-0031 or ais:263601890."
        )
    return name, found[name]
