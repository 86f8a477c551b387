"""When an AIS sentence was received. AIS position reports carry no date, so the log around them must tell.

In this order: tag block ``c``, the log's prefix, the coast guard suffix, the last line of the log that tells
a time (``$PGHP``, ``$GPRMC``, ``$GPZDA``), the last sentence that told one, the clock of arrival.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from maoc_tui.feeds.nmea_frame import checksum
from maoc_tui.feeds.source import ReadContext

EXACT, MINUTE, ARRIVAL = 0, 1, 2
"""How well a time is known: to the second or so, to the minute only, or not at all."""

FIRST_S, LAST_S = 631_152_000, 4_102_444_800
"""1990 to 2100 in seconds: outside it a number is no time of an AIS log."""
_EPOCH = re.compile(rb"(?<![\w.])(\d{9,10}(?:\.\d{1,9})?|\d{12,13})(?![\w.])")
_ISO = re.compile(
    rb"(\d{4})[-/](\d\d)[-/](\d\d)[T ,;]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?"
)
_SENTENCE = re.compile(rb"\s*\$([^*$!]{5,120})\*([0-9A-Fa-f]{2})\s*")
_LONE_TAG = re.compile(rb"\s*\\([^\\]*)\\\s*")
_CLOCK = re.compile(rb"(\d\d)(\d\d)(\d\d)(?:\.(\d{1,3})\d*)?")
_LATITUDE, _LONGITUDE = re.compile(rb"\d{4}(?:\.\d+)?|"), re.compile(rb"\d{5}(?:\.\d+)?|")
_TELLS = re.compile(rb"\s*(?:\\|\$(?:PGHP|[A-Z]{2}(?:RMC|ZDA)),)")
_MOST_GROUPS = 512


@dataclass(slots=True)
class Tag:
    """What a tag block tells: time in ms or None, source station, group as number and id."""

    ms: int | None = None
    source: bytes = b""
    group: tuple[bytes, bytes] | None = None


def epoch_ms(text: bytes) -> int | None:
    """Milliseconds from a count of seconds or milliseconds since 1970; None when it is no plausible time."""
    try:
        value = float(text)
    except ValueError:
        return None
    if FIRST_S < value < LAST_S:
        return round(value * 1000)
    if FIRST_S * 1000 < value < LAST_S * 1000:
        return round(value)
    return None


def tag_block(block: bytes) -> Tag:
    """Read a tag block without its backslashes; one with a wrong checksum tells nothing."""
    body, star, given = block.partition(b"*")
    tag = Tag()
    try:
        if not star or int(given, 16) != checksum(body):
            return tag
    except ValueError:
        return tag
    for item in body.split(b","):
        code, _, value = item.partition(b":")
        if code == b"c":
            tag.ms = epoch_ms(value)
        elif code == b"s":
            tag.source = value
        elif code == b"g" and value.count(b"-") == 2:
            number, _, group = value.split(b"-")
            tag.group = (number, group)
    return tag


def written(text: bytes) -> tuple[int | None, int]:
    """The time that stands before a sentence: ms and EXACT or MINUTE; UTC where no zone is given."""
    ms = epoch_ms(text)
    if ms is not None:
        return ms, EXACT
    if found := _ISO.search(text):
        return _iso_ms(*found.groups())
    if found := _EPOCH.search(text):
        return epoch_ms(found[1]), EXACT
    return None, EXACT


def suffix(text: bytes) -> tuple[int | None, bytes]:
    """Time and station of a coast guard suffix: the first field of ten digits, the first r... or b... field.

    Some networks append a second, older count; the first one agrees with the receiver's own t field.
    """
    ms, station = None, b""
    for item in text.strip().split(b",")[1:]:
        if ms is None and len(item) == 10 and item.isdigit():
            ms = epoch_ms(item)
        elif not station and item[:1] in (b"r", b"b") and len(item) > 4:
            station = item
    return ms, station


class LogClock:
    """The running time of one log: remembers the lines that tell it."""

    def __init__(self, context: ReadContext) -> None:
        self._arrival = context.received_ms
        self._last: int | None = None
        self._told: int | None = None
        self._station = b""
        self.pending: Tag | None = None
        """What a tag block alone on its line told of the next sentence."""
        self._groups: dict[bytes, Tag] = {}

    def stamp(self, before: bytes, tag: bytes | None, after: bytes) -> tuple[int, int, bytes]:
        """Time in ms, how well it is known, and the station, of one sentence."""
        ms, station, quality = None, b"", EXACT
        told = tag_block(tag) if tag is not None else self.pending
        self.pending = None
        if told:
            ms, station = self._grouped(told)
        if ms is None and before and not before.isspace():
            ms, quality = written(before)
        if after and after[:1] == b",":
            late, receiver = suffix(after)
            ms, station = (late if ms is None else ms), station or receiver
        if ms is not None:
            self._told = ms
            return ms, quality, station
        ms, quality = self.running()
        return ms, quality, station or self._station

    def running(self) -> tuple[int, int]:
        """Time in ms of a sentence that tells none itself, and how well it is known."""
        last = self._told if self._last is None else self._last
        return (self._arrival, ARRIVAL) if last is None else (last, EXACT)

    def told(self, ms: int) -> None:
        """Remember the time that a sentence told by its prefix."""
        self._told = ms
        self.pending = None

    def _grouped(self, tag: Tag) -> tuple[int | None, bytes]:
        """Time and station of a tag block; later lines of a group inherit those of its first."""
        if tag.group is None:
            return tag.ms, tag.source
        number, group = tag.group
        first = self._groups.get(group)
        if number == b"1" or first is None:
            if len(self._groups) >= _MOST_GROUPS:
                del self._groups[next(iter(self._groups))]
            self._groups[group] = tag
            return tag.ms, tag.source
        return (first.ms if tag.ms is None else tag.ms), tag.source or first.source

    def line(self, line: bytes) -> None:
        """Take in a line without an AIS sentence: a lone tag block, or a sentence that tells the time."""
        if not _TELLS.match(line):
            return
        if lone := _LONE_TAG.fullmatch(line):
            self.pending = tag_block(lone[1])
            return
        found = _SENTENCE.fullmatch(line)
        if not found or int(found[2], 16) != checksum(found[1]):
            return
        fields = found[1].split(b",")
        ms = None
        if fields[0] == b"PGHP":
            ms, self._station = _gatehouse(fields), fields[11] if len(fields) > 11 else b""
        elif fields[0][2:] == b"RMC" and len(fields) > 9 and fields[2] == b"A" and _sound(fields):
            ms = _dated(fields[1], fields[9][:2], fields[9][2:4], _century(fields[9][4:6]))
        elif fields[0][2:] == b"ZDA" and len(fields) > 4:
            ms = _dated(fields[1], fields[2], fields[3], fields[4])
        if ms is not None:
            self._last = ms


def _sound(fields: list[bytes]) -> bool:
    """True when an RMC's position has the form of one: a receiver that garbles it garbles its date too."""
    return bool(_LATITUDE.fullmatch(fields[3]) and _LONGITUDE.fullmatch(fields[5]))


