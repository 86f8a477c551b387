"""Versions of a brief: what was read is approved, what was recalled stays in, and nobody's copy shows in another's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from brief_record import (
    DAY,
    FERREIRA,
    MARTIN,
    ORTEGA,
    ROSSI,
    add,
    damage,
    drafted,
    later,
    made_room,
    texts,
)
from liaison_room import viewer

from maoc_tui.desk import briefing, release
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from tests.release_room import draft as release_draft

LOPEZ = viewer("ES", Role.COORDINATOR, name="Lopez")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = made_room(tmp_path)
    yield made
    made.close()


def approved(room: Room, *partners: str, date: str = "") -> Any:
    made = drafted(room, *partners, date=date)
    return briefing.approve(room, ROSSI, made.name, made.digest)


def issued(room: Room, folder: Path, *partners: str, date: str = "") -> Any:
    kept = approved(room, *partners, date=date)
    briefing.issue(room, FERREIRA, kept.name, folder / kept.name.replace(" ", ""), (), ("txt",))
    return kept


def test_what_was_read_is_what_is_approved(room: Room) -> None:
    add(room, ORTEGA, "GREYSLOOP", "MAOC,FR")
    first = drafted(room, "FR", "ES")
    read = briefing.copy(room, ROSSI, first.name, "FR")
    assert read.digest == first.digest
    assert f"digest of all copies {first.digest}" in texts(read)
    add(room, ORTEGA, "LATEADDED", "MAOC,FR")
    second = drafted(room, "FR", "ES", "GB")
    assert second.name == first.name
    with pytest.raises(BadInput, match="not the digest"):
        briefing.approve(room, ROSSI, first.name, first.digest)
    kept = briefing.approve(room, ROSSI, second.name, f" {second.digest.upper()} ")
    assert kept.recipients == ("FR", "ES", "GB")
    assert briefing.copy(room, ROSSI, kept.name, "FR").digest == ""


def test_a_draft_by_the_clock_takes_no_place_of_one_made_while_it_compiled(room: Room) -> None:
    by_hand: list[str] = []

    def said(_: str) -> None:
        if not by_hand:
            by_hand.append(briefing.draft(room, ROSSI, ("ES",)).name)

    with pytest.raises(briefing.Begun) as met:
        briefing.draft(room, FERREIRA, ("ES",), if_none=True, said=said)
    assert [met.value.there.name] == by_hand == [one.name for one in briefing.listing(room, FERREIRA)]


def test_one_changed_letter_in_any_copy_is_another_digest(room: Room) -> None:
    add(room, ORTEGA, "GREYSLOOP", "MAOC")
    made = drafted(room, "ES", "PT")
    damage(
        room, "UPDATE brief_variant SET frozen=replace(frozen, 'Portugal', 'portugal') WHERE recipient='PT'"
    )
    with pytest.raises(BadInput, match="not the digest"):
        briefing.approve(room, ROSSI, made.name, made.digest)


def test_a_recalled_copy_and_a_superseded_version_stay_in(room: Room, tmp_path: Path) -> None:
    ref = add(room, ORTEGA, "WRONGBOAT", "MAOC,FR")
    kept = approved(room, "FR", "ES", "PT")
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "a", ("ES",), ("txt",))
    briefing.recall(room, FERREIRA, kept.name, ref, "another yacht")
    with pytest.raises(BadInput, match=f"holds what was recalled: {ref}"):
        briefing.issue(room, FERREIRA, kept.name, tmp_path / "b", ("FR",))
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "b", ("PT",), ("txt",))
    own, theirs = (briefing.copy(room, who, kept.name, "ES") for who in (FERREIRA, ORTEGA))
    assert "RECALLED" in texts(own)
    assert "WRONGBOAT" in texts(own)
    assert f"RECALLED 140307ZDEC22, do not use: {ref}" in texts(theirs)
    assert "WRONGBOAT" not in texts(theirs)
    assert own.places == theirs.places == ()
    told = {
        code: "is recalled" in texts(briefing.preview(room, FERREIRA, code)) for code in ("ES", "FR", "PT")
    }
    assert told == {"ES": True, "FR": False, "PT": False}
    second = approved(room, "FR")
    with pytest.raises(BadInput, match=f"superseded by {second.name}"):
        briefing.issue(room, FERREIRA, kept.name, tmp_path / "c", ("PT",))


def test_another_partners_look_shows_nothing_of_what_was_sent_to_whom(room: Room, tmp_path: Path) -> None:
    secret = add(room, MARTIN, "FRENCHSECRET", "MAOC")
    kept = issued(room, tmp_path, "FR")
    briefing.recall(room, FERREIRA, kept.name, secret, "x")
    room.admission.chosen = LOPEZ
    look = briefing.preview(room, LOPEZ, "FR")
    assert (look.since, look.gone, look.version) == ("", (), 1)
    assert look.to_ms - look.from_ms == DAY
    assert secret not in texts(look)
    assert "recalled" not in texts(look)
    room.admission.chosen = FERREIRA
    assert briefing.preview(room, FERREIRA, "FR").since == kept.name


def test_only_the_centre_compiles_numbered_briefs(room: Room) -> None:
    add(room, ORTEGA, "GREYSLOOP", "MAOC")
    room.admission.chosen = LOPEZ
    with pytest.raises(NotPermitted, match="the Centre's to compile"):
        briefing.draft(room, LOPEZ, ("ES",))
    assert briefing.preview(room, LOPEZ, "ES").recipient == "ES"


def test_a_quiet_target_is_not_gone_and_one_that_is_no_longer_shown_is(room: Room, tmp_path: Path) -> None:
    quiet, lost = add(room, ORTEGA, "QUIET", "MAOC,FR"), add(room, ORTEGA, "LOST", "MAOC")
    held = release.propose(room, ORTEGA, release_draft(room, lost, "MA"))
    release.approve(room, ROSSI, held.ref, release.the_word(held))
    shown = release.propose(room, ORTEGA, release_draft(room, quiet, "MA"))
    release.approve(room, ROSSI, shown.ref, release.the_word(shown))
    issued(room, tmp_path, "FR", "MA")
    later(room, 2 * DAY)
    release.recall(room, ORTEGA, held.ref, "over")
    assert briefing.preview(room, FERREIRA, "FR").gone == ()
    gone = briefing.preview(room, FERREIRA, "MA").gone
    assert lost in gone
    assert quiet not in gone


def test_only_who_is_told_who_leads_is_asked_to_name_one(room: Room) -> None:
    ref = add(room, ORTEGA, "GREYSLOOP", "MAOC,FR")
    held = release.propose(room, ORTEGA, release_draft(room, ref, "MA"))
    release.approve(room, ROSSI, held.ref, release.the_word(held))
    later(room, DAY)
    asked = {
        code: any(
            line.key == f"decisions/lead {ref}" for line in briefing.preview(room, FERREIRA, code).lines
        )
        for code in ("MAOC", "FR", "MA")
    }
    assert asked == {"MAOC": True, "FR": True, "MA": False}


def test_why_and_check_look_back_as_far_as_the_copy(room: Room, tmp_path: Path) -> None:
    add(room, ORTEGA, "FIRST", "MAOC,FR")
    issued(room, tmp_path, "FR", "MAOC")
    later(room, DAY // 2)
    friday, hidden = add(room, ORTEGA, "FRIDAY", "MAOC,FR"), add(room, MARTIN, "HIDDEN", "MAOC")
    later(room, 3 * DAY)
    keys = {line.key for line in briefing.preview(room, FERREIRA, "FR").lines}
    assert f"targets/{friday}" in keys
    assert friday in {one.ref for one in briefing.explain(room, FERREIRA, "FR")}
    (back,) = [
        one for one in briefing.check(room, FERREIRA, ("PT",)) if one.ref == "PT" and " FR " in one.text
    ]
    assert hidden in back.text


def test_a_back_dated_brief_changes_no_marks(room: Room, tmp_path: Path) -> None:
    first = add(room, ORTEGA, "MONDAY", "MAOC,FR")
    issued(room, tmp_path, "FR")
    later(room, DAY)
    add(room, ORTEGA, "TUESDAY", "MAOC,FR")
    newest = issued(room, tmp_path, "FR")
    old = issued(room, tmp_path, "FR", date="2022-12-10")
    made = briefing.copy(room, FERREIRA, old.name, "FR")
    assert (made.since, made.gone) == ("", ())
    later(room, 60_000)
    assert briefing.preview(room, FERREIRA, "FR").since == newest.name
    later(room, -2 * DAY)
    assert briefing.preview(room, FERREIRA, "FR").since == old.name
    assert first


def test_a_damaged_copy_of_the_last_issue_stops_nothing(room: Room, tmp_path: Path) -> None:
    add(room, ORTEGA, "GREYSLOOP", "MAOC,FR")
    kept = issued(room, tmp_path, "FR")
    damage(room, "UPDATE brief_variant SET frozen='{\"number\":1}'")
    made = briefing.preview(room, FERREIRA, "FR")
    assert "GREYSLOOP" in texts(made)
    assert kept.name in str(made.broken)
    assert json.loads(texts(made, "json"))["unreadable"]
    with pytest.raises(StoreProblem, match="cannot be read"):
        briefing.copy(room, FERREIRA, kept.name, "FR")
    assert drafted(room, "FR").version == 2
