"""The decision table whole: one answer everywhere, every rule reached, nothing widened by silence."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.desk.law_reference import law
from maoc_tui.domain import law_rules, treaty_lists
from maoc_tui.domain.law_answer import answer
from maoc_tui.domain.law_question import STATUSES, Place, Question
from maoc_tui.domain.law_rules import Result
from maoc_tui.domain.law_table import DecisionTable
from maoc_tui.problems import BadInput

MEMBERS = frozenset({"PT", "ES", "FR", "IE", "IT", "NL", "GB"})
RAW = tomllib.loads(resources.data("law", "rules.toml").read_text(encoding="utf-8"))


def first_holding(values: dict[str, str]) -> str:
    """The answer by a plain walk over the file: the lowest rank whose every condition holds."""
    holding = [
        rule for rule in RAW["rule"] if all(values[name] in allowed for name, allowed in rule["when"].items())
    ]
    return min(holding, key=lambda rule: rule["rank"])["id"]


def values_of(name: str) -> list[str]:
    return list(RAW["feature"][name]["values"])


def test_every_combination_has_exactly_one_answer_and_every_rule_is_reached() -> None:
    table = law().table
    assert table.cells.size > 1_000_000
    assert (table.cells[table.possible] < len(table.rules.rules)).all()
    reached = {table.rules.rules[n].id for n in np.unique(table.cells[table.possible])}
    assert reached == {rule["id"] for rule in RAW["rule"]}


def test_the_table_is_what_a_plain_walk_over_the_rules_says() -> None:
    table, names = law().table, list(RAW["feature"])
    chosen = np.random.default_rng(7).choice(table.cells.size, 20_000, replace=False)
    for flat in chosen:
        at = np.unravel_index(flat, table.cells.shape)
        if not table.possible[at]:
            continue
        values = {name: values_of(name)[i] for name, i in zip(names, at, strict=True)}
        assert table.rules.rules[table.cells[at]].id == first_holding(values)


def test_zone_by_relation_by_status_by_treaty_by_medium_all_answer() -> None:
    book = law()
    zones = ("land", "archipelagic", "territorial", "contiguous", "eez", "joint", "high_seas")
    flags = ("ES", "IT", "PT", "IE", "GB", "PA", "BZ", "KP")
    asked = 0
    for kind, coast, status, flag, medium in product(zones, ("ES", "SN"), STATUSES, flags, ("sea", "air")):
        states = () if kind == "high_seas" else (coast,)
        question = Question(
            "ES",
            (Place(kind, states),),
            date(2022, 12, 14),
            "" if status in ("stateless", "unknown") else flag,
            status,
            medium,
            (15.0, -60.0),
        )
        assert isinstance(book.rule(question, MEMBERS).result, Result)
        asked += 1
    assert asked == 7 * 2 * 8 * 8 * 2


def test_most_restrictive_holds_for_every_pair_of_zones() -> None:
    book, day = law(), date(2022, 12, 14)
    places = [
        Place(kind, (state,)) for kind in ("territorial", "contiguous", "eez") for state in ("ES", "PT")
    ]
    places.append(Place("high_seas", ()))
    for (one, two), (flag, status) in product(
        product(places, places),
        [("PA", "claimed"), ("", "stateless"), ("ES", "confirmed"), ("IT", "confirmed")],
    ):
        alone = [book.rule(Question("ES", (place,), day, flag, status), MEMBERS) for place in (one, two)]
        both = book.rule(Question("ES", (one, two), day, flag, status), MEMBERS)
        assert both.result == min(rule.result for rule in alone)


facts = st.fixed_dictionaries(
    {},
    optional={
        feature.name: st.sampled_from(list(feature.values))
        for feature in law().rules.features
        if feature.asked
    },
)
kinds = st.sampled_from(["internal", "territorial", "contiguous", "eez", "high_seas", "joint"])
places = st.builds(
    lambda kind, states, agreed: Place(kind, () if kind == "high_seas" else states, agreed),
    kinds,
    st.sampled_from([("ES",), ("PT",), ("SN",), ("NL",), ("ES", "MA")]),
    st.booleans(),
)


@st.composite
def questions(draw: Any) -> Question:
    status = draw(st.sampled_from(list(STATUSES)))
    flag = draw(st.sampled_from(["ES", "IT", "IE", "GB", "PA", "BZ", "KP", "GI"]))
    return Question(
        acting=draw(st.sampled_from(["ES", "PT", "FR", "IE", "NL", "US"])),
        places=tuple(draw(st.lists(places, min_size=1, max_size=2, unique=True))),
        on=date(2022, 12, 14),
        flag="" if status in ("stateless", "unknown") else flag,
        flag_status=status,
        medium=draw(st.sampled_from(["sea", "air"])),
        position=(draw(st.floats(-60, 70)), draw(st.floats(-179, 179))),
        facts=draw(facts),
    )


@given(questions(), st.data())
@settings(max_examples=150)
def test_changing_one_input_never_turns_stop_into_go_silently(question: Question, data: Any) -> None:
    from dataclasses import replace

    book = law()
    before = answer(book, question, MEMBERS)
    feature = data.draw(st.sampled_from([f for f in book.rules.features if f.asked]))
    value = data.draw(st.sampled_from(list(feature.values)))
    after = answer(book, replace(question, facts={**question.facts, feature.name: value}), MEMBERS)
    if after.rule.id != before.rule.id:
        named = {(change.fact, change.to, change.rule) for change in before.would_change}
        assert (feature.words, feature.values[value], after.rule.id) in named


@given(questions(), st.sampled_from(list(STATUSES)))
@settings(max_examples=100)
def test_another_flag_status_is_named_among_the_changes(question: Question, status: str) -> None:
    from dataclasses import replace

    book, named = law(), status in ("confirmed", "claimed", "no-answer", "denied")
    if named and not question.flag:
        return
    before = answer(book, question, MEMBERS)
    flag = "" if status == "stateless" else question.flag
    after = answer(book, replace(question, flag=flag, flag_status=status), MEMBERS)
    if after.rule.id != before.rule.id:
        assert ("flag status", status, after.rule.id) in {(c.fact, c.to, c.rule) for c in before.would_change}


@given(questions())
@settings(max_examples=100)
def test_saying_a_fact_that_is_unknown_never_makes_it_stricter(question: Question) -> None:
    """Silence counts with every value, so the answer to silence is a lower bound."""
    from dataclasses import replace

    book = law()
    silent = book.rule(question, MEMBERS)
    for feature in book.rules.features:
        if feature.asked and not feature.assumed and feature.name not in question.facts:
            for value in feature.values:
                told = book.rule(replace(question, facts={**question.facts, feature.name: value}), MEMBERS)
                if all(place.agreed for place in question.places):
                    assert told.result >= silent.result


def changed(change: Any) -> DecisionTable:
    raw = copy.deepcopy(RAW)
    change(raw)
    table = DecisionTable(law_rules.parse(raw))
    table.check()
    return table


def rule(raw: dict[str, Any], name: str) -> dict[str, Any]:
    return next(entry for entry in raw["rule"] if entry["id"] == name)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw["rule"].remove(rule(raw, "R27")), "no rule answers for"),
        (lambda raw: rule(raw, "R20").update(rank=1, when={}), "answer everything"),
        (lambda raw: rule(raw, "R20").update(rank=rule(raw, "R19")["rank"]), "stands twice"),
        (lambda raw: rule(raw, "R20")["when"].update(zone=["ezz"]), "'ezz' is not one of its values"),
        (lambda raw: rule(raw, "R20")["when"].update(zoen=["eez"]), "no such feature"),
        (lambda raw: rule(raw, "R20").update(resutl="GO"), "no such field"),
        (lambda raw: rule(raw, "R20").update(result="MAYBE"), "is not GO, ASK, LOOK or STOP"),
        (lambda raw: rule(raw, "R26").update(consent_from=""), "names whose consent"),
        (lambda raw: rule(raw, "R20").update(verification="sure"), "is not verified"),
        (lambda raw: rule(raw, "R20").update(cite=[]) or rule(raw, "R20").pop("cite"), "it is missing"),
    ],
)
def test_a_bad_rule_is_refused_with_its_name(change: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said) as problem:
        changed(change)
    assert "law/rules.toml" in problem.value.message


def test_a_bad_treaty_is_refused_with_its_name() -> None:
    raw = tomllib.loads(resources.data("law", "treaties.toml").read_text(encoding="utf-8"))
    del raw["treaty"]["coe"]["source"]
    with pytest.raises(BadInput, match="treaty coe, source"):
        treaty_lists.parse(raw)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"flag_status": "sure"}, "not a flag status"),
        ({"flag_status": "confirmed"}, "needs its State"),
        ({"flag": "PA", "flag_status": "stateless"}, "has no flag"),
        ({"facts": {"voyge": "inward"}}, "not a fact"),
        ({"facts": {"voyage": "up"}}, "not a value"),
        ({"said": frozenset({"sunk"})}, "not a fact"),
        ({"medium": "land"}, "neither sea nor air"),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(question: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        answer(law(), Question("ES", (), date(2022, 12, 14), **question), MEMBERS)
