"""What is approved is what stands at that moment: nothing slips in between the look and the release."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from maoc_tui.desk import release, releasing, targets
from maoc_tui.desk.room import Room
from maoc_tui.problems import BadInput, NotPermitted
from tests.release_room import ORTEGA, PEETERS, ROSSI, draft, make_room, marked, sees, yacht
from tests.target_room import HOUR, NOW


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def proposed(room: Room) -> tuple[str, str, str]:
    """A target with a fact about an owner, all of it proposed to BE; the target, the fact, the proposal's word."""
    ref = yacht(room)
    targets.fact(room, ORTEGA, ref, "owner", "INNOCENT", "port", marking=marked("ES", "MAOC"))
    (fact,) = [
        x.line.id for x in release.panel(room, ORTEGA, ref, "BE").lines if x.line.kind == "identity_fact"
    ]
    made = release.propose(room, ORTEGA, release.all_lines(room, ORTEGA, draft(room, ref)))
    return ref, fact, made.ref


def withdrawn_meanwhile(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Approve while, just before the write begins, the originator withdraws the fact; the facts BE then reads."""
    ref, fact, number = proposed(room)
    real = room.db.writing

    def first(**given: Any) -> Any:
        monkeypatch.setattr(room.db, "writing", real)
        other = Room.open(room.db.path, clock=room.clock)
        other.admission.chosen = ORTEGA
        targets.withdraw_fact(other, ORTEGA, ref, fact, "the wrong boat")
        other.close()
        return real(**given)

    monkeypatch.setattr(room.db, "writing", first)
    with pytest.raises(NotPermitted, match="not every line stands any more"):
        release.approve(room, ROSSI, number, "BE 2")
    return sees(room, PEETERS)


def test_what_is_withdrawn_before_the_write_begins_is_not_released(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert withdrawn_meanwhile(room, monkeypatch) == []


def test_the_twin_that_reads_before_it_writes_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def as_it_was(room: Room, viewer: Any) -> Iterator[Any]:
        with room.db.reading(viewer) as seen:
            seen.exec_driver_sql("SELECT count(*) FROM target").all()
            with room.db.writing() as conn:
                yield conn, seen

    monkeypatch.setattr(releasing, "changing", as_it_was)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        withdrawn_meanwhile(room, monkeypatch)


def test_a_release_whose_time_has_run_out_is_refused_in_a_sentence(room: Room) -> None:
    made = release.propose(room, ORTEGA, draft(room, yacht(room), until="140400ZDEC22"))
    room.clock.set_to(NOW + 3 * HOUR)  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="its time ran out 140400ZDEC22"):
        release.approve(room, ROSSI, made.ref, "BE 1")
    release.refuse(room, ROSSI, made.ref, "too late")
