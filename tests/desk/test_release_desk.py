"""Releases: two different persons, the originator's consent, the checklist; recalled at once, every holder named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import text

from maoc_tui.desk import journal, release, retention, targets, undo
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock, to_ms
from maoc_tui.domain.roles import Role
from maoc_tui.domain.safeguards import Answer
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.targets_sheet import banner, sheet_lines
from tests.release_room import (
    AUDIT,
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    answers,
    draft,
    make_room,
    officer,
    sees,
    sighting,
    yacht,
)
from tests.target_room import HOUR, NOW


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    with numbered(InOrder()):
        yield made
    made.close()


def consent(room: Room, ref: str, partner: str = "BE") -> str:
    (asked,) = release.ask(room, FERREIRA, ref, partner, "needed for the boarding")
    release.answer(room, ORTEGA, asked.ref, "granted")
    return asked.ref


def released(room: Room, ref: str, **given: object) -> str:
    """A yacht of ES released to BE as workflow 3.7 has it."""
    consent(room, ref)
    made = release.propose(room, FERREIRA, draft(room, ref, **given))
    release.approve(room, ROSSI, made.ref, release.the_word(made))
    return made.ref


def test_what_was_released_since_is_not_undone(room: Room) -> None:
    ref = yacht(room, ORTEGA)
    targets.rename(room, ORTEGA, ref, "SECRET", "so it is called")
    for one in (ref, yacht(room, ORTEGA)):
        released(room, one)
    before = sees(room, PEETERS)
    for number in (2, 3):
        with pytest.raises(NotPermitted, match="a release is not undone"):
            undo.undo(room, ORTEGA, number)
    assert sees(room, PEETERS) == before != []
    room.clock = ScenarioClock(room.clock.now_ms() + 1000, 0.0)
    targets.rename(room, ORTEGA, ref, "OPEN", "another name")
    undo.undo(room, ORTEGA)
    assert targets.sheet(room, ORTEGA, ref).target.designation == "SECRET"


def test_a_release_takes_consent_two_persons_and_is_seen_only_then(room: Room) -> None:
    ref = yacht(room)
    assert sees(room, PEETERS) == []
    asked = consent(room, ref)
    assert sees(room, PEETERS) == []
    made = release.propose(room, FERREIRA, draft(room, ref))
    assert sees(room, PEETERS) == []
    assert release.the_word(made) == "BE 1"
    release.approve(room, ROSSI, made.ref, "BE 1")
    assert sees(room, PEETERS) == [ref]
    assert sees(room, MARTIN) == []
    assert (made.status, made.recipient_class) == ("prospective", "G")
    (got,) = release.received(room, PEETERS)
    assert got.ref == made.ref
    assert "without the originator's consent" in got.condition
    acts = [(x.who, x.action, x.ref, x.recipient) for x in reversed(journal.entries(room, AUDIT))]
    assert acts[1:] == [
        ("Ferreira", "ask", asked, "BE"), ("Ortega", "answer", asked, "BE"),
        ("Ferreira", "propose", made.ref, "BE"), ("Rossi", "release", made.ref, "BE"),
    ]  # fmt: skip


def test_without_consent_nothing_of_anothers_is_proposed(room: Room) -> None:
    ref = yacht(room)
    with pytest.raises(NotPermitted, match="originator ES, not asked"):
        release.propose(room, FERREIRA, draft(room, ref))
    (asked,) = release.ask(room, FERREIRA, ref, "BE", "needed")
    with pytest.raises(NotPermitted, match="Q-0001: waiting"):
        release.propose(room, FERREIRA, draft(room, ref))
    release.answer(room, ORTEGA, asked.ref, "refused", reason="a source is at risk")
    with pytest.raises(NotPermitted, match="Q-0001: refused"):
        release.propose(room, FERREIRA, draft(room, ref))


def test_the_originators_own_officer_proposes_without_asking(room: Room) -> None:
    ref = yacht(room)
    made = release.propose(room, ORTEGA, draft(room, ref))
    release.approve(room, ROSSI, made.ref, "be 1".upper())
    assert sees(room, PEETERS) == [ref]


def test_only_an_officer_of_the_originator_answers(room: Room) -> None:
    (asked,) = release.ask(room, FERREIRA, yacht(room, ORTEGA, "FR"), "BE", "needed")
    for other in (FERREIRA, MARTIN, WATCH):
        with pytest.raises(NotPermitted):
            release.answer(room, other, asked.ref, "granted")
    with pytest.raises(StoreProblem), room.db.writing() as conn:
        conn.execute(text(
            "INSERT INTO origin_answer (id, by, officer, by_partner, entered_ms, request_id, answer, condition, reason)"
            " SELECT id, 'x', 'x', 'MAOC', 0, id, 'granted', '', '' FROM origin_request"
        ))  # fmt: skip


def test_the_same_person_does_not_approve_whatever_name_or_role(room: Room) -> None:
    ref = yacht(room)
    consent(room, ref)
    made = release.propose(room, FERREIRA, draft(room, ref))
    both = replace(FERREIRA, roles=FERREIRA.roles | {Role.RELEASER})
    renamed, unnamed = replace(both, name="F. Erreira"), replace(both, officer="another")
    for same in (FERREIRA, both, renamed, unnamed):
        with pytest.raises(NotPermitted, match="yourself"):
            release.approve(room, same, made.ref, "BE 1")
    assert sees(room, PEETERS) == []


def test_the_database_itself_refuses_one_person_alone(room: Room) -> None:
    ref = yacht(room)
    consent(room, ref)
    release.propose(room, FERREIRA, draft(room, ref))
    insert = (
        "INSERT INTO release (id, number, proposal_id, statement_kind, statement_id, partner, from_ms, condition,"
        " proposed_by, approved_by, approved_officer, approved_partner, emergency, wording, digest, entered_ms)"
        " SELECT p.id, 1, p.id, 'target', l.statement_id, '{partner}', 0, '', p.by, '{by}', '{officer}', 'MAOC', 0, '',"
        " '', 0 FROM release_proposal p JOIN release_line l ON l.proposal_id = p.id"
    )
    alone = {"by": "Ferreira", "officer": "id of Rossi", "partner": "BE"}
    for wrong in (
        alone,
        alone | {"by": "x", "officer": FERREIRA.officer},
        alone | {"by": "Rossi", "partner": "MA"},
    ):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.execute(text(insert.format(**wrong)))
    with room.db.writing() as conn:
        conn.execute(text(insert.format(by="Rossi", officer=ROSSI.officer, partner="BE")))
    assert sees(room, PEETERS) == [ref], "the twin: a second person's row is taken"


def test_the_second_person_types_whom_and_how_many(room: Room) -> None:
    ref = yacht(room)
    sighting(room, ref)
    consent(room, ref)
    made = release.propose(room, FERREIRA, draft(room, ref))
    for wrong in ("", "yes", "BE", "BE 2", "DE 1", made.ref):
        with pytest.raises(BadInput, match="another"):
            release.approve(room, ROSSI, made.ref, wrong)
    assert sees(room, PEETERS) == []


def test_who_does_not_see_every_line_does_not_approve_it(room: Room) -> None:
    ref = yacht(room)
    made = release.propose(room, ORTEGA, draft(room, ref))
    stranger = officer("Bianchi", "IT", Role.COORDINATOR)
    with pytest.raises(BadInput, match="no release"):
        release.approve(room, stranger, made.ref, "BE 1")


def test_the_checklist_stops_what_is_missing_and_what_fails(room: Room) -> None:
    ref = yacht(room)
    consent(room, ref)
    whole = answers(room, "BE")
    with pytest.raises(BadInput, match="Q14"):
        release.propose(
            room, FERREIRA, release.Draft(ref, "BE", answers={k: v for k, v in whole.items() if k != "Q14"})
        )
    with pytest.raises(NotPermitted, match="Q15"):
        release.propose(room, FERREIRA, release.Draft(ref, "BE", answers=whole | {"Q15": Answer("yes")}))
    assert release.proposals(room, FERREIRA) == ()


def test_a_member_is_not_asked_what_a_third_state_is(room: Room) -> None:
    ref = yacht(room)
    asked = {line.question.id for line in release.look(room, ORTEGA, release.Draft(ref, "FR")).review.lines}
    assert "Q14" not in asked
    third = {line.question.id for line in release.look(room, ORTEGA, release.Draft(ref, "MA")).review.lines}
    assert {"Q14", "Q15", "Q16"} <= third


def test_consent_withdrawn_between_the_two_halves_stops_the_release(room: Room) -> None:
    ref = yacht(room)
    asked = consent(room, ref)
    made = release.propose(room, FERREIRA, draft(room, ref))
    release.answer(room, ORTEGA, asked, "withdrawn", reason="the source is in danger")
    with pytest.raises(NotPermitted, match="withdrawn"):
        release.approve(room, ROSSI, made.ref, "BE 1")


def test_what_was_changed_since_it_was_proposed_is_proposed_anew(room: Room) -> None:
    ref = yacht(room)
    made = release.propose(room, ORTEGA, draft(room, ref))
    targets.rename(room, ORTEGA, ref, "NOSTROMO", "agreed")
    with pytest.raises(BadInput, match="changed"):
        release.approve(room, ROSSI, made.ref, "BE 1")


def test_consent_to_a_wording_is_to_that_wording(room: Room) -> None:
    ref = yacht(room)
    target = str(targets.sheet(room, FERREIRA, ref).target.id)
    (asked,) = release.ask(room, FERREIRA, ref, "BE", "needed", wordings={target[:8]: "a grey yacht"})
    release.answer(room, ORTEGA, asked.ref, "granted")
    with pytest.raises(NotPermitted, match="another wording"):
        release.propose(room, FERREIRA, draft(room, ref))
    made = release.propose(room, FERREIRA, draft(room, ref, wordings={target[:8]: "a grey yacht"}))
    assert [line.wording for line in made.lines] == ["a grey yacht"]
    release.approve(room, ROSSI, made.ref, "BE 1")


def test_a_refusal_is_kept_with_its_reason(room: Room) -> None:
    ref = yacht(room)
    made = release.propose(room, ORTEGA, draft(room, ref))
    with pytest.raises(BadInput, match="reason"):
        release.refuse(room, ROSSI, made.ref, " ")
    release.refuse(room, ROSSI, made.ref, "could tip off the port")
    (kept,) = release.proposals(room, FERREIRA)
    assert (kept.stage(NOW), kept.refusal) == ("refused", "could tip off the port")
    with pytest.raises(BadInput, match="refused already"):
        release.approve(room, ROSSI, made.ref, "BE 1")
    assert sees(room, PEETERS) == []


def test_a_recall_hides_at_once_in_a_connection_that_is_open(room: Room, tmp_path: Path) -> None:
    ref = yacht(room)
    number = released(room, ref)
    other = Room.open(room.db.path, clock=room.clock)
    assert sees(other, PEETERS) == [ref]
    done = release.recall(room, ORTEGA, number, "the wrong boat")
    assert sees(other, PEETERS) == []
    assert (done.partner, done.lines) == ("BE", 1)
    other.close()


def test_a_recall_names_every_holder_and_drafts_what_to_say(room: Room) -> None:
    ref = yacht(room, ORTEGA, "FR")
    first = released(room, ref)
    second = release.propose(room, ORTEGA, draft(room, ref, "MA"))
    release.approve(room, ROSSI, second.ref, "MA 1")
    done = release.recall(room, ORTEGA, first, "the wrong boat")
    assert {(h.partner, h.how.split(",")[0]) for h in done.holders} == {
        ("MAOC", "named by ES"), ("FR", "named by ES"), ("BE", f"released {first}"), ("MA", f"released {second.ref}"),
    }  # fmt: skip
    told = {h.partner: h.draft for h in done.holders if h.draft}
    assert "the wrong boat" in told["BE"]
    assert "informant" not in told["BE"]
    assert not any(code in told["BE"] for code in ("MA,", "FR", second.ref))
    (task,) = release.tasks(room, FERREIRA)
    assert (task.kind, task.partner, task.due_ms) == ("send_correction", "BE", NOW + 24 * HOUR)
    release.finish(room, FERREIRA, task.id[:8], "sent by SIENA, copies erased")
    assert release.tasks(room, FERREIRA) == ()
    with pytest.raises(BadInput, match="nothing to recall"):
        release.recall(room, ORTEGA, first, "again")


def test_a_liaison_recalls_its_own_lines_only(room: Room) -> None:
    ref = yacht(room, ORTEGA, "FR")
    number = released(room, ref)
    with pytest.raises(NotPermitted, match="No line of R-0001 is of FR"):
        release.recall(room, MARTIN, number, "mine")
    release.recall(room, ROSSI, number, "a releaser may")


def test_consent_withdrawn_recalls_what_rests_on_it(room: Room) -> None:
    ref = yacht(room)
    released(room, ref)
    assert sees(room, PEETERS) == [ref]
    release.answer(room, ORTEGA, "Q-0001", "withdrawn", reason="the case is closed")
    assert sees(room, PEETERS) == []
    assert [task.kind for task in release.tasks(room, FERREIRA)] == ["send_correction"]


def test_an_emergency_waits_for_no_consent_but_leaves_tasks(room: Room) -> None:
    ref = yacht(room)
    urgent = release.Draft(
        ref,
        "BE",
        answers={"Q01": Answer(note="board before they scuttle")},
        emergency=True,
        threat="crew of nine sinking",
    )
    made = release.propose(room, FERREIRA, urgent)
    with pytest.raises(NotPermitted):
        release.approve(room, FERREIRA, made.ref, "BE 1")
    release.approve(room, ROSSI, made.ref, "BE 1")
    assert sees(room, PEETERS) == [ref]
    due = [(task.kind, task.partner, task.due_ms) for task in release.tasks(room, FERREIRA)]
    assert due == [
        ("inform_originator", "ES", NOW + 24 * HOUR), ("complete_checklist", "BE", NOW + 24 * HOUR),
        ("inform_supervisor", "BE", NOW + 24 * HOUR),
    ]  # fmt: skip
    with pytest.raises(BadInput, match="threat"):
        release.propose(room, FERREIRA, replace(urgent, ref=yacht(room), threat=" "))


def test_what_is_owed_stands_on_the_targets_own_sheet(room: Room) -> None:
    ref = yacht(room)
    urgent = release.Draft(
        ref, "BE", answers={"Q01": Answer(note="board")}, emergency=True, threat="crew of nine sinking"
    )
    made = release.propose(room, FERREIRA, urgent)
    release.approve(room, ROSSI, made.ref, "BE 1")
    other = yacht(room)
    owed = targets.sheet(room, FERREIRA, ref).owed
    assert [task.kind for task in owed.tasks] == [
        "inform_originator",
        "complete_checklist",
        "inform_supervisor",
    ]
    assert owed.count == 3
    assert targets.sheet(room, FERREIRA, other).owed.count == 0
    assert targets.sheet(room, PEETERS, ref).owed.tasks == (), (
        "the recipient does not read how it was weighed"
    )
    release.finish(room, FERREIRA, owed.tasks[0].id, "told Ortega by phone")
    assert targets.sheet(room, FERREIRA, ref).owed.count == 2
    room.clock.set_to(NOW + 24 * HOUR)  # type: ignore[attr-defined]
    sheet = targets.sheet(room, FERREIRA, ref)
    text = "\n".join(
        "".join(span for span, _ in spans) for spans in sheet_lines(sheet, NOW + 24 * HOUR, False)
    )
    assert f"▲ {made.ref} overdue since" in text
    head = "\n".join("".join(span for span, _ in spans) for spans in banner(sheet, NOW, False))
    assert "▲ 2 tasks open" in head


def test_the_day_by_which_it_is_looked_at_stands_on_the_sheet_and_in_the_banner(room: Room) -> None:
    ref = yacht(room)
    owed = targets.sheet(room, FERREIRA, ref).owed
    assert owed.review_by is not None
    assert not owed.review_due
    kept = retention.items(room, FERREIRA)
    assert owed.review_by == min(one.review_by for one in kept)
    room.clock.set_to(to_ms(datetime.combine(owed.review_by, time(12), UTC)))  # type: ignore[attr-defined]
    sheet = targets.sheet(room, FERREIRA, ref)
    assert (sheet.owed.review_due, sheet.owed.count) == (True, 1)
    head = "\n".join("".join(span for span, _ in spans) for spans in banner(sheet, NOW, False))
    assert "review due" in head


def test_a_release_ends_by_its_date(room: Room) -> None:
    ref = yacht(room)
    released(room, ref, until="142200ZDEC22")
    assert sees(room, PEETERS) == [ref]
    room.clock.set_to(NOW + 24 * HOUR)  # type: ignore[attr-defined]
    assert sees(room, PEETERS) == []
    (made,) = release.proposals(room, FERREIRA)
    assert made.stage(room.clock.now_ms()) == "ended"


def test_the_recipient_does_not_read_how_it_was_weighed(room: Room) -> None:
    ref = yacht(room)
    number = released(room, ref)
    assert release.proposals(room, PEETERS) == ()
    assert release.requests(room, PEETERS) == ()
    with pytest.raises(BadInput, match="no release"):
        release.holders(room, PEETERS, number)


def test_a_hidden_statement_is_not_asked_about_or_released(room: Room) -> None:
    ref = yacht(room)
    for act in (
        lambda: release.ask(room, MARTIN, ref, "BE", "curious"),
        lambda: release.propose(room, MARTIN, draft(room, ref)),
        lambda: release.look(room, MARTIN, release.Draft(ref, "BE")),
    ):
        with pytest.raises(BadInput, match="There is no target"):
            act()


def test_what_a_partner_sees_already_is_not_released_again(room: Room) -> None:
    ref = yacht(room, ORTEGA, "FR")
    with pytest.raises(BadInput, match="FR sees all of that already"):
        release.look(room, ORTEGA, release.Draft(ref, "FR"))
    released(room, ref)
    with pytest.raises(BadInput, match="BE sees all of that already"):
        release.look(room, ORTEGA, release.Draft(ref, "BE"))


def test_lines_come_with_the_target_they_belong_to(room: Room) -> None:
    ref = yacht(room)
    sighting(room, ref)
    seen = targets.sheet(room, ORTEGA, ref).sightings[0].id
    with pytest.raises(BadInput, match="no statement"):
        release.look(room, ORTEGA, release.Draft(ref, "BE", lines=("00000000",)))
    made = release.propose(room, ORTEGA, draft(room, ref, lines=(seen[:8],)))
    assert [line.kind for line in made.lines] == ["target", "sighting"]
    release.approve(room, ROSSI, made.ref, "BE 2")
    assert len(targets.sheet(room, PEETERS, ref).sightings) == 1


def test_suspended_and_unknown_partners_get_nothing(room: Room) -> None:
    ref = yacht(room)
    with pytest.raises(BadInput, match="no partner"):
        release.propose(room, ORTEGA, release.Draft(ref, "ZZ"))


def test_roles_decide_who_takes_which_half(room: Room) -> None:
    ref = yacht(room)
    analyst = officer("Ana", "ES", Role.ANALYST)
    with pytest.raises(NotPermitted, match="propose a release"):
        release.propose(room, analyst, draft(room, ref))
    made = release.propose(room, ORTEGA, draft(room, ref))
    second = officer("Lopez", "ES", Role.LIAISON)
    with pytest.raises(NotPermitted, match="approve a release"):
        release.approve(room, second, made.ref, "BE 1")
    room.admission.chosen = None
    with pytest.raises(NotPermitted, match="passphrase"):
        release.approve(room, ROSSI, made.ref, "BE 1")


def test_seeing_as_a_partner_releases_nothing(room: Room) -> None:
    ref = yacht(room)
    as_es = replace(ORTEGA, name="Ferreira", seeing_as="ES", behind=FERREIRA)
    with pytest.raises(NotPermitted, match="while you see as ES"):
        release.propose(room, as_es, draft(room, ref))
