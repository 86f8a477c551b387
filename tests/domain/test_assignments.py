"""Assignments: what may follow what, and who leads."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.assignments import (
    HELD,
    NEXT,
    NOBODY,
    Assignment,
    Event,
    State,
    TaskRole,
    check_step,
    lead_of,
    parse_role,
)
from maoc_tui.domain.marking import default
from maoc_tui.problems import BadInput


def assignment(
    *states: State, partner: str = "ES", role: TaskRole = TaskRole.LEAD, at: int = 10
) -> Assignment:
    events = tuple(Event(uuid4(), state, "", None, "by", at + step) for step, state in enumerate(states))
    return Assignment(uuid4(), uuid4(), partner, role, "by", at, default("MAOC"), events)


P, A, W, D, R = State.PROPOSED, State.ACCEPTED, State.ACTIVE, State.DECLINED, State.RELIEVED


@pytest.mark.parametrize(
    ("held", "kind", "partner", "since"),
    [
        ([], "none", "", 0),
        ([assignment(P)], "offered", "ES", 0),
        ([assignment(P, A)], "held", "ES", 11),
        ([assignment(P, A, W)], "held", "ES", 11),
        ([assignment(P, D)], "none", "", 0),
        ([assignment(P, A, R)], "none", "", 12),
        ([assignment(P, R)], "none", "", 0),
        ([assignment(W, partner=NOBODY)], "not_agreed", "", 10),
        ([assignment(W, R, partner=NOBODY), assignment(P, A, at=20)], "held", "ES", 21),
        ([assignment(P, A, role=TaskRole.SUPPORT)], "none", "", 0),
    ],
)
def test_who_leads_and_since_when(held: list[Assignment], kind: str, partner: str, since: int) -> None:
    lead = lead_of(held, 0)
    assert (lead.kind, lead.partner, lead.since_ms) == (kind, partner, since)


@pytest.mark.parametrize(
    ("held", "amber"),
    [
        ([], True),
        ([assignment(P)], True),
        ([assignment(P, A)], False),
        ([assignment(W, partner=NOBODY)], False),
    ],
)
def test_a_target_without_a_lead_turns_amber_after_the_limit(held: list[Assignment], amber: bool) -> None:
    assert lead_of(held, 0).amber(901_000, 900_000) is amber
    assert not lead_of(held, 0).amber(900_000, 900_000)


@given(st.sampled_from(State), st.sampled_from(State))
def test_only_what_the_table_says_may_follow(now: State, then: State) -> None:
    if then in NEXT[now]:
        check_step(now, then)
    else:
        with pytest.raises(BadInput):
            check_step(now, then)


def test_what_was_declined_or_relieved_stays_so() -> None:
    assert not NEXT[State.DECLINED]
    assert not NEXT[State.RELIEVED]
    assert not HELD & {State.DECLINED, State.RELIEVED, State.PROPOSED}


@pytest.mark.parametrize(
    ("typed", "role"), [("lead", "LEAD"), ("Asset provider", "ASSET_PROVIDER"), ("inf", "INFORMED")]
)
def test_roles_are_read_as_people_type_them(typed: str, role: str) -> None:
    assert parse_role(typed) is TaskRole(role)


@pytest.mark.parametrize("typed", ["", "boss", "x"])
def test_what_is_no_role_is_refused_with_the_list(typed: str) -> None:
    with pytest.raises(BadInput) as fault:
        parse_role(typed)
    assert "SUPPORT" in fault.value.way_out
