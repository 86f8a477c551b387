"""Areas drawn by hand over a zone dataset: who lies inside, how far their edges are, where a course meets them.

An edge runs along the rhumb line between two corners, straight on the chart. It is cut into pieces of 10 nm at most,
each as good as straight in latitude and longitude. A circle is an area with 360 corners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.geodesy import direct, inverse
from maoc_tui.geo.rhumb import rhumb_direct, rhumb_inverse
from maoc_tui.geo.zonelines import F64, cartesian
from maoc_tui.problems import BadInput

MOST_CORNERS = 400
_PIECE_NM = 10.0
_HIGHEST = 84.0
"""Degrees of latitude beyond which straight on the chart means nothing."""
_CIRCLE = 360
_PAIRS_AT_ONCE = 1_000_000
_MILES_PER_DEGREE = 60.0


@dataclass(frozen=True, slots=True)
class Outline:
    """The closed edge of one area, its last point being its first; longitudes run on across the antimeridian."""

    lat: F64
    lon: F64

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees; east may be beyond 180."""
        return (
            *(float(c.min()) for c in (self.lon, self.lat)),
            *(float(c.max()) for c in (self.lon, self.lat)),
        )  # type: ignore[return-value]

    def turned(self, lon: F64) -> F64:
        """The longitudes as seen from the area: less than half a turn from its middle."""
        west, _, east, _ = self.box
        middle = (west + east) / 2
        return np.asarray((lon - middle + 180.0) % 360.0 - 180.0 + middle)

    def near(self, lat: F64, lon: F64, reach_nm: F64 | float = 0.0) -> NDArray[np.intp]:
        """Which positions lie within ``reach_nm`` of the box about the area, or a little farther."""
        west, south, east, north = self.box
        high = np.asarray(reach_nm) / _MILES_PER_DEGREE * 1.02
        wide = high / np.cos(np.radians(np.minimum(np.abs(lat) + high, 89.0)))
        x = self.turned(lon)
        with np.errstate(invalid="ignore"):
            inside = (lat >= south - high) & (lat <= north + high) & (x >= west - wide) & (x <= east + wide)
        return np.flatnonzero(inside)

    def holds(self, lat: F64, lon: F64) -> NDArray[np.bool_]:
        """Whether each position lies inside."""
        found = np.zeros(len(lat), np.bool_)
        rows = self.near(lat, lon)
        step = max(1, _PAIRS_AT_ONCE // len(self.lat))
        y0, y1, x0, x1 = self.lat[:-1], self.lat[1:], self.lon[:-1], self.lon[1:]
        slope = np.divide(x1 - x0, y1 - y0, out=np.zeros(len(y0)), where=y1 != y0)
        for part in np.split(rows, range(step, len(rows), step)):
            y, x = lat[part, None], self.turned(lon[part])[:, None]
            crossed = ((y0 <= y) != (y1 <= y)) & (x < x0 + (y - y0) * slope)
            found[part] = crossed.sum(axis=1) % 2 == 1
        return found

    def edge(self, lat: float, lon: float) -> tuple[float, float]:
        """Geodesic nautical miles and true bearing from a position to the nearest point of the edge."""
        here = cartesian(np.array([lat]), np.array([lon]))
        ends = cartesian(self.lat, self.lon)
        along, away = np.diff(ends, axis=0), ends[:-1] - here
        square = np.maximum(np.einsum("ij,ij->i", along, along), 1e-3)
        share = np.clip(-np.einsum("ij,ij->i", away, along) / square, 0.0, 1.0)
        foot_lat = self.lat[:-1] + share * np.diff(self.lat)
        foot_lon = self.lon[:-1] + share * np.diff(self.lon)
        nm, bearing, _ = inverse(lat, lon, foot_lat, foot_lon)
        best = int(np.argmin(nm))
        return float(nm[best]), float(bearing[best])

    def meets(self, marks: F64, lat: F64, lon: F64) -> F64:
        """Where straight steps between positions meet the edge: values between the ``marks`` of their ends."""
        x = np.asarray(self.turned(lon))
        dx, dy = (np.diff(x) + 180.0) % 360.0 - 180.0, np.diff(lat)
        edge_x, edge_y = np.diff(self.lon), np.diff(self.lat)
        steps = np.unique(np.concatenate([rows := self.near(lat, lon, _PIECE_NM), rows - 1]))
        steps = steps[(steps >= 0) & (steps < len(dx))]
        found = [np.empty(0)]
        size = max(1, _PAIRS_AT_ONCE // len(self.lat))
        for part in np.split(steps, range(size, len(steps), size)):
            ax, ay = self.lon[:-1] - x[part, None], self.lat[:-1] - lat[part, None]
            ux, uy = dx[part, None], dy[part, None]
            with np.errstate(divide="ignore", invalid="ignore"):
                cross = ux * edge_y - uy * edge_x
                along, across = (ax * edge_y - ay * edge_x) / cross, (ax * uy - ay * ux) / cross
            row, _ = hit = np.nonzero((along >= 0) & (along <= 1) & (across >= 0) & (across <= 1))
            step = part[row]
            found.append(marks[step] + along[hit] * (marks[step + 1] - marks[step]))
        return np.concatenate(found)


def polygon(corners: Sequence[tuple[float, float]]) -> Outline:
    """The area with these corners (latitude, longitude), joined by rhumb lines. Raises BadInput for what is none."""
    ring = [*corners[:-1], *corners[-1:]] if corners[:1] != corners[-1:] else list(corners[:-1])
    if len(set(ring)) < 3:
        raise BadInput(
            "An area needs three corners or more.", "Give them in order, parted by commas or slashes."
        )
    if len(ring) > MOST_CORNERS:
        raise BadInput(
            f"An area may have {MOST_CORNERS} corners, not {len(ring)}.", "Leave out the least ones."
        )
    lat = np.array([corner[0] for corner in (*ring, ring[0])])
    lon = _unrolled(np.array([corner[1] for corner in (*ring, ring[0])]))
    if np.abs(lat).max() > _HIGHEST:
        raise BadInput(f"An area cannot reach beyond {_HIGHEST:g} degrees of latitude.", "Draw it smaller.")
    if abs(lon[-1] - lon[0]) > 1 or lon.max() - lon.min() >= 180:
        raise BadInput(
            "An area cannot go round the Earth, or halfway.", "Check the longitudes, or draw several."
        )
    _refuse_tangled(lat, lon)
    return _pieces(lat, lon)


def circle(lat: float, lon: float, radius_nm: float) -> Outline:
    """The area within a distance of a position. Raises BadInput near the poles."""
    if abs(lat) + radius_nm / _MILES_PER_DEGREE > _HIGHEST:
        raise BadInput(f"A circle cannot reach beyond {_HIGHEST:g} degrees of latitude.", "Draw it smaller.")
    bearings = np.linspace(0.0, 360.0, _CIRCLE + 1)
    y, x, _ = direct(lat, lon, bearings, radius_nm)
    y[-1], x[-1] = y[0], x[0]
    return Outline(y, _unrolled(x))


def _unrolled(lon: F64) -> F64:
    """Longitudes that go on across the antimeridian, each step the short way."""
    steps = (np.diff(lon) + 180.0) % 360.0 - 180.0
    return np.concatenate([lon[:1], lon[0] + np.cumsum(steps)])


def _refuse_tangled(lat: F64, lon: F64) -> None:
    import shapely
    from shapely.validation import explain_validity

    shape = shapely.Polygon(np.column_stack([lon, lat]))
    if not shape.is_valid:
        reason = explain_validity(shape).partition("[")[0].lower()
        raise BadInput(
            f"The edge of the area crosses or touches itself ({reason}).", "Give the corners in order."
        )
    if shape.area < 1e-8:
        raise BadInput("The area has no extent.", "Check the corners.")


def _pieces(lat: F64, lon: F64) -> Outline:
    """The edge cut so that no piece is longer than _PIECE_NM."""
    nm, course = rhumb_inverse(lat[:-1], lon[:-1], lat[1:], lon[1:])
    ys, xs = [], []
    for i in range(len(nm)):
        along = np.linspace(0.0, float(nm[i]), int(nm[i] // _PIECE_NM) + 2)[:-1]
        y, x = rhumb_direct(float(lat[i]), float(lon[i]), float(course[i]), along)
        ys.append(y)
        xs.append(x)
    y, x = (np.concatenate([*parts, parts[0][:1]]) for parts in (ys, xs))
    return Outline(y, lon[0] + _unrolled(x) - x[0])
