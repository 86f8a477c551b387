"""The behaviour rules as data says them: words, limits with what they mean, innocent explanations.

Read from data/alerts.toml and checked while reading; a fault names the rule, the entry and the reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maoc_tui.problems import Problem

_NAMES: dict[str, tuple[str, ...]] = {
    "ais_gap": ("times_usual", "intervals", "ship_a_min", "ship_b_min", "other_min", "others", "others_nm"),
    "encounter": (
        "distance_nm",
        "speed_kn",
        "least_min",
        "bridge_min",
        "came_min",
        "company",
        "company_nm",
        "silent_min",
        "lasts_min",
    ),
    "loitering": ("speed_kn", "least_h", "shore_nm", "quiet_min"),
    "jump": ("quiet_min",),
    "identity_change": ("within_h", "edits"),
    "flag_mismatch": ("within_h",),
    "zone_entry": ("within_h", "lasts_h"),
    "line_approach": ("ahead_min", "speed_kn", "within_h", "heard_min", "lasts_min"),
    "asset_cpa": ("cpa_nm", "tcpa_min", "range_nm", "asset_age_min", "itself_nm", "heard_min", "lasts_min"),
    "aircraft_low": ("feet", "speed_kn", "within_min"),
    "aircraft_identity": ("within_h",),
    "distress_beacon": ("within_h", "quiet_min"),
}
"""Every rule and the limits it judges by."""
_SWEEP = ("look_back_h", "grid_min", "join_min", "port_nm")
_ZONES = frozenset({"internal", "archipelagic", "territorial", "contiguous", "eez"})


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure a rule judges by."""

    value: float
    unit: str
    means: str
    basis: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One behaviour rule."""

    id: str
    title: str
    text: str
    """What it looks for, one sentence."""
    level: int
    innocent: tuple[str, ...]
    limits: Mapping[str, Limit]
    kinds: tuple[str, ...] = ()
    """Kinds of zone, where a rule is about entering them."""

    def of(self, name: str) -> float:
        """The value of a limit."""
        return self.limits[name].value


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, and what is common to a sweep."""

    source: str
    as_of: date
    sweep: Mapping[str, Limit]
    rules: Mapping[str, Rule]

    def __getitem__(self, rule: str) -> Rule:
        return self.rules[rule]

    @property
    def step_ms(self) -> int:
        """Milliseconds between two instants of the grid."""
        return round(self.sweep["grid_min"].value * 60_000)

    @property
    def look_back_ms(self) -> int:
        """Milliseconds that a sweep looks back."""
        return round(self.sweep["look_back_h"].value * 3_600_000)

    @property
    def join_ms(self) -> int:
        """Milliseconds between two fixes beyond which nothing is put between them."""
        return round(self.sweep["join_min"].value * 60_000)


def parse(text: str, name: str = "alerts.toml") -> Rules:
    """The rules of a file's text; raises Problem naming the rule, the entry and the reason."""
    place = ""
    try:
        raw = tomllib.loads(text)
        place = "sweep"
        sweep = _limits(raw["sweep"], _SWEEP)
        rules = {}
        for place in _NAMES:
            rules[place] = _rule(place, raw["rule"][place])
        place = "the file"
        _require(set(raw["rule"]) == set(_NAMES), f"unknown rules {sorted(set(raw['rule']) - set(_NAMES))}")
        _require(isinstance(raw["as_of"], date) and bool(raw["source"]), "source and as_of are missing")
        return Rules(str(raw["source"]), raw["as_of"], sweep, rules)
    except KeyError as error:
        raise _fault(name, place, f"{error} is missing") from None
    except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError) as error:
        raise _fault(name, place, str(error)) from None


def _fault(name: str, place: str, reason: str) -> Problem:
    return Problem(f"{name}, {place or 'the file'}: {reason}.", "Install maoc-tui again, or mend that line.")


def _rule(name: str, raw: Mapping[str, Any]) -> Rule:
    title, text, innocent = raw["title"], raw["text"], tuple(raw["innocent"])
    _require(bool(title and text) and text.endswith("."), "a title and a sentence are needed")
    _require(raw["level"] in (0, 1, 2), f"level {raw['level']!r} is not 0, 1 or 2")
    whole = all(isinstance(one, str) and one.endswith(".") for one in innocent)
    _require(bool(innocent) and whole, "innocent explanations are whole sentences, at least one")
    kinds = tuple(raw.get("kinds", ()))
    _require(set(kinds) <= _ZONES, f"kinds {sorted(set(kinds) - _ZONES)} are no kinds of zone")
    return Rule(name, title, text, raw["level"], innocent, _limits(raw["limits"], _NAMES[name]), kinds)


def _limits(raw: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Limit]:
    _require(set(raw) == set(names), f"limits are {', '.join(names)}, not {', '.join(raw)}")
    found = {}
    for name in names:
        one = raw[name]
        value = one["value"]
        _require(isinstance(value, int | float) and not isinstance(value, bool), f"{name} is no number")
        _require(0 < value < 1e6, f"{name} {value} is out of range")
        _require(all(isinstance(one[key], str) and one[key] for key in _WORDS), f"{name} says not all of it")
        found[name] = Limit(float(value), one["unit"], one["means"], one["basis"])
    return found


_WORDS = ("unit", "means", "basis")


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise ValueError(reason)
