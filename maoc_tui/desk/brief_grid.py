"""The grid of a brief: every line of the viewer's own copy, and what becomes of it in each recipient's.

Lines are those the viewer may read, cells what a recipient gets of them: in, out, or to be asked for. Whoever may not
look through another partner's eyes, or is not told who else has what it sees, has one column: its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from maoc_tui.brief.document import Document, Line
from maoc_tui.brief.told import TITLE as POSITIONS
from maoc_tui.brief.told import as_line, told
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_compile import compiled
from maoc_tui.desk.brief_reader import Span, reader, span
from maoc_tui.desk.brief_stops import Stops, stops
from maoc_tui.desk.brief_variant import compiled_for, recipients, since
from maoc_tui.desk.gate import told_of_others
from maoc_tui.desk.journal import consult
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.marking import default
from maoc_tui.domain.roles import Act, allowed, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store.briefs import Brief


class Mark(StrEnum):
    """What becomes of a line in a copy."""

    IN = "in"
    PART = "in part"
    """It is there, but rests on less than in the viewer's own copy."""
    OUT = "out"
    ASK = "ask"
    """Its originator can be asked, and nobody did."""
    ASKED = "asked"
    """Its originator was asked and has not answered."""
    FREE = "may be released"
    """Nobody need be asked: two officers can release it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line in one copy."""

    mark: Mark
    why: str
    """``In: named by originator ES``; ``Out: H2, originator FR, not asked (T-0001)``."""

    @property
    def inside(self) -> bool:
        """Whether the copy tells it, in whole or in part."""
        return self.mark in (Mark.IN, Mark.PART)


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line of the viewer's own copy, with a cell for each recipient."""

    key: str
    text: str
    marking: str
    owners: tuple[str, ...]
    sources: tuple[str, ...]
    """What it rests on: T-0417, OP-0002."""
    cells: tuple[Cell, ...]

    @property
    def ref(self) -> str:
        """What it is about, without its section."""
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a brief by its recipients."""

    name: str
    kept: bool
    """A version that was kept; otherwise the record as it is now."""
    as_of_ms: int
    recipients: tuple[str, ...]
    sections: tuple[tuple[str, tuple[GridLine, ...]], ...]
    """Title and lines; sections without lines are left out."""

    @property
    def lines(self) -> Iterator[GridLine]:
        """Every line, in order."""
        return (line for _, lines in self.sections for line in lines)

    def cell(self, key: str, code: str) -> Cell | None:
        """One cell; None where there is none."""
        at = self.recipients.index(code) if code in self.recipients else -1
        return next((line.cells[at] for line in self.lines if line.key == key and at >= 0), None)

    def counts(self, code: str) -> Mapping[Mark, int]:
        """How many lines of a recipient's column carry which mark."""
        at = self.recipients.index(code)
        return Counter(line.cells[at].mark for line in self.lines)

    def held_back(self, code: str) -> Mapping[str, int]:
        """How many lines are held back from a recipient, by whose they are: ``FR``, ``ES and FR``."""
        at = self.recipients.index(code)
        return Counter(" and ".join(one.owners) for one in self.lines if not one.cells[at].inside)


def grid(
    room: Room,
    viewer: Viewer,
    partners: Sequence[str] = (),
    date: str = "",
    *,
    name: str = "",
    said: Said = lambda _: None,
) -> Grid:
    """The grid of the record as it is now, or of a kept version. Raises NotPermitted, BadInput.

    ``said`` is told what is being compiled. Nobody's column but the viewer's own is there for who may not see it.
    """
    require(viewer, Act.READ)
    kept = copies.found(room, viewer, name) if name.strip() else None
    codes = columns(room, viewer, partners, kept)
    made = _kept(room, viewer, codes, kept) if kept else _live(room, viewer, codes, date, said)
    own, theirs = made
    called = kept.name if kept is not None else own.number
    consult(room, viewer, "brief", called, default(viewer.partner), f"grid for {', '.join(codes)}")
    judged = {code: _column(room, viewer, code, own, theirs[code]) for code in codes}
    every = (*((one.title, one.lines) for one in own.sections), (POSITIONS, tuple(map(as_line, own.places))))
    sections = tuple(
        (title, tuple(_line(line, [judged[code][line.key] for code in codes]) for line in lines))
        for title, lines in every
        if lines
    )
    return Grid(called, kept is not None, own.as_of_ms, codes, sections)


