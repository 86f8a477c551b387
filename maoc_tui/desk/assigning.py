"""Offers of assignments and their answers. Each function is one commit: when it returns, it is in the record.

The Centre asks, the partner answers: only its own officers accept or decline, or the coordinator for them with
the reason (who said so, by which channel). What a partner may be is a rule in data/partner_classes.toml.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import assigning_rules as rules
from maoc_tui.desk import assigning_undo, journal
from maoc_tui.desk.assigning_rules import Subject
from maoc_tui.desk.gate import speaks_for
from maoc_tui.desk.liaison_snapshots import Assigned
from maoc_tui.desk.operation_words import seal
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.domain.assignments import (
    HELD,
    NOBODY,
    Assignment,
    Event,
    State,
    TaskRole,
    check_step,
    parse_role,
)
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import NOT_AGREED, Field, Kind
from maoc_tui.domain.operations import Act as OperationAct
from maoc_tui.domain.roles import Act, named, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import assignments as store
from maoc_tui.store import operations as operations_store


@dataclass(frozen=True, slots=True)
class _Act:
    """Who does something, when and why."""

    viewer: Viewer
    at_ms: int
    reason: str
    officer: UUID | None = None

    def event(self, state: State, reason: str = "") -> Event:
        """A step of an assignment by this act, for its own reason unless another is given."""
        return Event(uuid4(), state, reason or self.reason, self.officer, self.viewer.name, self.at_ms)


def offer(
    room: Room,
    viewer: Viewer,
    ref: str,
    partner: str,
    role: str,
    *,
    officer: str = "",
    reason: str = "",
    marking: Marking | None = None,
) -> Assigned:
    """Ask a partner to be something to a target or operation; refused where its status or what it sees forbids it."""
    require(viewer, Act.ASSIGN)
    code, what = room.register.partner(partner).code, parse_role(role)
    target, now = _seen(room, viewer, ref), room.clock.now_ms()
    rules.may_offer(viewer, code, target)
    notes = rules.fits(room, code, what, target, now)
    if what is TaskRole.LEAD and marking is not None:
        raise BadInput("Who leads is known to all who read the target.", "Leave the marking out.")
    mark = marked(viewer, marking or rules.audience(viewer, target, code))
    why = words(reason, "reason", 400, empty=True)
    with room.db.reading(viewer) as reading:
        seen = _of(reading, target)
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        act = _Act(viewer, now, why, rules.officer_named(room, viewer, conn, officer, code))
        rules.free(_of(conn, target), seen, code, what, target.ref)
        made = Assignment(
            uuid4(), target.id, code, what, viewer.name, now, mark, (act.event(State.PROPOSED),)
        )
        store.add(conn, made, target.ledger)
        _journal(conn, act, target, made, State.PROPOSED)
        assigning_undo.offered(conn, viewer, target, made)
    return Assigned(target.ref, code, what, State.PROPOSED, notes)


def accept(
    room: Room, viewer: Viewer, ref: str, partner: str, *, role: str = "", officer: str = "", reason: str = ""
) -> Assigned:
    """The partner says yes. A new lead relieves the one before it in the same commit."""
    return _answer(room, viewer, ref, partner, role, State.ACCEPTED, officer, reason)


def decline(
    room: Room, viewer: Viewer, ref: str, partner: str, *, role: str = "", reason: str = ""
) -> Assigned:
    """The partner says no, with a reason; nobody is blamed, the offer stays in the record."""
    return _answer(room, viewer, ref, partner, role, State.DECLINED, "", words(reason, "reason", 400))


def begin(
    room: Room, viewer: Viewer, ref: str, partner: str, *, role: str = "", officer: str = "", reason: str = ""
) -> Assigned:
    """The partner is at work on it."""
    return _answer(room, viewer, ref, partner, role, State.ACTIVE, officer, reason)


def relieve(
    room: Room, viewer: Viewer, ref: str, partner: str, *, role: str = "", reason: str = ""
) -> Assigned:
    """End an assignment, or take an offer back; ``partner`` "" ends the note that no lead is agreed."""
    return _answer(room, viewer, ref, partner, role, State.RELIEVED, "", words(reason, "reason", 400))


def lead_not_agreed(room: Room, viewer: Viewer, ref: str, reason: str) -> Assigned:
    """Record that no lead is agreed on a target or operation, and why; it stands until one accepts or it is ended."""
    require(viewer, Act.ASSIGN)
    why, now, target = words(reason, "reason", 400), room.clock.now_ms(), _seen(room, viewer, ref)
    rules.may_offer(viewer, NOBODY, target)
    mark = marked(viewer, rules.audience(viewer, target, NOBODY))
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        leads = [entry for entry in _of(conn, target) if entry.role is TaskRole.LEAD and entry.state in HELD]
        if leads:
            told = (
                f"{leads[0].partner} leads on {target.ref}."
                if leads[0].partner
                else "That is recorded already."
            )
            raise BadInput(told, "Relieve it first: maoc assign relieve.")
        act = _Act(viewer, now, why)
        made = Assignment(
            uuid4(), target.id, NOBODY, TaskRole.LEAD, viewer.name, now, mark, (act.event(State.ACTIVE),)
        )
        before = assigning_undo.lead_field(conn, target)
        store.add(conn, made, target.ledger)
        _journal(conn, act, target, made, State.ACTIVE)
        _lead(conn, act, target, NOT_AGREED)
        assigning_undo.answered(conn, viewer, target, [assigning_undo.gone(made)], before, now)
    return Assigned(target.ref, NOBODY, TaskRole.LEAD, State.ACTIVE)


def _answer(
    room: Room, viewer: Viewer, ref: str, partner: str, role: str, then: State, officer: str, reason: str
) -> Assigned:
    require(viewer, Act.ASSIGN)
    code = room.register.partner(partner).code if partner else NOBODY
    target, now = _seen(room, viewer, ref), room.clock.now_ms()
    what = parse_role(role) if role.strip() else None
    with room.db.reading(viewer) as seen:
        meant = rules.chosen(_of(seen, target), code, what, then, target.ref)
    rules.may_answer(viewer, meant, then, reason)
    if then in HELD:
        rules.fits(room, code, meant.role, target, now)
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        named = rules.officer_named(room, viewer, conn, officer, code) or rules.themselves(conn, viewer, code)
        act = _Act(viewer, now, words(reason, "reason", 400, empty=True), named)
        fresh = _of(conn, target)
        check_step(next(entry.state for entry in fresh if entry.id == meant.id), then)
        before = assigning_undo.lead_field(conn, target)
        relieved = _make_way(conn, act, target, meant, fresh) if then in HELD else ()
        store.step(conn, meant.id, act.event(then), target.ledger)
        _journal(conn, act, target, meant, then)
        if meant.role is TaskRole.LEAD and (then in HELD or meant.state in HELD):
            _lead(conn, act, target, code if then in HELD else "")
        assigning_undo.answered(
            conn, viewer, target, assigning_undo.changed(fresh, _of(conn, target)), before, now
        )
    return Assigned(target.ref, code, meant.role, then, relieved)


def _make_way(
    conn: Connection, act: _Act, target: Subject, taken: Assignment, others: Iterable[Assignment]
) -> tuple[str, ...]:
    """Relieve whoever held the lead, or the note that none is agreed, for the one who takes it."""
    notes = []
    for entry in others:
        if taken.role is entry.role is TaskRole.LEAD and entry.state in HELD and entry.id != taken.id:
            gone = act.event(State.RELIEVED, f"the lead passed to {taken.partner}")
            store.step(conn, entry.id, replace(gone, officer=None), target.ledger)
            _journal(conn, act, target, entry, State.RELIEVED)
            notes.append(
                f"{entry.partner} is relieved of the lead." if entry.partner else "A lead is agreed now."
            )
    return tuple(notes)


def _lead(conn: Connection, act: _Act, target: Subject, value: str) -> None:
    """Write the lead of an operation among its six States, in the same commit."""
    if not target.operation:
        return
    said = act.reason or "assignment answered"
    who = act.viewer
    field = OperationAct(
        Kind.FIELD, act.at_ms, act.at_ms, who.name, who.partner, what=Field.LEAD.value, value=value, source=said,
        role=named(who.roles), officer=who.officer,
    )  # fmt: skip
    (made,) = operations_store.load(conn, ids=[target.id])
    operations_store.append(conn, target.id, field)
    seal(conn, who, act.at_ms, made)


def _seen(room: Room, viewer: Viewer, ref: str) -> Subject:
    """The target or operation, if the viewer may see it and it is still worked on."""
    with room.db.reading(viewer) as conn:
        found = rules.subject(conn, ref)
    if found.ended:
        raise BadInput(f"{found.ref} is {found.ended}.", "Take it up again first.")
    return found


def _of(conn: Connection, target: Subject) -> list[Assignment]:
    return store.load(conn, target.id, target.ledger).get(target.id, [])


def _journal(conn: Connection, act: _Act, target: Subject, entry: Assignment, state: State) -> None:
    origin = journal.origin(target.marking)
    detail = f"{entry.partner or 'no lead agreed'} {entry.role} {state}"
    journal.note(
        conn, act.viewer, act.at_ms, "assign", "assignment", target.ref,
        reason=act.reason, detail=detail, owner=origin, recipient=entry.partner,
    )  # fmt: skip
