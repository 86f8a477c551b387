"""The second person's approval: of the very draft that was read, with every form and its hash from then on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection

from maoc_tui.brief.document import Document
from maoc_tui.brief.forms import FORMS, written
from maoc_tui.brief.manifest import manifest
from maoc_tui.brief.told import told
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.access import permit
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import briefs as store
from maoc_tui.store import journal as journal_store
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.briefs import Brief, File
from maoc_tui.store.journal_chain import short


def approve(room: Room, viewer: Viewer, name: str, digest: str, *, said: Said = lambda _: None) -> Brief:
    """Approve what somebody else compiled: number, words and hashes stand from then on. NotPermitted, BadInput.

    ``digest`` stands at the head of every copy of the draft that was read; another draft is refused by it.
    """
    permit(room, viewer, Act.APPROVE_BRIEF)
    waits = copies.named(room, viewer, name, approved=False)
    if not copies.makes(viewer, waits):
        raise NotPermitted(f"{waits.name} is for its compilers to approve.", "Ask the Centre.")
    if waits.by.same_person(viewer.name, viewer.officer):
        raise NotPermitted(
            f"You compiled {waits.name} yourself.", "A second officer approves, signed in as that officer."
        )
    _refuse_overtaken(waits, copies.every(room, waits.number))
    _refuse_unread(room, waits, digest)
    by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
    mark = _checkpoint(room, by.at_ms)
    approved = replace(waits, approved=by, checkpoint=mark)
    documents = [
        copies.stamped(room, approved, copies.still_told(room, viewer, waits, code))
        for code in waits.recipients
    ]
    files: list[File] = []
    for at, document in enumerate(documents, 1):
        said(f"writing the copy for {document.recipient}, {at} of {len(documents)}")
        files += _files(document)
    with room.db.writing() as conn:
        store.approve(conn, waits, by, mark, files)
        noted(conn, viewer, by.at_ms, "release", waits.name, documents)
        listed = sha256(manifest(waits.name, mark, rows(files)).encode()).hexdigest()
        note(conn, viewer, by.at_ms, "confirm", "manifest", waits.name, detail=f"sha256 {listed}")
    return copies.named(room, viewer, waits.name, approved=True)


def _refuse_unread(room: Room, waits: Brief, digest: str) -> None:
    """Raise BadInput unless the digest typed is that of the draft that waits."""
    typed = "".join(char for char in digest.lower() if char.isalnum())
    if typed != copies.digest_of_all(room, waits):
        raise BadInput(
            f"{printable(digest, 20)!r} is not the digest of the {waits.name} that waits now.",
            "Read it, for it may be another draft: the digest stands at the head of every copy.",
        )


def _refuse_overtaken(waits: Brief, every: Sequence[Brief]) -> None:
    """Raise BadInput when a later draft of this version was made, or this version or a later one was approved."""
    same = [one for one in every if one.by.partner == waits.by.partner and one.version >= waits.version]
    if any(one.approved is not None for one in same):
        raise BadInput(
            f"{waits.name} was compiled before another was approved.", "Compile it anew: maoc brief draft"
        )
    if same and same[-1].id != waits.id:
        raise BadInput(f"{waits.name} was compiled anew meanwhile.", "Read the new draft, then approve that.")


def _checkpoint(room: Room, now: int) -> str:
    """Short form of the journal signed as it stands; where it cannot be signed, that it is not."""
    with room.db.bookkeeping() as conn:
        try:
            made = journal_store.checkpoint(conn, now)
        except Problem:
            seq, digest = journal_store.tip(conn)
            return f"{short(seq, digest)} (not signed)"
    return short(made.seq, made.hash) if made is not None else "empty"


def _files(document: Document) -> list[File]:
    """Every form that this program can write of a copy here; text always, or this raises."""
    made = []
    for form in FORMS:
        try:
            data = written(document, form)
        except (Problem, *FAULTS):
            if form == FORMS[0]:
                raise
            continue
        made.append(File(document.recipient, form, len(data), sha256(data).hexdigest()))
    return made


def unmade(brief: Brief) -> tuple[str, ...]:
    """The forms that could not be made of copies when they were approved: ``no pdf for ES``."""
    have = {(one.recipient, one.form) for one in brief.files}
    return tuple(
        f"no {form} for {code}" for code in brief.recipients for form in FORMS if (code, form) not in have
    )


def rows(files: Iterable[File]) -> list[tuple[str, str, int, str]]:
    """Files as the manifest lists them."""
    return [(one.recipient, one.form, one.size, one.sha256) for one in files]


def noted(
    conn: Connection, viewer: Viewer, at_ms: int, action: str, name: str, documents: Iterable[Document]
) -> None:
    """An entry for each copy and each originator in it, so that none learns of another."""
    for document in documents:
        lines = list(told(document))
        for owner in sorted({owner for line in lines for owner in line.owners}) or [""]:
            count = sum(owner in line.owners for line in lines)
            note(
                conn, viewer, at_ms, action, "brief", name, owner=owner, recipient=document.recipient,
                detail=f"{count} lines",
            )  # fmt: skip
