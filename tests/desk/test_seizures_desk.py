"""The seizure ledger at the desk: everything kept, nobody shown more than is theirs, nothing recorded twice unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from sqlalchemy import text
from target_room import NOW

from maoc_tui.desk import gate, journal, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said, Statement
from maoc_tui.domain.marking import default
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import Act, Kind
from maoc_tui.domain.roles import Role
from maoc_tui.domain.seizures import Fate
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.store import operations

SHARED = parse("H2 rel ES,FR", "MAOC")
ES, FR = viewer("ES"), viewer("FR")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def event(room: Room, who: Viewer = COORDINATOR, *, mark=SHARED, **more) -> str:
    """An event of the Centre that Spain and France see, with an estimate."""
    given = {
        "when": "2022-12-13",
        "statements": (Statement("vessel", "SEA ROSE"), Statement("lead", "ES"), Statement("flag", "PL")),
        "find": NewFind("cocaine", packages="40", weight="4 t"),
        "said": Said(source="boarding team", marking=mark),
        **more,
    }
    return seizures.add(room, who, NewSeizure(**given)).ref


def operation(room: Room, mark=SHARED, **states: str) -> str:
    """An operation in the record, with some of its six States set."""
    made = operations.Operation(uuid4(), 31, "KINGFISHER", "x", NOW, mark)
    with room.db.writing() as conn:
        operations.add(conn, made)
        for field, code in states.items():
            operations.append(conn, made.id, Act(Kind.FIELD, NOW, NOW, "x", "MAOC", field, code))
    return made.ref


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


def test_a_partner_sees_and_sums_what_is_shown_to_it_and_nothing_else(room: Room) -> None:
    shown = event(room)
    hidden = event(room, statements=(Statement("vessel", "GREY WOLF"),), mark=parse("H2", "MAOC"))
    seizures.weigh(
        room, COORDINATOR, shown, "5 t", "net", official=True, said=Said(marking=parse("H2", "MAOC"))
    )
    seizures.persons(room, COORDINATOR, shown, "arrested", "7", said=Said(marking=parse("H2", "MAOC")))
    assert [row.ref for row in seizures.listing(room, ES)] == [shown]
    figures = seizures.figures(room, ES)
    assert (figures.n, figures.total.seized.total_g) == (1, 4_000_000)
    assert sum(one.total for one in figures.persons) == 0
    whole = seizures.figures(room, COORDINATOR)
    assert (whole.n, whole.total.seized.total_g) == (2, 9_000_000)
    number = seizures.sheet(room, COORDINATOR, hidden).row.finds[0].find.ref
    for act in (
        lambda: seizures.sheet(room, ES, hidden),
        lambda: seizures.state(room, ES, shown, "same-as", hidden),
        lambda: seizures.weigh(room, ES, number, "1 kg", "net"),
        lambda: seizures.persons(room, ES, hidden, "arrested", "1"),
    ):
        with pytest.raises((BadInput, NotPermitted)) as refused:
            act()
        assert "WOLF" not in refused.value.message


def test_figures_past_the_gate_would_be_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: figures computed from the whole record."""
    event(room)
    event(room, mark=parse("H2", "MAOC"))
    right = type(room.db).reading
    monkeypatch.setattr(type(room.db), "reading", lambda db, viewer: right(db, WATCH))
    assert seizures.figures(room, ES).n == 2


def test_a_line_is_as_hidden_as_the_find_and_the_event_above_it(room: Room) -> None:
    """Marked for everybody, on a find that is the Centre's alone."""
    ref = event(room, find=None)
    made = seizures.find(room, COORDINATOR, ref, NewFind("heroin"), Said(marking=parse("H2", "MAOC")))
    seizures.weigh(room, COORDINATOR, made.find, "80 kg", "net", said=Said(marking=SHARED))
    assert seizures.sheet(room, ES, ref).row.finds == ()
    with room.db.reading(ES) as conn:
        assert conn.exec_driver_sql("SELECT count(grams) FROM seizure_weighing").scalar() == 0
    op = operation(room, mark=parse("H2", "MAOC"))
    of_hidden = event(room, operation=op)
    with pytest.raises(BadInput, match="There is no event"):
        seizures.sheet(room, ES, of_hidden)


def test_an_event_counted_as_a_hidden_one_counts_itself_and_says_nothing_of_it(room: Room) -> None:
    hidden = event(room, mark=parse("H2", "MAOC"))
    shown = event(room)
    seizures.state(room, COORDINATOR, shown, "same-as", hidden)
    assert seizures.figures(room, COORDINATOR).n == 1
    sheet = seizures.sheet(room, ES, shown)
    assert (sheet.row.counted_as, "SAME_AS" in sheet.stated) == ("", False)
    assert seizures.figures(room, ES).n == 1


def test_only_those_concerned_record_official_figures(room: Room) -> None:
    ref = event(room)
    for who, allowed in ((ES, True), (FR, False)):
        assert seizures.sheet(room, who, ref).official is allowed
    seizures.weigh(room, ES, ref, "4580 kg", "net", official=True)
    seizures.weigh(room, FR, ref, "4500 kg", "net")
    seizures.state(room, FR, ref, "lead", "FR")
    for act in (
        lambda: seizures.weigh(room, FR, ref, "4500 kg", "net", official=True),
        lambda: seizures.persons(room, FR, ref, "arrested", "4", official=True),
        lambda: seizures.find(room, FR, ref, NewFind("heroin", weight="1 kg", official=True)),
    ):
        with pytest.raises(NotPermitted, match="official figures"):
            act()
    assert seizures.sheet(room, ES, ref).row.lead == "ES"


