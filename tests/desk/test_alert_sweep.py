"""A sweep raises what the rules see once, follows it to its end, takes back what never was; one program does it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from alert_world import LAT, LON, MINUTE, World, opened, ship

from maoc_tui.desk import alert_sweep, assets
from maoc_tui.desk.alert_sweep import leave, scan, sweep
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.geo.behaviour import gap
from maoc_tui.store import sweeping


@pytest.fixture
def world(tmp_path: Path):
    with opened(tmp_path) as made:
        yield made


def silent_one(world: World) -> None:
    """A vessel heard every three minutes for an hour, then no more, among others that go on."""
    world.traffic(0, 60)
    world.tell(ship(1), np.arange(0, 60, 3), LAT, LON + np.arange(20) * 0.002)
    world.sweep(60)
    world.traffic(60, 150)


def test_silence_among_others_is_a_gap_and_ends_when_the_contact_is_heard(world: World) -> None:
    silent_one(world)
    first = world.sweep(150)
    (found,) = world.of("ais_gap")
    assert found.keys == (ship(1),)
    assert (found.over, found.withdrawn, found.first_ms) == (False, False, world.at(57))
    assert any("4 " in one for one in found.against)
    assert len(first.new) == 1
    assert world.sweep(151).unchanged == 1, "looked at again it is the same"
    world.tell(ship(1), [152], LAT, LON)
    world.sweep(153)
    (after,) = world.of("ais_gap")
    assert after.over
    assert after.cause == found.cause


def test_a_silent_feed_is_no_dark_vessel(world: World) -> None:
    world.traffic(0, 60)
    world.tell(ship(1), np.arange(0, 60, 3), LAT, LON)
    world.sweep(60)
    world.sweep(240)
    assert world.of("ais_gap") == []


def test_without_looking_at_others_the_same_feed_would_raise_one(world: World, monkeypatch) -> None:
    monkeypatch.setattr(gap, "heard_near", lambda recent, row, *_: np.full(len(row), 9))
    world.tell(ship(1), np.arange(0, 60, 3), LAT, LON)
    world.sweep(60)
    world.sweep(240)
    assert len(world.of("ais_gap")) == 1


def test_fixes_that_come_late_take_the_gap_back(world: World) -> None:
    silent_one(world)
    world.sweep(150)
    world.tell(ship(1), [151], LAT, LON)
    world.sweep(152)
    world.tell(ship(1), np.arange(60, 150, 3), LAT, LON)
    world.sweep(155)
    (found,) = world.of("ais_gap")
    assert found.withdrawn


def test_a_gap_that_was_over_before_the_first_sweep_raises_nothing(world: World) -> None:
    world.traffic(0, 200)
    world.tell(ship(1), [*np.arange(0, 60, 3), 170, 173], LAT, LON)
    assert world.sweep(200).new == ()
    assert world.of("ais_gap") == []
    found = scan(world.room, WATCH, world.at(200))
    assert [(one.rule, one.over) for one in found] == [("ais_gap", True)]


def test_two_that_meet_for_ten_hours_are_one_alert_until_they_part(world: World) -> None:
    minutes = np.arange(0, 600, 6.0)
    for n, side in ((1, 1), (2, -1)):
        away = np.clip(60 - minutes, 0, 60) / 60 * 0.1
        world.tell(ship(n), minutes[:20], LAT + side * (away[:20] + 0.001), LON)
        world.sweep(114) if n == 2 else None
    for part in range(20, 100, 10):
        for n, side in ((1, 1), (2, -1)):
            world.tell(ship(n), minutes[part : part + 10], LAT + side * 0.001, LON)
        world.sweep(float(minutes[part + 9]))
    (found,) = world.of("encounter")
    assert (found.keys, found.over) == ((ship(1), ship(2)), False)
    assert found.last_ms - found.first_ms > 8 * 60 * MINUTE
    gone = np.arange(600, 900, 6.0)
    world.tell(ship(1), gone, LAT + 0.001 + np.arange(len(gone)) * 0.02, LON)
    world.tell(ship(2), gone, LAT - 0.001, LON)
    world.sweep(900)
    (after,) = world.of("encounter")
    assert after.over


def test_a_jump_there_and_back_is_one_alert_that_says_so(world: World) -> None:
    lat = LAT + np.where(np.arange(20) == 12, 1.0, 0.0)
    world.tell(ship(1), np.arange(0, 60, 3), lat, LON)
    world.sweep(60)
    (found,) = world.of("jump")
    assert "came back" in found.against[0]
    assert any(one.name == "jumps" and one.value == "2" for one in found.evidence)
    world.sweep(240)
    assert world.of("jump")[0].over


def test_a_new_name_is_told_once_and_a_misheard_one_is_not(world: World) -> None:
    world.tell(ship(1), [0, 5], LAT, LON)
    world.say(ship(1), 0, name="BRISA DAWN")
    world.sweep(6)
    world.say(ship(1), 7, name="BRISA DAWM")
    world.sweep(8)
    assert world.of("identity_change") == []
    world.say(ship(1), 9, name="CORVO LEGACY")
    world.sweep(10)
    world.sweep(11)
    (found,) = world.of("identity_change")
    assert "CORVO LEGACY" in found.because


def test_a_beacon_is_told_at_once_and_gravely(world: World) -> None:
    world.sweep(0)
    world.tell(contact_key(Space.AIS, 972_123_456), [1], LAT, LON, ContactClass.DISTRESS, status=14)
    world.sweep(2)
    (found,) = world.of("distress_beacon")
    assert found.level == 2
    assert found.against


def test_a_contact_bound_for_an_asset_names_it(world: World) -> None:
    world.room.clock.set_to(world.at(30))
    new = NewAsset(
        "NRP Test", "ship", "PT", "Lisboa", "38 42N 009 08W", "15", "25", "240h", marking=parse("H2", "PT")
    )
    ref = assets.add(world.room, WATCH, new).ref
    assets.report(world.room, WATCH, ref, position="36 00N 012 00W")
    world.tell(ship(1), [25, 30], LAT, LON - np.array([0.10, 0.08]), sog=12.0, cog=90.0)
    world.sweep(30)
    (found,) = world.of("asset_cpa")
    assert (found.asset, found.keys) == (ref, (ship(1),))


def test_one_program_sweeps_and_another_goes_on_when_it_leaves(
    world: World, tmp_path: Path, monkeypatch
) -> None:
    other = Room.open(tmp_path / "maoc.db", clock=ScenarioClock(world.at(150), 0.0))
    try:
        silent_one(world)
        assert not sweep(other).swept
        leave(world.room)
        assert len(sweep(other).new) == 1, "what came in while nobody swept is read from the tracks"
        assert not world.sweep(150).swept
        monkeypatch.setattr(sweeping, "_now", lambda: 1 << 45)
        assert world.sweep(151).swept, "a program that died holds nothing for ever"
        assert len(world.of("ais_gap")) == 1
    finally:
        leave(other)
        other.close()


def test_nothing_is_noted_while_nobody_sweeps(world: World) -> None:
    world.traffic(0, 60)
    with world.room.db.reading_whole() as conn:
        assert sweeping.newest(conn) == 0
    world.sweep(60)
    world.traffic(60, 70)
    with world.room.db.reading_whole() as conn:
        fixes, last = sweeping.arrivals(conn, 0)
    assert (len(fixes), last) == (8, 4)
    assert set(fixes.cls.tolist()) == {int(ContactClass.SHIP_A)}
    assert not (fixes.doubt & np.uint16(Doubt.LATE)).any()


def test_intake_goes_on_when_sweeping_fails(world: World, monkeypatch) -> None:
    from maoc_tui.problems import StoreProblem

    def broken(*_args):
        raise StoreProblem("The disk is full.", "Make room.")

    monkeypatch.setattr(alert_sweep, "_found", broken)
    assert alert_sweep.after_intake(world.room, 0.0) is None
