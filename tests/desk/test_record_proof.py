"""``maoc journal verify`` tells what the journal bears witness against: every kind of thing it holds digests of."""

from __future__ import annotations

from pathlib import Path

import pytest
from brief_record import DAY, FERREIRA, ORTEGA, ROSSI, add, damage, later, made_room
from liaison_room import viewer

from maoc_tui.desk import briefing, figures, journal_proof, operation_log, operations, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH

AUDIT = viewer("MAOC", Role.AUDITOR, name="Silva")
SHOWN = (
    "OP-0001 (1 lines)",
    "SZ-0001 (1 lines)",
    "SZ-0002 (gone)",
    "frozen figures 2022-11 v1 (changed)",
    "frozen figures 2022-10 v1 (gone)",
    "files of BR-2022-349 v1 (changed)",
    "copies of BR-2022-349 v1 (changed)",
)
BY_HAND = (
    "UPDATE log_line SET text='nobody aboard' WHERE text LIKE '%two aboard%'",
    "UPDATE seizure_find SET packages=4",
    "DELETE FROM seizure WHERE number=2",
    "DELETE FROM figure_frozen WHERE freeze_id=(SELECT id FROM figure_freeze WHERE period='2022-10')",
    "DELETE FROM figure_freeze WHERE period='2022-10'",
    "UPDATE figure_frozen SET frozen=frozen || ' '",
    "UPDATE brief_file SET sha256='00' || substr(sha256, 3)",
    "UPDATE brief_variant SET frozen=replace(frozen, 'sloop', 'ketch')",
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = made_room(tmp_path)
    add(made, FERREIRA, "grey sloop", "ES")
    mark = parse("B2 H2 rel MAOC", "ES")
    ref = operations.open_operation(made, ORTEGA, "NORTE", marking=mark).row.ref
    operation_log.log(made, ORTEGA, ref, "0306 boarding, two aboard", marking=mark)
    find = NewFind("cocaine", packages="40", weight="900 kg", basis="net")
    seizures.add(made, ORTEGA, NewSeizure("2022-12-13", find=find, said=Said(marking=mark)))
    seizures.add(made, ORTEGA, NewSeizure("2022-12-13", said=Said(marking=mark)))
    for month in ("2022-10", "2022-11"):
        figures.freeze(made, FERREIRA, month)
    later(made, DAY)
    drafted = briefing.draft(made, FERREIRA, ("MAOC",), "")
    briefing.approve(made, ROSSI, drafted.number, drafted.digest)
    return made


def test_what_is_not_as_the_journal_holds_it_is_listed_kind_by_kind(room: Room) -> None:
    whole = journal_proof.verify(room, WATCH)
    assert (whole.ok, whole.altered, whole.altered_hidden) == (True, (), 0)
    damage(room, *BY_HAND)
    found = journal_proof.verify(room, WATCH)
    assert not found.ok
    assert found.first_broken is None, "the journal itself holds"
    assert found.altered == SHOWN
    assert all(one in found.why for one in SHOWN)
    told = journal_proof.verify(room, AUDIT)
    assert told.altered_hidden + len(told.altered) == len(SHOWN)
    room.close()
