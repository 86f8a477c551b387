"""From a compiled brief to files: the second person's approval, writing out, recall of a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from maoc_tui.brief.document import Document
from maoc_tui.brief.forms import FORMS, PDF, TEXTS, file_name, parse_form, written
from maoc_tui.brief.manifest import manifest
from maoc_tui.brief.told import told
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.access import permit
from maoc_tui.desk.export_files import Outbox
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room, Said
from maoc_tui.desk.target_words import words
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import briefs as store
from maoc_tui.store import journal as journal_store
from maoc_tui.store.briefs import Brief, File
from maoc_tui.store.journal_chain import short


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written out."""

    name: str
    files: tuple[Path, ...]
    manifest: Path


@dataclass(frozen=True, slots=True)
class Held:
    """A copy that holds a recalled line, and in which forms it went out."""

    recipient: str
    line: str
    """Key of the line; its words may be what must not be told any more."""
    forms: tuple[str, ...]


def approve(room: Room, viewer: Viewer, name: str, *, said: Said = lambda _: None) -> Brief:
    """Approve what somebody else compiled: number, words and hashes stand from then on. NotPermitted, BadInput."""
    permit(room, viewer, Act.APPROVE_BRIEF)
    waits = copies.named(room, viewer, name, approved=False)
    if not copies.makes(viewer, waits):
        raise NotPermitted(f"{waits.name} is for its compilers to approve.", "Ask the Centre.")
    if waits.by.same_person(viewer.name, viewer.officer):
        raise NotPermitted(
            f"You compiled {waits.name} yourself.", "A second officer approves, signed in as that officer."
        )
    by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
    _refuse_overtaken(room, waits)
    mark = _checkpoint(room, by.at_ms)
    approved = Brief(
        waits.id,
        waits.number,
        waits.version,
        waits.from_ms,
        waits.to_ms,
        waits.by,
        waits.recipients,
        by,
        mark,
    )
    documents = [copies.copy_of(room, viewer, waits, code) for code in waits.recipients]
    final = [copies.stamped(room, approved, document) for document in documents]
    files = []
    for at, document in enumerate(final, 1):
        said(f"writing the copy for {document.recipient}, {at} of {len(final)}")
        files += [_file(document, form) for form in _makeable(document)]
    with room.db.writing() as conn:
        store.approve(conn, waits, by, mark, files)
        _noted(conn, viewer, by.at_ms, "release", waits.name, final)
        digest = sha256(manifest(waits.name, _rows(files)).encode()).hexdigest()
        note(conn, viewer, by.at_ms, "confirm", "manifest", waits.name, detail=f"sha256 {digest}")
    return copies.named(room, viewer, waits.name, approved=True)


def _refuse_overtaken(room: Room, waits: Brief) -> None:
    """Raise BadInput when this version, or a later one, was approved since this one was compiled."""
    every = copies.every(room, waits.number)
    if any(one.approved is not None and one.version >= waits.version for one in every):
        raise BadInput(
            f"{waits.name} was compiled before another was approved.", "Compile it anew: maoc brief draft"
        )


def _checkpoint(room: Room, now: int) -> str:
    """Short form of the journal signed as it stands; where it cannot be signed, that it is not."""
    with room.db.bookkeeping() as conn:
        try:
            made = journal_store.checkpoint(conn, now)
        except Problem:
            seq, digest = journal_store.tip(conn)
            return f"{short(seq, digest)} (not signed)"
    return short(made.seq, made.hash) if made is not None else "empty"


def _makeable(document: Document) -> tuple[str, ...]:
    """The forms this program can write here: text always, PDF where Typst is installed and takes it."""
    try:
        written(document, PDF)
    except Problem:
        return tuple(TEXTS)
    return FORMS


def _file(document: Document, form: str) -> File:
    data = written(document, form)
    return File(document.recipient, form, len(data), sha256(data).hexdigest())


def _rows(files: Iterable[File]) -> list[tuple[str, str, int, str]]:
    return [(one.recipient, one.form, one.size, one.sha256) for one in files]


def _noted(
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


def issue(
    room: Room,
    viewer: Viewer,
    name: str,
    folder: Path,
    partners: Sequence[str] = (),
    forms: Sequence[str] = (),
    *,
    said: Said = lambda _: None,
) -> Issued:
    """Write an approved brief into a folder, byte for byte as approved. Raises NotPermitted, BadInput, Problem.

    All copies and all forms unless some are named. Nothing that stands there is overwritten; either everything is
    written and in the journal, or nothing.
    """
    require(viewer, Act.BRIEF)
    permit(room, viewer, Act.EXPORT)
    brief = copies.named(room, viewer, name, approved=True)
    if not copies.makes(viewer, brief):
        raise NotPermitted(f"{brief.name} is for its compilers to issue.", "Ask the Centre.")
    codes = tuple(dict.fromkeys(room.register.partner(code).code for code in partners)) or brief.recipients
    wanted = tuple(dict.fromkeys(map(parse_form, forms))) or tuple(
        dict.fromkeys(one.form for one in brief.files)
    )
    documents = [copies.copy_of(room, viewer, brief, code) for code in codes]
    made: list[tuple[str, bytes]] = []
    for at, document in enumerate(documents, 1):
        said(f"writing the copy for {document.recipient}, {at} of {len(documents)}")
        made += [(file_name(document, form), _as_approved(brief, document, form)) for form in wanted]
    said(f"putting {len(made)} files into {folder}")
    by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
    listed = manifest(brief.name, _rows(brief.files)).encode()
    with Outbox(folder) as out, room.db.writing() as conn:
        files = tuple(out.put(name, data) for name, data in made)
        kept = out.put(f"{brief.number}_v{brief.version}_manifest.txt", listed)
        for code in codes:
            store.issue(conn, brief, code, wanted, by)
        _noted(conn, viewer, by.at_ms, "disclose", brief.name, documents)
    return Issued(brief.name, files, kept)


def _as_approved(brief: Brief, document: Document, form: str) -> bytes:
    """The bytes of a form; Problem when they are not those that were approved."""
    data = written(document, form)
    kept = next((one for one in brief.files if (one.recipient, one.form) == (document.recipient, form)), None)
    if kept is None:
        raise BadInput(f"{brief.name} was not approved as {form}.", "Compile and approve a new version.")
    if kept.sha256 != sha256(data).hexdigest():
        raise Problem(
            f"{brief.name} for {document.recipient} as {form} is not what was approved.",
            "This program writes it differently; compile and approve a new version.",
        )
    return data


def export(room: Room, viewer: Viewer, document: Document, form: str, folder: Path) -> Path:
    """Write one copy into a folder, never over another file; noted in the journal. Raises NotPermitted, BadInput."""
    permit(room, viewer, Act.EXPORT)
    word = parse_form(form)
    data, at = written(document, word), room.clock.now_ms()
    with Outbox(folder) as out, room.db.bookkeeping() as conn:
        path = out.put(file_name(document, word), data)
        _noted(conn, viewer, at, "export", document.name, [document])
    return path


def recall(room: Room, viewer: Viewer, name: str, ref: str, reason: str) -> tuple[Held, ...]:
    """Recall every line of an approved brief that rests on ``ref``; names each copy that holds one. Raises BadInput."""
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
    """Copies with lines on a reference."""
    found = []
    for code in brief.recipients:
        forms = tuple(
            dict.fromkeys(form for one in brief.issues if one.recipient == code for form in one.forms)
        )
        for line in copies.lines_of(room, brief, code):
            if ref == line.key.partition("/")[2].upper() or ref in (
                source.upper() for source in line.sources
            ):
                found.append(Held(code, line.key, forms))
    return found
