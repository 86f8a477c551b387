"""A target and what it is heard as: dated links, what speaks against them, and where it was last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from target_room import HOUR, JET, NOW, TANKER, YACHT, make_room
from test_targets_desk import add

from maoc_tui.desk import targets
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    opened = make_room(tmp_path / "maoc.db")
    yield opened
    opened.close()


def test_links_are_dated_and_reversible(room: Any) -> None:
    ref = add(room)
    targets.link(room, WATCH, ref, YACHT, "same hull", since="130000ZDEC22")
    with pytest.raises(BadInput, match="linked to that contact already"):
        targets.link(room, WATCH, ref, YACHT, "again")
    targets.unlink(room, WATCH, ref, YACHT, "other hull after all", until="140100ZDEC22")
    assert targets.links_now(room, WATCH) == {}
    with pytest.raises(BadInput, match="not linked"):
        targets.unlink(room, WATCH, ref, YACHT, "again")
    targets.link(room, WATCH, ref, YACHT, "it was the same hull")
    second, first = targets.sheet(room, WATCH, ref).links
    assert first.link.to_ms == NOW - 2 * HOUR - 461_000
    assert (first.link.reason, first.link.ended_reason) == ("same hull", "other hull after all")
    assert (second.link.holds, second.contact, second.name) == (True, "ais:263601890", "LA PALOMA")
    assert targets.links_now(room, WATCH) == {YACHT: ref}


def test_what_speaks_against_a_link_is_said_and_kept(room: Any) -> None:
    other = targets.add_from_contact(room, WATCH, YACHT).ref
    ref = add(room, values={"mmsi": "224000111", "flag": "ES"})
    warnings = targets.warnings_of(room, WATCH, ref, YACHT)
    assert warnings[:2] == (
        "mmsi differs: 224000111 here, 263601890 heard.",
        "flag differs: ES here, PT heard.",
    )
    assert other in warnings[2]
    assert targets.link(room, WATCH, ref, YACHT, "seen from the air").warnings == warnings
    assert targets.sheet(room, WATCH, ref).links[0].link.warning.startswith("mmsi differs")
    assert "is no vessel" in targets.warnings_of(room, WATCH, ref, JET)[0]
    assert targets.warnings_of(room, WATCH, ref, YACHT + 5) == ("ais:263601895 has not been heard yet.",)


def test_a_link_keeps_no_warning_that_names_another_target(room: Any) -> None:
    """Who reads the link later need not see that target."""
    for _ in range(9):
        targets.add_from_contact(room, WATCH, YACHT)
    ref = add(room)
    targets.link(room, WATCH, ref, TANKER, "same hull")
    targets.fact(room, WATCH, ref, "name", "SANTA RITA", "ES")
    said = targets.link(room, WATCH, ref, YACHT, "same hull").warnings
    assert "T-0001" in " ".join(said)
    kept = targets.sheet(room, WATCH, ref).links[0].link.warning
    assert "T-0" not in kept
    assert kept


def test_a_link_cannot_end_before_it_began(room: Any) -> None:
    ref = add(room)
    targets.link(room, WATCH, ref, YACHT, "same hull", since="140100ZDEC22")
    with pytest.raises(BadInput, match="before it began"):
        targets.unlink(room, WATCH, ref, YACHT, "no", until="130000ZDEC22")


def test_the_last_place_is_the_newest_of_fix_sighting_and_entry(room: Any) -> None:
    ref = add(room, position="14 30N 025 15W", radius="30 nm")
    seen = targets.listing(room, WATCH)[0].seen
    assert seen is not None
    assert (seen.how, seen.radius_nm, seen.zone) == ("entered", 30, "HS")
    targets.link(room, WATCH, ref, YACHT, "same hull")
    assert targets.listing(room, WATCH)[0].seen.at_ms == NOW - 2 * HOUR
    targets.sight(room, WATCH, ref, "33 20N 041 00W", "0107Z", "PT aircraft")
    assert targets.listing(room, WATCH)[0].seen.how == "fix"
    targets.sight(room, WATCH, ref, "33 20N 040 55W", "0207Z", "PT aircraft")
    assert targets.listing(room, WATCH)[0].seen.how == "sighting"
    targets.unlink(room, WATCH, ref, YACHT, "another hull")
    assert targets.listing(room, WATCH)[0].seen.how == "sighting"


def test_a_radius_over_a_border_leaves_the_zone_open(room: Any) -> None:
    add(room, position="36 00N 014 59W", radius="5 nm")
    assert targets.listing(room, WATCH)[0].seen.zone == "PT TS|HS"


def test_a_moving_fix_has_an_estimate_of_now(room: Any) -> None:
    ref = targets.add_from_contact(room, WATCH, TANKER).ref
    seen = targets.sheet(room, WATCH, ref).row.seen
    assert seen.how == "fix"
    assert seen.estimate is not None
    lat, lon, radius = seen.estimate
    assert lat == pytest.approx(36 + 12 * 0.7071 / 60, abs=1e-3)
    assert lon == pytest.approx(-6 + 12 * 0.7071 / 60 / 0.8083, abs=1e-3)
    assert radius > seen.radius_nm
