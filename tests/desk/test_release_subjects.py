"""Releases of operations, seizures and assets: line by line, with what they belong to, and taken back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from maoc_tui.desk import (
    assets,
    assigning,
    assignments,
    journal,
    operation_decisions,
    operation_log,
    operation_reading,
    operations,
    release,
    seizure_entering,
    seizure_reading,
    seizures,
    targets,
    tasking,
    who_sees,
)
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.problems import BadInput
from maoc_tui.store import gate_masks, gate_tables, gate_views
from tests.release_room import (
    AUDIT,
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    draft,
    make_room,
    marked,
    operation,
    seizure,
    yacht,
)

OPEN = marked("ES", "MAOC")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def lines(room: Room, ref: str, kind: str, partner: str = "BE") -> list[Any]:
    """The lines of a kind on the release panel."""
    return [one for one in release.panel(room, ORTEGA, ref, partner).lines if one.line.kind == kind]


def let_out(room: Room, ref: str, *ids: str, partner: str = "BE", **wordings: str) -> str:
    """Spain proposes lines, the Centre approves; its reference."""
    itself = release.panel(room, ORTEGA, ref, partner).lines[0].line.id
    worded = {itself: wordings.pop("itself", "as told to you"), **wordings}
    made = release.propose(room, ORTEGA, draft(room, ref, partner, lines=ids, wordings=worded))
    return release.approve(room, ROSSI, made.ref, release.the_word(made)).ref


def logged(room: Room, ref: str, text: str) -> str:
    """A line of Spain's in the log; its id."""
    entry = operation_log.log(room, ORTEGA, ref, text, marking=OPEN)
    return next(one.line.id for one in lines(room, ref, "log_line") if entry.ref in one.line.title)


def told(room: Room, ref: str = "OP-0001") -> list[str]:
    return [line.text for line in operation_reading.sheet(room, PEETERS, ref).log]


# -- an operation ----------------------------------------------------------------------------------


def test_a_log_line_goes_out_in_its_wording_and_its_neighbours_stay(room: Room) -> None:
    ref = operation(room)
    first = logged(room, ref, "0201 informant says it sails")
    logged(room, ref, "0202 CODEWORD heard")
    let_out(room, ref, first, **{first: "it sails tonight"})
    assert told(room) == ["it sails tonight"]
    assert operation_reading.sheet(room, PEETERS, ref).row.name == "as told to you"
    assert len(operation_reading.sheet(room, ORTEGA, ref).log) == 2


def test_nothing_is_shown_before_a_second_person_and_recalled_it_is_gone_at_once(room: Room) -> None:
    ref = operation(room)
    line = logged(room, ref, "0201 it sails")
    made = release.propose(room, ORTEGA, draft(room, ref, lines=(line,)))
    assert operation_reading.operations(room, PEETERS) == ()
    release.approve(room, ROSSI, made.ref, "BE 2")
    assert told(room) == ["it sails"]
    gone = release.recall(room, ROSSI, made.ref, "wrong boat")
    assert {one.partner for one in gone.holders if one.draft} == {"BE"}
    assert any(ref in one.draft and "it sails" not in one.draft for one in gone.holders)
    assert operation_reading.operations(room, PEETERS) == ()
    assert [task.kind for task in release.tasks(room, ORTEGA)] == ["send_correction"]


def test_the_acts_its_targets_and_check_ins_stay_behind(room: Room) -> None:
    hidden = yacht(room)
    ref = operations.open_operation(room, ORTEGA, "NIGHT", hidden, marking=OPEN).row.ref
    operations.set_state_field(room, ORTEGA, ref, "lead", "ES", "SECRETSOURCE")
    operation_decisions.decide(
        room, ORTEGA, ref, who="SECRETNAME", authority="a court", right="R", state="ES"
    )
    let_out(room, ref)
    sheet = operation_reading.sheet(room, PEETERS, ref)
    assert (sheet.row.state, sheet.row.targets, sheet.timeline, sheet.decisions) == (None, (), (), ())
    assert set(sheet.row.states.values()) == {""}
    with room.db.reading(PEETERS) as conn:
        for name, kind in gate_tables.FOLLOWING.items():
            if kind.right:
                assert conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() == 0, name
    let_out(room, hidden)
    assert operation_reading.sheet(room, PEETERS, ref).targets == (), "nobody looked at what joins the two"


