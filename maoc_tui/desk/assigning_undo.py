"""What takes back an offer or an answer: each assignment stands again where it stood, in the same commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.assigning_rules import Subject, subject
from maoc_tui.desk.gate import changing
from maoc_tui.desk.operation_words import seal
from maoc_tui.desk.room import Room
from maoc_tui.desk.undo_keeping import UNDO, keep
from maoc_tui.domain.assignments import Assignment, Event, State
from maoc_tui.domain.operations import Act as OperationAct
from maoc_tui.domain.operations import Field, Kind, states
from maoc_tui.domain.roles import Act, Role, named, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import assignments as store
from maoc_tui.store import operations as operations_store

Put = dict[str, str]
"""Where an assignment is put back to: its id, state, reason and officer."""


def put(entry: Assignment) -> Put:
    """Where an assignment stands."""
    last = entry.events[-1]
    return {
        "id": str(entry.id), "state": last.state.value, "reason": last.reason,
        "officer": str(entry.officer or ""),
    }  # fmt: skip


def gone(entry: Assignment) -> Put:
    """An assignment taken back as if it had never been offered."""
    return {**put(entry), "state": State.RELIEVED.value, "reason": UNDO}


def changed(before: Iterable[Assignment], after: Iterable[Assignment]) -> list[Put]:
    """Where those stood that stand elsewhere now."""
    now = {entry.id: entry.events[-1].id for entry in after}
    return [put(entry) for entry in before if now.get(entry.id) != entry.events[-1].id]


def lead_field(conn: Connection, target: Subject) -> str | None:
    """The lead among an operation's six States; None for a target, which has none."""
    if not target.operation:
        return None
    (made,) = operations_store.load(conn, ids=[target.id])
    return states(made.acts)[Field.LEAD]


def offered(conn: Connection, viewer: Viewer, target: Subject, made: Assignment) -> None:
    """A partner was asked: undone, the offer is taken back."""
    what = f"{target.ref}: {made.partner} asked as {made.role.value.lower()}"
    _keep(conn, viewer, target, [gone(made)], None, made.at_ms, what)


def answered(
    conn: Connection, viewer: Viewer, target: Subject, back: list[Put], lead: str | None, at_ms: int
) -> None:
    """Assignments were answered, begun or ended: undone, each stands again where it stood."""
    found = {str(one.id): one for one in store.load(conn, target.id, target.ledger).get(target.id, [])}
    said = ", ".join(
        f"{one.partner or 'nobody'} {one.role.value.lower()} {one.state.value.lower()}"
        for one in (found[where["id"]] for where in back)
    )
    _keep(conn, viewer, target, back, lead, at_ms, f"{target.ref}: {said}")


def _keep(
    conn: Connection,
    viewer: Viewer,
    target: Subject,
    back: list[Put],
    lead: str | None,
    at_ms: int,
    what: str,
) -> None:
    touches = [f"assignment {one['id']}" for one in back]
    if lead is not None:
        touches.append(f"lead of {target.id}")
    call = ("assigning_undo.put_back", {"ref": target.ref, "back": back, "lead": lead})
    keep(conn, viewer, at_ms, what, call, touches, target.id)


def put_back(room: Room, viewer: Viewer, ref: str, back: list[Mapping[str, str]], lead: str | None) -> None:
    """Let assignments stand where they stood before an act that is undone. Raises BadInput, NotPermitted."""
    require(viewer, Act.ASSIGN)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        target = subject(seen, ref)
        shown = {one.id for one in store.load(seen, target.id, target.ledger).get(target.id, [])}
        before = store.load(conn, target.id, target.ledger).get(target.id, [])
        field = lead_field(conn, target)
        for where in back:
            entry = next((one for one in before if str(one.id) == where["id"] and one.id in shown), None)
            if entry is None:
                raise BadInput(
                    "That assignment is not one you see.", "Look at the assignments as they are now."
                )
            _may(viewer, entry)
            _put(conn, viewer, target, entry, where, now)
        if lead is not None and lead != field:
            _set_lead(conn, viewer, target, lead, now)
        after = store.load(conn, target.id, target.ledger).get(target.id, [])
        answered(conn, viewer, target, changed(before, after), field if lead is not None else None, now)


def _may(viewer: Viewer, entry: Assignment) -> None:
    """Whoever may answer for the partner, or asked it, may undo that."""
    own = viewer.partner == entry.partner or entry.marking.originators == {viewer.partner}
    if not (viewer.all_seeing or Role.COORDINATOR in viewer.roles or own):
        raise NotPermitted(
            f"Only officers of {entry.partner} answer for it.", "Ask them, or the coordinator."
        )


def _put(
    conn: Connection, viewer: Viewer, target: Subject, entry: Assignment, where: Mapping[str, str], now: int
) -> None:
    state = State(where["state"])
    officer = UUID(where["officer"]) if where["officer"] else None
    store.step(
        conn, entry.id, Event(uuid4(), state, where["reason"], officer, viewer.name, now), target.ledger
    )
    detail = f"{entry.partner or 'no lead agreed'} {entry.role} {state} again"
    owner = journal.origin(target.marking)
    journal.note(
        conn, viewer, now, "assign", "assignment", target.ref,
        reason=UNDO, detail=detail, owner=owner, recipient=entry.partner,
    )  # fmt: skip


def _set_lead(conn: Connection, viewer: Viewer, target: Subject, lead: str, now: int) -> None:
    """Put the lead of an operation back among its six States."""
    (made,) = operations_store.load(conn, ids=[target.id])
    act = OperationAct(
        Kind.FIELD, now, now, viewer.name, viewer.partner, what=Field.LEAD.value, value=lead, source=UNDO,
        role="single-user mode" if viewer.all_seeing else named(viewer.roles), officer=viewer.officer,
    )  # fmt: skip
    operations_store.append(conn, target.id, act)
    seal(conn, viewer, now, made)
