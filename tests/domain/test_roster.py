"""The roster: what is stood and what is missing make up the whole span, and never overlap."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.roster import Duty, holes

SPAN = 60


def duty(begins: int, length: int, *, stands: bool = True, post: str = "WATCH") -> Duty:
    cancelled = None if stands else 0
    return Duty(uuid4(), uuid4(), "somebody", "MAOC", post, begins, begins + length, "", "by", 0, cancelled)


duties = st.lists(
    st.builds(
        duty,
        st.integers(-20, SPAN + 20),
        st.integers(1, 40),
        stands=st.booleans(),
        post=st.sampled_from(["WATCH", "ON_CALL"]),
    ),
    max_size=8,
)


@given(duties)
def test_holes_are_exactly_the_instants_nobody_stands(kept: list[Duty]) -> None:
    found = holes(kept, "WATCH", "MAOC", 0, SPAN)
    for at in range(SPAN):
        stood = any(one.covers(at) for one in kept if one.post == "WATCH")
        missing = [hole for hole in found if hole.from_ms <= at < hole.to_ms]
        assert len(missing) == (0 if stood else 1)
    assert all(0 <= hole.from_ms < hole.to_ms <= SPAN for hole in found)


def test_an_empty_roster_is_one_hole() -> None:
    (hole,) = holes([], "WATCH", "MAOC", 5, 9)
    assert (hole.from_ms, hole.to_ms) == (5, 9)


def test_a_cancelled_duty_covers_nothing() -> None:
    assert len(holes([duty(0, SPAN, stands=False)], "WATCH", "MAOC", 0, SPAN)) == 1
