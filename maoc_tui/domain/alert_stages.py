"""How far an alert has come: the stages of the gap board, what counts as heard, and what it was worth.

Pure functions of what officers did. Every act names the revision of the alert it was done at: what is said of one
revision says nothing of the next, except that somebody watches or searches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

NEW, EXPLAINED, WATCHING, SEARCHING, FOUND, CLOSED = STAGES = (
    "new",
    "explained",
    "watching",
    "searching",
    "found",
    "closed",
)
"""The stages of the gap board, in their order."""
_LASTING = frozenset({WATCHING, SEARCHING})
"""What goes on when the cause gets worse or comes back; the others are over with what they were said of."""
LEVELS = ("note", "look", "act now")
"""The levels of an alert, in words."""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing an officer did to an alert."""

    act: str
    """ack, stage, escalate, judge."""
    revision: int
    by: str
    partner: str
    at_ms: int
    stage: str = ""
    useful: bool | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A silence: until when, up to which level, of one cause or of a rule on a contact."""

    id: str
    alert: str
    """Id of the alert it was asked on."""
    rule: str
    subject: int
    asset: str
    wide: bool
    level: int
    from_ms: int
    until_ms: int
    by: str
    partner: str
    ended_ms: int | None = None
    ended_by: str = ""

    def live(self, now_ms: int) -> bool:
        """Whether it lasts."""
        return now_ms < self.until_ms and self.ended_ms is None

    def covers(self, alert: str, rule: str, subject: int, asset: str, level: int) -> bool:
        """Whether it keeps an alert quiet; what got worse than when it was asked for is heard all the same."""
        if level > self.level:
            return False
        return alert == self.alert or (
            self.wide and (rule, subject, asset) == (self.rule, self.subject, self.asset)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an alert stands by what officers did."""

    stage: str
    stage_by: Done | None
    """Who put it there; None while it is new."""
    heard: Done | None
    """Who acknowledged it as it is now, and after it was escalated where it was; None while nobody did."""
    escalated: Done | None
    useful: bool | None
    """Whether it was worth the time, as said last; None while nobody said."""


def standing(done: Sequence[Done], revision: int) -> Standing:
    """Where an alert at a revision stands; ``done`` in order of entry."""
    now = [one for one in done if one.revision == revision]
    raised = max((at + 1 for at, one in enumerate(now) if one.act == "escalate"), default=0)
    moved = [one for one in done if one.stage and (one.revision == revision or one.stage in _LASTING)]
    last = moved[-1] if moved and _holds(done, moved[-1], revision) else None
    return Standing(
        stage=last.stage if last is not None else NEW,
        stage_by=last,
        heard=next(iter(now[raised:]), None),
        escalated=now[raised - 1] if raised else None,
        useful=next((one.useful for one in reversed(done) if one.useful is not None), None),
    )


def _holds(done: Sequence[Done], moved: Done, revision: int) -> bool:
    """Whether a stage was not left before the alert became what it is."""
    if moved.revision == revision:
        return True
    return next(one for one in reversed(done) if one.stage) is moved


def check_stage(text: str, now: str) -> str:
    """The stage meant by a word or its beginning, which must be another than ``now``; raises BadInput."""
    typed = text.strip().casefold()
    fits = [one for one in STAGES if typed and one.startswith(typed)]
    if typed in STAGES:
        fits = [typed]
    if len(fits) != 1 or fits[0] == NEW:
        choices = ", ".join(one for one in STAGES if one not in (NEW, now))
        raise BadInput(f"{printable(text, 20)!r} is not a stage it can go to.", f"Choose one of {choices}.")
    if fits[0] == now:
        raise BadInput(f"It is {now} already.", "Nothing is to be done.")
    return fits[0]


def verdict_of(stage: str) -> bool | None:
    """What reaching a stage says of an alert's worth: an innocent explanation was not worth the time."""
    return {EXPLAINED: False, SEARCHING: True}.get(stage)


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was worth an officer's time."""

    rule: str
    raised: int
    decided: int
    useful: int
    retire: bool = False
    """Proposed for retirement: enough was decided, and too little of it was useful."""

    @property
    def rate(self) -> float | None:
        """Useful of decided; None while nothing is decided."""
        return self.useful / self.decided if self.decided else None


def precision(
    judged: Iterable[tuple[str, bool | None]], *, below: float, least: int
) -> tuple[Precision, ...]:
    """Rule and verdict of every alert to a line per rule, by name; ``below`` and ``least`` say what is too little."""
    counts: dict[str, list[int]] = {}
    for rule, useful in judged:
        held = counts.setdefault(rule, [0, 0, 0])
        held[0] += 1
        held[1] += useful is not None
        held[2] += bool(useful)
    return tuple(
        Precision(rule, raised, decided, useful, decided >= least and useful < below * decided)
        for rule, (raised, decided, useful) in sorted(counts.items())
    )
