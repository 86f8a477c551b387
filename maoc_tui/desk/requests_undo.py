"""What takes back a request that nobody sent yet: it is withdrawn."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.requests import Asked

_SAID = ("kind", "addressee", "acting", "clock", "rule", "measures", "grounds", "position", "marking")


def drafted(conn: Connection, viewer: Viewer, made: Asked) -> None:
    """A request was drafted: undone, the draft is withdrawn."""
    what = f"{made.target}: {made.ref} to {made.addressee} drafted"
    back = ("requests_undoing.take_back", {"ref": made.ref})
    keep(conn, viewer, made.entered_ms, what, back, (f"request {made.id}",), made.target_id)


def taken_back(conn: Connection, viewer: Viewer, made: Asked, at_ms: int) -> None:
    """A draft was withdrawn to undo it: done again, one like it is drafted, under a number of its own."""
    given = {"ref": made.target} | {name: getattr(made, name) for name in _SAID}
    given |= {"kind": made.kind.value, "measures": ", ".join(sorted(one.value for one in made.measures))}
    what = f"{made.target}: draft {made.ref} {UNDO}"
    touches = (f"request {made.id}",)
    keep(conn, viewer, at_ms, what, ("requests.open_request", given), touches, made.target_id, alone=False)
