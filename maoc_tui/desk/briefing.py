"""The briefing desk: one record, one variant for each recipient, every line explained.

Whoever compiles reads through the recipient's eyes, and sees no more of it than with their own. A brief is compiled
by one person and approved by another; from then on its number, its words and its hashes stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from maoc_tui.brief.document import Document
from maoc_tui.brief.record_form import digest_of, frozen
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_approval import approve, unmade
from maoc_tui.desk.brief_check import Finding, Judged, check, explain
from maoc_tui.desk.brief_issue import Issued, export, issue
from maoc_tui.desk.brief_reader import centre, note_read, reader, span
from maoc_tui.desk.brief_recalling import Held, recall
from maoc_tui.desk.brief_variant import compiled_for, recipients
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import briefs as store
from maoc_tui.store.briefs import Brief

__all__ = [
    "Begun",
    "Finding",
    "Held",
    "Issued",
    "Judged",
    "Summary",
    "approve",
    "begun",
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
    "unmade",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """One version in a list, as far as a viewer may know of it."""

    name: str
    state: str
    """waits for approval, approved, issued; overtaken where a later draft or approval took its place."""
    from_ms: int
    to_ms: int
    by: str
    approved_by: str
    recipients: tuple[str, ...]
    issued_to: tuple[str, ...]
    recalled: int
    """Lines recalled of it."""
    unfinished: tuple[str, ...] = ()
    """Copies whose writing was broken off, with the folder: ``ES in /srv/maoc/out``. Issue them again."""
    waits_since_ms: int | None = None
    """When it was compiled, while it waits for a second person."""


def preview(room: Room, viewer: Viewer, partner: str, date: str = "") -> Document:
    """The brief of a day for one partner as it would be compiled now. Raises NotPermitted, BadInput."""
    looking = reader(room, viewer, partner)
    made = compiled_for(room, looking, span(room, date), copies.every(room))
    note_read(room, looking, made)
    return made


def draft(
    room: Room, viewer: Viewer, partners: Sequence[str] = (), date: str = "", *, if_none: bool = False,
    said: Said = lambda _: None,
) -> Brief:  # fmt: skip
    """Compile and keep a version for every recipient; it waits for a second person. Raises NotPermitted, BadInput.

    The brief is the Centre's: nobody else's has a number. Its digest is what the second person approves it by.
    With ``if_none`` Begun is raised where a version of the day waits or is approved, also one that somebody made while
    this one was compiled. ``said`` is told what is being done; what it raises ends the work, and nothing is kept.
    """
    require(viewer, Act.BRIEF)
    centre(viewer)
    if if_none:
        _none_begun(room, viewer, date)
    codes = tuple(dict.fromkeys(room.register.partner(code).code for code in partners)) or recipients(room)
    when = span(room, date)
    kept = copies.every(room)
    made = []
    for at, code in enumerate(codes, 1):
        said(f"compiling for {code}, {at} of {len(codes)}")
        made.append(compiled_for(room, reader(room, viewer, code), when, kept))
    now = room.clock.now_ms()
    first = made[0]
    texts = {document.recipient: frozen(document) for document in made}
    drafted = Brief(
        uuid4(), when.number, first.version, min(one.from_ms for one in made), when.until_ms,
        By(viewer.name, viewer.officer, viewer.partner, now), codes, digest=digest_of(texts),
    )  # fmt: skip
    from maoc_tui.desk.journal import note

    with room.db.writing() as conn:
        if if_none:
            _none_begun(room, viewer, date)
        store.add(conn, drafted, texts)
        told = f"copies: {', '.join(codes)}; digest {drafted.digest}"
        note(conn, viewer, now, "propose", "brief", drafted.name, detail=told)
    return drafted


class Begun(Exception):
    """A version of the day is there already, so that none was drafted."""

    def __init__(self, there: Summary) -> None:
        super().__init__(there.name)
        self.there = there


def _none_begun(room: Room, viewer: Viewer, date: str) -> None:
    if (there := begun(room, viewer, date)) is not None:
        raise Begun(there)


def begun(room: Room, viewer: Viewer, date: str = "") -> Summary | None:
    """The version of a day that waits for approval, else the newest approved one; None where nobody drafted any.

    For a draft made by the clock, which takes no other's place. Raises NotPermitted, BadInput.
    """
    require(viewer, Act.BRIEF)
    centre(viewer)
    number = span(room, date).number
    stands = [
        one for one in listing(room, viewer) if one.name.startswith(f"{number} ") and one.state != "overtaken"
    ]
    return next((one for one in stands if one.waits_since_ms is not None), stands[0] if stands else None)


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
    return tuple(_summary(viewer, one, _state(one, found[at + 1 :], found)) for at, one in enumerate(found))[
        ::-1
    ]


def _state(one: Brief, later: Sequence[Brief], known: Sequence[Brief]) -> str:
    if one.approved is not None:
        return "issued" if one.issues else "approved"
    over = any((other.number, other.version) == (one.number, one.version) for other in later) or any(
        other.number == one.number and other.approved is not None and other.version >= one.version
        for other in known
    )
    return "overtaken" if over else "waits for approval"


def _summary(viewer: Viewer, one: Brief, state: str) -> Summary:
    mine = copies.makes(viewer, one)

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
        unfinished=tuple(f"{left.recipient} in {left.folder}" for left in one.unfinished if mine),
        waits_since_ms=one.by.at_ms if mine and state == "waits for approval" else None,
    )
