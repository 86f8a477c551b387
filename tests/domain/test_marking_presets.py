"""Presets of who may read a statement: codes of the day, written out, and nothing else of the line touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.marking_presets import NAMES, codes, following, put

MEMBERS = frozenset({"ES", "FR", "PT"})


def test_the_key_goes_round_the_presets_and_back() -> None:
    text, seen = "B2 H2", []
    for _ in range(4):
        name, text = following(text, MEMBERS, "ES")
        seen.append((name, text))
    assert seen == [
        ("the Centre", "B2 H2 rel MAOC"), ("all members", "B2 H2 rel FR,MAOC,PT"), ("originator only", "B2 H2"),
        ("the Centre", "B2 H2 rel MAOC"),
    ]  # fmt: skip


def test_what_was_typed_by_hand_gives_way_to_the_first_preset() -> None:
    assert following("H2 rel FR", MEMBERS, "ES") == ("originator only", "H2")


@pytest.mark.parametrize("text", ['H3 "rel to nobody" rel FR', 'B2 H3 "not before rel dawn"', "", "rel ES"])
def test_a_caveat_that_says_rel_stays(text: str) -> None:
    made = put(text, ("PT",))
    assert made.split('"')[1:2] == text.split('"')[1:2]
    assert parse(made, "ES").releasable_to == {"PT"}


@given(
    st.sampled_from(NAMES),
    st.sets(st.sampled_from(["ES", "FR", "PT", "GB"])),
    st.sampled_from(["ES", "MAOC"]),
)
def test_a_preset_names_members_and_the_centre_only(name: str, members: set[str], origin: str) -> None:
    found = codes(name, members, origin)
    assert set(found) <= members | {"MAOC"}
    assert origin not in found
    assert parse(put("B2 H2", found), origin).releasable_to == set(found)
