"""What was considered stays as it was, with every reason; a choice that slips or changes waters is an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from asset_room import (
    AT_WORK,
    COORDINATOR,
    ES,
    FR,
    HOUR,
    PT,
    WATCH,
    asset,
    dtg,
    operation,
    room_at,
    seen_target,
)
from zone_room import shipped_zones

from maoc_tui.desk import assets, intercept_watch, targets
from maoc_tui.desk.intercept_options import choose, options
from maoc_tui.desk.intercept_watch import slips
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem

MOVES = {"target_speed": "10", "target_course": "045"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = room_at(tmp_path)
    opened._zones = shipped_zones()
    yield opened
    opened.close()


def chosen(room: Room, **given: object) -> tuple[str, str, str]:
    """A choice of the faster of two ships: operation, asset, target."""
    target = seen_target(room, "34 00.0N 014 00.0W")
    fast, slow = asset(room, max="30", name="Fast"), asset(room, max="16", name="Slow")
    about = operation(room, target)
    mark = parse("H2 rel PT,ES,FR", "MAOC")
    choose(room, COORDINATOR, about, fast, target, "closest with a team", marking=mark, **MOVES, **given)  # type: ignore[arg-type]
    assert slow
    return about, fast, target


def test_the_whole_set_is_stored_with_a_reason_each(room: Room) -> None:
    about, _, _ = chosen(room)
    found = options(room, COORDINATOR, about)
    assert [(one.asset_name, one.chosen) for one in found] == [("Fast", True), ("Slow", False)]
    assert found[0].reason == "closest with a team"
    assert found[1].reason.endswith("later than the one chosen")
    assert found[0].contact_ms is not None
    assert found[0].ref == f"{about}/o1"


def test_a_stored_reason_names_no_asset_that_a_reader_may_not_see(room: Room) -> None:
    target, shown = seen_target(room, "34 00.0N 014 00.0W"), asset(room, max="16", name="Slow")
    hidden = asset(room, FR, "H2 rel MAOC", max="30", name="Discreet")
    about = operation(room, target)
    choose(
        room,
        COORDINATOR,
        about,
        hidden,
        target,
        "discreet",
        marking=parse("H2 rel PT,ES,FR", "MAOC"),
        **MOVES,
    )
    seen = options(room, ES, about)
    assert [(one.asset, "later than" in one.reason) for one in seen] == [(shown, True)]
    assert hidden not in str(seen)


def test_a_reason_given_for_a_rejection_stands_in_its_place(room: Room) -> None:
    about, fast, target = chosen(room)
    slow = next(one.asset for one in options(room, COORDINATOR, about) if not one.chosen)
    choose(room, COORDINATOR, about, fast, target, "again", rejected={slow: "crew rest"}, **MOVES)
    newest = [one for one in options(room, COORDINATOR, about) if one.ref.endswith("o2")]
    assert {one.reason for one in newest} == {"again", "crew rest"}
    assert len(options(room, COORDINATOR, about)) == 4


def test_nothing_stored_is_changed_or_deleted(room: Room) -> None:
    chosen(room)
    for sql in ("UPDATE intercept_option SET reason = 'x'", "DELETE FROM intercept_option"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.exec_driver_sql(sql)


def test_choosing_takes_the_right_an_option_and_a_target_of_the_operation(room: Room) -> None:
    about, fast, target = chosen(room)
    with pytest.raises(NotPermitted):
        choose(room, Viewer("x", "MAOC", roles=frozenset({Role.ANALYST})), about, fast, target, "me")
    other = seen_target(room)
    with pytest.raises(BadInput, match="no target of"):
        choose(room, COORDINATOR, about, fast, other, "why not", **MOVES)
    with pytest.raises(BadInput, match="reason is missing"):
        choose(room, COORDINATOR, about, fast, target, " ", **MOVES)
    with pytest.raises(BadInput, match="There is no asset"):
        choose(room, COORDINATOR, about, "AS-9999", target, "x", **MOVES)


def test_options_are_hidden_with_their_target(room: Room) -> None:
    target = seen_target(room, rel="MAOC,PT")
    ship = asset(room)
    about = operation(room, target)
    mark = parse("H2 rel PT,ES,FR", "MAOC")
    choose(room, COORDINATOR, about, ship, target, "alone", marking=mark, **MOVES)
    assert len(options(room, PT)) == 1
    assert options(room, ES) == ()
    assert slips(room, FR) == ()


def test_a_choice_that_holds_is_no_alarm(room: Room) -> None:
    chosen(room)
    (now,) = slips(room, COORDINATOR)
    assert not now.alarm
    assert now.now_ms == pytest.approx(now.was_ms, abs=1000)
    assert "as chosen" in now.text


def test_a_ship_under_way_as_chosen_keeps_its_contact(room: Room) -> None:
    """Two hours later, where its course has brought it, the contact is the same to the minute."""
    from pyproj import Geod

    from maoc_tui.domain.positions import format_position

    about, fast, _ = chosen(room)
    first = options(room, COORDINATOR, about)[0]
    with room.db.reading(WATCH) as conn:
        from maoc_tui.store import intercept_options as store

        course = next(one.course for one in store.load(conn) if one.chosen)
    lon, lat, _ = Geod(ellps="WGS84").fwd(-9.3333333, 38.6666667, course, 30 * 2 * 1852)
    room.clock.set_to(AT_WORK + 2 * HOUR)  # type: ignore[attr-defined]
    assets.report(room, PT, fast, position=format_position(lat, lon), course=f"{course:.0f}", speed="30")
    (now,) = slips(room, COORDINATOR)
    assert not now.alarm
    assert now.now_ms == pytest.approx(first.contact_ms, abs=3 * 60_000)


def test_an_asset_that_never_left_slips_into_an_alarm(room: Room) -> None:
    about, _, _ = chosen(room)
    room.clock.set_to(AT_WORK + 3 * HOUR)  # type: ignore[attr-defined]
    (now,) = slips(room, COORDINATOR, about)
    assert now.alarm
    assert "contact slips" in now.text


def test_a_new_fix_that_moves_the_contact_into_other_waters_is_an_alarm(room: Room) -> None:
    _, _, target = chosen(room)
    room.clock.set_to(AT_WORK + 10 * 60_000)  # type: ignore[attr-defined]
    targets.sight(
        room,
        PT,
        target,
        "36 40N 009 20W",
        at=dtg(AT_WORK + 9 * 60_000),
        source="aircraft",
        marking=parse("H2 rel MAOC", "PT"),
    )
    (now,) = slips(room, COORDINATOR)
    assert now.alarm
    assert now.was_zone != now.now_zone
    assert "contact now in" in now.text


def test_a_target_that_got_away_is_an_alarm(room: Room) -> None:
    _, _, target = chosen(room)
    room.clock.set_to(AT_WORK + 60 * 60_000)  # type: ignore[attr-defined]
    targets.sight(
        room,
        PT,
        target,
        "10 00N 050 00W",
        at=dtg(AT_WORK + 50 * 60_000),
        source="aircraft",
        marking=parse("H2 rel MAOC", "PT"),
    )
    (now,) = slips(room, COORDINATOR)
    assert now.alarm


def due(room: Room, about: str) -> int:
    contact = options(room, COORDINATOR, about)[0].contact_ms
    assert contact is not None
    return contact


def test_a_contact_that_is_still_to_come_is_watched_past_its_first_time(room: Room) -> None:
    about, _, _ = chosen(room)
    contact = due(room, about)
    room.clock.set_to(contact + 2 * HOUR)  # type: ignore[attr-defined]
    (now,) = slips(room, COORDINATOR)
    assert now.alarm
    assert now.now_ms is not None
    assert now.now_ms > contact + 2 * HOUR
    room.clock.set_to(contact + 97 * HOUR)  # type: ignore[attr-defined]
    assert slips(room, COORDINATOR) == ()


def test_a_contact_reached_is_no_alarm_and_an_hour_later_no_longer_watched(room: Room) -> None:
    about, fast, _ = chosen(room)
    contact, first = due(room, about), options(room, COORDINATOR, about)[0]
    room.clock.set_to(contact + 40 * 60_000)  # type: ignore[attr-defined]
    from maoc_tui.domain.positions import format_position

    assets.report(room, PT, fast, position=format_position(first.lat, first.lon), course="045", speed="10",
                  as_of=dtg(contact))  # fmt: skip
    (now,) = slips(room, COORDINATOR)
    assert not now.alarm
    room.clock.set_to(contact + 2 * HOUR)  # type: ignore[attr-defined]
    assert slips(room, COORDINATOR) == ()


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"availability": "maintenance", "until": "72h"}, "unable availability"),
        ({"fuel": "3h"}, "unable endurance"),
    ],
)
def test_what_stops_it_now_is_an_alarm(room: Room, told: dict[str, str], kind: str) -> None:
    _, fast, _ = chosen(room)
    assert not slips(room, COORDINATOR)[0].alarm
    assets.report(room, PT, fast, **told)
    (now,) = slips(room, COORDINATOR)
    assert now.alarm
    assert kind in now.kinds
    assert "stopped by" in now.text


def test_land_that_stopped_it_when_it_was_chosen_is_no_alarm(room: Room) -> None:
    target = seen_target(room, "40 30.0N 002 00.0E")
    ship = asset(room, max="30")
    about = operation(room, target)
    choose(room, COORDINATOR, about, ship, target, "goes round", target_speed="0")
    (now,) = slips(room, COORDINATOR)
    assert now.kinds == ()


def test_the_planted_fault_of_a_watch_blind_to_limits_would_be_seen(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: a watch that looks at the time alone says "as chosen" of a ship in dock."""
    _, fast, _ = chosen(room)
    assets.report(room, PT, fast, availability="maintenance", until="72h")
    monkeypatch.setattr(intercept_watch, "_stopping", lambda one, cell: [])
    assert "as chosen" in slips(room, COORDINATOR)[0].text


