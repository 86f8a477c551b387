"""When something happened as far as it is known: a year, a month, a day or a minute, never more exact than told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.times import format_dtg, parse_time
from maoc_tui.problems import BadInput

_COARSE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_MINUTE_MS, _DAY_MS = 60_000, 86_400_000
_EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant up to, not including, another; both in milliseconds since 1970-01-01T00:00Z."""

    from_ms: int
    to_ms: int

    @property
    def minute(self) -> bool:
        """Whether it is known to the minute."""
        return self.to_ms - self.from_ms <= _MINUTE_MS

    def __str__(self) -> str:
        """``061530ZJAN26``, ``2026-01-06``, ``2026-01`` or ``2026``, as exact as it is known."""
        begins = from_ms(self.from_ms)
        if self.minute:
            return format_dtg(begins)
        length = self.to_ms - self.from_ms
        form = "%Y-%m-%d" if length <= _DAY_MS else "%Y-%m" if length <= 31 * _DAY_MS else "%Y"
        return f"{begins:{form}}"


def parse_span(text: str, now: datetime) -> Span:
    """The span of ``2021``, ``2021-09``, ``2021-09-14`` or a time as ``parse_time`` reads it; BadInput otherwise."""
    match = _COARSE.fullmatch(text.strip())
    if match is None:
        at = to_ms(parse_time(text, now)) // _MINUTE_MS * _MINUTE_MS
        return Span(at, at + _MINUTE_MS)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        begins = datetime(max(year, _EARLIEST), month or 1, day or 1, tzinfo=UTC)
        if day:
            ends = begins + timedelta(days=1)
        elif month:
            ends = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        else:
            ends = datetime(year + 1, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError):
        raise BadInput(
            f"{text.strip()} is no date that exists.", "Write 2021, 2021-09 or 2021-09-14."
        ) from None
    if year < _EARLIEST:
        raise BadInput(f"{text.strip()} lies before {_EARLIEST}.", "Check the year.")
    return Span(to_ms(begins), to_ms(ends))
