"""Undoing: what every screen shows is as before, what cannot be undone says so, and nothing of it is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from asset_room import AT_WORK, COORDINATOR, asset, operation
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from liaison_room import DAY, add_officer, open_room, reopened, viewer
from target_room import YACHT

from maoc_tui.cli import asset_json, liaison_json, op_json, target_json
from maoc_tui.desk import (
    assets,
    assignments,
    channels,
    clocks,
    journal,
    journal_proof,
    officers,
    operation_log,
    operations,
    requests,
    roster,
    targets,
    tasking,
    undo,
)
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem

ME = replace(COORDINATOR, officer="id of Ferreira")
OTHER = viewer("MAOC", Role.COORDINATOR, name="Ana Lobo")
ES = viewer("ES")
TO_ALL = "B2 H2 rel ES,FR,PT"
TOLD_OF = {
    "id",
    "history",
    "steps",
    "timeline",
    "changes",
    "version",
    "place",
    "sheet_marking",
    "reason",
    "from",
    "by",
}
"""What tells how a record came to be as it is, and so of what was undone too; ``from`` is told where it follows."""

Act = Callable[[Room, int], Any]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Two targets, an operation, an asset, two officers. Every test undoes what it did, so they share one record."""
    made = open_room(tmp_path_factory.mktemp("world"), AT_WORK)
    for words in ("grey sloop", "white ketch"):
        entry = targets.NewTarget(description=words, area="Azores", marking=parse(TO_ALL, "MAOC"))
        targets.add(made, WATCH, entry)
    targets.fact(made, WATCH, "T-0001", "flag", "VE", "hailed", marking=parse(TO_ALL, "MAOC"))
    operation(made, "T-0001")
    asset(made, WATCH, "H2 rel ES,FR,PT", owner="MAOC")
    add_officer(made, "MAOC", "Rui Ferreira")
    add_officer(made, "ES", "Ana Ortega")
    channels.add(made, WATCH, "Ortega", "phone", "+34 1")
    yield made
    made.close()


# -- what is done, and what the screens show of it ---------------------------------------------------


def _duty(room: Room, n: int) -> None:
    roster.add(room, ME, "Ferreira", f"2026-12-{1 + n % 28:02}T08:00Z", hours="8h")


def _cancel(room: Room, n: int) -> None:
    found = roster.roster(room, ME, until="2026-12-31T00:00Z").duties
    roster.cancel(room, ME, found[n % len(found)].ref if found else "none", "ill")


def _correct(room: Room, n: int) -> None:
    stands = [
        one
        for one in targets.sheet(room, ME, "T-0001").identity
        if one.state not in ("corrected", "withdrawn")
    ]
    if not stands:
        raise BadInput("Nothing is stated.")
    old = stands[n % len(stands)].fact
    targets.fact(
        room, ME, "T-0001", old.attribute, "CO" if old.attribute == "flag" else f"NEW {n}", "again",
        replaces=old.id, reason="misheard", marking=old.marking,
    )  # fmt: skip


def _withdraw(room: Room, n: int) -> None:
    stands = [
        one
        for one in targets.sheet(room, ME, "T-0001").identity
        if one.state not in ("corrected", "withdrawn")
    ]
    targets.withdraw_fact(
        room, ME, "T-0001", stands[n % len(stands)].fact.id if stands else "none", "hearsay"
    )


