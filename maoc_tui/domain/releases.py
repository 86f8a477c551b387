"""Releases as values: what is asked, answered, proposed, approved, refused, recalled, and still to be done."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.safeguards import Answer
from maoc_tui.problems import BadInput

KINDS_OF = {
    "target": ("target", "identity_fact", "sighting", "contact_link", "assignment", "request"),
    "operation": ("operation", "log_line", "operation_assignment"),
    "seizure": (
        "seizure", "seizure_find", "seizure_weighing", "seizure_persons", "seizure_stated", "seizure_transfer",
    ),
    "asset": ("asset", "asset_profile", "asset_report", "tasking"),
}  # fmt: skip
"""What a release is of -> the statements of it that can be released, itself first."""
SUBJECTS = tuple(KINDS_OF)
KINDS = tuple(kind for kinds in KINDS_OF.values() for kind in kinds)
"""Statements that can be released."""
WORDED = frozenset(KINDS) - {
    "identity_fact", "contact_link", "assignment", "operation_assignment", "asset_profile",
}  # fmt: skip
"""Statements of which another wording may be released (of an operation or asset: its name); others as they are."""
_REFERENCE = re.compile(r"\s*([RQ])-?(\d{1,6})\s*", re.IGNORECASE)


class Stage(StrEnum):
    """Where a proposed release stands."""

    PROPOSED = "proposed"
    RELEASED = "released"
    REFUSED = "refused"
    RECALLED = "recalled"
    """Every line of it."""
    ENDED = "ended"
    """By its date."""


@dataclass(frozen=True, slots=True)
class By:
    """Who did something, for whom, when."""

    name: str
    officer: str
    """Id of the officer signed in; "" in single-user mode."""
    partner: str
    at_ms: int

    def same_person(self, name: str, officer: str) -> bool:
        """Whether somebody is this person: the same officer, or the same name."""
        return bool(officer and officer == self.officer) or name.casefold() == self.name.casefold()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a release, or a question to an originator, is about."""

    kind: str
    """One of SUBJECTS; "" for an originator of one line from whom the rest is hidden."""
    id: str
    """The UUID as text; "" likewise."""
    ref: str = ""
    """``OP-0031``; "" where nobody looked it up."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One statement as it stands now, to be looked at for a release."""

    kind: str
    id: str
    """The UUID as text."""
    title: str
    """``name: LA PALOMA``; ``sighting 14 Dec 0310Z``."""
    text: str
    """What it says; the original beside any other wording."""
    marking: Marking
    recorded_ms: int
    digest: str
    above: tuple[str, ...] = ()
    """Ids of the statements it is a line of: whoever does not see them all does not see it."""
    beside: tuple[str, ...] = ()
    """Ids of statements without which it does not go out: the entry that stands in place of a corrected one."""

    @property
    def originator(self) -> str:
        """Whose statement it is."""
        (code,) = self.marking.originators
        return code


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One statement of a proposal."""

    kind: str
    id: str
    originator: str
    wording: str
    """What stands for it; "" for the statement as it is."""
    digest: str


@dataclass(frozen=True, slots=True)
class Released:
    """One statement as it was released."""

    id: str
    kind: str
    statement: str
    recalled: By | None
    recall_reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A release from its proposal on."""

    id: str
    number: int
    subject: Subject
    partner: str
    status: str
    recipient_class: str
    need: str
    answers: dict[str, Answer]
    condition: str
    channel: str
    until_ms: int | None
    emergency: bool
    threat: str
    proposed: By
    lines: tuple[ProposedLine, ...]
    approved: By | None = None
    refused: By | None = None
    refusal: str = ""
    releases: tuple[Released, ...] = ()

    @property
    def ref(self) -> str:
        """``R-0012``."""
        return f"R-{self.number:04d}"

    @property
    def originators(self) -> frozenset[str]:
        """Whose statements are in it."""
        return frozenset(line.originator for line in self.lines)

    def stage(self, now_ms: int) -> Stage:
        """Where it stands."""
        if self.refused is not None:
            return Stage.REFUSED
        if self.approved is None:
            return Stage.PROPOSED
        if all(line.recalled is not None for line in self.releases):
            return Stage.RECALLED
        ended = self.until_ms is not None and self.until_ms <= now_ms
        return Stage.ENDED if ended else Stage.RELEASED


@dataclass(frozen=True, slots=True)
class Reply:
    """What an officer of the originator answered."""

    answer: str
    """granted, refused or withdrawn."""
    by: By
    condition: str = ""
    until_ms: int | None = None
    reason: str = ""
    seq: int = 0
    """Order of entry among all answers."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question to an originator: may this partner read these statements of yours?"""

    id: str
    number: int
    subject: Subject
    originator: str
    partner: str
    reason: str
    due_ms: int
    asked: By
    lines: tuple[tuple[str, str, str], ...]
    """(kind, statement id, wording proposed)."""
    replies: tuple[Reply, ...] = field(default=())

    @property
    def ref(self) -> str:
        """``Q-0007``."""
        return f"Q-{self.number:04d}"

    @property
    def last(self) -> Reply | None:
        """The answer that counts; None while there is none."""
        return self.replies[-1] if self.replies else None

    def consents(self, statement: str, wording: str, now_ms: int) -> bool:
        """Whether it lets a statement go out now, in exactly this wording; "" is the original."""
        reply = self.last
        if reply is None or reply.answer != "granted":
            return False
        if reply.until_ms is not None and reply.until_ms <= now_ms:
            return False
        return any(id_ == statement and asked == wording for _, id_, asked in self.lines)

    def state(self, now_ms: int) -> str:
        """``waiting``, ``overdue``, ``granted``, ``refused``, ``withdrawn`` or ``lapsed``."""
        reply = self.last
        if reply is None:
            return "overdue" if self.due_ms <= now_ms else "waiting"
        lapsed = reply.answer == "granted" and reply.until_ms is not None and reply.until_ms <= now_ms
        return "lapsed" if lapsed else reply.answer


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to be done because of a release or a recall."""

    id: str
    number: int
    """Of the release."""
    kind: str
    partner: str
    text: str
    due_ms: int
    done: By | None = None
    words: str = ""


def parse_number(text: str, letter: str) -> int:
    """The number of R-0012 (letter R) or Q-0007 (letter Q); raises BadInput."""
    found = _REFERENCE.fullmatch(text)
    if found is None or found[1].upper() != letter:
        raise BadInput(f"{text[:40]!r} is no reference of that kind.", f"Give it as {letter}-0012.")
    return int(found[2])
