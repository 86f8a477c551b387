"""What takes back a State, the team or a target of an operation: what was said before is said again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.operations import Act, Kind, newest
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.operations import Operation

KINDS = frozenset({Kind.FIELD, Kind.TEAM})
"""Acts of which the one before may simply count again; on all others something rests."""


def said(conn: Connection, viewer: Viewer, made: Operation, new: Act) -> None:
    """A State or the team was named; ``made`` is the operation as it was before."""
    if new.kind not in KINDS:
        return
    old = newest(made.acts, new.kind, new.what) if new.kind is Kind.FIELD else newest(made.acts, new.kind)
    given: dict[str, Any] = {
        "ref": made.ref,
        "kind": new.kind.value,
        "what": new.what,
        "value": "",
        "text": "",
    }
    if old is not None:
        given |= {
            "what": old.what,
            "value": old.value,
            "text": old.text,
            "source": old.source,
            "at_ms": old.at_ms,
        }
    elif new.kind is Kind.TEAM:
        given["what"] = ""
    about = new.what if new.kind is Kind.FIELD else "team"
    what = f"{made.ref}: {about} {new.value or new.what or 'not said'}"
    touches = (f"{about} of {made.id}",)
    keep(conn, viewer, new.entered_ms, what, ("operations_undoing.put_back", given), touches, made.id)


def target(
    conn: Connection, viewer: Viewer, made: Operation, about: str, *, dropped: bool, at_ms: int
) -> None:
    """A target was added: undone, it is dropped. One that is dropped is not added again but by an undo.

    What was decided was decided for the targets there were: a target that comes back asks for it anew.
    """
    given: dict[str, Any] = {"ref": made.ref, "about": about, "drop": not dropped, "reason": UNDO}
    what = f"{made.ref}: {'dropped' if dropped else 'added'} {about}"
    touches = (f"{about} in {made.id}",)
    keep(conn, viewer, at_ms, what, ("operations.target", given), touches, made.id, alone=not dropped)
