"""Likely duplicates: the search by what targets share finds what comparing every pair finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from target_room import JET, YACHT, make_room

from maoc_tui.desk import targets
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.target_likeness import compare, values_of
from maoc_tui.domain.targets import Kind
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as store


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = make_room(tmp_path / "maoc.db")
    yield made
    made.close()


def fill(room: Any, count: int) -> None:
    """Targets with few names and numbers among them, so that many share some."""
    pick = random.Random(7).choice
    for _ in range(count):
        values = {
            "name": pick(["LA PALOMA", "LA PALOMMA", "BLUE MIST", "BLUE MISTS", "RAIO 1", "RAIO 2", "-", ""]),
            "mmsi": pick(["224000111", "123456789", "", "", ""]),
            "call_sign": pick(["CSAB1", "0", "", "", ""]),
            "length": pick(["12", "12.5", "40", ""]),
        }
        targets.add(room, WATCH, NewTarget("sloop", area="west", values=values))


def test_pairs_are_what_comparing_every_two_targets_finds(room: Any) -> None:
    fill(room, 25)
    with room.db.reading(WATCH) as conn:
        facts = store.facts(conn)
        known = {target.ref: values_of(facts.get(target.id, [])) for target in store.load(conn)}
    plainly = {
        (one, other): likeness.reasons
        for one, other in combinations(sorted(known), 2)
        if (likeness := compare(Kind.VESSEL, known[one], known[other]))
    }
    pairs = targets.duplicates(room, WATCH)
    assert plainly
    assert {(pair.ref, pair.other.ref): pair.other.reasons for pair in pairs} == plainly
    for ref in known:
        of_one = {(p.ref, p.other.ref) for p in targets.duplicates(room, WATCH, ref)}
        assert {tuple(sorted(pair)) for pair in of_one} == {pair for pair in plainly if ref in pair}
        shown = {(ref, other.ref) for other in targets.sheet(room, WATCH, ref).duplicates}
        assert shown == of_one


def test_a_pair_says_who_and_why(room: Any) -> None:
    targets.add_from_contact(room, WATCH, YACHT)
    targets.add_from_contact(room, WATCH, JET)
    targets.add_from_contact(room, WATCH, YACHT)
    (pair,) = targets.duplicates(room, WATCH)
    assert (pair.ref, pair.title, pair.other.ref, pair.other.likely) == (
        "T-0001",
        "LA PALOMA",
        "T-0003",
        True,
    )
    assert pair.other.reasons[0] == "heard as the same contact ais:263601890"
    targets.unlink(room, WATCH, "T-0003", YACHT, "another hull")
    assert targets.duplicates(room, WATCH)[0].other.reasons[0] == "same MMSI 263601890"


def test_a_withdrawn_number_is_no_reason(room: Any) -> None:
    for _ in range(2):
        targets.add(room, WATCH, NewTarget("sloop", area="west", values={"mmsi": "224000111"}))
    wrong = targets.sheet(room, WATCH, "T-0002").identity[0].fact
    targets.withdraw_fact(room, WATCH, "T-0002", wrong.id, "of another boat")
    assert targets.duplicates(room, WATCH) == ()


def test_duplicates_of_nobody_are_refused(room: Any) -> None:
    with pytest.raises(BadInput, match="no target T-0417"):
        targets.duplicates(room, WATCH, "417")
