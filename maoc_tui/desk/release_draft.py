"""A release that somebody thinks of: its lines and wordings, who must permit each, what the checklist says of it.

What is shown comes from what the viewer may see, and nothing else. Whether it may go on is held to the whole record,
which is told to nobody: a consent counts that the viewer cannot see, and so does a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from maoc_tui.desk import release_case as cases
from maoc_tui.desk.gate import told_of_others
from maoc_tui.desk.journal import consulted
from maoc_tui.desk.release_record import wordings
from maoc_tui.desk.release_statements import candidates, chosen
from maoc_tui.desk.room import Room
from maoc_tui.domain.releases import WORDED, By, Candidate, Request, Subject
from maoc_tui.domain.safeguards import Answer, Review, State
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import releases as store
from maoc_tui.store import statements

IN_EMERGENCY = ("Q03", "Q06")
"""What an emergency does not wait for a person to answer, and does not skip."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A release somebody is about to propose."""

    ref: str
    """Of the target, operation, seizure or asset."""
    partner: str
    lines: tuple[str, ...] = ()
    """Ids of statements, or beginnings of them, beside that itself."""
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

    subject: Subject
    to: cases.Recipient
    lines: tuple[Candidate, ...]
    """Only those the partner does not see yet."""
    wordings: tuple[str, ...]
    """What the partner would read for each line; "" for a line that is released as it is."""
    permissions: tuple[cases.Permission, ...]
    review: Review


def look(room: Room, viewer: Viewer, draft: Draft) -> Looked:
    """What a draft comes to, shown to somebody: noted as consulted. Raises BadInput, NotPermitted."""
    seen = drafted(room, viewer, draft)
    consulted(room, viewer, seen.subject.kind, seen.subject.ref, (line.marking for line in seen.lines))
    return seen


def drafted(room: Room, viewer: Viewer, draft: Draft) -> Looked:
    """What a draft comes to, without recording anything. Raises BadInput, NotPermitted."""
    to, now = cases.recipient(room, draft.partner), room.clock.now_ms()
    if not to.standing.reads:
        raise NotPermitted(to.limits, "Change its status first, or choose another partner.")
    with room.db.reading(viewer) as conn:
        subject, held = candidates(conn, draft.ref)
        picked, worded = chosen(held, draft.lines), wordings(held, draft.wordings)
        released = statements.releases(conn, [line.id for line in picked])
        requests = store.requests(conn)
    told = told_of_others(room, viewer)
    lines = cases.hidden_lines(room, to, picked, released, viewer.partner, told=told)
    texts = tuple(_wording(line, worded) for line in lines)
    said = tuple(
        cases.permission(line, other(line, text), to.code, (viewer,), requests, now)
        for line, text in zip(lines, texts, strict=True)
    )
    where = cases.case(room, to, lines, said, conditions=True)
    return Looked(subject, to, lines, texts, said, cases.judge(where, draft.answers))


def _wording(line: Candidate, worded: Mapping[str, str]) -> str:
    return worded.get(line.id, line.text) if line.kind in WORDED else ""


def other(line: Candidate, wording: str) -> str:
    """A wording when it is not the original one; "" for the original."""
    return "" if line.kind not in WORDED or wording == line.text else wording


def permitted(
    lines: Iterable[tuple[Candidate, str]],
    partner: str,
    persons: tuple[By | Viewer, ...],
    shown: Iterable[Request],
    whole: Iterable[Request],
    now_ms: int,
) -> tuple[cases.Permission, ...]:
    """The permission for each line in its wording, as the ``whole`` record has it and in the words of ``shown``."""

    def one(line: Candidate, wording: str) -> cases.Permission:
        counts = cases.permission(line, wording, partner, persons, whole, now_ms)
        seen = cases.permission(line, wording, partner, persons, shown, now_ms)
        if counts.given or seen == counts:
            return counts
        return replace(counts, reason=f"{line.originator} does not permit it" if seen.given else seen.reason)

    return tuple(one(line, other(line, wording)) for line, wording in lines)


def refuse_unless(review: Review, emergency: bool, permissions: Iterable[cases.Permission]) -> None:
    """Raise unless nothing stands in the way: NotPermitted for what was answered, BadInput for what was not.

    An emergency waits for nobody's consent, and goes over nobody's no.
    """
    if emergency and (said_no := [one.reason for one in permissions if one.refused]):
        raise NotPermitted(
            f"An emergency does not outweigh a refusal: {'; '.join(dict.fromkeys(said_no))}.",
            "Speak with the originator: its officer may grant it after all.",
        )
    missing = [line for line in review.missing if not emergency or line.question.id in IN_EMERGENCY]
    if not missing:
        return
    told = "; ".join(f"{line.question.id} {line.text}" for line in missing)
    if any(line.state is State.BLOCKS for line in missing):
        raise NotPermitted(f"The checklist does not let this go on: {told}.", "Nothing was recorded.")
    raise BadInput(f"The checklist is not answered: {told}.", "Answer with: --answer Q05=no")
