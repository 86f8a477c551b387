"""What was recorded about an operation, in a sentence for the bottom bar."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt


def told(made: Any, ref: str) -> str:
    """A step, a log line, a find, a clock, or whatever else a form of the operation ``ref`` recorded."""
    if hasattr(made, "warnings"):
        name = f"{ref}: {made.ref}{f' {made.find}' if made.find else ''} recorded."
        return " ".join((name, *(printable(one, 200) for one in made.warnings)))
    if hasattr(made, "said_time"):
        return logged(made)
    if hasattr(made, "row"):
        row = made.row
        return (
            f"{row.ref} {printable(row.name, 40)}: {row.state_title}. Next: {printable(row.next_action, 90)}."
        )
    if hasattr(made, "due_ms"):
        return f"{made.ref} runs now: {printable(made.text, 80)}."
    return f"{ref}: recorded."


def logged(entry: Any) -> str:
    """A log line that is in the record."""
    kind = entry.kind.lower().replace("_", " ")
    warning = f" ▲ {printable(entry.warning, 200)}" if entry.warning else ""
    figure = f" {entry.figure} stays in the text, the time is now." if entry.figure else ""
    return f"{entry.ref} {when(entry.at_ms, entry.entered_ms)} {kind}: in the log.{figure}{warning}"


def when(at_ms: int, now_ms: int, local: bool = False) -> str:
    """``03:12Z`` today, ``13 Dec 23:58Z, yesterday`` or another day with its date where it is not."""
    days = _day(at_ms, local) - _day(now_ms, local)
    if not days:
        return fmt.minute(at_ms, local)
    word = {-1: ", yesterday", 1: ", tomorrow"}.get(days, "")
    return f"{fmt.day_clock(at_ms, local, now_ms)}{word}"


def _day(ms: int, local: bool) -> int:
    return (from_ms(ms).astimezone() if local else from_ms(ms)).toordinal()
