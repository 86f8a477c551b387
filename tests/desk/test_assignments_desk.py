"""Assignments at the desk: asked, answered, handed over; and nobody learns of a target through them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from liaison_room import COORDINATOR, add_officer, add_target, open_room, viewer
from target_room import NOW

from maoc_tui.desk import assignments, journal, partners, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.assignments import HELD, TaskRole
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import assignments as store

QUARTER = 15 * 60_000


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def leads(room: Room) -> list[str]:
    with room.db.reading(WATCH) as conn:
        kept = [entry for found in store.load(conn).values() for entry in found]
    return [entry.partner for entry in kept if entry.role is TaskRole.LEAD and entry.state in HELD]


def test_asked_answered_at_work_relieved_with_its_history(room: Room) -> None:
    ref = add_target(room)
    add_officer(room, "ES", "Ana Ortega")
    assignments.offer(room, COORDINATOR, ref, "ES", "lead", officer="Ortega", reason="nearest ship")
    assignments.accept(room, viewer("ES"), ref, "ES", role="lead")
    assignments.begin(room, viewer("ES"), ref, "ES")
    (line,) = assignments.assignments(room, COORDINATOR, ref)
    assert [step.state for step in line.steps] == ["PROPOSED", "ACCEPTED", "ACTIVE"]
    assert line.officer == "Ana Ortega"
    assignments.relieve(room, COORDINATOR, ref, "ES", reason="handed over")
    assert assignments.assignments(room, COORDINATOR, ref) == ()
    assert len(assignments.assignments(room, COORDINATOR, ref, past=True)) == 1


def test_a_lead_that_accepts_relieves_the_one_before_in_the_same_act(room: Room) -> None:
    ref = add_target(room)
    for partner in ("ES", "FR"):
        assignments.offer(room, COORDINATOR, ref, partner, "lead")
        made = assignments.accept(room, viewer(partner), ref, partner)
    assert made.notes == ("ES is relieved of the lead.",)
    assert leads(room) == ["FR"]


def test_a_lead_not_agreed_is_said_with_its_reason_until_one_accepts(room: Room) -> None:
    ref = add_target(room)
    assignments.lead_not_agreed(room, COORDINATOR, ref, "two ships, no decision")
    row = assignments.row(room, COORDINATOR, ref)
    assert (row.lead.kind, row.lead.reason, row.amber) == ("not_agreed", "two ships, no decision", False)
    with pytest.raises(BadInput):
        assignments.lead_not_agreed(room, COORDINATOR, ref, "again")
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assert leads(room) == [""]
    assignments.accept(room, viewer("ES"), ref, "ES")
    assert leads(room) == ["ES"]
    with pytest.raises(BadInput, match="ES leads"):
        assignments.lead_not_agreed(room, COORDINATOR, ref, "too late")


def test_a_target_without_a_lead_turns_amber_after_fifteen_minutes(room: Room) -> None:
    ref = add_target(room)
    room.clock.set_to(NOW + QUARTER)  # type: ignore[attr-defined]
    assert not assignments.row(room, COORDINATOR, ref).amber
    room.clock.set_to(NOW + QUARTER + 1)  # type: ignore[attr-defined]
    assert assignments.row(room, COORDINATOR, ref).amber
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assert assignments.row(room, COORDINATOR, ref).amber
    assignments.accept(room, viewer("ES"), ref, "ES")
    assert not assignments.row(room, COORDINATOR, ref).amber


def test_a_prospective_member_never_leads_and_gets_only_what_it_sees(room: Room) -> None:
    ref = add_target(room, rel="ES,BE,MAOC")
    with pytest.raises(NotPermitted, match="may not be LEAD"):
        assignments.offer(room, COORDINATOR, ref, "BE", "lead")
    with pytest.raises(NotPermitted, match="does not see"):
        assignments.offer(room, COORDINATOR, ref, "BE", "support")
    own = add_target(room, "its own", rel="MAOC", origin="BE")
    made = assignments.offer(room, COORDINATOR, own, "BE", "support")
    assert "only once that is released" in made.notes[0]


def test_a_suspended_partner_may_hold_nothing_and_cannot_accept_any_more(room: Room) -> None:
    ref = add_target(room)
    assignments.offer(room, COORDINATOR, ref, "FR", "lead")
    partners.set_status(room, COORDINATOR, "FR", "suspended", "letter", "why")
    with pytest.raises(NotPermitted):
        assignments.accept(room, COORDINATOR, ref, "FR", reason="by phone")
    with pytest.raises(NotPermitted):
        assignments.offer(room, COORDINATOR, ref, "FR", "informed")


def test_only_its_own_officers_answer_or_the_coordinator_who_says_who_said_so(room: Room) -> None:
    ref = add_target(room)
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    with pytest.raises(NotPermitted, match="Only officers of ES"):
        assignments.accept(room, viewer("FR"), ref, "ES")
    with pytest.raises(BadInput, match="who said so"):
        assignments.accept(room, COORDINATOR, ref, "ES")
    assignments.accept(room, COORDINATOR, ref, "ES", reason="Ortega, duty phone")
    assert leads(room) == ["ES"]


def test_whoever_accepts_for_their_own_partner_is_its_officer_when_the_directory_has_them(room: Room) -> None:
    from dataclasses import replace

    from maoc_tui.desk import officers

    ref = add_target(room)
    add_officer(room, "ES", "Ana Ortega")
    (line,) = officers.officers(room, COORDINATOR, "ES")
    for officer, named in ((str(line.officer.id), "Ana Ortega"), ("somebody the directory lacks", "")):
        assignments.offer(room, COORDINATOR, ref, "ES", "lead")
        assignments.accept(room, replace(viewer("ES"), officer=officer), ref, "ES", role="lead")
        assert assignments.row(room, COORDINATOR, ref).officer == named
        assignments.relieve(room, COORDINATOR, ref, "ES", reason="next")


def test_an_officer_offers_for_its_own_partner_or_on_its_own_targets(room: Room) -> None:
    ref = add_target(room, origin="PT")
    assignments.offer(room, viewer("ES"), ref, "ES", "support")
    assignments.offer(room, viewer("PT"), ref, "FR", "support")
    with pytest.raises(NotPermitted):
        assignments.offer(room, viewer("ES"), ref, "FR", "informed")
    with pytest.raises(NotPermitted):
        assignments.offer(room, viewer("ES", Role.ANALYST), ref, "ES", "informed")


def test_nobody_learns_of_a_hidden_target_through_assignments(room: Room) -> None:
    shown, hidden = add_target(room, "shown", rel="ES,MAOC"), add_target(room, "hidden", rel="ES,MAOC")
    secret = add_target(room, "secret", rel="MAOC")
    for ref in (shown, hidden):
        assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    french = viewer("FR")
    assert assignments.assignments(room, french, past=True) == ()
    assert assignments.board(room, french).rows == ()
    for ref in (shown, hidden, secret, "T-9998"):
        with pytest.raises(BadInput, match=f"There is no target {ref}"):
            assignments.offer(room, french, ref, "FR", "support")
        with pytest.raises(BadInput, match=f"There is no target {ref}"):
            assignments.row(room, french, ref)
    assert {row.target for row in assignments.board(room, viewer("ES")).rows} == {shown, hidden}


def test_planted_bug_past_the_gate_the_hidden_target_would_show(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: read as the system, the board shows what the test above must not find."""
    from maoc_tui.store.database import Database

    ref = add_target(room, "hidden", rel="ES,MAOC")
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assert assignments.board(room, viewer("FR")).rows == ()
    monkeypatch.setattr(Database, "reading", lambda self, _: self.reading_whole())
    assert [row.target for row in assignments.board(room, viewer("FR")).rows] == [ref]


