"""Whether one row, given as a mapping of fields to values, is what a filter asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.query import And, Not, Or, Query
from maoc_tui.domain.query_fields import CLASSES, DOUBTS, NAVIGATION, ZONE_STATUS, ZONES, Kind, folded
from maoc_tui.domain.query_terms import Term, Word
from maoc_tui.domain.query_values import zone_parts
from maoc_tui.problems import BadInput

Row = Mapping[str, Any]
"""Field name to value: text, number, or several of them (tuple, list, set); absent or None or "" is unknown.

``at`` is the time of the last fix in milliseconds, ``class`` a ContactClass, ``zone`` a short label such as
``PT EEZ`` or (kind, states, status), ``nav`` a number 0 to 15, ``doubt`` Doubt flags, ``target`` a reference.
"""
FREE_FIELDS = ("name", "call", "mmsi", "imo", "reg", "hex", "target", "ref", "description")
"""Where free words look."""

Distance = Callable[[float, float, float, float], float]
"""Nautical miles between two positions: latitude and longitude of the first, then of the second."""


def matches(
    row: Row,
    query: Query,
    now_ms: int,
    distance: Distance,
    state_of: Callable[[str], str] = lambda code: code,
) -> bool:
    """Whether ``row`` is what ``query`` asks for. The unknown matches only ``-`` and ``none``."""
    if isinstance(query, Not):
        return not matches(row, query.item, now_ms, distance, state_of)
    if isinstance(query, And):
        return all(matches(row, item, now_ms, distance, state_of) for item in query.items)
    if isinstance(query, Or):
        return any(matches(row, item, now_ms, distance, state_of) for item in query.items)
    if isinstance(query, Word):
        return _word(row, query.text)
    return _term(row, query, now_ms, distance, state_of)


def _values(row: Row, name: str) -> list[Any]:
    value = row.get(name)
    several = value if isinstance(value, tuple | list | set | frozenset) and name != "zone" else (value,)
    return [item for item in several if item is not None and item != ""]


def _word(row: Row, text: str) -> bool:
    needle = folded(text)
    for name in FREE_FIELDS:
        for value in _values(row, name):
            if name in ("mmsi", "imo"):
                if needle.isascii() and needle.isdigit() and _digits(name, value).startswith(needle):
                    return True
            elif name == "hex":
                if needle == str(value).lower():
                    return True
            elif needle in folded(str(value)):
                return True
    return False


def _digits(name: str, value: Any) -> str:
    return f"{int(value):0{9 if name == 'mmsi' else 7}d}" if int(value) else ""


def _term(row: Row, term: Term, now_ms: int, distance: Distance, state_of: Callable[[str], str]) -> bool:
    name, kind = term.field.name, term.field.kind
    if kind in (Kind.NUMBER, Kind.ANGLE, Kind.AGE):
        values = (
            [(now_ms - at) / 1000 for at in _values(row, "at")] if kind is Kind.AGE else _values(row, name)
        )
        return any(_within(float(value), term) for value in values)
    if kind is Kind.NEAR:
        lat, lon = row.get("lat"), row.get("lon")
        known = lat is not None and lon is not None and math.isfinite(lat) and math.isfinite(lon)
        assert term.centre is not None
        return (
            known
            and distance(term.centre.lat, term.centre.lon, float(lat or 0), float(lon or 0)) <= term.high
        )
    if kind is Kind.LAW:
        raise BadInput("law: filters contacts, not targets.", "L on a target tells what may be done to it.")
    if kind is Kind.FLAG:
        return _flag([str(value) for value in _values(row, "flag")], term.words, state_of)
    if kind is Kind.ZONE:
        return any(zone_is(row.get("zone"), word) for word in term.words)
    return any(_one(row, name, kind, word) for word in term.words)


def _within(value: float, term: Term) -> bool:
    if math.isnan(value):
        return False
    if term.low > term.high:
        return value >= term.low or value <= term.high
    if term.open:
        return term.low < value < term.high
    return term.low <= value <= term.high


def _flag(flags: list[str], words: Iterable[str], state_of: Callable[[str], str]) -> bool:
    wanted = {word.upper() for word in words}
    if not flags:
        return "NONE" in wanted
    return any(flag in wanted or state_of(flag) in wanted for flag in flags)


def _one(row: Row, name: str, kind: Kind, word: str) -> bool:
    values = _values(row, name)
    if kind is Kind.TEXT:
        return any(folded(word) in folded(str(value)) for value in values)
    if kind is Kind.DIGITS:
        return any(_digits(name, value).startswith(word) for value in values)
    if kind is Kind.CLASS:
        return any(ContactClass(int(value)) in CLASSES[word] for value in values)
    if kind is Kind.DOUBT:
        doubt = Doubt(int(values[0])) if values else Doubt.NONE
        return not doubt if word == "no" else bool(doubt & DOUBTS[word])
    if kind is Kind.LINK and word in ("yes", "no"):
        return bool(values) == (word == "yes")
    if name == "nav":
        return any(NAVIGATION[int(value)] == word for value in values)
    return any(folded(str(value)) == folded(word) for value in values)


def zone_is(zone: Any, word: str) -> bool:
    """Whether a zone, as (kind, states, status) or a short label, is what ``word`` (pt-eez, hs) asks for.

    Of a label that leaves two zones open (``PT CZ|TS``) either may be the one asked for.
    """
    if isinstance(zone, str) and "|" in zone:
        return any(zone_is(label, word) for label in _both(zone))
    kind, states, status = _zone(zone)
    if not kind:
        return word == "none"
    return all(
        (part == "disputed" and status in ("disputed", "unsettled"))
        or part == status
        or ZONES.get(part) == kind
        or part.upper() in states
        for part in zone_parts(word)
    )


def _both(label: str) -> tuple[str, str]:
    """The two labels of ``PT CZ|TS``, ``PT EEZ|ES`` or ``PT TS|HS``, each whole."""
    one, _, other = label.partition("|")
    whose, _, kind = one.rpartition(" ")
    if " " in other or other in ("HS", "land"):
        return one, other
    return one, f"{whose} {other}" if other.rstrip("?*").lower() in ZONES else f"{other} {kind}"


def _zone(zone: Any) -> tuple[str, frozenset[str], str]:
    if not zone:
        return "", frozenset(), ""
    if not isinstance(zone, str):
        kind, states, status = zone
        return kind, frozenset(states), status
    words = re.split(r"[\s/]+", zone.rstrip("?*").strip())
    status = "disputed" if "?" in zone else ZONE_STATUS[0]
    return ZONES.get(words[-1].lower(), ""), frozenset(words[:-1]), status
