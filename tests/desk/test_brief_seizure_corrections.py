"""What was weighed again or withdrawn of an earlier seizure stands among the corrections of the next brief."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from brief_record import DAY, FERREIRA, ORTEGA, later, made_room

from maoc_tui.desk import briefing, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said
from maoc_tui.domain.marking_entry import parse


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = made_room(tmp_path)
    yield made
    made.close()


def corrections(room: Room, code: str) -> list[str]:
    made = briefing.preview(room, FERREIRA, code)
    return [line.text for line in made.lines if line.key.startswith("corrections/")]


def test_a_weight_taken_anew_and_a_find_withdrawn_are_told_to_who_sees_them(room: Room) -> None:
    said = Said(marking=parse("B2 H2 rel MAOC,FR", "ES"))
    find = NewFind("cocaine", weight="1200 kg", basis="estimated")
    ref = seizures.add(room, ORTEGA, NewSeizure("2022-12-13", find=find, said=said)).ref
    assert corrections(room, "FR") == []
    later(room, 2 * DAY)
    seizures.weigh(room, ORTEGA, ref, "1013 kg", "net", said=said)
    (told,) = corrections(room, "FR")
    found = told.split()[1]
    assert told == f"{ref} {found} cocaine: weighed again, was 1,200 kg est., now 1,013 kg net."
    assert corrections(room, "PT") == []
    seizures.withdraw(room, ORTEGA, ref, found, "counted by mistake")
    assert f"{ref} {found} cocaine: was cocaine seized, withdrawn." in corrections(room, "FR")
    assert corrections(room, "PT") == []
