"""One broken row never stops a brief: it is listed, and everything else is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from brief_record import DAY, FERREIRA, ORTEGA, add, damage, made_room, sight, texts

from maoc_tui.desk import briefing, exporting, targets, zone_overrides
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse

BAD_ROWS = {
    "text that is none": "UPDATE target SET description=CAST(x'ff41' AS TEXT) WHERE rowid=1",
    "classification": "UPDATE sighting SET classification='XX'",
    "grade of a fact": "UPDATE identity_fact SET tlp='TLP:PURPLE'",
    "words for a time": "UPDATE target SET created_ms='abc' WHERE rowid=1",
    "year 292278994": "UPDATE target SET updated_ms=9223372036854775807, created_ms=9223372036854775806 WHERE rowid=1",
    "time of a sighting": "UPDATE sighting SET seen_ms=9223372036854775807",
    "who leads": "UPDATE assignment SET role='SPACESHIP'",
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    from maoc_tui.desk import assigning

    made = made_room(tmp_path)
    first = add(made, ORTEGA, "BROKENSLOOP", "MAOC,FR")
    add(made, ORTEGA, "SOUNDKETCH", "MAOC,FR")
    mark = parse("B2 H2 rel MAOC,FR", "ES")
    targets.fact(made, ORTEGA, first, "name", "LADY", "her stern", marking=mark)
    sight(made, ORTEGA, first, "MAOC,FR")
    assigning.offer(made, FERREIRA, first, "ES", "LEAD")
    made.first = first  # type: ignore[attr-defined]
    yield made
    made.close()


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_what_is_broken_is_listed_and_the_rest_goes_out(room: Room, bad: str) -> None:
    damage(room, BAD_ROWS[bad])
    made = briefing.preview(room, FERREIRA, "FR")
    assert room.first in str(made.broken)  # type: ignore[attr-defined]
    assert "SOUNDKETCH" in texts(made)
    assert "Open targets in this copy" in texts(made)
    assert "no lead in this copy" not in next(
        (line.text for line in made.lines if line.key == f"targets/{room.first}"),
        "",  # type: ignore[attr-defined]
    )
    told = exporting.export(room, FERREIRA, "targets", "csv")
    assert "SOUNDKETCH" in told.data.decode()
    assert any(one.kind == "unreadable" for one in briefing.check(room, FERREIRA, ("FR",)))
    briefing.draft(room, FERREIRA, ("FR", "ES"))


BAD_OVERRIDES = {
    "not on this earth": "UPDATE zone_override SET lat=500 WHERE number=1",
    "no kind of waters": "UPDATE zone_override SET kind='lagoon' WHERE number=1",
    "ends never": "UPDATE zone_override SET until_ms=9223372036854775807 WHERE number=1",
}


def test_a_broken_override_is_listed_and_the_others_count(room: Room) -> None:
    mark = parse("B2 H2 rel MAOC,FR", "MAOC")
    for position in ("30 00N 050 00W", "36 00N 012 00W"):
        zone_overrides.add(
            room, FERREIRA, "archipelagic", "CV", "their word", "Ferreira", "+5d",
            position=position, radius="30", marking=mark,
        )  # fmt: skip
    told = [line.text for line in briefing.preview(room, FERREIRA, "FR").lines]
    assert any("CV" in text for text in told)
    until = room.clock.now_ms() + 5 * DAY
    for name, bad in BAD_OVERRIDES.items():
        damage(room, bad)
        made = briefing.preview(room, FERREIRA, "FR")
        assert made.broken, name
        assert all(one.startswith("Z-0001") for one in made.broken), name
        assert [line.text for line in made.lines] == told, name
        sound = f"lat=30.0, kind='archipelagic', until_ms={until}"
        damage(room, f"UPDATE zone_override SET {sound} WHERE number=1")
