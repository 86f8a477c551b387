"""The file of rejected records: beside the database, private, one line a reject, safe in a spreadsheet."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from maoc_tui.domain.reports import Reject
from maoc_tui.domain.text import printable
from maoc_tui.problems import StoreProblem

COLUMNS = ("file", "line", "record", "field", "reason", "text")
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
            raise StoreProblem(
                f"The file of rejected records cannot be written ({error.strerror}).",
                f"Make room or give rights in {self._wanted.parent}.",
            ) from None

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


def _cell(value: str) -> str:
    text = printable(value, 200)
    return f"'{text}" if text.startswith(_FORMULA) else text
