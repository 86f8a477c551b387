"""Interceptions as a person reads them on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_bare import Bare
    from maoc_tui.desk.intercept_snapshots import Cell, Matrix


def bare_lines(found: Bare) -> Iterator[str]:
    """The answer to bare numbers."""
    from maoc_tui.desk import law_words
    from maoc_tui.desk.zone_ahead import duration
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.positions import format_position
    from maoc_tui.domain.times import format_dtg
    from maoc_tui.domain.units import format_course, format_distance_nm

    where = format_position(found.lat, found.lon)
    if found.contact_ms is not None:
        yield f"contact {format_dtg(from_ms(found.contact_ms))}, in {duration(found.hours)}, {where}"
        yield f"  steer {format_course(found.course)} for {format_distance_nm(found.distance_nm)}"
        yield f"  zone  {found.zone.text}"
    else:
        when = format_dtg(from_ms(found.gap_ms))
        yield f"no contact; {format_distance_nm(found.gap_nm)} off at best, {when}, {where}"
    if found.law is not None:
        yield f"  law   {law_words.headline(found.law)}"
    yield from (f"  {'stops' if one.stops else 'doubt'} {one.words}" for one in found.limits)
    yield f"  the target on a {found.track} line, the pursuer the shortest way"


def matrix_lines(matrix: Matrix) -> Iterator[str]:
    """Assets down, targets across; every cell with its time and what limits it."""
    from maoc_tui.cli.answers import table
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.times import format_dtg

    yield f"at {format_dtg(from_ms(matrix.at_ms))}{f', {matrix.what_if}' if matrix.what_if else ''}"
    rows = [
        {"asset": f"{one.ref} {one.name} {one.owner}", **{cell.target: cell_text(cell) for cell in row}}
        for one, row in zip(matrix.assets, matrix.cells, strict=True)
    ]
    yield table(rows, ["asset", *(one.ref for one in matrix.targets)])
    yield from (f"  {note}" for note in matrix.notes)


def cell_text(cell: Cell) -> str:
    """``5 h 12 ES EEZ ASK``; a sign for what stops (x) or makes doubtful (?)."""
    from maoc_tui.desk.zone_ahead import duration

    sign = {"able": "", "doubtful": "? ", "unable": "x "}[cell.tone]
    when = duration(cell.hours) if cell.possible else "no"
    words = (
        sign + when,
        cell.zone if cell.possible else "",
        cell.law if cell.possible else "",
        cell.limiting,
    )
    return " ".join(filter(None, words))
