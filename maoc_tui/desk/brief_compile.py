"""A brief for one reader, compiled from the record through the gate: marking and reason of each line from its sources.

The reader's own connection shows what it may see and nothing else; nothing is taken out by hand. A line whose source
that connection does not show is not written, whatever else it tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce

from maoc_tui.brief.document import Cite, Document, Line, Place, Section, page_marking
from maoc_tui.desk import brief_due, brief_events, brief_sources, brief_targets
from maoc_tui.desk.brief_chart import picture
from maoc_tui.desk.brief_entry import Entry
from maoc_tui.desk.brief_reading import FAULTS, Gathered, gather
from maoc_tui.desk.room import Room
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.gate import Released, Standing, Statement, Verdict, may_see
from maoc_tui.domain.marking import Marking, combine, default
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import brief_reading as store
from maoc_tui.store.brief_reading import Granted

_LONGEST = 4_000
_REASONS = 3
Composer = Callable[[Gathered], Iterable[Entry]]
_COMPOSERS: Mapping[str, tuple[Composer, ...]] = {
    "decisions": (brief_due.decisions,),
    "targets": (brief_targets.targets,),
    "operations": (brief_events.operations,),
    "seizures": (brief_events.seizures,),
    "assets": (brief_sources.assets,),
    "requests": (brief_due.requests,),
    "releases": (brief_sources.releases,),
    "corrections": (brief_targets.corrections, brief_events.log_corrections),
    "ahead": (brief_due.ahead,),
    "figures": (brief_events.figures,),
}
_NOTES = {
    "operations": "Notes that are of no particular kind stay in the log.",
    "figures": (
        "Each event counts once; computed from what this copy may tell, which may be less than the Centre's total."
    ),
}
_NONE = "Nothing in this copy."
_NO_FIGURES = "No figures in this copy: there is nothing it may count."


@dataclass(slots=True)
class Judge:
    """What the gate says of the statements a reader's lines rest on."""

    standing: Standing
    reader: Viewer
    held: Mapping[str, Statement]
    granted: Mapping[str, list[Granted]]
    now_ms: int
    _kept: dict[str, Verdict] = field(default_factory=dict)

    def verdict(self, cite: Cite) -> Verdict:
        """Whether the reader sees a statement, and by which rule; each asked once."""
        kept = self._kept.get(cite.id)
        if kept is None:
            kept = self._kept[cite.id] = self._judged(self.held[cite.id])
        return kept

    def _judged(self, statement: Statement) -> Verdict:
        releases: list[Released] = []
        if self.granted:
            releases = [one.released for at in _line_of(statement) for one in self.granted.get(at.id, ())]
        return may_see(statement, self.reader, self.standing, releases, self.now_ms)

    def terms(self, cites: Iterable[Cite]) -> tuple[str, ...]:
        """Conditions of the releases that let the reader see them."""
        if not self.granted:
            return ()
        found = (
            f"{one.condition} ({one.released.ref})"
            for cite in cites
            if self.verdict(cite).reason.startswith("In: released")
            for one in self.granted.get(cite.id, ())
            if one.released.live(self.now_ms) and one.condition
        )
        return tuple(dict.fromkeys(found))


def _line_of(statement: Statement) -> Iterator[Statement]:
    """A statement and everything it is a line of."""
    at: Statement | None = statement
    while at is not None:
        yield at
        at = at.parent


def compiled(
    room: Room, reader: Viewer, since_ms: int, until_ms: int, *, number: str, version: int
) -> Document:
    """The brief of a period as ``reader`` may see it at this moment."""
    with room.db.reading(reader) as conn:
        made = gather(room, reader, conn, since_ms, until_ms)
        entries = list(_entries(made))
        wanted: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for cite in entry.cites:
                wanted[cite.kind].add(cite.id)
        held = store.statements(conn, wanted)
    judge = Judge(_standing(room, reader), reader, held, made.granted, made.now_ms)
    sound = [entry for entry in entries if _shown(judge, entry)]
    marks = [held[cite.id].marking for entry in sound for cite in entry.cites]
    places = tuple(_places(sound, held))
    return Document(
        number=number,
        version=version,
        recipient=reader.partner,
        recipient_name=room.register.partner(reader.partner).name,
        from_ms=since_ms,
        to_ms=until_ms,
        as_of_ms=made.now_ms,
        marking=page_marking(marks or [default(reader.partner)], reader.partner),
        sections=tuple(_sections(made, judge, sound)),
        places=places,
        picture=picture(places),
        broken=tuple(dict.fromkeys(printable(one, 200) for one in made.broken)),
    )


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


def _shown(judge: Judge, entry: Entry) -> bool:
    """Whether the reader's connection showed every source, and there is one."""
    return bool(entry.cites) and all(cite.id in judge.held and judge.verdict(cite) for cite in entry.cites)


def _sections(made: Gathered, judge: Judge, entries: Iterable[Entry]) -> Iterator[Section]:
    by_section: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_section[entry.section].append(entry)
    for name, title in shipped().titles.items():
        lines, met = [], dict[str, int]()
        for entry in by_section[name]:
            met[entry.ref] = met.get(entry.ref, 0) + 1
            again = f" #{met[entry.ref]}" if met[entry.ref] > 1 else ""
            lines.append(_line(judge, entry, f"{name}/{entry.ref}{again}"))
        yield Section(title, tuple(lines), _note(made, name, lines))


def _note(made: Gathered, name: str, lines: list[Line]) -> str:
    if name == "targets":
        return brief_targets.targets_note(made)
    if not lines:
        return _NO_FIGURES if name == "figures" else _NONE
    return _NOTES.get(name, "")


def _line(judge: Judge, entry: Entry, key: str) -> Line:
    cites = tuple(dict.fromkeys(entry.cites))
    reasons = tuple(dict.fromkeys(judge.verdict(cite).reason.removeprefix("In: ") for cite in cites))
    more = f"; {len(reasons) - _REASONS} more" if len(reasons) > _REASONS else ""
    marking = _combined(frozenset(judge.held[cite.id].marking for cite in cites))
    return Line(
        key=key,
        text=_clean(entry.text),
        marking=_told(marking),
        why=f"In: {'; '.join(reasons[:_REASONS])}{more}",
        cites=cites,
        terms=judge.terms(cites),
        owners=tuple(sorted(marking.originators)),
    )


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    """The same words stand in many copies."""
    return printable(text, _LONGEST)


@lru_cache(maxsize=4096)
def _combined(marks: frozenset[Marking]) -> Marking:
    """The marking of what is made of several; the order in which they are combined does not matter."""
    return reduce(combine, sorted(marks, key=_told))


@lru_cache(maxsize=4096)
def _told(marking: Marking) -> str:
    return str(marking)


def marking_of_all(held: Mapping[str, Statement], cites: Iterable[Cite]) -> str:
    """The marking of everything cited, in words."""
    return str(_combined(frozenset(held[cite.id].marking for cite in cites)))


def _places(entries: Iterable[Entry], held: Mapping[str, Statement]) -> Iterator[Place]:
    for entry in entries:
        spot = entry.spot
        if spot is not None:
            marking = _combined(frozenset(held[cite.id].marking for cite in entry.cites))
            yield Place(
                entry.ref, printable(spot.label, 60), spot.kind, spot.lat, spot.lon, spot.radius_nm, spot.how,
                spot.at_ms, _told(marking),
            )  # fmt: skip
