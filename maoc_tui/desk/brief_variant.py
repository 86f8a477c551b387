"""One recipient's variant of a brief: its version, its period, its change marks, and the recalls it must tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maoc_tui.brief.changes import compared
from maoc_tui.brief.document import Document, Line
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_compile import compiled
from maoc_tui.desk.brief_reader import Span
from maoc_tui.desk.room import Room
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.store.briefs import Brief


def recipients(room: Room) -> tuple[str, ...]:
    """Who gets a copy unless others are named: the Centre, members and prospective members today."""
    now, register = room.clock.now_ms(), room.register
    return tuple(code for code in register.codes if register.standing(code, now).status in shipped().statuses)


def compiled_for(room: Room, looking: Viewer, when: Span, kept: Sequence[Brief]) -> Document:
    """A variant with its version, its period since the last issue, its change marks and its recalls."""
    code = looking.partner
    approved = [one for one in kept if one.approved is not None]
    version = 1 + max((one.version for one in approved if one.number == when.number), default=0)
    made = compiled(
        room, looking, since(kept, when, code), when.until_ms, number=when.number, version=version
    )
    made = _with_recalls(made, approved)
    last = copies.last_issue(room, code, approved)
    return compared(made, last[1], last[0].name) if last is not None else made


def since(kept: Sequence[Brief], when: Span, code: str) -> int:
    """How far a copy for a partner reaches back: to the last brief of another day issued to it, else a day."""
    before = [
        one.to_ms
        for one in kept
        if one.approved is not None and one.number != when.number and one.to_ms < when.until_ms
        if any(issue.recipient == code for issue in one.issues)
    ]
    return max(before, default=when.until_ms - shipped().back_ms)


def _with_recalls(document: Document, approved: Sequence[Brief]) -> Document:
    """The document with a correction for each line recalled of an issue to the same recipient in the period."""
    told = tuple(
        _recalled(one.name, recalled.line.partition("/")[2], document.recipient)
        for one in approved
        for recalled in one.recalls
        if recalled.recipient == document.recipient and document.from_ms <= recalled.by.at_ms < document.to_ms
    )
    if not told:
        return document
    title = shipped().titles.get("corrections", "Corrections")
    sections = tuple(
        replace(section, lines=(*told, *section.lines), note="") if section.title == title else section
        for section in document.sections
    )
    return replace(document, sections=sections)


def _recalled(issue_name: str, ref: str, recipient: str) -> Line:
    marking = Marking(frozenset({CENTRE}), releasable_to=frozenset({recipient}))
    text = f"{issue_name}: the line on {ref} is recalled. Do not use it; destroy or strike it in every copy."
    return Line(
        f"corrections/{issue_name} {ref}", text, str(marking), "In: recalled by the Centre", owners=(CENTRE,)
    )
