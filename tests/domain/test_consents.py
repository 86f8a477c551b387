"""Whose consent counts: given to the acting State, by the flag State, or by the coastal State in its own waters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui.domain.consents import Given, Whereabouts, against, conditions, givers
from maoc_tui.domain.requests import CONSENTS, Kind, Scope, Standing, State

BOARD = frozenset({Scope.BOARD})
AT_SEA = Whereabouts("VE", ("",))


def grant(
    by: str, to: str = "ES", kind: Kind = Kind.BOARDING_CONSENT, scope: frozenset[Scope] = BOARD
) -> Given:
    return Given("RQ-0007", kind, by, to, Standing(State.GRANTED, scope, ("report",), None, None, False))


@pytest.mark.parametrize(
    ("held", "acting", "about", "said"),
    [
        ((), "ES", AT_SEA, "no consent is in force: board is not covered"),
        ((grant("VE"),), "ES", AT_SEA, ""),
        ((grant("BR"),), "ES", AT_SEA, "no consent of VE, its flag State, to ES is in force (RQ-0007 is BR's to ES)"),
        ((grant("VE", "FR"),), "ES", AT_SEA, "RQ-0007 is VE's to FR"),
        ((grant("VE", kind=Kind.COASTAL_NOTICE),), "ES", AT_SEA, "no consent of VE, its flag State"),
        ((grant("VE", kind=Kind.INFORMATION),), "ES", AT_SEA, "no consent of VE, its flag State"),
        ((grant("VE", scope=frozenset({Scope.SEARCH})),), "ES", AT_SEA, "consent covers search only: board"),
        ((grant("VE"),), "ES", Whereabouts("", ("",)), "its flag is not known"),
        ((grant("VE"),), "", AT_SEA, "nobody is named as the acting State"),
        ((grant("VE"),), "ES", Whereabouts("VE"), ""),
        ((grant("VE"),), "ES", Whereabouts("VE", ("PT",)), "no consent of PT, in whose waters it is, to ES"),
        ((grant("PT"),), "ES", Whereabouts("VE", ("PT",)), ""),
        ((grant("PT", kind=Kind.COASTAL_NOTICE),), "ES", Whereabouts("", ("PT",)), ""),
        ((grant("PT"),), "ES", AT_SEA, "no consent of VE, its flag State"),
        ((grant("PT"),), "ES", Whereabouts("VE", ("", "PT")), "no consent of VE, its flag State"),
        ((grant("VE"),), "ES", Whereabouts("VE", ("", "PT")), "no consent of PT, in whose waters it is"),
        ((grant("VE"), grant("PT")), "ES", Whereabouts("VE", ("", "PT")), ""),
        ((grant("MA"),), "ES", Whereabouts("VE", ("ES", "MA")), "no consent of VE, its flag State"),
    ],
)  # fmt: skip
def test_a_grant_counts_for_whom_and_by_whom_and_where_it_was_given(held, acting, about, said) -> None:
    found = against(held, Scope.BOARD, acting, about)
    assert bool(found) == bool(said)
    assert said in "; ".join(found)


def test_the_silence_a_flag_state_elected_is_no_coastal_states_word() -> None:
    deemed = Given(
        "RQ-0001", Kind.BOARDING_CONSENT, "BZ", "US", Standing(State.DEEMED, BOARD, (), None, None, False)
    )
    assert against((deemed,), Scope.BOARD, "US", Whereabouts("BZ", ("",))) == ()
    assert against((deemed,), Scope.BOARD, "US", Whereabouts("BZ", ("BZ",)))


def test_conditions_told_are_those_of_the_consents_that_count() -> None:
    assert conditions((grant("VE"),), Scope.BOARD, "ES", AT_SEA) == ("report",)
    assert conditions((grant("BR"), grant("VE", "FR")), Scope.BOARD, "ES", AT_SEA) == ()


codes = st.sampled_from(["ES", "FR", "VE", "PT"])
scopes = st.frozensets(st.sampled_from(list(Scope)))
held = st.lists(st.builds(grant, codes, codes, st.sampled_from(list(Kind)), scopes), max_size=5)
abouts = st.builds(
    Whereabouts, codes | st.just(""), st.lists(codes | st.just(""), max_size=3, unique=True).map(tuple)
)


def covered_only_by_its_own(check, given_, wanted, acting, about) -> bool:
    """Whatever is covered, every State needed gave that measure to that State in a request for consent."""
    if check(given_, wanted, acting, about):
        return True
    return all(
        any(
            one.by == giver.state and one.to == acting and wanted in one.standing.scope and one.kind in CONSENTS
            for one in given_
        )
        for giver in givers(acting, about)
    )  # fmt: skip


@given(held, st.sampled_from(list(Scope)), codes, abouts)
@settings(max_examples=400)
def test_nothing_is_covered_by_another_states_word(given_, wanted, acting, about) -> None:
    assert covered_only_by_its_own(against, given_, wanted, acting, about)


def test_the_property_catches_a_guard_that_takes_any_grant() -> None:
    def any_grant(given_, wanted, acting, about) -> tuple[str, ...]:
        return () if any(wanted in one.standing.scope for one in given_) else ("none",)

    assert not covered_only_by_its_own(any_grant, [grant("BR")], Scope.BOARD, "ES", AT_SEA)
