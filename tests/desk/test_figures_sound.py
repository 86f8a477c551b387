"""Figures that would be false: of other targets, of what was only released, counted twice, taken back, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from figure_room import COORDINATOR, ES, SHARED, copied
from target_room import HOUR, NOW

from maoc_tui.desk import figures, operation_log
from maoc_tui.desk.brief_events import operation_entry
from maoc_tui.desk.room import Room
from maoc_tui.domain.operations import Act, Kind
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
