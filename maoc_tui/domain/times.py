"""Times as the watch writes them: date-time groups, ages, and what a person may type for either.

A date-time group is ``DDHHMMZMMMYY`` (ACP 121): day, hour and minute, zone letter, month, year.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from maoc_tui.problems import BadInput

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WAY_OUT = "Write a date-time group such as 061530ZJAN26, 2026-01-06T15:30Z, or 1530 for today, Zulu."
_DTG = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([A-Z])(?:([A-Z]{3})(?:([0-9]{2}|[0-9]{4}))?)?", re.ASCII)
_CLOCK = re.compile(r"([0-9]{2}):?([0-9]{2})(Z?)", re.ASCII)
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]+([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?) ?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(s|sec|min|m|h|d|w)", re.ASCII)
_SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_LEEWAY = timedelta(minutes=10)
_AGE_LIMIT_S = 100 * 365.25 * 86400


def format_dtg(moment: datetime) -> str:
    """``061530ZJAN26`` of an aware datetime; the seconds are cut, as on a clock."""
    utc = moment.astimezone(UTC)
    return f"{utc:%d%H%M}Z{MONTHS[utc.month - 1]}{utc.year % 100:02d}"


def parse_time(text: str, now: datetime, *, ahead: bool = False) -> datetime:
    """The aware UTC instant meant by what a person typed; raises BadInput saying what is missing.

    Reads a date-time group (any zone letter but J; without a month or year the one nearest to ``now``), ISO
    8601 with Z or an offset, a bare date (its first minute, Zulu), ``0312`` or ``03:12`` (Zulu today; when
    that is still to come, yesterday, unless ``ahead`` is expected: then the next one), ``now``, ``-2h``.
    """
    entered = text.strip().upper()
    squeezed = "".join(entered.split())
    if squeezed == "NOW":
        return now.astimezone(UTC)
    if squeezed[:1] in ("-", "+"):
        seconds = parse_duration(squeezed[1:])
        return _moved(now, timedelta(seconds=seconds if squeezed[0] == "+" else -seconds), entered)
    if match := _ISO.fullmatch(entered):
        return _iso(match, entered)
    if match := _CLOCK.fullmatch(squeezed):
        return _clock(match, now, ahead, entered)
    if match := _DTG.fullmatch(squeezed):
        return _dtg(match, now, entered)
    raise BadInput(f"{text.strip()!r} is not a time.", _WAY_OUT)


def _iso(match: re.Match[str], entered: str) -> datetime:
    day, clock, zone = match.groups()
    if clock and not zone:
        raise BadInput(f"{entered} has no zone.", "Add Z for Zulu, or an offset such as +01:00.")
    try:
        moment = datetime.fromisoformat(f"{day}T{clock or '00:00'}{zone or 'Z'}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{entered} is not a date and time that exists.", _WAY_OUT) from None


def _clock(match: re.Match[str], now: datetime, ahead: bool, entered: str) -> datetime:
    utc = now.astimezone(UTC)
    try:
        today = utc.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
    except ValueError:
        raise BadInput(f"{entered} is not a time of day.", _WAY_OUT) from None
    if ahead and today < utc - _LEEWAY:
        return _moved(today, timedelta(days=1), entered)
    if not ahead and today + timedelta(days=1) <= utc + _LEEWAY:
        return _moved(today, timedelta(days=1), entered)
    if not ahead and today > utc + _LEEWAY:
        return _moved(today, timedelta(days=-1), entered)
    return today


def _dtg(match: re.Match[str], now: datetime, entered: str) -> datetime:
    day, hour, minute, letter, month, year = match.groups()
    zone = _zone(letter, entered)
    if month and month not in MONTHS:
        raise BadInput(f"{entered}: {month} is not a month.", f"Months are {', '.join(MONTHS)}.")
    local = now.astimezone(zone)
    candidates = []
    for full_year, number in _months(local, month, year):
        try:
            candidates.append(datetime(full_year, number, int(day), int(hour), int(minute), tzinfo=zone))
        except ValueError:
            continue
    if not candidates:
        raise BadInput(f"{entered} is not a day and time that exists.", _WAY_OUT)
    try:
        return min(candidates, key=lambda moment: abs(moment - local)).astimezone(UTC)
    except OverflowError:
        raise BadInput(f"{entered} is out of range.", _WAY_OUT) from None


def _months(local: datetime, month: str | None, year: str | None) -> list[tuple[int, int]]:
    """Every (year, month) a date-time group may mean around ``local``."""
    if month and year:
        full = int(year) if len(year) == 4 else _century(int(year), local.year)
        return [(full, MONTHS.index(month) + 1)]
    if month:
        return [(local.year + step, MONTHS.index(month) + 1) for step in (-1, 0, 1)]
    serial = local.year * 12 + local.month - 1
    return [((serial + step) // 12, (serial + step) % 12 + 1) for step in (-2, -1, 0, 1, 2)]


def _century(two_digits: int, this_year: int) -> int:
    """The year nearest to this one that ends in two digits."""
    base = this_year - this_year % 100 + two_digits
    return min((base - 100, base, base + 100), key=lambda year: abs(year - this_year))


def _zone(letter: str, entered: str) -> timezone:
    """The military time zone of a letter: Z, A to M without J east, N to Y west."""
    if letter == "Z":
        return UTC
    if letter == "J":
        raise BadInput(f"{entered}: J means the reader's own time.", "Write it in Zulu.")
    if letter < "N":
        return timezone(timedelta(hours=ord(letter) - ord("A") + (letter < "J")))
    return timezone(-timedelta(hours=ord(letter) - ord("M")))


def _moved(moment: datetime, by: timedelta, entered: str) -> datetime:
    try:
        return (moment + by).astimezone(UTC)
    except OverflowError:
        raise BadInput(f"{entered} is out of range.", _WAY_OUT) from None


def parse_duration(text: str) -> float:
    """Seconds of ``45s``, ``2m``, ``6h``, ``1d12h``, ``5h27`` (minutes after hours need no letter)."""
    squeezed = "".join(text.lower().split())
    if re.fullmatch(r"[0-9]+h[0-9]{1,2}", squeezed, re.ASCII):
        squeezed += "m"
    parts = _DURATION.findall(squeezed)
    if not parts or "".join(number + unit for number, unit in parts) != squeezed:
        raise BadInput(f"{text.strip()!r} is not a length of time.", "Write it as 45s, 30m, 6h, 5h27 or 2d.")
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    if seconds > _AGE_LIMIT_S:
        raise BadInput(f"{text.strip()!r} is longer than a century.", "Write it as 45s, 30m, 6h, 5h27 or 2d.")
    return seconds


def format_age(seconds: float) -> str:
    """The shortest form, four cells or so: ``45s``, ``2m``, ``5h``, ``3d``; ``+2m`` for what is to come."""
    sign, whole = ("+", int(-seconds)) if seconds <= -1 else ("", int(max(seconds, 0)))
    for unit, size in (("d", 2 * 86400), ("h", 3600), ("m", 60)):
        if whole >= size:
            return f"{sign}{whole // _SECONDS[unit]}{unit}"
    return f"{sign}{whole}s"


def format_span(seconds: float) -> str:
    """A length of time in words that fit a sentence: ``45 s``, ``2 min``, ``5 h 27``, ``3 d 4 h``."""
    whole = int(abs(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    if whole < 2 * 86400:
        return f"{whole // 3600} h {whole % 3600 // 60:02d}"
    return f"{whole // 86400} d {whole % 86400 // 3600} h"
