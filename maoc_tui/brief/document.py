"""A brief for one recipient: sections of lines, each with its marking, its sources and the reason it is in.

A document is a value. It is compiled elsewhere from the record through the gate; whatever is written here is made
of it and of nothing else, so that no form can tell more than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.times import format_dtg

NEW, CHANGED, GONE = "+", "~", "-"
"""Change marks against the last issue to the same recipient."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A statement of the record that a line rests on."""

    kind: str
    """Table of the statement, such as ``identity_fact``."""
    id: str
    """Its UUID."""
    ref: str
    """What people call it: T-0417, RQ-0007."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a brief: a fact with its sources and marking."""

    key: str
    """Names the line across issues: ``targets/T-0417``."""
    text: str
    marking: str
    """Of everything the line tells, in words."""
    why: str
    """Why it is in: ``In: named by originator ES 14:02Z``."""
    cites: tuple[Cite, ...] = ()
    terms: tuple[str, ...] = ()
    """Conditions under which something in it was released: they travel with it."""
    owners: tuple[str, ...] = ()
    """Partners that said what it tells; not written out."""
    change: str = ""
    """``+`` new, ``~`` changed since the last issue; "" neither, or no issue to compare with."""

    @property
    def sources(self) -> tuple[str, ...]:
        """References of what it rests on, each once."""
        return tuple(dict.fromkeys(cite.ref for cite in self.cites))


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one title."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    """What holds for the section as a whole: how a figure was counted, that there is nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the picture and in exports."""

    ref: str
    label: str
    kind: str
    """target or asset."""
    lat: float
    lon: float
    radius_nm: float
    how: str
    """fix, sighting, entered, told or base."""
    at_ms: int | None
    """None where the position has no time of its own."""
    marking: str
    why: str = ""
    """As of a line: why it is in."""
    cites: tuple[Cite, ...] = ()
    """What it rests on. A copy kept before places said so tells none, and is handed out no more."""
    terms: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Shore lines about the places, to draw them on: a frame in degrees and lines in thousandths of it."""

    south: float
    north: float
    west: float
    east: float
    """May lie beyond 180 where the frame crosses the antimeridian."""
    shores: tuple[tuple[tuple[int, int], ...], ...] = ()
    """Each a chain of (x, y) from the frame's upper left, both 0 to 1000."""

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A position in the frame, 0 to 1000 each way; outside of it where the place is not in the picture."""
        east = lon + 360 if lon < self.west else lon
        return 1000 * (east - self.west) / (self.east - self.west), 1000 * (self.north - lat) / (
            self.north - self.south
        )


@dataclass(frozen=True, slots=True)
class Document:
    """The brief of one day for one recipient."""

    number: str
    """``BR-2022-348``: year and day of the year."""
    version: int
    recipient: str
    recipient_name: str
    from_ms: int
    to_ms: int
    as_of_ms: int
    """When the record was read."""
    marking: str
    """Of the page: the strictest of all lines."""
    sections: tuple[Section, ...]
    places: tuple[Place, ...] = ()
    picture: Picture | None = None
    since: str = ""
    """The issue that changes are marked against: ``BR-2022-347 v1``; "" for none."""
    gone: tuple[str, ...] = ()
    """References of lines of that issue that are in no more."""
    broken: tuple[str, ...] = ()
    """Records that could not be read: ``T-0417 (…)``."""
    issued_ms: int | None = None
    """When it was approved; None for a draft."""
    checkpoint: str = ""
    """Short form of the journal's newest signed checkpoint at the approval."""
    supersedes: tuple[str, ...] = field(default=())
    """Earlier versions of the same number."""
    digest: str = ""
    """Of all copies of a draft together: whoever approves it says by this which one was read; "" once approved."""

    @property
    def name(self) -> str:
        """``BR-2022-348 v1``; a draft says so."""
        return f"{self.number} v{self.version}" + (" DRAFT" if self.issued_ms is None else "")

    @property
    def period(self) -> str:
        """``130600ZDEC22 to 140600ZDEC22``."""
        return f"{dtg(self.from_ms)} to {dtg(self.to_ms)}"

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, in order."""
        return (line for section in self.sections for line in section.lines)


@lru_cache(maxsize=8192)
def dtg(ms: int) -> str:
    """Date-time group of an instant."""
    return format_dtg(from_ms(ms))


def page_marking(marks: Iterable[Marking], recipient: str) -> str:
    """What stands at the head and foot of each page: all handling codes, the strictest of the rest, whom it is for."""
    held = tuple({id(mark): mark for mark in marks}.values())
    codes = sorted({code for mark in held for code in mark.handling})
    tlp = max((mark.tlp for mark in held if mark.tlp is not None), default=None)
    top = max((mark.classification for mark in held), default=None)
    words = (
        " ".join(code.name for code in codes),
        tlp.label if tlp is not None else "",
        top.label if top is not None else "",
        f"for {recipient} only",
    )
    return " · ".join(filter(None, words))
