"""What officers enter by hand over the zones: it counts where and as long as it was said to, and is told everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from target_room import HOUR, NOW, TANKER, YACHT, make_room

from maoc_tui import resources
from maoc_tui.desk import picture, selection, targets, zone_hand, zone_overrides, zones
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.domain.viewer import WATCH
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import zone_overrides as store

BOX = "38 00N 010 00W; 39 00N 010 00W; 39N 009 40W; 38N 009 40W"
INSIDE = (38.5, -9.9)
"""In the contiguous zone of Portugal, in the derived data."""


@pytest.fixture(scope="module")
def index() -> ZoneIndex:
    return ZoneIndex.open(resources.data("zones.bin"))


@pytest.fixture
def room(tmp_path: Path, index: ZoneIndex) -> Iterator[Any]:
    made = make_room(tmp_path / "maoc.db")
    made.zones = index
    yield made
    made.close()


def add(room: Any, kind: str = "EEZ", states: str = "PT", until: str = "7d", **about: Any) -> Any:
    return zone_overrides.add(room, WATCH, kind, states, "treaty of 2022", "Ferreira", until, **about)


def ask(room: Any, lat: float, lon: float, radius: float = 0.0, **whose: Any) -> zones.ZoneAnswer:
    return zones.answer(zone_hand.waters(room, WATCH), lat, lon, radius, **whose)


def test_an_area_outranks_the_dataset_inside_it(room: Any) -> None:
    before = ask(room, *INSIDE)
    assert (before.area.kind, before.area.basis, before.override) == ("contiguous", "derived", None)
    made = add(room, area=BOX)
    after = ask(room, *INSIDE)
    assert (after.area.kind, after.area.states, after.area.basis) == ("eez", ("PT",), "hand")
    assert after.override == made
    assert after.beneath == before.area
    assert after.text == "PT EEZ, by hand: treaty of 2022, Ferreira, until 210307ZDEC22"
    assert ask(room, 38.5, -10.3).override is None
    given = zones.as_json(after)
    assert (given["basis"], given["override"]["ref"], given["beneath"]["kind"]) == (
        "hand",
        "Z-0001",
        "contiguous",
    )


def test_its_edge_is_a_line_like_any_other(room: Any) -> None:
    add(room, "TS", area=BOX)
    outside = ask(room, 38.5, -10.1)
    line = next(line for line in outside.lines if line.basis == "hand")
    assert (line.kind, line.states) == ("territorial", ("PT",))
    assert line.distance_nm == pytest.approx(4.7, abs=0.1)
    assert outside.text.endswith(f"{line.distance_nm:.1f} nm outside PT territorial sea")
    near = ask(room, 38.5, -10.01, 1.0)
    assert not near.determined
    assert {area.kind for area in near.candidates} == {"territorial", "eez"}
    assert near.text.startswith("not determined (PT EEZ / PT TS")
    crossing = zone_hand.waters(room, WATCH).next_crossing(38.5, -10.1, 90.0, 10.0, 24.0)
    assert crossing is not None
    assert crossing.lon == pytest.approx(-10.0, abs=1e-4)
    assert zone_hand.waters(room, WATCH).areas[crossing.area].kind == "territorial"


def test_a_line_that_an_area_covers_is_no_longer_met_or_told(room: Any, index: ZoneIndex) -> None:
    bare = index.next_crossing(38.5, -9.98, 90.0, 10.0, 24.0)
    assert bare is not None
    assert -10.0 < bare.lon < -9.67
    add(room, area=BOX)
    zones_now = zone_hand.waters(room, WATCH)
    met = zones_now.next_crossing(38.5, -9.98, 90.0, 10.0, 24.0)
    assert met is not None
    assert met.lon == pytest.approx(-9 - 40 / 60, abs=1e-4)
    assert all(
        line.distance_nm > 2 or line.basis == "hand" for line in zones_now.nearest_lines(38.5, bare.lon)
    )


def test_a_circle_outranks_an_area_and_the_newest_comes_first(room: Any) -> None:
    add(room, "EEZ", area=BOX)
    add(room, "TS", position="38 30N 009 54W", radius="3 nm")
    add(room, "IW", area=BOX)
    assert ask(room, *INSIDE).area.kind == "territorial"
    assert ask(room, 38.2, -9.9).area.kind == "internal"
    add(room, "CZ", position="38 30N 009 54W")
    assert ask(room, *INSIDE).area.kind == "contiguous"


def counts(room: Any) -> bool:
    return ask(room, *INSIDE).override is not None


def test_it_no_longer_counts_once_it_has_expired(room: Any) -> None:
    add(room, area=BOX, until="2h")
    assert counts(room)
    room.clock.start_ms = NOW + 2 * HOUR - 1
    assert counts(room)
    room.clock.start_ms = NOW + 2 * HOUR
    assert not counts(room)
    (one,) = zone_overrides.listing(room, WATCH, every=True)
    assert one.state(room.clock.now_ms()) == "expired"
    assert "EXPIRED" in zone_overrides.told(one, room.clock.now_ms())
    assert zone_overrides.listing(room, WATCH) == ()


def test_the_test_of_expiry_finds_a_reader_that_forgets_it(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "standing", lambda conn, now_ms: store.load(conn))
    with pytest.raises(AssertionError):
        test_it_no_longer_counts_once_it_has_expired(room)


def test_withdrawing_is_a_new_entry_and_final(room: Any) -> None:
    made = add(room, area=BOX)
    gone = zone_overrides.withdraw(room, WATCH, "z1", "wrong chart", "Ortega")
    assert gone.withdrawal is not None
    assert (gone.withdrawal.name, gone.withdrawal.by) == ("Ortega", "watch")
    assert not counts(room)
    (kept,) = zone_overrides.listing(room, WATCH, every=True)
    assert (kept.reason, kept.corners) == (made.reason, made.corners)
    assert kept.state(NOW) == "withdrawn"
    with pytest.raises(BadInput, match="withdrawn already"):
        zone_overrides.withdraw(room, WATCH, "Z-0001", "again", "Ortega")
    with pytest.raises(BadInput, match="no override Z-0009"):
        zone_overrides.withdraw(room, WATCH, "Z-0009", "x", "Ortega")


@pytest.mark.parametrize("table", ["zone_override", "zone_withdrawal"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET reason = 'other'"])
def test_nothing_entered_is_changed_or_deleted(room: Any, table: str, act: str) -> None:
    add(room, area=BOX)
    zone_overrides.withdraw(room, WATCH, "Z-0001", "wrong", "Ortega")
    with pytest.raises(StoreProblem), room.db.writing() as conn:
        conn.exec_driver_sql(act.format(table))
    (kept,) = zone_overrides.listing(room, WATCH, every=True)
    assert (kept.reason, kept.withdrawal.reason) == ("treaty of 2022", "wrong")


def test_an_answer_for_one_contact_is_nobody_elses_and_stays_where_it_was(room: Any) -> None:
    lat, lon = 33.1667, -41.3333
    add(room, "TS", "BR", contact=YACHT, radius="10 nm")
    own = ask(room, lat, lon, 20.0, key=YACHT)
    assert own.determined
    assert (own.area.kind, own.area.states, own.area.basis) == ("territorial", ("BR",), "hand")
    assert ask(room, lat, lon, key=TANKER).area.kind == ask(room, lat, lon).area.kind == "high_seas"
    away = ask(room, lat + 0.2, lon, key=YACHT)
    assert away.override is None
    ((one, nm),) = away.left
    assert one.key == YACHT
    assert nm == pytest.approx(12.0, abs=0.1)


def test_the_picture_and_its_filter_follow(room: Any) -> None:
    first = picture.load(room, WATCH)
    row = first.row(YACHT)
    assert first.zone_text(row) == "HS"
    assert picture.load(room, WATCH, first) is first
    add(room, "TS", "BR", contact=YACHT, until="2h")
    second = picture.load(room, WATCH, first)
    assert second.zone_text(row) == "BR TS*"
    assert second.zones[second.zone[row]].note == "by hand: treaty of 2022, Ferreira, until 140507ZDEC22"
    rows = selection.select(second, "zone:BR-TS", NOW, room.reference)
    assert rows.tolist() == [row]
    room.clock.start_ms = NOW + 3 * HOUR
    assert picture.load(room, WATCH, second).zone_text(row) == "HS"


def test_a_target_and_its_contact_have_one_answer(room: Any) -> None:
    ref = targets.add_from_contact(room, WATCH, YACHT, NewTarget(values={})).ref
    before = picture.load(room, WATCH)
    add(room, "CZ", "PT", target=ref)
    assert targets.listing(room, WATCH)[0].seen.zone == "PT CZ*"
    sheet = targets.sheet(room, WATCH, ref)
    assert sheet.outlook.zone.text.startswith("PT contiguous zone, by hand: treaty")
    assert sheet.outlook.ahead_text(NOW, "") == "zone ahead not reckoned"
    after = picture.load(room, WATCH, before)
    assert after.zone_text(after.row(YACHT)) == "PT CZ*"
    targets.unlink(room, WATCH, ref, YACHT, "other boat")
    later = picture.load(room, WATCH, after)
    assert later.zone_text(later.row(YACHT)) == "HS"


def test_circles_of_error_leave_zones_open_in_bulk_as_one_by_one(room: Any, index: ZoneIndex) -> None:
    """The quick way over many contacts agrees with holding each circle against every line."""
    random = np.random.default_rng(3)
    lat, lon = random.uniform(36, 42, 4_000), random.uniform(-10.5, -8, 4_000)
    radius = random.choice([0.005, 0.05, 0.09, 0.3, 2.0], 4_000)
    waters = zone_hand.Waters(index)
    quick = waters.others(lat, lon, radius)
    for i in np.unique(np.concatenate([np.flatnonzero(quick >= 0), np.arange(300)])).tolist():
        found = waters.candidates(lat[i], lon[i], radius[i])
        sorts = {(waters.areas[a].kind, waters.areas[a].states) for a in found}
        assert (quick[i] >= 0) == (len(sorts) > 1), (lat[i], lon[i], radius[i])
    near = [i for i in range(4_000) if 0.05 < radius[i] < 0.1]
    lines, _ = index.distances(lat[near], lon[near], ("territorial", "contiguous"))
    touched = np.flatnonzero(lines.min(axis=1) < radius[near] * 0.999)
    assert all(quick[near[i]] >= 0 for i in touched)
    assert len(touched)


def test_waters_that_may_be_internal_are_left_open(tmp_path: Path) -> None:
    """Where no open data tell the baseline, territorial sea and internal waters are both told, everywhere."""
    made = make_room(tmp_path / "maoc.db")
    made.zones.areas = (made.zones.areas[0], replace(made.zones.areas[1], basis="inferred"))
    given = ask(made, 36.0, -6.0)
    assert not given.determined
    assert given.text == "not determined (PT TS / PT IW)"
    assert [area.kind for area in given.candidates] == ["territorial", "internal"]
    shown = picture.load(made, WATCH)
    assert shown.zone_text(shown.row(TANKER)) == "PT TS|IW"
    assert shown.zone_text(shown.row(YACHT)) == "HS"
    for word in ("zone:PT-IW", "zone:PT-TS"):
        assert shown.row(TANKER) in selection.select(shown, word, NOW, made.reference)
    targets.add(made, WATCH, NewTarget("tug", position="36 00N 006 00W"))
    assert targets.listing(made, WATCH)[0].seen.zone == "PT TS|IW"
    made.close()


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"until": ""}, "expires is missing"),
        ({"until": "121200ZDEC22"}, "expired already"),
        ({"until": "400d"}, "a year at most"),
        ({"until": "soon"}, "soon"),
        ({"kind": "moon"}, "no kind of zone"),
        ({"states": "QQ"}, "no state known"),
        ({"states": ""}, "Whose waters"),
        ({"kind": "HS"}, "belong to no state"),
        ({"status": "agreed", "states": "EH/MA"}, "disputed, joint or unsettled"),
        ({"area": "38N 10W; 39N 10W"}, "three corners"),
        ({"area": "38N 10W; 39N 10W; 95N 9W"}, "Corner 3"),
        ({"area": "38N 10W; 39N 9W; 38N 9W; 39N 10W"}, "crosses or touches itself"),
        ({"position": "38N 10W"}, "about one thing"),
        ({"area": ""}, "is missing"),
        ({"area": "", "position": "38N 10W", "radius": "500 nm"}, "reach"),
        ({"area": "", "position": "38N 10W", "radius": "0"}, "reach"),
        ({"area": "", "contact": contact_key(Space.AIS, 205_000_000)}, "never given a position"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(room: Any, change: dict[str, Any], match: str) -> None:
    about = {"area": BOX, **change}
    with pytest.raises(BadInput, match=match):
        add(room, **about)
    assert zone_overrides.listing(room, WATCH, every=True) == ()


@pytest.mark.parametrize(("reason", "name", "missing"), [("", "F", "reason"), ("r", " ", "name")])
def test_reason_and_name_are_required(room: Any, reason: str, name: str, missing: str) -> None:
    with pytest.raises(BadInput, match=f"The {missing} is missing"):
        zone_overrides.add(room, WATCH, "EEZ", "PT", reason, name, "7d", area=BOX)


@pytest.mark.parametrize(
    "text",
    [
        BOX,
        "38.0,-10.0; 39.0,-10.0; 39,-9.66667 ;38,-9.66667",
        "3800N01000W\n3900N01000W\n3900N00940W\n3800N00940W\n",
        "38°00.0'N 010°00.0'W / 39°N 10°W / 39°N 9°40'W / 38°N 9°40'W",
    ],
)
def test_corners_in_any_usual_form(text: str) -> None:
    found = zone_overrides.corners(text)
    assert np.allclose(found, [(38, -10), (39, -10), (39, -9 - 40 / 60), (38, -9 - 40 / 60)], atol=1e-4)


def test_disputed_waters_name_every_claimant(room: Any) -> None:
    made = add(room, "TS", "EH/MA", area=BOX)
    assert (made.states, made.status) == (("EH", "MA"), "disputed")
    assert ask(room, *INSIDE).text.startswith("EH/MA territorial sea (disputed), by hand")
    joint = add(room, "JR", "Spain, France", area=BOX)
    assert (joint.states, joint.status) == (("ES", "FR"), "joint")


def test_hostile_words_are_made_harmless(room: Any) -> None:
    evil = "x\x1b]52;c;QQ\x07[/red]"
    made = zone_overrides.add(room, WATCH, "EEZ", "PT", evil, evil, "7d", area=BOX)
    assert "\x1b" not in made.note + zone_overrides.told(made, NOW)
    assert "\x07" not in zones.as_json(ask(room, *INSIDE))["text"]


def stored(room: Any, act: Callable[[], Any]) -> Any:
    """What the record holds after an act, newest first."""
    act()
    return zone_overrides.listing(room, WATCH, every=True)


def test_the_record_gives_back_what_was_entered(room: Any) -> None:
    for about in ({"area": BOX}, {"position": "36 20N 012 40W"}, {"contact": YACHT}):
        made = add(room, **about)
        (newest, *_) = stored(room, lambda: None)
        assert newest == made
