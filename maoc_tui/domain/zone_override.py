"""What an officer says of waters by hand: where, whose they are, why, on whose word and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.query_fields import ZONES
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg
from maoc_tui.problems import BadInput

CONTACT, TARGET, PLACE, AREA = "contact", "target", "place", "area"
"""Scopes: the answer for one contact, for one target, for every position in a circle, or in an area."""
STATUSES = ("agreed", "disputed", "joint", "unsettled")
_PHRASES = {
    "territorial sea": "territorial", "contiguous zone": "contiguous", "internal waters": "internal",
    "archipelagic waters": "archipelagic", "high seas": "high_seas", "joint regime": "joint",
    "exclusive economic zone": "eez",
}  # fmt: skip
_REFERENCE = re.compile(r"Z-?0*([1-9][0-9]{0,8})", re.IGNORECASE)
_NO_STATE = ("high_seas",)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An override no longer counts."""

    reason: str
    name: str
    """Who stands for it."""
    by: str
    """Who entered it."""
    at_ms: int


@dataclass(frozen=True, slots=True)
class ZoneOverride:
    """One statement about waters, as recorded; it outranks every dataset where it applies, until it expires."""

    id: str
    number: int
    scope: str
    key: int
    """Contact key; 0 for another scope."""
    target: str
    """Reference of a target; "" for another scope."""
    lat: float | None
    """Of the circle in which it applies; None for an area."""
    lon: float | None
    radius_nm: float | None
    corners: tuple[tuple[float, float], ...]
    """Latitude and longitude of an area's corners; empty for a circle."""
    place: str
    """Position or corners as typed."""
    kind: str
    states: tuple[str, ...]
    status: str
    reason: str
    name: str
    """Who stands for it."""
    until_ms: int
    by: str
    """Who entered it."""
    at_ms: int
    marking: Marking
    withdrawal: Withdrawal | None = None

    @property
    def ref(self) -> str:
        """``Z-0003``."""
        return reference(self.number)

    @property
    def until(self) -> str:
        """``141200ZDEC22``."""
        return format_dtg(from_ms(self.until_ms))

    @property
    def note(self) -> str:
        """``by hand: deposited baseline, Ferreira, until 141200ZDEC22``."""
        return printable(f"by hand: {self.reason}, {self.name}, until {self.until}", 400)

    def state(self, now_ms: int) -> str:
        """holds, withdrawn or expired."""
        if self.withdrawal is not None:
            return "withdrawn"
        return "holds" if now_ms < self.until_ms else "expired"

    @property
    def about_one(self) -> bool:
        """It answers for one contact or target only."""
        return self.scope in (CONTACT, TARGET)


def reference(number: int) -> str:
    """``Z-0003``."""
    return f"Z-{number:04d}"


def parse_reference(text: str) -> int:
    """The number of a reference: Z-0003, z3. Raises BadInput."""
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{printable(text, 40)!r} is no reference of an override.", "It looks like Z-0003.")
    return int(found[1])


def parse_kind(text: str) -> str:
    """The kind of zone meant by TS, eez, high seas ... Raises BadInput."""
    word = " ".join(text.replace("_", " ").lower().split())
    kind = _PHRASES.get(word) or ZONES.get(word)
    if kind is None:
        raise BadInput(
            f"{printable(text, 40)!r} is no kind of zone.", "Kinds: land, IW, AW, TS, CZ, EEZ, JR, HS."
        )
    return kind


def state_words(text: str) -> list[str]:
    """The words for states in ``PT/ES``, ``PT, ES``, ``PT ES``."""
    return [word for word in re.split(r"[/,+\s]+", text.strip()) if word]


def parse_status(text: str, kind: str, states: tuple[str, ...]) -> str:
    """The status typed, or what follows from kind and states. Raises BadInput for what cannot be together."""
    word = text.strip().lower()
    if not word:
        word = "joint" if kind == "joint" else "disputed" if len(states) > 1 else "agreed"
    if word not in STATUSES:
        raise BadInput(
            f"{printable(text, 40)!r} is no status of waters.", f"Statuses: {', '.join(STATUSES)}."
        )
    if kind in _NO_STATE and states:
        raise BadInput("The high seas belong to no state.", "Leave the state out.")
    if kind not in _NO_STATE and not states:
        raise BadInput(
            "Whose waters they are is missing.", "Give the state's ISO code, such as PT; all claimants."
        )
    if word == "agreed" and len(states) > 1:
        raise BadInput("Waters of several states are disputed, joint or unsettled.", "Give the status.")
    return word
