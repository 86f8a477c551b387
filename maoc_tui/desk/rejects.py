"""The files of rejected records: beside the database, private, one line a reject, safe in a spreadsheet.

Reading files makes a new one each time. A live source has one of its own, added to at every poll and bounded.
"""

from __future__ import annotations

import csv
import glob
import io
import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from maoc_tui.domain.reports import Reject
from maoc_tui.domain.text import printable
from maoc_tui.problems import StoreProblem

COLUMNS = ("file", "line", "record", "field", "reason", "text")
FEED_COLUMNS = ("polled", "feed", "record", "field", "reason", "text")
FEED_BYTES = 4 << 20
"""Size from which a live source's file is set aside and a new one begun; one set aside is kept."""
FEED_ROWS = 2_000
"""Rejects of one poll that are written out; how many more there were is said."""
_FORMULA = ("=", "+", "-", "@")


class RejectsFile:
    """Made when the first reject arrives; ``path`` is None until then."""

    def __init__(self, database: Path, at: datetime) -> None:
        self._wanted = database.with_name(f"{database.stem}-rejects-{at:%Y%m%dT%H%M%S%fZ}.csv")
        self._stream: TextIO | None = None
        self.path: Path | None = None

    def add(self, source: str, rejects: Sequence[Reject]) -> None:
        """Write rejects of one source; raises StoreProblem when the folder or disk refuses."""
        if not rejects:
            return
        try:
            writer = csv.writer(self._open())
            for r in rejects:
                row = (source, str(r.line or ""), str(r.record), r.field, r.reason, r.text)
                writer.writerow([_cell(value) for value in row])
        except OSError as error:
            raise _unwritten(self._wanted, error) from None

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._stream:
            self._stream.close()

    def _open(self) -> TextIO:
        if self._stream is None:
            handle = os.open(self._wanted, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._stream = os.fdopen(handle, "w", encoding="utf-8", newline="")
            self.path = self._wanted
            csv.writer(self._stream).writerow(COLUMNS)
        return self._stream


def of_feed(database: Path, name: str) -> Path:
    """The file of what a live source sent and was not taken, whether it is there yet or not."""
    return database.with_name(f"{database.stem}-rejects-feed-{re.sub(r'[^A-Za-z0-9_-]', '_', name)[:60]}.csv")


def files(database: Path) -> tuple[list[Path], list[Path]]:
    """The files of live sources and those of readings that are there, oldest name first."""
    found = sorted(database.parent.glob(f"{glob.escape(database.stem)}-rejects-*.csv"))
    feeds = [path for path in found if path.name.startswith(f"{database.stem}-rejects-feed-")]
    return feeds, [path for path in found if path not in feeds]


def add_of_feed(database: Path, name: str, at: datetime, rejects: Sequence[Reject]) -> None:
    """Add the rejects of one poll to a live source's file; raises StoreProblem when folder or disk refuses."""
    if not rejects:
        return
    path = of_feed(database, name)
    try:
        if path.exists() and path.stat().st_size > FEED_BYTES:
            path.replace(path.with_suffix(".before.csv"))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", newline="") as stream:
            stream.write(_feed_rows(name, at, rejects, first=os.fstat(handle).st_size == 0))
    except OSError as error:
        raise _unwritten(path, error) from None


def _feed_rows(name: str, at: datetime, rejects: Sequence[Reject], first: bool) -> str:
    """The lines to add, in one piece, so that two processes that poll the same source do not mix theirs."""
    text = io.StringIO()
    writer, polled = csv.writer(text), f"{at:%Y-%m-%dT%H:%M:%SZ}"
    if first:
        writer.writerow(FEED_COLUMNS)
    for r in rejects[:FEED_ROWS]:
        writer.writerow([_cell(value) for value in (polled, name, str(r.record), r.field, r.reason, r.text)])
    if len(rejects) > FEED_ROWS:
        more = f"and {len(rejects) - FEED_ROWS} more of this poll"
        writer.writerow([polled, _cell(name), "", "", more, ""])
    return text.getvalue()


def _unwritten(path: Path, error: OSError) -> StoreProblem:
    return StoreProblem(
        f"The file of rejected records cannot be written ({error.strerror}).",
        f"Make room or give rights in {path.parent}.",
    )


def _cell(value: str) -> str:
    text = printable(value, 200)
    return f"'{text}" if text.startswith(_FORMULA) else text
