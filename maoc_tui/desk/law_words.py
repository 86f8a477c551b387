"""The answer of the law desk in words: as lines for a person and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maoc_tui.desk import state_profile, zones
from maoc_tui.desk.law import Judged
from maoc_tui.desk.law_reference import clock_rules, law
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.law import ADVICE
from maoc_tui.domain.law_answer import Answer
from maoc_tui.domain.law_question import Question
from maoc_tui.domain.law_rules import Rule
from maoc_tui.domain.law_treaties import Treaty
from maoc_tui.domain.partner_facts import day_text


def as_json(judged: Judged) -> dict[str, Any]:
    """The answer with the keys that scripts rely on (design 6), and everything a person sees."""
    found, rule = judged.answer, judged.answer.rule
    question = found.question
    return {
        "result": rule.result.name,
        "rule": rule.id,
        "title": rule.title,
        "jurisdiction": rule.jurisdiction,
        "basis": rule.basis,
        "permits": list(rule.permits),
        "consent_from": ", ".join(found.consent_from) or None,
        "turn_to": _turn_to(found) or None,
        "notice": list(rule.notice),
        "conditions": list(rule.conditions),
        "citations": list(rule.cite),
        "clocks": list(rule.clocks),
        "riders": [
            {"rule": rider.id, "title": rider.title, "adds": list(rider.adds), "citations": list(rider.cite)}
            for rider in found.riders
        ],
        "notes": [*found.notes, *filter(None, [rule.note])],
        "unknown": list(found.unknown),
        "would_change": [
            {"fact": change.fact, "to": change.to, "rule": change.rule, "result": change.result.name}
            for change in found.would_change
        ],
        "may_also_be": [{"rule": other.id, "result": other.result.name} for other in found.others],
        "treaties": [_treaty_json(treaty) for treaty in found.rests_on],
        "review_by": rule.review_by.isoformat(),
        "flag_state": None if judged.flag_state is None else state_profile.as_json(judged.flag_state),
        "verification": found.verification.value,
        "advice": ADVICE,
        "acting": question.acting,
        "flag": question.flag or None,
        "flag_status": question.flag_status,
        "medium": question.medium,
        "facts": dict(question.facts),
        "as_of": from_ms(judged.at_ms).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "position": {"lat": judged.zone.lat, "lon": judged.zone.lon, "text": judged.zone.position},
        "zone": zones.as_json(judged.zone),
    }


def _treaty_json(treaty: Treaty) -> dict[str, Any]:
    """A treaty the answer rests on, with how sure its list of parties is."""
    return {
        "treaty": treaty.short,
        "article": treaty.article,
        "source": treaty.source,
        "as_of": law().treaties.as_of.isoformat(),
        "complete": treaty.complete,
        "verification": treaty.verification.value,
    }


def headline(judged: Judged) -> str:
    """One line: ``ASK GY – R26 flag of a party to the 1988 Convention (recalled)``."""
    found = judged.answer
    whom = f" {', '.join(found.consent_from)}" if found.consent_from else ""
    return f"{found.rule.result.name}{whom} – {found.rule.id} {found.rule.title} ({found.verification.value})"


def lines(judged: Judged) -> list[tuple[str, str]]:
    """The whole answer as (label, text), in the order a coordinator asks."""
    found, rule = judged.answer, judged.answer.rule
    told = [
        ("where", f"{judged.zone.position}  {judged.zone.text}"),
        ("flag", _flag_words(found.question)),
        ("basis", rule.basis),
        ("articles", "; ".join(rule.cite)),
        ("jurisdiction", rule.jurisdiction),
        ("permits", _permits(rule)),
        ("consent", ", ".join(found.consent_from)),
        ("turn to", _turn_to(found)),
        *(("notice", text) for text in rule.notice),
        *(("condition", text) for text in rule.conditions),
        *(("clock", _clock(name)) for name in rule.clocks),
        *((rider.id, f"{rider.title}: {'; '.join(rider.adds)}") for rider in found.riders),
        *(("note", text) for text in (*found.notes, rule.note)),
        *(("not known", text) for text in found.unknown),
        *(("would change", text) for text in _would_change(found)),
        *(("party list", _list(treaty)) for treaty in found.rests_on),
        *_of_flag_state(judged),
        ("checked", f"{found.verification.value}; review by {day_text(rule.review_by)}; {ADVICE}"),
    ]
    return [(label, text) for label, text in told if text]


def decision_table() -> list[dict[str, str]]:
    """Every line of the decision table over what a watch sees first: medium, zone, whose, flag, treaty."""
    found = []
    for line, rules in law().table.rows(("medium", "zone", "coast", "flag", "treaty")):
        foreign = line["flag"] in ("confirmed", "claimed", "no_answer")
        if foreign or line["treaty"] == "none":
            shown = {**line, "treaty": line["treaty"] if foreign else ""}
            found.append({**shown, "rules": " ".join(_told(rule) for rule in rules)})
    return found


def _turn_to(found: Answer) -> str:
    """Whom to turn to, by name where it is known."""
    question, whom = found.question, found.rule.turn_to
    if whom == "flag":
        return question.flag or "the flag State"
    if whom == "coast":
        states = dict.fromkeys(s for place in question.places for s in place.states if s != question.acting)
        return ", ".join(states) or "the coastal State"
    return whom


def _would_change(found: Answer) -> Iterator[str]:
    """Each fact once per result: ``flag status: denied or stateless → GO (R28, R30)``."""
    grouped: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for change in found.would_change:
        to, rules = grouped.setdefault((change.fact, change.result.name), ([], []))
        to.append(change.to)
        rules += [change.rule] if change.rule not in rules else []
    for (fact, result), (to, rules) in grouped.items():
        yield f"{fact}: {' or '.join(dict.fromkeys(to))} → {result} ({', '.join(rules)})"


def _list(treaty: Treaty) -> str:
    whole = "whole" if treaty.complete else "not whole: a State it does not name is not known"
    day = day_text(law().treaties.as_of)
    return f"{treaty.short}, {treaty.verification.value}, {day}, {whole}; {treaty.source}"


def _clock(name: str) -> str:
    rule = clock_rules()[name]
    return f"{name} {rule.title}: {rule.limit}; at its end {rule.on_expiry} ({rule.cite}, {rule.verification.value})"


def _of_flag_state(judged: Judged) -> Iterator[tuple[str, str]]:
    """What is known of the flag State, the unknown told in one line."""
    if judged.flag_state is None:
        return
    told = state_profile.lines(judged.flag_state)[1:-1]
    for label, text in told:
        if label == "usual reply":
            yield label, text
        elif text != state_profile.UNKNOWN:
            yield "flag State", text if label == "instrument" else f"{label}: {text}"
    blank = [label for label, text in told if text == state_profile.UNKNOWN]
    if blank:
        yield "flag State", f"not known: {', '.join(blank)}"


def _permits(rule: Rule) -> str:
    if rule.permits:
        return ", ".join(word.lower().replace("_", " ") for word in rule.permits)
    return "nothing without that consent" if rule.consent_from else "nothing"


def _told(rule: Rule) -> str:
    return f"{rule.id}:{rule.result.name}"


def _flag_words(question: Question) -> str:
    status = question.flag_status.replace("-", " ")
    return f"{question.flag} {status}".strip()
