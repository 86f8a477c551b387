"""A figure as a table for spreadsheets: a line for each period and row, each with definition, span and marking."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.cells import table
from maoc_tui.brief.record_form import iso
from maoc_tui.domain.figure_shown import Figure
from maoc_tui.domain.figure_words import plain
from maoc_tui.domain.figures import TOTAL, Table

_HEAD = ("measure", "period", "row", "title")
_TAIL = ("n", "from", "until", "as_of", "marking", "note", "definition")


def as_csv(shown: Figure) -> str:
    """Every number of the figure; nothing in it can become a formula."""
    columns = tuple(
        f"{column.id}_{column.unit}" if column.unit in ("kg", "h", "d") else column.id
        for column in shown.measure.columns
    )
    return table((*_HEAD, *columns, *_TAIL), _rows(shown))


def _rows(shown: Figure) -> Iterator[tuple[object, ...]]:
    for one in shown.slices:
        yield from _lines(shown, one.period.key, one.table)
    yield from _lines(shown, "all", shown.whole)


def _lines(shown: Figure, period: str, made: Table) -> Iterator[tuple[object, ...]]:
    measure = shown.measure
    tail = (
        iso(shown.from_ms),
        iso(shown.to_ms),
        iso(shown.as_of_ms),
        shown.marking_text,
        shown.note,
        measure.definition,
    )
    for row in (*made.rows, made.total):
        title = TOTAL if row is made.total else shown.titles.get(row.key, row.key)
        values = (
            plain(value, column.unit) for value, column in zip(row.values, measure.columns, strict=True)
        )
        yield (measure.code, period, row.key, title, *values, row.n, *tail)
