"""A line of the log as typed in two seconds: its time, its kind, its words.

``0312 boarding, two aboard`` is 03:12Z on the day that lies nearest: today, around midnight the day before or after. A
figure is taken for a time only where a blank and a word follow that is no unit; whatever else (``1500 m astern``,
``2355 3 aboard``) stays in the text whole, and that it does is told. ``0312Z`` and ``03:12`` are times wherever they
stand first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from maoc_tui.domain.amounts import shipped
from maoc_tui.domain.clock import CLOCK_SLACK_MS
from maoc_tui.domain.times import parse_time
from maoc_tui.problems import BadInput

AHEAD = timedelta(minutes=30)
"""A time of day that comes within this is one to come, as from a clock that is fast; a later one was before."""
_TIME = re.compile(
    r"(?P<time>[0-9]{4}|[0-2][0-9]:[0-5][0-9])(?P<zone>[A-Z]|z)?(?:$|[,;.:]?\s+(?:-\s+)?|:(?=[A-Za-z]))",
    re.ASCII,
)
_DTG = re.compile(r"(?P<dtg>[0-9]{6}Z(?:[A-Z]{3}(?:[0-9]{4}|[0-9]{2})?)?)(?=$|[\s,;.:-])[\s,;.:-]*", re.ASCII)
_CLOCK = re.compile(r"([0-9]{2}):?([0-9]{2})[Zz]?", re.ASCII)
_ZULU = re.compile(r"(?:UTC|GMT|Z|zulu)\b[\s,;.:-]*", re.IGNORECASE)
_LOCAL = re.compile(r"(?:local|lt|lmt|lcl|ship'?s time|cet|cest|bst)\b(?!:)", re.IGNORECASE)
_TAG = re.compile(r"(?P<tag>[A-Za-z][A-Za-z_-]{0,30}):\s+", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+(?![^\W_]|:)")
_PLACES = "NSEWMT"
"""Zone letters that stand after a figure for something else: a latitude, metres, a true course."""
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
    figure: str = ""
    """What could have been a time of day at its beginning and was left in the text; "" for nothing."""


def split(line: str, now: datetime, corrected: datetime | None = None) -> Typed:
    """Take a line as typed apart; a time of day in a correction is of the day of the line that is ``corrected``.

    Raises BadInput for a time in another zone than Zulu.
    """
    text = line.strip()
    at, said, end = _time(text, now, corrected)
    figure = ""
    if at is None and (match := re.match(r"[0-9]{2}:?[0-9]{2}(?![0-9])", text)) and _is_time(match[0]):
        figure = match[0]
    text = text[end:].strip()
    tag = _TAG.match(text)
    return Typed(at, said, tag["tag"] if tag else "", text[tag.end() :] if tag else text, text, figure)


def _time(text: str, now: datetime, corrected: datetime | None) -> tuple[datetime | None, str, int]:
    """The time at the beginning of a line, as typed, and where it ends."""
    if match := _DTG.match(text):
        return parse_time(match["dtg"], corrected or now), match["dtg"], match.end()
    match = _TIME.match(text)
    if match is None or not _is_time(match["time"]) or (match["zone"] or "Z") in _PLACES:
        return None, "", 0
    time, zone, rest = match["time"], (match["zone"] or "").upper(), text[match.end() :]
    if zone not in ("", "Z"):
        raise BadInput(
            f"{time}{zone} is not in Zulu.",
            f"Write it in Zulu, or give the day too: --at {now:%d}{time.replace(':', '')}{zone}.",
        )
    if _LOCAL.match(rest):
        raise BadInput(f"{time} {rest.split()[0]} is not Zulu.", f"Write it in Zulu: {time}Z is {time} Zulu.")
    zulu = _ZULU.match(rest)
    if not (zone or zulu or ":" in time or _word_follows(time, rest)):
        return None, "", 0
    end = match.end() + (zulu.end() if zulu else 0)
    return time_of_day(time, now, corrected), time + (match["zone"] or ""), end


def _is_time(digits: str) -> bool:
    match = _CLOCK.fullmatch(digits)
    return match is not None and int(match[1]) < 24 and int(match[2]) < 60


def _word_follows(time: str, rest: str) -> bool:
    """Whether something follows a bare figure that makes it a time: nothing, or a word that is no unit.

    Nobody writes an amount with a nought in front, but a distance may be.
    """
    if not rest:
        return True
    word, amounts = _WORD.match(rest), shipped()
    said = word[0].casefold() if word is not None else ""
    if said in amounts.symbols:
        return False
    return time[0] == "0" or (rest[0].isalpha() and said not in amounts.words)


def time_of_day(time: str, now: datetime, corrected: datetime | None = None) -> datetime:
    """``0312`` on the day that is meant: the last one, or one that comes within 30 minutes.

    In a correction it is of the day of the line corrected; the day before or after where that lies within 30 minutes.
    Raises BadInput for no time of day.
    """
    match = _CLOCK.fullmatch(time)
    if match is None or not _is_time(time):
        raise BadInput(f"{time!r} is not a time of day.", "Write it as 0312.")
    base, day = corrected or now, timedelta(days=1)
    today = base.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
    near = [one for one in (today - day, today, today + day) if abs(one - base) <= AHEAD]
    if near:
        return near[0]
    return today if corrected is not None or today <= now else today - day


def time_beside(text: str, now: datetime, corrected: datetime | None = None) -> datetime:
    """A time given beside a line: a time of day is of the same day as one typed in the line. Raises BadInput."""
    if _CLOCK.fullmatch(text.strip()):
        return time_of_day(text.strip(), now, corrected)
    return parse_time(text, corrected or now)


def check_happened(at: datetime, now: datetime) -> None:
    """Raise BadInput for a time further ahead of the watch clock than clocks differ."""
    if at > now + timedelta(milliseconds=CLOCK_SLACK_MS):
        day = at - timedelta(days=1)
        raise BadInput(
            f"{at:%H:%M}Z lies in the future.",
            f"Give the time it happened; if it was yesterday, write the day too: {day:%d%H%M}Z.",
        )


def times_of(text: str, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Every time a text names in Zulu (``0500Z``, ``140500Z``) as written; a time of day on the day of ``at``."""
    for match in _LATER.finditer(text):
        try:
            when = parse_time(match[1], at)
        except BadInput:
            continue
        if len(match[1].replace(":", "")) == 5:
            when = at.replace(hour=when.hour, minute=when.minute, second=0, microsecond=0)
        yield match[1], when


def due_in(text: str, at: datetime) -> datetime | None:
    """The instant a line speaks of: its first time (``0500Z``, ``140500Z``) at or after ``at``; None for none."""
    for said, when in times_of(text, at):
        if when < at and len(said.replace(":", "")) == 5:
            return when + timedelta(days=1)
        if when >= at:
            return when
    return None
