"""The demo's traffic: repeatable, plausible, the same in pieces as in one, invented."""

from itertools import pairwise

import numpy as np
import pytest

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import ContactClass, Space, number_of, space_of
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.feeds.scenario_fleet import target_key
from maoc_tui.geo.plausibility import sphere_nm


@pytest.fixture(scope="module")
def scenario():
    return Scenario.load()


@pytest.fixture(scope="module")
def history(scenario):
    return scenario.reports(scenario.begins, scenario.opens)


def test_it_is_the_day_it_says(scenario):
    assert f"{from_ms(scenario.opens):%d %B %Y}" == "14 December 2022"


def test_some_thousand_contacts_ships_and_aircraft(scenario):
    classes = np.array([m.cls for m in scenario.fleet])
    assert len(classes) > 1_000
    assert (classes == ContactClass.AIRCRAFT).sum() > 80
    assert (classes == ContactClass.SHIP_B).sum() > 80


def test_the_same_seed_gives_the_same_reports(scenario, history):
    again = Scenario.load().reports(scenario.begins, scenario.opens)
    assert np.array_equal(again.fixes.lat, history.fixes.lat)
    assert [i.values for i in again.identities] == [i.values for i in history.identities]


def test_pieces_give_the_whole(scenario, history):
    cuts = np.linspace(scenario.begins, scenario.opens, 7).astype(int)
    pieces = [scenario.reports(int(a), int(b)) for a, b in pairwise(cuts)]
    assert sum(len(p.fixes) for p in pieces) == len(history.fixes)
    assert np.array_equal(np.concatenate([p.fixes.time for p in pieces]), history.fixes.time)
    assert np.array_equal(np.concatenate([p.fixes.lon for p in pieces]), history.fixes.lon)


def test_speeds_are_those_of_ships_and_aircraft(history):
    fixes = history.fixes
    air = fixes.cls == ContactClass.AIRCRAFT
    assert np.nanmax(fixes.sog[~air]) < 45
    assert 300 < np.nanmedian(fixes.sog[air]) < 520


def test_no_ship_moves_faster_than_it_says(history):
    fixes = history.fixes.take(np.lexsort((history.fixes.time, history.fixes.key)))
    same = fixes.key[1:] == fixes.key[:-1]
    hours = (fixes.time[1:] - fixes.time[:-1])[same] / 3.6e6
    ship = (fixes.cls[1:] != ContactClass.AIRCRAFT)[same]
    nm = sphere_nm(fixes.lat[:-1], fixes.lon[:-1], fixes.lat[1:], fixes.lon[1:])[same]
    assert (nm[ship] / hours[ship]).max() < 45


def test_a_silent_target_is_silent(scenario, history):
    entry = next(t for t in scenario.targets if t.get("silent"))
    key = target_key(entry)
    heard = history.fixes.time[history.fixes.key == key]
    dark_from, dark_to = (scenario.begins + h * 3.6e6 for h in entry["silent"][0])
    assert len(heard)
    assert not ((heard >= dark_from) & (heard < dark_to)).any()


def test_a_dozen_targets_and_some_only_seen(scenario):
    assert len(scenario.targets) >= 12
    assert sum(target_key(t) is None for t in scenario.targets) >= 3
    assert any(t["kind"] == "aircraft" for t in scenario.targets)


def test_numbers_have_their_form(scenario):
    for member in scenario.fleet:
        if space_of(member.key) is Space.AIS:
            assert 201_000_000 <= number_of(member.key) <= 775_999_999
