"""Nobody puts words into an originator's mouth: each wording takes its permission, and a name is for the original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maoc_tui.desk import operation_log, release
from maoc_tui.desk.room import Room
from maoc_tui.problems import NotPermitted
from tests.release_room import FERREIRA, MARTIN, ORTEGA, ROSSI, draft, make_room, marked, operation, yacht


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def itself(room: Room, ref: str) -> str:
    return release.panel(room, FERREIRA, ref, "BE").lines[0].line.id


@pytest.mark.parametrize(
    ("asked", "said"), [("", "two informants are aboard"), ("a yacht", "a ship"), ("a yacht", "")]
)
def test_a_consent_lets_out_what_was_asked_and_nothing_else(room: Room, asked: str, said: str) -> None:
    ref = yacht(room)
    one = itself(room, ref)
    (made,) = release.ask(room, FERREIRA, ref, "BE", "needed", wordings={one: asked} if asked else {})
    release.answer(room, ORTEGA, made.ref, "granted")
    with pytest.raises(NotPermitted, match="another wording"):
        release.propose(room, FERREIRA, draft(room, ref, wordings={one: said} if said else {}))
    release.propose(room, FERREIRA, draft(room, ref, wordings={one: asked} if asked else {}))


def test_the_original_typed_as_a_wording_is_the_original(room: Room) -> None:
    ref = yacht(room)
    line = release.panel(room, FERREIRA, ref, "BE").lines[0].line
    (made,) = release.ask(room, FERREIRA, ref, "BE", "needed", wordings={line.id: line.text})
    assert made.lines[0][2] == ""
    release.answer(room, ORTEGA, made.ref, "granted")
    looked = release.look(room, FERREIRA, draft(room, ref, wordings={line.id: line.text}))
    assert looked.permissions[0].given


def test_naming_lets_the_original_go_and_another_wording_is_asked_for(room: Room) -> None:
    ref = yacht(room, ORTEGA, "BE")
    one = itself(room, ref)
    with pytest.raises(NotPermitted, match="for the original"):
        release.propose(room, FERREIRA, draft(room, ref, wordings={one: "invented"}))
    (made,) = release.ask(room, FERREIRA, ref, "BE", "needed", wordings={one: "a yacht"})
    release.answer(room, ORTEGA, made.ref, "granted")
    release.propose(room, FERREIRA, draft(room, ref, wordings={one: "a yacht"}))
    release.propose(room, FERREIRA, draft(room, ref))


def test_a_line_of_another_partner_goes_out_in_no_words_it_did_not_see(room: Room) -> None:
    ref = operation(room, ORTEGA, "FR")
    entry = operation_log.log(
        room, MARTIN, ref, "0203 our aircraft saw it", marking=marked("FR", "MAOC", "ES")
    )
    lines = release.panel(room, FERREIRA, ref, "BE").lines
    theirs = next(one.line.id for one in lines if entry.ref in one.line.title)
    for made in release.ask(room, FERREIRA, ref, "BE", "needed", lines=(theirs,)):
        release.answer(room, ORTEGA if made.originator == "ES" else MARTIN, made.ref, "granted")
    false = {theirs: "FR confirms: two persons aboard are informants"}
    with pytest.raises(NotPermitted, match="another wording"):
        release.propose(room, FERREIRA, draft(room, ref, lines=(theirs,), wordings=false))
    made = release.propose(room, FERREIRA, draft(room, ref, lines=(theirs,)))
    assert release.approve(room, ROSSI, made.ref, "BE 2").approved is not None
