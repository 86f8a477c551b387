"""Writing an approved brief out: byte for byte as approved, text first, and never half of it unnoticed.

That it begins is in the record, and in the journal as disclosed, before the first file is there; the files are written
while nobody waits for the record; then it is recorded as done. What was broken off is seen, and issued again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from maoc_tui.brief.document import Document
from maoc_tui.brief.forms import FORMS, file_name, parse_form, written
from maoc_tui.brief.manifest import FOLDER, manifest
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.access import permit
from maoc_tui.desk.brief_approval import noted, rows
from maoc_tui.desk.brief_recalls import recalled_refs
from maoc_tui.desk.export_files import Outbox
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import briefs as store
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.briefs import Begun, Brief

_TEXT = FORMS[0]


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written out."""

    name: str
    folder: Path
    files: tuple[Path, ...]
    manifest: Path
    """In a folder of its own, for the Centre only."""
    unmade: tuple[str, ...]
    """Copies and forms that could not be written, and why; the others are there."""


@dataclass(frozen=True, slots=True)
class _File:
    recipient: str
    form: str
    name: str
    data: bytes


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
    """Write an approved brief into a folder. Raises NotPermitted, BadInput, Problem.

    All copies unless some are named, each in every form it was approved in unless some are named. A form that cannot
    be made is told in ``unmade`` and takes nothing else down. Nothing that stands there is overwritten.
    """
    require(viewer, Act.BRIEF)
    permit(room, viewer, Act.EXPORT)
    brief = copies.named(room, viewer, name, approved=True)
    if not copies.makes(viewer, brief):
        raise NotPermitted(f"{brief.name} is for its compilers to issue.", "Ask the Centre.")
    codes = tuple(dict.fromkeys(room.register.partner(code).code for code in partners)) or brief.recipients
    _refuse_outdated(room, brief, codes)
    wanted = tuple(dict.fromkeys(map(parse_form, forms)))
    documents = [copies.copy_of(room, viewer, brief, code) for code in codes]
    unmade: list[str] = []
    files = sorted(_made(brief, documents, wanted, unmade, said), key=lambda one: FORMS.index(one.form))
    if not files:
        raise Problem(f"Nothing of {brief.name} can be written: {unmade[0]}.", "Name other forms, or txt.")
    said(f"putting {len(files)} files into {folder}")
    by = By(viewer.name, viewer.officer, viewer.partner, room.clock.now_ms())
    with Outbox(folder) as out, Outbox(out.folder / FOLDER) as centre:
        for one in files:
            out.refuse_other(one.name, one.data)
        begun = _begin(room, viewer, brief, documents, files, str(out.folder), by)
        paths = dict(_put(out, files, unmade))
        listed = manifest(brief.name, brief.checkpoint, rows(brief.files)).encode()
        kept = centre.put(f"{brief.number}_v{brief.version}_manifest.txt", listed)
    _done(room, brief, begun, list(paths), by)
    return Issued(brief.name, out.folder, tuple(paths.values()), kept, tuple(unmade))


def _refuse_outdated(room: Room, brief: Brief, codes: Sequence[str]) -> None:
    """Raise BadInput for a version that another has taken the place of, and for a copy that holds recalled lines."""
    newer = [
        one for one in copies.every(room, brief.number)
        if one.approved is not None and one.version > brief.version and one.by.partner == brief.by.partner
    ]  # fmt: skip
    if newer:
        raise BadInput(f"{brief.name} is superseded by {newer[-1].name}.", f"Issue {newer[-1].name}.")
    for code in codes:
        if refs := recalled_refs(brief, code):
            raise BadInput(
                f"{brief.name} for {code} holds what was recalled: {', '.join(refs[:5])}.",
                "Compile and approve a new version, or name other recipients with --for.",
            )


def _made(
    brief: Brief, documents: Sequence[Document], wanted: Sequence[str], unmade: list[str], said: Said
) -> Iterator[_File]:
    """The files of each copy in the forms wanted, else in those it was approved in."""
    for at, document in enumerate(documents, 1):
        code = document.recipient
        said(f"writing the copy for {code}, {at} of {len(documents)}")
        for form in wanted or tuple(one.form for one in brief.files if one.recipient == code):
            try:
                yield _File(code, form, file_name(document, form), _as_approved(brief, document, form))
            except Problem as problem:
                unmade.append(f"{code} as {form}: {problem.message}")
            except FAULTS as fault:
                unmade.append(f"{code} as {form}: it cannot be made ({type(fault).__name__})")


def _as_approved(brief: Brief, document: Document, form: str) -> bytes:
    """The bytes of a form; Problem when it was not approved, cannot be made or is not what was approved."""
    kept = next((one for one in brief.files if (one.recipient, one.form) == (document.recipient, form)), None)
    if kept is None:
        raise BadInput(f"{brief.name} was not approved as {form}.", "Compile and approve a new version.")
    data = written(document, form)
    if kept.sha256 != sha256(data).hexdigest():
        raise Problem(
            "This program writes it otherwise than it was approved.", "Compile and approve a new version."
        )
    return data


def _begin(
    room: Room, viewer: Viewer, brief: Brief, documents: Sequence[Document], files: Sequence[_File],
    folder: str, by: By,
) -> list[Begun]:  # fmt: skip
    """Record, and write into the journal, that these copies go out."""
    begun = []
    going = [one for one in documents if any(file.recipient == one.recipient for file in files)]
    with room.db.writing() as conn:
        for document in going:
            forms = [file.form for file in files if file.recipient == document.recipient]
            begun.append(store.begin(conn, brief, document.recipient, forms, folder, by))
        noted(conn, viewer, by.at_ms, "disclose", brief.name, going)
    return begun


def _put(out: Outbox, files: Sequence[_File], unmade: list[str]) -> Iterator[tuple[tuple[str, str], Path]]:
    """Put the files there, the texts first: where another form cannot be, the texts stay."""
    for one in files:
        try:
            yield (one.recipient, one.form), out.put(one.name, one.data)
        except Problem as problem:
            if one.form == _TEXT:
                raise
            unmade.append(f"{one.recipient} as {one.form}: {problem.message}")


def _done(room: Room, brief: Brief, begun: Sequence[Begun], put: Sequence[tuple[str, str]], by: By) -> None:
    with room.db.writing() as conn:
        for one in begun:
            forms = [form for code, form in put if code == one.recipient]
            if forms:
                store.issue(conn, brief, one, forms, by)


def export(room: Room, viewer: Viewer, document: Document, form: str, folder: Path) -> Path:
    """Write one copy into a folder, never over another file; noted in the journal. Raises NotPermitted, BadInput."""
    permit(room, viewer, Act.EXPORT)
    word = parse_form(form)
    data, at = written(document, word), room.clock.now_ms()
    with Outbox(folder) as out:
        out.refuse_other(file_name(document, word), data)
        with room.db.bookkeeping() as conn:
            noted(conn, viewer, at, "export", document.name, [document])
        return out.put(file_name(document, word), data)
