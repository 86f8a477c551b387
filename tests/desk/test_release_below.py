"""What is taken back goes with all that hangs on it: lines below, earlier entries of a find, older news of an asset."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from maoc_tui.desk import (
    assets,
    operation_log,
    operation_reading,
    recalling,
    release,
    seizure_reading,
    seizures,
)
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.store import gate_about
from tests.release_room import (
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    draft,
    make_room,
    marked,
    operation,
    seizure,
)

OPEN = marked("ES", "MAOC")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def ids(room: Room, ref: str, *kinds: str) -> tuple[str, ...]:
    lines = release.panel(room, ORTEGA, ref, "BE").lines
    return tuple(one.line.id for one in lines if one.line.kind in kinds)


def let_out(room: Room, ref: str, *lines: str) -> str:
    made = release.propose(room, ORTEGA, draft(room, ref, lines=lines))
    return release.approve(room, ROSSI, made.ref, release.the_word(made)).ref


def later(room: Room) -> None:
    room.clock.set_to(room.clock.now_ms() + 60_000)  # type: ignore[attr-defined]


def owed(room: Room) -> list[str]:
    return [f"{task.kind} R-{task.number:04d}" for task in release.tasks(room, ORTEGA)]


# -- lines below -----------------------------------------------------------------------------------


def does_not_widen(room: Room) -> None:
    """The operation is recalled and released again, alone: its line must not come back with it."""
    ref = operation(room)
    operation_log.log(room, ORTEGA, ref, "0201 seen", marking=OPEN)
    first = let_out(room, ref)
    second = let_out(room, ref, *ids(room, ref, "log_line"))
    release.recall(room, ORTEGA, first, "compromised")
    assert owed(room) == [f"send_correction {second}", f"send_correction {first}"]
    let_out(room, ref)
    assert operation_reading.sheet(room, PEETERS, ref).log == ()


def test_a_line_goes_with_what_it_is_a_line_of_and_does_not_come_back_by_itself(room: Room) -> None:
    does_not_widen(room)


def test_the_twin_that_recalls_what_is_named_only_is_found(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalling, "_below", lambda *_: set())
    with pytest.raises(AssertionError):
        does_not_widen(room)


def test_a_withdrawn_consent_takes_the_lines_of_others_below(room: Room) -> None:
    ref = operation(room, MARTIN, "ES")
    operation_log.log(room, ORTEGA, ref, "0201 seen", marking=marked("ES", "MAOC", "FR"))
    (line,) = ids(room, ref, "log_line")
    asked = release.ask(room, FERREIRA, ref, "BE", "needed", lines=(line,))
    for one in asked:
        release.answer(room, MARTIN if one.originator == "FR" else ORTEGA, one.ref, "granted")
    made = release.propose(room, FERREIRA, draft(room, ref, lines=(line,)))
    release.approve(room, ROSSI, made.ref, "BE 2")
    theirs = next(one for one in asked if one.originator == "FR")
    release.answer(room, MARTIN, theirs.ref, "withdrawn", reason="compromised")
    (left,) = release.proposals(room, FERREIRA)
    assert left.stage(0) == "recalled"


# -- what the recipient reads of the release itself ---------------------------------------------------


def shows_nothing_to_guess_by(room: Room) -> None:
    let_out(room, operation(room))
    columns = text("SELECT digest, proposed_by, approved_by, approved_officer FROM release")
    with room.db.reading(PEETERS) as conn:
        assert set(conn.execute(columns).one()) == {""}
    with room.db.reading(ORTEGA) as conn:
        assert "" not in conn.execute(columns).one()


def test_the_recipient_is_shown_no_digest_of_the_original_and_not_who_decided(room: Room) -> None:
    shows_nothing_to_guess_by(room)


def test_the_twin_that_shows_the_digest_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_about, "WEIGHED", gate_about.WEIGHED[1:])
    bare = Room.open(room.db.path, clock=room.clock)
    bare.admission.chosen = room.admission.chosen
    try:
        with pytest.raises(AssertionError):
            shows_nothing_to_guess_by(bare)
    finally:
        bare.close()


# -- a find ----------------------------------------------------------------------------------------


def found(room: Room, who: object) -> list[str]:
    ref = seizure_reading.listing(room, ORTEGA)[0].ref
    return [one.find.substance for one in seizure_reading.sheet(room, who, ref).row.finds]  # type: ignore[arg-type]


def corrected(room: Room) -> tuple[str, str]:
    """An event with a find whose substance was corrected once; both references."""
    ref = seizure(room)
    said = seizures.Said(source="lab", marking=OPEN)
    seizures.find(room, ORTEGA, ref, seizures.NewFind("cocaine", packages="40", weight="900 kg"), said)
    find = seizure_reading.sheet(room, ORTEGA, ref).row.finds[0].find.ref
    later(room)
    seizures.find(room, ORTEGA, ref, seizures.NewFind("cannabis-resin", packages="41"), _again(find))
    return ref, find


def _again(find: str) -> seizures.Said:
    return seizures.Said(source="lab", marking=OPEN, replaces=find, reason="lab says")


def test_a_weight_of_a_corrected_find_brings_the_entry_that_stands(room: Room) -> None:
    ref, _ = corrected(room)
    let_out(room, ref, *ids(room, ref, "seizure_weighing"))
    assert found(room, PEETERS) == ["CANNABIS_RESIN"]


@pytest.mark.parametrize("how", ["corrected again", "withdrawn"])
def test_no_earlier_entry_stays_when_a_find_is_said_anew(room: Room, how: str) -> None:
    ref, find = corrected(room)
    let_out(room, ref, *ids(room, ref, "seizure_weighing"))
    later(room)
    if how == "withdrawn":
        seizures.withdraw(room, ORTEGA, ref, find, "never found")
    else:
        seizures.find(room, ORTEGA, ref, seizures.NewFind("heroin", packages="42"), _again(find))
    assert found(room, PEETERS) == []


# -- an asset --------------------------------------------------------------------------------------


def test_older_news_of_an_asset_is_recalled_when_it_is_told_anew(room: Room) -> None:
    ref = assets.add(room, ORTEGA, NewAsset("RELAMPAGO", "ship", cruise="15", marking=OPEN)).ref
    assets.report(room, ORTEGA, ref, availability="available", text="free", marking=OPEN)
    first = let_out(room, ref, *ids(room, ref, "asset_profile"))
    second = let_out(room, ref, *ids(room, ref, "asset_report"))
    row = assets.sheet(room, PEETERS, ref).row
    assert (row.cruise_kn, row.said) == (15.0, "available")
    later(room)
    assets.report(room, ORTEGA, ref, availability="maintenance", text="engine", marking=OPEN)
    assets.change(room, ORTEGA, ref, cruise="9", marking=OPEN)
    row = assets.sheet(room, PEETERS, ref).row
    assert row.said == ""
    assert row.cruise_kn != row.cruise_kn
    assert owed(room) == [f"send_correction {second}", f"send_correction {first}"]
