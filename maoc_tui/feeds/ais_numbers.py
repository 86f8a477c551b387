"""MMSI in columns: the kind of station by the form of its number (ITU-R M.585), and what is doubtful."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.clock import CLOCK_SLACK_MS
from maoc_tui.domain.contacts import ContactClass, Doubt, Space
from maoc_tui.domain.identity import PLACEHOLDER_MMSI
from maoc_tui.domain.reports import Fixes, Identity, unplaced_beacon

_PLACEHOLDERS = np.array(sorted(PLACEHOLDER_MMSI), dtype=np.int64)

_KEY_BASE = int(Space.AIS) << 40
_FORMS = (  # first number, last number, class; as in ITU-R M.585, written as integers
    (1_000_000, 9_999_999, ContactClass.BASE_STATION),  # 00MIDxxxx
    (111_000_000, 111_999_999, ContactClass.SAR_AIRCRAFT),  # 111MIDaxx
    (800_000_000, 899_999_999, ContactClass.HANDHELD),  # 8MIDxxxxx
    (970_000_000, 970_999_999, ContactClass.DISTRESS),  # AIS-SART
    (972_000_000, 972_999_999, ContactClass.DISTRESS),  # man overboard
    (974_000_000, 974_999_999, ContactClass.DISTRESS),  # EPIRB-AIS
    (980_000_000, 989_999_999, ContactClass.CRAFT),  # 98MIDxxxx
    (990_000_000, 999_999_999, ContactClass.AID),  # 99MIDaxxx
)
_STATED = (int(ContactClass.BASE_STATION), int(ContactClass.AID), int(ContactClass.SAR_AIRCRAFT))


def keys(mmsi: NDArray[np.int64]) -> NDArray[np.int64]:
    """Contact keys of MMSI (non-negative, below 2**40)."""
    return mmsi.astype(np.int64) | _KEY_BASE


def classes(mmsi: NDArray[np.int64], stated: Any) -> NDArray[np.uint8]:
    """ContactClass per number; ``stated`` is what the message itself says (scalar or column).

    A base station, aid or rescue aircraft that says so by its message is believed; then the form of the
    number decides; then class A or B by the message.
    """
    cls: NDArray[np.uint8] = np.broadcast_to(np.asarray(stated, np.uint8), mmsi.shape).copy()
    open_ = ~np.isin(cls, _STATED)
    for first, last, form in _FORMS:
        cls[open_ & (mmsi >= first) & (mmsi <= last)] = int(form)
    return cls


def station_class(mmsi: int, stated: int) -> int:
    """``classes`` of a single number."""
    if stated in _STATED:
        return stated
    return next((int(form) for first, last, form in _FORMS if first <= mmsi <= last), stated)


def doubts(mmsi: NDArray[np.int64]) -> NDArray[np.uint16]:
    """PLACEHOLDER for factory and default numbers, MMSI_FORM for numbers of no MMSI's form."""
    country = mmsi // 1_000_000
    good = (country >= 201) & (country <= 775)
    for first, last, _ in _FORMS:
        good |= (mmsi >= first) & (mmsi <= last)
    doubt: NDArray[np.uint16] = np.where(good, 0, int(Doubt.MMSI_FORM)).astype(np.uint16)
    doubt[np.isin(mmsi, _PLACEHOLDERS)] = int(Doubt.PLACEHOLDER)
    return doubt


def fix_doubts(lat: Any, lon: Any, time: Any, now_ms: int) -> NDArray[np.uint16]:
    """ZERO_ISLAND for 0°N 0°E exactly, FUTURE for stamps more than two minutes ahead of ``now_ms``."""
    zero = (np.asarray(lat) == 0.0) & (np.asarray(lon) == 0.0)
    ahead = np.asarray(time) > now_ms + CLOCK_SLACK_MS
    doubt: NDArray[np.uint16] = (zero * int(Doubt.ZERO_ISLAND) + ahead * int(Doubt.FUTURE)).astype(np.uint16)
    return doubt


def unplaced_beacons(fixes: Fixes, absent: NDArray[np.bool_]) -> list[Identity]:
    """The distress beacons among messages without a position."""
    which = np.flatnonzero(absent & (fixes.cls == int(ContactClass.DISTRESS)))
    columns = (getattr(fixes, name)[which].tolist() for name in ("key", "time", "cls", "status", "record"))
    return [unplaced_beacon(*row) for row in zip(*columns, strict=True)]
