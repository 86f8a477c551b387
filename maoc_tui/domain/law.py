"""The law of the position: which rule answers for an acting State, here, on this flag.

Pure. A fact that nobody said counts with all its values and the strictest answer stands; so does a position
whose circle of error touches two zones. Where States dispute the waters and their claims lead to different
answers, nothing but observing is advised. Advice, not decision.
Rules and their sources: data/law/rules.toml (UNCLOS, 1988 Convention Art. 17 and the treaties named there).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maoc_tui.domain.law_question import STATUSES, Place, Question
from maoc_tui.domain.law_rules import Rule, Rules
from maoc_tui.domain.law_table import DecisionTable
from maoc_tui.domain.law_treaties import Bond, Treaties

ADVICE = "advice, not decision"
_ZONES = {
    "land": "internal",
    "internal": "internal",
    "archipelagic": "territorial",
    "territorial": "territorial",
    "contiguous": "contiguous",
    "eez": "eez",
    "joint": "eez",
    "high_seas": "high_seas",
}
"""Kind of zone to the value of the feature; archipelagic waters are judged as territorial sea."""
_NO_BOND = Bond(("none",))


@dataclass(frozen=True, slots=True)
class Case:
    """One zone with one claimant: what the features may be there."""

    place: Place
    values: Mapping[str, tuple[str, ...]]
    bonds: Mapping[str, Bond]
    """Feature to the treaty bond behind its values."""


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """Rules, treaties, and what is known of States."""

    rules: Rules
    table: DecisionTable
    treaties: Treaties
    reaches: Mapping[str, bool]
    """State to whether its law reaches ships without nationality; a State not named is not known."""
    declarations: Mapping[str, str]
    """State to what it declared as a coastal or flag State."""

    def rule(self, question: Question, members: frozenset[str]) -> Rule:
        """The rule that answers: the strictest over every zone the position may lie in."""
        return self.ruled(question, members)[0]

    def ruled(self, question: Question, members: frozenset[str]) -> tuple[Rule, tuple[Rule, ...]]:
        """The rule that answers, and every other that would if what is not known turned out otherwise."""
        by_place: dict[Place, list[Rule]] = {}
        others: dict[str, Rule] = {}
        for case in self.cases(question, members):
            found = self.table.answers(case.values)
            by_place.setdefault(case.place, []).append(found[0])
            others.update((rule.id, rule) for rule in found)
        ruled = [self._of_claims(place, rules) for place, rules in by_place.items()]
        chosen = min(ruled, key=lambda rule: rule.strictness)
        others.update((rule.id, rule) for rule in ruled)
        others.pop(chosen.id, None)
        return chosen, tuple(sorted(others.values(), key=lambda rule: rule.strictness))

    def _of_claims(self, place: Place, rules: list[Rule]) -> Rule:
        if place.agreed or len({rule.id for rule in rules}) == 1:
            return min(rules, key=lambda rule: rule.strictness)
        return self.rules.disputed

    def cases(self, question: Question, members: frozenset[str]) -> Iterator[Case]:
        """Every zone with every claimant."""
        common, bond = self._common(question, members)
        for place in question.places or tuple(Place(kind, ("",)) for kind in _ZONES):
            for claimant in place.states or ("",):
                coast, near = self._coast(question, place, claimant)
                values = {
                    **common,
                    "zone": (_ZONES[place.kind],),
                    "coast": (coast,),
                    "coast_treaty": near.values,
                }
                yield Case(place, values, {"treaty": bond, "coast_treaty": near})

    def _coast(self, question: Question, place: Place, claimant: str) -> tuple[str, Bond]:
        if place.kind == "high_seas":
            return "none", _NO_BOND
        if claimant and self.treaties.state(claimant) == self.treaties.state(question.acting):
            return "own", _NO_BOND
        return "other", self.treaties.with_coast(question.acting, claimant, question.position, question.on)

    def _common(self, question: Question, members: frozenset[str]) -> tuple[dict[str, tuple[str, ...]], Bond]:
        """The features that do not depend on the zone."""
        flag, bond = self._flag(question), _NO_BOND
        if flag in ("confirmed", "claimed", "no_answer"):
            bond = self.treaties.with_flag(
                question.acting, question.flag, question.position, question.on, members
            )
        values = {"medium": (question.medium,), "flag": (flag,), "treaty": bond.values}
        for feature in self.rules.features:
            if feature.asked:
                said = question.facts.get(feature.name, feature.assumed)
                values[feature.name] = (said,) if said else tuple(feature.values)
        acting = self.treaties.state(question.acting)
        if "reaches" not in question.facts and acting in self.reaches:
            values["reaches"] = ("yes" if self.reaches[acting] else "no",)
        return values, bond

    def _flag(self, question: Question) -> str:
        status = STATUSES[question.flag_status]
        if question.flag and self.treaties.state(question.flag) == self.treaties.state(question.acting):
            own = {"confirmed": "own", "claimed": "own_claimed", "no_answer": "own_claimed"}
            return own.get(status, status)
        return status
