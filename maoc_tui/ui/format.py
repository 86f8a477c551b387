"""Values as people on watch read them: ages, times, positions, courses. Pure; nothing here reads a clock."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from functools import lru_cache

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import ContactClass, Doubt, Space, number_of, space_of

NOTHING = "–"

CLASS_TEXT = {
    ContactClass.UNKNOWN: ("?", "unknown station"),
    ContactClass.SHIP_A: ("A", "ship, class A"),
    ContactClass.SHIP_B: ("B", "ship, class B"),
    ContactClass.AIRCRAFT: ("^", "aircraft"),
    ContactClass.BASE_STATION: ("#", "base station"),
    ContactClass.AID: ("+", "aid to navigation"),
    ContactClass.SAR_AIRCRAFT: ("^", "search and rescue aircraft"),
    ContactClass.DISTRESS: ("!", "distress beacon"),
    ContactClass.HANDHELD: ("h", "handheld radio"),
    ContactClass.CRAFT: ("c", "craft of a parent ship"),
}
"""One letter and the words for each class of station."""

DOUBT_TEXT = {
    Doubt.ZERO_ISLAND: "position is exactly 0°N 0°E: most likely no position at all",
    Doubt.FUTURE: "stamped later than the receiver's clock",
    Doubt.JUMP: "the speed implied from the fix before is beyond this class",
    Doubt.COARSE: "position given to a tenth of a minute or worse",
    Doubt.ARRIVAL_TIME: "the report carries no time; the time of arrival stands in",
    Doubt.TWIN: "the same number transmits from two places at once",
    Doubt.PLACEHOLDER: "a factory or default number: it identifies nobody",
    Doubt.MMSI_FORM: "the number has not the form of any MMSI",
    Doubt.LATE: "arrived after a newer fix of the same contact",
}
"""Why a fix is doubtful, as one clause each."""

_STATUS = (
    "under way, engine", "at anchor", "not under command", "restricted manoeuvre", "constrained by draught",
    "moored", "aground", "fishing", "under way, sail",
)  # fmt: skip


def doubts(flags: int) -> tuple[str, ...]:
    """The reasons for doubt in a fix's flags, in words."""
    return tuple(text for flag, text in DOUBT_TEXT.items() if flags & flag)


def status(code: int) -> str:
    """An AIS navigational status in words; "" when not defined."""
    return _STATUS[code] if 0 <= code < len(_STATUS) else ""


def age(ms: int) -> str:
    """How long ago, at most five cells: ``40s``, ``12m``, ``5h27``, ``3d``; ``+2m`` when in the future."""
    if ms < -999:
        return f"+{age(-ms)}"[:5]
    seconds = ms // 1000
    if seconds < 10:
        return "now"
    if seconds < 60:
        return f"{seconds // 10 * 10}s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes}m"
    hours = minutes // 60
    return f"{hours}h{minutes % 60:02d}" if hours < 48 else f"{min(hours // 24, 9999)}d"


def ago(ms: int) -> str:
    """How long ago in words: ``5 h 27 ago``, ``40 s ago``."""
    from maoc_tui.domain.times import format_span

    return f"{format_span(max(ms, 0) / 1000)} ago"


def _zone(moment: datetime, local: bool) -> tuple[datetime, str]:
    if not local:
        return moment, "Z"
    there = moment.astimezone()
    minutes = int((there.utcoffset() or UTC.utcoffset(None)).total_seconds()) // 60
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    rest = f":{minutes % 60:02d}" if minutes % 60 else ""
    return there, f"{sign}{minutes // 60:02d}{rest}"


def clock(ms: int, local: bool = False) -> str:
    """Time of day with its zone: ``03:07:41Z``, ``04:07:41+01``."""
    moment, zone = _zone(from_ms(ms), local)
    return f"{moment:%H:%M:%S}{zone}"


def minute(ms: int, local: bool = False) -> str:
    """Time of day to the minute: ``03:07Z``."""
    moment, zone = _zone(from_ms(ms), local)
    return f"{moment:%H:%M}{zone}"


