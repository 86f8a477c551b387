"""Asking the originator: may this partner read these statements of yours, in this wording? With a clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import release_case as cases
from maoc_tui.desk.access import permit
from maoc_tui.desk.journal import note
from maoc_tui.desk.recalling import recall_all, standing_releases
from maoc_tui.desk.release_draft import other
from maoc_tui.desk.release_record import by
from maoc_tui.desk.release_record import wordings as worded_otherwise
from maoc_tui.desk.release_statements import candidates, chosen
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_of, words
from maoc_tui.domain.releases import SUBJECTS, Candidate, Reply, Request, Subject, parse_number
from maoc_tui.domain.roles import Act
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import releases as store

DUE_MS = 24 * 3_600_000
"""When an answer is due unless another time is given."""
ANSWERS = ("granted", "refused", "withdrawn")


def ask(
    room: Room,
    viewer: Viewer,
    ref: str,
    partner: str,
    reason: str,
    *,
    lines: tuple[str, ...] = (),
    wordings: Mapping[str, str] | None = None,
    due: str = "",
) -> tuple[Request, ...]:
    """Ask each originator of the chosen lines; one request per originator and thing asked about. Raises BadInput.

    A question about the operation that a seizure came of is about the operation: its originator sees that.
    """
    permit(room, viewer, Act.ASK)
    to, now, why = cases.recipient(room, partner), room.clock.now_ms(), words(reason, "reason", 400)
    ends = time_of(due, room.clock) if due.strip() else now + DUE_MS
    if ends <= now:
        raise BadInput("The answer would be due before it is asked.", "Give a later time.")
    with room.db.reading(viewer) as conn:
        subject, held = candidates(conn, ref)
    worded, asked = _other_wordings(held, wordings or {}), by(viewer, now)
    picked = [
        line
        for line in chosen(held, lines)
        if line.originator not in (viewer.partner, to.code)
        and (to.code not in line.marking.releasable_to or worded.get(line.id))
    ]
    if not picked:
        raise BadInput("There is nobody to ask about these lines.", "Propose the release.")
    made = []
    with room.db.writing() as conn:
        for (origin, of), asked_of in _by_question(picked, subject).items():
            about = tuple((x.kind, x.id, worded.get(x.id, "")) for x in asked_of)
            number = store.next_number(conn, store.REQUEST)
            request = Request(str(uuid4()), number, of, origin, to.code, why, ends, asked, about)
            store.add_request(conn, request)
            said = f"lines: {len(about)}"
            note(
                conn, viewer, now, "ask", "origin_request", request.ref,
                owner=origin, recipient=to.code, reason=why, detail=said,
            )  # fmt: skip
            made.append(request)
    return tuple(made)


def _by_question(picked: Iterable[Candidate], subject: Subject) -> dict[tuple[str, Subject], list[Candidate]]:
    """Originator and what is asked about -> the lines: an operation or target beside ``subject`` is one itself."""
    found: dict[tuple[str, Subject], list[Candidate]] = defaultdict(list)
    for line in sorted(picked, key=lambda one: one.originator):
        beside = line.kind in SUBJECTS and line.id != subject.id
        found[line.originator, Subject(line.kind, line.id) if beside else subject].append(line)
    return found


def _other_wordings(held: tuple[Candidate, ...], typed: Mapping[str, str]) -> dict[str, str]:
    """Statement id -> the wording asked about; a wording that is the original one is no other."""
    lines = {line.id: line for line in held}
    return {id_: other(lines[id_], text) for id_, text in worded_otherwise(held, typed).items()}


def find(conn: Connection, ref: str) -> Request:
    """The request of a reference (Q-0007); raises BadInput when there is none on this connection."""
    number = parse_number(ref, "Q")
    made = next((one for one in store.requests(conn) if one.number == number), None)
    if made is None:
        raise BadInput(f"There is no request {ref}.", "See: maoc ask list.")
    return made


def answer(
    room: Room,
    viewer: Viewer,
    ref: str,
    said: str,
    *,
    condition: str = "",
    until: str = "",
    reason: str = "",
) -> Request:
    """Record what the originator answers; only its own officers do. A withdrawal recalls what rests on it."""
    if said not in ANSWERS:
        raise BadInput(f"{said[:40]!r} is no answer.", f"Say {', '.join(ANSWERS)}.")
    with room.db.reading(viewer) as conn:
        origin = find(conn, ref).originator
    permit(room, viewer, Act.ANSWER, origin)
    if viewer.partner != origin:
        raise NotPermitted(f"Only an officer of {origin} answers for {origin}.", "Let its officer record it.")
    now = room.clock.now_ms()
    why = words(reason, "reason", 400, empty=said == "granted")
    ends = time_of(until, room.clock) if until.strip() else None
    if ends is not None and ends <= now:
        raise BadInput("The consent would end before it begins.", "Give a later time.")
    terms = words(condition, "condition", 400, empty=True)
    with room.db.writing() as conn:
        request = find(conn, ref)
        repeated = request.last is not None and request.last.answer == said
        resting = standing_releases(conn, _about(request), request.partner)
        if repeated and (said == "granted" or not resting):
            raise BadInput(f"{request.ref} is {said} already.", "Nothing is to be done.")
        if said == "withdrawn" and (request.last is None or request.last.answer != "granted"):
            raise BadInput(f"{request.ref} was not granted.", "Answer refused.")
        reply = Reply(said, by(viewer, now), terms, ends, why)
        store.add_reply(conn, request, reply)
        note(
            conn, viewer, now, "answer", "origin_request", request.ref,
            owner=origin, recipient=request.partner, reason=why, detail=said,
        )  # fmt: skip
        if said != "granted":
            recall_all(conn, viewer, _about(request), reply.by, f"{request.ref}: {why}", request.partner)
        return find(conn, ref)


def _about(request: Request) -> frozenset[str]:
    return frozenset(statement for _, statement, _ in request.lines)
