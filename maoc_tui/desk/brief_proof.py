"""Proving an approved brief: its copies as they were frozen, rendered again and held against the hashes approved.

Two witnesses stand in the journal: the digest of all copies as they were drafted, which does not depend on the program
that renders them, and the SHA-256 of the manifest, which names that of every file. Nothing of a copy is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Connection

from maoc_tui.brief.document import Document
from maoc_tui.brief.forms import FORMS, written
from maoc_tui.brief.manifest import manifest
from maoc_tui.brief.record_form import digest_of
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_approval import rows
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import briefs as store
from maoc_tui.store import journal
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.briefs import Brief, File


class Verdict(StrEnum):
    """What became of comparing one file."""

    SAME = "same"
    CHANGED = "changed"
    OTHERWISE = "written otherwise"
    """The copy is as it was frozen, and this program does not write it byte for byte as the one that was approved."""
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Proved:
    """One form of one copy."""

    recipient: str
    form: str
    verdict: Verdict
    why: str = ""
    """Why it differs, or cannot be compared; "" for the same."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proving a brief found."""

    name: str
    copies: Verdict
    """The frozen copies against the digest in the journal."""
    listed: Verdict
    """The hashes of the files against the manifest in the journal."""
    files: tuple[Proved, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was changed; what cannot be compared is no fault."""
        told = (self.copies, self.listed, *(one.verdict for one in self.files))
        return Verdict.CHANGED not in told


def prove(
    room: Room, viewer: Viewer, name: str, partners: Sequence[str] = (), *, said: Said = lambda _: None
) -> Proof:
    """Render an approved brief again from its frozen copies and compare every file. Raises BadInput, NotPermitted."""
    require(viewer, Act.VERIFY_JOURNAL)
    brief = copies.named(room, viewer, name, approved=True)
    if not copies.makes(viewer, brief):
        raise NotPermitted(f"{brief.name} is for its compilers to verify.", "Ask the Centre.")
    codes = tuple(dict.fromkeys(room.register.partner(code).code for code in partners)) or brief.recipients
    if strange := set(codes) - set(brief.recipients):
        raise BadInput(
            f"{brief.name} has no copy for {', '.join(sorted(strange))}.",
            f"Copies: {', '.join(brief.recipients)}.",
        )
    with room.db.reading_whole() as conn:
        drafted, listed = as_drafted(conn, brief, drafts(conn)), as_listed(brief, manifests(conn))
    files: list[Proved] = []
    for at, code in enumerate(codes, 1):
        said(f"rendering the copy for {code} again, {at} of {len(codes)}")
        files += _copy(room, brief, code, sound=drafted is listed is Verdict.SAME)
    made = Proof(brief.name, drafted, listed, tuple(files))
    with room.db.bookkeeping() as conn:
        told = "as approved" if made.ok else "not as approved"
        note(conn, viewer, room.clock.now_ms(), "verify", "brief", brief.name, detail=told)
    return made


Noted = Mapping[str, Sequence[tuple[int, str]]]
"""Name of a brief to what the journal holds of an act on it: when, and the detail."""


def drafts(conn: Connection) -> Noted:
    """What the journal holds of drafts."""
    return journal.details(conn, "brief", "propose")


def manifests(conn: Connection) -> Noted:
    """What the journal holds of the manifests of approved briefs."""
    return journal.details(conn, "manifest", "confirm")


def as_drafted(conn: Connection, brief: Brief, noted: Noted) -> Verdict:
    """The copies as they are kept, against the digest that the journal holds of the draft."""
    told = (detail for _, detail in noted.get(brief.name, ()))
    held = [detail.rpartition("digest ")[2] for detail in told if "digest " in detail]
    if not held:
        return Verdict.NOT_COMPARED
    kept = {code: store.frozen(conn, brief.id, code) or "" for code in brief.recipients}
    return Verdict.SAME if digest_of(kept) in held else Verdict.CHANGED


def as_listed(brief: Brief, noted: Noted) -> Verdict:
    """The hashes of its files and when it was approved, against the manifest that the journal holds the hash of."""
    at_ms = brief.approved.at_ms if brief.approved is not None else None
    listed = sha256(manifest(brief.name, brief.checkpoint, rows(brief.files)).encode()).hexdigest()
    return Verdict.SAME if (at_ms, f"sha256 {listed}") in noted.get(brief.name, ()) else Verdict.CHANGED


def _copy(room: Room, brief: Brief, code: str, *, sound: bool) -> Iterator[Proved]:
    """Every form of one copy; those that were never made have nothing to be compared with."""
    approved = {one.form: one for one in brief.files if one.recipient == code}
    try:
        document = copies.stamped(room, brief, copies.as_kept(room, brief, code))
    except Problem as problem:
        yield from (Proved(code, form, Verdict.CHANGED, problem.message) for form in approved)
        return
    for form in FORMS:
        if form in approved:
            yield _file(document, approved[form], sound=sound)
        else:
            yield Proved(code, form, Verdict.NOT_COMPARED, "it could not be made when the brief was approved")


def _file(document: Document, approved: File, *, sound: bool) -> Proved:
    """One file; where the journal bears out both the copy and its hashes (``sound``), only the program can differ."""
    code, form = approved.recipient, approved.form
    try:
        data = written(document, form)
    except Problem as problem:
        return Proved(code, form, Verdict.NOT_COMPARED, problem.message)
    except FAULTS as fault:
        return Proved(code, form, Verdict.CHANGED, f"it cannot be made any more ({type(fault).__name__})")
    if sha256(data).hexdigest() == approved.sha256:
        return Proved(code, form, Verdict.SAME)
    if sound:
        why = "the copy is as drafted, but this program writes the form otherwise than the one that was approved"
        return Proved(code, form, Verdict.OTHERWISE, why)
    return Proved(code, form, Verdict.CHANGED, "rendered again it is not the file that was approved")
