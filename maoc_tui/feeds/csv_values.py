"""Columns of cells to columns of numbers and times: all at once, cell by cell where they are not clean."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.feeds.columns import POWERS, Column, fixed_point

BLANK = frozenset(
    {b"", b"null", b"none", b"nan", b"na", b"n/a", b"unknown", b"undefined", b"unknown value", b"-", b"\\n"}
)
"""What publishers write for 'not available', in lower case."""
_NUMBER = re.compile(rb"[+-]?(?:\d{1,18}(?:[.,]\d{0,40})?|[.,]\d{1,40})(?:[eE][+-]?\d{1,2})?")
_WRITTEN = re.compile(
    rb"(?:(\d{4})[-/.](\d\d?)[-/.](\d\d?)|(\d\d?)[-/.](\d\d?)[-/.](\d{4})|(\d{4})(\d\d)(\d\d))"
    rb"[T _]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_FIRST_S, _LAST_S = -6_000_000_000, 4_102_444_800
"""1779 to 2100 in seconds; some publishers move fishing tracks into another century."""
_FIRST_EPOCH_S = 631_152_000
"""1990: a smaller count of seconds is no time of a position."""
_DATE_MARKS, _BETWEEN = list(b"-/."), list(b" T")
_ISO = (0, 1, 2, 3), (5, 6), (8, 9), (4, 7)
_DAY_FIRST = (6, 7, 8, 9), (3, 4), (0, 1), (2, 5)

Bad = NDArray[np.bool_]


def is_blank(cell: bytes) -> bool:
    """True when a cell says that the value is not available."""
    return not cell or cell.strip().lower() in BLANK


def numbers(cells: Column) -> tuple[NDArray[np.float64], Bad]:
    """Numbers of a column, NaN where not available, and where a cell is no number."""
    value, places, good = fixed_point(cells)
    found = np.where(cells.lengths == 0, np.nan, value / POWERS[places])
    return _mended(found, cells, ~good, number)


def integers(cells: Column) -> tuple[NDArray[np.int64], Bad]:
    """Non-negative whole numbers of a column, -1 where blank, and where a cell is none; 57.0 is 57."""
    value, places, good = fixed_point(cells)
    good &= (places == 0) & (value >= 0)
    return _mended(np.where(cells.lengths == 0, -1, value), cells, ~good, whole)


def words(cells: Column, read: Callable[[bytes], int]) -> NDArray[np.int64]:
    """What ``read`` makes of every cell (its first 64 bytes), worked out once for each different one."""
    text = cells.matrix()
    different, which = np.unique(text.view(f"S{text.shape[1]}").ravel(), return_inverse=True)
    return np.array([read(bytes(word)) for word in different], np.int64)[which]


def _mended(
    found: NDArray[Any], cells: Column, doubtful: Bad, read: Callable[[bytes], Any]
) -> tuple[NDArray[Any], Bad]:
    """``found`` with the doubtful cells read one by one; ``read`` raises ValueError where it cannot."""
    bad = np.zeros(len(found), np.bool_)
    known: dict[bytes, Any] = {}
    for at in np.flatnonzero(doubtful).tolist():
        cell = cells[at]
        if cell not in known:
            try:
                known[cell] = read(cell.strip())
            except ValueError:
                known[cell] = None
        if known[cell] is None:
            found[at], bad[at] = 0, True
        else:
            found[at] = known[cell]
    return found, bad


def times(cells: Column) -> tuple[NDArray[np.int64], Bad]:
    """Milliseconds since 1970 of a column of times, UTC where no zone is given, and where a cell is none.

    Read: ISO 8601 with T or blank, dd/mm/yyyy hh:mm:ss, 20130825_004352, seconds or milliseconds since 1970.
    """
    text = np.zeros((len(cells), 32), np.uint8)
    found = cells.matrix(32)
    text[:, : found.shape[1]] = found
    day_first = len(text) > 0 and text[0, 2] in _DATE_MARKS
    ms, good = _civil(text, *(_DAY_FIRST if day_first else _ISO))
    if good.any() or len(text) == 0:
        return _mended(ms, cells, ~good, _time)
    value, places, plain = fixed_point(cells)
    seconds = value / POWERS[places]
    good = plain & _plausible(seconds)
    return _mended(np.round(np.where(good, seconds, 0) * 1000).astype(np.int64), cells, ~good, _time)


def _plausible(seconds: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (seconds >= _FIRST_EPOCH_S) & (seconds < _LAST_S)


def _civil(
    text: NDArray[np.uint8],
    year: Sequence[int],
    month: Sequence[int],
    day: Sequence[int],
    marks: Sequence[int],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Milliseconds of fixed-width dates and times, and where the text has exactly that form."""
    places = [*year, *month, *day, 11, 12, 14, 15, 17, 18]
    digits = text.astype(np.int16) - 48
    good = ((digits[:, places] >= 0) & (digits[:, places] <= 9)).all(axis=1)
    good &= np.isin(text[:, marks], _DATE_MARKS).all(axis=1) & np.isin(text[:, 10], _BETWEEN)
    good &= (text[:, [13, 16]] == ord(":")).all(axis=1)

    def value(at: Sequence[int]) -> NDArray[np.int64]:
        total = np.zeros(len(text), np.int64)
        for place in at:
            total = total * 10 + digits[:, place]
        return total

    months = (value(year) - 1970) * 12 + value(month) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = first + value(day) - 1
    good &= (value(month) >= 1) & (value(month) <= 12) & (value(day) >= 1) & (days < after)
    hour, minute, second = value((11, 12)), value((14, 15)), value((17, 18))
    good &= (hour < 24) & (minute < 60) & (second < 60) & (value(year) >= 1780) & (value(year) < 2100)
    milli, whole = _fraction(text, digits)
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli, good & whole


