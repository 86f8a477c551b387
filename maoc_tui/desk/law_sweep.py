"""The law for a whole picture at once: which result every contact has for one acting State.

The flag is what the transmitter claims; nobody confirmed it. Contacts that share zone, flag and area of a
treaty share the answer, so that ten thousand contacts cost some hundred answers.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from maoc_tui.domain.partners import Register

UNJUDGED = 255
"""A contact without a position."""
_FLYING = (int(ContactClass.AIRCRAFT), int(ContactClass.SAR_AIRCRAFT))


def sweep(picture: Picture, register: Register, acting: str, at_ms: int) -> NDArray[np.uint8]:
    """Result per contact of the picture (Result's value, or UNJUDGED), for one acting State."""
    found = np.full(len(picture), UNJUDGED, np.uint8)
    members, day = register.members(at_ms), from_ms(at_ms).date()
    placed = np.isfinite(picture.lat)
    flags, flag = np.unique(picture.flag.astype("U2"), return_inverse=True)
    alike = _alike(picture.zones)
    flying = np.isin(picture.cls, _FLYING)
    codes = np.stack([alike[picture.zone], alike[picture.other], flag, flying, _areas(picture)], axis=1)
    kinds, kind = np.unique(codes[placed], axis=0, return_inverse=True)
    first = np.zeros(len(kinds), np.intp)
    first[kind[::-1]] = np.flatnonzero(placed)[::-1]
    results = np.empty(len(kinds), np.uint8)
    for at, (zone, other, named, air, _) in enumerate(kinds.tolist()):
        code, row = str(flags[named]), first[at]
        question = Question(
            acting=acting,
            places=tuple(_places(picture.zones, zone, other)),
            on=day,
            flag=code,
            flag_status="claimed" if code else "unknown",
            medium="air" if air else "sea",
            position=(float(picture.lat[row]), float(picture.lon[row])),
        )
        results[at] = law().rule(question, members).result
    found[placed] = results[kind]
    return found


def counts(results: NDArray[np.uint8]) -> dict[str, int]:
    """How many contacts have each result."""
    return {result.name: int((results == result).sum()) for result in reversed(Result)}


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
