"""The tables of liaison: what was recorded stands, whoever writes SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, add_officer, add_target, open_room, viewer

from maoc_tui.desk import assignments, channels, officers, partners, roster
from maoc_tui.desk.room import Room
from maoc_tui.problems import StoreProblem

TABLES = (
    "partner_act",
    "partner_instrument",
    "assignment",
    "assignment_event",
    "officer",
    "officer_channel",
    "duty",
)
APPEND_ONLY = TABLES[:4]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    add_officer(made, "ES", "Ana Ortega")
    partners.confirm(made, COORDINATOR, "BE", "announced")
    partners.set_instrument(made, COORDINATOR, "BE", "memorandum", "M", "s", "r")
    channels.add(made, COORDINATOR, "Ortega", "phone", "1")
    roster.add(made, COORDINATOR, "Ortega", "now", hours="8h")
    ref = add_target(made)
    assignments.offer(made, COORDINATOR, ref, "ES", "lead")
    yield made
    made.close()


def run(room: Room, sql: str) -> int:
    with room.db.writing() as conn:
        return conn.exec_driver_sql(sql).rowcount


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(room: Room, table: str) -> None:
    with pytest.raises(StoreProblem):
        run(room, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_recorded_is_not_changed(room: Room, table: str) -> None:
    with pytest.raises(StoreProblem):
        run(room, f"UPDATE {table} SET entered_by = 'somebody else'")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_planted_bug_without_its_guard_a_table_can_be_changed(room: Room, table: str) -> None:
    """The twin: with the trigger gone the change goes through, so the test above does test the trigger."""
    run(room, f"DROP TRIGGER {table}_stands")
    assert run(room, f"UPDATE {table} SET entered_by = 'somebody else'") > 0


def test_a_cancelled_duty_and_a_retired_channel_stand(room: Room) -> None:
    (line,) = roster.roster(room, COORDINATOR).duties
    roster.cancel(room, COORDINATOR, line.ref, "ill")
    with pytest.raises(StoreProblem):
        run(room, "UPDATE duty SET cancelled_ms = NULL")
    channels.retire(room, COORDINATOR, "Ortega", 1, "changed")
    with pytest.raises(StoreProblem):
        run(room, "UPDATE officer_channel SET retired_ms = NULL")


def test_an_edit_of_an_officer_changed_meanwhile_is_refused(room: Room) -> None:
    from maoc_tui.store import officers as store
    from maoc_tui.store.edits import Changed

    with room.db.reading(viewer("ES")) as conn:
        (before,) = store.load(conn)
    officers.end(room, COORDINATOR, "Ortega", "went home")
    with pytest.raises(Changed), room.db.writing() as conn:
        store.edit(conn, before, agency="other")