ACTS: tuple[Act, ...] = (
    lambda room, n: targets.add(room, ME, targets.NewTarget(description=f"boat {n}", area="Azores")),
    lambda room, n: targets.add_from_contact(room, ME, YACHT),
    lambda room, n: targets.rename(room, ME, "T-0001", f"NAME {n}", "new name"),
    lambda room, n: targets.set_status(
        room, ME, "T-0002", ("ACTIVE", "CLOSED", "ASSESSING")[n % 3], "so it is"
    ),
    lambda room, n: targets.fact(
        room,
        ME,
        "T-0001",
        ("name", "flag")[n % 2],
        ("PALOMA", "PT")[n % 2],
        "hailed",
        marking=parse(TO_ALL, "MAOC"),
    ),
    _correct,
    _withdraw,
    lambda room, n: targets.link(room, ME, "T-0001", YACHT, "same name"),
    lambda room, n: targets.unlink(room, ME, "T-0001", YACHT, "another boat"),
    lambda room, n: assignments.offer(
        room, ME, ("T-0001", "OP-0001")[n % 2], ("ES", "FR")[n % 2], ("lead", "support")[n % 3 % 2]
    ),
    lambda room, n: assignments.accept(
        room, ME, ("T-0001", "OP-0001")[n % 2], ("ES", "FR")[n % 2], officer="", reason="by phone"
    ),
    lambda room, n: assignments.decline(
        room, ME, ("T-0001", "OP-0001")[n % 2], ("ES", "FR")[n % 2], reason="no"
    ),
    lambda room, n: assignments.begin(
        room, ME, ("T-0001", "OP-0001")[n % 2], ("ES", "FR")[n % 2], reason="by phone"
    ),
    lambda room, n: assignments.relieve(
        room, ME, ("T-0001", "OP-0001")[n % 2], ("ES", "FR")[n % 2], reason="over"
    ),
    lambda room, n: assignments.lead_not_agreed(room, ME, ("T-0001", "OP-0001")[n % 2], "talks go on"),
    lambda room, n: operations.set_state_field(
        room, ME, "OP-0001", ("lead", "flag", "coastal")[n % 3], ("ES", "FR", "PT")[n % 3], "by phone"
    ),
    lambda room, n: operations.team(room, ME, "OP-0001", f"team {n}"),
    lambda room, n: operations.target(room, ME, "OP-0001", "T-0002"),
    lambda room, n: clocks.start(room, ME, "T-0001", "C5"),
    lambda room, n: clocks.add(room, ME, "T-0001", f"call Dakar {n}", "2350Z"),
    lambda room, n: requests.open_request(room, ME, "T-0001", "flag enquiry", ("ES", "VE")[n % 2]),
    lambda room, n: assets.change(room, ME, "AS-0001", cruise=f"{10 + n % 9} kn"),
    lambda room, n: tasking.ask(room, ME, "AS-0001", "OP-0001", "shadow it"),
    _duty,
    _cancel,
    lambda room, n: officers.end(room, ME, "Ortega", "home", on=f"2026-12-{1 + n % 28:02}"),
    lambda room, n: channels.add(room, ME, "Ortega", "phone", f"+34 {n}"),
    lambda room, n: channels.move(room, ME, "Ortega", 1, 2),
    lambda room, n: channels.verify(room, ME, "Ortega", 1),
    lambda room, n: channels.retire(room, ME, "Ortega", 1, "dead line"),
)


def shown(room: Room, who: Viewer) -> dict[str, Any]:
    """Every listing and record as the screens and the command line show them to somebody."""
    rows = [one for one in targets.listing(room, who) if one.status != "WITHDRAWN"]
    ops = operations.operations(room, who)
    return bare({
        "targets": [target_json.row(one) for one in rows],
        "sheets": [target_json.sheet(targets.sheet(room, who, one.ref), AT_WORK) for one in rows],
        "operations": [op_json.row(one) for one in ops],
        "operation": [op_json.sheet(operations.sheet(room, who, one.ref)) for one in ops],
        "board": liaison_json.board(assignments.board(room, who)),
        "assigned": [liaison_json.assignment(one) for one in assignments.assignments(room, who)],
        "officers": [liaison_json.officer(one) for one in officers.officers(room, who, past=True)],
        "roster": liaison_json.roster(roster.roster(room, who, until="2026-12-31T00:00Z")),
        "clocks": [(type(one).__name__, one.text if hasattr(one, "text") else "") for one in clocks.board(room, who)],
        "running": [(one.next_ms, one.title) for one in clocks.running(room, who)],
        "requests": [(one.asked.addressee, one.standing.state) for one in requests.requests(room, who)],
        "assets": [asset_json.row_json(one) for one in assets.assets(room, who)],
        "tasks": [asset_json.task_json(one) for one in tasking.taskings(room, who)],
    })  # fmt: skip


