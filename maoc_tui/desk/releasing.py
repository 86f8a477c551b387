"""Proposing a release, and the second person's approval or refusal. Each function is one commit.

Nothing is shown to anybody by a proposal. It takes another officer, who sees every line, types whom it goes to
and how many lines, and is held to the same checklist as things stand at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import release_case as cases
from maoc_tui.desk.access import permit
from maoc_tui.desk.gate import changing
from maoc_tui.desk.release_record import by, find, noted, target_ref, the_word, wordings
from maoc_tui.desk.release_statements import candidates, chosen
from maoc_tui.desk.release_tasks import after_emergency
from maoc_tui.desk.release_terms import first_end, under, with_caveats
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_of, words
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.releases import WORDED, Candidate, Proposal, ProposedLine, Stage
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.safeguards import Answer, Review, State
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import releases as store

IN_EMERGENCY = ("Q03", "Q06")
"""What an emergency does not wait for a person to answer, and does not skip."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A release somebody is about to propose."""

    ref: str
    """Of the target."""
    partner: str
    lines: tuple[str, ...] = ()
    """Ids of statements, or beginnings of them, beside the target itself."""
    wordings: Mapping[str, str] = field(default_factory=dict)
    """Statement id, or its beginning -> what stands for it."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    condition: str = ""
    until: str = ""
    """When it ends, as typed; "" for no end."""
    emergency: bool = False
    threat: str = ""
    """To whose life, or to what, in an emergency."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft as the desk sees it: whom it goes to, line by line, and what is missing."""

    target: str
    target_id: str
    to: cases.Recipient
    lines: tuple[Candidate, ...]
    """Only those the partner does not see yet."""
    wordings: tuple[str, ...]
    """What the partner would read for each line; "" for a line that is released as it is."""
    permissions: tuple[cases.Permission, ...]
    review: Review


def look(room: Room, viewer: Viewer, draft: Draft) -> Looked:
    """What a draft comes to, without recording anything. Raises BadInput, NotPermitted."""
    to = cases.recipient(room, draft.partner)
    if not to.standing.reads:
        raise NotPermitted(to.limits, "Change its status first, or choose another partner.")
    with room.db.reading(viewer) as conn:
        target, held = candidates(conn, draft.ref)
    picked, worded = chosen(held, draft.lines), wordings(held, draft.wordings)
    with room.db.reading_whole() as conn:
        proposals, requests = store.proposals(conn), store.requests(conn)
    lines = cases.hidden_lines(room, to, picked, proposals)
    texts = tuple(_wording(line, worded) for line in lines)
    now = room.clock.now_ms()
    said = tuple(
        cases.permission(line, worded.get(line.id, ""), to.code, (viewer,), requests, now) for line in lines
    )
    where = cases.case(room, to, lines, said, conditions=True)
    return Looked(target.ref, str(target.id), to, lines, texts, said, cases.judge(where, draft.answers))


def _wording(line: Candidate, worded: Mapping[str, str]) -> str:
    return worded.get(line.id, line.text) if line.kind in WORDED else ""


