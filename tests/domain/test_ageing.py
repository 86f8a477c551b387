"""Fresh, old, lost; and what may be reckoned ahead."""

import numpy as np
import pytest

from maoc_tui.desk.reference import Reference
from maoc_tui.domain import ageing
from maoc_tui.domain.ageing import Age
from maoc_tui.domain.contacts import ContactClass

LIMITS = Reference.load().ageing
NOW = 1_767_713_400_000
MINUTE = 60_000


def state(cls, minutes):
    return ageing.states(np.array([cls], np.uint8), np.array([minutes * MINUTE]), LIMITS)[0]


@pytest.mark.parametrize("cls", list(ContactClass))
def test_every_class_grows_old_and_is_lost(cls):
    fresh, lost = LIMITS.fresh_s[cls] / 60, LIMITS.lost_s[cls] / 60
    assert state(cls, -5) == state(cls, 0) == state(cls, fresh) == Age.FRESH
    assert state(cls, fresh + 0.1) == state(cls, lost) == Age.OLD
    assert state(cls, lost + 0.1) == Age.LOST
    assert LIMITS.reckon_s[cls] <= LIMITS.lost_s[cls]


def may(cls=ContactClass.SHIP_A, minutes=10.0, sog=12.0, cog=45.0, status=0):
    columns = (
        np.array([cls], np.uint8),
        np.array([NOW - int(minutes * MINUTE)]),
        np.array([sog], np.float32),
    )
    rest = (np.array([cog], np.float32), np.array([status], np.uint8))
    return bool(ageing.may_reckon(*columns, *rest, NOW, LIMITS)[0])


def test_reckoning_is_allowed_only_where_it_means_something():
    assert may()
    assert may(minutes=LIMITS.reckon_s[ContactClass.SHIP_A] / 60)
    assert not may(minutes=LIMITS.reckon_s[ContactClass.SHIP_A] / 60 + 0.1)
    assert not may(sog=np.nan)
    assert not may(cog=np.nan)
    assert not may(sog=0.4, cog=np.nan)
    assert may(sog=0.3, cog=np.nan)
    assert not may(status=1)
    assert not may(status=5)
    assert not may(status=6)
    assert may(status=7)
    assert may(sog=102.1)
    assert not may(sog=102.2)
    assert may(ContactClass.AIRCRAFT, minutes=5, sog=450.0, status=15)
    assert not may(ContactClass.AIRCRAFT, minutes=15, sog=450.0)
    assert not may(ContactClass.BASE_STATION, sog=0.0)
    assert not may(ContactClass.AID, minutes=0)


def test_the_circle_of_doubt_grows_faster_for_the_faster():
    cls = np.array([ContactClass.SHIP_A] * 3, np.uint8)
    growth = ageing.growth_kn(cls, np.array([0.0, 10.0, np.nan], np.float32), LIMITS)
    assert growth[0] == growth[2] < growth[1]
