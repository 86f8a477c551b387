"""What binds whom on which day: not before a treaty was made, and never "not a party" where it is only not known."""

from __future__ import annotations

from datetime import date

import pytest

from maoc_tui.desk.law_reference import law

TREATIES = law().treaties
CARIBBEAN = (15.0, -70.0)


@pytest.mark.parametrize(
    ("code", "state", "day", "bound"),
    [
        ("esit", "IT", date(1989, 1, 1), False),
        ("esit", "IT", date(1992, 1, 1), None),
        ("esit", "IT", date(2022, 12, 14), True),
        ("espt", "PT", date(1997, 1, 1), False),
        ("espt", "PT", date(1999, 1, 1), None),
        ("espt", "PT", date(2022, 12, 14), True),
        ("coe", "DE", date(1999, 1, 1), False),
        ("sj", "GB", date(2022, 12, 14), None),
        ("sj", "GB", date(2002, 1, 1), False),
        ("v88", "GY", date(2022, 12, 14), True),
    ],
)
def test_a_treaty_binds_from_a_day_that_is_known(code, state, day, bound) -> None:
    assert TREATIES.by_code[code].binds(state, day) is bound


def test_a_treaty_not_known_to_be_in_force_leaves_both_answers_open() -> None:
    bond = TREATIES.with_flag("ES", "IT", None, date(1992, 1, 1), frozenset())
    assert "esit" in bond.values
    assert len(bond.values) > 1
    assert any("Spain-Italy 1990" in text for text in bond.unknown)
    before = TREATIES.with_flag("ES", "IT", None, date(1989, 1, 1), frozenset())
    assert "esit" not in before.values


def test_a_state_not_known_to_be_a_party_is_not_taken_for_none() -> None:
    day = date(2022, 12, 14)
    acting = TREATIES.with_flag("GB", "HN", CARIBBEAN, day, frozenset())
    assert {"sj_consent", "sj_open", "p88"} <= set(acting.values)
    assert "whether GB is a party to San José 2003" in acting.unknown
    coast = TREATIES.with_coast("GB", "HN", CARIBBEAN, day)
    assert set(coast.values) == {"none", "sj_ask", "sj_notice"}
    assert "whether GB is a party to San José 2003" in coast.unknown
    other = TREATIES.with_coast("FR", "JM", CARIBBEAN, day)
    assert "whether JM is a party to San José 2003" in other.unknown


def test_both_agreements_are_offered_where_both_may_apply() -> None:
    bond = TREATIES.with_coast("FR", "NL", (18.0, -63.1), date(2026, 11, 22))
    assert set(bond.values) == {"none", "frnl", "sj_ask", "sj_notice"}
