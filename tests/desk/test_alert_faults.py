"""What a sweep must not lose, raise wrongly or keep from being said: one record a case, traffic told to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from alert_world import BEGIN, LAT, LON, World, opened, ship

from maoc_tui.desk import alert_sweep, alerts, feeds, ingest
from maoc_tui.desk.alert_sweep import leave, scan
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.viewer import WATCH

BEACON = contact_key(Space.AIS, 972_123_456)


@pytest.fixture
def world(tmp_path: Path):
    with opened(tmp_path) as made:
        yield made


def nmea(mmsi: int, status: int, second: int) -> str:
    """A position report without a position, as a man overboard device sends until it knows where it is."""
    fields = ((1, 6), (0, 2), (mmsi, 30), (status, 4), (-128, 8), (0, 10), (0, 1), (181 * 600_000, 28),
              (91 * 600_000, 27), (3600, 12), (511, 9), (60, 6), (0, 25))  # fmt: skip
    bits = "".join(format(value & ((1 << n) - 1), f"0{n}b") for value, n in fields)
    codes = (int(bits[at : at + 6], 2) for at in range(0, 168, 6))
    body = f"AIVDM,1,1,,A,{''.join(chr(c + 48 + (8 if c >= 40 else 0)) for c in codes)},0"

    def summed(text: str) -> str:
        total = 0
        for letter in text:
            total ^= ord(letter)
        return f"{text}*{total:02X}"

    return f"\\{summed(f'c:{BEGIN // 1000 + second}')}\\!{summed(body)}\n"


def test_a_beacon_without_a_position_rings_and_its_test_is_another_alert(
    world: World, tmp_path: Path
) -> None:
    def hear(status: int, minute: int) -> list[tuple[str, float | None]]:
        path = tmp_path / "x.nmea"
        path.write_text(nmea(972_123_456, status, 60 * minute))
        world.room.clock.set_to(world.at(minute + 0.5))
        (read,) = ingest.ingest(world.room, WATCH, [path]).files
        assert (read.read, read.accepted) == (1, 1)
        return [(one.cause.split(":")[2], one.lat) for one in world.of("distress_beacon")]

    world.sweep(0)
    assert [lat for _, lat in hear(15, 1)] == [None]
    (test,) = alerts.listing(world.room, WATCH)
    alerts.silence(world.room, WATCH, test.ref, "8h", "a test")
    assert hear(14, 3)[1:] == [("active", None)]
    (row,) = alerts.listing(world.room, WATCH)
    assert (row.level, row.lat == row.lat) == (2, False)
    world.tell(BEACON, [4], LAT, LON, ContactClass.DISTRESS, status=14)
    world.sweep(4.5)
    assert hear(14, 5)[1:] == [("active", LAT)], "once its place is known it is not forgotten"
    leave(world.room)
    assert len(hear(14, 7)) == 2, "nor does another program begin anew"


def test_who_has_a_name_and_no_position_costs_nobody_an_alert(world: World) -> None:
    world.say(ship(1), 0, name="BRISA DAWN")
    world.sweep(1)
    world.room.clock.set_to(world.at(9))
    world.say(ship(1), 9, name="CORVO LEGACY")
    world.sweep(10)
    assert [one.lat for one in world.of("identity_change")] == [None]


def test_a_sweep_that_fails_stands_among_the_feeds_until_one_succeeds(world: World, monkeypatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(alert_sweep, "_found", broken)
        assert alert_sweep.after_intake(world.room, 0.0) is None
    (state,) = feeds.states(world.room, WATCH)
    assert (state.name, state.ok) == ("alerts", False)
    assert "no alert is raised" in state.text
    world.sweep(1)
    assert feeds.states(world.room, WATCH) == ()


def test_every_line_a_followed_vessel_enters_is_told_whoever_swept_before(world: World) -> None:
    world.sweep(0)
    world.tell(ship(1), [1, 2, 3], [38.9, 37.9, 37.9], -9.9)
    minutes = np.arange(5.0, 120.0)
    for part in np.split(minutes, range(15, len(minutes), 15)):
        world.tell(ship(1), part, 37.9, -9.9 + (part - 5) * 20 / 60 / 47.3, sog=20.0, cog=90.0)
        world.sweep(float(part[-1]))
        leave(world.room)
    assert [one.evidence[0].value for one in world.of("zone_entry")] == ["PT CZ", "PT TS"]
    lines = [one.evidence[0].value for one in world.of("line_approach")]
    assert lines[:2] == ["PT contiguous zone", "PT territorial sea"]


def test_a_late_fix_raises_no_history_and_a_restart_keeps_the_length_of_a_gap(world: World) -> None:
    world.traffic(0, 200)
    world.tell(ship(1), [*np.arange(0, 60, 3), 170, 173], LAT, LON)
    world.sweep(200)
    world.tell(ship(1), [171], LAT, LON)
    world.sweep(201)
    assert world.of("ais_gap") == []
    world.tell(ship(2), np.arange(140, 200, 3), LAT, LON + np.arange(20) * 0.002)
    world.traffic(200, 300)
    world.sweep(300)
    world.traffic(300, 1000)
    world.tell(ship(2), np.arange(480, 1000, 3), LAT, LON)
    leave(world.room)
    world.sweep(1000)
    (found,) = [one for one in world.of("ais_gap") if one.keys == (ship(2),)]
    assert (found.over, found.last_ms - found.first_ms) == (True, world.at(480) - world.at(197))
    assert "heard again" in found.because
    assert {one.name: one.value for one in found.evidence}["silent"] == "4 h 43"


def test_a_jump_back_in_a_later_sweep_is_told_with_the_way_there(world: World) -> None:
    world.tell(ship(1), np.arange(0, 36, 3), LAT, LON)
    world.sweep(35)
    world.tell(ship(1), [36], LAT + 1, LON)
    world.sweep(37)
    world.tell(ship(1), [39], LAT, LON)
    world.sweep(40)
    (found,) = world.of("jump")
    assert "came back" in found.against[0]
    assert {one.name: one.value for one in found.evidence}["jumps"] == "2"


def test_who_says_that_it_fishes_does_not_loiter_and_of_times_past_nothing_later_is_told(
    world: World,
) -> None:
    minutes = np.arange(0, 300, 5.0)
    for n, status in ((1, 7), (2, 0)):
        world.tell(ship(n), minutes, LAT + n, LON - 5 + minutes * 0.0001, status=status, sog=1.0)
    world.say(ship(2), 0, name="BRISA DAWN")
    world.room.clock.set_to(world.at(290))
    world.say(ship(2), 290, name="CORVO LEGACY")
    world.sweep(295)
    assert [one.keys for one in world.of("loitering")] == [(ship(2),)]
    assert [one.rule for one in scan(world.room, WATCH, world.at(10))] == []
    (found,) = [one for one in scan(world.room, WATCH, world.at(295)) if one.rule == "identity_change"]
    assert found.lat == pytest.approx(LAT + 2)
