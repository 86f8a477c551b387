"""The rules of the law of the position as data: features, rules in order of rank, riders; read and checked.

The file is data/law/rules.toml. Everything a rule may say is listed here; an unknown word is an error that
names the rule and the field, because a misspelt condition would silently widen what a State may do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Any

from maoc_tui.problems import BadInput

FILE = "law/rules.toml"
_WAY_OUT = "Mend that entry, or install maoc-tui again."


class Result(IntEnum):
    """What the acting State may do, from the strictest to the widest."""

    STOP = 0
    LOOK = 1
    ASK = 2
    GO = 3


class Verification(Enum):
    """How far a rule was checked against its text; ordered from the surest to the least sure."""

    VERIFIED = "verified"
    PARTIAL = "partial"
    RECALLED = "recalled"
    PROPOSED = "proposed"

    @property
    def weakness(self) -> int:
        """0 for verified, growing as it gets less sure."""
        return list(Verification).index(self)


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing the answer may depend on, and the values it can have."""

    name: str
    words: str
    values: dict[str, str]
    """Value to its words."""
    asked: str = ""
    """The question to a person; "" when the program finds the value itself."""
    assumed: str = ""
    """The value that stands until somebody says otherwise; "" when silence leaves it unknown."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the decision table."""

    id: str
    rank: int
    when: dict[str, frozenset[str]]
    """Feature to the values under which it holds; a feature not named does not matter."""
    title: str
    jurisdiction: str
    basis: str
    result: Result
    cite: tuple[str, ...]
    verification: Verification
    permits: tuple[str, ...] = ()
    consent_from: str = ""
    """flag, coast, both flags, or "" when nobody is asked."""
    turn_to: str = ""
    notice: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    note: str = ""
    review_by: date = date.max
    """The day by which it is to be read again: its own, or the file's."""

    @property
    def strictness(self) -> tuple[int, int, int]:
        """Sorts the strictest first: by result, then by how little it permits, then the later rule."""
        return (self.result, len(self.permits), -self.rank)


@dataclass(frozen=True, slots=True)
class Rider:
    """A duty that stands beside the answer, under conditions or when a named fact is said."""

    id: str
    title: str
    adds: tuple[str, ...]
    cite: tuple[str, ...]
    verification: Verification
    when: dict[str, frozenset[str]]
    fact: str = ""
    """The fact that calls it, such as distress; "" when its conditions alone do."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything of rules.toml."""

    features: tuple[Feature, ...]
    rules: tuple[Rule, ...]
    """By rank."""
    riders: tuple[Rider, ...]
    disputed: Rule
    """The answer where the claims of several States lead to different answers."""
    facts: dict[str, str]
    """Facts a person may add, with their words."""
    as_of: date
    review_by: date

    def feature(self, name: str) -> Feature:
        """The feature of that name; KeyError when there is none."""
        return {feature.name: feature for feature in self.features}[name]


def parse(data: Mapping[str, Any]) -> Rules:
    """Rules from the parsed TOML; BadInput naming entry, field and reason at the first fault."""
    features = tuple(_feature(name, entry) for name, entry in data["feature"].items())
    known = {feature.name: feature for feature in features}
    entries = [{"review_by": _day(data, "review_by"), **entry} for entry in data["rule"]]
    rules = tuple(sorted((_rule(entry, known) for entry in entries), key=lambda rule: rule.rank))
    disputed = _rule({"review_by": _day(data, "review_by"), **data["disputed"], "rank": 0, "when": {}}, known)
    riders = [_rider(entry, known) for entry in (*data["rider"], *data["fact"])]
    _once((*(rule.id for rule in (*rules, disputed)), *(rider.id for rider in riders)), "id")
    _once((rule.rank for rule in rules), "rank")
    return Rules(
        features,
        rules,
        tuple(riders),
        disputed,
        {entry["fact"]: entry["words"] for entry in data["fact"]},
        _day(data, "as_of"),
        _day(data, "review_by"),
    )


