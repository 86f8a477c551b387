"""The rules of operations as data (data/operations.toml): states, steps, guards, outcomes, kinds of log line.

Whatever the file says, a target and the national decision stand before every step towards a boarding, a legal basis
before the boarding and an outcome before the end, and nobody overrides but the basis: a file that says otherwise is
refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.operations import State
from maoc_tui.domain.requests import Scope
from maoc_tui.problems import BadInput, Problem

FILE = "operations.toml"
NOTE = "NOTE"
_TO_BOARDING = {State.APPROVED, State.UNDER_WAY, State.BOARDED}
_HARD = {"target": _TO_BOARDING, "decision": _TO_BOARDING, "outcome": {State.CLOSED}}
_NEEDED = {**_HARD, "basis": {State.BOARDED}}


@dataclass(frozen=True, slots=True)
class Guard:
    """Something that must be so before a step."""

    id: str
    before: frozenset[State]
    words: str
    who: str
    override: bool
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an operation may end."""

    id: str
    title: str
    boarded: bool
    """Needs a boarding on record."""
    seizure: str
    """``some``, ``none`` or "" where it may be either."""


@dataclass(frozen=True, slots=True)
class LineKind:
    """A kind of log line."""

    id: str
    title: str
    tag: str
    """A letter typed before a colon; "" for none."""
    words: tuple[str, ...]
    force: bool
    """A use of force, which needs a report."""
    measure: Scope | None
    """What a consent must cover for it; None for nothing."""


@dataclass(frozen=True)
class OperationRules:
    """The file as read and checked."""

    titles: Mapping[State, str]
    forward: Mapping[State, tuple[State, ...]]
    back: Mapping[State, tuple[State, ...]]
    guards: tuple[Guard, ...]
    outcomes: Mapping[str, Outcome]
    kinds: Mapping[str, LineKind]
    check_in_min: int

    def before(self, to: State, *, back: bool = False) -> tuple[Guard, ...]:
        """The guards of a step; of a step back only those that nobody may override."""
        return tuple(one for one in self.guards if to in one.before and not (back and one.override))

    def guess(self, text: str) -> str:
        """The kind a log line is of by its words: the first that is named, the longer where two begin there."""
        found = [
            (match.start(), -len(match[0]), kind)
            for pattern, kind in self._patterns
            if (match := pattern.search(text))
        ]
        return min(found)[2] if found else NOTE

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple(
            (re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), kind.id)
            for kind in self.kinds.values()
            for word in kind.words
        )

    def known_kind(self, text: str) -> str:
        """The code of a kind named by code, title or tag; "" when no kind is called so."""
        word = text.strip().casefold().replace("-", "_").replace(" ", "_")
        for kind in self.kinds.values():
            if word and word in (kind.tag, kind.title.casefold().replace(" ", "_"), kind.id.casefold()):
                return kind.id
        return ""

    def parse_kind(self, text: str) -> str:
        """The code of a kind named by code, title or tag; raises BadInput."""
        if found := self.known_kind(text):
            return found
        known = ", ".join(kind.title for kind in self.kinds.values())
        raise BadInput(f"{text[:40]!r} is no kind of log line.", f"Choose from {known}.")

    def parse_outcome(self, text: str) -> Outcome:
        """The outcome typed by id or title; raises BadInput."""
        word = text.strip().casefold().replace("-", "_").replace(" ", "_")
        for one in self.outcomes.values():
            if word in (one.id, one.title.casefold().replace(" ", "_")):
                return one
        raise BadInput(f"{text[:40]!r} is no outcome.", f"Choose from {', '.join(self.outcomes)}.")


@lru_cache(maxsize=1)
def shipped() -> OperationRules:
    """The rules as shipped; Problem naming file, entry, field and reason when they are at fault."""
    return read(resources.data(FILE))


