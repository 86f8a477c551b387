"""Meridians and parallels: a step that suits the scale, dotted lines, degrees at the edges."""

from __future__ import annotations

from math import ceil, floor

import numpy as np

from maoc_tui.ui import braille
from maoc_tui.ui.chart_canvas import Canvas, Ink
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, View

_STEPS = (1 / 60, 2 / 60, 5 / 60, 10 / 60, 20 / 60, 0.5, 1, 2, 5, 10, 20, 30)
"""Degrees."""
_LINES_APART = 28
"""Least dots between two lines."""
_DOTS_APART = 4


def step(view: View) -> float:
    """Degrees between the lines of the graticule at this scale."""
    least = _LINES_APART * np.degrees(view.unit)
    return next((s for s in _STEPS if s >= least), _STEPS[-1])


def draw(canvas: Canvas, view: View) -> None:
    """Dotted meridians and parallels, written with their degrees along the top and the left edge."""
    every = step(view)
    (north, south), _ = view.positions([0, 0], [0.0, view.height])
    half = view.width / 2 * np.degrees(view.unit)
    low, high = max(south, -89.0), min(north, 89.0)
    parallels = [i * every for i in range(ceil(low / every), floor(high / every) + 1)]
    first, last = ceil((view.lon - half) / every), floor((view.lon + half) / every)
    meridians = [i * every for i in range(first, last + 1)]
    dots = braille.blank(view.columns, view.rows)
    across, down = np.arange(0, view.width, _DOTS_APART), np.arange(0, view.height, _DOTS_APART)
    _, ys = view.dots(np.array(parallels), np.full(len(parallels), view.lon))
    xs = view.width / 2 + np.radians(np.array(meridians) - view.lon) / view.unit
    for y in ys:
        braille.plot(dots, across.astype(float), np.full(len(across), y))
    for x in xs:
        braille.plot(dots, np.full(len(down), x), down.astype(float))
    canvas.dots(dots, Ink.GRID)
    for x, degrees in zip(xs, meridians, strict=True):
        text = degrees_text((degrees + 180) % 360 - 180, "EW", 3)
        canvas.write(int(x // DOTS_X) - len(text) // 2, 0, text, Ink.GRID)
    for y, degrees in zip(ys, parallels, strict=True):
        if y >= DOTS_Y:
            canvas.write(0, int(y // DOTS_Y), degrees_text(degrees, "NS", 2), Ink.GRID)


def degrees_text(degrees: float, letters: str, width: int) -> str:
    """``038°N`` style text of a graticule line; minutes only where there are some."""
    minutes = round(abs(degrees) * 60)
    whole, rest = divmod(minutes, 60)
    letter = "" if not minutes else letters[degrees < 0]
    return f"{whole:0{width}d}°{f'{rest:02d}' if rest else ''}{letter}"
