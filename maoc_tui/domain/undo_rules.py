"""What can be undone and what cannot, as data (data/undo.toml): every act of the desk that writes, once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.problems import Problem


@dataclass(frozen=True, slots=True)
class Stays:
    """Why something is not undone."""

    why: str
    instead: str
    """What to do."""


OTHER = Stays("It is not among the acts that can be undone", "Enter what is right now.")
"""Of what the file does not name."""


@dataclass(frozen=True, slots=True)
class UndoRules:
    """Everything of the file."""

    acts: Mapping[str, Stays | None]
    """Function of the desk to why it stays; None for one that can be undone."""
    backs: frozenset[str]
    """Functions that undo others."""
    kinds: Mapping[str, Stays]
    """How the journal names what something is done to -> why it stays."""
    reversible: tuple[str, ...]
    """What can be undone, in words."""

    def stays(self, action: str, kind: str) -> Stays:
        """Why what the journal says was done is not undone."""
        return self.kinds.get("recall" if action == "recall" else kind, OTHER)


@lru_cache(maxsize=1)
def shipped() -> UndoRules:
    """The rules as shipped; Problem naming file, entry and reason when they are at fault."""
    path = resources.data("undo.toml")
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise _fault(path, str(error)) from None


def parse(raw: Mapping[str, Any]) -> UndoRules:
    """The rules of a document as read. Raises ValueError naming the entry at fault."""
    acts: dict[str, Stays | None] = {}
    kinds: dict[str, Stays] = {}
    backs: set[str] = set()
    for entry in raw.get("reversible", ()):
        _once(acts, dict.fromkeys(_names(entry, "acts")))
        backs |= set(_names(entry, "backs"))
    for entry in raw.get("irreversible", ()):
        stays = Stays(_words(entry, "why"), _words(entry, "instead"))
        _once(acts, dict.fromkeys(_names(entry, "acts", empty=True), stays))
        _once(kinds, dict.fromkeys(_names(entry, "kinds"), stays))
    return UndoRules(acts, frozenset(backs), kinds, tuple(_words(one, "what") for one in raw["reversible"]))


def _once(known: dict[str, Any], new: Mapping[str, Any]) -> None:
    if twice := sorted(known.keys() & new.keys()):
        raise ValueError(f"{twice[0]} stands there twice")
    known |= new


def _names(entry: Mapping[str, Any], field: str, *, empty: bool = False) -> list[str]:
    names = entry.get(field)
    if (
        not isinstance(names, list)
        or not (names or empty)
        or not all(isinstance(one, str) and one for one in names)
    ):
        raise ValueError(f"{field} of {entry} must be names")
    return names


def _words(entry: Mapping[str, Any], field: str) -> str:
    text = entry.get(field)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{field} of {entry} must be words")
    return text


def _fault(path: Path, reason: str) -> Problem:
    return Problem(f"{path}: {reason}.", "Install maoc-tui again, or mend that entry.")