def _fraction(
    text: NDArray[np.uint8], digits: NDArray[np.int16]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Milliseconds of what follows the seconds: nothing, Z, or a point and digits."""
    tail, code = digits[:, 20:], text[:, 19:]
    numeric = (tail >= 0) & (tail <= 9)
    ended = (code[:, 1:] == 0) | (code[:, 1:] == ord("Z"))
    pointed = (code[:, 0] == ord(".")) & numeric[:, 0] & (numeric | ended).all(axis=1)
    thousandths = np.where(numeric[:, :3], tail[:, :3], 0) @ np.array([100, 10, 1], np.int64)
    plain = ((code[:, 0] == 0) | (code[:, 0] == ord("Z"))) & (code[:, 1:] == 0).all(axis=1)
    return np.where(pointed, thousandths, 0), plain | pointed


def number(cell: bytes) -> float:
    """One number, decimal comma or point, NaN when not available; ValueError for what is none."""
    if cell.lower() in BLANK:
        return math.nan
    if not _NUMBER.fullmatch(cell):
        raise ValueError
    return float(cell.replace(b",", b"."))


def whole(cell: bytes) -> int:
    """One non-negative whole number, also as 57.0; -1 when not available; ValueError for what is none."""
    value = number(cell)
    if math.isnan(value):
        return -1
    if value != int(value) or not 0 <= value < 1 << 53:
        raise ValueError
    return int(value)


def _time(cell: bytes) -> int:
    if _NUMBER.fullmatch(cell):
        value = number(cell)
        for scale in (1000, 1):
            if _FIRST_EPOCH_S * 1000 <= value * scale < _LAST_S * 1000:
                return round(value * scale)
        raise ValueError
    found = _WRITTEN.fullmatch(cell)
    if not found:
        raise ValueError
    year, month, day, d, m, y, yy, mm, dd, hour, minute, second, fraction, zone = found.groups()
    date = int(year or y or yy), int(month or m or mm), int(day or d or dd)
    moment = datetime(*date, int(hour), int(minute), int(second or 0), tzinfo=UTC)
    seconds = round(moment.timestamp())
    if not _FIRST_S < seconds < _LAST_S:
        raise ValueError
    return seconds * 1000 + int((fraction or b"0")[:3].ljust(3, b"0")) - _offset_ms(zone)


def _offset_ms(zone: bytes | None) -> int:
    if not zone or zone[:1] not in b"+-":
        return 0
    ms = (int(zone[1:3]) * 60 + int(zone[-2:])) * 60_000
    return -ms if zone[:1] == b"-" else ms
