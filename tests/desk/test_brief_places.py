"""A position is told like a line: by right of its statements, recalled with them, counted, explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from brief_record import DAY, FERREIRA, ORTEGA, ROSSI, add, drafted, later, made_room, sight

from maoc_tui.brief.record_form import frozen, thawed
from maoc_tui.desk import brief_copies, briefing, journal, recalling, release
from maoc_tui.desk.brief_grid import Mark, grid
from maoc_tui.desk.release_statements import candidates
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import NotPermitted
from tests.release_room import draft as release_draft


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = made_room(tmp_path)
    yield made
    made.close()


def released_position(room: Room) -> tuple[str, str]:
    """A target released to Morocco, and by itself where it was seen: target, and the release of the sighting."""
    ref = add(room, ORTEGA, "QUIETSLOOP", "MAOC")
    sight(room, ORTEGA, ref, "MAOC")
    with room.db.reading(FERREIRA) as conn:
        _, held = candidates(conn, ref)
    first = release.propose(room, ORTEGA, release_draft(room, ref, "MA"))
    release.approve(room, ROSSI, first.ref, release.the_word(first))
    seen = tuple(one.id for one in held if one.kind == "sighting")
    second = release.propose(room, ORTEGA, release_draft(room, ref, "MA", lines=seen))
    release.approve(room, ROSSI, second.ref, release.the_word(second))
    later(room, 3 * DAY)
    return ref, second.ref


def test_a_recalled_position_goes_out_no_more(room: Room) -> None:
    ref, sighting = released_position(room)
    drafted(room, "MA")
    made = briefing.copy(room, FERREIRA, "BR-2022-351", "MA")
    assert [place.ref for place in made.places] == [ref]
    assert not any(line.key.startswith("targets/") for line in made.lines)
    (feature,) = json.loads(_form(made, "geojson"))["features"]
    assert feature["properties"]["conditions"] == list(made.places[0].terms) != []
    recalling.recall(room, FERREIRA, sighting, "the aircraft is at risk")
    with pytest.raises(NotPermitted, match="may no longer be told"):
        briefing.copy(room, FERREIRA, "BR-2022-351", "MA")


def _form(document: object, form: str) -> bytes:
    from maoc_tui.brief.forms import written

    return written(document, form)  # type: ignore[arg-type]


def test_a_position_alone_is_explained_and_stands_in_the_grid(room: Room) -> None:
    ref, _ = released_position(room)
    told = {one.ref: one for one in briefing.explain(room, FERREIRA, "MA")}
    assert told[f"position {ref}"].seen
    assert "released" in told[f"position {ref}"].reason
    cell = grid(room, FERREIRA, ("MA", "PT")).cell(f"positions/position {ref}", "MA")
    assert cell is not None
    assert cell.mark == Mark.IN
    out = grid(room, FERREIRA, ("PT",)).cell(f"positions/position {ref}", "PT")
    assert out is not None
    assert not out.inside


def test_an_originator_learns_that_its_position_was_handed_out(room: Room, tmp_path: Path) -> None:
    from maoc_tui.desk.brief_approval import noted

    released_position(room)
    made = briefing.preview(room, FERREIRA, "MA")
    with room.db.bookkeeping() as conn:
        noted(conn, FERREIRA, room.clock.now_ms(), "disclose", made.name, [made])
    told = [(one.owner, one.recipient) for one in journal.entries(room, WATCH, action="disclose")]
    assert ("ES", "MA") in told


def test_a_copy_kept_before_positions_named_their_sources_is_read_and_not_handed_out(room: Room) -> None:
    ref, _ = released_position(room)
    made = briefing.preview(room, FERREIRA, "MA")
    raw = json.loads(frozen(made))
    for place in raw["places"]:
        for name in ("cites", "owners", "terms", "why"):
            del place[name]
    old = thawed(json.dumps(raw))
    assert [place.ref for place in old.places] == [ref]
    assert brief_copies.no_longer(room, FERREIRA, old) == [ref]
    assert brief_copies.no_longer(room, FERREIRA, made) == []
