"""Values as cells of a table that a spreadsheet opens: nothing from the record can become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from maoc_tui.domain.text import safe_line

_SIGNS = "=+@|%\\-−⁺⁻⁼₊₋₌﬩﹢﹣﹦﹪﹫＋－＝＠％｜⩵⩶"
"""What a spreadsheet takes for the beginning of a formula, in every form that it folds to one (OWASP, CSV injection;
Unicode, NFKC). A minus sign, U+2212, folds to nothing and is taken all the same."""
_FORMULA = re.compile(rf"(^|[;|])(?=[^\w(]*?[{_SIGNS}])")
"""Where a cell begins: at its head, and for a program that splits at semicolons or bars behind each of them."""


def cell(value: object) -> str:
    """A value as a cell: absent is empty, a number stays one, and text is never a formula, however it is split."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if value == value else ""
    return _FORMULA.sub(r"\1'", safe_line(" ".join(str(value).split())))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated values (RFC 4180) with a head line; every cell as ``cell`` makes it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()
