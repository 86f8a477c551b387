"""What an officer lays over the chart: cursor, selection, range rings, a measured line, the scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maoc_tui.domain.positions import format_position
from maoc_tui.ui import braille
from maoc_tui.ui import chart_symbols as signs
from maoc_tui.ui.chart_canvas import Canvas, Ink, Paper
from maoc_tui.ui.chart_traffic import path
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, View

_BARS = tuple(figure * 10.0**power for power in range(-3, 5) for figure in (1, 2, 5))
"""Nautical miles a scale bar may stand for."""
_RING_POINTS = 97


@dataclass(frozen=True, slots=True)
class Rings:
    """Range rings about a point."""

    lat: float
    lon: float
    radii_nm: tuple[float, ...]


def ring_radii(view: View) -> tuple[float, ...]:
    """Three round radii, nautical miles, of which the largest about fits the view."""
    room = min(view.rows, view.columns / 2) / 2 * view.nm_per_row
    step = max((bar for bar in _BARS if 3 * bar <= room), default=_BARS[0])
    return (step, 2 * step, 3 * step)


def draw_rings(canvas: Canvas, view: View, rings: Rings) -> None:
    """Circles of equal distance on the ellipsoid, each with its radius where it is northernmost in view."""
    from maoc_tui.geo.geodesy import direct

    dots = braille.blank(view.columns, view.rows)
    course = np.linspace(0, 360, _RING_POINTS)
    names = []
    for radius in rings.radii_nm:
        lat, lon, *_ = direct(rings.lat, rings.lon, course, radius)
        braille.draw(dots, *path(view, lat, lon), on=2, of=4)
        names.append((lat[0], lon[0], figure_text(radius)))
    canvas.dots(dots, Ink.RING)
    for lat, lon, text in names:
        column, row = (int(value) for value in view.cells(lat, lon))
        canvas.write(column - len(text) // 2, row, text, Ink.RING)


def figure_text(nm: float) -> str:
    """Nautical miles without needless figures: 0.5, 12, 200."""
    return f"{nm:.3g}" if nm < 1000 else f"{nm:.0f}"


def measured(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Course and distance between positions: on a constant course, and the shortest way where it differs."""
    from maoc_tui.geo.geodesy import inverse, rhumb_inverse

    miles, course = (float(value) for value in rhumb_inverse(*start, *end))
    shortest, first = (float(value) for value in inverse(*start, *end)[:2])
    text = f"rhumb {course:05.1f}° {_miles(miles)} nm"
    return text if miles - shortest < 0.5 else f"{text}, geodesic {first:05.1f}° {_miles(shortest)} nm"


def _miles(nm: float) -> str:
    return f"{nm:.2f}" if nm < 10 else f"{nm:.1f}"


def draw_measure(
    canvas: Canvas, view: View, start: tuple[float, float], end: tuple[float, float], symbols: str
) -> None:
    """The straight line (constant course) between two positions, and its course and distance at the top."""
    x0, y0, x1, y1 = path(view, *(np.array(pair) for pair in zip(start, end, strict=True)))
    dots = braille.blank(view.columns, view.rows)
    braille.draw(dots, x0, y0, x1, y1, on=2, of=3)
    canvas.dots(dots, Ink.MEASURE)
    mark = signs.MARKS[signs.repertoire(symbols)]["anchor"]
    canvas.put(int(x0[0] // DOTS_X), int(y0[0] // DOTS_Y), mark, Ink.MEASURE)
    text = f" {measured(start, end)} "
    canvas.write(max(0, view.columns - len(text)), min(1, view.rows - 1), text, Ink.MEASURE, Paper.NOTE)


def draw_selection(canvas: Canvas, column: int, row: int) -> None:
    """Brackets around the selected contact's cell."""
    canvas.put(column - 1, row, "[", Ink.SELECTED)
    canvas.put(column + 1, row, "]", Ink.SELECTED)


def draw_cursor(canvas: Canvas, column: int, row: int, symbols: str) -> None:
    """The cursor: a cross in an empty cell, arms beside a cell that shows something."""
    mark = signs.MARKS[signs.repertoire(symbols)]["cursor"]
    if canvas.glyph[row, column]:
        canvas.put(column - 1, row, ">", Ink.CURSOR)
        canvas.put(column + 1, row, "<", Ink.CURSOR)
    else:
        canvas.put(column, row, mark, Ink.CURSOR)


def scale_bar(view: View, symbols: str) -> str:
    """A bar of round length and its nautical miles, at most a third of the width: ``├────┤ 20 nm``."""
    nm_per_column = view.nm_per_row / 2
    room = max(3, view.columns // 4)
    nm = max((bar for bar in _BARS if bar / nm_per_column <= room), default=_BARS[0])
    between = max(1, round(nm / nm_per_column) - 1)
    bar = signs.MARKS[signs.repertoire(symbols)]["bar"]
    return f"{bar[0]}{bar[1] * between}{bar[2]} {figure_text(nm)} nm"


def draw_foot(canvas: Canvas, view: View, cursor: tuple[int, int], zone: str, symbols: str) -> None:
    """The bottom row: scale at the left, the cursor's position and waters at the right."""
    row = view.rows - 1
    text = " " + " ".join(part for part in (format_position(*view.cell_centre(*cursor)), zone) if part)
    bar = scale_bar(view, symbols) + " "
    if len(bar) + len(text) <= view.columns:
        canvas.write(0, row, bar, Ink.NOTE, Paper.NOTE)
    canvas.write(max(0, view.columns - len(text)), row, text, Ink.NOTE, Paper.NOTE)
