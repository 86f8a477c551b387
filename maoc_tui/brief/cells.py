"""Values as cells of a table that a spreadsheet opens: nothing from the record can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from maoc_tui.domain.text import safe_line

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in their wide forms too (OWASP, CSV injection)."""


def cell(value: object) -> str:
    """A value as a cell: absent is empty, a number stays one, and text is never a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if value == value else ""
    text = safe_line(" ".join(str(value).split()))
    return f"'{text}" if text.lstrip().startswith(_STARTS) else text


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated values (RFC 4180) with a head line; every cell as ``cell`` makes it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()
