"""Figures as lines of text: bars and tables for terminals and printed pages, in the same numbers as every picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maoc_tui.domain.figure_shown import Beside, Figure, Revision
from maoc_tui.domain.figure_terms import Measure
from maoc_tui.domain.figure_words import (
    NONE,
    drawn,
    drawn_words,
    finding,
    foot,
    happened,
    runs,
    span_words,
    unit_of,
    worded,
)
from maoc_tui.domain.figures import TOTAL, Table, Tally, Value
from maoc_tui.domain.text import printable

FILLS = ("█", "░")
"""Of the first and the second column drawn: they differ without any colour."""
_UNITS = {"kg": " kg", "rate": " %", "h": " h", "d": " d"}


def head(shown: Figure) -> str:
    """The title: what is measured and what it shows."""
    return f"{shown.measure.title}: {finding(shown)}"


def chart(shown: Figure, width: int) -> Iterator[str]:
    """Bars by period, then by row of the whole span, in ``width`` cells."""
    measure = shown.measure
    yield f"{_legend(measure):<{width - 1}}n"
    scale = _Scale(measure, [(one.period.key, one.table.total) for one in shown.slices], width)
    for one in runs(shown.slices):
        if isinstance(one, tuple):
            yield f"{one[0].period.key} … {one[1].period.key}  nothing"
        else:
            yield scale.bar(one.period.key, one.table.total)
    if shown.whole.rows:
        yield ""
        yield f"{f'by row, {span_words(shown)}':<{width - 1}}n"
        ordered = sorted(shown.whole.rows, key=lambda row: (-sum(drawn(measure, row)), row.key))
        rows = [(shown.titles.get(row.key, row.key), row) for row in ordered]
        below = _Scale(measure, rows, width)
        yield from (below.bar(title, row) for title, row in rows)


def _legend(measure: Measure) -> str:
    names = (f"{fill} {measure.columns[at].title}" for fill, at in zip(FILLS, measure.drawn, strict=False))
    return "  ".join((*names, *filter(None, (unit_of(measure),))))


class _Scale:
    """Bars of one chart: the longest takes what the words leave."""

    def __init__(self, measure: Measure, shown: Sequence[tuple[str, Tally]], width: int) -> None:
        self._measure = measure
        self._top = max((sum(drawn(measure, one)) for _, one in shown), default=0.0)
        self._label = min(max((len(label) for label, _ in shown), default=1), max(width // 3, 8))
        self._words = max((len(drawn_words(measure, one)) for _, one in shown), default=1)
        self._count = max((len(f"{one.n:,}") for _, one in shown), default=1)
        self._room = max(width - self._label - self._words - self._count - 3, 4)

    def bar(self, label: str, tally: Tally) -> str:
        """One line: label, bar, value, n."""
        cells = zip(FILLS, self._cells(drawn(self._measure, tally)), strict=False)
        bar = "".join(fill * length for fill, length in cells)
        short = label if len(label) <= self._label else f"{label[: self._label - 1]}…"
        words = drawn_words(self._measure, tally)
        return f"{short:<{self._label}} {bar:<{self._room}} {words:>{self._words}} {tally.n:>{self._count},}"

    def _cells(self, parts: Sequence[float]) -> list[int]:
        """Cells of each part; what is there at all has one, and all together never more than there are."""
        if not self._top:
            return []
        cells = [max(round(part / self._top * self._room), 1) if part else 0 for part in parts]
        cells[0] -= max(sum(cells) - self._room, 0)
        return cells


def table(shown: Figure) -> Iterator[str]:
    """Every figure: a line for each period and row, the totals, then the whole span."""
    cells: list[tuple[str, ...]] = [("period", "row", *_headings(shown.measure), "n")]
    for one in runs(shown.slices):
        if isinstance(one, tuple):
            cells.append(
                (f"{one[0].period.key} …", one[1].period.key, *([NONE] * len(shown.measure.columns)), "0")
            )
        else:
            cells += _lines(shown, one.period.key, one.table)
    if len(shown.slices) > 1:
        cells += _lines(shown, "all", shown.whole)
    return aligned(cells, 2)


def _lines(shown: Figure, period: str, table_: Table) -> Iterator[tuple[str, ...]]:
    for row in (*table_.rows, table_.total):
        title = TOTAL if row is table_.total else shown.titles.get(row.key, row.key)
        yield (period, title, *_values(shown.measure, row.values), f"{row.n:,}")


def _headings(measure: Measure) -> tuple[str, ...]:
    return tuple(f"{column.title}{_UNITS.get(column.unit, '')}" for column in measure.columns)


def _values(measure: Measure, values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(
        worded(value, column.unit, bare=True) for value, column in zip(values, measure.columns, strict=True)
    )


def aligned(cells: Sequence[tuple[str, ...]], left: int) -> Iterator[str]:
    """Lines of columns, the first ``left`` to the left, the others to the right."""
    widths = [max(len(line[at]) for line in cells) for at in range(len(cells[0]))]
    for line in cells:
        parts = (
            cell.ljust(width) if at < left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join(parts).rstrip()


def comparison(shown: Figure) -> Iterator[str]:
    """The last period that is over beside the one before, the same a year before, and the mean of five years."""
    beside, measure = shown.beside, shown.measure
    names = " + ".join(measure.columns[at].title for at in measure.drawn)
    yield f"{beside.period} beside others: {', '.join(filter(None, (names, unit_of(measure))))}"
    tables = dict([(beside.period, beside.now), beside.before, *filter(None, (beside.year_before,))])
    cells: list[tuple[str, ...]] = [("row", *tables, f"mean of {beside.mean_of} y")]
    for key in (*dict.fromkeys(row.key for one in tables.values() for row in one.rows), TOTAL):
        rows = ((one.total if key == TOTAL else one.row(key)) for one in tables.values())
        told = (drawn_words(measure, row) if row is not None else NONE for row in rows)
        cells.append((shown.titles.get(key, key), *told, _mean(measure, beside, key)))
    cells.append(("n", *(f"{one.total.n:,}" for one in tables.values()), ""))
    yield from aligned(cells if beside.mean_of else [line[:-1] for line in cells], 1)
    if beside.mean_of < 3:
        years = {0: "no year", 1: "one year"}.get(beside.mean_of, f"{beside.mean_of} years")
        yield f"The record has {years} before it: no trend can be read from that."


def _mean(measure: Measure, beside: Beside, key: str) -> str:
    means = beside.mean.get(key)
    return drawn_words(measure, Tally(key, means, 0)) if means is not None else NONE


def revisions(shown: Figure) -> Iterator[str]:
    """What was frozen beside what is reckoned now."""
    for one in shown.freezes:
        revised = [each for each in shown.revisions if each.freeze.name == one.name]
        yield f"frozen {one.name} by {one.by}: {len(revised) or 'no'} revision{'s' * (len(revised) != 1)} since"
        yield from (f"  {revision_words(shown, each)}" for each in revised)
    yield from (
        f"frozen {name}: withheld, it rests on what you do not see any more" for name in shown.withheld
    )
    yield from (f"frozen {name}: NOT WHAT WAS FROZEN, it was changed since" for name in shown.altered)


def revision_words(shown: Figure, one: Revision) -> str:
    """``2022-11 cocaine weighed: 840 kg frozen, 1,040 kg now``."""
    change = one.change
    column = shown.measure.columns[change.column] if change.column >= 0 else None
    unit, title = (column.unit, column.title) if column is not None else ("count", "n")
    was, now = worded(change.was, unit), worded(change.now, unit)
    return f"{change.period} {shown.titles.get(change.row, change.row)} {title}: {was} frozen, {now} now"


def doubts(shown: Figure) -> Iterator[str]:
    """What is left out or counted in doubt, and what could not be read."""
    yield from (f"{one.ref}: {printable(one.text, 300)}" for one in shown.doubts)
    yield from (f"could not be read: {printable(one, 200)}" for one in shown.unreadable)


def whole_page(shown: Figure, width: int) -> Iterator[str]:
    """Title, bars, table, foot: what a command prints."""
    yield head(shown)
    yield from chart(shown, width)
    yield ""
    yield from table(shown)
    yield from happened(shown)
    yield foot(shown)
