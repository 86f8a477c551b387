"""What is changed or taken away past the program is found: lines, acts, check-ins; of hidden lines only how many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room, viewer

from maoc_tui.desk import assigning, operation_check_ins, operation_decisions, operation_log, operations
from maoc_tui.desk.operation_proof import LogProof, prove
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse

SHARED = parse("H2 rel ES,FR", "MAOC")
ES, FR = viewer("ES"), viewer("FR")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ref(room: Room) -> str:
    """An operation with three acts, a check-in heard of twice, and two lines, one of them of ES alone."""
    made = operations.open_operation(room, COORDINATOR, "GREY SEAL", marking=SHARED).row.ref
    operations.set_state_field(room, COORDINATOR, made, "lead", "ES", "by telephone")
    operation_decisions.decide(room, ES, made, who="J. Garcia", authority="Audiencia", right="Art. 23")
    operations.team(room, COORDINATOR, made, "ALFA")
    operation_check_ins.check_in_every(room, COORDINATOR, made)
    operation_check_ins.ops_normal(room, ES, made)
    operation_log.log(room, COORDINATOR, made, "0301 hails")
    operation_log.log(room, ES, made, "0302 source says 400 kg", marking=parse("H2", "ES"))
    return made


def tampered(room: Room, *statements: str) -> None:
    """Somebody with the file drops what guards it, and writes."""
    with room.db.writing() as conn:
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in conn.exec_driver_sql(named).all():
            conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
        for statement in statements:
            conn.exec_driver_sql(statement)


def test_all_that_was_entered_is_proved(room: Room, ref: str) -> None:
    assert prove(room, ES, ref) == LogProof(2, (), acts=5)
    assert prove(room, FR, ref) == LogProof(1, (), acts=5)
    assert prove(room, FR, ref).whole


def test_a_lead_written_by_an_assignment_is_proved_too(room: Room, ref: str) -> None:
    assigning.lead_not_agreed(room, COORDINATOR, ref, "talks go on")
    found = prove(room, COORDINATOR, ref)
    assert (found.acts, found.whole) == (6, True)


def test_a_line_taken_away_is_named_to_its_own_and_counted_for_others(room: Room, ref: str) -> None:
    gone = [line.ref for line in operation_log.entries(room, ES, ref) if "400 kg" in line.text]
    tampered(room, "DELETE FROM log_line WHERE text LIKE '%400 kg%'")
    own, other = prove(room, ES, ref), prove(room, FR, ref)
    assert (own.gone, own.hidden, own.whole) == (tuple(gone), 0, False)
    assert (other.gone, other.hidden, other.broken, other.whole) == ((), 1, (), False)


def test_a_hidden_line_that_was_changed_is_counted(room: Room, ref: str) -> None:
    tampered(room, "UPDATE log_line SET text = 'nothing' WHERE text LIKE '%400 kg%'")
    found = prove(room, FR, ref)
    assert (found.broken, found.hidden) == ((), 1)
    assert len(prove(room, ES, ref).broken) == 1


@pytest.mark.parametrize(
    ("statement", "changed", "gone"),
    [
        ("UPDATE operation_act SET who = 'nobody' WHERE act = 'DECISION'", ("DECISION",), 0),
        ("UPDATE operation_act SET at_ms = at_ms - 86400000 WHERE act = 'DECISION'", ("DECISION",), 0),
        ("DELETE FROM operation_act WHERE act = 'DECISION'", (), 1),
        ("UPDATE check_in SET at_ms = at_ms + 60000 WHERE act = 'OK'", ("OK",), 0),
        ("DELETE FROM check_in WHERE act = 'SET'", (), 1),
        ("UPDATE operation_act SET entered_ms = 1 WHERE act = 'DECISION'", (), 0),
    ],
)
def test_an_act_changed_or_taken_away_is_found(
    room: Room, ref: str, statement: str, changed: tuple[str, ...], gone: int
) -> None:
    """The twins."""
    tampered(room, statement)
    found = prove(room, COORDINATOR, ref)
    assert not found.whole
    if "entered_ms" not in statement:
        assert (found.acts_broken, found.acts_gone) == (changed, gone)


def test_what_was_entered_before_digests_were_kept_is_told_apart(room: Room, ref: str) -> None:
    tampered(room, "DELETE FROM journal WHERE kind IN ('operation_act', 'check_in')")
    found = prove(room, COORDINATOR, ref)
    assert (found.acts, found.older, found.acts_broken, found.acts_gone) == (5, 5, (), 0)
