"""The briefing desk: one record, one variant for each recipient, every line explained.

Whoever compiles reads through the recipient's eyes, and sees no more of it than with their own. A brief is compiled
by one person and approved by another; from then on its number, its words and its hashes stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from maoc_tui.brief.changes import compared
from maoc_tui.brief.document import Document, Line
from maoc_tui.brief.record_form import frozen
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_check import Finding, Judged, check, explain
from maoc_tui.desk.brief_compile import compiled
from maoc_tui.desk.brief_issue import Held, Issued, approve, export, issue, recall
from maoc_tui.desk.brief_reader import Span, note_read, reader, span
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.store import briefs as store
from maoc_tui.store.briefs import Brief

__all__ = [
    "Finding",
    "Held",
    "Issued",
    "Judged",
    "Summary",
    "approve",
    "check",
    "copy",
    "draft",
    "explain",
    "export",
    "issue",
    "listing",
    "preview",
    "recall",
    "recipients",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """One version in a list, as far as a viewer may know of it."""

    name: str
    state: str
    """waits for approval, approved, issued."""
    from_ms: int
    to_ms: int
    by: str
    approved_by: str
    recipients: tuple[str, ...]
    issued_to: tuple[str, ...]
    recalled: int
    """Lines recalled of it."""


def recipients(room: Room) -> tuple[str, ...]:
    """Who gets a copy unless others are named: the Centre, members and prospective members today."""
    now, register = room.clock.now_ms(), room.register
    return tuple(code for code in register.codes if register.standing(code, now).status in shipped().statuses)


def preview(room: Room, viewer: Viewer, partner: str, date: str = "") -> Document:
    """The brief of a day for one partner as it would be compiled now. Raises NotPermitted, BadInput."""
    looking = reader(room, viewer, partner)
    made = compiled_for(room, looking, span(room, date), copies.every(room))
    note_read(room, looking, made)
    return made


def draft(
    room: Room, viewer: Viewer, partners: Sequence[str] = (), date: str = "", *, said: Said = lambda _: None
) -> Brief:
    """Compile and keep a version for every recipient; it waits for a second person. Raises NotPermitted, BadInput.

    ``said`` is told what is being done; what it raises ends the work, and nothing is kept.
    """
    require(viewer, Act.BRIEF)
    codes = tuple(dict.fromkeys(room.register.partner(code).code for code in partners)) or recipients(room)
    when = span(room, date)
    kept = copies.every(room)
    made = []
    for at, code in enumerate(codes, 1):
        said(f"compiling for {code}, {at} of {len(codes)}")
        made.append(compiled_for(room, reader(room, viewer, code), when, kept))
    now = room.clock.now_ms()
    first = made[0]
    drafted = Brief(
        uuid4(), when.number, first.version, min(one.from_ms for one in made), when.until_ms,
        By(viewer.name, viewer.officer, viewer.partner, now), codes,
    )  # fmt: skip
    from maoc_tui.desk.journal import note

    with room.db.writing() as conn:
        store.add(conn, drafted, {document.recipient: frozen(document) for document in made})
        note(conn, viewer, now, "propose", "brief", drafted.name, detail=f"copies: {', '.join(codes)}")
    return drafted


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


def copy(room: Room, viewer: Viewer, name: str, recipient: str) -> Document:
    """One copy as it was frozen; of what waits for approval its compilers read it, to read before they approve.

    Raises BadInput, NotPermitted when it may no longer be told.
    """
    require(viewer, Act.READ)
    brief = copies.found(room, viewer, name)
    made = copies.copy_of(room, viewer, brief, room.register.partner(recipient).code)
    note_read(room, viewer, made)
    return made


def listing(room: Room, viewer: Viewer) -> tuple[Summary, ...]:
    """Versions the viewer may know of, the newest first; whom else a copy went to only its compilers learn."""
    require(viewer, Act.READ)
    found = [one for one in copies.every(room) if copies.known(viewer, one)]
    return tuple(_summary(viewer, one) for one in reversed(found))


def _summary(viewer: Viewer, one: Brief) -> Summary:
    mine = copies.makes(viewer, one)
    state = "issued" if one.issues else "approved" if one.approved is not None else "waits for approval"

    def own(code: str) -> bool:
        return mine or code == viewer.partner

    return Summary(
        name=one.name,
        state=state,
        from_ms=one.from_ms,
        to_ms=one.to_ms,
        by=one.by.name if mine else "",
        approved_by=one.approved.name if one.approved is not None and mine else "",
        recipients=tuple(filter(own, one.recipients)),
        issued_to=tuple(dict.fromkeys(filter(own, (issue.recipient for issue in one.issues)))),
        recalled=sum(1 for recalled in one.recalls if own(recalled.recipient)),
    )
