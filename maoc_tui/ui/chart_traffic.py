"""What moves: contacts, their estimated present positions, course vectors, the track of the selected one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import Picture, Track
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.ui import braille
from maoc_tui.ui import chart_symbols as signs
from maoc_tui.ui.chart_canvas import Canvas, Ink, Paper
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, NM_PER_RADIAN, Floats, View, mercator

Ints = NDArray[np.int64]

UNDER_WAY_KN = 0.5
VECTOR_HOURS = 0.5
RECKONED_CROWD = 150
"""With more contacts than this in view only targets and the selected contact show an estimate."""
_TRACK_PARTS = ((Ink.TRACK_OLD, 0.0, 0.5), (Ink.TRACK_MIDDLE, 0.5, 0.8), (Ink.TRACK_NEW, 0.8, 1.0))
"""Inks of a track from its start to its newest fix, by share of its time."""
_RANK = {
    ContactClass.SHIP_A: 3, ContactClass.AIRCRAFT: 3, ContactClass.SHIP_B: 2, ContactClass.CRAFT: 2,
    ContactClass.SAR_AIRCRAFT: 4, ContactClass.DISTRESS: 9,
}  # fmt: skip
_BY_CLASS = np.array([_RANK.get(cls, 1) for cls in ContactClass], np.int64) * 3


@dataclass(frozen=True, slots=True)
class Traffic:
    """The contacts to show, in columns, one element a contact shown."""

    rows: Ints
    """Rows of the picture."""
    lat: Floats
    lon: Floats
    x: Floats
    """Radians of longitude."""
    y: Floats
    """Mercator ordinate in radians."""
    shape: Ints
    """Number of the symbol in ``chart_symbols.glyphs``."""
    ink: NDArray[np.uint8]
    target: NDArray[np.bool_]
    distress: NDArray[np.bool_]
    course: NDArray[np.float32]
    """Degrees true; NaN when stopped or unknown."""
    speed: NDArray[np.float32]

    @classmethod
    def of(cls, picture: Picture, rows: Ints | None, states: NDArray[np.uint8] | None) -> Traffic:
        """The symbols of a picture's rows, least important first so that the most important ends on top.

        Equal ones stay in the picture's order, by key.
        """
        chosen = np.arange(len(picture)) if rows is None else np.sort(np.asarray(rows, np.int64))
        chosen = chosen[np.isfinite(picture.lat[chosen]) & np.isfinite(picture.lon[chosen])]
        age = np.zeros(len(picture), np.uint8) if states is None else states
        kind = np.where(picture.cls < len(ContactClass), picture.cls, 0)
        target = picture.linked[chosen]
        rank = _BY_CLASS[kind[chosen]] - age[chosen] + 20 * target
        distress = kind[chosen] == ContactClass.DISTRESS
        order = np.argsort((rank + 100 * distress).astype(np.int16), kind="stable")
        at = chosen[order]
        return cls._columns(picture, at, kind[at], age[at], target[order], distress[order])

    @classmethod
    def _columns(cls, picture: Picture, at: Ints, kind: Any, age: Any, target: Any, distress: Any) -> Traffic:
        lat, lon = picture.lat[at], picture.lon[at]
        heading, cog, sog = picture.heading[at], picture.cog[at], picture.sog[at]
        still = np.isfinite(sog) & (sog < UNDER_WAY_KN)
        turn = signs.direction(np.where(np.isfinite(heading), heading, cog), ~still)
        marked = target & ~distress
        shape = signs.shape(kind, age, turn, marked)
        ink = np.where(marked, Ink.TARGET, signs.inks()[kind, age]).astype(np.uint8)
        course = np.where(still, np.nan, cog).astype(np.float32)
        return cls(at, lat, lon, np.radians(lon), mercator(lat), shape, ink, target, distress, course, sog)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where contacts came to stand, in the order they were drawn."""

    index: Ints
    """Elements of Traffic that are inside the view."""
    column: Ints
    row: Ints

    def at(self, element: int) -> tuple[int, int] | None:
        """The cell of one element of Traffic; None when it is out of view."""
        found = np.flatnonzero(self.index == element)
        return (int(self.column[found[0]]), int(self.row[found[0]])) if len(found) else None


def place(view: View, traffic: Traffic) -> Placed:
    """The contacts whose last fix is in view."""
    column, row = view.cells_of(traffic.x, traffic.y)
    index = np.flatnonzero(view.inside(column, row))
    return Placed(index, column[index], row[index])


def draw_contacts(
    canvas: Canvas, traffic: Traffic, placed: Placed, selected: int, reckoned: Ints, symbols: str
) -> None:
    """Put every contact in view on the canvas; the last drawn wins a cell, the selected one always.

    ``selected`` and ``reckoned`` are elements of Traffic; the latter are shown as mere fixes, because
    their estimated present position is shown as well.
    """
    glyph = signs.glyphs(symbols)[traffic.shape]
    glyph[reckoned[~traffic.target[reckoned]]] = ord(signs.MARKS[signs.repertoire(symbols)]["fix"])
    last = np.argsort(placed.index == selected, kind="stable")
    index, column, row = placed.index[last], placed.column[last], placed.row[last]
    canvas.glyph[row, column] = glyph[index]
    canvas.ink[row, column] = traffic.ink[index]
    chosen = (index == selected) & ~traffic.target[index] & ~traffic.distress[index]
    canvas.ink[row[chosen], column[chosen]] = Ink.SELECTED
    marked = traffic.target[index]
    canvas.paper[row[marked], column[marked]] = Paper.TARGET


