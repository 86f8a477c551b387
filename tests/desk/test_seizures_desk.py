"""The seizure ledger at the desk: everything kept, corrected by pointing back, nothing recorded twice unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room
from seizure_room import ES, event, operation
from sqlalchemy import text

from maoc_tui.desk import journal, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said, Statement
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.seizures import Fate
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def test_the_net_weight_takes_the_place_of_the_estimate_and_both_are_kept(room: Room) -> None:
    ref = event(room)
    seizures.weigh(room, COORDINATOR, ref, "4607 kg", "gross", said=Said(source="port scale"))
    seizures.weigh(room, COORDINATOR, ref, "4580 kg", "net", official=True, said=Said(source="PJ laboratory"))
    (found,) = seizures.sheet(room, COORDINATOR, ref).row.finds
    assert [(w.said, w.basis, w.source) for w in found.weights] == [
        ("4580 kg", "NET", "PJ laboratory"),
        ("4 t", "ESTIMATED", "boarding team"),
        ("4607 kg", "GROSS", "port scale"),
    ]
    shown = seizures.figures(room, COORDINATOR)
    assert (shown.total.seized.weighed_g, shown.total.seized.estimated_g, shown.n) == (4_580_000, 0, 1)


def test_everything_survives_a_restart(room: Room, tmp_path: Path) -> None:
    ref = event(room, operation=operation(room, lead="PT"))
    photo = tmp_path / "bales.jpg"
    photo.write_bytes(b"forty bales")
    seizures.persons(room, COORDINATOR, ref, "arrested", "4", nationality="ve")
    seizures.state(room, COORDINATOR, ref, "flag", "PL", status="denied", said=Said(source="PL registry"))
    seizures.transfer(room, COORDINATOR, ref, "Navy", seal="A1", file=str(photo))
    before = seizures.sheet(room, COORDINATOR, ref)
    room.close()
    again = Room.open(room.db.path, clock=room.clock)
    try:
        assert seizures.sheet(again, COORDINATOR, ref) == before
    finally:
        again.close()


def test_an_event_takes_the_states_of_its_operation_where_nobody_stated_its_own(room: Room) -> None:
    op = operation(room, lead="PT", seizing="FR", coastal="not agreed")
    ref = event(room, statements=(Statement("lead", "ES"),), operation=op)
    sheet = seizures.sheet(room, COORDINATOR, ref)
    assert (sheet.row.lead, sheet.row.operation, dict(sheet.inherited)) == ("ES", op, {"SEIZING": "FR"})
    assert [row.key for row in seizures.figures(room, COORDINATOR, by="seizing").rows] == ["FR"]
    assert [row.ref for row in seizures.listing(room, COORDINATOR, op)] == [ref]


def test_a_correction_points_back_and_the_line_it_corrects_stays(room: Room) -> None:
    ref = event(room)
    wrong = seizures.weigh(room, COORDINATOR, ref, "46070 kg", "net", said=Said(source="PJ"))
    seizures.weigh(
        room, COORDINATOR, ref, "4607 kg", "net",
        said=Said(source="PJ", replaces=wrong.line[:8], reason="a nought too many"),
    )  # fmt: skip
    sheet = seizures.sheet(room, COORDINATOR, ref)
    assert sheet.row.finds[0].shown is not None
    assert sheet.row.finds[0].shown.grams == 4_607_000
    assert [line.id for line in sheet.past] == [wrong.line]
    with pytest.raises(BadInput, match="no weighing that stands"):
        seizures.weigh(
            room, COORDINATOR, ref, "1 kg", "net", said=Said(replaces=wrong.line, reason="once more")
        )
    with pytest.raises(BadInput, match="reason is missing"):
        seizures.weigh(room, COORDINATOR, ref, "1 kg", "net", said=Said(replaces=wrong.line))


def test_a_find_corrected_keeps_its_number_and_its_weights(room: Room) -> None:
    ref = event(room, find=NewFind("suspected", weight="500 kg"))
    number = seizures.sheet(room, COORDINATOR, ref).row.finds[0].find.ref
    seizures.find(room, COORDINATOR, ref, NewFind("heroin"), Said(replaces=number, reason="laboratory"))
    seizures.weigh(room, COORDINATOR, number, "480 kg", "net")
    (found,) = seizures.sheet(room, COORDINATOR, ref).row.finds
    assert (found.find.ref, found.substance, [w.grams for w in found.weights]) == (
        number,
        "heroin",
        [480_000, 500_000],
    )
    seizures.withdraw(room, COORDINATOR, ref, number, "it was flour")
    assert seizures.sheet(room, COORDINATOR, ref).row.finds == ()
    assert seizures.figures(room, COORDINATOR).total.seized.total_g == 0
    assert seizures.figures(room, COORDINATOR).n == 1


def test_what_went_overboard_is_never_in_what_was_seized(room: Room) -> None:
    ref = event(room)
    seizures.find(room, COORDINATOR, ref, NewFind("cocaine", jettisoned=True, packages="30", weight="900 kg"))
    finds = seizures.sheet(room, COORDINATOR, ref).row.finds
    assert [one.find.fate for one in finds] == [Fate.SEIZED, Fate.JETTISONED]
    total = seizures.figures(room, COORDINATOR).total
    assert (total.seized.total_g, total.jettisoned.total_g) == (4_000_000, 900_000)
    with pytest.raises(BadInput, match="several finds"):
        seizures.weigh(room, COORDINATOR, ref, "1 kg", "net")


def test_an_event_reported_twice_is_pointed_out_and_counted_once(room: Room) -> None:
    first = event(room)
    made = seizures.add(
        room,
        ES,
        NewSeizure(
            "2022-12-14",
            statements=(Statement("vessel", "Sea Rose"),),
            find=NewFind("cocaine", weight="4100 kg"),
            said=Said(marking=parse("H2 rel MAOC", "ES")),
        ),
    )
    assert made.warnings == (f"{made.ref} may be {first}: the same vessel.",)
    assert seizures.figures(room, COORDINATOR).n == 2
    with pytest.raises(NotPermitted):
        seizures.state(room, COORDINATOR, made.ref, "same-as", first)
    seizures.state(room, ES, made.ref, "same-as", first)
    with pytest.raises(BadInput, match="itself counted as"):
        seizures.state(room, COORDINATOR, first, "same-as", made.ref)
    shown = seizures.figures(room, COORDINATOR)
    assert (shown.n, shown.total.seized.total_g) == (1, 4_000_000)
    assert [doubt for doubt in shown.doubts if doubt.kind == "twice"] == []


def test_a_file_is_known_again_by_its_hash_and_never_kept(room: Room, tmp_path: Path) -> None:
    ref = event(room)
    photo, other = tmp_path / "bales.jpg", tmp_path / "other.jpg"
    photo.write_bytes(b"x" * 3_000_000)
    other.write_bytes(b"x" * 3_000_001)
    seizures.transfer(room, COORDINATOR, ref, "Navy", seal="A1", file=str(photo))
    (line,) = seizures.sheet(room, COORDINATOR, ref).event.custody
    assert (line.file, line.size) == ("bales.jpg", 3_000_000)
    assert line.sha256 == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    assert [one.id for one in seizures.matching(room, COORDINATOR, ref, str(photo))] == [line.id]
    assert seizures.matching(room, COORDINATOR, ref, str(other)) == ()
    for path in (str(tmp_path), str(tmp_path / "nowhere"), "/dev/zero", "a\0b"):
        with pytest.raises(BadInput):
            seizures.transfer(room, COORDINATOR, ref, "Navy", file=path)


def test_each_act_and_each_look_is_in_the_journal(room: Room) -> None:
    ref = event(room)
    line = seizures.persons(room, COORDINATOR, ref, "rescued", "2").line
    seizures.withdraw(room, COORDINATOR, ref, line, "counted twice")
    seizures.opened(room, ES, ref)
    held = journal.entries(room, WATCH, ref=ref)
    told = [(one.action, one.detail) for one in held if one.kind != "seizure_line"]
    assert told == [("consult", ""), ("alter", "withdrawn"), ("collect", "persons"), ("collect", "event")]


@pytest.mark.parametrize("table", [
    "seizure", "seizure_find", "seizure_weighing", "seizure_persons", "seizure_stated", "seizure_transfer",
])  # fmt: skip
def test_no_row_is_ever_changed_or_deleted(room: Room, table: str) -> None:
    ref = event(room)
    seizures.persons(room, COORDINATOR, ref, "arrested", "4")
    seizures.transfer(room, COORDINATOR, ref, "Navy")
    for statement in (f"UPDATE {table} SET entered_by = 'y'", f"DELETE FROM {table}"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.execute(text(statement))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"when": "2023-01-01"}, "future"),
        ({"when": "soon"}, "not a time"),
        ({"operation": "OP-9999"}, "no operation"),
        ({"statements": (Statement("colour", "red"),)}, "no statement of an event"),
        ({"statements": (Statement("flag", "Poland"),)}, "no flag"),
        ({"statements": (Statement("flag", "PL", "perhaps"),)}, "status of a flag"),
        ({"statements": (Statement("type", "spaceship"),)}, "not a type"),
        ({"statements": (Statement("credit-asset", "ES 1/2"),)}, "add to 1/2"),
        ({"statements": (Statement("lead", "ES", "claimed"),)}, "has no status"),
        ({"statements": (Statement("same-as", "SZ-0001"),)}, "not counted as another"),
        ({"statements": (Statement("vessel-disposition", "eaten"),)}, "no disposition"),
        ({"find": NewFind("sugar")}, "no substance"),
        ({"find": NewFind("cocaine", weight="3,281 kg")}, "may be 3281"),
        ({"find": NewFind("cocaine", packages="many")}, "no number of packages"),
        ({"find": NewFind("cocaine", weight="1 t", basis="felt")}, "basis of a weight"),
        ({"said": Said(marking=parse("H2", "FR"))}, "Only officers of FR"),
    ],
)
def test_what_cannot_be_understood_is_said_and_nothing_is_recorded(room: Room, given, said) -> None:
    with pytest.raises((BadInput, NotPermitted), match=said):
        event(room, **given)
    assert seizures.listing(room, WATCH) == ()


def test_what_the_law_asks_first_is_told(room: Room) -> None:
    ref = event(room)
    assert (
        "flag State" in seizures.state(room, COORDINATOR, ref, "drugs-disposition", "destroyed").warnings[0]
    )
    assert seizures.state(room, COORDINATOR, ref, "vessel-disposition", "towed").warnings == ()
    assert seizures.sheet(room, COORDINATOR, ref).row.disposition == "towed"


def test_figures_of_a_period_count_what_begins_in_it(room: Room) -> None:
    for when in ("2022-10", "2022-11-30", "2022-12-01"):
        event(room, when=when, statements=())
    months = seizures.figures(room, COORDINATOR, by="month")
    assert [(row.key, row.n) for row in months.rows] == [("2022-10", 1), ("2022-11", 1), ("2022-12", 1)]
    assert seizures.figures(room, COORDINATOR, since="2022-11", until="2022-11").n == 1
    assert seizures.figures(room, COORDINATOR, since="2022-11").n == 2
    with pytest.raises(BadInput):
        seizures.figures(room, COORDINATOR, since="2022-12", until="2022-11")
    with pytest.raises(BadInput, match="cannot be had by"):
        seizures.figures(room, COORDINATOR, by="colour")
