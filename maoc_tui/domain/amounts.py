"""Words and symbols after a figure that make it an amount, as data (data/amounts.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from maoc_tui import resources
from maoc_tui.problems import Problem

FILE = "amounts.toml"


@dataclass(frozen=True, slots=True)
class Amounts:
    """The file as read and checked; everything is folded."""

    symbols: frozenset[str]
    """``m``, ``hpa``: after every figure."""
    words: frozenset[str]
    """``metres``, ``sacks``: after a figure without a nought in front."""


@lru_cache(maxsize=1)
def shipped() -> Amounts:
    """The list as shipped; Problem naming file, entry and reason when it is at fault."""
    try:
        return parse(tomllib.loads(resources.data(FILE).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault("the file", f"cannot be read ({error.__class__.__name__}: {error})") from None


def parse(raw: Mapping[str, Any]) -> Amounts:
    """The list from parsed TOML; Problem naming file, entry and reason."""
    return Amounts(_folded(raw, "symbols"), _folded(raw, "words"))


def _folded(raw: Mapping[str, Any], entry: str) -> frozenset[str]:
    held = raw.get(entry)
    if (
        not isinstance(held, list)
        or not held
        or not all(isinstance(one, str) and one.isalpha() for one in held)
    ):
        raise _fault(entry, "must be a list of words")
    return frozenset(one.casefold() for one in held)


def _fault(entry: str, reason: str) -> Problem:
    return Problem(f"{FILE}, {entry}: {reason}.", "Mend that entry, or install maoc-tui again.")
