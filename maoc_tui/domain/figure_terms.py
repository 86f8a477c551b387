"""The measures that ship as data (data/figures.toml): code, title, written definition, columns, what is drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain import figure_happenings, operation_rules, seizure_terms
from maoc_tui.domain.figure_happenings import Happened
from maoc_tui.domain.partner_fields import Row, one_of, require, word
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem

UNITS = ("kg", "count", "share", "h", "d", "rate")
_WEIGHTS = (("weighed", "kg"), ("estimated", "kg"))
_SPREAD = (("median", "h"), ("p90", "h"))


def _counts(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "count") for name in names)


COLUMNS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "seized": _WEIGHTS,
    "disrupted": (("seized", "kg"), ("jettisoned", "kg")),
    "conveyance": (*_counts("events"), *_WEIGHTS),
    "zone": (*_counts("events"), *_WEIGHTS),
    "flag": _counts("claimed", "confirmed"),
    "persons": _counts("persons"),
    "contribution": (("information", "share"), ("asset", "share"), ("prosecution", "share")),
    "operations": _counts("closed"),
    "hit-rate": (*_counts("boarded", "positive"), ("rate", "rate")),
    "basis": _counts("boarded"),
    "consent": (*_counts("asked", "granted", "refused", "silent", "open"), *_SPREAD),
    "cue": (*_counts("targets"), *_SPREAD),
    "assets": (("days", "d"), ("hours", "h"), ("target_hours", "h")),
    "release": (*_counts("asked", "answered", "granted"), *_SPREAD),
    "gaps": (*_counts("gaps"), *_SPREAD),
    "precision": (*_counts("decided", "useful", "raised"), ("rate", "rate")),
    "quality": (*_counts("records", "faults"), ("rate", "rate")),
}
"""What the program reckons: measure to its columns, each with its unit."""
_MOST_DRAWN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of a measure."""

    id: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with its written definition."""

    code: str
    title: str
    definition: str
    at: str
    """Which moment of a record decides when it counts."""
    columns: tuple[Column, ...]
    drawn: tuple[int, ...]
    """Places of the columns in its chart."""


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """What is asked for and cannot be told, with the reason."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Measures:
    """The file as read and checked."""

    by_code: Mapping[str, Measure]
    unmeasured: tuple[Unmeasured, ...]
    late_ms: int
    positive: frozenset[str]
    """Outcomes of operations with which a boarding counts as a hit."""
    source: str
    as_of: str
    happened: tuple[Happened, ...] = ()
    """Notes on charts, in order of day."""

    def during(self, code: str, from_ms: int, to_ms: int) -> tuple[Happened, ...]:
        """What happened from an instant until before another that bears upon a measure."""
        return tuple(one for one in self.happened if code in one.measures and from_ms <= one.at_ms < to_ms)

    def parse(self, text: str) -> Measure:
        """The measure of a code, or of a beginning that only one has; BadInput otherwise."""
        typed = "-".join(text.strip().casefold().replace("_", " ").split())
        fits = [one for code, one in self.by_code.items() if typed and code.startswith(typed)]
        if typed in self.by_code:
            return self.by_code[typed]
        if len(fits) == 1:
            return fits[0]
        raise BadInput(f"{text[:40]!r} is no measure.", f"Choose one of {', '.join(self.by_code)}.")


@lru_cache(maxsize=1)
def shipped() -> Measures:
    """The measures that ship with the program; Problem naming file, entry, field and reason of a fault."""
    return read(resources.data("figures.toml"))


def read(path: Path) -> Measures:
    """The measures of a file; Problem naming file, entry, field and reason of a fault."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise Problem(f"{path}: {error}.", "Install maoc-tui again, or mend that entry.") from None


def parse(raw: Mapping[str, Any]) -> Measures:
    """The measures of a document as read; ValueError naming entry, field and reason."""
    for field in ("source", "as_of", "measure", "unmeasured"):
        require(bool(raw.get(field)), "the file", field, "is missing")
    late = raw.get("late_min")
    require(
        isinstance(late, int) and 1 <= late <= 10_080, "the file", "late_min", "must be 1 to 10080 minutes"
    )
    assert isinstance(late, int)
    found: dict[str, Measure] = {}
    for row in raw["measure"]:
        made = _measure(row)
        require(made.code not in found, f"measure {made.code}", "code", "stands twice")
        found[made.code] = made
    odd = sorted(set(COLUMNS) - set(found))
    require(not odd, f"measure {odd[0] if odd else ''}", "code", "is missing")
    none = tuple(Unmeasured(word(row, "title", "unmeasured"), _text(row, "reason", "unmeasured"))
                 for row in raw["unmeasured"])  # fmt: skip
    return Measures(found, none, late * 60_000, _positive(raw), str(raw["source"]), str(raw["as_of"]),
                    figure_happenings.parse(raw, tuple(COLUMNS)))  # fmt: skip


def _positive(raw: Mapping[str, Any]) -> frozenset[str]:
    named, known = raw.get("positive_outcomes"), operation_rules.shipped().outcomes
    require(isinstance(named, list) and bool(named), "the file", "positive_outcomes", "names no outcome")
    assert isinstance(named, list)
    return frozenset(one_of(one, tuple(known), "the file", "positive_outcomes") for one in named)


def _measure(row: Row) -> Measure:
    entry = f"measure {row.get('code', '')}"
    code = one_of(row.get("code"), tuple(COLUMNS), entry, "code")
    uses, known = row.get("uses", []), seizure_terms.shipped().measures
    require(isinstance(uses, list), entry, "uses", "is no list")
    for name in uses:
        one_of(name, tuple(known), entry, "uses")
    columns = tuple(_column(one, entry) for one in row.get("columns", ()))
    wanted = ", ".join(f"{name} in {unit}" for name, unit in COLUMNS[code])
    require(
        tuple((one.id, one.unit) for one in columns) == COLUMNS[code], entry, "columns", f"must be {wanted}"
    )
    ids = [one.id for one in columns]
    drawn = row.get("chart", [])
    require(
        isinstance(drawn, list) and 1 <= len(drawn) <= _MOST_DRAWN,
        entry,
        "chart",
        "must name one or two columns",
    )
    for name in drawn:
        one_of(name, tuple(ids), entry, "chart")
    told = (
        _text(row, "text", entry),
        *(f"{known[name].title.capitalize()}: {known[name].text}" for name in uses),
    )
    places = tuple(ids.index(name) for name in drawn)
    require(len({columns[at].unit for at in places}) == 1, entry, "chart", "must be of one unit")
    return Measure(code, word(row, "title", entry), " ".join(told), word(row, "at", entry), columns, places)


def _column(row: Any, entry: str) -> Column:
    require(isinstance(row, dict), entry, "columns", "is no list of columns")
    return Column(
        word(row, "id", entry), word(row, "title", entry), one_of(row.get("unit"), UNITS, entry, "unit")
    )


def _text(row: Row, field: str, entry: str) -> str:
    """Sentences, as one clean line."""
    text = printable(str(row.get(field, "")), 1_000)
    require(bool(text), entry, field, "is missing")
    return text
