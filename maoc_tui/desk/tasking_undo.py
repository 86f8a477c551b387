"""What takes back that an asset was asked for, while its owner has not answered: the question is withdrawn."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.taskings import Tasking


def asked(conn: Connection, viewer: Viewer, made: Tasking) -> None:
    """An asset was asked for: undone, that is withdrawn."""
    what = f"{made.operation}: {made.asset} asked for as {made.ref}"
    back = ("tasking_undoing.take_back", {"ref": made.ref})
    keep(conn, viewer, made.entered_ms, what, back, (f"tasking {made.id}",), made.operation_id)


def taken_back(conn: Connection, viewer: Viewer, made: Tasking, at_ms: int) -> None:
    """A question was withdrawn to undo it: done again, it is asked anew, under a number of its own."""
    given = {
        "asset": made.asset, "operation": made.operation, "words_": made.words, "target": made.target,
        "marking": made.marking,
    }  # fmt: skip
    what = f"{made.operation}: {made.ref} {UNDO}"
    touches = (f"tasking {made.id}",)
    keep(conn, viewer, at_ms, what, ("tasking.ask", given), touches, made.operation_id, alone=False)
