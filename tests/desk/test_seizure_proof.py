"""A line of the ledger that is changed, taken away or put in past the program is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room
from seizure_room import ES, event

from maoc_tui.desk import seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_proof import LedgerProof, prove
from maoc_tui.desk.seizures import Said
from maoc_tui.domain.marking_entry import parse


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ref(room: Room) -> str:
    """An event with six lines and one that is the Centre's alone."""
    made = event(room)
    seizures.weigh(room, COORDINATOR, made, "900 kg", "net", said=Said(marking=parse("H2", "MAOC")))
    return made


def tampered(room: Room, statement: str) -> None:
    with room.db.writing() as conn:
        for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        conn.exec_driver_sql(statement)


def test_all_that_was_entered_is_proved(room: Room, ref: str) -> None:
    assert prove(room, COORDINATOR, ref) == LedgerProof(7)
    assert prove(room, ES, ref) == LedgerProof(6)


@pytest.mark.parametrize(
    ("statement", "broken", "gone"),
    [
        ("UPDATE seizure_weighing SET grams = 9 WHERE basis = 'NET'", 1, 0),
        ("UPDATE seizure_stated SET value = 'GB' WHERE what = 'FLAG'", 1, 0),
        ("UPDATE seizure SET from_ms = from_ms - 86400000", 1, 0),
        ("UPDATE seizure_find SET releasable_to = ',GB,'", 1, 0),
        ("DELETE FROM seizure_weighing WHERE basis = 'NET'", 0, 1),
    ],
)
def test_a_line_changed_or_taken_away_is_found(
    room: Room, ref: str, statement: str, broken: int, gone: int
) -> None:
    """The twins."""
    tampered(room, statement)
    found = prove(room, COORDINATOR, ref)
    assert (len(found.broken), len(found.gone), found.whole) == (broken, gone, False)
    if "NET" in statement:
        assert prove(room, ES, ref) == LedgerProof(6, hidden=1)