def fault(entry: str, field: str, reason: str) -> BadInput:
    """The message for a bad entry of the law's data files."""
    return BadInput(f"{FILE}, {entry}, {field}: {reason}.", _WAY_OUT)


def _day(entry: Mapping[str, Any], field: str, name: str = "the file") -> date:
    if not isinstance(entry.get(field), date):
        raise fault(name, field, f"{entry.get(field)!r} is not a day")
    found: date = entry[field]
    return found


def _feature(name: str, entry: Mapping[str, Any]) -> Feature:
    values = entry.get("values")
    if not isinstance(values, dict) or not values:
        raise fault(f"feature {name}", "values", "there is none")
    assumed = str(entry.get("assumed", ""))
    if assumed and assumed not in values:
        raise fault(f"feature {name}", "assumed", f"{assumed!r} is not one of its values")
    return Feature(name, str(entry.get("words", name)), dict(values), str(entry.get("asked", "")), assumed)


def _rule(entry: Mapping[str, Any], features: Mapping[str, Feature]) -> Rule:
    name = f"rule {entry.get('id', '?')}"
    _known(name, entry, Rule)
    for field in ("id", "rank", "when", "title", "jurisdiction", "basis", "result", "cite", "verification"):
        if field not in entry or entry[field] == "":
            raise fault(name, field, "it is missing")
    if entry["result"] not in Result.__members__:
        raise fault(name, "result", f"{entry['result']!r} is not GO, ASK, LOOK or STOP")
    if entry["result"] == "ASK" and not entry.get("consent_from"):
        raise fault(name, "consent_from", "an ASK names whose consent")
    if entry["result"] == "GO" and not entry.get("permits"):
        raise fault(name, "permits", "a GO names what is permitted")
    lists = {
        field: tuple(entry.get(field, ())) for field in ("cite", "permits", "notice", "conditions", "clocks")
    }
    return Rule(
        id=entry["id"],
        rank=int(entry["rank"]),
        when=_when(name, entry["when"], features),
        title=entry["title"],
        jurisdiction=entry["jurisdiction"],
        basis=entry["basis"],
        result=Result[entry["result"]],
        verification=_verification(name, entry["verification"]),
        consent_from=entry.get("consent_from", ""),
        turn_to=entry.get("turn_to", ""),
        note=entry.get("note", ""),
        review_by=_day(entry, "review_by", name),
        **lists,
    )


def _rider(entry: Mapping[str, Any], features: Mapping[str, Feature]) -> Rider:
    name = f"rider {entry.get('id', '?')}"
    for field in ("id", "title", "adds", "cite", "verification"):
        if not entry.get(field):
            raise fault(name, field, "it is missing")
    return Rider(
        entry["id"],
        entry["title"],
        tuple(entry["adds"]),
        tuple(entry["cite"]),
        _verification(name, entry["verification"]),
        _when(name, entry.get("when", {}), features),
        entry.get("fact", ""),
    )


def _when(
    name: str, conditions: Mapping[str, Iterable[str]], features: Mapping[str, Feature]
) -> dict[str, frozenset[str]]:
    for feature, values in conditions.items():
        if feature not in features:
            raise fault(name, f"when.{feature}", "there is no such feature")
        if not isinstance(values, list) or not values:
            raise fault(name, f"when.{feature}", "it is not a list of values")
        for value in values:
            if value not in features[feature].values:
                raise fault(name, f"when.{feature}", f"{value!r} is not one of its values")
    return {feature: frozenset(values) for feature, values in conditions.items()}


def _verification(name: str, word: str) -> Verification:
    try:
        return Verification(word)
    except ValueError:
        raise fault(
            name, "verification", f"{word!r} is not verified, partial, recalled or proposed"
        ) from None


def _known(name: str, entry: Mapping[str, Any], kind: type) -> None:
    strange = set(entry) - set(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    if strange:
        raise fault(name, min(strange), "there is no such field")


def _once(values: Iterable[Any], field: str) -> None:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise fault(f"{field} {value}", field, "it stands twice")
        seen.add(value)
