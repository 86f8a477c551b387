"""The rules of data/assets.toml: kinds of asset, how long what is told counts, what sea a Beaufort number is."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.problems import BadInput, Problem


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of asset."""

    code: str
    title: str
    flies: bool
    """Goes straight over land."""
    position_min: float
    """Minutes a told position counts as the present one."""
    reckon_h: float
    """Hours a told position is carried on with its course and speed; after that nobody knows where it is."""
    availability_h: float
    """Hours an availability counts where no end was given."""


@dataclass(frozen=True, slots=True)
class SeaLimit:
    """A sea, or the most of it that an asset works in."""

    value: float
    unit: str
    """Bft or m."""

    def __str__(self) -> str:
        return f"Bft {self.value:.0f}" if self.unit == "Bft" else f"{self.value:g} m"


@dataclass(frozen=True, slots=True)
class AssetRules:
    """Everything of the file."""

    kinds: Mapping[str, KindRule]
    within_h: float
    slip_min: float
    full_reach: float
    waves_m: tuple[float, ...]
    """By Beaufort number."""

    def kind(self, text: str) -> KindRule:
        """The kind typed, by code or title; BadInput for another."""
        word = text.strip().casefold()
        for rule in self.kinds.values():
            if word in (rule.code, rule.title):
                return rule
        raise BadInput(f"{text[:40]!r} is no kind of asset.", f"Choose one of {', '.join(self.kinds)}.")

    def height(self, sea: SeaLimit) -> float:
        """Wave height in metres; by the probable height where it is a Beaufort number."""
        return sea.value if sea.unit == "m" else self.waves_m[round(sea.value)]

    def exceeds(self, sea: SeaLimit, limit: SeaLimit) -> bool:
        """Whether a sea is more than a limit."""
        if sea.unit == limit.unit:
            return sea.value > limit.value
        return self.height(sea) > self.height(limit)


@lru_cache(maxsize=1)
def rules() -> AssetRules:
    """The rules as shipped; Problem naming file, entry and reason when they are at fault."""
    return read(resources.data("assets.toml"))


def read(path: Path) -> AssetRules:
    """The rules of a file. Raises Problem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, "", f"cannot be read ({error.__class__.__name__}: {error})") from None
    kinds = {code: _kind(path, code, entry) for code, entry in raw.get("kind", {}).items()}
    if not kinds:
        raise _fault(path, "kind", "names no kind")
    waves = raw.get("beaufort", {}).get("waves_m", [])
    if len(waves) != 13 or waves != sorted(waves) or not all(map(_number, waves)):
        raise _fault(path, "beaufort.waves_m", "must be 13 heights, rising")
    figures = {name: _figure(path, name, raw.get(name)) for name in ("within_h", "slip_min", "full_reach")}
    if figures["full_reach"] > 1:
        raise _fault(path, "full_reach", "must be at most 1")
    return AssetRules(kinds, waves_m=tuple(map(float, waves)), **figures)


def _kind(path: Path, code: str, entry: Any) -> KindRule:
    where = f"kind.{code}"
    if not isinstance(entry, dict) or not isinstance(entry.get("flies"), bool) or not entry.get("title"):
        raise _fault(path, where, "must have a title and say whether it flies")
    figures = {
        name: _figure(path, f"{where}.{name}", entry.get(name))
        for name in ("position_min", "reckon_h", "availability_h")
    }
    if figures["reckon_h"] * 60 < figures["position_min"]:
        raise _fault(path, f"{where}.reckon_h", "must not be less than position_min")
    return KindRule(code, str(entry["title"]), entry["flies"], **figures)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _figure(path: Path, entry: str, value: Any) -> float:
    if not _number(value) or value <= 0:
        raise _fault(path, entry, "must be a number above 0")
    return float(value)


def _fault(path: Path, entry: str, reason: str) -> Problem:
    where = f"{path}: {entry}" if entry else str(path)
    return Problem(f"{where} {reason}.", "Install maoc-tui again, or mend that entry.")


_SEA = re.compile(r"(?:bft|beaufort|force)\s*([0-9]{1,2})|([0-9]{1,2}(?:[.,][0-9])?)\s*m", re.ASCII)


def parse_sea(text: str) -> SeaLimit | None:
    """``Bft 5`` or ``2.5 m``; None for nothing. Raises BadInput."""
    word = " ".join(text.lower().split())
    if not word:
        return None
    match = _SEA.fullmatch(word)
    value = float((match[1] or match[2]).replace(",", ".")) if match else math.inf
    if match is None or value > (12 if match[1] else 20):
        raise BadInput(f"{text.strip()[:40]!r} is no sea.", "Write it as Bft 5 or 2.5 m.")
    return SeaLimit(value, "Bft" if match[1] else "m")
