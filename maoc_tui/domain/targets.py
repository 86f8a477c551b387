"""Targets: what they can be, what state they are in, and what may follow what.

A target is ours from its first line: it has its own reference, and everything else - name, number, flag,
the transmitter it is heard by - is a dated statement about it that may turn out wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from maoc_tui.problems import BadInput


class Kind(StrEnum):
    """What moves: on the water or in the air."""

    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class Status(StrEnum):
    """Where a target stands in the Centre's work."""

    NOMINATED = "NOMINATED"
    ASSESSING = "ASSESSING"
    ACTIVE = "ACTIVE"
    """Of interest."""
    TRACKED = "TRACKED"
    LOST = "LOST"
    INTERCEPT_PLANNED = "INTERCEPT_PLANNED"
    UNDER_PURSUIT = "UNDER_PURSUIT"
    BOARDED = "BOARDED"
    CLEARED = "CLEARED"
    """Nothing found."""
    SEIZED = "SEIZED"
    DISRUPTED = "DISRUPTED"
    """Load jettisoned, or turned back."""
    HANDED_OVER = "HANDED_OVER"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"
    """By its originator."""


_END = "HANDED_OVER CLOSED WITHDRAWN"
_NEXT: dict[str, str] = {
    "NOMINATED": f"ASSESSING ACTIVE {_END}",
    "ASSESSING": f"ACTIVE TRACKED LOST {_END}",
    "ACTIVE": f"ASSESSING TRACKED LOST INTERCEPT_PLANNED UNDER_PURSUIT BOARDED CLEARED DISRUPTED {_END}",
    "TRACKED": f"ACTIVE LOST INTERCEPT_PLANNED UNDER_PURSUIT BOARDED CLEARED DISRUPTED {_END}",
    "LOST": f"ACTIVE TRACKED INTERCEPT_PLANNED UNDER_PURSUIT BOARDED DISRUPTED {_END}",
    "INTERCEPT_PLANNED": f"ACTIVE TRACKED LOST UNDER_PURSUIT BOARDED CLEARED DISRUPTED {_END}",
    "UNDER_PURSUIT": f"ACTIVE TRACKED LOST BOARDED DISRUPTED {_END}",
    "BOARDED": "CLEARED SEIZED DISRUPTED HANDED_OVER CLOSED WITHDRAWN",
    "CLEARED": f"ACTIVE {_END}",
    "SEIZED": "HANDED_OVER CLOSED WITHDRAWN",
    "DISRUPTED": f"ACTIVE TRACKED LOST UNDER_PURSUIT BOARDED {_END}",
    "HANDED_OVER": "ACTIVE CLOSED WITHDRAWN",
    "CLOSED": "ASSESSING ACTIVE",
    "WITHDRAWN": "NOMINATED",
}
ALLOWED: dict[Status, tuple[Status, ...]] = {
    Status(now): tuple(Status(then) for then in text.split()) for now, text in _NEXT.items()
}
"""What may follow each status. A closed target can be taken up again; a withdrawn one only nominated anew."""
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN})
"""No longer worked on; still in the record."""


@dataclass(frozen=True, slots=True)
class TargetType:
    """One type of vessel or aircraft a target can be."""

    code: str
    kind: Kind
    title: str
    short: str
    """At most six cells, for lists."""
    note: str = ""
    ais: tuple[int, ...] = ()
    """AIS ship type codes that mean just this type."""


class TypeTable:
    """The types of target that ship with the program."""

    def __init__(self, types: Sequence[TargetType]) -> None:
        self._types = {entry.code: entry for entry in types}
        self._ais = {code: entry.code for entry in types for code in entry.ais}

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> TypeTable:
        """From the parsed TOML of data/target_types.toml."""
        return cls(
            [
                TargetType(**{**row, "kind": Kind(row["kind"]), "ais": tuple(row.get("ais", ()))})
                for row in raw["type"]
            ]
        )

    def of_kind(self, kind: Kind) -> tuple[TargetType, ...]:
        """The types of one kind, in the file's order."""
        return tuple(entry for entry in self._types.values() if entry.kind is kind)

    def get(self, code: str) -> TargetType | None:
        """The type of a code; None when not known ("" is 'not known')."""
        return self._types.get(code)

    def parse(self, text: str, kind: Kind) -> str:
        """The code of what was typed: code, short word or title, in any case; "" stays 'not known'."""
        word = text.strip().casefold().replace("-", " ").replace("_", " ")
        if not word:
            return ""
        for entry in self.of_kind(kind):
            names = (entry.code, entry.short, entry.title)
            if word in (name.casefold().replace("-", " ").replace("_", " ") for name in names):
                return entry.code
        shorts = ", ".join(entry.short for entry in self.of_kind(kind))
        raise BadInput(f"{text!r} is not a type of {kind}.", f"Choose one of {shorts}.")

    def from_ais(self, ship_type: int) -> str:
        """The type an AIS ship type code means; "" when it names no single one."""
        return self._ais.get(ship_type, "")


def parse_kind(text: str) -> Kind:
    """Read ``vessel`` or ``aircraft``."""
    try:
        return Kind(text.strip().casefold())
    except ValueError:
        raise BadInput(f"{text!r} is not a kind of target.", "Choose vessel or aircraft.") from None


def parse_status(text: str) -> Status:
    """Read a status in any case, with blanks or dashes for underscores."""
    word = text.strip().upper().replace(" ", "_").replace("-", "_")
    if word not in Status.__members__:
        raise BadInput(f"{text!r} is not a status.", f"Choose one of {', '.join(Status)}.")
    return Status[word]


def check_transition(now: Status, then: Status, reason: str) -> None:
    """Raise BadInput unless ``then`` may follow ``now`` and somebody says why."""
    if then is now:
        raise BadInput(f"The target is {now} already.", "Choose another status.")
    if then not in ALLOWED[now]:
        raise BadInput(f"{then} does not follow {now}.", f"From {now}: {', '.join(ALLOWED[now])}.")
    if not reason.strip():
        raise BadInput("A change of status needs a reason.", "Say in a few words why.")


def check_provisional(description: str, area: str, has_position: bool) -> None:
    """Raise BadInput unless there is a description and a place: all that a new target needs."""
    if not description.strip():
        raise BadInput(
            "A target needs a description.", "Write what is known: grey sloop, about 12 m, two aboard."
        )
    if not area.strip() and not has_position:
        raise BadInput(
            "A target needs a position or an area.", "Give one: 36 20N 012 40W, or west of Cape Verde."
        )


def reference(number: int) -> str:
    """The short reference of the n-th target: ``T-0417``."""
    return f"T-{number:04d}"


def parse_reference(text: str) -> str:
    """Read a reference as people type it: ``T-0417``, ``t417``, ``417``."""
    digits = text.strip().upper().removeprefix("T").removeprefix("-")
    if digits.isascii() and digits.isdigit() and 0 < int(digits) < 10_000_000:
        return reference(int(digits))
    raise BadInput(f"{text!r} is not a target reference.", "Write it as T-0417.")
