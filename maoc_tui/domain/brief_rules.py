"""The rules of the daily brief as data (data/brief.toml): reach, staleness, recipients, sections and their order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.problems import Problem

SECTIONS = (
    "decisions", "targets", "operations", "seizures", "assets", "requests", "releases", "corrections", "ahead",
    "figures",
)  # fmt: skip
_HOUR_MS = 3_600_000
_MOST_HOURS = 24 * 366


@dataclass(frozen=True, slots=True)
class BriefRules:
    """The file as read and checked."""

    back_ms: int
    """How far the first brief of a record looks back."""
    ahead_ms: int
    stale_fix_ms: int
    """A target that nobody placed for so long is named in the check."""
    statuses: frozenset[str]
    """Partners of these statuses get a variant unless others are named."""
    titles: Mapping[str, str]
    """Section to its title, in the order they are written."""


@lru_cache(maxsize=4)
def shipped(path: Path | None = None) -> BriefRules:
    """The rules that ship with the program; Problem naming file, entry and reason when they are at fault."""
    path = path or resources.data("brief.toml")
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, f"cannot be read ({error.__class__.__name__})") from None
    except ValueError as error:
        raise _fault(path, str(error)) from None


def _rules(raw: Mapping[str, Any]) -> BriefRules:
    for name in ("source", "as_of", "reach", "recipients", "section"):
        if not raw.get(name):
            raise ValueError(f"{name} is missing")
    statuses, titles = raw["recipients"].get("statuses"), raw["section"]
    if not isinstance(statuses, list) or not all(isinstance(one, str) and one for one in statuses):
        raise ValueError("recipients.statuses must be a list of words")
    for name, title in titles.items():
        if name not in SECTIONS:
            raise ValueError(f"section.{name} is no section of a brief")
        if not isinstance(title, str) or not title.strip():
            raise ValueError(f"section.{name} has no title")
    back, ahead, stale = (
        _hours(raw["reach"], name) for name in ("back_hours", "ahead_hours", "stale_fix_hours")
    )
    return BriefRules(back, ahead, stale, frozenset(statuses), dict(titles))


def _hours(reach: Mapping[str, Any], name: str) -> int:
    value = reach.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_HOURS:
        raise ValueError(f"reach.{name} must be whole hours, 1 to {_MOST_HOURS}")
    return value * _HOUR_MS


def _fault(path: Path, reason: str) -> Problem:
    return Problem(f"{path}: {reason}.", "Install maoc-tui again, or mend that entry.")
