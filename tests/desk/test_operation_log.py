"""The log of an operation: appended, corrected by another line, sent twice and kept once, proved, never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui.desk import (
    clocks,
    journal,
    operation_decisions,
    operation_log,
    operation_proof,
    operations,
    targets,
)
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted

SHARED = parse("H2 rel ES,FR", "MAOC")
ES, FR = viewer("ES"), viewer("FR")
MINUTE = 60_000
AT_0300 = NOW - NOW % HOUR


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def target(room: Room, **more: Any) -> str:
    entry = targets.NewTarget("grey trawler", area="Azores", **{"marking": SHARED, **more})
    return targets.add(room, COORDINATOR, entry).ref


@pytest.fixture
def ref(room: Room) -> str:
    return operations.open_operation(room, COORDINATOR, "GREY SEAL", target(room), marking=SHARED).row.ref


def test_a_line_keeps_when_it_happened_when_it_was_entered_and_what_was_typed(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "0302 boarding, two aboard, compliant")
    assert (line.at_ms, line.entered_ms, line.said_time) == (AT_0300 + 2 * MINUTE, NOW, "0302")
    assert (line.kind, line.text, line.by) == ("BOARDING", "boarding, two aboard, compliant", "ES officer")
    assert operation_log.entries(room, FR, ref) == (replace(line, warning=""),)
    assert line.ref.startswith(f"{ref}/")


def test_without_a_time_it_happened_now_and_kind_and_time_can_be_said(room: Room, ref: str) -> None:
    assert operation_log.log(room, ES, ref, "sea state 4").at_ms == NOW
    line = operation_log.log(room, ES, ref, "three of them, no answer", kind="hail", at="132355Z")
    assert (line.kind, line.at_ms) == ("HAIL", AT_0300 - 3 * HOUR - 5 * MINUTE)
    assert operation_log.log(room, ES, ref, "0301 h: says Valencia").text == "says Valencia"
    for text, more in (
        ("0302", {}),
        ("  ", {}),
        ("x", {"kind": "song"}),
        ("x", {"at": "150300Z"}),
        ("y" * 2100, {}),
    ):
        with pytest.raises(BadInput):
            operation_log.log(room, ES, ref, text, **more)


def test_the_log_is_in_the_order_things_happened(room: Room, ref: str) -> None:
    for text in ("0305 c", "0301 a", "0303 b"):
        operation_log.log(room, ES, ref, text)
    assert [line.text for line in operation_log.entries(room, ES, ref)] == ["a", "b", "c"]


def test_a_correction_points_back_and_both_stay(room: Room, ref: str) -> None:
    wrong = operation_log.log(room, ES, ref, "0302 boarding, two aboard")
    right = operation_log.correct(room, ES, wrong.ref, "boarding, three aboard", "miscounted")
    assert (right.at_ms, right.kind, right.marking, right.corrects) == (
        wrong.at_ms, "BOARDING", wrong.marking, wrong.ref,
    )  # fmt: skip
    both = operation_log.entries(room, FR, ref)
    assert [(line.text, bool(line.corrected_by)) for line in both] == [
        ("boarding, two aboard", True),
        ("boarding, three aboard (corrected: miscounted)", False),
    ]
    with pytest.raises(BadInput, match="corrected already"):
        operation_log.correct(room, ES, wrong.ref, "boarding, four", "again")
    with pytest.raises(NotPermitted, match="Only officers of ES"):
        operation_log.correct(room, FR, right.ref, "boarding, five", "no")
    with pytest.raises(BadInput, match="reason is missing"):
        operation_log.correct(room, ES, right.ref, "boarding", " ")


def test_a_draft_sent_twice_stands_once(room: Room, ref: str) -> None:
    first = operation_log.log(room, ES, ref, "0302 boarding", client_id="d-1")
    again = operation_log.log(room, ES, ref, "0302 boarding", client_id="d-1")
    assert replace(first, warning="") == again
    assert len(operation_log.entries(room, ES, ref)) == 1
    other = operations.open_operation(room, COORDINATOR, "OTHER", marking=SHARED).row.ref
    with pytest.raises(BadInput, match="another log"):
        operation_log.log(room, ES, other, "0302 boarding", client_id="d-1")
    with pytest.raises(BadInput, match="another log"):
        operation_log.log(room, FR, ref, "0302 boarding", client_id="d-1")
    with pytest.raises(BadInput, match="name of the draft"):
        operation_log.log(room, ES, ref, "x", client_id="no name!")


def test_a_line_is_read_by_whom_its_own_marking_names(room: Room, ref: str) -> None:
    operation_log.log(room, ES, ref, "0302 boarding")
    own = operation_log.log(room, ES, ref, "0303 source says 400 kg", marking=parse("H2", "ES"))
    assert len(operation_log.entries(room, ES, ref)) == 2
    assert [line.text for line in operation_log.entries(room, FR, ref)] == ["boarding"]
    assert "400 kg" not in str(operations.sheet(room, FR, ref))
    hidden = operations.operations(room, FR)[0]
    assert hidden.newest_ms == operations.operations(room, ES)[0].newest_ms == NOW
    for call in (
        lambda: operation_log.correct(room, FR, own.ref, "x", "y"),
        lambda: operation_log.clock(room, FR, own.ref),
    ):
        with pytest.raises(BadInput, match="There is no log line"):
            call()


def test_the_number_of_a_line_tells_nothing_of_those_between(room: Room, ref: str, monkeypatch: Any) -> None:
    from random import Random

    from maoc_tui.store import numbers

    with numbers.numbered(numbers.Drawn(Random(3))):
        lines = [operation_log.log(room, ES, ref, f"line {at}") for at in range(4)]
    drawn = [int(line.ref.partition("/")[2]) for line in lines]
    assert drawn != sorted(drawn) or drawn[-1] - drawn[0] > 3


def test_a_hidden_operation_takes_no_line(room: Room, ref: str) -> None:
    hidden = operations.open_operation(room, COORDINATOR, "SECRET", marking=parse("H2", "MAOC")).row.ref
    with pytest.raises(BadInput, match="There is no operation") as missing:
        operation_log.log(room, ES, hidden, "0302 boarding")
    assert "SECRET" not in missing.value.message
    auditor = Viewer("Ruiz", "ES", roles=frozenset({Role.AUDITOR}))
    with pytest.raises(NotPermitted):
        operation_log.log(room, auditor, ref, "0302 boarding")


def test_what_a_consent_does_not_cover_is_taken_and_told(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "0302 nine arrested")
    assert "no consent is in force: detain persons is not covered" in line.warning
    assert operation_log.log(room, ES, ref, "0303 hails").warning == ""
    operations.basis(room, COORDINATOR, ref, "R26")
    assert operation_log.log(room, ES, ref, "0304 nine arrested").warning == ""


def test_a_line_with_a_time_becomes_a_clock_until_it_is_stopped(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "0302 call Dakar for the port log 0500Z")
    clock = operation_log.clock(room, ES, line.ref)
    assert (clock.due_ms, clock.start_ms) == (AT_0300 + 2 * HOUR, line.at_ms)
    assert clock.target in operations.sheet(room, ES, ref).row.targets
    (running,) = clocks.running(room, FR)
    assert (running.ref, running.title) == (clock.ref, f"{line.ref} call Dakar for the port log 0500Z")
    assert operation_log.entries(room, ES, ref)[0].clock == clock.ref
    with pytest.raises(BadInput, match="already"):
        operation_log.clock(room, ES, line.ref)
    clocks.stop(room, ES, clock.ref, "called")
    assert clocks.running(room, ES) == ()


def test_a_clock_of_a_line_is_read_by_nobody_who_does_not_read_the_line(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "meet the source 0500Z", marking=parse("H2", "ES"))
    operation_log.clock(room, ES, line.ref)
    assert clocks.running(room, FR) == ()
    assert len(clocks.running(room, ES)) == 1


def test_a_line_without_a_time_to_come_needs_one(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "call Dakar")
    with pytest.raises(BadInput, match="names no time"):
        operation_log.clock(room, ES, line.ref)
    with pytest.raises(BadInput, match="has passed"):
        operation_log.clock(room, ES, line.ref, at="140200Z")
    assert operation_log.clock(room, ES, line.ref, at="0430Z").due_ms == AT_0300 + 90 * MINUTE


def test_with_several_targets_one_says_whose_clock_it_is(room: Room, ref: str) -> None:
    second = target(room)
    operations.target(room, COORDINATOR, ref, second)
    line = operation_log.log(room, ES, ref, "call Dakar 0500Z")
    with pytest.raises(BadInput, match="2 targets"):
        operation_log.clock(room, ES, line.ref)
    with pytest.raises(BadInput, match="is not in"):
        operation_log.clock(room, ES, line.ref, target=target(room))
    assert operation_log.clock(room, ES, line.ref, target=second).target == second


def test_hostile_text_is_cleaned_once_and_kept_as_words(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "0302 name \x1b]52;c;QQ\x07 [red]boarding[/red] \u202eolleh")
    assert "\x1b" not in line.text
    assert "\u202e" not in line.text
    assert "[red]boarding[/red]" in line.text


def test_every_line_is_proved_against_the_journal(room: Room, ref: str) -> None:
    lines = [operation_log.log(room, ES, ref, f"0302 line {at}") for at in range(3)]
    operation_log.correct(room, ES, lines[0].ref, "line zero", "typing")
    assert operation_proof.prove(room, FR, ref) == operation_proof.LogProof(4, ())
    assert journal.entries(room, ES, ref=lines[0].ref)[0].kind == "log_line"


@pytest.mark.parametrize(
    "column", ["text = 'boarding at noon'", "at_ms = at_ms + 1", "releasable_to = ',PT,'", "kind = 'HAIL'"]
)
def test_a_line_changed_past_the_program_is_named(room: Room, ref: str, column: str) -> None:
    """The twin: somebody with the file changes a line."""
    line = operation_log.log(room, COORDINATOR, ref, "0302 boarding")
    with room.db.writing() as conn:
        conn.exec_driver_sql("DROP TRIGGER log_line_update")
        conn.exec_driver_sql(f"UPDATE log_line SET {column}")
    assert operation_proof.prove(room, COORDINATOR, ref).broken == (line.ref,)


_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from maoc_tui.desk import operation_log
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
room, ref = Room.open(Path(sys.argv[1])), sys.argv[2]
for at in range(100_000):
    line = operation_log.log(room, WATCH, ref, f"hail number {at}")
    print(line.ref, flush=True)
"""
_BOASTER = _WRITER.replace(
    "    line = operation_log.log(",
    "    print(f'{ref}/{at}', flush=True)\n    if at < 500:\n        continue\n    line = operation_log.log(",
)
"""Says that a line is saved before it is."""