def test_the_twin_that_follows_a_release_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    loose = {name: replace(kind, right=False) for name, kind in gate_tables.FOLLOWING.items()}
    monkeypatch.setattr(gate_views, "FOLLOWING", loose)
    with pytest.raises(AssertionError):
        test_the_acts_its_targets_and_check_ins_stay_behind(room)


def test_whom_the_originator_named_reads_all_of_it(room: Room) -> None:
    ref = operation(room)
    let_out(room, ref)
    row = operation_reading.sheet(room, FERREIRA, ref).row
    assert (row.name, row.state_title) == ("secret: the informant's boat", "nominated")


def test_what_the_recipient_writes_itself_stands_beside_it(room: Room) -> None:
    ref = operation(room)
    let_out(room, ref, logged(room, ref, "0201 it sails"))
    operation_log.log(room, PEETERS, ref, "0203 our ship is near")
    assert told(room) == ["it sails", "our ship is near"]
    assert "our ship is near" in str(operation_reading.sheet(room, ORTEGA, ref).log)


def test_who_is_what_to_it_is_released_without_reasons(room: Room) -> None:
    ref = operation(room, ORTEGA, "FR")
    assigning.offer(room, ORTEGA, ref, "FR", "support", reason="SECRETREASON", marking=OPEN)
    (one,) = lines(room, ref, "operation_assignment")
    let_out(room, ref, one.line.id)
    (cell,) = operation_reading.sheet(room, PEETERS, ref).assigned
    assert (cell.partner, cell.role.value) == ("FR", "SUPPORT")
    assert "SECRETREASON" not in str(assignments.assignments(room, PEETERS, past=True))


# -- corrections -----------------------------------------------------------------------------------


def line_corrected(room: Room) -> tuple[str, str]:
    """A line of the log is released and corrected; what must be gone, and the release."""
    ref = operation(room)
    line = logged(room, ref, "0201 WRONGWORD seen")
    number = let_out(room, ref, line)
    entry = operation_reading.sheet(room, ORTEGA, ref).log[0].ref
    operation_log.correct(room, ORTEGA, entry, "0201 RIGHTWORD seen", "misread")
    return str(operation_reading.sheet(room, PEETERS, ref)), number


def find_corrected(room: Room) -> tuple[str, str]:
    """A find is released and corrected; what must be gone, and the release."""
    ref = seizure(room)
    seizures.find(room, ORTEGA, ref, seizures.NewFind("cocaine", packages="40", hidden="WRONGWORD"), _said())
    (find,) = lines(room, ref, "seizure_find")
    number = let_out(room, ref, find.line.id)
    named = seizure_reading.sheet(room, ORTEGA, ref).row.finds[0].find.ref
    again = seizures.Said(source="laboratory", replaces=named, reason="counted anew", marking=OPEN)
    seizures.find(room, ORTEGA, ref, seizures.NewFind("cocaine", packages="41"), again)
    assert seizure_reading.sheet(room, PEETERS, ref).row.finds == ()
    return str(seizure_reading.sheet(room, PEETERS, ref)), number


def _said() -> seizures.Said:
    return seizures.Said(source="SECRETSOURCE", marking=OPEN)


CORRECTED = {"log line": line_corrected, "find": find_corrected}


def gone_and_told(room: Room, change: Callable[[Room], tuple[str, str]]) -> None:
    text, number = change(room)
    assert not [word for word in ("WRONGWORD", "RIGHTWORD", "SECRETSOURCE") if word in text]
    assert [(task.kind, task.partner) for task in release.tasks(room, ORTEGA)] == [("send_correction", "BE")]
    told = {(x.ref, x.owner, x.recipient) for x in journal.entries(room, AUDIT, action="recall")}
    assert told == {(number, "ES", "BE")}


