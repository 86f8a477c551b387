"""Kept briefs: who may have which copy, and whether its recipient may still read what it tells.

A variant is frozen text of other partners' statements. It is handed out to officers of the partner that compiled it
and, once it was issued, of the partner it is for; and only while the gate still shows both every statement in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from maoc_tui.brief.changes import digests
from maoc_tui.brief.document import Document, Line
from maoc_tui.brief.record_form import digest_of, thawed
from maoc_tui.brief.told import told
from maoc_tui.desk.brief_recalls import struck
from maoc_tui.desk.gate import eyes
from maoc_tui.desk.room import Room
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.store import brief_reading, briefs
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.briefs import Brief

_NAME = re.compile(r"BR-?(\d{4})-?(\d{3})(?:\s*V?(\d{1,3}))?", re.IGNORECASE)


def every(room: Room, number: str = "") -> list[Brief]:
    """Every version in order of entry, of a number when given, without the words of any."""
    with room.db.reading_whole() as conn:
        return briefs.load(conn, number)


def named(room: Room, viewer: Viewer, name: str, *, approved: bool) -> Brief:
    """The version meant by ``BR-2022-348``, ``BR-2022-348 v2``: the newest that is, or is not yet, approved.

    Raises BadInput when there is none that ``viewer`` may know of.
    """
    wanted, every_one = _meant(room, viewer, name)
    found = [one for one in every_one if (one.approved is not None) == approved]
    if not found:
        what = "approved" if approved else "that waits for approval"
        raise BadInput(f"There is no brief {wanted} {what}.", "See: maoc brief list.")
    return found[-1]


def found(room: Room, viewer: Viewer, name: str) -> Brief:
    """The version meant, as approved; the newest that waits where none is. Raises BadInput."""
    wanted, every_one = _meant(room, viewer, name)
    if not every_one:
        raise BadInput(f"There is no brief {wanted}.", "See: maoc brief list.")
    return max(enumerate(every_one), key=lambda one: (one[1].approved is not None, one[0]))[1]


def _meant(room: Room, viewer: Viewer, name: str) -> tuple[str, list[Brief]]:
    """What a name means, in words, and every version of it that a viewer may know of, in order of entry."""
    match = _NAME.fullmatch(name.strip())
    if match is None:
        raise BadInput(f"{printable(name, 40)!r} is not the name of a brief.", "Write it as BR-2022-348 v1.")
    number, version = f"BR-{match[1]}-{match[2]}", int(match[3]) if match[3] else None
    kept = [one for one in every(room, number) if version in (None, one.version) and known(viewer, one)]
    return f"{number} v{version}" if version else number, kept


def known(viewer: Viewer, brief: Brief) -> bool:
    """Whether a viewer may know of a version: its compilers, and whoever a copy was issued to."""
    return makes(viewer, brief) or any(one.recipient == viewer.partner for one in brief.issues)


def makes(viewer: Viewer, brief: Brief) -> bool:
    """Whether a viewer belongs to the partner that compiled it, and does not look through another's eyes."""
    return viewer.all_seeing or (viewer.partner == brief.by.partner and not viewer.seeing_as)


def copy_of(room: Room, viewer: Viewer, brief: Brief, recipient: str) -> Document:
    """One copy as approved, or as compiled while it waits; recalled lines are struck. Raises BadInput, NotPermitted."""
    document = still_told(room, viewer, brief, recipient)
    return stamped(room, brief, struck(document, brief, words=makes(viewer, brief)))


def still_told(room: Room, viewer: Viewer, brief: Brief, recipient: str) -> Document:
    """One copy as kept, if it is the viewer's to read and may all still be told. Raises BadInput, NotPermitted."""
    mine = any(one.recipient == recipient == viewer.partner for one in brief.issues)
    if not (makes(viewer, brief) or mine):
        raise NotPermitted(f"{brief.name} for {recipient} is not yours to read.", "Ask the Centre for it.")
    document = as_kept(room, brief, recipient)
    if lost := no_longer(room, viewer, document):
        raise NotPermitted(
            f"{brief.name} for {recipient} tells what may no longer be told: {', '.join(lost[:5])}.",
            "Compile a new version.",
        )
    return document


def no_longer(room: Room, viewer: Viewer, document: Document) -> list[str]:
    """References of statements in a copy that its recipient, or who hands it out, does not see any more.

    Lines and positions alike; a position of which nobody can say what it rests on is as one that is not seen.
    """
    reader = (
        viewer if viewer.partner == document.recipient and not viewer.all_seeing else _eyes(viewer, document)
    )
    wanted: dict[str, set[str]] = defaultdict(set)
    cites = [cite for line in told(document) for cite in line.cites]
    for cite in cites:
        wanted[cite.kind].add(cite.id)
    with room.db.reading(reader) as conn:
        held = brief_reading.statements(conn, wanted)
    untold = {place.ref for place in document.places if not place.cites}
    return sorted(untold | {cite.ref for cite in cites if cite.id not in held})


def _eyes(viewer: Viewer, document: Document) -> Viewer:
    return eyes(viewer.behind or viewer, document.recipient)


def stamped(room: Room, brief: Brief, document: Document) -> Document:
    """The document with what its approval adds; while nobody has approved it, with the digest to approve it by."""
    if brief.approved is None:
        return replace(document, digest=digest_of_all(room, brief))
    earlier = tuple(
        one.name
        for one in every(room, brief.number)
        if one.approved is not None and one.version < brief.version and one.by.partner == brief.by.partner
    )
    # The number of the journal's entry tells how much the Centre did that day: a copy names the hash alone.
    mark = brief.checkpoint.partition(" · ")[2] or brief.checkpoint
    return replace(document, issued_ms=brief.approved.at_ms, checkpoint=mark, supersedes=earlier)


def digests_of(room: Room, brief: Brief, recipient: str) -> dict[str, str]:
    """The marks of the lines of a kept copy, to hold another one against. Raises Problem where it cannot be read."""
    return digests(as_kept(room, brief, recipient))


def as_kept(room: Room, brief: Brief, recipient: str) -> Document:
    """A copy as it was frozen, for its compilers to compare with: what must not be told any more is in it.

    Raises BadInput where there is none, StoreProblem where it cannot be read.
    """
    try:
        with room.db.reading_whole() as conn:
            text = briefs.frozen(conn, brief.id, recipient)
            document = None if text is None else thawed(text)
    except FAULTS:
        raise StoreProblem(
            f"{brief.name} for {recipient} cannot be read as it was kept.", "Compile a new version."
        ) from None
    if document is None:
        raise BadInput(
            f"{brief.name} has no copy for {recipient}.", f"Copies: {', '.join(brief.recipients)}."
        )
    return document


def digest_of_all(room: Room, brief: Brief) -> str:
    """The digest of all copies of a version as they are kept. Raises StoreProblem where one cannot be read."""
    with room.db.reading_whole() as conn:
        return digest_of({code: briefs.frozen(conn, brief.id, code) or "" for code in brief.recipients})


def lines_of(room: Room, brief: Brief, recipient: str) -> tuple[Line, ...]:
    """The lines and positions of a kept copy, for its compilers to recall from."""
    return tuple(told(as_kept(room, brief, recipient)))
