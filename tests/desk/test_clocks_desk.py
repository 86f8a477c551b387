"""Clocks at the desk: everything that runs out in one list, started and stopped by hand, gated and journaled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui.desk import asking, clocks, journal, requests, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.legal_clocks import Stage
from maoc_tui.domain.marking_entry import parse
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem

MAOC_ALL = parse("H2 rel ES,FR", "MAOC")
SPAIN, FRANCE = viewer("ES"), viewer("FR")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def target(room: Room, marking: str = "H2 rel ES,FR") -> str:
    entry = targets.NewTarget("grey trawler", area="Gulf of Guinea", marking=parse(marking, "MAOC"))
    return targets.add(room, COORDINATOR, entry).ref


def test_a_line_with_a_time_runs_as_a_clock_until_somebody_stops_it(room: Room) -> None:
    made = clocks.add(room, COORDINATOR, target(room), "call Dakar", "0500Z", marking=MAOC_ALL)
    (line,) = clocks.running(room, COORDINATOR)
    assert (line.ref, line.title, line.clock, line.by_hand) == (made.ref, "call Dakar", "", True)
    assert line.half_ms == line.start_ms + (line.due_ms - line.start_ms) // 2
    stopped = clocks.stop(room, COORDINATOR, made.ref, "called, no answer")
    assert "called, no answer" in stopped.stopped
    assert clocks.running(room, COORDINATOR) == ()
    assert [one.ref for one in clocks.board(room, COORDINATOR, past=True)] == [made.ref]
    with pytest.raises(BadInput, match="stopped already"):
        clocks.stop(room, COORDINATOR, made.ref, "again")


def test_persons_before_a_judge_run_from_when_liberty_was_taken(room: Room) -> None:
    made = clocks.start(room, COORDINATOR, target(room), "c8", at="130300Z", text="nine persons")
    assert (made.clock, made.stage) == ("C8", Stage.CHASE)
    assert made.due_ms is None
    assert made.half_ms <= NOW


@pytest.mark.parametrize("name", ["C1", "C10", "C99", ""])
def test_a_clock_that_needs_a_request_is_not_started_by_hand(room: Room, name: str) -> None:
    with pytest.raises(BadInput, match="by hand"):
        clocks.start(room, COORDINATOR, target(room), name)


def test_a_restart_changes_no_clock(room: Room, tmp_path: Path) -> None:
    clocks.start(room, COORDINATOR, target(room), "C6", at="140100Z")
    before = clocks.running(room, COORDINATOR)
    room.close()
    again = Room.open(room.db.path, clock=room.clock)
    assert clocks.running(again, COORDINATOR) == before
    again.close()


def test_what_originators_owe_stands_among_the_clocks(room: Room) -> None:
    entry = targets.NewTarget("yacht", area="Azores", marking=parse("H2 rel MAOC", "ES"))
    ref = targets.add(room, SPAIN, entry).ref
    (asked,) = asking.ask(room, COORDINATOR, ref, "BR", "needed at sea")
    lines = clocks.running(room, COORDINATOR)
    assert [(line.ref, line.target) for line in lines] == [(asked.ref, ref)]
    assert lines[0].due_ms == asked.due_ms
    asking.answer(room, SPAIN, asked.ref, "granted")
    assert clocks.running(room, COORDINATOR) == ()


def test_requests_and_clocks_stand_in_one_list_by_what_runs_out_first(room: Room) -> None:
    ref = target(room)
    late = clocks.start(room, COORDINATOR, ref, "C6").ref
    sent = requests.open_request(room, COORDINATOR, ref, "boarding-consent", "GY", clock="C2", acting="ES")
    requests.record(room, COORDINATOR, sent.asked.ref, "sent", channel="embassy")
    draft = requests.open_request(room, COORDINATOR, ref, "flag-enquiry", "VE", acting="ES").asked.ref
    soon = clocks.add(room, COORDINATOR, ref, "call", "0330Z").ref
    refs = [getattr(line, "ref", None) or line.asked.ref for line in clocks.board(room, COORDINATOR)]
    assert refs == [soon, sent.asked.ref, late, draft]
    assert [line.ref for line in clocks.running(room, COORDINATOR)] == [soon, sent.asked.ref, late]


def test_a_clock_is_seen_by_whom_it_is_marked_for_and_stopped_by_its_own(room: Room) -> None:
    ref = target(room)
    hidden = clocks.add(room, COORDINATOR, ref, "call Dakar", "0500Z").ref
    shown = clocks.add(room, COORDINATOR, ref, "call Praia", "0600Z", marking=MAOC_ALL).ref
    assert [line.ref for line in clocks.running(room, FRANCE)] == [shown]
    with pytest.raises(BadInput) as missing:
        clocks.stop(room, FRANCE, hidden, "no")
    assert "There is no clock" in missing.value.message
    with pytest.raises(NotPermitted):
        clocks.stop(room, FRANCE, shown, "no")


def test_a_clock_of_a_hidden_target_stays_hidden(room: Room) -> None:
    ref = target(room, "H2")
    clocks.add(room, COORDINATOR, ref, "call Dakar", "0500Z", marking=MAOC_ALL)
    assert clocks.running(room, FRANCE) == ()
    with pytest.raises(BadInput, match="no target"):
        clocks.add(room, FRANCE, ref, "call", "0500Z")


def test_starting_and_stopping_is_in_the_journal(room: Room) -> None:
    made = clocks.add(room, COORDINATOR, target(room), "call Dakar", "0500Z").ref
    clocks.stop(room, COORDINATOR, made, "done")
    lines = journal.entries(room, COORDINATOR, ref=made)
    assert sorted((line.action, line.kind) for line in lines) == [("alter", "clock"), ("collect", "clock")]


def test_what_cannot_be_is_refused(room: Room) -> None:
    ref = target(room)
    with pytest.raises(BadInput, match="has passed"):
        clocks.add(room, COORDINATOR, ref, "call", "2022-12-13T01:00Z")
    with pytest.raises(BadInput):
        clocks.add(room, COORDINATOR, ref, "", "0500Z")
    with pytest.raises(BadInput, match="future"):
        clocks.start(room, COORDINATOR, ref, "C8", at="2022-12-20T01:00Z")
    with pytest.raises(BadInput, match="not a clock's reference"):
        clocks.stop(room, COORDINATOR, "T-0001", "x")


# -- the bell, heard by one for all ----------------------------------------------------------------


def chased(room: Room, marking: str = "H2 rel ES,FR") -> str:
    """A clock of persons deprived of liberty that has passed half of its time, and its end."""
    made = parse(marking, "MAOC")
    return clocks.start(room, COORDINATOR, target(room, marking), "C8", at="130300Z", marking=made).ref


def test_one_officer_hears_a_bell_for_every_terminal(room: Room) -> None:
    from maoc_tui.ui.live import LiveDesk

    ref = chased(room)
    other = LiveDesk(lambda said: room, SPAIN)
    before = other._clock(room)
    assert before is not None
    assert before.all[0].heard == frozenset()
    (line,) = clocks.acknowledge(room, COORDINATOR, ref.lower())
    assert COORDINATOR.name in line.heard(NOW)
    assert "MAOC" in line.heard(NOW)
    after = other._clock(room)
    assert after is not None
    assert "half" in after.all[0].heard
    (row,) = clocks.board(room, SPAIN)
    assert row.heard(NOW) == line.heard(NOW)  # type: ignore[operator]
    assert any(e.ref == ref and "bell heard" in e.detail for e in journal.entries(room, COORDINATOR))


def test_a_bell_is_heard_once_and_only_after_it_rang(room: Room) -> None:
    ref = chased(room)
    clocks.acknowledge(room, SPAIN, ref)
    with pytest.raises(BadInput, match=f"{SPAIN.name}, ES.* heard it"):
        clocks.acknowledge(room, FRANCE, ref)
    later = clocks.add(room, COORDINATOR, target(room), "call Dakar", "0500Z").ref
    with pytest.raises(BadInput, match="not rung"):
        clocks.acknowledge(room, COORDINATOR, later)


def test_an_end_rings_though_half_was_heard(room: Room) -> None:
    ref = clocks.add(room, COORDINATOR, target(room), "call Dakar", "0500Z").ref
    room.clock.set_to(NOW + 90 * 60_000)  # type: ignore[attr-defined]
    (line,) = clocks.acknowledge(room, COORDINATOR, ref)
    assert line.heard_half
    assert not line.heard_end
    assert line.heard(line.due_ms) == ""
    room.clock.set_to(line.due_ms)  # type: ignore[attr-defined]
    (line,) = clocks.acknowledge(room, COORDINATOR, ref)
    assert line.heard_end


def test_a_hidden_clock_cannot_be_heard_nor_its_hearing_be_seen(room: Room) -> None:
    ref = chased(room, "H2")
    clocks.acknowledge(room, COORDINATOR, ref)
    with pytest.raises(BadInput, match="No clock"):
        clocks.acknowledge(room, SPAIN, ref)
    assert clocks.running(room, SPAIN) == ()


def test_who_reads_only_hears_for_nobody(room: Room) -> None:
    from dataclasses import replace

    ref = chased(room)
    with pytest.raises(NotPermitted):
        clocks.acknowledge(room, replace(SPAIN, read_only=True), ref)


def test_what_was_heard_stands(room: Room) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    clocks.acknowledge(room, COORDINATOR, chased(room))
    for sql in ("DELETE FROM clock_ack", "UPDATE clock_ack SET entered_by = 'x'"):
        with pytest.raises((SQLAlchemyError, StoreProblem)), room.db.writing() as conn:
            conn.exec_driver_sql(sql)


# -- who sees it -----------------------------------------------------------------------------------


def test_who_sees_a_request_or_a_clock_is_said_partner_by_partner(room: Room) -> None:
    from maoc_tui.desk.who_sees import who_sees

    ref = clocks.add(room, COORDINATOR, target(room), "call", "0500Z", marking=parse("H2 rel ES", "MAOC")).ref
    found = {one.partner: one for one in who_sees(room, COORDINATOR, ref)}
    assert {code for code, one in found.items() if one.seen} == {"MAOC", "ES"}
    assert found["ES"].reason.startswith("In: named by originator MAOC")
    assert found["BE"].reason.startswith("Out: ")
    (one,) = who_sees(room, SPAIN, ref, "fr")
    assert not one.seen
    for hidden, who in ((ref, FRANCE), ("RQ-9999", SPAIN), ("CK-9999", SPAIN)):
        with pytest.raises(BadInput, match="There is no"):
            who_sees(room, who, hidden)


def test_a_clock_without_a_limit_is_chased_and_never_said_to_have_run_out(room: Room) -> None:
    from maoc_tui.ui import request_rows as rows
    from maoc_tui.ui.clock_bell import ClockBell
    from maoc_tui.ui.live import LiveDesk

    ref = chased(room)
    desk, bell = LiveDesk(lambda said: room, SPAIN), ClockBell()
    clock = desk._clock(room)
    assert clock is not None
    assert clock.due_ms is None
    bell.hear(None, NOW)
    (rung,) = bell.hear(clock, NOW + 100 * HOUR)
    assert rung.startswith(f"! C8 {ref}")
    assert "chase" in rung
    assert "run out" not in rung
    (line,) = clocks.running(room, COORDINATOR)
    assert rows.stage_of(line, NOW + 100 * HOUR) == "CHASE"
    assert "chase at" in " ".join(part[0] for told in rows.sheet(line, NOW, False) for part in told)