def read(path: Path) -> OperationRules:
    """Rules from a file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise fault("the file", "all", f"cannot be read ({error.__class__.__name__}: {error})") from None
    return parse(raw)


def parse(raw: Mapping[str, Any]) -> OperationRules:
    """Rules from parsed TOML; Problem naming file, entry, field and reason."""
    from maoc_tui.domain.operation_guards import CHECKS

    titles = {
        _state(name, "state", "id"): _text(entry, "state", name, "title")
        for name, entry in _named(raw, "state")
    }
    if list(titles) != list(State):
        raise fault("state", "id", f"must be {', '.join(State)}, in this order")
    forward, back = _steps(raw)
    guards = tuple(_guard(name, entry) for name, entry in _named(raw, "guard"))
    if odd := sorted({one.id for one in guards} ^ set(CHECKS)):
        raise fault(f"guard {odd[0]}", "id", "is missing, or is no guard of this program")
    _keep_hard(guards)
    minutes = raw.get("check_in_min")
    if not isinstance(minutes, int) or not 1 <= minutes <= 240:
        raise fault("the file", "check_in_min", "must be 1 to 240 minutes")
    kinds = {name: _kind(name, entry) for name, entry in _named(raw, "kind")}
    tags = [kind.tag for kind in kinds.values() if kind.tag]
    if NOTE not in kinds or len(set(tags)) != len(tags):
        raise fault("kind", "tag", "must differ from kind to kind, and one kind is NOTE")
    outcomes = {name: _outcome(name, entry) for name, entry in _named(raw, "outcome")}
    return OperationRules(titles, forward, back, guards, outcomes, kinds, minutes)


def _keep_hard(guards: tuple[Guard, ...]) -> None:
    for one in guards:
        if not one.before >= _NEEDED.get(one.id, set()):
            raise fault(f"guard {one.id}", "for", f"must name {', '.join(sorted(_NEEDED[one.id]))}")
        if one.id in _HARD and one.override:
            raise fault(f"guard {one.id}", "override", "must be false")


def _steps(raw: Mapping[str, Any]) -> tuple[dict[State, tuple[State, ...]], dict[State, tuple[State, ...]]]:
    order, forward, back = list(State), {}, {}
    for entry in raw.get("step", ()):
        name = str(entry.get("from"))
        since = _state(name, f"step {name}", "from")
        forward[since] = tuple(_state(one, f"step {name}", "to") for one in entry.get("to", ()))
        back[since] = tuple(_state(one, f"step {name}", "back") for one in entry.get("back", ()))
        if any(order.index(to) <= order.index(since) for to in forward[since]):
            raise fault(f"step {name}", "to", "must lead on")
        if any(order.index(to) >= order.index(since) for to in back[since]):
            raise fault(f"step {name}", "back", "must lead back")
    if set(forward) != set(State):
        raise fault("step", "from", "must name each state once")
    return forward, back


def _guard(name: str, entry: Mapping[str, Any]) -> Guard:
    before = frozenset(_state(one, f"guard {name}", "for") for one in entry.get("for", ()))
    override = entry.get("override")
    if not before or not isinstance(override, bool):
        raise fault(f"guard {name}", "for, override", "must be states, and true or false")
    words, who, source = (_text(entry, "guard", name, field) for field in ("words", "who", "source"))
    return Guard(name, before, words, who, override, source)


def _outcome(name: str, entry: Mapping[str, Any]) -> Outcome:
    seizure = entry.get("seizure", "")
    if seizure not in ("", "some", "none"):
        raise fault(f"outcome {name}", "seizure", "must be some or none")
    return Outcome(name, _text(entry, "outcome", name, "title"), entry.get("boarded") is True, seizure)


def _kind(name: str, entry: Mapping[str, Any]) -> LineKind:
    words = entry.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise fault(f"kind {name}", "words", "must be a list of words")
    title, tag = _text(entry, "kind", name, "title"), entry.get("tag", "")
    if not isinstance(tag, str) or len(tag) > 1:
        raise fault(f"kind {name}", "tag", "must be a letter")
    measure = entry.get("measure")
    if measure is not None and measure not in Scope.__members__:
        raise fault(f"kind {name}", "measure", "must be a measure of a consent")
    wanted = Scope[measure] if measure else None
    return LineKind(name, title, tag, tuple(words), entry.get("force") is True, wanted)


def _named(raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    seen: set[str] = set()
    for entry in raw.get(table, ()):
        name = entry.get("id")
        if not isinstance(name, str) or not name or name in seen:
            raise fault(f"{table} {name}", "id", "must be a word, each once")
        seen.add(name)
        yield name, entry
    if not seen:
        raise fault(table, "all", "is missing")


def _state(name: Any, entry: str, field: str) -> State:
    if name not in set(State):
        raise fault(entry, field, f"{name!r} is no state")
    return State(name)


def _text(entry: Mapping[str, Any], table: str, name: str, field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise fault(f"{table} {name}", field, "must be words")
    return value


def fault(entry: str, field: str, reason: str) -> Problem:
    """What is wrong with the file, by entry and field."""
    return Problem(f"{FILE}, {entry}, {field}: {reason}.", "Mend that entry, or install maoc-tui again.")
