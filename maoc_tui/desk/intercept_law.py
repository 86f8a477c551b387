"""Zone and law at many contact points at once, for the State of each asset.

A contact point has the target's circle of doubt: it is probed at its edge, and where it touches two zones both are told
and the stricter answer stands. Points that share zones, flag and treaty areas share the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.law_places import places
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.snapshots import either
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.desk.zone_hand_shapes import label
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.law_question import Place, Question

F64 = NDArray[np.float64]
_PROBES = 8
_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Told:
    """What the law says at a point."""

    result: str
    """GO, ASK, LOOK, STOP; "" where it was not judged."""
    consent_from: tuple[str, ...] = ()


NOTHING = Told("")


Areas = tuple[int, ...]
"""Ids of the areas that a circle touches, its centre's first, -1 outside the dataset."""


def zones_at(zones: Waters, lat: F64, lon: F64, radius_nm: F64) -> list[Areas]:
    """What each circle touches, by its centre and eight points of its edge."""
    angle = np.arange(_PROBES) * (2 * np.pi / _PROBES)
    away = np.nan_to_num(radius_nm)[:, None] / 60.0
    y = np.clip(lat[:, None] + away * np.cos(angle), -90.0, 90.0)
    x = lon[:, None] + away * np.sin(angle) / np.maximum(np.cos(np.radians(lat)), 0.05)[:, None]
    every = np.concatenate([lat[:, None], y], axis=1), np.concatenate([lon[:, None], x], axis=1)
    found = zones.locate(every[0].ravel(), every[1].ravel()).reshape(-1, _PROBES + 1)
    keys: list[Areas] = [(area,) for area in found[:, 0].tolist()]
    for row in np.flatnonzero((found != found[:, :1]).any(axis=1)).tolist():
        keys[row] = tuple(dict.fromkeys(found[row].tolist()))
    return keys


def shorts(zones: Waters, found: Sequence[Areas]) -> list[str]:
    """The short label of each circle's zone; ``PT CZ|TS`` where it touches another."""
    kept = {key: _short(zones, key) for key in set(found)}
    return [kept[key] for key in found]


def _short(zones: Waters, areas: Areas) -> str:
    if areas[0] < 0:
        return ""
    here, *others = (label(zones.areas[area]) for area in areas if area >= 0)
    other = next((one for one in others if one != here), None)
    return here if other is None else either(here, other)


def judged(
    zones: Waters,
    found: Sequence[Areas],
    lat: F64,
    lon: F64,
    acting: Sequence[str],
    flags: Sequence[str],
    flying: Sequence[bool],
    at_ms: int,
    members: frozenset[str],
) -> list[Told]:
    """The law at each point for the State that acts there, on the flag that the target claims.

    Owners that are no State (two letters) are not judged; nor are points outside the dataset.
    """
    day, areas = from_ms(at_ms).date(), _treaty_areas(lat, lon)
    told = []
    for row, key in enumerate(found):
        if key[0] < 0 or len(acting[row]) != 2:
            told.append(NOTHING)
            continue
        question = (zones.stamp, key, acting[row], flags[row], flying[row], int(areas[row]), day, members)
        answer = _known.get(question)
        if answer is None:
            if len(_known) > _KEPT:
                _known.clear()
            place = (float(lat[row]), float(lon[row]))
            answer = _known[question] = _judge(
                zones, key, acting[row], flags[row], flying[row], day, place, members
            )
        told.append(answer)
    return told


_known: dict[tuple[object, ...], Told] = {}
"""Answers by everything they hang on."""


def _judge(
    zones: Waters,
    areas: Areas,
    acting: str,
    flag: str,
    flying: bool,
    day: date,
    place: tuple[float, float],
    members: frozenset[str],
) -> Told:
    where: tuple[Place, ...] = tuple(
        dict.fromkeys(one for area in areas if area >= 0 for one in places(zones.areas[area]))
    )
    question = Question(
        acting, where, day, flag, "claimed" if flag else "unknown", "air" if flying else "sea", place
    )
    rule = law().rule(question, members)
    coasts = tuple(dict.fromkeys(state for one in where for state in one.states if state != acting))
    consent = {"flag": (flag or "the flag State",), "coast": coasts or ("the coastal State",)}
    return Told(
        rule.result.name, consent.get(rule.consent_from, (rule.consent_from,) if rule.consent_from else ())
    )


def _treaty_areas(lat: F64, lon: F64) -> NDArray[np.int64]:
    """In which treaty areas each point lies, one bit a treaty."""
    bits = np.zeros(len(lat), np.int64)
    limited = (treaty.area for treaty in law().treaties.by_code.values() if treaty.area is not None)
    for number, (west, east, south, north) in enumerate(limited):
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        bits |= inside.astype(np.int64) << number
    return bits
