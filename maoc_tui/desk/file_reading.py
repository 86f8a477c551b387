"""One traffic file into the record, with its account kept up to date whatever stops the reading."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from maoc_tui.desk.journal import note
from maoc_tui.desk.opening import STDIN, opened
from maoc_tui.desk.rejects import RejectsFile
from maoc_tui.desk.room import Room
from maoc_tui.desk.storing import store_batch
from maoc_tui.domain.clock import CLOCK_SLACK_MS, from_ms
from maoc_tui.domain.contacts import Doubt
from maoc_tui.domain.reports import Batch
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.feeds import formats
from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.problems import StoreProblem
from maoc_tui.store import sources

Progress = Callable[[str, int, int, int], None]
"""Called with a file's name, bytes read, its size, and records read so far."""

_AT_ONCE = 60_000
"""Records stored in one transaction: enough that the last fix of each contact is written once for many of
its fixes, few enough that an officer's save waits a fraction of a second."""


@dataclass
class FileCounts:
    """One file's account: read = accepted + rejected + duplicate."""

    path: str
    format: str = ""
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    undated: int = 0
    """Fixes that bear no time and were given that of the file."""
    note: str = ""
    """What a person should know: read before, cancelled, nearly all rejected."""
    newest_ms: int | None = None
    """Time of the newest fix that was stored."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What reading a file needs; ``read`` fills the account as it goes."""

    room: Room
    viewer: Viewer
    rejects: RejectsFile
    progress: Progress
    cancelled: Callable[[], bool]

    def read(self, path: Path, format_name: str | None, counts: FileCounts) -> None:
        """Read one file; raises BadInput when it is no traffic, StoreProblem when the record cannot take it."""
        with opened(path) as stream:
            head = stream.read(formats.HEAD)
            found = formats.find(format_name) if format_name else formats.recognise(head, "It")
            counts.format = found.name
            stream.seek(0)
            digest = _digest(stream)
            if not self._read_before(digest, found, counts):
                stream.seek(0)
                self._read(path, stream, found, digest, counts)

    def _read_before(self, digest: str, found: Format, counts: FileCounts) -> bool:
        """Whether the file was read to its end before: every record it gave is a duplicate now."""
        with self.room.db.reading(self.viewer) as conn:
            row = sources.find_file(conn, digest, found.name)
        if row is None:
            return False
        counts.read, counts.rejected, counts.duplicate = row.read, row.rejected, row.read - row.rejected
        counts.note = f"read before, {format_dtg(from_ms(row.finished_ms or row.opened_ms))}"
        if row.rejected:
            counts.note += "; its rejects were listed then"
        return True

    def _read(self, path: Path, stream: BinaryIO, found: Format, digest: str, counts: FileCounts) -> None:
        name, size, now = path.name, stream.seek(0, 2), self.room.clock.now_ms()
        stream.seek(0)
        dated = now if path == STDIN else int(path.stat().st_mtime * 1000)
        arrived = min(dated, now)  # a file cannot have arrived after now, whatever its date says
        with self.room.db.writing_traffic() as conn:
            source = sources.register(conn, name, "file", found.name, digest)
        state = "failed"
        try:
            for batch in _gathered(found.read(stream, ReadContext(arrived, now))):
                self._store(path, batch, source, counts)
                self.progress(name, min(stream.tell(), size), size, counts.read)
                if self.cancelled():
                    state, counts.note = "cancelled", "cancelled; what was read so far is kept"
                    return
            state, counts.note = "done", _remark(counts, ahead=dated > now + CLOCK_SLACK_MS)
            self.progress(name, size, size, counts.read)
        finally:
            with suppress(StoreProblem) if state == "failed" else nullcontext():
                self._finish(source, counts, state)

    def _store(self, path: Path, batch: Batch, source: int, counts: FileCounts) -> None:
        stored = store_batch(self.room, batch, source)
        self.rejects.add(str(path), batch.rejects)
        counts.read += batch.read
        counts.accepted += stored.accepted
        counts.rejected += len(batch.rejects)
        counts.duplicate += stored.duplicates
        heard = (counts.newest_ms, stored.last_ms, *(one.time for one in batch.identities))
        counts.newest_ms = max(filter(None, heard), default=None)
        counts.undated += int(np.count_nonzero(batch.fixes.doubt & int(Doubt.ARRIVAL_TIME)))

    def _finish(self, source: int, counts: FileCounts, state: str) -> None:
        with self.room.db.writing() as conn:
            sources.finish(
                conn, source, counts.read, counts.accepted, counts.rejected, counts.duplicate, state=state
            )
            said = f"{counts.read} records read, {counts.accepted} accepted, {state}"
            note(
                conn,
                self.viewer,
                self.room.clock.now_ms(),
                "collect",
                "source",
                f"source {source}",
                detail=said,
            )


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _remark(counts: FileCounts, ahead: bool) -> str:
    if not counts.read:
        return "there is no record of this format in it"
    remarks = []
    if counts.rejected * 2 > counts.read:
        remarks.append("more than half was rejected: is it damaged, or two files in one?")
    if ahead and counts.undated:
        many = f"{counts.undated:,} fixes bear" if counts.undated > 1 else "one fix bears"
        remarks.append(f"{many} no time and the file's date lies ahead of the clock: taken as of now")
    return "; ".join(remarks)


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
