"""The rules of data/reach.toml: how fast targets go unseen, by type, and coasts with a name of their own."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.problems import Problem


@dataclass(frozen=True, slots=True)
class SpeedRule:
    """How fast targets of a type go."""

    slow_kn: float
    fast_kn: float
    hours: tuple[float, ...]
    """From now: when a reach fan is drawn for."""


@dataclass(frozen=True, slots=True)
class Coast:
    """A coast told by its own name."""

    name: str
    states: tuple[str, ...]
    box: tuple[float, float, float, float]
    """West, east, south, north, degrees."""

    def holds(self, states: tuple[str, ...], lat: float, lon: float) -> bool:
        """Whether land of these States at a place belongs to it."""
        west, east, south, north = self.box
        return bool(set(states) & set(self.states)) and west <= lon <= east and south <= lat <= north


@dataclass(frozen=True, slots=True)
class ReachRules:
    """Everything of the file."""

    speeds: Mapping[str, SpeedRule]
    """By code of the target's type; "" for one not known."""
    coasts: tuple[Coast, ...]

    def of_type(self, code: str) -> SpeedRule:
        """The speeds of a type; of one not known where the file does not name it."""
        return self.speeds.get(code, self.speeds[""])


@lru_cache(maxsize=1)
def rules() -> ReachRules:
    """The rules as shipped; Problem naming file, entry and reason when they are at fault."""
    return read(resources.data("reach.toml"))


def read(path: Path) -> ReachRules:
    """The rules of a file. Raises Problem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, "", f"cannot be read ({error.__class__.__name__}: {error})") from None
    speeds: dict[str, SpeedRule] = {}
    for number, entry in enumerate(raw.get("speed", []), 1):
        rule = _speed(path, f"speed {number}", entry)
        for code in entry.get("types", []):
            if code in speeds:
                raise _fault(path, f"speed {number}.types", f"names {code!r} a second time")
            speeds[code] = rule
    if "" not in speeds:
        raise _fault(path, "speed", 'has no entry for a type not known ("")')
    coasts = (_coast(path, f"coast {number}", entry) for number, entry in enumerate(raw.get("coast", []), 1))
    return ReachRules(speeds, tuple(coasts))


def _speed(path: Path, where: str, entry: Any) -> SpeedRule:
    slow, fast, hours = entry.get("slow_kn"), entry.get("fast_kn"), entry.get("hours", [])
    if not _numbers([slow, fast]) or not 0 <= slow <= fast or fast <= 0:
        raise _fault(path, where, "must have slow_kn at most fast_kn")
    if not hours or not _numbers(hours) or hours != sorted(hours) or hours[0] <= 0:
        raise _fault(path, f"{where}.hours", "must be hours above 0, rising")
    return SpeedRule(float(slow), float(fast), tuple(map(float, hours)))


def _coast(path: Path, where: str, entry: Any) -> Coast:
    box = entry.get("box", [])
    if not entry.get("name") or not entry.get("states") or len(box) != 4 or not _numbers(box):
        raise _fault(path, where, "must have a name, States and a box of four numbers")
    west, east, south, north = map(float, box)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise _fault(path, f"{where}.box", "must be west, east, south, north")
    return Coast(str(entry["name"]), tuple(entry["states"]), (west, east, south, north))


def _numbers(values: list[Any]) -> bool:
    return all(isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in values)


def _fault(path: Path, entry: str, reason: str) -> Problem:
    where = f"{path}: {entry}" if entry else str(path)
    return Problem(f"{where} {reason}.", "Install maoc-tui again, or mend that entry.")
