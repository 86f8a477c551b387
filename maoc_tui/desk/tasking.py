"""The tasking desk: the Centre asks for an asset, the State that owns it answers; nothing follows from silence.

The program sends nothing. It records what was asked, when, by whom, and what the owner's officers answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal, tasking_undo
from maoc_tui.desk.asset_reading import find as find_asset
from maoc_tui.desk.asset_reading import line
from maoc_tui.desk.asset_snapshots import TaskLine
from maoc_tui.desk.assets import signs
from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import happened, marked, words
from maoc_tui.domain.assets import Asset
from maoc_tui.domain.gate import may_see
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import Role, require
from maoc_tui.domain.targets import parse_reference as parse_target
from maoc_tui.domain.taskings import (
    ENDED,
    Act,
    Event,
    check_next,
    check_owner,
    parse_act,
    parse_reference,
    usual_marking,
)
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operations as operations_store
from maoc_tui.store import statements
from maoc_tui.store import targets as targets_store
from maoc_tui.store import taskings as store
from maoc_tui.store.operations import Operation
from maoc_tui.store.taskings import Tasking


def ask(
    room: Room,
    viewer: Viewer,
    asset: str,
    operation: str,
    words_: str,
    *,
    target: str = "",
    at: str = "",
    marking: Marking | None = None,
) -> TaskLine:
    """Record that an asset was asked for an operation. Raises BadInput when its owner could not read what is asked."""
    require(viewer, Right.OPERATE)
    now = room.clock.now_ms()
    at_ms = happened(room, at, now)
    with changing(room, viewer) as (conn, seen):
        wanted, about = find_asset(seen, asset), operations_store.find(seen, parse_operation(operation))
        _check_not_asked(seen, wanted, about)
        goal = targets_store.find(seen, parse_target(target)) if target.strip() else None
        mark = marked(viewer, marking or usual_marking(viewer.partner, wanted.owner))
        known = [
            ("the asset", wanted.id),
            ("the operation", about.id),
            *([("the target", goal.id)] if goal is not None else []),
        ]
        _check_readable(room, seen, mark, wanted.owner, known)
        made = Tasking(
            id=uuid4(),
            number=store.next_number(conn),
            asset_id=wanted.id,
            asset=wanted.ref,
            asset_name=wanted.name,
            owner=wanted.owner,
            operation_id=about.id,
            operation=about.ref,
            target_id=goal.id if goal is not None else None,
            target=goal.ref if goal is not None else "",
            words=words(words_, "task", 400),
            by=viewer.name,
            entered_ms=now,
            marking=mark,
            events=(Event(Act.ASKED, at_ms, now, viewer.name, viewer.partner),),
        )
        store.add(conn, made)
        _note(conn, viewer, now, "ask", made, made.words)
        tasking_undo.asked(conn, viewer, made)
    return line(made)


def _check_not_asked(seen: Connection, asset: Asset, about: Operation) -> None:
    """Raise BadInput where the asset is asked for the operation already and no answer ended that."""
    for task in store.load(seen, asset=asset.id, operation=about.id):
        if task.act not in ENDED:
            raise BadInput(
                f"{asset.ref} is asked for {about.ref} already: {task.ref}.", "Record the answer there."
            )


def record(
    room: Room,
    viewer: Viewer,
    ref: str,
    act: str,
    *,
    at: str = "",
    who: str = "",
    channel: str = "",
    text: str = "",
) -> TaskLine:
    """Record the owner's answer, or that the asset went on or off task. Raises BadInput, NotPermitted."""
    require(viewer, Right.OPERATE)
    now = room.clock.now_ms()
    event = Event(
        act=parse_act(act),
        at_ms=happened(room, at, now),
        entered_ms=now,
        by=viewer.name,
        partner=viewer.partner,
        who=words(who, "name and post", 200, empty=True),
        channel=words(channel, "channel", 100, empty=True),
        text=words(text, "text", 400, empty=True),
    )
    with changing(room, viewer) as (conn, seen):
        task = find(seen, ref)
        if not viewer.all_seeing:
            check_owner(event, task.owner, task.events[0].partner, signs(room, task.owner))
        check_next(task.events, event)
        store.append(conn, task.id, event)
        _note(conn, viewer, now, "answer", task, event.act.value)
    return line(replace(task, events=(*task.events, event)))


def taskings(
    room: Room, viewer: Viewer, *, operation: str = "", asset: str = "", past: bool = False
) -> tuple[TaskLine, ...]:
    """Taskings the viewer may see, those that wait for an answer first; all with ``past``. Raises BadInput."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        about = operations_store.find(conn, parse_operation(operation)).id if operation else None
        wanted = find_asset(conn, asset).id if asset else None
        found = [line(task) for task in store.load(conn, operation=about, asset=wanted)]
    shown = [one for one in found if past or one.open]
    return tuple(sorted(shown, key=lambda one: (not one.waits, not one.open, one.asked_ms)))


def find(conn: Connection, ref: str) -> Tasking:
    """The tasking of a reference (TK-0003) on this connection; BadInput when there is none."""
    number = parse_reference(ref)
    found = store.load(conn, number=number)
    if not found:
        raise BadInput(f"There is no tasking TK-{number:04d}.", "See: maoc asset tasks.")
    return found[0]


def _check_readable(
    room: Room, seen: Connection, marking: Marking, owner: str, known: Iterable[tuple[str, UUID]]
) -> None:
    """Nobody answers what is hidden from them: neither the question nor what it is about."""
    if not signs(room, owner):
        return
    if owner not in marking.readers:
        raise BadInput(
            f"{owner} would not see what is asked of it.", f"Name {owner} among those it may be released to."
        )
    for what, identifier in known:
        if not _sees(room, seen, identifier, owner):
            raise BadInput(
                f"{owner} does not see {what}, and could not answer.", f"Release it to {owner} first."
            )


def _sees(room: Room, seen: Connection, identifier: UUID, partner: str) -> bool:
    """Whether officers of a partner see a statement now, by the rule of the gate."""
    now, found = room.clock.now_ms(), statements.find(seen, identifier)
    if found is None:
        return False
    released = statements.releases(seen, [one.id for one in (found, *found.above)])
    officer = Viewer(name="", partner=partner, roles=frozenset({Role.LIAISON}))
    return bool(may_see(found, officer, room.register.standing(partner, now), released, now))


def _note(conn: Connection, viewer: Viewer, at_ms: int, action: str, task: Tasking, detail: str) -> None:
    journal.note(
        conn,
        viewer,
        at_ms,
        action,
        "tasking",
        task.ref,
        owner=journal.origin(task.marking),
        recipient=task.owner,
        detail=f"{task.operation} {task.asset}: {detail}"[:200],
    )
