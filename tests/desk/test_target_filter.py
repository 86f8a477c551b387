"""Which targets a filter chooses, and what it cannot ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from target_room import YACHT, make_room
from test_targets_desk import add

from maoc_tui.desk import targets
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    opened = make_room(tmp_path / "maoc.db")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["T-0001", "T-0002"]), ("paloma", ["T-0001"]), ("flag:PT", ["T-0001"]),
        ("flag:none", ["T-0002"]), ("-status:closed mmsi:263", ["T-0001"]),
        ("type:sail", ["T-0001"]), ("status:nominated", ["T-0001", "T-0002"]),
        ("zone:HS", ["T-0001"]), ("target:yes", ["T-0001"]), ("target:T-0002", ["T-0002"]),
        ("age<6h", ["T-0001"]),
        ("near:33.2,-41.3<50", ["T-0001"]), ("length:10..20", ["T-0001"]),
        ("class:ship -target:yes", ["T-0002"]),
        ("doubt:yes", []), ("263601890 OR sloop", ["T-0001", "T-0002"]), ("lon:-45..-40", ["T-0001"]),
    ],
)  # fmt: skip
def test_a_filter_chooses_among_targets(room: Any, query: str, found: list[str]) -> None:
    targets.add_from_contact(room, WATCH, YACHT)
    add(room)
    rows = targets.chosen(room, targets.listing(room, WATCH), query)
    assert sorted(row.ref for row in rows) == found


def test_what_cannot_be_asked_of_a_target_is_said_even_of_an_empty_list(room: Any) -> None:
    with pytest.raises(BadInput, match="nav cannot be asked"):
        targets.chosen(room, (), "nav:moored")


def test_words_are_found_in_what_the_centre_wrote_too(room: Any) -> None:
    add(room, values={"name": "LA PALOMA", "owner": "somebody"}, designation="GOOSE")
    for query in ("grey", "verde", "goose", "somebody", "t-0001", "status:nom", "doubt:no"):
        assert len(targets.chosen(room, targets.listing(room, WATCH), query)) == 1, query
    with pytest.raises(BadInput, match="doubtful or not"):
        targets.chosen(room, (), "doubt:jump")
