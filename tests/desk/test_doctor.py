"""The doctor finds what is wrong with the keeping of a record, and says of a sound one that it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from liaison_room import open_room, reopened
from target_room import NOW

from maoc_tui.desk import admin, backup, targets
from maoc_tui.desk.admin import Finding
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import driver


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    targets.add(made, WATCH, targets.NewTarget("grey sloop", area="west"))
    yield made
    made.close()


def examined(room: Room) -> dict[str, Finding]:
    return {one.name: one for one in admin.examine(room)}


def spoilt(room: Room, *statements: str) -> Room:
    """The room again after somebody with the file ran statements on it."""
    room.close()
    with closing(driver.connect(room.db.path)) as bare:
        for statement in statements:
            bare.execute(statement)
    return reopened(room.db.path)


def test_a_sound_record_is_said_to_be_sound(room: Room, tmp_path: Path) -> None:
    room.admission.wall = ScenarioClock(NOW, 0.0)
    backup.make(room, WATCH, tmp_path)
    found = examined(room)
    assert [name for name, one in found.items() if not one.ok] == []
    assert "guards" in found["tables"].text
    assert "whole and guarded" in found["journal"].text
    assert found["backups"].text == "the last copy was taken 140307ZDEC22."


@pytest.mark.parametrize(
    ("name", "statement", "told"),
    [
        ("tables", "DROP TRIGGER journal_is_kept", "trigger journal_is_kept"),
        ("tables", "CREATE TABLE loot (a)", "table loot"),
        ("journal", "DROP TRIGGER journal_is_kept", "nothing refuses changes"),
    ],
)
def test_a_guard_or_table_changed_is_named(room: Room, name: str, statement: str, told: str) -> None:
    again = spoilt(room, statement)
    finding = examined(again)[name]
    again.close()
    assert (finding.ok, told in finding.text) == (False, True), finding
    assert finding.way_out


def test_a_forged_journal_is_said_with_the_entry(room: Room) -> None:
    again = spoilt(room, "DROP TRIGGER journal_stands", "UPDATE journal SET who = 'x' WHERE seq = 1")
    finding = examined(again)["journal"]
    again.close()
    assert (finding.ok, "broken at entry 1" in finding.text) == (False, True), finding


def test_a_clock_behind_the_record_is_said(room: Room) -> None:
    room.admission.wall = ScenarioClock(NOW - 3_600_000, 0.0)
    finding = examined(room)["clock"]
    assert not finding.ok
    assert "Set this machine's clock" in finding.way_out
