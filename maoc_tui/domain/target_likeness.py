"""How likely two descriptions are of the same vessel or aircraft, with every reason for and against.

Placeholders never count: a number nobody was given, a dash or "unknown" is no reason. A likeness is a
question for a person, never an act: nothing is joined by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from maoc_tui.domain.target_facts import ATTRIBUTES, Statement, standing
from maoc_tui.domain.target_identity import identifies
from maoc_tui.domain.target_names import ALIKE, name_likeness
from maoc_tui.domain.targets import Kind

SAME = {"imo": 100, "hex": 90, "mmsi": 80, "registration": 80, "hull_mark": 60, "call_sign": 60}
"""Points for an equal identifier; a name alike counts up to _NAME, a length only beside another reason."""
_NAME, _LENGTH, _LENGTH_APART, _IMO_APART = 50, 10, -20, -60
_POSSIBLE, _LIKELY = 40, 80

Values = Mapping[str, frozenset[str]]
"""Every value that stands, of the past too, by attribute."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for two descriptions being of the same object, and against."""

    points: int
    reasons: tuple[str, ...]
    """Strongest first; those against begin with ``but``."""

    @property
    def likely(self) -> bool:
        """Whether it is more than possible."""
        return self.points >= _LIKELY

    def __bool__(self) -> bool:
        return self.points >= _POSSIBLE


class Valued(Statement, Protocol):
    """A statement with its value."""

    @property
    def value(self) -> str: ...


def values_of(facts: Iterable[Valued]) -> dict[str, frozenset[str]]:
    """The values of all standing statements: a former name still tells who it is."""
    return grouped(standing(facts))


def grouped(stands: Iterable[Valued]) -> dict[str, frozenset[str]]:
    """The values of statements that stand, by attribute."""
    found: dict[str, set[str]] = {}
    for fact in stands:
        found.setdefault(fact.attribute, set()).add(fact.value)
    return {name: frozenset(values) for name, values in found.items()}


def compare(kind: Kind, first: Values, second: Values, other_kind: Kind | None = None) -> Likeness:
    """Compare two descriptions; symmetric. Objects of two kinds are never alike."""
    if other_kind is not None and other_kind is not kind:
        return Likeness(0, ())
    scored = [*_numbers(first, second), *_names(first, second)]
    if scored:
        scored += _lengths(first, second)
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    return Likeness(sum(points for points, _ in scored), tuple(reason for _, reason in scored))


def _numbers(first: Values, second: Values) -> Iterable[tuple[int, str]]:
    for attribute, points in SAME.items():
        ours, theirs = (_usable(attribute, values) for values in (first, second))
        if shared := ours & theirs:
            yield points, f"same {ATTRIBUTES[attribute].title} {min(shared)}"
        elif attribute == "imo" and ours and theirs:
            yield (
                _IMO_APART,
                f"but IMO numbers differ: {min(min(ours), min(theirs))}, {max(min(ours), min(theirs))}",
            )


def _usable(attribute: str, values: Values) -> frozenset[str]:
    return frozenset(value for value in values.get(attribute, ()) if identifies(attribute, value))


def _names(first: Values, second: Values) -> Iterable[tuple[int, str]]:
    pairs = [
        (name_likeness(a, b), min(a, b), max(a, b))
        for a in first.get("name", ())
        for b in second.get("name", ())
        if identifies("name", a) and identifies("name", b)
    ]
    best, one, other = max(pairs, default=(0.0, "", ""))
    if best >= 1:
        yield _NAME, f"same name {one}"
    elif best >= ALIKE:
        yield round(_NAME * best), f"names alike: {one}, {other}"


def _lengths(first: Values, second: Values) -> Iterable[tuple[int, str]]:
    ours = [float(length) for length in first.get("length_m", ())]
    theirs = [float(length) for length in second.get("length_m", ())]
    if not ours or not theirs:
        return
    pairs = [(min(a, b), max(a, b)) for a in ours for b in theirs]
    shorter, longer = min(pairs, key=lambda pair: (pair[1] / pair[0], pair))
    if longer == shorter:
        yield _LENGTH, f"same length {longer:g} m"
    elif longer <= shorter * 1.1 or longer - shorter <= 1:
        yield _LENGTH, f"length {shorter:g} and {longer:g} m"
    elif longer > shorter * 1.4:
        yield _LENGTH_APART, f"but length {shorter:g} against {longer:g} m"
