"""Numbers as the watch writes them: courses, speeds, distances; read in other units, kept as they were said.

The one door to times and positions too.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from maoc_tui.domain.positions import Position, format_position, parse_position
from maoc_tui.domain.times import format_age, format_dtg, format_span, parse_duration, parse_time
from maoc_tui.problems import BadInput

__all__ = [
    "NOT_KNOWN",
    "Position",
    "Quantity",
    "format_age",
    "format_course",
    "format_distance_nm",
    "format_dtg",
    "format_position",
    "format_span",
    "format_speed",
    "parse_course",
    "parse_distance",
    "parse_duration",
    "parse_position",
    "parse_speed",
    "parse_time",
]

NOT_KNOWN = "–"
"""Shown where a value is not available."""
KM_PER_NM = 1.852
"""Exact by definition (First International Extraordinary Hydrographic Conference, 1929)."""
KM_PER_MILE = 1.609344
"""The statute mile, exact by definition (international yard and pound, 1959)."""

_DISTANCE_UNITS = {
    "": ("nm", 1.0),
    "nm": ("nm", 1.0),
    "nmi": ("nm", 1.0),
    "nautical miles": ("nm", 1.0),
    "nautical mile": ("nm", 1.0),
    "km": ("km", 1 / KM_PER_NM),
    "m": ("m", 0.001 / KM_PER_NM),
    "mi": ("statute miles", KM_PER_MILE / KM_PER_NM),
    "mile": ("statute miles", KM_PER_MILE / KM_PER_NM),
    "miles": ("statute miles", KM_PER_MILE / KM_PER_NM),
    "statute miles": ("statute miles", KM_PER_MILE / KM_PER_NM),
}
_SPEED_UNITS = {
    "": ("kn", 1.0),
    "kn": ("kn", 1.0),
    "kt": ("kn", 1.0),
    "kts": ("kn", 1.0),
    "knots": ("kn", 1.0),
    "km/h": ("km/h", 1 / KM_PER_NM),
    "kmh": ("km/h", 1 / KM_PER_NM),
    "kph": ("km/h", 1 / KM_PER_NM),
    "m/s": ("m/s", 3.6 / KM_PER_NM),
    "mph": ("mph", KM_PER_MILE / KM_PER_NM),
}
_QUANTITY = re.compile(r"([0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)\s*([a-z/ ]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in the program's unit with the words it came in, so that the record keeps both."""

    value: float
    """Nautical miles or knots."""
    entered: str
    """As it was written."""
    unit: str
    """The unit it was understood in: nm, km, m, statute miles, kn, km/h, m/s or mph."""


def parse_distance(text: str) -> Quantity:
    """Nautical miles from ``12``, ``12 nm``, ``535 km``, ``300 miles`` (statute); raises BadInput."""
    return _quantity(text, _DISTANCE_UNITS, "distance", "Write it as 12 nm, 535 km or 300 mi (statute).")


def parse_speed(text: str) -> Quantity:
    """Knots from ``12.5``, ``12.5 kn``, ``40 km/h``, ``5 m/s``, ``20 mph``; raises BadInput."""
    return _quantity(text, _SPEED_UNITS, "speed", "Write it as 12.5 kn, 40 km/h or 5 m/s.")


def _quantity(text: str, units: dict[str, tuple[str, float]], what: str, way_out: str) -> Quantity:
    entered = text.strip()
    match = _QUANTITY.fullmatch(entered.lower())
    if not match:
        raise BadInput(f"{entered!r} is not a {what}.", way_out)
    number, unit = match[1].replace(",", "."), " ".join(match[2].split())
    if unit not in units:
        raise BadInput(f"{entered!r}: {unit!r} is not a unit of {what}.", way_out)
    name, factor = units[unit]
    value = float(number) * factor
    if not math.isfinite(value):
        raise BadInput(f"{entered!r} is too large for a {what}.", way_out)
    return Quantity(value, entered, name)


def parse_course(text: str) -> float:
    """Degrees true, 0 <= course < 360, from ``045``, ``45°``, ``360``; raises BadInput."""
    match = re.fullmatch(r"\s*([0-9]{1,3}(?:\.[0-9]+)?)\s*°?\s*[Tt]?\s*", text, re.ASCII)
    if not match or float(match[1]) > 360:
        raise BadInput(f"{text.strip()!r} is not a course.", "Write degrees true from 000 to 360.")
    return float(match[1]) % 360.0


def format_course(degrees: float) -> str:
    """``045°``; never 360; – when not available."""
    return f"{round(degrees) % 360:03d}°" if math.isfinite(degrees) else NOT_KNOWN


def format_speed(knots: float) -> str:
    """``12.3 kn``; whole knots from 100; – when not available."""
    if not math.isfinite(knots):
        return NOT_KNOWN
    return f"{knots:.0f} kn" if round(knots, 1) >= 100 else f"{knots:.1f} kn"


def format_distance_nm(nm: float) -> str:
    """``0.42 nm``, ``12.3 nm``, ``346 nm``: three figures are enough; – when not available."""
    if not math.isfinite(nm):
        return NOT_KNOWN
    decimals = 2 if abs(nm) < 9.995 else 1 if abs(nm) < 99.95 else 0
    return f"{nm:.{decimals}f} nm"