def test_an_assignment_is_read_by_whoever_reads_the_target_and_no_wider(room: Room) -> None:
    ref = add_target(room, rel="ES,FR,MAOC", origin="PT")
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    for partner in ("PT", "ES", "FR"):
        assert len(assignments.assignments(room, viewer(partner), ref)) == 1
    assert assignments.assignments(room, viewer("NL")) == ()
    from maoc_tui.domain.marking import default

    with pytest.raises(BadInput, match="known to all"):
        assignments.offer(room, COORDINATOR, ref, "FR", "lead", marking=default("MAOC"))


def test_a_targets_sheet_is_marked_for_those_who_may_also_read_who_is_on_it(room: Room) -> None:
    from maoc_tui.domain.marking_entry import parse

    ref = add_target(room, rel="ES,FR,MAOC", origin="PT")
    assert targets.sheet(room, COORDINATOR, ref).team is not None
    before = targets.sheet(room, COORDINATOR, ref).marking
    assignments.offer(room, COORDINATOR, ref, "ES", "support", marking=parse("H2 rel ES,PT", "MAOC"))
    after = targets.sheet(room, COORDINATOR, ref)
    assert after.marking.readers < before.readers
    assert [cell.partner for cell in after.team.cells] == ["ES"]  # type: ignore[union-attr]
    assert targets.sheet(room, viewer("FR"), ref).team.cells == ()  # type: ignore[union-attr]


