"""The same field changed twice: both values are told, neither is lost; other fields stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, add_target, open_room

from maoc_tui.desk import targets
from maoc_tui.desk.clash import Clash
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store.edits import Changed


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def test_the_same_field_changed_twice_tells_what_it_was_theirs_and_yours(room: Room) -> None:
    ref = add_target(room, origin="MAOC", rel="ES")
    targets.rename(room, WATCH, ref, "THEIRS", "heard so", version=1)
    with pytest.raises(Clash) as caught:
        targets.rename(room, COORDINATOR, ref, "MINE", "seen so", version=1)
    error = caught.value.as_json()["error"]
    (field,) = error["fields"]
    assert (field["field"], field["was"], field["theirs"], field["yours"]) == (
        "designation",
        "",
        "THEIRS",
        "MINE",
    )
    assert (field["by"], field["at"]) == ("watch", "2022-12-14T03:07:41Z")
    assert (error["code"], error["version"]) == ("clash", 2)
    targets.rename(room, COORDINATOR, ref, "MINE", "seen so", version=error["version"])
    changes = targets.sheet(room, COORDINATOR, ref).changes
    assert [(one.old, one.new) for one in changes] == [("THEIRS", "MINE"), ("", "THEIRS")]


def test_another_field_and_the_same_value_are_no_clash(room: Room) -> None:
    ref = add_target(room, origin="MAOC", rel="ES")
    targets.rename(room, WATCH, ref, "SAME", "heard so", version=1)
    targets.set_status(room, COORDINATOR, ref, "active", "seen", version=1)
    targets.rename(room, COORDINATOR, ref, "SAME", "heard so too", version=1)
    with pytest.raises(Changed, match="no version 99 yet"):
        targets.rename(room, COORDINATOR, ref, "MINE", "guessed", version=99)
    target = targets.sheet(room, COORDINATOR, ref).target
    assert (target.designation, str(target.status)) == ("SAME", "ACTIVE")
