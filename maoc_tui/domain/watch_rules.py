"""The rules of the watch as data (data/watch.toml): what a handover holds, what is red, what a line can be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.operations import State
from maoc_tui.problems import BadInput, Problem

NOTE, QUESTION, BRIEF = "NOTE", "QUESTION", "BRIEF"
FREE = ("WORRY", "WEATHER", "PEOPLE")
"""The three free lines of a handover."""
KINDS = (NOTE, *FREE, QUESTION, BRIEF)
_HOUR_MS = 3_600_000
_HOURS = ("red_hours", "ahead_hours", "first_hours", "nearer_hours")


@dataclass(frozen=True, slots=True)
class WatchRules:
    """The file as read and checked."""

    red_ms: int
    """What runs out within is red: it cannot be skipped."""
    ahead_ms: int
    first_ms: int
    """How far the difference goes back for an officer who never held the watch."""
    nearer_ms: int
    most: int
    """Rows of a section that are not red."""
    manoeuvre: frozenset[State]
    word: str
    """Typed out to hand over during a manoeuvre."""
    titles: Mapping[str, str]
    """Kind of a line to its title."""
    tags: Mapping[str, str]
    """Word before the colon of a line to the kind it means."""

    def parse_kind(self, text: str) -> str:
        """The kind of a word, such as ``worry``; raises BadInput for none."""
        word = text.strip().casefold()
        if word.upper() in self.titles:
            return word.upper()
        if word in self.tags:
            return self.tags[word]
        raise BadInput(
            f"{text.strip()[:20]!r} is no kind of line.", f"Kinds: {', '.join(self.titles.values())}."
        )


@lru_cache(maxsize=4)
def shipped(path: Path | None = None) -> WatchRules:
    """The rules that ship with the program; Problem naming file, entry and reason when they are at fault."""
    path = path or resources.data("watch.toml")
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, f"cannot be read ({error.__class__.__name__})") from None
    except ValueError as error:
        raise _fault(path, str(error)) from None


def _rules(raw: Mapping[str, Any]) -> WatchRules:
    for name in ("source", "as_of"):
        if not raw.get(name):
            raise ValueError(f"{name} is missing")
    red, ahead, first, nearer = (_whole(raw, name, 24 * 31) * _HOUR_MS for name in _HOURS)
    if not nearer <= 12 * _HOUR_MS:
        raise ValueError("nearer_hours must be at most 12: half a day is as far ahead as behind")
    states = raw.get("manoeuvre")
    known = {state.value for state in State}
    if not isinstance(states, list) or not states or not set(map(str, states)) <= known:
        raise ValueError(f"manoeuvre must be some of {', '.join(sorted(known))}")
    word = raw.get("word")
    if not isinstance(word, str) or not word.isalpha():
        raise ValueError("word must be one word")
    titles, tags = _lines(raw.get("line"))
    most = _whole(raw, "most", 100)
    return WatchRules(
        red, ahead, first, nearer, most, frozenset(map(State, states)), word.upper(), titles, tags
    )


def _lines(rows: Any) -> tuple[dict[str, str], dict[str, str]]:
    titles: dict[str, str] = {}
    tags: dict[str, str] = {}
    for row in rows if isinstance(rows, list) else []:
        kind, title, words = row.get("kind"), row.get("title"), row.get("words")
        if kind not in KINDS or kind in titles:
            raise ValueError(f"line.{kind} must be one of {', '.join(KINDS)}, once")
        if not isinstance(title, str) or not title:
            raise ValueError(f"line.{kind}.title must be words")
        if not isinstance(words, list) or not all(isinstance(one, str) and one for one in words):
            raise ValueError(f"line.{kind}.words must be a list of words")
        titles[kind] = title
        for word in words:
            if tags.setdefault(word.casefold(), kind) != kind:
                raise ValueError(f"line.{kind}.words has {word!r}, which means {tags[word.casefold()]} too")
    if set(titles) != set(KINDS):
        raise ValueError(f"line must name each of {', '.join(KINDS)}")
    return titles, tags


def _whole(raw: Mapping[str, Any], name: str, most: int) -> int:
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
        raise ValueError(f"{name} must be a whole number, 1 to {most}")
    return value


def _fault(path: Path, reason: str) -> Problem:
    return Problem(f"{path}: {reason}.", "Install maoc-tui again, or mend that entry.")
