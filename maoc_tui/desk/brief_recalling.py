"""Recalling a line or a position of an approved brief: which copies hold it, and in which forms they went out."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import briefs as store
from maoc_tui.store.briefs import Brief


@dataclass(frozen=True, slots=True)
class Held:
    """A copy that holds a recalled line, and in which forms it went out."""

    recipient: str
    line: str
    """Key of the line; its words may be what must not be told any more."""
    forms: tuple[str, ...]


def recall(room: Room, viewer: Viewer, name: str, ref: str, reason: str) -> tuple[Held, ...]:
    """Recall every line and position of an approved brief that rests on ``ref``; names each copy that holds one.

    Raises BadInput, NotPermitted.
    """
    require(viewer, Act.RECALL)
    why, wanted = words(reason, "reason", 400), ref.strip().upper()
    brief = copies.named(room, viewer, name, approved=True)
    if not copies.makes(viewer, brief):
        raise NotPermitted(f"Lines of {brief.name} are recalled by its compilers.", "Ask the Centre.")
    done = {(one.recipient, one.line) for one in brief.recalls}
    held = [one for one in _holding(room, brief, wanted) if (one.recipient, one.line) not in done]
    if not held:
        raise BadInput(
            f"No copy of {brief.name} holds a line on {printable(ref, 40)}.", "See: maoc brief show."
        )
    by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
    with room.db.writing() as conn:
        for one in held:
            store.recall(conn, brief, one.recipient, one.line, why, by)
            detail = one.line.partition("/")[2]
            note(
                conn, viewer, by.at_ms, "recall", "brief", brief.name, recipient=one.recipient, reason=why,
                detail=detail,
            )  # fmt: skip
    return tuple(held)


def _holding(room: Room, brief: Brief, ref: str) -> list[Held]:
    """Copies with lines or positions on a reference."""
    return [
        Held(code, line.key, brief.went_out(code))
        for code in brief.recipients
        for line in copies.lines_of(room, brief, code)
        if ref in (line.key.partition("/")[2].upper(), *(source.upper() for source in line.sources))
    ]
