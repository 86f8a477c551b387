"""The answer of the law with its reasons: what is not known, and which single fact would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maoc_tui.domain.law import Case, Law
from maoc_tui.domain.law_question import Question, alternatives
from maoc_tui.domain.law_rules import Feature, Result, Rider, Rule, Verification
from maoc_tui.domain.law_treaties import Treaty
from maoc_tui.domain.partner_facts import day_text


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would lead to another rule."""

    fact: str
    to: str
    rule: str
    result: Result


@dataclass(frozen=True, slots=True)
class Answer:
    """The rule that answers, and everything a person must know beside it."""

    question: Question
    rule: Rule
    consent_from: tuple[str, ...]
    """State codes whose consent is needed, or the words of the rule where no State is known."""
    riders: tuple[Rider, ...]
    notes: tuple[str, ...]
    unknown: tuple[str, ...]
    """What nobody said and the answer hangs on."""
    would_change: tuple[Change, ...]
    others: tuple[Rule, ...]
    """Rules that would answer if what is not known turned out otherwise, the strictest first."""
    rests_on: tuple[Treaty, ...]
    """Treaties whose lists of parties it was read from."""
    verification: Verification
    """Of the weakest rule or list of parties it rests on."""


def answer(law: Law, question: Question, members: frozenset[str]) -> Answer:
    """What the acting State may do, explained; BadInput when the question contradicts itself.

    ``members`` are the parties of the Centre on the day of the question.
    """
    question.check(law.rules)
    rule, others = law.ruled(question, members)
    cases = tuple(law.cases(question, members))
    riders = tuple(rider for rider in law.rules.riders if _stands(rider, question, cases))
    return Answer(
        question=question,
        rule=rule,
        consent_from=_consent(law, rule, question),
        riders=riders,
        notes=tuple(dict.fromkeys((*_overdue(law, question, rule), *_notes(law, question, cases)))),
        unknown=tuple(dict.fromkeys(_unknown(law, question, members, rule, cases))),
        would_change=tuple(_changes(law, question, members, rule)),
        others=others,
        rests_on=tuple(law.treaties.by_code[code] for code in _lists(cases, rule)),
        verification=max(_marks(rule, riders, cases), key=lambda mark: mark.weakness),
    )


def _stands(rider: Rider, question: Question, cases: Sequence[Case]) -> bool:
    if rider.fact:
        return rider.fact in question.said
    return any(
        all(allowed & set(case.values[name]) for name, allowed in rider.when.items()) for case in cases
    )


def _lists(cases: Sequence[Case], rule: Rule) -> dict[str, None]:
    """The treaties on whose parties the rule depends, in order."""
    bonds = (bond for case in cases for name, bond in case.bonds.items() if name in rule.when)
    return dict.fromkeys(code for bond in bonds for code in bond.lists)


def _consent(law: Law, rule: Rule, question: Question) -> tuple[str, ...]:
    if rule.consent_from == "flag":
        if question.flag and law.treaties.state(question.flag) == law.treaties.state(question.acting):
            return (f"the register of {question.flag}",)
        return (question.flag or "the flag State",)
    if rule.consent_from == "coast":
        states = dict.fromkeys(s for place in question.places for s in place.states if s != question.acting)
        return tuple(states) or ("the coastal State",)
    return (rule.consent_from,) if rule.consent_from else ()


def _marks(rule: Rule, riders: Sequence[Rider], cases: Sequence[Case]) -> Iterator[Verification]:
    yield rule.verification
    yield from (rider.verification for rider in riders)
    for case in cases:
        yield from (bond.verification for name, bond in case.bonds.items() if name in rule.when)


def _overdue(law: Law, question: Question, rule: Rule) -> Iterator[str]:
    """What was to be read again by a day that has passed."""
    for what, by in ((f"rule {rule.id}", rule.review_by), ("the lists of parties", law.treaties.review_by)):
        if question.on > by:
            yield f"{what}: to be read again by {day_text(by)}, and not read again since"


def _notes(law: Law, question: Question, cases: Sequence[Case]) -> Iterator[str]:
    if question.stale:
        yield f"position stale: {question.stale}"
    yield from (note for case in cases for bond in case.bonds.values() for note in bond.says)
    codes = (question.flag, *(state for place in question.places for state in place.states))
    for code in dict.fromkeys(codes):
        state = law.treaties.state(code)
        if state in law.declarations:
            yield f"{state} {law.declarations[state]}"
    if any(place.kind == "archipelagic" for place in question.places):
        yield "archipelagic waters are judged as territorial sea; archipelagic passage is not weighed"


def _unknown(
    law: Law, question: Question, members: frozenset[str], rule: Rule, cases: Sequence[Case]
) -> Iterator[str]:
    if len(question.places) != 1:
        zones = " or ".join(str(place) for place in question.places) or "no dataset covers it"
        yield f"which zone it is in: {zones}"
    yield from (f"on which side of a line it is: {words}" for words in question.near)
    for place in question.places:
        if not place.agreed:
            yield f"whose waters these are: claimed by {' and '.join(place.states) or 'more than one State'}"
    for feature in _open(law, cases):
        found = {_told(law, question, members, feature, value).id for value in feature.values}
        if found != {rule.id}:
            yield feature.asked
    for case in cases:
        for name, bond in case.bonds.items():
            if bond.unknown and _hangs(law, case, name):
                yield from bond.unknown


def _open(law: Law, cases: Sequence[Case]) -> Iterator[Feature]:
    """Features asked of a person that nobody answered."""
    for feature in law.rules.features:
        if feature.asked and any(len(case.values[feature.name]) > 1 for case in cases):
            yield feature


def _hangs(law: Law, case: Case, name: str) -> bool:
    """Whether the values of a feature that a list of parties leaves open lead to different rules."""
    found = {law.table.strictest({**case.values, name: (value,)}).id for value in case.values[name]}
    return len(found) > 1


def _changes(law: Law, question: Question, members: frozenset[str], rule: Rule) -> Iterator[Change]:
    for feature in law.rules.features:
        for value, words in feature.values.items() if feature.asked else ():
            found = _told(law, question, members, feature, value)
            if found.id != rule.id:
                yield Change(feature.words, words, found.id, found.result)
    yield from _if_bound(law, question, members, rule)
    for changed, fact, to in alternatives(question):
        found = law.rule(changed, members)
        if found.id != rule.id:
            yield Change(fact, to, found.id, found.result)


def _if_bound(law: Law, question: Question, members: frozenset[str], rule: Rule) -> Iterator[Change]:
    """What an answer to an open question about a list of parties would lead to, where only one case stands."""
    cases = tuple(law.cases(question, members))
    for name, bond in cases[0].bonds.items() if len(cases) == 1 else ():
        words = law.rules.feature(name)
        for value in bond.values if len(bond.values) > 1 else ():
            found = law.table.strictest({**cases[0].values, name: (value,)})
            if found.id != rule.id:
                yield Change(words.words, words.values[value], found.id, found.result)


def _told(law: Law, question: Question, members: frozenset[str], feature: Feature, value: str) -> Rule:
    """The rule that would answer if somebody said this."""
    return law.rule(replace(question, facts={**question.facts, feature.name: value}), members)
