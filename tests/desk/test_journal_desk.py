"""Who reads what of the journal, and what the desks write into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maoc_tui.desk import journal, journal_proof, targets
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.marking import Handling, Marking
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from tests.target_room import NOW, YACHT, make_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def officer(name: str, partner: str, *roles: Role) -> Viewer:
    return Viewer(name, partner, roles=frozenset(roles), officer=f"id of {name}")


ORTEGA = officer("Ortega", "ES", Role.LIAISON)
MARTIN = officer("Martin", "FR", Role.LIAISON)
FERREIRA = officer("Ferreira", "MAOC", Role.COORDINATOR)
AUDIT = officer("Audit", "MAOC", Role.AUDITOR)


def marked(partner: str, code: Handling = Handling.H2, **given: Any) -> Marking:
    return Marking(frozenset({partner}), frozenset({code}), **given)


def grey_yacht(room: Any, marking: Marking | None = None) -> str:
    entry = NewTarget(description="grey yacht", area="off the Azores", marking=marking)
    return targets.add(room, WATCH, entry).ref


def acts(room: Any, viewer: Viewer = WATCH, **given: Any) -> list[tuple[str, str, str, str]]:
    return [(x.who, x.action, x.kind, x.ref) for x in journal.entries(room, viewer, **given)]


def test_every_act_on_a_target_is_in_the_journal(room: Any) -> None:
    ref = grey_yacht(room)
    targets.fact(room, WATCH, ref, "name", "LA PALOMA", "ES report")
    fact = targets.sheet(room, WATCH, ref).identity[0].fact
    targets.fact(room, WATCH, ref, "name", "LA PALMA", "ES report", replaces=fact.id, reason="misread")
    targets.sight(room, WATCH, ref, "33 10N 041 20W", "140100ZDEC22", "aircraft")
    targets.link(room, WATCH, ref, YACHT, "same length")
    targets.unlink(room, WATCH, ref, YACHT, "another boat")
    targets.set_status(room, WATCH, ref, "ACTIVE", "as agreed")
    targets.rename(room, WATCH, ref, "GREY", "short")
    assert [act[1:3] for act in reversed(acts(room, ref=ref))] == [
        ("collect", "target"), ("collect", "identity_fact"), ("alter", "identity_fact"), ("collect", "sighting"),
        ("combine", "contact_link"), ("alter", "contact_link"), ("alter", "target"), ("alter", "target"),
    ]  # fmt: skip
    assert journal_proof.verify(room, WATCH).ok


def test_the_journal_repeats_no_content(room: Any) -> None:
    ref = grey_yacht(room)
    targets.fact(room, WATCH, ref, "name", "LA PALOMA", "the secret source")
    text = " ".join(str(line) for line in journal.entries(room, WATCH))
    for secret in ("grey yacht", "PALOMA", "secret source", "Azores"):
        assert secret not in text


def test_opening_what_is_h2_is_a_consultation_once_in_a_quarter_of_an_hour(room: Any) -> None:
    ref = grey_yacht(room)
    targets.opened(room, WATCH, ref)
    targets.opened(room, WATCH, ref)
    assert acts(room, action="consult") == [("watch", "consult", "target", ref)]
    room.clock.set_to(NOW + 16 * 60_000)
    targets.opened(room, WATCH, ref)
    assert len(acts(room, action="consult")) == 2
    journal.consult(room, MARTIN, "target", ref, marked("ES"))
    assert len(acts(room, action="consult")) == 3


def test_opening_what_is_h0_or_h1_is_no_consultation(room: Any) -> None:
    ref = grey_yacht(room, marked("MAOC", Handling.H1))
    targets.opened(room, WATCH, ref)
    targets.listing(room, WATCH)
    assert acts(room, action="consult") == []


def test_what_cannot_be_noted_is_not_shown(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = grey_yacht(room)

    def full(*_: object, **__: object) -> None:
        raise StoreProblem("The disk is full.")

    monkeypatch.setattr("maoc_tui.store.journal.write", full)
    with pytest.raises(StoreProblem):
        targets.opened(room, WATCH, ref)


def test_each_originator_of_what_was_opened_has_its_own_entry(room: Any) -> None:
    both = Marking(frozenset({"ES", "FR"}), frozenset({Handling.H2}))
    journal.consult(room, FERREIRA, "target", "T-0001", both)
    assert [line.owner for line in journal.entries(room, ORTEGA)] == ["ES"]
    assert [line.owner for line in journal.entries(room, MARTIN)] == ["FR"]


def test_who_reads_what(room: Any) -> None:
    with room.db.writing() as conn:
        for viewer, action, owner in (
            (ORTEGA, "alter", "ES"), (MARTIN, "consult", "ES"), (MARTIN, "consult", "FR"), (FERREIRA, "alter", "ES"),
        ):  # fmt: skip
            journal.note(conn, viewer, NOW, action, "target", "T-0001", owner=owner)

    def seen(viewer: Viewer) -> list[tuple[str, str, str]]:
        return [(x.who, x.action, x.owner) for x in reversed(journal.entries(room, viewer))]

    assert len(seen(AUDIT)) == 4
    assert seen(ORTEGA) == [("Ortega", "alter", "ES"), ("Martin", "consult", "ES")]
    assert seen(MARTIN) == [("Martin", "consult", "ES"), ("Martin", "consult", "FR")]
    assert seen(FERREIRA) == [("Ferreira", "alter", "ES")]
    namesake = replace(ORTEGA, officer="another", partner="IT")
    assert seen(namesake) == [], "a name is no officer"
    with pytest.raises(NotPermitted):
        journal.entries(room, officer("Nobody", "ES"))


def test_seeing_as_a_partner_shows_nobodys_own_acts_and_is_noted_as_oneself(room: Any) -> None:
    as_es = Viewer(
        "Ferreira", "ES", roles=FERREIRA.roles, officer=FERREIRA.officer, seeing_as="ES", behind=FERREIRA
    )
    journal.consult(room, as_es, "target", "T-0001", marked("ES"))
    (line,) = journal.entries(room, AUDIT)
    assert (line.who, line.partner, line.detail) == ("Ferreira", "MAOC", "seen as ES")
    journal.consult(room, FERREIRA, "target", "T-0001", marked("ES"))
    assert len(journal.entries(room, AUDIT)) == 2, "with other eyes it is another consultation"


def test_the_list_is_bounded_and_says_what_it_cannot(room: Any) -> None:
    for wrong in ({"action": "meddle"}, {"limit": 0}):
        with pytest.raises(BadInput):
            journal.entries(room, WATCH, **wrong)


def test_verify_needs_the_right_and_is_noted(room: Any) -> None:
    assert journal_proof.verify(room, WATCH).entries == 0
    grey_yacht(room)
    found = journal_proof.verify(room, AUDIT)
    assert (found.ok, found.entries, found.first_broken, found.why) == (True, 1, None, "")
    assert acts(room)[0][:2] == ("Audit", "verify")
    with pytest.raises(NotPermitted):
        journal_proof.verify(room, officer("Analyst", "ES", Role.ANALYST))
    with pytest.raises(BadInput):
        journal_proof.verify(room, AUDIT, anchor="rubbish")


def test_a_checkpoint_is_an_anchor_and_its_key_can_be_kept_outside(room: Any, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        journal_proof.checkpoint(room, AUDIT)
    with pytest.raises(StoreProblem):
        journal_proof.public_key(room, AUDIT)
    grey_yacht(room)
    made = journal_proof.checkpoint(room, AUDIT)
    assert journal_proof.checkpoint(room, AUDIT).short == made.short, "of the same entry there is one"
    kept = tmp_path / "journal.pem"
    kept.write_text(journal_proof.public_key(room, AUDIT))
    assert journal_proof.verify(room, AUDIT, anchor=made.short, key_file=kept).ok
    other = make_room(tmp_path / "other.db")
    grey_yacht(other, marked("ES"))
    assert not journal_proof.verify(other, AUDIT, anchor=made.short).ok
    other.close()
    kept.write_text("rubbish")
    with pytest.raises(BadInput):
        journal_proof.verify(room, AUDIT, key_file=kept)