def bare(value: Any) -> Any:
    """Without what tells how it came to be so, and without numbers: what is done again has a new one."""
    if isinstance(value, dict):
        numbered = {"ref"} if "asset" in value or "post" in value or "asked" in value else set()
        return {key: bare(one) for key, one in value.items() if key not in TOLD_OF | numbered}
    if isinstance(value, list | tuple):
        return [bare(one) for one in value if not gone(one)]
    return value


def gone(value: Any) -> bool:
    """Whether it tells of a statement or link that does not stand any more."""
    return isinstance(value, dict) and (
        value.get("state") in ("corrected", "withdrawn") or bool(value.get("ended"))
    )


def told(room: Room, *viewers: Viewer) -> dict[str, Any]:
    """What officers are shown, one line for each thing: what differs reads at a glance."""
    return dict(_lines("", {who.partner: shown(room, who) for who in viewers or (ME, ES)}))


def _lines(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        yield from _lines(f"{path}/{key}", one)
    if not pairs:
        yield path, value


# -- the tests ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def beginning(room: Room) -> dict[str, Any]:
    """What two officers are shown before anything is done."""
    return told(room)


@pytest.mark.parametrize("number", range(len(ACTS)))
def test_each_act_can_be_undone_and_done_again(room: Room, beginning: dict[str, Any], number: int) -> None:
    _before(room, number)
    own = len(undo.steps(room, ME))
    ACTS[number](room, 3)
    (last, *others) = undo.steps(room, ME)
    assert len(others) == own
    assert undo.undo(room, ME).number == last.number
    assert undo.redo(room, ME).number == last.number
    undo_everything(room)
    mine = told(room, ME)
    assert mine == {key: value for key, value in beginning.items() if key.startswith("/MAOC")}


def undo_everything(room: Room) -> None:
    """One by one, the last first."""
    for _ in range(sum(one.stands for one in undo.steps(room, ME))):
        undo.undo(room, ME)


def _before(room: Room, number: int) -> None:
    """What must be so for an act to be possible."""
    if number == 8:
        targets.link(room, ME, "T-0001", YACHT, "same name")
    if number in (10, 11, 12, 13):
        assignments.offer(room, ME, "OP-0001", "FR", "support")
    if number in (12, 13):
        assignments.accept(room, ME, "OP-0001", "FR", reason="by phone")
    if number == 24:
        _duty(room, 1)
    if number == 27:
        channels.add(room, ME, "Ortega", "phone", "+34 2")


@settings(max_examples=2, phases=[Phase.generate])
@given(st.integers(1, 1 << 32))
def test_twenty_mixed_acts_undone_one_by_one_leave_everything_as_it_was(
    room: Room, beginning: dict[str, Any], seed: int
) -> None:
    drawn, done = Random(seed), 0
    while done < 20:
        number, n = drawn.randrange(len(ACTS)), drawn.randrange(31)
        done += tried(lambda number=number, n=n: ACTS[number](room, n))
    after = told(room)
    undo_everything(room)
    assert told(room) == beginning
    for _ in range(done):
        undo.redo(room, ME)
    assert told(room) == after
    undo_everything(room)


def tried(act: Callable[[], Any]) -> bool:
    """Whether an act was possible."""
    try:
        act()
    except Problem:
        return False
    return True


# -- what is refused ---------------------------------------------------------------------------------


def test_what_somebody_changed_since_is_refused_and_says_who_and_when(room: Room) -> None:
    targets.rename(room, ME, "T-0001", "MINE", "new name")
    targets.rename(room, OTHER, "T-0001", "THEIRS", "newer name")
    with pytest.raises(NotPermitted, match=r"Ana Lobo \(MAOC\) changed the same since, 220000ZNOV26"):
        undo.undo(room, ME)
    assert targets.sheet(room, ME, "T-0001").target.designation == "THEIRS"
    undo.undo(room, OTHER)
    undo_everything(room)
    assert targets.sheet(room, ME, "T-0001").target.designation == ""


def test_a_log_line_is_not_undone_and_nothing_before_it_is_touched(room: Room) -> None:
    targets.rename(room, ME, "T-0001", "MINE", "new name")
    operation_log.log(room, ME, "OP-0001", "hailed on 16")
    with pytest.raises(NotPermitted, match="A line of the log is never taken out") as refused:
        undo.undo(room, ME)
    assert "Correct it" in refused.value.way_out
    assert targets.sheet(room, ME, "T-0001").target.designation == "MINE"
    undo.undo(room, ME, undo.steps(room, ME)[0].number)
    assert targets.sheet(room, ME, "T-0001").target.designation == ""


def test_what_others_acted_on_is_not_undone_though_they_did_nothing_that_could_be(tmp_path: Path) -> None:
    room = open_room(tmp_path, AT_WORK)

    def entered() -> tuple[str, int]:
        new = targets.NewTarget(
            "grey",
            area="Azores",
            position="36 00N 020 00W",
            at="212330Z",
            source="mpa",
            marking=parse(TO_ALL, "MAOC"),
        )
        ref = targets.add(room, ME, new).ref
        return ref, undo.last(room, ME).number

    sailed, sailing = entered()
    op = operations.open_operation(room, OTHER, "SIROCCO", sailed, marking=parse(TO_ALL, "MAOC")).row.ref
    seen, sighted = entered()
    targets.sight(room, OTHER, seen, "36 10N 020 10W", "212330Z", "mpa")
    for number in (sailing, sighted):
        with pytest.raises(NotPermitted, match="rests on it"):
            undo.undo(room, ME, number)
    operations.set_state_field(room, ME, op, "lead", "ES", "agreed")
    lead = undo.last(room, ME).number
    operations.target(room, OTHER, op, seen)
    undo.undo(room, ME, lead)
    undo.redo(room, ME, lead)
    operations.step(room, OTHER, op, "planned")
    with pytest.raises(NotPermitted, match="took a step"):
        undo.undo(room, ME, lead)
    assert {one.status for one in targets.listing(room, ME)} == {"NOMINATED"}
    room.close()


def test_a_number_stays_with_its_act_when_those_before_it_are_too_old(tmp_path: Path) -> None:
    room = open_room(tmp_path, AT_WORK)

    def at(day: float) -> None:
        room.clock = ScenarioClock(AT_WORK + int(day * DAY), 0.0)

    for day in (0, 1, 3):
        at(day)
        targets.add(room, ME, targets.NewTarget(f"boat {day}", area="Azores"))
        if day == 1:
            at(2)
            undo.undo(room, ME, 1)
    at(29)
    before = {one.number: one.sentence for one in undo.steps(room, ME)}
    at(30.5)
    assert {one.number: one.sentence for one in undo.steps(room, ME)} == {n: before[n] for n in (2, 3)}
    room.close()


def test_nobody_undoes_without_the_right_what_another_did_or_as_somebody_else(room: Room) -> None:
    targets.rename(room, ME, "T-0001", "MINE", "new name")
    for who in (replace(ME, roles=frozenset({Role.AUDITOR})), replace(ME, read_only=True)):
        with pytest.raises(NotPermitted):
            undo.undo(room, who)
    assert undo.steps(room, ES) == ()
    with pytest.raises(BadInput, match="nothing of yours"):
        undo.undo(room, ES)
    undo_everything(room)


def test_what_is_hidden_by_now_stands_in_no_list(room: Room) -> None:
    ours = targets.NewTarget(description="ours", area="Azores", marking=parse("H2 rel MAOC", "ES"))
    hidden = targets.add(room, ES, ours).ref
    assignments.offer(room, ME, hidden, "MAOC", "informed")
    assert any(hidden in one.sentence for one in undo.steps(room, ME))
    behind = replace(ME, partner="MAOC")
    with room.db.writing() as conn:
        conn.exec_driver_sql("UPDATE target SET releasable_to = '' WHERE description = 'ours'")
    assert not any(hidden in one.sentence for one in undo.steps(room, behind))


def test_the_list_is_there_after_a_restart_and_the_journal_tells_of_both(room: Room) -> None:
    targets.rename(room, ME, "T-0001", "MINE", "new name")
    again = reopened(room.db.path, AT_WORK)
    step = undo.undo(again, ME)
    assert "designation none to MINE" in step.sentence
    assert not undo.steps(again, ME)[0].stands
    lines = journal.entries(again, ME, limit=3)
    assert ("alter", "undo") in {(one.action, one.kind) for one in lines}
    assert journal_proof.verify(again, WATCH).ok
    again.close()
