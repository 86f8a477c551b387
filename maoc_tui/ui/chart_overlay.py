"""What desks reckoned, laid over the chart: the way to a contact, and how far a target can have gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maoc_tui.domain.text import printable
from maoc_tui.ui import braille
from maoc_tui.ui import chart_symbols as signs
from maoc_tui.ui import format as fmt
from maoc_tui.ui.chart_canvas import Canvas, Ink, Paper, one_cell
from maoc_tui.ui.chart_traffic import path
from maoc_tui.ui.projection import View

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Detail, Fan

Place = tuple[float, float]
_POINTS = 33


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of the overlay, broken where it cannot be seen as one."""

    lat: Sequence[float]
    lon: Sequence[float]
    """Continuous past 180."""
    ink: Ink
    on: int = 1
    of: int = 1
    """Dots drawn of so many: 2 of 4 is dashed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign with a label at a place."""

    place: Place
    sign: str
    """Name of the sign in chart_symbols.MARKS."""
    label: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Overlay:
    """Lines and marks with a sentence; a new one takes the place of the one before."""

    title: str
    lines: tuple[Drawn, ...]
    marks: tuple[Mark, ...]
    centre: Place
    target: str
    """Reference of the target it is about."""
    reach: tuple[Sequence[float], Sequence[float]] = ((), ())
    """Latitudes and longitudes that should be in view."""
    fan: bool = False
    """Whether it shows how far the target can have gone."""


def intercept(detail: Detail) -> Overlay:
    """The asset's way, the target's way, and the contact with its time."""
    cell, target = detail.cell, detail.target
    meet, start, where = (cell.lat, cell.lon), detail.start, (target.lat, target.lon)
    at = fmt.minute(cell.contact_ms) if cell.contact_ms is not None else "no contact"
    zone = f" {cell.zone}" if cell.zone else ""
    label = (
        f"{detail.asset.ref} {at}{zone}"
        if cell.possible
        else f"{detail.asset.ref}: {cell.gap_nm:.0f} nm short"
    )
    lines = (
        Drawn(*shortest(start, meet), Ink.MEASURE),
        Drawn(*_straight(where, meet), Ink.TARGET, 2, 4),
    )
    marks = (
        Mark(start, "asset", detail.asset.ref, Ink.MEASURE),
        Mark(meet, "contact", label, Ink.SELECTED),
    )
    title = f"{detail.asset.ref} {detail.asset.name} → {target.ref}: {label}"
    every = (start, meet, where)
    reach = ([lat for lat, _ in every], [lon for _, lon in every])
    return Overlay(title, lines, marks, meet, target.ref, reach)


def shortest(start: Place, end: Place) -> tuple[Sequence[float], Sequence[float]]:
    """The geodesic between two places, as a line of points; longitudes continuous."""
    from maoc_tui.geo.geodesy import direct, inverse

    miles, course = (float(value) for value in inverse(*start, *end)[:2])
    lat, lon, *_ = direct(start[0], start[1], np.full(_POINTS, course), np.linspace(0, miles, _POINTS))
    return lat.tolist(), np.degrees(np.unwrap(np.radians(lon))).tolist()


def _straight(start: Place, end: Place) -> tuple[Sequence[float], Sequence[float]]:
    """The rhumb line, straight on this chart, the short way around."""
    east = (end[1] - start[1] + 180) % 360 - 180
    return [start[0], end[0]], [start[1], start[1] + east]


def fan(found: Fan, local: bool) -> Overlay:
    """How far the target can be now and at later times, cut by land, with the first boundary and landfall."""
    lines, marks = [], []
    for one in found.lines:
        for lat, lon in one.outer:
            lines.append(Drawn(lat, lon, Ink.RING if one.hours else Ink.TARGET))
        for lat, lon in one.inner:
            lines.append(Drawn(lat, lon, Ink.RING, 1, 4))
        top = _northernmost(one.outer)
        if top is not None:
            marks.append(Mark(top, "", "now" if not one.hours else later(one.hours), Ink.RING))
    for arrival in (found.boundary, *found.landfalls[:3]):
        if arrival is not None:
            label = (
                f"{printable(arrival.short, 16)} {fmt.short_time(arrival.earliest_ms, found.at_ms, local)}"
            )
            marks.append(Mark((arrival.lat, arrival.lon), "anchor", label, Ink.SELECTED))
    every = [pair for one in found.lines for pair in one.outer]
    reach = ([x for lat, _ in every for x in lat], [x for _, lon in every for x in lon])
    since = fmt.minute(found.fix_ms, local)
    title = f"{found.target}: reach at {found.slow_kn:g} to {found.fast_kn:g} kn since {since}"
    if found.boundary is not None:
        first = found.boundary
        title += (
            f"; {printable(first.where, 40)} from {fmt.short_time(first.earliest_ms, found.at_ms, local)}"
        )
    if found.first is not None:
        title += f"; {found.first.asset} first"
    return Overlay(title, tuple(lines), tuple(marks), (found.lat, found.lon), found.target, reach, fan=True)


def later(hours: float) -> str:
    """``+6 h``, ``+5 d``."""
    return f"+{hours:.0f} h" if hours < 72 else f"+{hours / 24:.0f} d"


def _northernmost(lines: Sequence[tuple[Sequence[float], Sequence[float]]]) -> Place | None:
    return max(
        ((float(lat[at]), float(lon[at])) for lat, lon in lines if len(lat) for at in (int(np.argmax(lat)),)),
        default=None,
    )


def draw(canvas: Canvas, view: View, overlay: Overlay, symbols: str) -> None:
    """Draw its lines and marks."""
    for one in overlay.lines:
        dots = braille.blank(view.columns, view.rows)
        braille.draw(dots, *path(view, np.array(one.lat), np.array(one.lon)), on=one.on, of=one.of)
        canvas.dots(dots, one.ink)
    known = signs.MARKS[signs.repertoire(symbols)]
    for mark in overlay.marks:
        column, row = (int(value) for value in view.cells(*mark.place))
        if not (0 <= column < view.columns and 0 <= row < view.rows - 1):
            continue
        if mark.sign:
            canvas.put(column, row, known[mark.sign], mark.ink)
        text = one_cell(mark.label, 28)
        left = column + 2 if column + 2 + len(text) < view.columns else column - 1 - len(text)
        canvas.write(left, row, text, mark.ink)


def draw_title(canvas: Canvas, overlay: Overlay) -> None:
    """What is laid over the chart, in the top row."""
    canvas.write(0, 0, f" {one_cell(overlay.title, canvas.columns - 2)} ", Ink.NOTE, Paper.NOTE)
