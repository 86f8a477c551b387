"""The rule of who sees what, case by case and as properties; the oracle here shares no code with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.gate import GateContext, Released, Statement, audience, context, may_see
from maoc_tui.domain.marking import Handling, Marking, combine
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer

NOW = 1_670_987_261_000
"""2022-12-14 03:07:41Z."""
HOUR = 3_600_000
PARTNERS = ("ES", "FR", "BE", "MAOC")


@dataclass(frozen=True)
class At:
    """A partner's standing, as a test wants it."""

    code: str
    status: str = "member"
    reads: bool = True
    named_from_ms: int | None = 0


def officer(partner: str, *roles: Role) -> Viewer:
    return Viewer("Ortega", partner, roles=frozenset(roles or {Role.LIAISON}))


def said(originator: str, *named: str, at: int = NOW - HOUR, above: tuple[Statement, ...] = ()) -> Statement:
    return Statement("s1", Marking(frozenset({originator}), releasable_to=frozenset(named)), at, above)


def seen(statement: Statement, partner: str, *releases: Released, **standing: Any) -> str:
    return may_see(statement, officer(partner), At(partner, **standing), releases, NOW).reason


def test_every_verdict_says_which_rule_decided() -> None:
    live = Released("s1", "BE", NOW - HOUR, NOW + HOUR, ref="R-0012", by="ES")
    prospective = {"status": "prospective", "named_from_ms": None}
    assert seen(said("ES"), "ES") == "In: own statement"
    assert seen(said("ES", "FR"), "FR") == "In: named by originator ES 02:07Z"
    assert seen(said("FR"), "ES") == "Out: H2, originator FR, not asked"
    assert seen(said("ES"), "BE", live) == "In: released R-0012 by ES 02:07Z until 04:07Z"
    assert seen(said("ES", "BE"), "BE", **prospective) == (
        "Out: named, but BE was prospective when this was recorded; needs a release"
    )
    assert seen(said("ES", "BE"), "BE", named_from_ms=NOW) == (
        "Out: named, but BE was no full member yet when this was recorded; needs a release"
    )
    assert seen(said("ES"), "BE", replace(live, recalled_ms=NOW - 60_000)) == (
        "Out: release R-0012 recalled 03:06Z"
    )
    assert seen(said("ES"), "BE", replace(live, until_ms=NOW)) == "Out: release R-0012 ended 03:07Z"
    assert seen(said("ES"), "BE", replace(live, from_ms=NOW + 1)) == "Out: release R-0012 begins 03:07Z"
    assert seen(said("ES"), "ES", reads=False, status="suspended") == "Out: ES is suspended and reads nothing"
    assert seen(said("FR", "ES", above=(said("FR", "ES"), said("FR"))), "ES") == (
        "Out: what it belongs to is hidden (H2, originator FR, not asked)"
    )


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, None])
def test_without_an_operational_role_nothing_is_seen_not_even_own(role: Role | None) -> None:
    viewer = Viewer("x", "ES", roles=frozenset({role} if role else ()))
    verdict = may_see(said("ES"), viewer, At("ES"), (), NOW)
    assert not verdict
    assert "does not read operations" in verdict.reason


def test_the_whole_is_seen_only_in_single_user_mode() -> None:
    assert may_see(said("ES"), WATCH, None, (), NOW)
    assert not may_see(said("ES"), replace(WATCH, all_seeing=False), At("MAOC"), (), NOW)


def test_combined_statements_reach_only_whom_all_named() -> None:
    both = combine(said("ES", "FR", "BE").marking, said("FR", "ES", "BE").marking)
    whole = Statement("s1", both, NOW - HOUR)
    assert {p for p in PARTNERS if may_see(whole, officer(p), At(p), (), NOW)} == {"ES", "FR", "BE"}
    apart = Statement("s1", combine(said("ES").marking, said("FR").marking), NOW - HOUR)
    assert not any(may_see(apart, officer(p), At(p), (), NOW) for p in PARTNERS)


partners = st.sampled_from(PARTNERS)
instants = st.integers(-3, 3).map(lambda hours: NOW + hours * HOUR)
markings = st.builds(
    Marking,
    partners.map(lambda p: frozenset({p})),
    st.frozensets(st.sampled_from(list(Handling)), min_size=1),
    releasable_to=st.frozensets(partners),
)
plain = st.builds(Statement, st.sampled_from(["s1", "s2"]), markings, instants)
above = st.tuples(plain) | st.tuples(plain, plain)
statements = plain | st.builds(Statement, st.sampled_from(["s1", "s2"]), markings, instants, above)
standings = st.builds(At, partners, st.just("member"), st.booleans(), st.none() | instants)
releases = st.lists(
    st.builds(
        Released,
        st.sampled_from(["s1", "s2"]),
        partners,
        instants,
        st.none() | instants,
        st.none() | instants,
    ),
    max_size=4,
)
roles = st.frozensets(st.sampled_from(list(Role)))


