"""Who may be asked for what, who may answer, and who will see it: asked before anything is recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import officers
from maoc_tui.desk.room import Room
from maoc_tui.domain.assignments import OPEN, Assignment, State, TaskRole, check_role
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import State as OperationState
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.operations import state_of
from maoc_tui.domain.roles import Role
from maoc_tui.domain.target_record import Target
from maoc_tui.domain.targets import ENDED, parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import assignments as store_of
from maoc_tui.store import officers as store
from maoc_tui.store import operations
from maoc_tui.store import targets as targets_store
from maoc_tui.store.assignments import Ledger


@dataclass(frozen=True, slots=True)
class Subject:
    """What a partner is assigned to: a target or an operation."""

    ref: str
    id: UUID
    marking: Marking
    ended: str
    """Why nobody is assigned to it any more: ``closed``, ``withdrawn``; "" while it is worked on."""
    ledger: Ledger

    @property
    def operation(self) -> bool:
        """Whether it is an operation."""
        return self.ledger is store_of.TO_OPERATIONS


def subject(conn: Connection, ref: str) -> Subject:
    """The target or operation of a reference on this connection; BadInput when there is none."""
    if ref.strip().upper().startswith("OP"):
        made = operations.find(conn, parse_operation(ref))
        closed = "closed" if state_of(made.acts) is OperationState.CLOSED else ""
        return Subject(made.ref, made.id, made.marking, closed, store_of.TO_OPERATIONS)
    return of_target(targets_store.find(conn, parse_reference(ref)))


def of_target(target: Target) -> Subject:
    """A target as what partners are assigned to."""
    ended = target.status.lower() if target.status in ENDED else ""
    return Subject(target.ref, target.id, target.marking, ended, store_of.TO_TARGETS)


def may_offer(viewer: Viewer, code: str, target: Subject) -> None:
    """Raise NotPermitted unless the viewer may ask that partner: the coordinator, itself, or the originator."""
    own = viewer.partner == code or target.marking.originators == {viewer.partner}
    if not (viewer.all_seeing or Role.COORDINATOR in viewer.roles or own):
        raise NotPermitted(
            f"An officer of {viewer.partner} may offer what {viewer.partner} does itself, or on its own targets.",
            "Ask the coordinator.",
        )


def may_answer(viewer: Viewer, chosen: Assignment, then: State, reason: str) -> None:
    """Raise unless the viewer answers for that partner: its own officers, or the coordinator with a reason."""
    taken_back = then is State.RELIEVED and chosen.marking.originators == {viewer.partner}
    if viewer.partner == chosen.partner or (taken_back and chosen.state is State.PROPOSED):
        return
    if not (viewer.all_seeing or Role.COORDINATOR in viewer.roles):
        raise NotPermitted(
            f"Only officers of {chosen.partner} answer for it.", "Ask them, or the coordinator."
        )
    if then in (State.ACCEPTED, State.DECLINED) and not reason.strip():
        raise BadInput(
            f"You answer for {chosen.partner}: who said so, and how?",
            "Give it as the reason: Ortega, duty phone, 0310Z.",
        )


def fits(room: Room, code: str, role: TaskRole, target: Subject, now_ms: int) -> tuple[str, ...]:
    """Whether a partner may be in a role to a target now; what the one who asks should know. NotPermitted if not."""
    known = room.register
    standing = known.standing(code, now_ms)
    rule = known.rule(standing.status)
    check_role(code, rule, standing.status, role)
    if rule is not None and rule.must_see and not _sees(room, code, target):
        raise NotPermitted(
            f"{code} does not see {target.ref}, so it cannot be assigned to it.",
            f"Let the originator name {code}, or release {target.ref} to it first.",
        )
    if rule is not None and not rule.naming_suffices:
        return (f"{code} is {rule.title}: it sees this assignment only once that is released to it.",)
    return ()


def _sees(room: Room, code: str, target: Subject) -> bool:
    """Whether a partner's officers see a target now: asked through the gate, as they would."""
    officer = Viewer(name=code, partner=code, roles=frozenset({Role.LIAISON}))
    try:
        with room.db.reading(officer) as conn:
            return subject(conn, target.ref).id == target.id
    except BadInput:
        return False


def audience(viewer: Viewer, target: Subject, code: str) -> Marking:
    """Whoever reads the target reads who is on it, and the partner asked does."""
    readers = (target.marking.readers | ({code} if code else set())) - {viewer.partner}
    return replace(
        target.marking, originators=frozenset({viewer.partner}), grade=None, releasable_to=frozenset(readers)
    )


def free(held: list[Assignment], seen: list[Assignment], code: str, role: TaskRole, ref: str) -> None:
    """Raise BadInput when the partner is that already as far as the viewer sees, or an offer of the lead waits.

    ``held`` is every assignment of the target, ``seen`` those the viewer may know of.
    """
    if any(entry.partner == code and entry.role is role and entry.state in OPEN for entry in seen):
        raise BadInput(f"{code} is {role} to {ref} already.", "Nothing is to be done.")
    waiting = [
        entry for entry in held if entry.role is role is TaskRole.LEAD and entry.state is State.PROPOSED
    ]
    if waiting:
        known = {entry.id for entry in seen}
        whom = f" to {waiting[0].partner}" if waiting[0].id in known else ""
        raise BadInput(
            f"The lead on {ref} is offered{whom}, and not answered yet.",
            "Take that offer back first: maoc assign relieve.",
        )


def chosen(held: list[Assignment], code: str, role: TaskRole | None, then: State, ref: str) -> Assignment:
    """The open assignment that is meant: the only one, or the only one of that role; BadInput otherwise."""
    found = [e for e in held if e.partner == code and e.state in OPEN and role in (None, e.role)]
    if role is None and len(found) > 1:
        waiting = State.PROPOSED if then in (State.ACCEPTED, State.DECLINED) else None
        found = [e for e in found if waiting in (None, e.state)]
    if len(found) == 1:
        return found[0]
    who = code or "nobody"
    if not found:
        raise BadInput(f"{who} has no open assignment of that kind to {ref}.", "See them: maoc assign list.")
    roles = ", ".join(entry.role for entry in found)
    raise BadInput(f"{who} is {roles} to {ref}.", "Say which role.")


def officer_named(room: Room, viewer: Viewer, conn: Connection, text: str, code: str) -> UUID | None:
    """The officer of a partner meant by a name or id, posted now; None for no text."""
    if not text.strip():
        return None
    entry = officers.find(room, viewer, conn, text)
    if entry.partner != code:
        raise BadInput(
            f"{entry.name} is an officer of {entry.partner}, not of {code}.", "Name one of its own."
        )
    if not entry.posted(room.clock.now_ms()):
        raise BadInput(f"{entry.name} is not posted now.", "Name an officer who is.")
    return entry.id


def themselves(conn: Connection, viewer: Viewer, code: str) -> UUID | None:
    """The officer who answers for their own partner, when the directory has them; None otherwise."""
    known = store.load(conn) if viewer.officer and viewer.partner == code else []
    return next((entry.id for entry in known if str(entry.id) == viewer.officer), None)
