"""What is only ever done to a target to undo another act: stating again, linking again, as it was."""

from __future__ import annotations

from uuid import uuid4

from maoc_tui.desk import target_undo
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_entries import noted, standing_fact
from maoc_tui.desk.target_snapshots import Saved
from maoc_tui.desk.target_words import new_link
from maoc_tui.desk.undo_keeping import UNDO, check_unreleased
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import targets as store


def restate(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    attribute: str,
    value: str,
    raw: str,
    from_ms: int | None,
    to_ms: int | None,
    source: str,
    marking: Marking,
    again: str,
    replaces: str = "",
) -> Saved:
    """State again what was withdrawn or corrected, ``again``; it bears who undid that, and when.

    Raises BadInput, NotPermitted.
    """
    require(viewer, Act.EDIT)
    now = room.clock.now_ms()
    made = Fact(
        str(uuid4()), attribute, value, raw, from_ms, to_ms, source, viewer.name, now, marking, replaces,
        reason=UNDO,
    )  # fmt: skip
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        require_own(viewer, marking)
        old = standing_fact(view, target, replaces, attribute) if replaces else None
        if old is not None:
            check_unreleased(conn, old.id, "Correct it instead: that recalls it.")
        store.add_fact(conn, target.id, made)
        noted(conn, viewer, now, "alter", "identity_fact", target, marking, attribute, UNDO)
        target_undo.stated(conn, viewer, target, made, old, again)
    return Saved(target.ref, target.version)


def relink(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    key: int,
    from_ms: int | None,
    reason: str,
    warning: str,
    marking: Marking,
) -> Saved:
    """Link a target to a contact again as it was. Raises BadInput, NotPermitted."""
    require(viewer, Act.EDIT)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        require_own(viewer, marking)
        made = new_link(key, from_ms, reason, (warning,), viewer, now, marking)
        store.add_link(conn, target.id, made)
        what = f"linked to {key_text(key)}"
        noted(conn, viewer, now, "combine", "contact_link", target, marking, what, UNDO)
        target_undo.linked(conn, viewer, target, made)
    return Saved(target.ref, target.version)
