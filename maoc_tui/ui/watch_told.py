"""A line of the watch log in a sentence: how it will be taken while it is typed, and that it is in the record."""

from __future__ import annotations

from typing import Any

from maoc_tui.ui.operation_told import when


def logged(entry: Any) -> str:
    """A line that is in the record, and by when it is due where it promises something."""
    figure = f" {entry.figure} stays in the text, the time is now." if entry.figure else ""
    if entry.runs:
        return (
            f"{entry.ref} is promised by {when(entry.due_ms, entry.entered_ms)}: it runs as a clock.{figure}"
        )
    return f"{entry.ref} {when(entry.at_ms, entry.entered_ms)} {entry.title}: in the watch log.{figure}"


def understood(text: str, clock: Any, local: bool, viewer: Any, typed_ms: int = 0) -> str:
    """How a line being typed, or typed at ``typed_ms``, will be taken, and who will read it; "" for nothing.

    Raises BadInput.
    """
    from maoc_tui.domain.clock import from_ms, to_ms
    from maoc_tui.domain.log_lines import check_happened
    from maoc_tui.domain.partners import CENTRE
    from maoc_tui.domain.watch_lines import understood as taken
    from maoc_tui.domain.watch_rules import shipped

    if not text.strip():
        return ""
    then = from_ms(typed_ms) if typed_ms else clock.now()
    said = taken(text, then, shipped())
    check_happened(said.at or then, clock.now())
    title = shipped().titles[said.kind]
    at = when(to_ms(said.at or then), clock.now_ms(), local)
    due = f"promised by {when(to_ms(said.due), clock.now_ms(), local)}" if said.due is not None else ""
    readers = " and ".join(sorted({viewer.partner, CENTRE}))
    left = f", {said.figure} stays in the text" if said.figure else ""
    return f"{due or at} {title}{left}; {readers} read it"