def _century(year: bytes) -> bytes:
    return (b"19" if year >= b"80" else b"20") + year


def _dated(clock: bytes, day: bytes, month: bytes, year: bytes) -> int | None:
    found = _CLOCK.fullmatch(clock)
    if not found:
        return None
    fraction = int((found[4] or b"0").ljust(3, b"0"))
    return _moment((year, month, day, found[1], found[2], found[3]), fraction)


def _gatehouse(fields: list[bytes]) -> int | None:
    """``$PGHP,1,y,m,d,h,mi,s,ms,country,region,station,online,checksum``: the time of what follows."""
    if len(fields) < 9 or not fields[8].isdigit():
        return None
    return _moment(fields[2:8], int(fields[8][:3]))


def _moment(digits: Sequence[bytes], milli: int) -> int | None:
    """Milliseconds of year, month, day, hour, minute, second in UTC; None when there is no such time."""
    try:
        year, month, day, hour, minute, second = map(int, digits)
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    seconds = int(moment.timestamp())
    return seconds * 1000 + milli if FIRST_S < seconds < LAST_S else None


def _iso_ms(*parts: bytes | None) -> tuple[int | None, int]:
    """Milliseconds of matched year..minute, second or none, fraction or none, zone or none."""
    *digits, fraction, zone = parts
    ms = _moment([part or b"0" for part in digits], int((fraction or b"0")[:3].ljust(3, b"0")))
    if ms is not None and zone and zone != b"Z":
        ms -= _offset_ms(zone)
        ms = ms if FIRST_S * 1000 < ms < LAST_S * 1000 else None
    return ms, EXACT if digits[-1] else MINUTE


def _offset_ms(zone: bytes) -> int:
    ms = (int(zone[1:3]) * 60 + int(zone[-2:])) * 60_000
    return -ms if zone[:1] == b"-" else ms