def killed(room: Room, ref: str, program: str, after: int) -> list[str]:
    """The lines a writing process said were saved before it was killed."""
    root = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(room.db.path), ref, root], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(after)]
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split("\n")[:-1]
    process.stdout.close()
    process.wait()
    return [*said, *rest]


@pytest.mark.parametrize("after", [1, 7, 23])
def test_kill_9_loses_no_line_that_was_acknowledged(room: Room, ref: str, after: int) -> None:
    said = killed(room, ref, _WRITER, after)
    kept = {line.ref for line in operation_log.entries(room, COORDINATOR, ref)}
    assert len(said) >= after
    assert set(said) <= kept
    assert len(kept) <= len(said) + 1, "what was cut off is there whole or not at all"
    assert operation_proof.prove(room, COORDINATOR, ref).broken == ()
    room.db.check()


def test_a_line_that_is_acknowledged_too_early_is_found(room: Room, ref: str) -> None:
    """The twin."""
    said = killed(room, ref, _BOASTER, 20)
    kept = {line.ref for line in operation_log.entries(room, COORDINATOR, ref)}
    assert not set(said) <= kept


def test_a_decision_is_on_the_timeline_between_the_lines(room: Room, ref: str) -> None:
    operation_log.log(room, ES, ref, "0301 in sight")
    operation_log.log(room, ES, ref, "0306 stopped")
    operation_decisions.decide(
        room, ES, ref, who="J", authority="A", right="R", told_at="0304", text="by radio"
    )
    told = [getattr(one, "text", "") for one in operations.sheet(room, ES, ref).timeline]
    assert told == ["in sight", "J; A; R; by radio", "stopped"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("240312Z boarding, two aboard", {}),
        ("140312ZDEC30 boarding", {}),
        ("0320 boarding", {}),
        ("boarding", {"at": "0320"}),
        ("boarding", {"at": "140312Z"}),
        ("boarding", {"at": "2022-12-14T03:12Z"}),
    ],
)
def test_no_line_is_dated_ahead_of_the_watch_clock(room: Room, ref: str, text: str, more: Any) -> None:
    with pytest.raises(BadInput, match="future"):
        operation_log.log(room, ES, ref, text, **more)
    assert operation_log.entries(room, ES, ref) == ()
    assert operation_log.log(room, ES, ref, "0309 boarding").at_ms == AT_0300 + 9 * MINUTE, "clocks differ"


