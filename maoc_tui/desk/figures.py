"""The figures desk: each measure by month or year, reckoned from what the viewer sees and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from maoc_tui.desk.figure_counting import Counted, counted
from maoc_tui.desk.figure_freeze import as_frozen, compared, freeze, freezes, known
from maoc_tui.desk.figure_titles import titles_of
from maoc_tui.desk.room import Room
from maoc_tui.domain.figure_shown import Beside, Figure, Slice
from maoc_tui.domain.figure_terms import Measure, Measures, shipped
from maoc_tui.domain.figures import (
    MONTH,
    MOST_PERIODS,
    TOTAL,
    YEAR,
    Period,
    Table,
    before,
    mean,
    parse_by,
    period_of,
    periods,
)
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.spans import Span, parse_span
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput

__all__ = ["as_frozen", "figure", "figures", "freeze", "freezes", "measures"]

_YEARS = 5
_EVER = 2**52


def measures() -> Measures:
    """The measures with their written definitions."""
    return shipped()


def figure(
    room: Room, viewer: Viewer, measure: str, *, by: str = MONTH, since: str = "", until: str = ""
) -> Figure:
    """One measure by month or year; all that is recorded without a span. Raises BadInput.

    ``since`` and ``until`` are as exact as typed: ``2026-03`` is its first instant, and up to its end.
    """
    (found,) = _figures(room, viewer, [shipped().parse(measure).code], by, since, until)
    return found


def figures(
    room: Room, viewer: Viewer, *, by: str = MONTH, since: str = "", until: str = ""
) -> tuple[Figure, ...]:
    """Every measure, as ``figure``."""
    return _figures(room, viewer, list(shipped().by_code), by, since, until)


def _figures(
    room: Room, viewer: Viewer, codes: Sequence[str], by: str, since: str, until: str
) -> tuple[Figure, ...]:
    require(viewer, Act.READ)
    word = parse_by(by)
    begins, ends = _span(room, since, until)
    found = counted(room, viewer, codes)
    held = known(room, viewer)
    return tuple(compared(room, viewer, _made(room, one, word, begins, ends), held) for one in found)


def _span(room: Room, since: str, until: str) -> tuple[int, int]:
    now = room.clock.now()
    begins = _reckoned(parse_span(since, now)).from_ms if since.strip() else -1
    ends = _reckoned(parse_span(until, now)).to_ms if until.strip() else _EVER
    if begins >= ends:
        raise BadInput("The span ends before it begins.", "Exchange the two times.")
    return begins, ends


def _reckoned(span: Span) -> Span:
    """A span that figures can be had of: nothing that lies before 1970 is read."""
    if span.from_ms < 0:
        raise BadInput(f"Figures begin with 1970; {span} lies before.", "Give 1970 or later.")
    return span


def _made(room: Room, one: Counted, by: str, begins: int, ends: int) -> Figure:
    now = room.clock.now_ms()
    shown = _periods(one, by, begins, ends, now)
    begins, ends = max(begins, shown[0].from_ms), min(ends, shown[-1].to_ms)
    records = one.within(begins, ends)
    slices = tuple(
        Slice(period, one.table(each for each in records if period.holds(each.at_ms))) for period in shown
    )
    whole = one.table(records)
    return Figure(
        measure=one.measure,
        by=by,
        from_ms=begins,
        to_ms=ends,
        as_of_ms=now,
        slices=slices,
        whole=whole,
        titles=titles_of(one.measure.code, [row.key for row in whole.rows]),
        doubts=one.doubts(begins, ends),
        marking=one.marking(records),
        beside=_beside(one, by, _last(slices, now)),
        unreadable=one.unreadable,
    )


def _periods(one: Counted, by: str, begins: int, ends: int, now: int) -> tuple[Period, ...]:
    """The periods shown: of what was typed, else from the first record up to now, the last twenty years at most."""
    held = one.within(begins, ends)
    last = ends if ends < _EVER else max([now, *(record.at_ms for record in held[-1:])]) + 1
    if begins >= 0:
        return periods(begins, last, by)
    first = min([record.at_ms for record in held[:1]] or [min(now, last - 1)])
    earliest = before(period_of(last - 1, by), by, MOST_PERIODS - 1).from_ms
    return periods(max(first, earliest), last, by)


def _last(slices: Sequence[Slice], now: int) -> Slice:
    """The last period that is over; where none is, the last one."""
    return next((one for one in reversed(slices) if one.period.to_ms <= now), slices[-1])


def _beside(one: Counted, by: str, last: Slice) -> Beside:
    """The last period beside the one before, the same a year before, and the mean of five years."""

    def table(period: Period) -> Table:
        return one.table(one.within(period.from_ms, period.to_ms))

    step = 1 if by == YEAR else 12
    first = one.records[0].at_ms if one.records else _EVER
    earlier = [before(last.period, by, step * years) for years in range(1, _YEARS + 1)]
    tables = [table(period) for period in earlier if period.to_ms > first]
    previous = before(last.period, by, 1)
    now = table(last.period)
    keys = dict.fromkeys(row.key for each in (now, *tables) for row in each.rows)
    return Beside(
        period=last.period.key,
        now=now,
        before=(previous.key, table(previous)),
        year_before=(earlier[0].key, table(earlier[0])) if by == MONTH else None,
        mean={key: _means(one.measure, tables, key) for key in (*keys, TOTAL)},
        mean_of=len(tables),
    )


def _means(measure: Measure, tables: Sequence[Table], key: str) -> tuple[float | None, ...]:
    """The mean of each column over tables; a row that is in none of a year counts as nothing there."""
    rows = [table.total if key == TOTAL else table.row(key) for table in tables]
    return tuple(
        mean(
            (row.values[at] if row is not None else None if column.unit in ("rate", "h") else 0)
            for row in rows
        )
        for at, column in enumerate(measure.columns)
    )
