"""What is said about a target's identity: dated statements, each with its source, none ever overwritten.

A correction or a withdrawal is a new statement that points back to the one it replaces. Which value holds
at a moment follows from the statements alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import Kind
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s*(m|metres?|meters?|ft|feet|')?", re.ASCII | re.IGNORECASE)
_METRES_PER_FOOT = 0.3048


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be said of a target."""

    name: str
    title: str
    kinds: tuple[Kind, ...] = (Kind.VESSEL, Kind.AIRCRAFT)


_SHIP, _AIR = (Kind.VESSEL,), (Kind.AIRCRAFT,)
ATTRIBUTES: dict[str, Attribute] = {
    entry.name: entry
    for entry in (
        Attribute("name", "name"),
        Attribute("flag", "flag"),
        Attribute("call_sign", "call sign"),
        Attribute("mmsi", "MMSI"),
        Attribute("imo", "IMO number", _SHIP),
        Attribute("hull_mark", "hull mark", _SHIP),
        Attribute("home_port", "home port", _SHIP),
        Attribute("registration", "registration"),
        Attribute("hex", "24-bit address", _AIR),
        Attribute("aircraft_type", "aircraft type", _AIR),
        Attribute("squawk", "squawk", _AIR),
        Attribute("length_m", "length"),
        Attribute("colour", "colour"),
        Attribute("owner", "owner"),
        Attribute("role", "role"),
        Attribute("type_reported", "type as reported"),
    )
}
"""Everything that can be said, in the order it is shown."""
ROLES = ("MOTHERSHIP", "DAUGHTER", "REFUELLER", "RECEIVER", "DECOY")


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated statement about a target's identity."""

    id: str
    attribute: str
    value: str
    """Understood and printable."""
    raw: str
    """As entered or received."""
    from_ms: int | None
    """Valid from, milliseconds; None when nobody said."""
    to_ms: int | None
    """Valid until; None while it lasts or when nobody said."""
    source: str
    by: str
    at_ms: int
    """When it was entered."""
    marking: Marking
    replaces: str = ""
    """Id of the statement this one corrects or withdraws."""
    withdrawal: bool = False
    """Says only that the statement it replaces no longer stands."""
    reason: str = ""

    @property
    def since_ms(self) -> int:
        """From when it counts: its own date, or the moment it was entered."""
        return self.at_ms if self.from_ms is None else self.from_ms


class Statement(Protocol):
    """What it takes to tell which of several statements holds."""

    @property
    def id(self) -> str: ...
    @property
    def attribute(self) -> str: ...
    @property
    def since_ms(self) -> int: ...
    @property
    def to_ms(self) -> int | None: ...
    @property
    def replaces(self) -> str | None: ...
    @property
    def withdrawal(self) -> bool: ...


S = TypeVar("S", bound=Statement)


def standing(facts: Iterable[S]) -> tuple[S, ...]:
    """The statements nobody has corrected or withdrawn, in the order given."""
    every = tuple(facts)
    replaced = {fact.replaces for fact in every if fact.replaces}
    return tuple(fact for fact in every if fact.id not in replaced and not fact.withdrawal)


def current(facts: Iterable[S], now_ms: int) -> dict[str, S]:
    """The statement that holds now, by attribute: the latest that has begun and has not ended.

    Of two that begin together the one entered later holds. ``facts`` are in the order of entry.
    """
    return latest(standing(facts), now_ms)


def latest(stands: Iterable[S], now_ms: int) -> dict[str, S]:
    """Of statements that stand, the one that holds now, by attribute."""
    holds: dict[str, S] = {}
    for fact in stands:
        if fact.since_ms > now_ms or (fact.to_ms is not None and fact.to_ms <= now_ms):
            continue
        rival = holds.get(fact.attribute)
        if rival is None or fact.since_ms >= rival.since_ms:
            holds[fact.attribute] = fact
    return holds


def parse_attribute(text: str, kind: Kind) -> str:
    """The attribute meant by ``flag``, ``call-sign``, ``length``; raises BadInput for what does not apply."""
    word = text.strip().casefold().replace("-", "_").replace(" ", "_")
    name = {"length": "length_m", "color": "colour", "icao": "hex", "callsign": "call_sign"}.get(word, word)
    attribute = ATTRIBUTES.get(name)
    if attribute is None or kind not in attribute.kinds:
        known = ", ".join(a.name for a in ATTRIBUTES.values() if kind in a.kinds)
        raise BadInput(f"{text!r} is nothing that is recorded of a {kind}.", f"Choose one of {known}.")
    return name


def understand(attribute: str, raw: str) -> str:
    """The value as it is kept and compared; raises BadInput naming what was wrong.

    Numbers are not refused for failing a check digit or a form: what a vessel claims is evidence. They
    are shown with a badge and, when they are placeholders, never matched.
    """
    text = printable(raw, 200)
    if not text:
        raise BadInput(f"The {ATTRIBUTES[attribute].title} is empty.", "Type a value.")
    if attribute in _READERS:
        return _READERS[attribute](text)
    return text


def _flag(text: str) -> str:
    code = text.upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise BadInput(f"{text!r} is not a flag.", "Write the state's two letters, such as VE.")
    return code


def _digits(text: str) -> str:
    word = re.sub(r"[\s.-]", "", text.upper().removeprefix("IMO"))
    if not (word.isascii() and word.isdigit() and len(word) <= 10):
        raise BadInput(f"{text!r} is not a number.", "Type digits only.")
    return word


def _hex(text: str) -> str:
    word = text.lower().removeprefix("0x").removeprefix("icao:")
    if not re.fullmatch(r"[0-9a-f]{6}", word):
        raise BadInput(f"{text!r} is not a 24-bit address.", "Type six hexadecimal digits, such as 4ca815.")
    return word


def _squawk(text: str) -> str:
    if not re.fullmatch(r"[0-7]{4}", text):
        raise BadInput(f"{text!r} is not a squawk.", "Type four digits from 0 to 7.")
    return text


def _length(text: str) -> str:
    match = _LENGTH.fullmatch(text.lower().removeprefix("about").removeprefix("~").strip())
    if not match or not float(match[1]):
        raise BadInput(f"{text!r} is not a length.", "Write it as 12, 12 m or 40 ft.")
    feet = (match[2] or "m")[0] in "f'"
    return f"{float(match[1]) * (_METRES_PER_FOOT if feet else 1):.1f}".removesuffix(".0")


def _role(text: str) -> str:
    word = text.upper()
    if word not in ROLES:
        raise BadInput(f"{text!r} is not a role.", f"Choose one of {', '.join(ROLES).lower()}.")
    return word


_READERS = {
    "flag": _flag,
    "mmsi": _digits,
    "imo": _digits,
    "hex": _hex,
    "squawk": _squawk,
    "length_m": _length,
    "role": _role,
    "call_sign": str.upper,
    "registration": str.upper,
}
