"""A line of the log as typed in two seconds: its time, its kind, its words.

``0312 boarding, two aboard`` is 03:12Z today, or yesterday when that lies more than five minutes ahead of the watch
clock. What looks like a quantity (``1200 kg``) or is no time of day (``2860 bales``) is left in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from maoc_tui.domain.times import parse_time
from maoc_tui.problems import BadInput

AHEAD = timedelta(minutes=5)
"""How far ahead of the watch clock a typed time may lie and still be today's."""
_TIME = re.compile(
    r"(?P<time>[0-9]{4}|[0-2][0-9]:[0-5][0-9])(?P<zone>[A-Z])?(?=$|[\s,;.:-])[\s,;.:-]*", re.ASCII
)
_DTG = re.compile(r"(?P<dtg>[0-9]{6}Z(?:[A-Z]{3}(?:[0-9]{4}|[0-9]{2})?)?)(?=$|[\s,;.:-])[\s,;.:-]*", re.ASCII)
_TAG = re.compile(r"(?P<tag>[A-Za-z][A-Za-z_-]{0,30}):\s+", re.ASCII)
_UNIT = re.compile(
    r"(?:kg|kilos?|tons?|tonnes?|lbs?|nm|nmi|miles?|ft|km|kn|knots?|kts?|rpm|hz|khz|mhz|eur|euros?|usd|dollars?|"
    r"litres?|liters?|bales?|packages?|packets?|parcels?|bricks?|bags?|drums?|persons?)\b(?!:)",
    re.IGNORECASE,
)
"""What follows an amount; nobody writes an amount with a nought in front."""
_LATER = re.compile(
    r"\b([0-9]{6}Z(?:[A-Z]{3}(?:[0-9]{4}|[0-9]{2})?)?|[0-9]{4}Z|[0-2][0-9]:[0-5][0-9]Z)\b", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line taken apart."""

    at: datetime | None
    """When it happened; None where no time was typed."""
    said: str
    """The time as typed; "" for none."""
    tag: str
    """What was typed before a colon; "" for none. It may be a kind, or the first word of the text."""
    rest: str
    """What follows the tag, or the whole text without one."""
    text: str
    """The text with the tag still in it."""


def split(line: str, now: datetime) -> Typed:
    """Take a line as typed apart; raises BadInput for a time in another zone than Zulu."""
    text = line.strip()
    at, said = None, ""
    if match := _DTG.match(text):
        at, said = parse_time(match["dtg"], now), match["dtg"]
    elif (match := _TIME.match(text)) and (text[0] == "0" or not _UNIT.match(text[match.end() :])):
        at = _clock(match["time"], match["zone"], now)
        said = (match["time"] + (match["zone"] or "")) if at is not None else ""
    if at is not None and match:
        text = text[match.end() :].strip()
    tag = _TAG.match(text)
    return Typed(at, said, tag["tag"] if tag else "", text[tag.end() :] if tag else text, text)


def _clock(time: str, zone: str | None, now: datetime) -> datetime | None:
    digits = time.replace(":", "")
    if int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return None
    if zone not in (None, "Z"):
        raise BadInput(
            f"{time}{zone} is not in Zulu.",
            f"Write it in Zulu, or give the day too: --at {now:%d}{digits}{zone}.",
        )
    today = now.replace(hour=int(digits[:2]), minute=int(digits[2:]), second=0, microsecond=0)
    return today if today <= now + AHEAD else today - timedelta(days=1)


def due_in(text: str, at: datetime) -> datetime | None:
    """The instant a line speaks of: its first time (``0500Z``, ``140500Z``) at or after ``at``; None for none."""
    for match in _LATER.finditer(text):
        try:
            when = parse_time(match[1], at)
        except BadInput:
            continue
        if len(match[1].replace(":", "")) == 5:
            when = at.replace(hour=when.hour, minute=when.minute, second=0, microsecond=0)
            when = when if when >= at else when + timedelta(days=1)
        if when >= at:
            return when
    return None
