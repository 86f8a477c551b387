"""A brief for one reader, compiled from the record through the gate: marking and reason of each line from its sources.

The reader's own connection shows what it may see and nothing else; nothing is taken out by hand. A line whose source
that connection does not show is not written, whatever else it tells. A record that cannot be read or told is listed,
and everything else is told without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from maoc_tui.brief.document import Cite, Document, Line, Picture, Place, Section, page_marking
from maoc_tui.desk import (
    brief_due,
    brief_events,
    brief_fans,
    brief_seizure_corrections,
    brief_seizures,
    brief_sources,
    brief_targets,
    brief_watch,
)
from maoc_tui.desk.brief_chart import picture
from maoc_tui.desk.brief_entry import Entry
from maoc_tui.desk.brief_judge import Judge, in_words, owners_of
from maoc_tui.desk.brief_reading import Gathered, gather
from maoc_tui.desk.collecting import put_off
from maoc_tui.desk.room import Room
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.gate import Standing, Statement
from maoc_tui.domain.marking import Marking, default
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import brief_reading as store
from maoc_tui.store.brief_reading import FAULTS

_LONGEST = 4_000
Composer = Callable[[Gathered], Iterable[Entry]]
_COMPOSERS: Mapping[str, tuple[Composer, ...]] = {
    "decisions": (brief_due.decisions,),
    "targets": (brief_targets.targets,),
    "operations": (brief_events.operations,),
    "seizures": (brief_seizures.seizures,),
    "assets": (brief_sources.assets,),
    "requests": (brief_due.requests,),
    "releases": (brief_sources.releases,),
    "corrections": (
        brief_targets.corrections,
        brief_events.log_corrections,
        brief_seizure_corrections.corrections,
    ),
    "ahead": (brief_watch.handed_on, brief_due.ahead, brief_fans.fans),
    "figures": (brief_seizures.figures,),
}
_NOTES = {
    "operations": "Notes that are of no particular kind stay in the log.",
    "figures": (
        "Each event counts once; computed from what this copy may tell, which may be less than the Centre's total."
    ),
}
_NONE = "Nothing in this copy."
_NO_FIGURES = "No figures in this copy: there is nothing it may count."


class Compiled(NamedTuple):
    """A copy, and the records its reader is shown as open."""

    document: Document
    open: frozenset[str] | None
    """None where that cannot be read: of nothing can be said then that it is gone."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with what the gate and its sources say of it."""

    entry: Entry
    cites: tuple[Cite, ...]
    mark: Marking
    why: str
    terms: tuple[str, ...]


def compiled(
    room: Room, reader: Viewer, since_ms: int, until_ms: int, *, number: str, version: int
) -> Document:
    """The brief of a period as ``reader`` may see it at this moment."""
    return compile_copy(room, reader, since_ms, until_ms, number=number, version=version).document


def compile_copy(
    room: Room, reader: Viewer, since_ms: int, until_ms: int, *, number: str, version: int
) -> Compiled:
    """The same, with what its reader is shown as open: what stands in neither is gone."""
    with put_off:
        return _compile_copy(room, reader, since_ms, until_ms, number, version)


def _compile_copy(
    room: Room, reader: Viewer, since_ms: int, until_ms: int, number: str, version: int
) -> Compiled:
    with room.db.reading(reader) as conn:
        made = gather(room, reader, conn, since_ms, until_ms)
        entries = list(_entries(made))
        held = _held(made, conn, entries)
    judge = Judge(_standing(room, reader), reader, held, made.granted, made.now_ms)
    every = list(made.tell(entries, lambda entry: entry.ref, lambda entry: _told(judge, entry)))
    marks = [one.mark for one in every]
    sections = tuple(_sections(made, every))
    places = tuple(made.tell(every, lambda one: one.entry.ref, _place))
    still_open = made.whole("what is open", made.still_open, None)
    document = Document(
        number=number,
        version=version,
        recipient=reader.partner,
        recipient_name=room.register.partner(reader.partner).name,
        from_ms=since_ms,
        to_ms=until_ms,
        as_of_ms=made.now_ms,
        marking=page_marking(marks or [default(reader.partner)], reader.partner),
        sections=sections,
        places=places,
        picture=_picture(made, places),
        broken=tuple(dict.fromkeys(printable(one, 200) for one in made.broken)),
    )
    return Compiled(document, still_open)


def _standing(room: Room, reader: Viewer) -> Standing:
    return room.register.standing(reader.partner, room.clock.now_ms())


def _entries(made: Gathered) -> Iterator[Entry]:
    """Every entry of every section; a section that cannot be put together is listed."""
    for name in shipped().titles:
        for composer in _COMPOSERS[name]:
            try:
                yield from list(composer(made))
            except FAULTS as fault:
                made.broken.append(f"part of {shipped().titles[name]} ({type(fault).__name__})")


def _held(made: Gathered, conn: Connection, entries: Iterable[Entry]) -> dict[str, Statement]:
    """The statements the entries rest on; what rests on one that cannot be read is listed."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for cite in entry.cites:
            wanted[cite.kind].add(cite.id)
    faults: dict[str, str] = {}
    held = store.statements(conn, wanted, faults)
    if faults:
        for entry in entries:
            found = (faults[cite.id] for cite in entry.cites if cite.id in faults)
            made.broken += [f"{entry.ref} ({fault})" for fault in found]
    return held


def _told(judge: Judge, entry: Entry) -> Iterator[Told]:
    """The entry with its marking and reason; nothing when the reader is not shown every source, or there is none."""
    if judge.shows(entry.cites):
        cites = tuple({(cite.id, cite.ref): cite for cite in entry.cites}.values())
        yield Told(entry, cites, judge.marking(cites), judge.why(cites), judge.terms(cites))


def _sections(made: Gathered, every: Iterable[Told]) -> Iterator[Section]:
    by_section: dict[str, list[Told]] = defaultdict(list)
    for one in every:
        by_section[one.entry.section].append(one)
    for name, title in shipped().titles.items():
        lines, met = [], dict[str, int]()
        for one in by_section[name]:
            ref = one.entry.ref
            met[ref] = met.get(ref, 0) + 1
            again = f" #{met[ref]}" if met[ref] > 1 else ""
            lines.append(_line(one, f"{name}/{ref}{again}"))
        yield Section(title, tuple(lines), _note(made, name, lines))


def _note(made: Gathered, name: str, lines: list[Line]) -> str:
    if name == "targets":
        return brief_targets.targets_note(made)
    if not lines:
        return _NO_FIGURES if name == "figures" else _NONE
    return _NOTES.get(name, "")


def _line(one: Told, key: str) -> Line:
    marking, owners = in_words(one.mark), owners_of(one.mark)
    return Line(key, _clean(one.entry.text), marking, one.why, one.cites, one.terms, owners)


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    """The same words stand in many copies."""
    return printable(text, _LONGEST)


def _place(one: Told) -> Iterator[Place]:
    """The position of an entry. Raises ValueError where it is none on this earth."""
    if one.entry.spot is not None:
        spot = one.entry.spot.on_earth()
        yield Place(
            one.entry.ref, printable(spot.label, 60), spot.kind, spot.lat, spot.lon, spot.radius_nm, spot.how,
            spot.at_ms, in_words(one.mark), one.why, one.cites, one.terms, owners_of(one.mark),
        )  # fmt: skip


def _picture(made: Gathered, places: tuple[Place, ...]) -> Picture | None:
    try:
        return picture(places)
    except FAULTS as fault:
        made.broken.append(f"the picture ({type(fault).__name__})")
        return None
