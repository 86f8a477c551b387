"""Figures that would be false: of other targets, of what was only released, counted twice, taken back, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from figure_room import COORDINATOR, ES, SHARED, copied
from seizure_room import event as seizure
from target_room import HOUR, NOW

from maoc_tui.desk import assets, figure_freeze, figures, operation_log, tasking
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.brief_events import operation_entry
from maoc_tui.desk.figure_operations import boarded_ms, boardings
from maoc_tui.desk.figure_service import _alone_ms
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind
from maoc_tui.domain.figure_text import revisions
from maoc_tui.domain.operations import Act, Kind
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import operations as store


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = copied(tmp_path)
    made.admission.chosen = COORDINATOR
    yield made
    made.close()


def act(kind: Kind, what: str, value: str = "", at_ms: int = NOW - HOUR, text: str = "") -> Act:
    return Act(kind, at_ms, at_ms, "x", "MAOC", what, value, text=text)


def with_acts(room: Room, *acts: Act) -> str:
    """An operation of the Centre that Spain sees, with acts as given."""
    with room.db.writing() as conn:
        made = store.Operation(uuid4(), store.next_number(conn), "GREY SEAL", "x", NOW - HOUR, SHARED)
        store.add(conn, made)
        for one in acts:
            store.append(conn, made.id, one)
    return made.ref


# -- what was said of other targets -----------------------------------------------------------------


def of_other_targets(since: int) -> store.Operation:
    acts = (
        act(Kind.DECISION, "ES", "approved"), act(Kind.BASIS, "R26"), act(Kind.GO, "go"),
        act(Kind.DECISION, "FR", "refused"),
    )  # fmt: skip
    about = (store.About("T-0417", uuid4(), since),)
    return store.Operation(uuid4(), 31, "GREY SEAL", "x", NOW, SHARED, acts, targets=about)


def test_a_brief_tells_no_approval_basis_or_go_that_was_given_for_other_targets() -> None:
    whole, now = operation_entry(of_other_targets(0)).text, operation_entry(of_other_targets(4)).text
    for word in ("ES approved", "legal basis R26", "go 14"):
        assert word in whole
        assert word not in now
    assert "FR refused" in now


def test_a_basis_recorded_for_other_targets_is_no_basis_of_a_boarding(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def based() -> int:
        found = figures.figure(room, ES, "basis").whole.row("R26")
        return found.n if found is not None else 0

    with_acts(room, act(Kind.BASIS, "R26"), act(Kind.STEP, "boarded"))
    before = based()
    monkeypatch.setattr(store.Operation, "covered_from", property(lambda one: len(one.acts)))
    assert (before, based()) == (4, 0)


# -- what corrects another ---------------------------------------------------------------------------


def test_a_correction_is_no_late_entry(room: Room) -> None:
    line = operation_log.log(room, COORDINATOR, "OP-0033", "0300 hails")
    room.clock.set_to(NOW + 5 * HOUR)  # type: ignore[attr-defined]
    operation_log.correct(room, COORDINATOR, line.ref, "0301 hails", "misread")
    shown = figures.figure(room, COORDINATOR, "quality").whole.row("late log lines")
    assert shown is not None
    assert shown.values[:2] == (1, 0)
    operation_log.log(room, COORDINATOR, "OP-0033", "0400 stops")
    late = figures.figure(room, COORDINATOR, "quality").whole.row("late log lines")
    assert late is not None
    assert late.values[:2] == (2, 1)


# -- what was taken back -----------------------------------------------------------------------------


def test_a_boarding_that_was_stepped_back_is_none_and_is_told(room: Room) -> None:
    def counted(measure: str) -> int:
        return figures.figure(room, ES, measure).n

    before = counted("hit-rate"), counted("basis")
    steps = ("under_way", "boarded", "under_way", "concluded")
    ref = with_acts(
        room, *(act(Kind.STEP, what) for what in steps), act(Kind.STEP, "closed", "not_found"),
    )  # fmt: skip
    assert (counted("hit-rate"), counted("basis")) == before
    for measure in ("hit-rate", "basis"):
        kinds = [one.kind for one in figures.figure(room, ES, measure).doubts if one.ref == ref]
        assert kinds == ["stepped-back"]


def test_the_first_boarding_is_the_earliest_whatever_was_entered_first() -> None:
    acts = (
        act(Kind.STEP, "boarded", at_ms=1), act(Kind.STEP, "under_way", at_ms=2),
        act(Kind.STEP, "boarded", at_ms=9), act(Kind.STEP, "concluded", at_ms=9),
        act(Kind.STEP, "boarded", at_ms=7),
    )  # fmt: skip
    one = store.Operation(uuid4(), 31, "GREY SEAL", "x", NOW, SHARED, acts)
    assert boardings(one) == ([9, 7], [1])
    assert boarded_ms(one) == 7


# -- what would count twice --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "alone"),
    [((), 10), (((0, 30),), 0), (((0, 12), (18, 40)), 6), (((5, 15), (12, 16)), 4), (((30, 40),), 10)],
)
def test_hours_are_those_in_none_of_the_other_spans(others: tuple[tuple[int, int], ...], alone: int) -> None:
    assert _alone_ms(10, 20, others) == alone
    assert len(set(range(10, 20)).difference(*(range(*one) for one in others))) == alone


def test_a_ship_on_task_for_two_operations_is_out_once(room: Room) -> None:
    ship = assets.add(room, COORDINATOR, NewAsset("NORTE", "ship", cruise="15", marking=SHARED)).ref
    for ref in ("OP-0032", "OP-0033"):
        task = tasking.ask(room, COORDINATOR, ship, ref, "search", at="131900Z", marking=SHARED).ref
        for word, at in (("accepted", "131930Z"), ("on-task", "132000Z"), ("off-task", "132200Z")):
            tasking.record(room, COORDINATOR, task, word, at=at)
    total = figures.figure(room, COORDINATOR, "assets").whole.total
    assert (total.values, total.n) == ((1, 2.0, 0.0), 2)


# -- spans -------------------------------------------------------------------------------------------


def test_a_span_before_1970_is_refused_and_never_cut(room: Room) -> None:
    for span in ({"since": "1969-12"}, {"since": "1900"}, {"until": "1969"}):
        with pytest.raises(BadInput, match="begin with 1970"):
            figures.figure(room, ES, "seized", by="year", **span)
    shown = figures.figure(room, ES, "seized", by="year", since="1970", until="2022")
    assert (shown.slices[0].period.key, shown.n) == ("1970", 4)


# -- what was frozen ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE figure_frozen SET frozen = replace(frozen, '2960000', '9000') WHERE measure = 'seized'",
        "DELETE FROM figure_frozen WHERE measure = 'zone'",
        "UPDATE figure_freeze SET checkpoint = '1 · 0000-0000'",
    ],
)
def test_a_freeze_that_was_changed_is_told_and_not_handed_out(room: Room, statement: str) -> None:
    figures.freeze(room, ES, "2022-11")
    assert figures.as_frozen(room, ES, "2022-11", "seized")
    assert figures.figure(room, ES, "seized").altered == ()
    with room.db.writing() as conn:
        for table in ("figure_freeze", "figure_frozen"):
            for act_ in ("update", "delete"):
                conn.exec_driver_sql(f"DROP TRIGGER {table}_{act_}")
        conn.exec_driver_sql(statement)
    with pytest.raises(StoreProblem, match="not what was frozen"):
        figures.as_frozen(room, ES, "2022-11", "seized")
    shown = figures.figure(room, ES, "seized")
    assert (shown.altered, shown.freezes, shown.revisions) == (("2022-11 v1",), (), ())
    assert any("NOT WHAT WAS FROZEN" in line for line in revisions(shown))


def test_what_is_frozen_is_the_state_its_checkpoint_names(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, times = figure_freeze.counted, list[int]()

    def overtaken(*given: Any) -> Any:
        made = right(*given)
        times.append(1)
        if len(times) == 1:
            seizure(room, when="2022-11-02", find=NewFind("heroin", weight="5 kg", basis="net"))
        return made

    monkeypatch.setattr(figure_freeze, "counted", overtaken)
    figures.freeze(room, COORDINATOR, "2022-11")
    assert len(times) == 2
    table = figures.as_frozen(room, COORDINATOR, "2022-11", "seized")[1].tables["2022-11"]
    assert table.total.n == 4
