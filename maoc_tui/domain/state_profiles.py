"""What is known of a State as flag, coastal and acting State, each fact with its source; the rest is unknown.

The file is data/law/profiles.toml. Nothing is taken for known that the file does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maoc_tui.domain.law_rules import Verification
from maoc_tui.problems import BadInput

FILE = "law/profiles.toml"
_WAY_OUT = "Mend that entry, or install maoc-tui again."
_FACTS = {
    "stateless": "reaches", "authority": "name", "channel": "text", "authorises": "name", "decides": "text",
    "declares": "text",
}  # fmt: skip
"""Fact to the field that holds it, beside its ``cite`` and ``verification``."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a State."""

    text: str
    cite: str
    verification: Verification

    def __str__(self) -> str:
        return f"{self.text} ({self.cite}; {self.verification.value})"


@dataclass(frozen=True, slots=True)
class StateProfile:
    """What is known of one State; None is unknown."""

    code: str
    reaches: bool | None = None
    """Whether its law reaches ships without nationality."""
    stateless: Fact | None = None
    authority: Fact | None = None
    """The competent authority that answers requests: 1988 Convention Art. 17(7)."""
    channel: Fact | None = None
    authorises: Fact | None = None
    """Who permits its own units to act on a foreign ship."""
    decides: Fact | None = None
    declares: Fact | None = None


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles by State."""

    by_state: Mapping[str, StateProfile]
    as_of: date
    review_by: date

    def of(self, code: str) -> StateProfile:
        """The profile of a State, with nothing known when the file does not name it."""
        return self.by_state.get(code, StateProfile(code))


def parse(data: Mapping[str, Any]) -> Profiles:
    """Profiles from the parsed TOML; BadInput naming entry, field and reason."""
    for field in ("as_of", "review_by"):
        if not isinstance(data.get(field), date):
            raise BadInput(f"{FILE}, {field}: {data.get(field)!r} is not a day.", _WAY_OUT)
    states = {code: _state(code, entry) for code, entry in data["state"].items()}
    return Profiles(states, data["as_of"], data["review_by"])


def _state(code: str, entry: Mapping[str, Any]) -> StateProfile:
    strange = set(entry) - set(_FACTS)
    if strange:
        raise BadInput(f"{FILE}, state {code}, {min(strange)}: there is no such fact.", _WAY_OUT)
    facts = {name: _fact(code, name, entry[name]) for name in entry}
    reaches = entry["stateless"]["reaches"] if "stateless" in entry else None
    if reaches not in (None, True, False):
        raise BadInput(f"{FILE}, state {code}, stateless: reaches is neither true nor false.", _WAY_OUT)
    return StateProfile(code, reaches, **facts)


def _fact(code: str, name: str, entry: Mapping[str, Any]) -> Fact:
    for field in (_FACTS[name], "cite", "verification"):
        if field not in entry or entry[field] == "":
            raise BadInput(f"{FILE}, state {code}, {name}: {field} is missing.", _WAY_OUT)
    try:
        mark = Verification(entry["verification"])
    except ValueError:
        raise BadInput(f"{FILE}, state {code}, {name}: verification is not known.", _WAY_OUT) from None
    held = entry[_FACTS[name]]
    words = (
        ("its law reaches them" if held else "its law does not reach them") if name == "stateless" else held
    )
    return Fact(str(words), str(entry["cite"]), mark)
