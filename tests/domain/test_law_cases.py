"""Worked cases: the rule a lawyer reading the treaty texts and the public cases would name, one by one.

Zone, coastal State, acting State, flag and status are given; the expected rule was written from the texts
(UNCLOS, 1988 Convention Art. 17, ETS 156, San José, the Spanish treaties) before the program was asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from maoc_tui.desk.law_reference import law
from maoc_tui.domain.law_answer import Answer, answer
from maoc_tui.domain.law_question import Place, Question

MEMBERS = frozenset({"PT", "ES", "FR", "IE", "IT", "NL", "GB"})
GUINEA, CARIBBEAN, CANARIES = (1.5, 3.0), (15.0, -65.0), (28.5, -28.0)
HIGH_SEAS = "high_seas"

# acting, zone, coastal States, flag, status, facts, expected rule, expected result
CASES = [
    # immunity comes before everything
    ("ES", HIGH_SEAS, "", "VE", "immune", {}, "R01", "STOP"),
    ("ES", "territorial", "ES", "VE", "immune", {}, "R01", "STOP"),
    ("PT", "internal", "PT", "", "immune", {}, "R01", "STOP"),
    # internal waters and land
    ("PT", "internal", "PT", "PA", "confirmed", {}, "R02", "GO"),
    ("PT", "internal", "PT", "PT", "confirmed", {}, "R02", "GO"),
    ("PT", "land", "PT", "", "unknown", {}, "R02", "GO"),
    ("ES", "internal", "PT", "ES", "confirmed", {}, "R03", "STOP"),
    ("ES", "internal", "PT", "", "stateless", {}, "R03", "STOP"),
    # own territorial sea
    ("PT", "territorial", "PT", "PT", "confirmed", {}, "R04", "GO"),
    ("PT", "territorial", "PT", "PA", "confirmed", {"voyage": "inward"}, "R05", "GO"),
    ("PT", "territorial", "PT", "PA", "claimed", {"voyage": "outward"}, "R05", "GO"),
    ("PT", "territorial", "PT", "PA", "claimed", {"voyage": "passing", "offence": "continuing"}, "R06", "GO"),
    ("PT", "territorial", "PT", "PA", "claimed", {"voyage": "passing", "offence": "in_territory"}, "R06", "GO"),
    ("PT", "territorial", "PT", "PA", "claimed", {"voyage": "passing", "offence": "before_entry"}, "R07", "ASK"),
    ("PT", "territorial", "PT", "PA", "claimed", {}, "R07", "ASK"),
    ("PT", "territorial", "PT", "", "stateless", {}, "R08", "GO"),
    ("PT", "territorial", "PT", "", "unknown", {}, "R08", "GO"),
    ("CV", "archipelagic", "CV", "", "stateless", {}, "R08", "GO"),
    # another State's territorial sea
    ("ES", "territorial", "PT", "ES", "confirmed", {}, "R09", "STOP"),
    ("ES", "territorial", "PT", "PA", "confirmed", {}, "R09", "STOP"),
    ("ES", "territorial", "PT", "PT", "confirmed", {}, "R09", "STOP"),
    ("ES", "territorial", "PT", "VE", "claimed", {"pursuit": "yes"}, "R09", "STOP"),
    ("FR", "territorial", "SN", "", "stateless", {}, "R09", "STOP"),
    ("FR", "territorial", "HN", "HN", "claimed", {}, "R10a", "ASK"),
    ("US", "territorial", "DO", "", "unknown", {}, "R10a", "ASK"),
    # own contiguous zone
    ("ES", "contiguous", "ES", "ES", "confirmed", {}, "R20", "GO"),
    ("ES", "contiguous", "ES", "PA", "confirmed", {"voyage": "inward"}, "R12", "LOOK"),
    ("ES", "contiguous", "ES", "PA", "confirmed", {"voyage": "outward", "offence": "in_territory"}, "R13", "GO"),
    ("ES", "contiguous", "ES", "PA", "confirmed", {"voyage": "passing", "offence": "continuing"}, "R26", "ASK"),
    ("ES", "contiguous", "ES", "PA", "confirmed", {"presence": "yes"}, "R14", "GO"),
    ("ES", "contiguous", "ES", "PA", "confirmed", {}, "R12", "LOOK"),
    ("ES", "contiguous", "ES", "IT", "confirmed", {"voyage": "inward"}, "R21", "GO"),
    # another State's contiguous zone and EEZ count as high seas for drugs
    ("FR", "contiguous", "PT", "BR", "confirmed", {}, "R26", "ASK"),
    ("FR", "eez", "SL", "BR", "confirmed", {}, "R26", "ASK"),
    ("ES", "eez", "PT", "ES", "confirmed", {}, "R20", "GO"),
    ("PT", "eez", "PT", "PA", "claimed", {}, "R26", "ASK"),
    # hot pursuit
    ("PT", HIGH_SEAS, "", "PA", "confirmed", {"pursuit": "yes"}, "R19", "GO"),
    ("PT", "eez", "ES", "", "unknown", {"pursuit": "yes"}, "R19", "GO"),
    # flag jurisdiction and the special treaties
    ("IE", HIGH_SEAS, "", "IE", "confirmed", {}, "R20", "GO"),
    ("ES", HIGH_SEAS, "", "IT", "confirmed", {}, "R21", "GO"),
    ("IT", "eez", "FR", "ES", "confirmed", {}, "R21", "GO"),
    ("ES", HIGH_SEAS, "", "PT", "confirmed", {}, "R22", "GO"),
    ("PT", "eez", "PT", "ES", "confirmed", {}, "R22", "GO"),
    ("IE", HIGH_SEAS, "", "NL", "confirmed", {}, "R23", "ASK"),
    ("NL", HIGH_SEAS, "", "TR", "confirmed", {}, "R23", "ASK"),
    ("DE", HIGH_SEAS, "", "CY", "claimed", {}, "R23", "ASK"),
    ("ES", HIGH_SEAS, "", "IE", "confirmed", {}, "R25", "ASK"),
    ("FR", HIGH_SEAS, "", "GB", "confirmed", {}, "R25", "ASK"),
    ("PT", HIGH_SEAS, "", "GI", "confirmed", {}, "R25", "ASK"),
    ("ES", HIGH_SEAS, "", "GY", "claimed", {}, "R26", "ASK"),
    ("FR", HIGH_SEAS, "", "BR", "no-answer", {}, "R26", "ASK"),
    ("ES", HIGH_SEAS, "", "KP", "confirmed", {}, "R27", "ASK"),
    # nationality in doubt
    ("ES", HIGH_SEAS, "", "", "stateless", {}, "R28", "GO"),
    ("IE", HIGH_SEAS, "", "", "stateless", {}, "R28", "GO"),
    ("PT", HIGH_SEAS, "", "", "stateless", {}, "R28v", "GO"),
    ("PT", HIGH_SEAS, "", "", "stateless", {"reaches": "yes"}, "R28", "GO"),
    ("FR", HIGH_SEAS, "", "", "unknown", {}, "R29", "LOOK"),
    ("FR", "eez", "CV", "", "unknown", {}, "R29", "LOOK"),
    ("ES", HIGH_SEAS, "", "TG", "denied", {}, "R30", "GO"),
    ("PT", HIGH_SEAS, "", "TG", "denied", {}, "R30v", "GO"),
    ("FR", HIGH_SEAS, "", "", "conflict", {}, "R31", "ASK"),
    ("ES", HIGH_SEAS, "", "PA", "claimed", {"kin": "yes"}, "R32", "GO"),
    ("ES", HIGH_SEAS, "", "ES", "claimed", {}, "R32c", "LOOK"),
]  # fmt: skip


def asked(acting, zone, states, flag, status, facts, **more) -> Answer:
    place = Place(zone, tuple(states.split("/")) if states else (), more.pop("agreed", True))
    position = CARIBBEAN if states in ("HN", "DO") else more.pop("position", CANARIES)
    places = more.pop("places", (place,))
    question = Question(
        acting, places, date(2022, 12, 14), flag, status, facts=facts, position=position, **more
    )
    return answer(law(), question, MEMBERS)


@pytest.mark.parametrize(("acting", "zone", "states", "flag", "status", "facts", "rule", "result"), CASES)
def test_a_worked_case(acting, zone, states, flag, status, facts, rule, result) -> None:
    found = asked(acting, zone, states, flag, status, facts)
    assert (found.rule.id, found.rule.result.name) == (rule, result)


def test_the_worked_cases_are_many_and_touch_most_rules() -> None:
    assert len(CASES) >= 60
    everything = {rule.id for rule in law().rules.rules if not rule.id.startswith("A")}
    assert everything - {case[6] for case in CASES} == {"R10b", "R11", "R24a", "R24b", "R24c", "R24s"}


# what needs a place, an option or an aircraft


@pytest.mark.parametrize(
    ("flag", "status", "rule"),
    [("BZ", "confirmed", "R24b"), ("HN", "confirmed", "R24b"), ("US", "no-answer", "R24b")],
)
def test_san_jose_in_the_caribbean_asks_where_the_option_is_not_known(flag, status, rule) -> None:
    found = asked("FR", HIGH_SEAS, "", flag, status, {}, position=CARIBBEAN)
    assert found.rule.id == rule
    assert found.consent_from == (flag,)
    assert any("option" in text for text in found.unknown) == (flag != "BZ")


def test_outside_the_caribbean_san_jose_does_not_count() -> None:
    assert asked("FR", HIGH_SEAS, "", "HN", "confirmed", {}, position=GUINEA).rule.id == "R26"


def test_sint_maarten_stays_closed_while_it_is_not_known_whether_the_agreement_is_in_force() -> None:
    found = asked("FR", "territorial", "NL", "PA", "claimed", {"pursuit": "yes"}, position=(18.05, -63.1))
    assert found.rule.id == "R09"
    assert [other.id for other in found.others] == ["R11", "R10a", "R10b"]
    assert any("in force" in text for text in found.unknown)


@pytest.mark.parametrize(
    ("acting", "zone", "states", "flag", "rule", "result"),
    [
        ("PT", "territorial", "PT", "US", "A01", "GO"),
        ("PT", "land", "PT", "", "A01", "GO"),
        ("PT", "territorial", "ES", "US", "A02", "STOP"),
        ("PT", "eez", "PT", "US", "A04", "LOOK"),
        ("PT", "contiguous", "PT", "", "A04", "LOOK"),
        ("PT", HIGH_SEAS, "", "", "A04", "LOOK"),
        ("PT", "eez", "ES", "PT", "A03", "GO"),
    ],
)
def test_an_aircraft_is_judged_by_airspace(acting, zone, states, flag, rule, result) -> None:
    found = asked(acting, zone, states, flag, "confirmed" if flag else "unknown", {}, medium="air")
    assert (found.rule.id, found.rule.result.name) == (rule, result)


def test_the_stricter_of_two_zones_stands_when_the_circle_touches_both() -> None:
    both = (Place("territorial", ("PT",)), Place(HIGH_SEAS, ()))
    found = asked("ES", "", "", "", "stateless", {}, places=both)
    assert found.rule.id == "R09"
    assert ("zone", "high seas", "R28") in {(c.fact, c.to, c.rule) for c in found.would_change}
    assert any("which zone" in text for text in found.unknown)


def test_disputed_waters_allow_no_more_than_looking_to_either_claimant() -> None:
    found = asked("ES", "territorial", "ES/MA", "PA", "claimed", {"voyage": "inward"}, agreed=False)
    assert (found.rule.id, found.rule.result.name) == ("R18", "LOOK")
    changes = {(c.to, c.rule) for c in found.would_change if c.fact == "whose waters"}
    assert changes == {("ES", "R05"), ("MA", "R09")}


def test_disputed_waters_stay_closed_to_a_third_state() -> None:
    assert asked("FR", "territorial", "ES/MA", "PA", "claimed", {}, agreed=False).rule.id == "R09"


def test_a_position_outside_the_dataset_is_judged_as_the_strictest_zone() -> None:
    found = asked("ES", "", "", "ES", "confirmed", {}, places=())
    assert found.rule.result.name == "STOP"
    assert any("which zone" in text for text in found.unknown)


def test_a_state_not_on_an_open_list_is_not_known_never_no_party() -> None:
    found = asked("ES", HIGH_SEAS, "", "KP", "confirmed", {})
    assert found.unknown == ("whether KP is a party to the 1988 Convention",)
    assert [other.id for other in found.others] == ["R26"]


def test_the_end_of_a_pursuit_is_told_where_it_ends() -> None:
    found = asked("ES", "territorial", "PT", "VE", "claimed", {"pursuit": "yes"})
    assert [rider.id for rider in found.riders] == ["R19e"]


def test_distress_and_an_invitation_add_duties_and_change_nothing_else() -> None:
    plain = asked("FR", "eez", "SL", "BR", "confirmed", {})
    added = asked("FR", "eez", "SL", "BR", "confirmed", {}, said=frozenset({"distress", "invited"}))
    assert added.rule == plain.rule
    assert [rider.id for rider in added.riders] == ["R17", "R33", "R34"]
    assert added.verification.value == "recalled"


def test_a_coastal_states_declaration_is_told() -> None:
    assert any("17(11)" in note for note in asked("FR", "eez", "BR", "PA", "confirmed", {}).notes)


# San José with the options set, and Sint Maarten with the agreement in force: what the lists do not say today


def with_treaty(code: str, **changes) -> Any:
    treaties = law().treaties
    changed = replace(treaties.by_code[code], **changes)
    return replace(law(), treaties=replace(treaties, by_code={**treaties.by_code, code: changed}))


@pytest.mark.parametrize(
    ("option", "status", "facts", "rule", "result", "clocks"),
    [
        ("open", "confirmed", {}, "R24a", "GO", ()),
        ("open", "claimed", {}, "R24b", "ASK", ("C3",)),
        ("consent", "confirmed", {}, "R24b", "ASK", ("C3",)),
        ("consent", "no-answer", {"waited": "yes"}, "R24b", "ASK", ("C3",)),
        ("silence", "confirmed", {}, "R24s", "ASK", ("C3", "C4")),
        ("silence", "no-answer", {}, "R24s", "ASK", ("C3", "C4")),
        ("silence", "no-answer", {"waited": "yes"}, "R24c", "GO", ("C4",)),
    ],
)
def test_san_jose_by_the_option_a_state_chose(option, status, facts, rule, result, clocks) -> None:
    changed = with_treaty("sj", options={"HN": option})
    question = Question(
        "FR", (Place(HIGH_SEAS, ()),), date(2022, 12, 14), "HN", status, position=CARIBBEAN, facts=facts
    )
    found = answer(changed, question, MEMBERS)
    assert (found.rule.id, found.rule.result.name, found.rule.clocks) == (rule, result, clocks)


@pytest.mark.parametrize(
    ("facts", "rule"), [({"pursuit": "yes"}, "R11"), ({}, "R09")], ids=["pursuit", "no pursuit"]
)
def test_sint_maarten_once_in_force_lets_only_a_pursuit_go_on(facts, rule) -> None:
    changed = with_treaty("frnl", in_force=True)
    place, at = Place("territorial", ("SX",)), (18.05, -63.1)
    found = answer(
        changed,
        Question("FR", (place,), date(2027, 1, 1), "PA", "claimed", position=at, facts=facts),
        MEMBERS,
    )
    assert found.rule.id == rule
    assert "BOARD" not in found.rule.permits


def test_four_hours_of_silence_change_nothing_under_any_other_treaty() -> None:
    for flag in ("GY", "IE", "GB", "KP"):
        plain = asked("ES", HIGH_SEAS, "", flag, "no-answer", {})
        waited = asked("ES", HIGH_SEAS, "", flag, "no-answer", {"waited": "yes"})
        assert waited.rule == plain.rule
        assert plain.rule.result.name == "ASK"


def test_an_answer_names_the_list_of_parties_it_rests_on() -> None:
    assert [t.code for t in asked("ES", HIGH_SEAS, "", "GY", "claimed", {}).rests_on] == ["v88"]
    assert [t.code for t in asked("IE", HIGH_SEAS, "", "NL", "confirmed", {}).rests_on] == ["coe"]
    assert asked("ES", HIGH_SEAS, "", "ES", "confirmed", {}).rests_on == ()


def test_a_rule_past_its_review_says_so() -> None:
    late = Question("ES", (Place(HIGH_SEAS, ()),), date(2028, 1, 1), "GY", "confirmed")
    assert any("read again" in note for note in answer(law(), late, MEMBERS).notes)
    assert not any("read again" in note for note in asked("ES", HIGH_SEAS, "", "GY", "confirmed", {}).notes)


def test_a_ship_that_claims_the_own_flag_is_checked_in_the_own_register() -> None:
    found = asked("PT", "territorial", "PT", "PT", "claimed", {})
    assert (found.rule.id, found.consent_from) == ("R07", ("the register of PT",))


def test_what_an_open_list_might_say_is_among_the_changes() -> None:
    changes = {(c.fact, c.rule) for c in asked("ES", HIGH_SEAS, "", "KP", "confirmed", {}).would_change}
    assert ("treaty between the acting and the flag State", "R26") in changes
