"""Which clock runs out next, of those the viewer may see: for the top bar and the bell of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.ui.moment import NextClock, RunsOut

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine


def next_clock(room: Any, viewer: Viewer) -> NextClock | None:
    """The clock that runs out next, with every other that runs; None where none does, or the role reads none."""
    from maoc_tui.desk import clocks

    try:
        running = clocks.running(room, viewer)
    except NotPermitted:
        return None
    if not running:
        return None
    first = next((one for one in running if not one.ends_heard), running[0])
    every = tuple(
        RunsOut(one.clock, one.ref, one.target, one.half_ms, one.due_ms, _heard(one)) for one in running
    )
    name = first.clock or first.ref
    return NextClock(name, first.target, first.due_ms, first.half_ms, len(running) - 1, every)


def _heard(line: ClockLine) -> frozenset[str]:
    return frozenset(what for what, by in (("half", line.heard_half), ("end", line.heard_end)) if by)