def test_a_hidden_assignment_is_not_named_by_a_refusal(room: Room) -> None:
    from maoc_tui.domain.marking_entry import parse

    ref = add_target(room, rel="ES,FR,MAOC", origin="PT")
    assignments.offer(room, COORDINATOR, ref, "FR", "informed", marking=parse("H2 rel FR", "MAOC"))
    assignments.offer(room, viewer("PT"), ref, "FR", "informed")
    assert len(assignments.assignments(room, viewer("FR"), ref)) == 2


def test_a_closed_target_is_not_assigned_and_owes_no_lead(room: Room) -> None:
    ref = add_target(room)
    targets.set_status(room, WATCH, ref, "closed", "nothing in it")
    with pytest.raises(BadInput, match="closed"):
        assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assert ref not in {row.target for row in assignments.board(room, COORDINATOR).rows}


def test_each_step_is_one_entry_of_the_journal(room: Room) -> None:
    ref = add_target(room)
    assignments.offer(room, COORDINATOR, ref, "ES", "lead")
    assignments.decline(room, viewer("ES"), ref, "ES", reason="no ship")
    entries = journal.entries(room, viewer("MAOC", Role.AUDITOR), action="assign")
    assert [(e.ref, e.owner, e.recipient, e.detail) for e in entries] == [
        (ref, "PT", "ES", "ES LEAD DECLINED"),
        (ref, "PT", "ES", "ES LEAD PROPOSED"),
    ]


class Board(RuleBasedStateMachine):
    """Whatever is asked and answered in whatever order: at most one lead, and every refusal is a sentence."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = Path(tempfile.mkdtemp(prefix="board-"))
        self.room = open_room(self.folder)
        self.ref = add_target(self.room)

    who = st.sampled_from(["ES", "FR", "PT", "BE"])
    role = st.sampled_from(["lead", "support"])
    answer = st.sampled_from(["accept", "decline", "begin", "relieve"])

    @rule(partner=who, role=role)
    def ask(self, partner: str, role: str) -> None:
        self._tried(lambda: assignments.offer(self.room, COORDINATOR, self.ref, partner, role))

    @rule(partner=st.sampled_from(["ES", "FR", "PT", ""]), role=role, answer=answer)
    def reply(self, partner: str, role: str, answer: str) -> None:
        act = getattr(assignments, answer)
        self._tried(lambda: act(self.room, COORDINATOR, self.ref, partner, role=role, reason="by phone"))

    @rule()
    def disagree(self) -> None:
        self._tried(lambda: assignments.lead_not_agreed(self.room, COORDINATOR, self.ref, "no decision"))

    def _tried(self, act: object) -> None:
        refusal = None
        try:
            act()  # type: ignore[operator]
        except Problem as problem:
            refusal = problem
        if refusal is not None:
            assert refusal.message.endswith((".", "?"))
            assert refusal.way_out

    @invariant()
    def at_most_one_leads(self) -> None:
        held = leads(self.room)
        assert len(held) <= 1
        assert "BE" not in held

    def teardown(self) -> None:
        import shutil

        self.room.close()
        shutil.rmtree(self.folder, ignore_errors=True)


TestBoard = Board.TestCase
TestBoard.settings = settings(max_examples=5, stateful_step_count=8, deadline=None)