@pytest.mark.parametrize("what", CORRECTED)
def test_what_is_corrected_is_gone_and_its_holder_is_to_be_told(room: Room, what: str) -> None:
    gone_and_told(room, CORRECTED[what])


@pytest.mark.parametrize("what", CORRECTED)
def test_the_twins_that_leave_it_are_found(room: Room, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (operation_log, seizure_entering):
        monkeypatch.setattr(module, "recall_all", lambda *_: None)
    with pytest.raises(AssertionError):
        gone_and_told(room, CORRECTED[what])


# -- a seizure -------------------------------------------------------------------------------------


def weighed(room: Room) -> str:
    """An event of an operation with a find that was weighed; its reference."""
    ref = seizure(room, operation=operation(room))
    entry = seizures.NewFind("cocaine", packages="40", hidden="SECRETPLACE", weight="900 kg")
    seizures.find(room, ORTEGA, ref, entry, _said())
    return ref


def test_a_weight_brings_the_find_the_event_and_the_operation_along(room: Room) -> None:
    ref = weighed(room)
    (weight,) = lines(room, ref, "seizure_weighing")
    held = release.look(room, ORTEGA, draft(room, ref, lines=(weight.line.id,)))
    assert [one.kind for one in held.lines] == ["seizure", "operation", "seizure_find", "seizure_weighing"]
    (above,) = lines(room, ref, "operation")
    let_out(room, ref, weight.line.id, **{above.line.id: "an operation of ES"})
    (find,) = seizure_reading.sheet(room, PEETERS, ref).row.finds
    assert find.shown is not None
    assert (find.shown.grams, find.shown.source, find.find.hidden) == (900_000, "ES", "")
    assert operation_reading.sheet(room, PEETERS, "OP-0001").row.name == "an operation of ES"
    text = str(seizure_reading.sheet(room, PEETERS, ref))
    assert not [word for word in ("SECRET", "secret", "Ortega") if word in text]


def test_when_its_operation_is_recalled_it_is_recalled_too_and_the_panel_says_so(room: Room) -> None:
    ref = weighed(room)
    operation_alone, _ = let_out(room, "OP-0001"), let_out(room, ref)
    assert [row.ref for row in seizure_reading.listing(room, PEETERS)] == [ref]
    release.recall(room, ROSSI, operation_alone, "a test")
    assert seizure_reading.listing(room, PEETERS) == ()
    itself = release.panel(room, ORTEGA, ref, "BE").lines[0]
    assert (itself.seen, itself.why) == (False, "Out: release R-0002 recalled 03:07Z")


# -- an asset --------------------------------------------------------------------------------------


def asked(room: Room) -> tuple[str, str]:
    """An asset of Spain's with a place, asked for an operation on a target; it and the tasking."""
    about = yacht(room)
    op = operations.open_operation(room, ORTEGA, "NIGHT", about, marking=OPEN).row.ref
    new = NewAsset(
        "RELAMPAGO", "ship", base="SECRETBASE", base_position="36 00N 006 00W", cruise="15", marking=OPEN
    )
    ref = assets.add(room, ORTEGA, new).ref
    assets.report(room, ORTEGA, ref, availability="available", text="SECRETTEXT", marking=OPEN)
    task = tasking.ask(room, ORTEGA, ref, op, "SECRETWORDS", target=about, marking=OPEN).ref
    return ref, task


def test_an_asset_is_released_without_its_place(room: Room) -> None:
    ref, _ = asked(room)
    chosen = [one.line.id for kind in ("asset_profile", "asset_report") for one in lines(room, ref, kind)]
    (report,) = lines(room, ref, "asset_report")
    let_out(room, ref, *chosen, itself="a patrol ship of ES", **{report.line.id: "free tonight"})
    sheet = assets.sheet(room, PEETERS, ref)
    assert (sheet.row.name, sheet.row.availability, sheet.row.cruise_kn) == (
        "a patrol ship of ES",
        "available",
        15,
    )
    assert sheet.row.lat != sheet.row.lat
    assert "SECRET" not in str(sheet)
    assert (sheet.tasks, sheet.row.told) == ((), False)


def test_a_tasking_goes_out_with_all_it_joins_and_what_ends_it_follows(room: Room) -> None:
    ref, task = asked(room)
    (one,) = lines(room, ref, "tasking")
    worded = {
        x.line.id: f"worded {x.line.kind}" for x in release.panel(room, ORTEGA, ref, "BE").lines if x.wordable
    }
    let_out(room, ref, one.line.id, **worded)
    (shown,) = assets.sheet(room, PEETERS, ref).tasks
    assert (shown.words, shown.operation, shown.target, shown.state) == (
        "worded tasking",
        "OP-0001",
        "T-0001",
        "asked",
    )
    room.clock.set_to(room.clock.now_ms() + 60_000)  # type: ignore[attr-defined]
    tasking.record(room, ORTEGA, task, "accepted", text="SECRETYES")
    assert assets.sheet(room, PEETERS, ref).tasks[0].state == "asked", "what becomes of it stays behind"
    tasking.record(room, ORTEGA, task, "declined", text="SECRETNO")
    sheet = assets.sheet(room, PEETERS, ref)
    assert sheet.tasks[0].state == "declined"
    assert not [word for word in ("SECRET", "informant", "Ortega") if word in str(sheet)]
    assert targets.listing(room, PEETERS)[0].ref == "T-0001"


def test_the_twin_without_masks_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_masks, "MASKS", {name: {} for name in gate_masks.MASKS})
    with pytest.raises(AssertionError):
        test_an_asset_is_released_without_its_place(room)


