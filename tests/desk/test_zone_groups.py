"""Harbours make no events for ships; beyond the territorial sea all air is one."""

from dataclasses import dataclass

import numpy as np

from maoc_tui.desk.zone_groups import groups


@dataclass
class Area:
    kind: str
    states: tuple[str, ...]
    short: str


AREAS = [
    Area("land", ("PT",), "PT land"),
    Area("territorial", ("PT",), "PT TS"),
    Area("eez", ("PT",), "PT EEZ"),
    Area("high_seas", (), "HS"),
    Area("territorial", ("ES",), "ES TS"),
    Area("internal", ("PT",), "PT IW"),
]


def of(ids, air=False):
    ids = np.array(ids, np.int32)
    return groups(AREAS).of(ids, np.full(len(ids), air)).tolist()


def test_land_internal_and_territorial_of_a_state_are_one_led_by_the_sea():
    assert of([0, 1, 5]) == [1, 1, 1]
    assert groups(AREAS).label[1] == "PT TS"


def test_states_and_kinds_stay_apart_for_ships():
    assert of([1, 2, 3, 4]) == [1, 2, 3, 4]


def test_for_aircraft_only_territory_counts():
    beyond = len(AREAS)
    assert of([2, 3], air=True) == [beyond, beyond]
    assert groups(AREAS).label[beyond] == "intl air"
    assert of([beyond], air=True) == [beyond]
    assert of([0, 1, 4], air=True) == [1, 1, 4]


def test_not_covered_stays_not_covered():
    assert of([-1, 1]) == [-1, 1]
