"""For how long a fix carries the legal answer (clock C10), by class of craft; the limits are data, and unverified."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from maoc_tui.domain.times import format_age
from maoc_tui.problems import BadInput

FILE = "data/law/staleness.toml"
_MINUTE_MS = 60_000
_FIELDS = {"title": str, "medium": str, "types": list, "minutes": int, "verification": str}
_WAY_OUT = "Mend that entry, or install maoc-tui again."


@dataclass(frozen=True, slots=True)
class Limit:
    """How old a fix of one class may be."""

    title: str
    medium: str
    """sea or air."""
    types: tuple[str, ...]
    """Codes of data/target_types.toml; () for whatever no other class names."""
    minutes: int
    verification: str

    @property
    def limit_ms(self) -> int:
        """Milliseconds after which a fix is stale."""
        return self.minutes * _MINUTE_MS

    def says(self, age_ms: int, how: str = "") -> str:
        """Why a fix of that age is stale, in words; "" while it is not."""
        if age_ms <= self.limit_ms:
            return ""
        heard = f" ({how})" if how else ""
        told = f"{format_age(self.limit_ms // 1000)} for: {self.title} ({self.verification})"
        return f"{format_age(age_ms // 1000)} old{heard}; C10 counts it for {told}"


def limit_of(limits: Collection[Limit], medium: str, type_code: str = "") -> Limit:
    """The limit of a type of vessel or aircraft; that of its medium where no class names it."""
    fits = [one for one in limits if one.medium == medium]
    named = [one for one in fits if type_code and type_code in one.types]
    return (named or [one for one in fits if not one.types])[0]


def parse(data: Mapping[str, Any], types: Collection[str]) -> tuple[Limit, ...]:
    """The limits from the parsed TOML; BadInput naming file, entry, field and reason. ``types`` are those known."""
    found = tuple(_limit(entry, number, types) for number, entry in enumerate(data.get("class", ()), 1))
    for medium in ("sea", "air"):
        if sum(one.medium == medium and not one.types for one in found) != 1:
            raise BadInput(f"{FILE}: one class of {medium} without types is needed.", _WAY_OUT)
    named = [code for one in found for code in one.types]
    if twice := {code for code in named if named.count(code) > 1}:
        raise BadInput(f"{FILE}: {min(twice)} stands in two classes.", _WAY_OUT)
    return found


def _limit(entry: Mapping[str, Any], number: int, types: Collection[str]) -> Limit:
    where = f"{FILE}, class {number}"
    for name, kind in _FIELDS.items():
        if not isinstance(entry.get(name), kind) or entry[name] == "":
            raise BadInput(f"{where}, {name}: is missing or no {kind.__name__}.", _WAY_OUT)
    if entry["medium"] not in ("sea", "air"):
        raise BadInput(f"{where}, medium: is neither sea nor air.", _WAY_OUT)
    if entry["minutes"] <= 0:
        raise BadInput(f"{where}, minutes: must be more than 0.", _WAY_OUT)
    if strange := set(entry["types"]) - set(types):
        raise BadInput(f"{where}, types: there is no type {min(strange)!r}.", _WAY_OUT)
    return Limit(
        entry["title"], entry["medium"], tuple(entry["types"]), entry["minutes"], entry["verification"]
    )