def test_nobody_corrects_or_withdraws_what_another_said(room: Room) -> None:
    ref = event(room)
    spanish = seizures.weigh(room, ES, ref, "4580 kg", "net", said=Said(marking=parse("H2 rel MAOC", "ES")))
    with pytest.raises(NotPermitted):
        seizures.withdraw(room, COORDINATOR, ref, spanish.line, "wrong")
    with pytest.raises(NotPermitted):
        seizures.weigh(
            room, COORDINATOR, ref, "1 kg", "net", said=Said(replaces=spanish.line, reason="wrong")
        )


def test_a_new_line_is_marked_as_the_event_where_it_is_ones_own(room: Room) -> None:
    ref = event(room)
    seizures.persons(room, COORDINATOR, ref, "arrested", "3")
    seizures.persons(room, ES, ref, "arrested", "4")
    marks = {line.count: line.marking for line in seizures.sheet(room, WATCH, ref).event.persons}
    assert marks == {3: SHARED, 4: default("ES")}
    assert seizures.sheet(room, ES, ref).line_marking == default("ES")


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


def test_a_role_that_may_not_record_is_refused_and_a_view_writes_nothing(room: Room) -> None:
    ref = event(room)
    analyst = Viewer("Ana", "MAOC", roles=frozenset({Role.ANALYST}))
    assert seizures.sheet(room, analyst, ref).row.ref == ref
    for who in (analyst, gate.view_as(room, COORDINATOR, "ES"), replace(COORDINATOR, read_only=True)):
        with pytest.raises(NotPermitted):
            seizures.weigh(room, who, ref, "1 kg", "net")


def test_each_act_and_each_look_is_in_the_journal(room: Room) -> None:
    ref = event(room)
    line = seizures.persons(room, COORDINATOR, ref, "rescued", "2").line
    seizures.withdraw(room, COORDINATOR, ref, line, "counted twice")
    seizures.opened(room, ES, ref)
    told = [(one.action, one.detail) for one in journal.entries(room, WATCH, ref=ref)]
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


def test_figures_are_marked_as_strictly_as_what_went_in(room: Room) -> None:
    event(room)
    seizures.add(room, ES, NewSeizure("2022-12-01", said=Said(marking=parse("H1 rel MAOC", "ES"))))
    marking = seizures.figures(room, COORDINATOR).marking
    assert marking is not None
    assert marking.originators == {"MAOC", "ES"}
    assert {code.name for code in marking.handling} == {"H1", "H2"}
    assert "FR" not in marking.readers


def test_the_command_line_walks_a_seizure(room: Room, capsys, monkeypatch, tmp_path: Path) -> None:
    from maoc_tui.cli import main
    from maoc_tui.domain.clock import Clock

    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr(Clock, "now_ms", lambda self: NOW)
    photo = tmp_path / "seal.jpg"
    photo.write_bytes(b"seal")

    def run(*words: str, fails: int = 0, as_json: bool = True) -> object:
        with pytest.raises(SystemExit) as ended:
            main(["--db", str(room.db.path), "seizure", *words, *(["--json"] if as_json else [])])
        out = capsys.readouterr().out
        assert (ended.value.code or 0) == fails, out
        return json.loads(out) if as_json else out

    made = run(
        "add", "2022-12-13", "--vessel", "SEA [/x] ROSE", "--lead", "ES", "--flag", "PL", "--substance", "cocaine",
        "--weight", "4 t", "--source", "boarding team",
    )  # fmt: skip
    ref, find = made["ref"], made["find"]
    run("weigh", find, "4580 kg", "net", "--official", "--by", "laboratory", "--packages", "40")
    run("persons", ref, "arrested", "4", "--nationality", "VE", "--official")
    run("state", ref, "flag", "PL", "--status", "confirmed", "--source", "PL registry")
    assert run("vessel", ref, "destroyed")["warnings"]
    run("vessel", ref, "retained", "--drugs")
    run("credit", ref, "asset", "ES 1/2, FR 1/2")
    assert run("credit", ref, "asset", "ES 1/2", fails=2)["error"]["code"] == "bad_input"
    lost = run("find", ref, "cocaine", "--jettisoned", "--weight", "300")
    run("custody", ref, "Navy", "--seal", "A1", "--file", str(photo))
    assert len(run("check", ref, str(photo))["matches"]) == 1
    shown = run("show", ref)
    assert [one["kg"] for one in shown["finds"]] == [4580.0, 300.0]
    assert (shown["persons"], shown["stated"]["flag"][0]["status"]) == ({"arrested": 4}, "CONFIRMED")
    stats = run("stats", "--by", "lead")
    (row,) = stats["rows"]
    assert (row["key"], row["n"], row["seized_kg"]) == (
        "ES", 1, {"weighed": 4580.0, "estimated": 0.0, "total": 4580.0},
    )  # fmt: skip
    assert stats["total"]["disrupted_kg"] == 4880.0
    assert stats["credits"]["asset"] == {
        "n": 1,
        "shares": {"ES": {"share": "1/2", "value": 0.5}, "FR": {"share": "1/2", "value": 0.5}},
    }
    assert "counted once" in stats["definitions"]["events"]
    run("withdraw", ref, lost["find"], "seen again as the first find")
    other = run("add", "2022-12-13", "--vessel", "SEA [/x] ROSE")
    assert "may be" in other["warnings"][0]
    run("same", other["ref"], ref)
    assert [one["counted_as"] for one in run("list")] in ([None, ref], [ref, None])
    assert run("stats", as_json=False).splitlines()[0].endswith("as of 2022-12-14T03:07:41Z")
    text = run("show", ref, as_json=False)
    assert "*4,580 kg net, laboratory" in text
    assert "SEA [/x] ROSE" in text