def day_clock(ms: int, local: bool = False, now_ms: int | None = None) -> str:
    """Day and time to the minute: ``14 Dec 03:07Z``, with the year if that is not the one of ``now_ms``."""
    moment, _ = _zone(from_ms(ms), local)
    here = moment if now_ms is None else _zone(from_ms(now_ms), local)[0]
    year = "" if moment.year == here.year else f" {moment:%Y}"
    return f"{moment:%d %b}{year} {minute(ms, local)}"


def short_time(ms: int, now_ms: int, local: bool = False) -> str:
    """In twelve cells: ``03:07Z`` today, ``13 Dec 03:07`` this year, ``13 Dec 2021`` before."""
    moment, now = _zone(from_ms(ms), local)[0], _zone(from_ms(now_ms), local)[0]
    if moment.date() == now.date():
        return minute(ms, local)
    return f"{moment:%d %b %H:%M}" if moment.year == now.year else f"{moment:%d %b %Y}"


def day_time(ms: int, local: bool = False) -> str:
    """Day and time to the second: ``14 Dec 03:07:41Z``."""
    moment, zone = _zone(from_ms(ms), local)
    return f"{moment:%d %b %H:%M:%S}{zone}"


def clock_time(ms: int, local: bool = False) -> str:
    """Time to the second without its day: ``03:07:41Z``."""
    moment, zone = _zone(from_ms(ms), local)
    return f"{moment:%H:%M:%S}{zone}"


def file_time(ms: int) -> str:
    """A time for the start of a file's name: ``20221214T030741Z``."""
    return f"{from_ms(ms):%Y%m%dT%H%M%SZ}"


def full_time(ms: int, local: bool = False) -> str:
    """Date and time to the second: ``2022-12-14 03:07:41Z``."""
    moment, zone = _zone(from_ms(ms), local)
    return f"{moment:%Y-%m-%d %H:%M:%S}{zone}"


@lru_cache(maxsize=4096)
def position(lat: float, lon: float) -> str:
    """Degrees and decimal minutes: ``38°42.5'N 009°08.2'W``; a dash without a position."""
    from maoc_tui.domain.positions import format_position

    return format_position(lat, lon)


def radius(nm: float) -> str:
    """The radius of an error, one rule everywhere: ``±7.5 nm``, ``±12 nm``, in metres below a tenth; "" without any."""
    if not nm > 0:
        return ""
    metres = nm * 1852
    if metres < 185:
        return f"±{metres:.0f} m"
    return f"±{nm:.1f} nm" if round(nm, 1) < 10 else f"±{nm:.0f} nm"


def speed(knots: float) -> str:
    """Knots to a tenth below 100, whole above; a dash when not available."""
    if math.isnan(knots):
        return NOTHING
    return f"{knots:.1f}" if knots < 99.95 else f"{knots:.0f}"


def course(degrees: float) -> str:
    """Three digits, degrees true; a dash when not available."""
    return NOTHING if math.isnan(degrees) else f"{round(degrees) % 360:03d}"


@lru_cache(maxsize=4096)
def number(key: int) -> str:
    """The bare number of a contact as written in its space: an MMSI, a hex address."""
    space, value = space_of(key), number_of(key)
    if space is Space.AIS:
        return f"{value:09d}"
    if space is Space.ICAO:
        return f"{value:06x}"
    return f"~{value:06x}" if space is Space.OTHER_HEX else f"track {value}"


def count(value: int) -> str:
    """A count with thin groups: ``5,021``."""
    return f"{value:,}"


def left(left_ms: int) -> str:
    """Time left of a clock: ``01:12`` hours and minutes, ``-00:05`` once it has passed, ``13 d`` when far off."""
    minutes = abs(left_ms) // 60_000
    sign = "-" if left_ms < 0 else ""
    if minutes >= 100 * 60:
        return f"{sign}{minutes // 1440} d"
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
