"""The values a filter knows: a misspelt one is refused with what was most likely meant, instead of matching nothing."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache

from maoc_tui import resources
from maoc_tui.domain.query_fields import (
    CLASSES,
    DOUBTS,
    NAVIGATION,
    SHIP_GROUPS,
    STATES,
    ZONE_STATUS,
    ZONES,
    Field,
    Kind,
)
from maoc_tui.domain.targets import Status

LAW_RESULTS = ("go", "ask", "look", "stop")
LIMITS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "cog": (0.0, 360.0), "heading": (0.0, 360.0)}
"""Least and greatest value of a field of degrees."""


@cache
def states() -> frozenset[str]:
    """ISO 3166-1 codes of two letters, in lower case."""
    with resources.data("iso3166.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(row["alpha2"].lower() for row in csv.DictReader(stream))


@cache
def types() -> tuple[str, ...]:
    """Groups of AIS ship types, then codes and titles of target types, in lower case."""
    table = tomllib.loads(resources.data("target_types.toml").read_text(encoding="utf-8"))["type"]
    words = (word for row in table for word in (row["title"], row["code"]))
    return tuple(dict.fromkeys((*SHIP_GROUPS, *(word.lower() for word in words))))


_KNOWN: dict[str, Callable[[], tuple[str, ...]]] = {
    "class": lambda: tuple(CLASSES),
    "doubt": lambda: (*DOUBTS, "no"),
    "state": lambda: STATES,
    "nav": lambda: tuple(dict.fromkeys(NAVIGATION)),
    "type": types,
}


def zone_parts(word: str) -> list[str]:
    """``pt-eez``, ``pt eez`` or ``eh/ma ts?`` as its parts, all of which must hold."""
    return [part for part in re.split(r"[\s/.-]+", word.replace("?", " disputed")) if part]


def fault(field: Field, word: str) -> tuple[str, str]:
    """What is wrong with a word asked of a field and what is known instead; two empty texts when it will do.

    No known are given where the field's own example says it best.
    """
    if field.kind is Kind.FLAG and word != "none" and word not in states():
        return f"{word} is not an ISO code of two letters of any State.", ""
    if field.kind is Kind.DIGITS and not re.fullmatch("[0-9]{1,9}", word):
        return f"{word} is not made of digits.", ""
    if field.kind is Kind.LINK and word not in ("yes", "no") and not re.search("[0-9]", word):
        return f"{word} is not yes, no or a target's reference.", ""
    if field.kind is Kind.ZONE:
        return next((wrong for part in zone_parts(word) if (wrong := _zone_fault(part))[0]), ("", ""))
    if field.kind is Kind.LAW:
        return _law_fault(word)
    if field.name == "status":
        return _status_fault(word)
    if field.name in _KNOWN and word not in (known := _KNOWN[field.name]()):
        return f"{field.name} has no {word}.", _listed(word, known)
    return "", ""


def _zone_fault(part: str) -> tuple[str, str]:
    if part == "none" or part in ZONES or part in ZONE_STATUS or part in states():
        return "", ""
    return f"{part} is no zone and no State.", _listed(part, (*ZONES, *ZONE_STATUS, "none"), "an ISO code")


def law_parts(word: str) -> tuple[str, str]:
    """``es=go`` as the State and the result."""
    state, _, result = word.partition("=")
    return state.strip(), result.strip()


def _law_fault(word: str) -> tuple[str, str]:
    state, result = law_parts(word)
    if state not in states():
        return f"{state or word} is not an ISO code of two letters of any State.", ""
    return (
        ("", "")
        if result in LAW_RESULTS
        else (f"law has no {result or 'result'}.", _listed(result, LAW_RESULTS))
    )


def _status_fault(word: str) -> tuple[str, str]:
    begins = re.sub("[ -]", "_", word)
    known = tuple(status.lower() for status in Status)
    if any(status.startswith(begins) for status in known):
        return "", ""
    return f"status has no {word}.", _listed(word, known)


def _listed(word: str, known: tuple[str, ...], *more: str) -> str:
    meant = get_close_matches(word, known, 1, 0.6)
    guess = f"Did you mean {meant[0]}? " if meant else ""
    return f"{guess}Known: {', '.join((*known, *more))}."