# -- asking, the journal, who sees ---------------------------------------------------------------------


def test_each_originator_is_asked_and_has_its_own_entry(room: Room) -> None:
    ref = operation(room, ORTEGA, "FR")
    entry = operation_log.log(
        room, MARTIN, ref, "0203 our aircraft saw it", marking=marked("FR", "MAOC", "ES")
    )
    panel = release.panel(room, FERREIRA, ref, "BE")
    ours = next(one.line.id for one in panel.lines if entry.ref in one.line.title)
    requests = release.ask(room, FERREIRA, ref, "BE", "needed", lines=(ours,))
    assert {(one.originator, one.subject.kind) for one in requests} == {
        ("ES", "operation"),
        ("FR", "operation"),
    }
    for one, who in zip(requests, (ORTEGA, MARTIN), strict=True):
        release.answer(room, who, one.ref, "granted")
    made = release.propose(room, FERREIRA, draft(room, ref, lines=(ours,)))
    release.approve(room, ROSSI, made.ref, "BE 2")
    assert told(room) == ["our aircraft saw it"]
    noted = {(x.owner, x.recipient) for x in journal.entries(room, AUDIT, action="release")}
    assert noted == {("ES", "BE"), ("FR", "BE")}
    release.answer(room, MARTIN, requests[1].ref, "withdrawn", reason="our source")
    assert told(room) == [], "what rests on a consent ends with it"


@pytest.mark.parametrize("ref", ["OP-0001", "SZ-0001", "AS-0001", "OP-9999"])
def test_nothing_is_said_of_what_is_hidden(room: Room, ref: str) -> None:
    weighed(room), asked(room)
    for ask in (
        lambda: release.panel(room, PEETERS, ref, "MA"),
        lambda: release.look(room, PEETERS, release.Draft(ref, "MA")),
        lambda: who_sees.who_sees(room, PEETERS, ref),
    ):
        with pytest.raises(BadInput, match="There is no"):
            ask()


def test_who_sees_an_operation_is_told_with_the_reason(room: Room) -> None:
    ref = operation(room)
    number = let_out(room, ref)
    seen = {one.partner: one.reason for one in who_sees.who_sees(room, ORTEGA, ref) if one.seen}
    assert number in seen["BE"]
    assert set(seen) == {"ES", "MAOC", "BE"}
