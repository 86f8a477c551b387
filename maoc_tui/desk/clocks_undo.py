"""What takes back a clock that was started by hand: it is stopped."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.clocks import Started


def started(conn: Connection, viewer: Viewer, made: Started, ref: str) -> None:
    """A clock was started, as ``ref``: undone, it is stopped."""
    what = f"{made.target}: clock {made.rule or made.text} started"
    back = ("clocks.stop", {"ref": ref, "reason": UNDO})
    keep(conn, viewer, made.entered_ms, what, back, (f"clock {made.id}",), made.target_id)


def stopped(conn: Connection, viewer: Viewer, held: Started, at_ms: int) -> None:
    """A clock was stopped to undo that it was started: done again, one like it is started."""
    given = {
        "ref": held.target, "rule": held.rule, "text": held.text, "start_ms": held.start_ms,
        "due_ms": held.due_ms, "marking": held.marking,
    }  # fmt: skip
    what = f"{held.target}: clock {held.rule or held.text} stopped"
    touches = (f"clock {held.id}",)
    keep(conn, viewer, at_ms, what, ("clocks.run_again", given), touches, held.target_id, alone=False)
