"""Values out of somebody else's JSON: a number, a text, a time, or nothing; never a sentinel."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Any

from maoc_tui.domain.clock import CLOCK_SLACK_MS
from maoc_tui.domain.contacts import Doubt
from maoc_tui.domain.reports import NO_STATUS
from maoc_tui.feeds.source import ReadContext

NAN = math.nan
_EARLIEST_MS = 0
_LATEST_MS = 4_102_444_800_000
"""2100-01-01: a stamp beyond it is a wrong unit, not a time."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?")
_TIME = re.compile(
    r"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*"
    r"(Z|[+-]\d\d:?\d\d|UTC|GMT)?(?: UTC| GMT)?",
    re.ASCII,
)
_TEXT_LIMIT = 200


class Unusable(Exception):
    """A record that cannot be taken: which field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason


def number(value: Any) -> float:
    """A finite number, also when written as text; NaN when it is none."""
    kind = type(value)
    if kind is float or kind is int:
        return float(value) if -1e300 < value < 1e300 else NAN
    if kind is str and (found := _NUMBER.fullmatch(value.strip())):
        return float(found[0])
    return NAN


def within(value: Any, low: float, high: float) -> float:
    """A number from ``low`` to ``high`` inclusive; NaN otherwise, so that no wire sentinel survives."""
    n = number(value)
    return n if low <= n <= high else NAN


def circle(value: Any) -> float:
    """Degrees 0 <= x < 360; NaN otherwise (360 and 511 mean 'not available' in AIS, ITU-R M.1371)."""
    n = number(value)
    return n if 0.0 <= n < 360.0 else NAN


def whole(value: Any, low: int, high: int) -> int | None:
    """An integer from ``low`` to ``high``; None otherwise."""
    n = number(value)
    return int(n) if low <= n <= high and n == int(n) else None


def text(value: Any) -> str:
    """Text as received, without AIS '@' padding and outer blanks; '' when it is none."""
    if not isinstance(value, str):
        return ""
    return value[:_TEXT_LIMIT].partition("@")[0].strip()


def nav_status(value: Any) -> int:
    """Navigational status 0..15; NO_STATUS when not given."""
    status = whole(value, 0, NO_STATUS)
    return NO_STATUS if status is None else status


def position(lat: Any, lon: Any) -> tuple[float, float]:
    """Degrees north and east; both NaN where the source says 'no position' (lat 91, lon 181, null, blank).

    Raises Unusable for numbers outside the globe and for anything that is no number.
    """
    if lat is None or lon is None or lat == "" or lon == "":
        return NAN, NAN
    north, east = number(lat), number(lon)
    for field, value, limit in (("lat", north, 90.0), ("lon", east, 180.0)):
        if math.isnan(value):
            raise Unusable(field, "not a number")
        if abs(value) > limit and abs(value) != limit + 1:
            raise Unusable(field, f"{value:g} is outside -{limit:g}..{limit:g}")
    if abs(north) > 90.0 or abs(east) > 180.0:
        return NAN, NAN
    return north, east


def clock_ms(value: Any, unit_ms: float = 1000.0) -> int | None:
    """Milliseconds from a count of seconds (or of ``unit_ms``); None for none; Unusable when implausible."""
    if value is None or value == "":
        return None
    n = number(value) * unit_ms
    if not _EARLIEST_MS < n < _LATEST_MS:
        raise Unusable("time", "not a plausible time")
    return round(n)


def written_ms(value: Any) -> int | None:
    """Milliseconds from a written date and time, UTC where no zone is given; None for none.

    Takes ISO 8601 with any number of fraction digits, a blank for the T, Go's ``+0000 UTC`` and ``GMT``.
    """
    if value is None or value == "":
        return None
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 60 else None
    if not found:
        raise Unusable("time", "not a date and time")
    *parts, fraction, zone = found.groups()
    try:
        moment = datetime(*map(int, parts), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        raise Unusable("time", "no such date or time") from None
    ms = int(moment.timestamp()) * 1000 + int((fraction or "0").ljust(3, "0")[:3]) - _offset_ms(zone)
    if not _EARLIEST_MS < ms < _LATEST_MS:
        raise Unusable("time", "not a plausible time")
    return ms


def _offset_ms(zone: str | None) -> int:
    if not zone or zone[0] not in "+-":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return (-minutes if zone[0] == "-" else minutes) * 60_000


def stamped(ms: int | None, context: ReadContext) -> tuple[int, Doubt]:
    """The time of a report and its doubt: arrival stands in where none is given, the future is marked."""
    if ms is None:
        return context.received_ms, Doubt.ARRIVAL_TIME
    return ms, Doubt.FUTURE if ms > context.now_ms + CLOCK_SLACK_MS else Doubt.NONE
