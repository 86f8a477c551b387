"""Traffic files into the record: read in batches, stored, with every record accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from maoc_tui.desk.rejects import RejectsFile
from maoc_tui.desk.room import Room
from maoc_tui.desk.storing import store_batch
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.reports import Batch
from maoc_tui.domain.text import printable
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.feeds import formats
from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.problems import BadInput, Problem
from maoc_tui.store import contacts, sources

Progress = Callable[[str, int, int, int], None]
"""Called with a file's name, bytes read, its size, and records read so far."""

_HEAD = 64 * 1024
_AT_ONCE = 60_000
"""Records stored in one transaction: enough that the last fix of each contact is written once for many of
its fixes, few enough that an officer's save waits a fraction of a second."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """One file's account: read = accepted + rejected + duplicate."""

    path: str
    format: str
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    note: str = ""
    """What a person should know: read before, cancelled."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """All files' accounts, and the files that could not be read at all."""

    files: tuple[FileCounts, ...]
    contacts: int
    """Contacts in the record afterwards."""
    rejects_file: Path | None
    problems: tuple[tuple[str, Problem], ...] = field(default=())
    """Files that are not traffic or cannot be read, with the reason."""

    def total(self, name: str) -> int:
        """The sum of one count over all files."""
        return sum(getattr(f, name) for f in self.files)

    def as_json(self) -> dict[str, Any]:
        """The stable keys of ``maoc ingest --json``."""
        counts = ("read", "accepted", "rejected", "duplicate")
        return {
            **{name: self.total(name) for name in counts},
            "contacts": self.contacts,
            "rejects_file": str(self.rejects_file) if self.rejects_file else None,
            "files": [
                {
                    "path": f.path,
                    "format": f.format,
                    **{n: getattr(f, n) for n in counts},
                    "note": f.note or None,
                }
                for f in self.files
            ],
            "problems": [
                {"path": path, "message": p.message, "way_out": p.way_out} for path, p in self.problems
            ],
        }

    def text(self) -> str:
        """The account as people read it."""
        lines = [
            f"{_counts(f)}  {printable(f.path)} ({f.format}){f' – {f.note}' if f.note else ''}"
            for f in self.files
        ]
        lines += [
            f"not read: {printable(path)}: {p.message} {p.way_out}".rstrip() for path, p in self.problems
        ]
        lines.append(f"{self.contacts:,} contacts in the record.")
        if self.rejects_file:
            lines.append(f"Rejected records, with line, field and reason: {self.rejects_file}")
        return "\n".join(lines)


def _counts(f: FileCounts) -> str:
    return f"{f.read:,} read: {f.accepted:,} accepted, {f.rejected:,} rejected, {f.duplicate:,} duplicate."


def ingest(
    room: Room,
    viewer: Viewer,
    paths: Sequence[Path],
    format_name: str | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> IngestResult:
    """Read files into the record. One that cannot be read is named; the others are read all the same."""
    rejects = RejectsFile(room.db.path, room.clock.now())
    done: list[FileCounts] = []
    problems: list[tuple[str, Problem]] = []
    try:
        for path in paths:
            try:
                done.append(_file(room, viewer, path, format_name, rejects, progress, cancelled))
            except BadInput as problem:
                problems.append((str(path), problem))
            if cancelled():
                break
    finally:
        rejects.close()
    with room.db.reading(viewer) as conn:
        known = contacts.count(conn)
    return IngestResult(tuple(done), known, rejects.path, tuple(problems))


def _file(
    room: Room,
    viewer: Viewer,
    path: Path,
    format_name: str | None,
    rejects: RejectsFile,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> FileCounts:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            found = formats.find(format_name) if format_name else formats.recognise(head, path.name)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if before := _read_before(room, viewer, digest, found, path):
                return before
            stream.seek(0)
            return _read(room, path, stream, found, digest, rejects, progress, cancelled)
    except OSError as error:
        raise BadInput(f"It cannot be read ({error.strerror}).", "Check the name and the rights.") from None


def _gathered(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Small batches put together into larger ones, in their order."""
    held: list[Batch] = []
    for batch in batches:
        held.append(batch)
        if sum(b.read for b in held) >= _AT_ONCE:
            yield Batch.concat(held)
            held = []
    if held:
        yield Batch.concat(held)


def _read_before(room: Room, viewer: Viewer, digest: str, found: Format, path: Path) -> FileCounts | None:
    """The account of a file already read to its end: every record it gave is a duplicate now."""
    with room.db.reading(viewer) as conn:
        row = sources.find_file(conn, digest, found.name)
    if row is None:
        return None
    note = f"read before, {format_dtg(from_ms(row.finished_ms or row.opened_ms))}"
    kept = row.read - row.rejected
    return FileCounts(str(path), found.name, row.read, 0, row.rejected, kept, note)


def _read(
    room: Room,
    path: Path,
    stream: BinaryIO,
    found: Format,
    digest: str,
    rejects: RejectsFile,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> FileCounts:
    size, now = path.stat().st_size, room.clock.now_ms()
    context = ReadContext(received_ms=int(path.stat().st_mtime * 1000), now_ms=now)
    counts = FileCounts(str(path), found.name)
    with room.db.writing_traffic() as conn:
        source = sources.register(conn, path.name, "file", found.name, digest)
    for batch in _gathered(found.read(stream, context)):
        stored = store_batch(room, batch, source)
        rejects.add(path.name, batch.rejects)
        counts = replace(
            counts,
            read=counts.read + batch.read,
            accepted=counts.accepted + stored.accepted,
            rejected=counts.rejected + len(batch.rejects),
            duplicate=counts.duplicate + stored.duplicates,
        )
        if progress:
            progress(path.name, min(stream.tell(), size), size, counts.read)
        if cancelled():
            return replace(counts, note="cancelled; what was read so far is kept")
    with room.db.writing_traffic() as conn:
        sources.finish(conn, source, counts.read, counts.accepted, counts.rejected, counts.duplicate)
    if progress:
        progress(path.name, size, size, counts.read)
    return counts