def propose(room: Room, viewer: Viewer, draft: Draft) -> Proposal:
    """Record a proposed release; nobody sees anything by it. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.RELEASE)
    seen, now = look(room, viewer, draft), room.clock.now_ms()
    threat = words(draft.threat, "threat", 400) if draft.emergency else ""
    need = words(draft.answers.get("Q01", Answer()).note, "operational need", 400)
    _refuse_unless(seen.review, draft.emergency)
    until = time_of(draft.until, room.clock) if draft.until.strip() else None
    if until is not None and until <= now:
        raise BadInput("The release would end before it begins.", "Give a later time.")
    terms = with_caveats(draft.condition, seen.lines)
    with room.db.writing() as conn:
        made = Proposal(
            id=str(uuid4()),
            number=store.next_number(conn, store.PROPOSAL),
            target_id=seen.target_id,
            partner=seen.to.code,
            status=seen.to.standing.status,
            recipient_class=seen.to.standing.recipient_class,
            need=need,
            answers=dict(draft.answers),
            condition=under(terms, seen.permissions),
            channel=draft.answers.get("Q20", Answer()).key,
            until_ms=first_end(until, seen.permissions),
            emergency=draft.emergency,
            threat=threat,
            proposed=by(viewer, now),
            lines=tuple(map(_line, seen.lines, seen.wordings)),
        )
        store.add_proposal(conn, made)
        noted(conn, viewer, now, "propose", made, need)
    return made


def _line(line: Candidate, wording: str) -> ProposedLine:
    return ProposedLine(line.kind, line.id, line.originator, wording, line.digest)


def _refuse_unless(review: Review, emergency: bool) -> None:
    """Raise unless nothing stands in the way: NotPermitted for what was answered, BadInput for what was not."""
    missing = [line for line in review.missing if not emergency or line.question.id in IN_EMERGENCY]
    if not missing:
        return
    told = "; ".join(f"{line.question.id} {line.text}" for line in missing)
    if any(line.state is State.BLOCKS for line in missing):
        raise NotPermitted(f"The checklist does not let this go on: {told}.", "Nothing was recorded.")
    raise BadInput(f"The checklist is not answered: {told}.", "Answer with: --answer Q05=no")


def approve(room: Room, viewer: Viewer, ref: str, word: str) -> Proposal:
    """Release what somebody else proposed; it is visible when this returns. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.APPROVE)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, view):
        shown = find(view, ref, viewer)
        _, held = candidates(view, target_ref(view, shown))
        made = _standing(conn, ref, viewer)
        lines = _as_proposed(made, held)
        if word.split() != the_word(made).split():
            raise BadInput(
                f"The word for {made.ref} is another.", "Type whom it goes to and how many lines: BE 2."
            )
        said = _still_good(room, conn, viewer, made, lines, now)
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
    room: Room, conn: Connection, viewer: Viewer, made: Proposal, lines: tuple[Candidate, ...], now: int
) -> tuple[cases.Permission, ...]:
    """Hold the proposal to the checklist as things stand at this moment; the permission for each line."""
    to = cases.recipient(room, made.partner)
    if not to.standing.reads or to.standing.recipient_class != made.recipient_class:
        raise BadInput(
            f"{made.partner} is {to.standing.status} now; the checklist was another's.", "Propose anew."
        )
    requests, persons = store.requests(conn), (made.proposed, viewer)
    said = tuple(
        cases.permission(line, _other(line, then), to.code, persons, requests, now)
        for line, then in zip(lines, made.lines, strict=True)
    )
    review = cases.judge(cases.case(room, to, lines, said, conditions=True), made.answers)
    _refuse_unless(review, made.emergency)
    return said


def _other(line: Candidate, then: ProposedLine) -> str:
    """The wording when it is not the original one."""
    return "" if then.wording == line.text else then.wording


def refuse(room: Room, viewer: Viewer, ref: str, reason: str) -> Proposal:
    """Refuse a proposal, or take one's own back; it is kept with the reason. Raises BadInput, NotPermitted."""
    now, why = room.clock.now_ms(), words(reason, "reason", 400)
    with room.db.reading(viewer) as conn:
        made = find(conn, ref, viewer)
    mine = made.proposed.same_person(viewer.name, viewer.officer)
    whose = viewer.partner in made.originators and allowed(viewer, Act.ANSWER, viewer.partner)
    if not mine and not whose:
        permit(room, viewer, Act.APPROVE)
    else:
        permit(room, viewer, Act.ASK)
    with room.db.writing() as conn:
        made = find(conn, ref)
        if (stage := made.stage(0)) is not Stage.PROPOSED:
            raise BadInput(f"{made.ref} is {stage} already.", "Recall it, if it is to end.")
        store.refuse(conn, made, by(viewer, now), why)
        noted(conn, viewer, now, "refuse", made, why)
        return find(conn, ref)
