"""Traffic files into the record: each one read whole, its account kept, whatever happens to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maoc_tui.desk.alert_sweep import after_reading
from maoc_tui.desk.file_reading import FileCounts, FileReading, Progress
from maoc_tui.desk.rejects import RejectsFile
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, Problem, StoreProblem
from maoc_tui.store import contacts

__all__ = ["FileCounts", "IngestResult", "Progress", "ingest"]


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
            printable(f"not read: {path}: {p.message} {p.way_out}".rstrip(), 1000)
            for path, p in self.problems
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
    """Read files into the record; ``-`` is standard input.

    A file that is no traffic is named and the others are read. When the record itself cannot be written the
    reading ends there; what was stored is kept and accounted for.
    """
    require(viewer, Act.INGEST)
    rejects = RejectsFile(room.db.path, room.clock.now())
    reading = FileReading(room, viewer, rejects, progress or (lambda *_: None), cancelled)
    done: list[FileCounts] = []
    problems: list[tuple[str, Problem]] = []
    try:
        for path in paths:
            if cancelled():
                break
            counts = FileCounts(str(path))
            try:
                reading.read(path, format_name, counts)
            except (BadInput, StoreProblem) as problem:
                problems.append((str(path), problem))
                counts.note = "stopped there; what was read so far is kept"
                if counts.read:
                    done.append(counts)
                if isinstance(problem, StoreProblem):
                    break
            else:
                done.append(counts)
    finally:
        rejects.close()
    after_reading(room, max((one.newest_ms for one in done if one.newest_ms), default=None))
    return IngestResult(tuple(done), _known(room, viewer), rejects.path, tuple(problems))


def _known(room: Room, viewer: Viewer) -> int:
    with room.db.reading(viewer) as conn:
        return contacts.count(conn)
