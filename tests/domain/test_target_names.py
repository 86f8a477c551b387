"""The short way to names that are alike finds what comparing every pair finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.target_names import ALIKE, NameIndex, name_likeness

WORDS = st.text(st.sampled_from("ABCDE 12éß"), max_size=12)
NEAR = st.sampled_from(["LA PALOMA", "LA PALOMMA", "M/V La Paloma", "PALOMA", "L A PALOMA II", "LA PALOMA 2"])


@given(st.lists(WORDS | NEAR, max_size=20, unique=True), WORDS | NEAR)
def test_nothing_that_is_alike_is_lost_and_nothing_else_found(names: list[str], name: str) -> None:
    plainly = [at for at, other in enumerate(names) if name_likeness(name, other) >= ALIKE]
    assert NameIndex(names).alike(name) == plainly


@given(WORDS, WORDS)
def test_likeness_is_the_same_both_ways(first: str, second: str) -> None:
    assert name_likeness(first, second) == name_likeness(second, first)


def test_an_empty_record_has_no_name_alike() -> None:
    assert NameIndex([]).alike("LA PALOMA") == []
