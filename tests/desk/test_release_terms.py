"""What an originator sets when it consents, an end and a condition, holds for whatever rests on the consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maoc_tui.desk import release, releasing
from maoc_tui.desk.room import Room
from maoc_tui.problems import BadInput, NotPermitted
from tests.release_room import FERREIRA, ORTEGA, PEETERS, ROSSI, draft, make_room, sees, yacht
from tests.target_room import HOUR, NOW

EYES = "eyes of the duty officer only, not to the navy"
NOON = "141200ZDEC22"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def asked(room: Room, ref: str) -> str:
    (made,) = release.ask(room, FERREIRA, ref, "BE", "boarding tonight")
    return made.ref


def released(room: Room, ref: str, **given: object) -> release.Received:
    made = release.propose(room, FERREIRA, draft(room, ref, **given))
    release.approve(room, ROSSI, made.ref, "BE 1")
    return release.received(room, PEETERS)[0]


def outlives_the_consent(room: Room) -> None:
    """A consent until noon, with a condition; a day later the partner must see nothing."""
    ref = yacht(room)
    release.answer(room, ORTEGA, asked(room, ref), "granted", condition=EYES, until=NOON)
    got = released(room, ref)
    assert sees(room, PEETERS) == [ref]
    assert got.condition.endswith(f"Condition of ES: {EYES}.")
    room.clock.set_to(NOW + 24 * HOUR)  # type: ignore[attr-defined]
    assert sees(room, PEETERS) == []
    assert release.received(room, PEETERS) == ()


def test_a_release_ends_with_the_consent_it_rests_on_and_carries_its_condition(room: Room) -> None:
    outlives_the_consent(room)
    (made,) = release.proposals(room, FERREIRA)
    assert made.stage(room.clock.now_ms()) == "ended"


def test_the_twin_that_forgets_the_end_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "first_end", lambda until, _: until)
    with pytest.raises(AssertionError):
        outlives_the_consent(room)


def test_the_twin_that_forgets_the_condition_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "under", lambda condition, _: condition)
    with pytest.raises(AssertionError):
        outlives_the_consent(room)


def test_an_earlier_end_of_the_release_stays(room: Room) -> None:
    ref = yacht(room)
    release.answer(room, ORTEGA, asked(room, ref), "granted", until=NOON)
    assert released(room, ref, until="140800ZDEC22").until_ms == NOW - 461_000 + 5 * HOUR


def test_terms_set_between_proposal_and_approval_count(room: Room) -> None:
    ref = yacht(room)
    first = asked(room, ref)
    release.answer(room, ORTEGA, first, "granted")
    made = release.propose(room, FERREIRA, draft(room, ref))
    release.answer(room, ORTEGA, first, "withdrawn", reason="too wide")
    release.answer(room, ORTEGA, first, "granted", condition=EYES, until=NOON)
    done = release.approve(room, ROSSI, made.ref, "BE 1")
    assert EYES in done.condition
    assert done.until_ms is not None
    assert release.proposal(room, FERREIRA, made.ref) == done


def test_who_looks_before_proposing_reads_the_terms(room: Room) -> None:
    ref = yacht(room)
    release.answer(room, ORTEGA, asked(room, ref), "granted", condition=EYES, until=NOON)
    (said,) = release.look(room, FERREIRA, release.Draft(ref, "BE")).permissions
    assert said.reason.endswith(f"until {NOON}, on condition: {EYES}")


def test_a_refusal_outdoes_a_consent_given_before_it(room: Room) -> None:
    ref = yacht(room)
    release.answer(room, ORTEGA, asked(room, ref), "granted")
    again = asked(room, ref)
    release.answer(room, ORTEGA, again, "refused", reason="not any more")
    with pytest.raises(NotPermitted, match=f"{again}: refused"):
        release.propose(room, FERREIRA, draft(room, ref))
    release.answer(room, ORTEGA, again, "granted")
    release.propose(room, FERREIRA, draft(room, ref))


def test_a_consent_that_has_lapsed_permits_nothing(room: Room) -> None:
    ref = yacht(room)
    release.answer(room, ORTEGA, asked(room, ref), "granted", until=NOON)
    made = release.propose(room, FERREIRA, draft(room, ref))
    room.clock.set_to(NOW + 24 * HOUR)  # type: ignore[attr-defined]
    with pytest.raises((NotPermitted, BadInput)):
        release.approve(room, ROSSI, made.ref, "BE 1")
