"""What the law of the position is asked: who acts, where, on which flag, and what a person said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from maoc_tui.domain.law_rules import Rules
from maoc_tui.problems import BadInput

STATUSES = {
    "confirmed": "confirmed",
    "claimed": "claimed",
    "denied": "denied",
    "no-answer": "no_answer",
    "conflict": "conflict",
    "stateless": "stateless",
    "unknown": "unknown",
    "immune": "immune",
}
"""Flag status as said, to the value of the feature for another State's flag."""
_NAMED = ("confirmed", "claimed", "no-answer", "denied")
"""Statuses that speak of one named State."""


@dataclass(frozen=True, slots=True)
class Place:
    """One zone the position may lie in, as the zone index names it."""

    kind: str
    states: tuple[str, ...]
    agreed: bool = True
    """False where the States named all claim it, or the line is unsettled."""

    def __str__(self) -> str:
        return f"{'/'.join(self.states)} {self.kind.replace('_', ' ')}".strip()


@dataclass(frozen=True, slots=True)
class Question:
    """Everything the answer rests on."""

    acting: str
    places: tuple[Place, ...]
    """Every zone the circle of error touches; empty when the zone is not known."""
    on: date
    flag: str = ""
    flag_status: str = "unknown"
    medium: str = "sea"
    position: tuple[float, float] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    """Features said by a person: voyage, offence, pursuit, presence, kin, reaches."""
    said: frozenset[str] = frozenset()
    """Facts that add duties: distress, invited."""
    stale: str = ""
    """Why the position is old, in words; "" when it is fresh."""
    near: tuple[str, ...] = ()
    """Lines that are nearer than they are accurate, in words: why both sides of them are among the places."""

    def check(self, rules: Rules) -> None:
        """Raise BadInput when it contradicts itself or names what no rule knows."""
        self._check_flag()
        known = {feature.name: feature for feature in rules.features if feature.asked}
        for name, value in self.facts.items():
            if name not in known:
                raise BadInput(f"{name!r} is not a fact.", f"Say one of {', '.join(known)}.")
            if value not in known[name].values:
                values = ", ".join(known[name].values)
                raise BadInput(f"{value!r} is not a value of {name}.", f"Say one of {values}.")
        strange = self.said - set(rules.facts)
        if strange:
            raise BadInput(f"{min(strange)!r} is not a fact.", f"Say one of {', '.join(rules.facts)}.")
        if self.medium not in rules.feature("medium").values:
            raise BadInput(f"{self.medium!r} is neither sea nor air.", "Say sea or air.")

    def _check_flag(self) -> None:
        if self.flag_status not in STATUSES:
            raise BadInput(
                f"{self.flag_status!r} is not a flag status.", f"Say one of {', '.join(STATUSES)}."
            )
        if self.flag_status in _NAMED and not self.flag:
            raise BadInput(
                f"A flag that is {self.flag_status} needs its State.",
                "Give the flag, or say stateless or unknown.",
            )
        if self.flag and self.flag_status == "stateless":
            raise BadInput("A vessel without nationality has no flag.", "Leave the flag out, or say denied.")


def alternatives(question: Question) -> Iterator[tuple[Question, str, str]]:
    """The same question with another flag status, or with its zone or claimant settled: fact, and to what."""
    for status in STATUSES:
        if status == question.flag_status or (status in _NAMED and not question.flag):
            continue
        flag = "" if status == "stateless" else question.flag
        yield replace(question, flag=flag, flag_status=status), "flag status", status
    if len(question.places) > 1:
        for place in question.places:
            yield replace(question, places=(place,)), "zone", str(place)
    for place in question.places:
        if not place.agreed and len(place.states) > 1:
            for state in place.states:
                yield replace(question, places=(Place(place.kind, (state,)),)), "whose waters", state
