"""The law for a whole picture at once: which result every contact has for one acting State.

The flag is what the transmitter claims; nobody confirmed it. Contacts that share zone, flag and area of a
treaty share the answer, so that ten thousand contacts cost some hundred answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.law_places import places
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.snapshots import Picture, ZoneLabel
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.law_question import Place, Question
from maoc_tui.domain.law_rules import Result
from maoc_tui.domain.law_treaties import Treaty

UNJUDGED = 255
"""A contact without a position."""
_FLYING = (int(ContactClass.AIRCRAFT), int(ContactClass.SAR_AIRCRAFT))


def sweep(picture: Picture, members: frozenset[str], acting: str, at_ms: int) -> NDArray[np.uint8]:
    """Result per contact of the picture (Result's value, or UNJUDGED), for one acting State.

    ``members`` are the parties of the Centre on that day.
    """
    found = np.full(len(picture), UNJUDGED, np.uint8)
    day = from_ms(at_ms).date()
    placed = np.isfinite(picture.lat)
    flags, flag = np.unique(picture.flag.astype("U2"), return_inverse=True)
    alike = _alike(picture.zones)
    flying = np.isin(picture.cls, _FLYING)
    other_zone = picture.other if len(picture.other) else np.full(len(picture), -1)
    columns = (alike[picture.zone], alike[other_zone], flag, flying.astype(np.int64), _areas(picture))
    codes = np.stack(columns, axis=1)[placed]
    kinds, kind = _distinct(codes)
    first = np.zeros(len(kinds), np.intp)
    first[kind[::-1]] = np.flatnonzero(placed)[::-1]
    results = np.empty(len(kinds), np.uint8)
    for at, (zone, other, named, air, areas) in enumerate(kinds.tolist()):
        code, where = str(flags[named]), tuple(_places(picture.zones, zone, other))
        key = (acting, where, code, air, areas, day, members)
        if key not in _known:
            at_place = (float(picture.lat[first[at]]), float(picture.lon[first[at]]))
            _known[key] = _result(acting, where, code, bool(air), day, at_place, members)
        results[at] = _known[key]
    if len(_known) > _KEPT:
        _known.clear()
    found[placed] = results[kind]
    return found


_KEPT = 50_000
_known: dict[tuple[object, ...], int] = {}
"""Results by everything they hang on: a list that stays filtered does not ask again every second."""


def _result(
    acting: str,
    places: tuple[Place, ...],
    flag: str,
    air: bool,
    day: date,
    position: tuple[float, float],
    members: frozenset[str],
) -> int:
    status, medium = "claimed" if flag else "unknown", "air" if air else "sea"
    return int(law().rule(Question(acting, places, day, flag, status, medium, position), members).result)


def forget() -> None:
    """Drop the results kept."""
    _known.clear()


def counts(results: NDArray[np.uint8]) -> dict[str, int]:
    """How many contacts have each result."""
    return {result.name: int((results == result).sum()) for result in reversed(Result)}


def _distinct(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The rows that differ, and which of them each row is; packed into one number, far quicker than by rows."""
    if not len(codes):
        return codes, np.zeros(0, np.intp)
    least = codes.min(axis=0)
    spans = codes.max(axis=0) - least + 1
    packed = np.zeros(len(codes), np.int64)
    for column, span in enumerate(spans.tolist()):
        packed = packed * span + (codes[:, column] - least[column])
    _, first, kind = np.unique(packed, return_index=True, return_inverse=True)
    return codes[first], kind


def _alike(labels: tuple[ZoneLabel, ...]) -> NDArray[np.int64]:
    """Per zone the first that the law cannot tell from it; the last element, of index -1, is no zone."""
    first: dict[tuple[object, ...], int] = {}
    same = [first.setdefault(tuple(places(label)), at) for at, label in enumerate(labels)]
    return np.array([*same, -1], np.int64)


def _areas(picture: Picture) -> NDArray[np.int64]:
    """In which treaty areas each contact lies, one bit a treaty."""
    bits = np.zeros(len(picture), np.int64)
    limited = (treaty for treaty in law().treaties.by_code.values() if treaty.area is not None)
    for number, treaty in enumerate(limited):
        bits |= _within(picture, treaty).astype(np.int64) << number
    return bits


def _within(picture: Picture, treaty: Treaty) -> NDArray[np.bool_]:
    west, east, south, north = treaty.area or (-180.0, 180.0, -90.0, 90.0)
    inside = (picture.lon >= west) & (picture.lon <= east)
    return np.asarray(inside & (picture.lat >= south) & (picture.lat <= north))


def _places(labels: tuple[ZoneLabel, ...], *zones: int) -> Iterator[Place]:
    for zone in dict.fromkeys(zones):
        if zone >= 0:
            yield from places(labels[zone])
