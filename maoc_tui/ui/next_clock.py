"""Which clock runs out next, of those the viewer may see: for the top bar and the bell of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.ui.moment import NextClock, RunsOut

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine


def every_clock(room: Any, viewer: Viewer) -> tuple[RunsOut, ...]:
    """Every clock that runs for the viewer, the soonest first; () where the role reads none."""
    from maoc_tui.desk import clocks

    try:
        running = clocks.running(room, viewer)
    except NotPermitted:
        return ()
    return tuple(
        RunsOut(one.clock, one.ref, one.target, one.half_ms, one.due_ms, _heard(one), one.team, one.title)
        for one in running
    )


def next_clock(running: tuple[RunsOut, ...], now_ms: int) -> NextClock | None:
    """What stands in the top bar: a silent team before all else, then the soonest whose end nobody acknowledged."""
    if not running:
        return None
    silent = (one for one in running if one.team and one.due_ms is not None and one.due_ms <= now_ms)
    unheard = (one for one in running if ("half" if one.due_ms is None else "end") not in one.heard)
    first = next(silent, None) or next(unheard, running[0])
    name, about = (first.team, first.ref) if first.team else (first.clock or first.ref, first.target)
    return NextClock(name, about, first.due_ms, first.half_ms, len(running) - 1, running)


def _heard(line: ClockLine) -> frozenset[str]:
    return frozenset(what for what, by in (("half", line.heard_half), ("end", line.heard_end)) if by)