@pytest.mark.parametrize(
    ("text", "more"), [("0305 boarding, three", {}), ("boarding, three", {"at": "0305"})]
)
def test_a_time_corrected_the_next_day_is_of_the_day_of_the_line(
    room: Room, ref: str, text: str, more: Any
) -> None:
    wrong = operation_log.log(room, ES, ref, "0302 boarding, two aboard")
    room.clock.set_to(NOW + 31 * HOUR)  # type: ignore[attr-defined]
    right = operation_log.correct(room, ES, wrong.ref, text, "clock misread", **more)
    assert (right.at_ms, right.said_time) == (AT_0300 + 5 * MINUTE, "0305")


def test_a_figure_left_in_the_text_is_told_and_the_time_is_now(room: Room, ref: str) -> None:
    line = operation_log.log(room, ES, ref, "0130 m astern")
    assert (line.at_ms, line.said_time, line.text, line.figure) == (NOW, "", "0130 m astern", "0130")
    assert operation_log.log(room, ES, ref, "0130 alongside").figure == ""


def test_a_line_typed_the_day_before_is_read_as_it_was_meant_then(room: Room, ref: str) -> None:
    room.clock.set_to(NOW + 29 * HOUR)  # type: ignore[attr-defined]
    assert operation_log.log(room, ES, ref, "0302 boarding", typed_ms=NOW).at_ms == AT_0300 + 2 * MINUTE
    assert operation_log.log(room, ES, ref, "boarding", typed_ms=NOW).at_ms == NOW
    ahead = operation_log.log(room, ES, ref, "boarding", typed_ms=NOW + 99 * HOUR)
    assert ahead.at_ms == NOW + 29 * HOUR


def test_around_midnight_a_line_is_of_the_day_that_lies_nearest(room: Room, ref: str) -> None:
    midnight = NOW - NOW % (24 * HOUR) + 24 * HOUR
    room.clock.set_to(midnight + MINUTE)  # type: ignore[attr-defined]
    assert operation_log.log(room, ES, ref, "2358 alongside").at_ms == midnight - 2 * MINUTE
    room.clock.set_to(midnight + 24 * HOUR - 2 * MINUTE)  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="future") as refused:
        operation_log.log(room, ES, ref, "0001 alongside")
    assert "150001Z" in refused.value.way_out
