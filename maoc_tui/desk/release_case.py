"""One possible release as the checklist sees it: the partner today, permission line by line, what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.gate import Released, Statement, may_see
from maoc_tui.domain.marking import CEILING
from maoc_tui.domain.partner_facts import Instrument, Standing
from maoc_tui.domain.releases import By, Candidate, Request
from maoc_tui.domain.roles import Role
from maoc_tui.domain.safeguards import Answer, Case, Review, review
from maoc_tui.domain.safeguards_file import shipped
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput

REFUSALS = frozenset({"refused", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Recipient:
    """A partner somebody thinks of releasing to, as it stands on this date."""

    code: str
    name: str
    standing: Standing
    instruments: tuple[Instrument, ...]
    """In force today."""

    @property
    def limits(self) -> str:
        """What its status means for a release, in a sentence."""
        if not self.standing.reads:
            return f"{self.code} is {self.standing.status} and reads nothing: nothing can be released to it."
        if self.standing.named_from_ms is None:
            return f"{self.code} is {self.standing.status}: each line takes a recorded release."
        return f"{self.code} is {self.standing.status}: it reads what names it, and what is released to it."


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether the originator lets a statement go to a partner, and why."""

    given: bool
    reason: str
    until_ms: int | None = None
    """When the originator's consent ends; None where it has no end, or none was needed."""
    condition: str = ""
    """What the originator's consent holds whoever gets it to."""
    refused: bool = False
    """The originator said no, and has not said yes since."""


def recipient(room: Room, partner: str) -> Recipient:
    """The partner of a code on this date. Raises BadInput for an unknown one and for the Centre itself."""
    known, now = room.register.partner(partner), room.clock.now_ms()
    today = from_ms(now).date()
    held = tuple(one for one in room.register.instruments(known.code) if one.holds(today))
    return Recipient(known.code, known.name, room.register.standing(known.code, now), held)


def permission(
    line: Candidate,
    wording: str,
    partner: str,
    persons: Iterable[By | Viewer],
    requests: Iterable[Request],
    now_ms: int,
) -> Permission:
    """Whether the originator of a line lets ``partner`` have it in this wording.

    It does by naming the partner, for the original alone ("" for ``wording``); by its own officer proposing or
    approving; or by its recorded consent to just this wording.
    """
    origin = line.originator
    if partner == origin:
        return Permission(False, f"{partner} is its originator and has it")
    if partner in line.marking.releasable_to and not wording:
        return Permission(True, f"{origin} named {partner} when it was recorded")
    if any(person.partner == origin for person in persons):
        return Permission(True, f"own statement of {origin}")
    asked = [r for r in requests if r.partner == partner and any(line.id == s for _, s, _ in r.lines)]
    if not asked:
        if partner in line.marking.releasable_to:
            return Permission(False, f"{origin} named {partner} for the original, not for another wording")
        return Permission(False, f"{line.marking.highest.name}, originator {origin}, not asked")
    refused = max((r for r in asked if _answer(r) in REFUSALS), key=_order, default=None)
    given = [r for r in asked if r.consents(line.id, wording, now_ms)]
    consent = max(given, key=_order, default=None)
    if consent is not None and (refused is None or _order(refused) < _order(consent)):
        return _consented(origin, consent)
    newest = asked[0] if refused is None or consent is None else refused
    if newest.state(now_ms) == "granted":
        told = f"{origin} was asked about another wording, {newest.ref}: granted"
    else:
        told = f"{origin} was asked, {newest.ref}: {newest.state(now_ms)}"
    return Permission(False, told, refused=refused is not None)


def _answer(request: Request) -> str:
    return request.last.answer if request.last is not None else ""


def _order(request: Request) -> int:
    """When its last answer was entered, among all answers: a refusal outdoes every consent given before it."""
    return request.last.seq if request.last is not None else 0


def _consented(origin: str, request: Request) -> Permission:
    """Permission on the terms of the consent: they go with whatever rests on it."""
    until_ms, condition = (said.until_ms, said.condition) if (said := request.last) else (None, "")
    ends = f", until {format_dtg(from_ms(until_ms))}" if until_ms is not None else ""
    terms = f", on condition: {condition}" if condition else ""
    told = f"{origin} consented, {request.ref}{ends}{terms}"
    return Permission(True, told, until_ms, f"Condition of {origin}: {condition}." if condition else "")


def case(
    room: Room,
    to: Recipient,
    lines: tuple[Candidate, ...],
    permissions: tuple[Permission, ...],
    *,
    conditions: bool,
) -> Case:
    """What the checklist is about, with what the record answers by itself."""
    now = room.clock.now_ms()
    refused = [
        f"{line.title}: {said.reason}"
        for line, said in zip(lines, permissions, strict=True)
        if not said.given
    ]
    marks = sorted({f"{line.originator} {line.marking.highest.name}" for line in lines})
    above = [line.title for line in lines if line.marking.classification > CEILING]
    consent = (not refused, "; ".join(refused) or "; ".join(sorted({said.reason for said in permissions})))
    record = {
        "Q03": (True, f"{len(lines)} lines: {', '.join(marks)}"),
        "Q04": consent,
        "Q06": (not above, "; ".join(above) or "nothing is"),
        "Q11": consent,
        "Q19": (
            conditions,
            "attached" if conditions else "say the condition and the end, or take the usual one",
        ),
        "Q24": (True, "in the journal and the release log, with the record's own time"),
    }
    return Case(
        partner=to.code,
        recipient_class=to.standing.recipient_class,
        originators=frozenset(line.originator for line in lines),
        instruments=frozenset(one.kind for one in to.instruments),
        today=from_ms(now).date(),
        record=record,
    )


def judge(where: Case, answers: Mapping[str, Answer]) -> Review:
    """The shipped checklist for a case as answered so far."""
    return review(shipped().questions, where, answers)


def hidden_lines(
    room: Room,
    to: Recipient,
    lines: tuple[Candidate, ...],
    released: Iterable[Released],
    own: str,
    *,
    told: bool,
) -> tuple[Candidate, ...]:
    """Those of ``lines`` that the partner does not see as things are; BadInput when it sees them all.

    Of the lines of others than ``own`` somebody who is not ``told`` learns nothing: they count as not seen.
    """
    now, held = room.clock.now_ms(), tuple(released)
    as_partner = Viewer(to.name, to.code, roles=frozenset({Role.LIAISON}))

    def seen(line: Candidate) -> bool:
        statement = Statement(line.id, line.marking, line.recorded_ms)
        open_to_say = told or line.originator == own
        return open_to_say and bool(may_see(statement, as_partner, to.standing, held, now))

    hidden = tuple(line for line in lines if not seen(line))
    if not hidden:
        raise BadInput(f"{to.code} sees all of that already.", "Nothing is to be released.")
    return hidden


def asked_state(requests: Iterable[Request], line: Candidate, partner: str, now_ms: int) -> str:
    """How asking the originator of a line goes, for the gate's reason: ``asked Q-0003, waiting``."""
    for request in requests:
        if request.partner == partner and any(line.id == id_ for _, id_, _ in request.lines):
            return f"asked {request.ref}, {request.state(now_ms)}"
    return "not asked"
