"""What every behaviour rule is given: the recent tracks, the time, the ports, and how a contact is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maoc_tui.domain.alert_rules import Rules
from maoc_tui.domain.alerts import Measure
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import Space, key_text, number_of, space_of
from maoc_tui.domain.times import format_dtg
from maoc_tui.geo.behaviour.recent import Recent
from maoc_tui.geo.ports import Ports

MINUTE_MS = 60_000
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of a sweep."""

    recent: Recent
    now_ms: int
    rules: Rules
    ports: Ports
    name_of: Callable[[int], str]
    """What a contact key calls itself; "" when it said nothing. Clean."""

    def called(self, key: int) -> str:
        """``RIO TURVO (710992310)``; the number alone when it gave no name."""
        number = f"{number_of(key):09d}" if space_of(key) is Space.AIS else key_text(key)
        name = self.name_of(key)
        return f"{name} ({number})" if name else number

    @property
    def port_nm(self) -> float:
        """Nearer to a port than this is in port."""
        return self.rules.sweep["port_nm"].value

    def port_measure(self, lat: float, lon: float) -> Measure:
        """How far the nearest port is, as evidence."""
        name, nm = self.ports.nearest(lat, lon)
        value = f"{nm:.0f} nm, {name.title()}" if name else "none within 60 nm"
        return Measure("nearest port", value, f"over {self.rules.sweep['port_nm']}")


Spell = tuple[int, int]
"""From when to when something lasted, milliseconds."""


def begun(before: Spell | None, start_ms: int, end_ms: int, apart_min: float) -> int:
    """When something began that is seen from ``start_ms``: with what came before it, unless they lie too far apart."""
    if before is None or not before[0] <= end_ms or start_ms > before[1] + apart_min * MINUTE_MS:
        return start_ms
    return min(before[0], start_ms)


def cause(rule: str, *parts: int | str) -> str:
    """The stable name of a cause; contact keys as their bare numbers where they are MMSI."""
    return ":".join((rule, *(str(part) for part in parts)))


def short(key: int) -> str:
    """A contact in a cause: the MMSI, or the key as scripts write it with its colon as a dash."""
    return f"{number_of(key):09d}" if space_of(key) is Space.AIS else key_text(key).replace(":", "-")


def dtg(ms: int) -> str:
    """``061530ZJAN26``."""
    return format_dtg(from_ms(ms))


def span(ms: float) -> str:
    """``52 min`` or ``4 h 05``."""
    minutes = round(ms / MINUTE_MS)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d}"
