"""A field that two officers changed, as lines: what it was, theirs with who and when, yours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.clash import Clash


def clash_lines(clash: Clash) -> list[Line]:
    """What was changed twice, field by field, and the keys that choose."""
    lines: list[Line] = [((f"{printable(clash.message, 300).partition(', after')[0]}.", "bad"),)]
    for one in clash.fields:
        at = f"  {printable(one.by, 60)} {one.at[11:16]}Z"
        lines += [
            ((f"{one.field} was ", "dim"), (printable(one.was, 120) or "empty", "text")),
            (("theirs ", "strong"), (printable(one.theirs, 120) or "empty", "warn"), (at, "dim")),
            (("yours  ", "strong"), (printable(one.yours, 120) or "empty", "text")),
        ]
    return [*lines, (("Ctrl+S: yours · Esc: theirs stays, yours is kept as a draft", "strong"),)]
