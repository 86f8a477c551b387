"""What takes back each act on a target that can be undone: kept beside the act, in its own transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.target_record import Link, Target
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.undo import whole

_FACT = ("attribute", "value", "raw", "to_ms", "source", "marking")
_LINK = ("key", "from_ms", "reason", "warning", "marking")


def added(conn: Connection, viewer: Viewer, target: Target) -> None:
    """A target was entered: undone, it is withdrawn."""
    back = ("target_writing.set_status", {"ref": target.ref, "status": "WITHDRAWN", "reason": UNDO})
    keep(conn, viewer, target.created_ms, f"{target.ref}: entered", back, (whole(target.id), _status(target)))


def stated(
    conn: Connection, viewer: Viewer, target: Target, made: Fact, old: Fact | None, again: str = ""
) -> None:
    """Something was stated, or ``old`` corrected: that is stated again, or what is new withdrawn.

    ``again`` is the id of the statement that stands again as the one made.
    """
    back: tuple[str, dict[str, Any]]
    if old is None:
        what = f"{target.ref}: {made.attribute} {made.value} stated"
        back = ("target_writing.withdraw_fact", {"ref": target.ref, "fact_id": made.id, "reason": UNDO})
    else:
        what = f"{target.ref}: {made.attribute} {old.value} corrected to {made.value}"
        back = ("target_undoing.restate", {"ref": target.ref, "replaces": made.id, **statement(old)})
    touches = (f"fact {made.id}", *((f"fact {old.id}",) if old is not None else ()))
    became = (again, made.id) if again else None
    keep(conn, viewer, made.at_ms, what, back, touches, target.id, became=became)


def statement(old: Fact) -> dict[str, Any]:
    """A statement as it is stated again: it counts from when it did."""
    return {name: getattr(old, name) for name in _FACT} | {"from_ms": old.since_ms, "again": old.id}


def withdrawn(conn: Connection, viewer: Viewer, target: Target, old: Fact, at_ms: int) -> None:
    """A statement was withdrawn: undone, it is stated again."""
    back = ("target_undoing.restate", {"ref": target.ref, **statement(old)})
    what = f"{target.ref}: {old.attribute} {old.value} withdrawn"
    keep(conn, viewer, at_ms, what, back, (f"fact {old.id}",), target.id)


def linked(conn: Connection, viewer: Viewer, target: Target, made: Link) -> None:
    """A target was linked to a contact: undone, it never was."""
    given = {"ref": target.ref, "key": made.key, "reason": UNDO, "never": True}
    what = f"{target.ref}: linked to {key_text(made.key)}"
    back = ("target_writing.unlink", given)
    keep(conn, viewer, made.at_ms, what, back, (_link(target, made.key, made.marking),), target.id)


def unlinked(conn: Connection, viewer: Viewer, target: Target, held: Link, at_ms: int) -> None:
    """A link was ended: undone, it is made again as it was."""
    back = ("target_undoing.relink", {"ref": target.ref} | {name: getattr(held, name) for name in _LINK})
    what = f"{target.ref}: unlinked from {key_text(held.key)}"
    keep(conn, viewer, at_ms, what, back, (_link(target, held.key, held.marking),), target.id)


def _link(target: Target, key: int, marking: Marking) -> str:
    return f"link of {target.id} to {key} by {','.join(sorted(marking.originators))}"


def status_set(conn: Connection, viewer: Viewer, target: Target, then: str, at_ms: int) -> None:
    """The status was changed; ``target`` is as it was before."""
    given = {
        "ref": target.ref, "status": str(target.status), "reason": UNDO, "closed_ms": target.closed_ms,
    }  # fmt: skip
    what = f"{target.ref}: status {target.status} to {then}".lower().replace("t-", "T-")
    keep(conn, viewer, at_ms, what, ("target_writing.set_status", given), (_status(target),), target.id)


def _status(target: Target) -> str:
    return f"status of {target.id}"


def renamed(conn: Connection, viewer: Viewer, target: Target, called: str, at_ms: int) -> None:
    """The designation was changed; ``target`` is as it was before."""
    given = {"ref": target.ref, "designation": target.designation, "reason": UNDO}
    what = f"{target.ref}: designation {target.designation or 'none'} to {called or 'none'}"
    touches = (f"designation of {target.id}",)
    keep(conn, viewer, at_ms, what, ("target_writing.rename", given), touches, target.id)
