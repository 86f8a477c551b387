"""Proposing a release, and the second person's approval or refusal. Each function is one commit.

Nothing is shown to anybody by a proposal. It takes another officer, who sees every line, types whom it goes to
and how many lines, and is held to the same checklist as things stand at that moment.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import release_case as cases
from maoc_tui.desk.access import permit
from maoc_tui.desk.gate import changing
from maoc_tui.desk.release_draft import Draft, Looked, drafted, permitted, refuse_unless
from maoc_tui.desk.release_record import by, find, noted, subject_ref, the_word
from maoc_tui.desk.release_statements import candidates
from maoc_tui.desk.release_tasks import after_emergency
from maoc_tui.desk.release_terms import first_end, under, with_caveats
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_of, words
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.releases import Candidate, Proposal, ProposedLine, Stage
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.safeguards import Answer
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import releases as store


def propose(room: Room, viewer: Viewer, draft: Draft) -> Proposal:
    """Record a proposed release; nobody sees anything by it. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.RELEASE)
    seen, now = drafted(room, viewer, draft), room.clock.now_ms()
    said = _permitted(room, viewer, seen, now)
    threat = words(draft.threat, "threat", 400) if draft.emergency else ""
    need = words(draft.answers.get("Q01", Answer()).note, "operational need", 400)
    where = cases.case(room, seen.to, seen.lines, said, conditions=True)
    refuse_unless(cases.judge(where, draft.answers), draft.emergency, said)
    until = time_of(draft.until, room.clock) if draft.until.strip() else None
    if until is not None and until <= now:
        raise BadInput("The release would end before it begins.", "Give a later time.")
    terms = with_caveats(draft.condition, seen.lines)
    with room.db.writing() as conn:
        made = Proposal(
            id=str(uuid4()),
            number=store.next_number(conn, store.PROPOSAL),
            subject=seen.subject,
            partner=seen.to.code,
            status=seen.to.standing.status,
            recipient_class=seen.to.standing.recipient_class,
            need=need,
            answers=dict(draft.answers),
            condition=under(terms, said),
            channel=draft.answers.get("Q20", Answer()).key,
            until_ms=first_end(until, said),
            emergency=draft.emergency,
            threat=threat,
            proposed=by(viewer, now),
            lines=tuple(map(_line, seen.lines, seen.wordings)),
        )
        store.add_proposal(conn, made)
        noted(conn, viewer, now, "propose", made, need)
    return made


def _permitted(room: Room, viewer: Viewer, seen: Looked, now: int) -> tuple[cases.Permission, ...]:
    """The permission for each line of a draft, held to the whole record."""
    with room.db.reading(viewer) as conn:
        shown = store.requests(conn)
    with room.db.reading_whole() as conn:
        whole = store.requests(conn)
    lines = zip(seen.lines, seen.wordings, strict=True)
    return permitted(lines, seen.to.code, (viewer,), shown, whole, now)


def _line(line: Candidate, wording: str) -> ProposedLine:
    return ProposedLine(line.kind, line.id, line.originator, wording, line.digest)


def approve(room: Room, viewer: Viewer, ref: str, word: str) -> Proposal:
    """Release what somebody else proposed; it is visible when this returns. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.APPROVE)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, view):
        shown = find(view, ref, viewer)
        _, held = candidates(view, subject_ref(view, shown))
        made = _standing(conn, ref, viewer)
        lines = _as_proposed(made, held)
        if word.split() != the_word(made).split():
            raise BadInput(
                f"The word for {made.ref} is another.", "Type whom it goes to and how many lines: BE 2."
            )
        said = _still_good(room, conn, view, viewer, made, lines, now)
        under_terms = _on_terms(made, said, now)
        store.approve(conn, under_terms, by(viewer, now))
        after_emergency(conn, viewer, made, lines, now)
        noted(conn, viewer, now, "release", made, made.threat or made.need)
        return find(conn, ref)


def _on_terms(made: Proposal, said: tuple[cases.Permission, ...], now: int) -> Proposal:
    """A proposal under the terms that hold now; BadInput when its time has run out."""
    until = first_end(made.until_ms, said)
    if until is not None and until <= now:
        raise BadInput(
            f"{made.ref} would end before it begins: its time ran out {format_dtg(from_ms(until))}.",
            "Refuse it, and propose it anew with a later time.",
        )
    return replace(made, until_ms=until, condition=under(made.condition, said))


def _as_proposed(made: Proposal, held: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The lines of a proposal as they stand; NotPermitted when one is hidden, BadInput when one has changed."""
    stands = {line.id: line for line in held}
    if any(line.id not in stands for line in made.lines):
        raise NotPermitted(
            "You do not see every line of it, or not every line stands any more.",
            "Let somebody approve who sees them all, or propose anew.",
        )
    lines = tuple(stands[line.id] for line in made.lines)
    if any(now.digest != then.digest for now, then in zip(lines, made.lines, strict=True)):
        raise BadInput("What it says was changed since it was proposed.", "Refuse it, and propose anew.")
    return lines


def _standing(conn: Connection, ref: str, viewer: Viewer) -> Proposal:
    """A proposal nobody decided yet, by somebody else."""
    made = find(conn, ref)
    stage = made.stage(0)
    if stage is not Stage.PROPOSED:
        raise BadInput(f"{made.ref} is {stage} already.", "Nothing is to be done.")
    if made.proposed.same_person(viewer.name, viewer.officer):
        raise NotPermitted(
            f"You proposed {made.ref} yourself.", "A second officer approves, signed in as that officer."
        )
    return made


def _still_good(
    room: Room,
    conn: Connection,
    view: Connection,
    viewer: Viewer,
    made: Proposal,
    lines: tuple[Candidate, ...],
    now: int,
) -> tuple[cases.Permission, ...]:
    """Hold the proposal to the checklist as things stand at this moment; the permission for each line."""
    to = cases.recipient(room, made.partner)
    if not to.standing.reads or to.standing.recipient_class != made.recipient_class:
        raise BadInput(
            f"{made.partner} is {to.standing.status} now; the checklist was another's.", "Propose anew."
        )
    worded = ((line, then.wording) for line, then in zip(lines, made.lines, strict=True))
    persons = (made.proposed, viewer)
    said = permitted(worded, to.code, persons, store.requests(view), store.requests(conn), now)
    review = cases.judge(cases.case(room, to, lines, said, conditions=True), made.answers)
    refuse_unless(review, made.emergency, said)
    return said


def refuse(room: Room, viewer: Viewer, ref: str, reason: str) -> Proposal:
    """Refuse a proposal, or take one's own back; it is kept with the reason. Raises BadInput, NotPermitted."""
    now, why = room.clock.now_ms(), words(reason, "reason", 400)
    with room.db.reading(viewer) as view:
        made = find(view, ref, viewer)
    mine = made.proposed.same_person(viewer.name, viewer.officer)
    whose = viewer.partner in made.originators and allowed(viewer, Act.ANSWER, viewer.partner)
    permit(room, viewer, Act.ASK if mine or whose else Act.APPROVE)
    with changing(room, viewer) as (conn, _):
        made = find(conn, ref)
        if (stage := made.stage(0)) is not Stage.PROPOSED:
            raise BadInput(f"{made.ref} is {stage} already.", "Recall it, if it is to end.")
        store.refuse(conn, made, by(viewer, now), why)
        noted(conn, viewer, now, "refuse", made, why)
    with room.db.reading(viewer) as view:
        return find(view, ref, viewer)
