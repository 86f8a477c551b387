"""The score of a night: what was done late was not done in time, and what was stopped unheard was not heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alert_room import finding, raised
from liaison_room import COORDINATOR, add_target, open_room

from maoc_tui.desk import alert_acting, clocks, demo_score, watch, watch_log
from maoc_tui.desk.demo_night import Night
from maoc_tui.desk.room import Room

RUI = replace(COORDINATOR, officer="rui")
MINUTE = 60_000


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(demo_score, "made_by_demo", lambda room: True)
    made = open_room(tmp_path)
    made.admission.chosen = RUI
    yield made
    made.close()


def later(room: Room, minutes: int) -> None:
    room.clock.set_to(room.clock.now_ms() + minutes * MINUTE)  # type: ignore[attr-defined]


def night(room: Room) -> Night:
    """One that begins now, and in which nothing is told."""
    now = room.clock.now_ms()
    return replace(Night.load(), opens=now, ends=now + 240 * MINUTE, recorded=(), secrets=())


def told(room: Room, played: Night, what: str) -> list[tuple[bool | None, bool]]:
    """Of everything looked at that begins so: whether it was in time, and whether it is said to be late."""
    found = demo_score.score(room, played)
    return [(one.ok, "late" in one.done) for one in found if one.what.startswith(what)]


@pytest.mark.parametrize("late", [False, True])
def test_what_is_done_after_its_time_is_missed(room: Room, late: bool) -> None:
    about, played = add_target(room), night(room)
    heard = clocks.add(room, RUI, about, "call Dakar", "0400Z").ref
    stopped = clocks.add(room, RUI, about, "call Rabat", "0400Z").ref
    line = watch_log.log(room, RUI, "0400Z call Praia").ref
    wrong = watch_log.log(room, RUI, "0400Z call Lisbon").ref
    later(room, 55)
    (alert,) = raised(room, finding()).new
    later(room, 230 if late else 1)
    clocks.acknowledge(room, RUI, heard)
    clocks.stop(room, RUI, stopped, "called")
    watch_log.kept(room, RUI, line, "called")
    watch_log.withdraw(room, RUI, wrong, "not on this watch")
    alert_acting.acknowledge(room, RUI, alert)
    watch.take(room, RUI)
    for what in (
        f"hear the clock {heard}",
        f"hear the clock {stopped}",
        "keep the promise",
        f"look at {alert}",
    ):
        assert set(told(room, played, what)) >= {(not late, late)}, what
    assert len(told(room, played, "keep the promise")) == 2
    assert told(room, played, "take the watch") == [(False, True)], "an hour late at the least"
    assert told(room, played, "hand over") == [(False if late else None, False)]


def test_a_clock_stopped_before_it_rang_rings_nobody(room: Room) -> None:
    about, played = add_target(room), night(room)
    stopped = clocks.add(room, RUI, about, "call Rabat", "0600Z").ref
    wrong = watch_log.log(room, RUI, "0600Z call Praia").ref
    clocks.stop(room, RUI, stopped, "called")
    watch_log.withdraw(room, RUI, wrong, "not on this watch")
    later(room, 235)
    assert told(room, played, "hear the clock") == told(room, played, "keep the promise") == []
