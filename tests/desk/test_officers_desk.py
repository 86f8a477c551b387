"""Officers, channels and the roster: who keeps them, what turns amber, where cover is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from liaison_room import COORDINATOR, DAY, add_officer, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui.desk import channels, gate, journal, officers, roster
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import gate_views

OFFICERS = {"ES": "Ana Ortega", "FR": "Luc Marchand", "MAOC": "Rui Ferreira", "BE": "Elise Claes"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    for partner, name in (
        ("ES", "Ana Ortega"),
        ("FR", "Luc Marchand"),
        ("MAOC", "Rui Ferreira"),
        ("BE", "Elise Claes"),
    ):
        add_officer(made, partner, name)
    yield made
    made.close()


def names(room: Room, partner: str) -> set[str]:
    return {line.officer.name for line in officers.officers(room, viewer(partner))}


def test_members_see_the_whole_directory_prospective_members_their_own_and_the_centre(room: Room) -> None:
    assert names(room, "FR") == {"Ana Ortega", "Luc Marchand", "Rui Ferreira", "Elise Claes"}
    assert names(room, "BE") == {"Elise Claes", "Rui Ferreira"}
    assert names(room, "SR") == set()


def test_a_hidden_officer_is_not_found_by_name_either(room: Room) -> None:
    with pytest.raises(BadInput, match="No officer"):
        channels.verify(room, viewer("BE"), "Ortega", 1)


def test_a_channel_is_amber_when_nobody_tried_it_for_ninety_days(room: Room) -> None:
    channels.add(room, COORDINATOR, "Ortega", "duty phone", "+34 000")
    (line,) = officers.officers(room, COORDINATOR, "ES")
    assert line.amber
    (line,) = (channels.verify(room, COORDINATOR, "Ortega", 1),)
    assert not line.amber
    room.clock.set_to(NOW + 90 * DAY)  # type: ignore[attr-defined]
    assert not officers.officers(room, COORDINATOR, "ES")[0].amber
    room.clock.set_to(NOW + 90 * DAY + 1)  # type: ignore[attr-defined]
    assert officers.officers(room, COORDINATOR, "ES")[0].amber


def test_channels_stand_in_the_order_to_try_them(room: Room) -> None:
    for kind in ("siena", "phone", "email"):
        channels.add(room, COORDINATOR, "Ortega", kind, f"by {kind}")
    channels.move(room, COORDINATOR, "Ortega", 3, 1)
    line = channels.retire(room, COORDINATOR, "Ortega", 2, "changed")
    assert [(one.channel.place, one.channel.kind) for one in line.channels] == [(1, "EMAIL"), (2, "PHONE")]
    with pytest.raises(BadInput, match="no channel 3"):
        channels.verify(room, COORDINATOR, "Ortega", 3)


def test_officers_keep_their_own_the_coordinator_everybodys(room: Room) -> None:
    spanish = viewer("ES")
    assert channels.add(room, spanish, "Ortega", "siena", "ES-1").channels
    with pytest.raises(NotPermitted, match="Only officers of FR"):
        channels.add(room, spanish, "Marchand", "siena", "FR-1")
    with pytest.raises(NotPermitted):
        officers.add(room, spanish, "FR", "Somebody")
    with pytest.raises(NotPermitted):
        officers.add(room, viewer("ES", Role.ANALYST), "ES", "Somebody")
    assert officers.add(room, spanish, "ES", "Second Officer").posted


def test_a_posting_ends_on_its_day_and_stays_in_the_record(room: Room) -> None:
    officers.end(room, COORDINATOR, "Ortega", "went home", on="2022-12-14")
    assert len(officers.officers(room, COORDINATOR, "ES")) == 1
    room.clock.set_to(NOW + DAY)  # type: ignore[attr-defined]
    assert officers.officers(room, COORDINATOR, "ES") == ()
    assert not officers.officers(room, COORDINATOR, "ES", past=True)[0].posted
    with pytest.raises(BadInput, match="ends before it begins"):
        officers.end(room, COORDINATOR, "Marchand", "x", on="2019-01-01")


def test_nobody_is_posted_twice_and_a_part_of_a_name_must_be_one(room: Room) -> None:
    with pytest.raises(BadInput, match="posted already"):
        officers.add(room, COORDINATOR, "ES", "Ana Ortega")
    officers.add(room, COORDINATOR, "PT", "Ana Lobo")
    with pytest.raises(BadInput, match="may be any of"):
        channels.add(room, COORDINATOR, "Ana", "phone", "1")


def test_every_change_is_journalled_with_the_partner_it_concerns(room: Room) -> None:
    channels.add(room, COORDINATOR, "Ortega", "phone", "secret number 77")
    channels.verify(room, COORDINATOR, "Ortega", 1)
    entries = [
        entry for entry in journal.entries(room, viewer("MAOC", Role.AUDITOR)) if entry.kind == "officer"
    ]
    assert [entry.owner for entry in entries[:2]] == ["ES", "ES"]
    assert not any("77" in entry.detail for entry in entries)


def test_the_roster_shows_where_nobody_stands(room: Room) -> None:
    roster.add(room, COORDINATOR, "Ferreira", "0307", hours="12h", post="watch")
    roster.add(room, COORDINATOR, "Ortega", "0307", hours="7d", post="on call")
    found = roster.roster(room, COORDINATOR)
    watch = [line for line in found.holes if line.hole.post == "WATCH"]
    assert [(line.hole.partner, line.now) for line in watch] == [("MAOC", False)]
    assert watch[0].hole.from_ms == NOW - NOW % 60_000 + 12 * HOUR
    on_call = {line.hole.partner: line.now for line in found.holes if line.hole.post == "ON_CALL"}
    assert on_call.pop("ES") is False
    assert on_call == dict.fromkeys(("PT", "FR", "IE", "IT", "NL", "GB"), True)


def test_a_prospective_member_owes_no_cover_and_sees_no_other_partners_holes(room: Room) -> None:
    assert {line.hole.partner for line in roster.roster(room, viewer("BE")).holes} == {"MAOC"}
    assert len({line.hole.partner for line in roster.roster(room, viewer("FR")).holes}) == 8


def test_a_seconded_officer_can_stand_the_watch(room: Room) -> None:
    roster.add(room, viewer("ES"), "Ortega", "0307", hours="8d", post="watch")
    assert not [line for line in roster.roster(room, COORDINATOR).holes if line.hole.post == "WATCH"]
    (line,) = officers.officers(room, COORDINATOR, "ES")
    assert line.on_duty == ("watch officer",)


def test_duties_lie_within_the_posting_and_are_not_held_twice(room: Room) -> None:
    made = roster.add(room, COORDINATOR, "Ortega", "now", hours="8h")
    with pytest.raises(BadInput, match="already"):
        roster.add(room, COORDINATOR, "Ortega", "now", hours="1h")
    roster.cancel(room, COORDINATOR, made.ref, "ill")
    assert roster.add(room, COORDINATOR, "Ortega", "now", hours="1h")
    officers.end(room, COORDINATOR, "Ortega", "went home")
    with pytest.raises(BadInput, match="not posted"):
        roster.add(room, COORDINATOR, "Ortega", "+2d", hours="1h")
    with pytest.raises(BadInput, match="one end"):
        roster.add(room, COORDINATOR, "Marchand", "now")


def test_a_bare_time_of_day_is_the_next_one(room: Room) -> None:
    midnight = NOW - NOW % DAY
    assert roster.add(room, COORDINATOR, "Ortega", "0600", hours="8h").duty.from_ms == midnight + 6 * HOUR
    made = roster.add(room, COORDINATOR, "Marchand", "0200", until="0400").duty
    assert (made.from_ms, made.to_ms) == (midnight + DAY + 2 * HOUR, midnight + DAY + 4 * HOUR)


# -- the gate itself -------------------------------------------------------------------------------


def channels_of(room: Room, *partners: str) -> set[str]:
    """Addresses that a connection made for officers of a partner shows, asked in plain SQL."""
    who = viewer(partners[0])
    if len(partners) > 1:
        who = gate.view_as(room, viewer(partners[0], Role.COORDINATOR), partners[1])
    with room.db.reading(who) as conn:
        return {row[0] for row in conn.exec_driver_sql("SELECT address FROM officer_channel")}


def test_channels_follow_the_directory_in_the_gate_itself(room: Room) -> None:
    for name in OFFICERS.values():
        channels.add(room, COORDINATOR, name, "duty phone", f"phone of {name}")
    every = {f"phone of {name}" for name in OFFICERS.values()}
    assert channels_of(room, "FR") == every
    assert channels_of(room, "BE") == {"phone of Elise Claes", "phone of Rui Ferreira"}
    assert channels_of(room, "SR") == set()
    assert channels_of(room, "MAOC", "BE") == {"phone of Elise Claes", "phone of Rui Ferreira"}
    shown = {c.channel.address for o in officers.officers(room, viewer("BE")) for c in o.channels}
    assert shown == channels_of(room, "BE")


def test_planted_a_directory_that_is_open_to_all_is_seen(room: Room, monkeypatch: Any) -> None:
    for name in OFFICERS.values():
        channels.add(room, COORDINATOR, name, "duty phone", f"phone of {name}")
    monkeypatch.setattr(gate_views, "_directory", lambda viewers: "SELECT t.* FROM main.officer_channel t")
    assert "phone of Ana Ortega" in channels_of(room, "BE")
