"""What became of a night of the demo: printed on leaving it, and by ``maoc demo --score``."""

from __future__ import annotations

from pathlib import Path

from maoc_tui.cli.answers import answer, table
from maoc_tui.settings import kept

_SAID = {True: "done", False: "MISSED", None: "to come"}


def tell(path: Path, as_json: bool, now_ms: int | None = None) -> None:
    """Print what was to be done in a night and what was; at its end, unless it was left before."""
    from maoc_tui.desk import demo_score
    from maoc_tui.desk.demo_night import Night
    from maoc_tui.desk.listing import iso
    from maoc_tui.desk.room import Room
    from maoc_tui.domain.clock import ScenarioClock, from_ms
    from maoc_tui.domain.units import format_dtg

    night = Night.load()
    clock = ScenarioClock(night.ends if now_ms is None else now_ms, 0.0)
    room = Room.open(path, clock=clock, settings=kept())
    try:
        found = demo_score.score(room, night)
    finally:
        room.close()
    rows = [
        {"": _SAID[one.ok], "by": format_dtg(from_ms(one.by_ms)), "what": one.what, "how": one.done}
        for one in found
    ]
    missed = sum(one.ok is False for one in found)
    looked = [
        {"what": one.what, "by": iso(one.by_ms), "done": one.done or None, "ok": one.ok} for one in found
    ]
    told = f"{table(rows, ('', 'by', 'what', 'how'))}\n{missed} of {len(found)} missed."
    answer(as_json, {"missed": missed, "looked_at": looked}, told)
