"""The list of measures, and one measure's chart, table, definition, doubts and what it revises, as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.domain import figure_text as text
from maoc_tui.domain.figure_terms import shipped
from maoc_tui.domain.figure_words import drawn_words, finding, foot, happened, sparks, unit_of
from maoc_tui.domain.text import printable
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.domain.figure_shown import Figure

CHART, TABLE, WHY, DOUBTS, COMPARE, FROZEN = "chart", "table", "why", "doubts", "compare", "frozen"
_SPARKS = 12
COLUMNS = (
    Column("measure", "Measure", 29, 1, grow=True),
    Column("last", f"Last {_SPARKS}", _SPARKS, 1),
    Column("whole", "In all", 15, 2, right=True),
    Column("n", "n", 6, 1, right=True),
    Column("doubts", "Doubts", 6, 1, right=True),
    Column("revised", "Rev", 4, 1, right=True),
)
_LEAST = 20


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One measure on the list."""

    figure: Figure

    @property
    def ref(self) -> str:
        """Its code."""
        return self.figure.measure.code

    @property
    def marking(self) -> object:
        """The marking of everything it tells; "" where it tells of nothing."""
        return self.figure.marking or ""


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """One measure in the panel."""

    row: FigureRow


def listed(rows: Sequence[FigureRow]) -> Listed:
    """The measures in the order of the file."""
    return Listed([(row.ref, row.figure) for row in rows], _cells)


def _cells(shown: Figure) -> Sequence[Cell]:
    unit = unit_of(shown.measure)
    whole = f"{drawn_words(shown.measure, shown.whole.total)} {unit}".strip()
    doubts = len(shown.doubts) + len(shown.unreadable)
    return (
        (shown.measure.title, "strong" if shown.n else "dim"),
        (sparks(shown, _SPARKS), "mark"),
        (whole if shown.n else "", "text"),
        (f"{shown.n:,}", "text" if shown.n else "dim"),
        (f"? {doubts}" if doubts else "", "warn"),
        (f"~ {len(shown.revisions)}" if shown.revisions else "", "bad"),
    )


def sheet_lines(shown: Figure, view: str, width: int) -> list[Line]:
    """One measure in a view: title, body, and under it n, span, as of and marking."""
    head: list[Line] = [((shown.measure.title, "title"), (f"  {printable(finding(shown), 200)}", "strong"))]
    body = [*_BODIES[view](shown, max(width, _LEAST))]
    notes: list[Line] = [((one, "mark"),) for one in happened(shown)] if view in (CHART, TABLE) else []
    tail: list[Line] = [(("", "text"),), *notes, ((printable(foot(shown), 400), "dim"),)]
    if view in (CHART, TABLE):
        tail += _pointers(shown)
    return [*head, *body, *tail, ((shown.note, "dim"),)]


def _pointers(shown: Figure) -> Iterator[Line]:
    """What else there is to know, with its key."""
    doubts = len(shown.doubts) + len(shown.unreadable)
    if doubts:
        yield ((f"? {doubts} doubt{'s' * (doubts != 1)}: d lists them", "warn"),)
    if shown.revisions:
        yield ((f"~ {len(shown.revisions)} revised since frozen: v shows both", "bad"),)
    elif shown.freezes:
        yield ((f"frozen {', '.join(one.name for one in shown.freezes)}: as it stands here", "good"),)


def _plain(lines: Iterator[str], look: str = "text") -> Iterator[Line]:
    return (((one, look),) for one in lines)


def _chart(shown: Figure, width: int) -> Iterator[Line]:
    for at, one in enumerate(text.chart(shown, width)):
        yield ((one, "dim" if at == 0 or one.startswith("by row") else "text"),)


def _table(shown: Figure, width: int) -> Iterator[Line]:
    for at, one in enumerate(text.table(shown)):
        cut = one if len(one) <= width else f"{one[: width - 1]}…"
        yield ((cut, "dim" if at == 0 else "strong" if "  total " in f"{one} " else "text"),)


def _why(shown: Figure, _: int) -> Iterator[Line]:
    measures = shipped()
    yield (("", "text"),)
    yield (("decided by   ", "dim"), (shown.measure.at, "text"))
    yield (("definition   ", "dim"), (shown.measure.definition, "text"))
    yield (("source       ", "dim"), (f"{measures.source} (as of {measures.as_of})", "dim"))
    yield (("", "text"),)
    for one in measures.unmeasured:
        yield (("not measured ", "dim"), (f"{one.title}. {one.reason}", "text"))


def _doubts(shown: Figure, _: int) -> Iterator[Line]:
    found = [*text.doubts(shown)]
    yield (("", "text"),)
    if not found:
        yield (("Nothing is left out, and nothing in doubt.", "good"),)
    for one in found:
        ref, _, words = one.partition(": ")
        yield ((f"{ref:<11} ", "mark"), (words, "text"))


def _compare(shown: Figure, _: int) -> Iterator[Line]:
    yield (("", "text"),)
    yield from _plain(text.comparison(shown))


def _frozen(shown: Figure, _: int) -> Iterator[Line]:
    found = [*text.revisions(shown)]
    yield (("", "text"),)
    if not found:
        yield (("Nothing shown here was frozen: F freezes a month or year that is over.", "dim"),)
    for one in found:
        yield ((one, "warn" if one.startswith("  ") else "text"),)


_BODIES: Mapping[str, Callable[[Figure, int], Iterator[Line]]] = {
    CHART: _chart,
    TABLE: _table,
    WHY: _why,
    DOUBTS: _doubts,
    COMPARE: _compare,
    FROZEN: _frozen,
}
