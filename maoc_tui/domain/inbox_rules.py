"""The limits of the alert inbox (data/inbox.toml): budget of a watch, retirement of rules, lengths of a silence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.partner_fields import require, word
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem

HOUR_MS = 3_600_000
_LONGEST_H = 8_784


@dataclass(frozen=True, slots=True)
class Length:
    """For how long an alert may be kept quiet."""

    code: str
    title: str
    ms: int


@dataclass(frozen=True, slots=True)
class InboxRules:
    """The file as read and checked."""

    watch_ms: int
    budget: int
    """New alerts that a watch can bear."""
    retire_below: float
    retire_least: int
    silences: tuple[Length, ...]
    source: str
    as_of: str

    def length(self, text: str) -> Length:
        """The length of a silence as typed (``8h``); raises BadInput."""
        typed = "".join(text.casefold().split())
        found = next((one for one in self.silences if one.code == typed), None)
        if found is None:
            choices = ", ".join(one.code for one in self.silences)
            raise BadInput(f"{printable(text, 20)!r} is no length of a silence.", f"Choose one of {choices}.")
        return found


@lru_cache(maxsize=1)
def shipped() -> InboxRules:
    """The limits that ship with the program; Problem naming file, entry, field and reason of a fault."""
    return read(resources.data("inbox.toml"))


def read(path: Path) -> InboxRules:
    """The limits of a file; Problem naming file, entry, field and reason of a fault."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise Problem(f"{path}: {error}.", "Install maoc-tui again, or mend that entry.") from None


def parse(raw: Mapping[str, Any]) -> InboxRules:
    """The limits of a document as read; ValueError naming entry, field and reason."""
    for field in ("source", "as_of", "silence"):
        require(bool(raw.get(field)), "the file", field, "is missing")
    below = raw.get("retire_below")
    require(
        isinstance(below, float) and 0 < below < 1, "the file", "retire_below", "must lie between 0 and 1"
    )
    lengths = tuple(_length(row) for row in raw["silence"])
    held = [one.ms for one in lengths]
    require(held == sorted(set(held)), "silence", "hours", "must grow from entry to entry")
    return InboxRules(
        watch_ms=_whole(raw, "watch_h", 48) * HOUR_MS,
        budget=_whole(raw, "budget", 10_000),
        retire_below=float(raw["retire_below"]),
        retire_least=_whole(raw, "retire_least", 10_000),
        silences=lengths,
        source=str(raw["source"]),
        as_of=str(raw["as_of"]),
    )


def _length(row: Any) -> Length:
    require(isinstance(row, dict), "silence", "code", "is no list of lengths")
    entry = f"silence {row.get('code', '')}"
    return Length(
        word(row, "code", entry), word(row, "title", entry), _whole(row, "hours", _LONGEST_H, entry) * HOUR_MS
    )


def _whole(raw: Mapping[str, Any], field: str, most: int, entry: str = "the file") -> int:
    value = raw.get(field)
    good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
    require(good, entry, field, f"must be 1 to {most}")
    assert isinstance(value, int)
    return value
