"""What may be done to a target. Each function is one commit: when it returns, it is in the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import target_undo
from maoc_tui.desk.clash import of_target
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.recalling import recall_all
from maoc_tui.desk.release_record import by
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_entries import noted, own_link, standing_fact, validity
from maoc_tui.desk.target_linking import check_joinable, recorded, warnings_of
from maoc_tui.desk.target_snapshots import Saved
from maoc_tui.desk.target_words import (
    marked,
    new_fact,
    new_link,
    new_sighting,
    place_of,
    time_of,
    words,
)
from maoc_tui.desk.undo_keeping import check_unreleased, is_replay
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.target_facts import parse_attribute
from maoc_tui.domain.targets import ENDED, check_transition, parse_reference, parse_status
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as store
from maoc_tui.store.undo_rests import released


def fact(
    room: Room,
    viewer: Viewer,
    ref: str,
    attribute: str,
    value: str,
    source: str,
    *,
    since: str = "",
    until: str = "",
    marking: Marking | None = None,
    replaces: str = "",
    reason: str = "",
) -> Saved:
    """Record a statement about identity; with ``replaces`` (id of a statement) it corrects that one.

    What is corrected is recalled from whoever has it by release, with the task to tell them, in the same step.
    """
    require(viewer, Act.EDIT)
    now = room.clock.now_ms()
    said, mark = words(source, "source", 200), marked(viewer, marking)
    why = words(reason, "reason", 400, empty=not replaces)
    begins, ends = validity(room, since, until)
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        name = parse_attribute(attribute, target.kind)
        made = new_fact(name, value, said, viewer, now, mark)
        old = standing_fact(view, target, replaces, name, yours=made.value) if replaces else None
        if old is not None:
            require_own(viewer, old.marking)
            replaces = old.id
        made = replace(made, from_ms=begins, to_ms=ends, replaces=replaces, reason=why)
        recalls = old is not None and released(conn, old.id)
        store.add_fact(conn, target.id, made)
        act = "alter" if replaces else "collect"
        noted(conn, viewer, now, act, "identity_fact", target, mark, name, why)
        if replaces:
            recall_all(conn, viewer, {replaces}, by(viewer, now), f"corrected: {why}")
        if not recalls and (old is None or old.marking == mark):
            target_undo.stated(conn, viewer, target, made, old)
    return Saved(target.ref, target.version)


def withdraw_fact(room: Room, viewer: Viewer, ref: str, fact_id: str, reason: str) -> Saved:
    """Say that a statement no longer stands; both stay in the record. It is recalled from whoever has it by release."""
    require(viewer, Act.EDIT)
    now, why = room.clock.now_ms(), words(reason, "reason", 400)
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        old = standing_fact(view, target, fact_id)
        require_own(viewer, old.marking)
        recalls = released(conn, old.id)
        if is_replay():
            check_unreleased(conn, old.id, "Withdraw it instead: that recalls it.")
        gone = replace(
            old, id=str(uuid4()), replaces=old.id, withdrawal=True, reason=why, by=viewer.name, at_ms=now
        )
        store.add_fact(conn, target.id, gone)
        what = f"{old.attribute} withdrawn"
        noted(conn, viewer, now, "alter", "identity_fact", target, old.marking, what, why)
        recall_all(conn, viewer, {old.id}, by(viewer, now), f"withdrawn: {why}")
        if not recalls:
            target_undo.withdrawn(conn, viewer, target, old, now)
    return Saved(target.ref, target.version)


def sight(
    room: Room,
    viewer: Viewer,
    ref: str,
    position: str,
    at: str,
    source: str,
    text: str = "",
    *,
    radius: str = "",
    marking: Marking | None = None,
    also: Callable[[Connection, UUID], None] = lambda _conn, _target: None,
) -> Saved:
    """Record where and when somebody saw it; ``also`` writes what belongs to it in the same transaction."""
    require(viewer, Act.LOG)
    said, seen = words(source, "source", 200), words(text, "text", 2000, empty=True)
    mark = marked(viewer, marking)
    line = new_sighting(room, viewer, place_of(position, radius), at, said, seen, mark)
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        store.add_sighting(conn, target.id, line)
        noted(conn, viewer, line.at_ms, "collect", "sighting", target, mark)
        also(conn, target.id)
    return Saved(target.ref, target.version)


def link(
    room: Room,
    viewer: Viewer,
    ref: str,
    key: int,
    reason: str,
    *,
    since: str = "",
    marking: Marking | None = None,
) -> Saved:
    """Say that the target is heard as a contact; the warnings shown are kept with the link."""
    require(viewer, Act.EDIT)
    check_joinable(key)
    now, why = room.clock.now_ms(), words(reason, "reason", 400)
    begins = time_of(since, room.clock) if since.strip() else None
    warnings = warnings_of(room, viewer, ref, key)
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        marking = marked(viewer, marking)
        lines = store.links(view, target.id).get(target.id, ())
        if any(
            line.holds and line.key == key and line.marking.originators == marking.originators
            for line in lines
        ):
            raise BadInput(f"{target.ref} is linked to that contact already.", "Nothing is to be done.")
        made = new_link(key, begins, why, recorded(warnings), viewer, now, marking)
        store.add_link(conn, target.id, made)
        what = f"linked to {key_text(key)}"
        noted(conn, viewer, now, "combine", "contact_link", target, made.marking, what, why)
        target_undo.linked(conn, viewer, target, made)
    return Saved(target.ref, target.version, warnings)


def unlink(
    room: Room, viewer: Viewer, ref: str, key: int, reason: str, *, until: str = "", never: bool = False
) -> Saved:
    """Date the end of a link: now, or ``until``, or where it began when it ``never`` was.

    The link stays in the record and can be made again.
    """
    require(viewer, Act.EDIT)
    now, why = room.clock.now_ms(), words(reason, "reason", 400)
    ends = time_of(until, room.clock) if until.strip() else now
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        lines = store.links(view, target.id).get(target.id, ())
        held = own_link(viewer, [line for line in lines if line.holds and line.key == key])
        if held is None:
            raise BadInput(
                f"{target.ref} is not linked to that contact now.", "Look at the links of the target."
            )
        require_own(viewer, held.marking)
        if never:
            ends = held.from_ms or 0
        if held.from_ms is not None and ends < held.from_ms:
            raise BadInput("The link would end before it began.", "Give a later time.")
        store.end_link(conn, held, ends, why, viewer.name, now)
        what = f"unlinked from {key_text(key)}"
        noted(conn, viewer, now, "alter", "contact_link", target, held.marking, what, why)
        target_undo.unlinked(conn, viewer, target, held, now)
    return Saved(target.ref, target.version)


def set_status(
    room: Room,
    viewer: Viewer,
    ref: str,
    status: str,
    reason: str,
    *,
    version: int | None = None,
    closed_ms: int | None = None,
) -> Saved:
    """Change the status; ``version`` is that of the sheet the decision was made on.

    An undo goes back where no step leads, and to when it had ended, ``closed_ms``.
    """
    require(viewer, Act.EDIT)
    then, now = parse_status(status), room.clock.now_ms()
    why = words(reason, "reason", 400, empty=True)
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        require_own(viewer, target.marking)
        of_target(view, target, "status", str(then), version)
        if not is_replay():
            check_transition(target.status, then, why)
        values = {"status": str(then), "closed_ms": (closed_ms or now) if then in ENDED else None}
        store.edit(conn, target, target.version, values, why, viewer.name, now)
        noted(conn, viewer, now, "alter", "target", target, target.marking, "status", why)
        target_undo.status_set(conn, viewer, target, str(then), now)
    return Saved(target.ref, target.version + 1)


def rename(
    room: Room, viewer: Viewer, ref: str, designation: str, reason: str, *, version: int | None = None
) -> Saved:
    """Change what the Centre calls it; its own names are facts."""
    require(viewer, Act.EDIT)
    called, now = words(designation, "designation", 80, empty=True), room.clock.now_ms()
    why = words(reason, "reason", 400)
    with changing(room, viewer) as (conn, view):
        target = store.find(view, parse_reference(ref))
        require_own(viewer, target.marking)
        of_target(view, target, "designation", called, version)
        store.edit(conn, target, target.version, {"designation": called}, why, viewer.name, now)
        noted(conn, viewer, now, "alter", "target", target, target.marking, "designation", why)
        target_undo.renamed(conn, viewer, target, called, now)
    return Saved(target.ref, target.version + 1)
