"""One line of a brief while it is put together: what it tells and which statements of the record it rests on.

Marking and reason are worked out afterwards, of the statements cited and nothing else. So whoever writes a line cites
every statement that it tells anything of.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from maoc_tui.brief.document import Cite, dtg


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


def cite(kind: str, identifier: str | UUID, ref: str) -> Cite:
    """A statement by table and id, as people call it."""
    return Cite(kind, dashed(identifier), ref)


def dashed(identifier: str | UUID) -> str:
    """A UUID as text, from its digits alone, from text or from itself."""
    text = str(identifier)
    if len(text) == 32:
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    return text


def sentence(*parts: str) -> str:
    """Parts that say something, joined by semicolons."""
    return "; ".join(filter(None, parts))


def until(ms: int | None) -> str:
    """``until 140600ZDEC22``; "" without an end."""
    return f"until {dtg(ms)}" if ms is not None else ""
