"""One line of a brief while it is put together: what it tells and which statements of the record it rests on.

Marking and reason are worked out afterwards, of the statements cited and nothing else. So whoever writes a line cites
every statement that it tells anything of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from uuid import UUID

from maoc_tui.brief.document import Cite, dtg

_LAST_MS = 253_402_300_800_000
"""The first instant of the year 10 000, which no date holds."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A position that a line tells, for the picture."""

    label: str
    kind: str
    lat: float
    lon: float
    radius_nm: float
    how: str
    at_ms: int | None

    def on_earth(self) -> Spotted:
        """The position itself. Raises ValueError, TypeError where it, its doubt or its time is none."""
        if not (abs(self.lat) <= 90 and abs(self.lon) <= 180 and isfinite(self.radius_nm)):
            raise ValueError("not a position")
        if self.at_ms is not None:
            sound_ms(self.at_ms)
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """A line without marking and reason."""

    section: str
    """"" for a position that is in the picture alone."""
    ref: str
    """What it is about; with the section the key of the line."""
    text: str
    cites: tuple[Cite, ...]
    spot: Spotted | None = None


@lru_cache(maxsize=16_384)
def cite(kind: str, identifier: str | UUID, ref: str) -> Cite:
    """A statement by table and id, as people call it; the same ones stand in many copies."""
    return Cite(kind, dashed(identifier), ref)


def dashed(identifier: str | UUID) -> str:
    """A UUID as text, from its digits alone, from text or from itself."""
    text = str(identifier)
    if len(text) == 32:
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    return text


def sound_ms(ms: int) -> None:
    """Raise ValueError, or TypeError, for what is no instant that a date-time group can tell."""
    if not 0 <= ms < _LAST_MS:
        raise ValueError("no instant of our time")


def sentence(*parts: str) -> str:
    """Parts that say something, joined by semicolons."""
    return "; ".join(filter(None, parts))


def until(ms: int | None) -> str:
    """``until 140600ZDEC22``; "" without an end."""
    return f"until {dtg(ms)}" if ms is not None else ""