def columns(
    room: Room, viewer: Viewer, partners: Sequence[str], kept: Brief | None = None
) -> tuple[str, ...]:
    """Whose cells a viewer may see: those named, else all recipients, else its own alone. Raises NotPermitted."""
    others = not viewer.seeing_as and bool(allowed(viewer, Act.VIEW_AS)) and told_of_others(room, viewer)
    if kept is not None:
        others = others and copies.makes(viewer, kept)
    own = viewer.partner
    named = tuple(dict.fromkeys(room.register.partner(code).code for code in partners))
    if not others and set(named) - {own}:
        raise NotPermitted("What others get is not yours to see.", f"Leave --for out, or name {own}.")
    if not others:
        return (own,)
    held = kept.recipients if kept is not None else recipients(room)
    if kept is not None and (missing := sorted(set(named) - set(held))):
        raise BadInput(
            f"{kept.name} has no copy for {', '.join(missing)}.", f"Copies: {', '.join(kept.recipients)}."
        )
    return named or held


def _live(
    room: Room, viewer: Viewer, codes: Sequence[str], date: str, said: Said
) -> tuple[Document, Mapping[str, Document]]:
    """The viewer's own copy as it would be compiled now, reaching back as far as any, and each recipient's."""
    when, kept = span(room, date), copies.every(room)
    theirs: dict[str, Document] = {}
    for at, code in enumerate(codes, 1):
        said(f"compiling for {code}, {at} of {len(codes)}")
        theirs[code] = compiled_for(room, reader(room, viewer, code), when, kept)
    said("comparing")
    return mine(room, viewer, when, codes), theirs


def mine(room: Room, viewer: Viewer, when: Span, codes: Sequence[str]) -> Document:
    """The viewer's own copy of a day; it reaches back as far as that of any recipient."""
    looking, kept = reader(room, viewer, viewer.partner), copies.every(room)
    back = min(since(looking, kept, when, code) for code in {viewer.partner, *codes, *recipients(room)})
    return compiled(room, looking, back, when.until_ms, number=when.number, version=1)


def _kept(
    room: Room, viewer: Viewer, codes: Sequence[str], kept: Brief
) -> tuple[Document, Mapping[str, Document]]:
    """The viewer's own copy of a kept version, if all of it may still be told, and the others' beside it."""
    document, own = copies.copy_of(room, viewer, kept, viewer.partner), viewer.partner
    return document, {code: document if code == own else copies.as_kept(room, kept, code) for code in codes}


def _line(line: Line, cells: Sequence[Cell]) -> GridLine:
    return GridLine(line.key, line.text, line.marking, line.owners, line.sources, tuple(cells))


def _column(room: Room, viewer: Viewer, code: str, own: Document, copy: Document) -> Mapping[str, Cell]:
    """Line to cell for one recipient. Of what the viewer's own copy does not rest on nothing is told."""
    inside, lines = {line.key: line for line in told(copy)}, list(told(own))
    out = [line for line in lines if line.key not in inside]
    with stops(room, viewer, reader(room, viewer, viewer.partner), code, out) as found:
        return {line.key: _cell(line, inside.get(line.key), found) for line in lines}


def _cell(line: Line, theirs: Line | None, found: Stops) -> Cell:
    if theirs is None:
        return _held_back(line, found)
    if theirs.text == line.text:
        known = set(theirs.cites) <= set(line.cites)
        return Cell(Mark.IN, theirs.why if known else "In")
    return Cell(Mark.PART, "In part: it rests on less there")


def _held_back(line: Line, found: Stops) -> Cell:
    """Why a line is out, and whether its originators can be asked: the strongest reason against it counts."""
    held = found.of(line)
    for mark in (Mark.OUT, Mark.ASK, Mark.ASKED, Mark.FREE):
        for stop in held:
            if stop.mark == mark:
                return Cell(mark, stop.why)
    return Cell(Mark.OUT, "Out: nothing of it falls into the period of that copy")