def plainly(statement: Statement, viewer: Viewer, standing: At, given_: list[Released]) -> bool:
    """The rule once more, from the prose."""
    if not {"coordinator", "liaison", "analyst", "releaser"} & {role.value for role in viewer.roles}:
        return False
    if not standing.reads:
        return False
    me, (origin,) = viewer.partner, statement.marking.originators
    member_then = standing.named_from_ms is not None and standing.named_from_ms <= statement.recorded_ms
    open_release = [
        r for r in given_
        if r.statement == statement.id and r.partner == me and r.recalled_ms is None
        and r.from_ms <= NOW and not (r.until_ms is not None and r.until_ms <= NOW)
    ]  # fmt: skip
    mine = origin == me or (me in statement.marking.releasable_to and member_then) or bool(open_release)
    return mine and all(plainly(above, viewer, standing, given_) for above in statement.parents)


@given(statements, standings, roles, releases)
def test_the_rule_is_what_the_prose_says(
    statement: Statement, standing: At, held: frozenset[Role], given_: list[Released]
) -> None:
    viewer = Viewer("x", standing.code, roles=held)
    verdict = may_see(statement, viewer, standing, given_, NOW)
    assert verdict.seen == plainly(statement, viewer, standing, given_)
    assert verdict.reason.startswith("In: " if verdict else "Out: ")


@given(statements, standings, roles, releases)
def test_taking_a_release_a_name_or_a_role_away_never_shows_more(
    statement: Statement, standing: At, held: frozenset[Role], given_: list[Released]
) -> None:
    viewer = Viewer("x", standing.code, roles=held)
    if may_see(statement, viewer, standing, given_, NOW):
        return
    unnamed = replace(statement, marking=replace(statement.marking, releasable_to=frozenset()))
    fewer = replace(viewer, roles=frozenset(list(held)[1:]))
    for less in given_:
        assert not may_see(statement, viewer, standing, [r for r in given_ if r is not less], NOW)
    assert not may_see(unnamed, viewer, standing, given_, NOW)
    assert not may_see(statement, fewer, standing, given_, NOW)


@given(standings, st.sampled_from(PARTNERS), instants)
def test_nobody_named_and_nothing_released_is_the_originator_alone(
    standing: At, origin: str, at: int
) -> None:
    verdict = may_see(said(origin, at=at), officer(standing.code), standing, (), NOW)
    assert verdict.seen == (standing.reads and standing.code == origin)


def test_the_context_grants_nothing_to_a_partner_unknown_or_suspended() -> None:
    assert context(officer("XX"), None, NOW) == GateContext("XX", False, None, NOW)
    assert context(officer("BE"), At("BE", reads=False), NOW) == GateContext("BE", False, None, NOW)
    auditor = context(officer("ES", Role.AUDITOR), At("ES"), NOW)
    assert (auditor.reads, auditor.traffic, auditor.partners) == (False, False, True)


class Register:
    """Three members, one prospective, one suspended."""

    def standing(self, code: str, at_ms: int) -> At | None:
        known = {
            "BE": At("BE", "prospective", named_from_ms=None),
            "NL": At("NL", "suspended", reads=False, named_from_ms=None),
            **{code: At(code) for code in ("ES", "FR", "PT", "MAOC")},
        }
        return known.get(code)

    def members(self, at_ms: int) -> frozenset[str]:
        return frozenset({"ES", "FR", "PT"})


def test_before_saving_one_sentence_says_who_will_see_it() -> None:
    def told(originator: str, *named: str) -> str:
        return audience(said(originator, *named).marking, Register(), NOW, ("BE",)).sentence

    assert told("FR", "PT", "ES", "BE") == "FR, ES, PT will see this; BE will not."
    assert told("ES") == "ES alone will see this; nobody else."
    assert told("MAOC", "ES", "NL") == "MAOC, ES will see this; BE, FR, NL, PT will not."
    assert told("NL") == "Nobody will see this."


@given(markings)
def test_the_sentence_agrees_with_the_rule(marking: Marking) -> None:
    told = audience(marking, Register(), NOW)
    for code in PARTNERS:
        now = may_see(Statement("s", marking, NOW), officer(code), Register().standing(code, NOW), (), NOW)
        assert (code in told.will) == now.seen
        assert not (code in told.will and code in told.will_not)