def test_the_planted_fault_of_comparing_nothing_would_be_seen(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: a watch that never compares says that all is as chosen while the asset lies at its base."""
    about, _, _ = chosen(room)
    room.clock.set_to(AT_WORK + 3 * HOUR)  # type: ignore[attr-defined]
    monkeypatch.setattr(intercept_watch, "_difference", lambda one, cell: ("as chosen", ()))
    with pytest.raises(AssertionError):
        assert slips(room, COORDINATOR, about)[0].alarm


@pytest.mark.parametrize(
    ("zone", "law", "alarm", "said"),
    [
        ("HS", "ASK", False, "as chosen"),
        ("HS|PT EEZ", "ASK", False, "contact now in HS|PT EEZ"),
        ("PT EEZ|HS", "ASK", True, "contact now in PT EEZ|HS, not HS"),
        ("HS|PT EEZ", "STOP", True, "STOP there"),
    ],
)
def test_a_growing_error_alone_is_no_alarm_but_another_zone_or_stop_is(
    room: Room, zone: str, law: str, alarm: bool, said: str
) -> None:
    from dataclasses import replace

    from maoc_tui.desk import intercepts
    from maoc_tui.store import intercept_options as store

    about, fast, target = chosen(room)
    with room.db.reading(WATCH) as conn:
        one = replace(next(option for option in store.load(conn) if option.chosen), zone="HS", law="ASK")
    cell = intercepts.matrix(room, COORDINATOR, operation=about, **MOVES).cell(fast, target)  # type: ignore[arg-type]
    assert cell is not None
    found = intercept_watch.compared(one, replace(cell, zone=zone, law=law))
    assert found.alarm is alarm
    assert said in found.text
