"""One recipient's variant of a brief: its version, its period, its change marks, and the recalls it must tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maoc_tui.brief.changes import compared
from maoc_tui.brief.document import Document
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_compile import compile_copy
from maoc_tui.desk.brief_reader import Span
from maoc_tui.desk.brief_recalls import with_recalls
from maoc_tui.desk.room import Room
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import Problem
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.briefs import Brief


def recipients(room: Room) -> tuple[str, ...]:
    """Who gets a copy unless others are named: the Centre, members and prospective members today."""
    now, register = room.clock.now_ms(), room.register
    return tuple(code for code in register.codes if register.standing(code, now).status in shipped().statuses)


def compiled_for(room: Room, looking: Viewer, when: Span, kept: Sequence[Brief]) -> Document:
    """A variant with its version, its period since the last issue, its change marks and its recalls."""
    code = looking.partner
    known = comparable(looking, kept, code)
    version = 1 + max((one.version for one in known if one.number == when.number), default=0)
    made, still_open = compile_copy(
        room, looking, since(looking, kept, when, code), when.until_ms, number=when.number, version=version
    )
    document = with_recalls(made, known)
    last = max(_before(known, when, code), key=lambda one: one.to_ms, default=None)
    if last is None or still_open is None:
        return document
    try:
        return compared(document, copies.digests_of(room, last, code), last.name, still_open)
    except (Problem, *FAULTS):
        told = f"{last.name} as issued to {code}: changes against it are not marked"
        return replace(document, broken=(*document.broken, told))


def comparable(looking: Viewer, kept: Sequence[Brief], code: str) -> tuple[Brief, ...]:
    """The approved versions that a copy for a partner may be held against, by who really looks.

    Those of its own making; and for an officer of the recipient those that were issued to it. What others made, and
    what of it went to whom, shows in no mark, no period and no number.
    """
    real = looking.behind or looking
    own = real.partner == code

    def fits(one: Brief) -> bool:
        return copies.makes(real, one) or (own and any(issue.recipient == code for issue in one.issues))

    return tuple(one for one in kept if one.approved is not None and fits(one))


def since(looking: Viewer, kept: Sequence[Brief], when: Span, code: str) -> int:
    """How far a copy for a partner reaches back: to the last brief of an earlier day issued to it, else a day."""
    before = [
        one.to_ms
        for one in _before(comparable(looking, kept, code), when, code)
        if one.number != when.number and one.to_ms < when.until_ms
    ]
    return max(before, default=when.until_ms - shipped().back_ms)


def _before(known: Sequence[Brief], when: Span, code: str) -> list[Brief]:
    """What was issued to a partner for a span that ends no later, the newest of the same end first."""
    issued = (one for one in reversed(known) if any(issue.recipient == code for issue in one.issues))
    return [one for one in issued if one.to_ms <= when.until_ms]