def draw_vectors(canvas: Canvas, view: View, traffic: Traffic, only: NDArray[np.bool_]) -> None:
    """Where each contact will be in half an hour on its course, as dotted straight lines (rhumb lines)."""
    good = only & np.isfinite(traffic.course) & (traffic.speed > UNDER_WAY_KN)
    x, y = view.dots(traffic.lat[good], traffic.lon[good])
    near = (x > -view.width) & (x < 2 * view.width) & (y > -view.height) & (y < 2 * view.height)
    lat, course = np.radians(traffic.lat[good][near]), np.radians(traffic.course[good][near])
    length = traffic.speed[good][near] * VECTOR_HOURS / NM_PER_RADIAN / np.cos(lat) / view.unit
    dots = braille.blank(view.columns, view.rows)
    x, y = x[near], y[near]
    braille.draw(dots, x, y, x + length * np.sin(course), y - length * np.cos(course), on=1, of=2)
    canvas.dots(dots, Ink.VECTOR)


def track_dots(view: View, track: Track) -> list[tuple[braille.Dots, Ink]]:
    """The path of one contact in inks that fade with age."""
    good = np.isfinite(track.lat) & np.isfinite(track.lon)
    time = track.time[good]
    if len(time) < 2:
        return []
    x0, y0, x1, y1 = path(view, track.lat[good], track.lon[good])
    share = (time[1:] - time[0]) / max(1, time[-1] - time[0])
    drawn = []
    for ink, start, end in _TRACK_PARTS:
        part = (share > start) & (share <= end) if start else share <= end
        dots = braille.blank(view.columns, view.rows)
        braille.draw(dots, x0[part], y0[part], x1[part], y1[part])
        drawn.append((dots, ink))
    return drawn


def same_path(one: Track | None, other: Track | None) -> bool:
    """Whether two tracks draw the same line."""
    if one is None or other is None:
        return one is other
    return one.key == other.key and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("time", "lat", "lon")
    )


def path(view: View, lat: Floats, lon: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Dot coordinates of the straight parts between positions, the short way round between neighbours."""
    x, y = view.dots(lat, lon)
    world = 2 * np.pi / view.unit
    dx = np.mod(np.diff(x) + world / 2, world) - world / 2
    return x[:-1], y[:-1], x[:-1] + dx, y[1:]


@dataclass(frozen=True, slots=True)
class Estimates:
    """Dead-reckoned present positions, degrees, and the rows of the picture they belong to."""

    lat: Floats
    lon: Floats
    rows: Ints


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The estimates worth drawing: those that stand in another cell than the fix."""

    element: Ints
    """Elements of Traffic."""
    x: Floats
    """Dots of the estimate."""
    y: Floats


def reckoned(view: View, traffic: Traffic, placed: Placed, selected: int, known: Estimates) -> Reckoned:
    """Estimates of the selected contact and of targets, and of all contacts where few are in view."""
    if not len(traffic) or not len(known.rows):
        return Reckoned(np.empty(0, np.int64), np.empty(0), np.empty(0))
    element_of = np.full(max(traffic.rows.max(), known.rows.max()) + 1, -1)
    element_of[traffic.rows] = np.arange(len(traffic))
    element = element_of[known.rows]
    wanted = (element == selected) | traffic.target[element] | (len(placed.index) <= RECKONED_CROWD)
    chosen = np.flatnonzero((element >= 0) & wanted)
    element = element[chosen]
    x, y = view.dots(known.lat[chosen], known.lon[chosen])
    column, row = view.cells(traffic.lat[element], traffic.lon[element])
    apart = (np.floor(x / DOTS_X) != column) | (np.floor(y / DOTS_Y) != row)
    near = (x > -view.width) & (x < 2 * view.width)
    keep = apart & near & np.isfinite(x + y)
    return Reckoned(element[keep], x[keep], y[keep])


def draw_estimates(canvas: Canvas, view: View, traffic: Traffic, shown: Reckoned, symbols: str) -> None:
    """Estimated present positions as rings, each with a dotted leader from its fix."""
    x0, y0 = view.dots(traffic.lat[shown.element], traffic.lon[shown.element])
    whole = np.abs(shown.x - x0) < view.width
    dots = braille.blank(view.columns, view.rows)
    braille.draw(dots, x0[whole], y0[whole], shown.x[whole], shown.y[whole], on=1, of=2)
    canvas.dots(dots, Ink.LEADER)
    mark = signs.MARKS[signs.repertoire(symbols)]["estimate"]
    column, row = (np.floor(dots).astype(np.int64) for dots in (shown.x / DOTS_X, shown.y / DOTS_Y))
    seen = view.inside(column, row)
    canvas.glyph[row[seen], column[seen]] = ord(mark)
    canvas.ink[row[seen], column[seen]] = Ink.ESTIMATE
