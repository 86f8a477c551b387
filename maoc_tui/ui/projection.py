"""The chart's projection: spherical Mercator on geodetic latitude, one minute of arc a nautical mile.

The plane is measured in radians: x is longitude, y the Mercator ordinate. A view is a window of dots on that
plane, two dots wide and four dots high per terminal cell; as a cell is about twice as high as wide, dots are
square. A straight line on the chart is a rhumb line. Against the ellipsoid the scale is off by at most 0.5 %
and angles by 0.2 degrees, less than a dot; distances shown to people are computed on the ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asinh, atan, atanh, cos, degrees, pi, radians, sin, sinh, tan
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

DOTS_X, DOTS_Y = 2, 4
"""Dots per cell."""
NM_PER_RADIAN = 60 * 180 / pi
LIMIT_LAT = 85.0
"""Degrees: the chart's centre and everything drawn stays within."""
CLOSEST = 0.02
"""Nautical miles per cell row at the closest zoom."""


def mercator(lat: ArrayLike) -> Floats:
    """Mercator ordinate in radians of latitudes in degrees; beyond 89.9 degrees held there."""
    held = np.clip(np.asarray(lat, np.float64), -89.9, 89.9)
    return np.arctanh(np.sin(np.radians(held)))


def latitude(y: ArrayLike) -> Floats:
    """Degrees of latitude of Mercator ordinates in radians."""
    return np.degrees(np.arctan(np.sinh(np.asarray(y, np.float64))))


@dataclass(frozen=True, slots=True)
class View:
    """What part of the sea the chart shows, and how large."""

    x: float
    """Centre, radians of longitude, -pi <= x < pi."""
    y: float
    """Centre, Mercator ordinate in radians."""
    unit: float
    """Mercator radians per dot."""
    columns: int
    rows: int

    @classmethod
    def at(cls, lat: float, lon: float, nm_per_row: float, columns: int, rows: int) -> View:
        """A view centred on degrees ``lat, lon``, at most one world wide."""
        lat = max(-LIMIT_LAT, min(LIMIT_LAT, lat))
        unit = nm_per_row / DOTS_Y / NM_PER_RADIAN / cos(radians(lat))
        return cls(_turn(radians(lon)), atanh(sin(radians(lat))), unit, columns, rows).held()

    @classmethod
    def fitting(cls, lat: Floats, lon: Floats, columns: int, rows: int, margin: float = 0.1) -> View:
        """The closest view that holds every position (degrees), with a margin, the shorter way round."""
        good = np.isfinite(lat) & np.isfinite(lon)
        if not good.any():
            return cls.at(0.0, 0.0, 1e9, columns, rows)
        west, width = _span(np.asarray(lon, np.float64)[good])
        ordinates = mercator(np.clip(np.asarray(lat, np.float64)[good], -LIMIT_LAT, LIMIT_LAT))
        south, north = float(ordinates.min()), float(ordinates.max())
        room = 1 - 2 * margin
        unit = max(radians(width) / (columns * DOTS_X * room), (north - south) / (rows * DOTS_Y * room))
        centre = degrees(atan(sinh((south + north) / 2)))
        unit = max(unit, 0.5 / DOTS_Y / NM_PER_RADIAN / cos(radians(centre)))
        return cls(_turn(radians(west + width / 2)), (south + north) / 2, unit, columns, rows).held()

    def held(self) -> View:
        """The view brought back within the limits of scale and latitude."""
        farthest = 2 * pi / (self.columns * DOTS_X)
        y_limit = asinh(tan(radians(LIMIT_LAT)))
        y = max(-y_limit, min(y_limit, self.y))
        closest = CLOSEST / DOTS_Y / NM_PER_RADIAN / cos(atan(sinh(y)))
        return replace(self, x=_turn(self.x), y=y, unit=max(closest, min(farthest, self.unit)))

    @property
    def width(self) -> int:
        """Dots across."""
        return self.columns * DOTS_X

    @property
    def height(self) -> int:
        """Dots from top to bottom."""
        return self.rows * DOTS_Y

    @property
    def lat(self) -> float:
        """Degrees of latitude at the centre."""
        return degrees(atan(sinh(self.y)))

    @property
    def lon(self) -> float:
        """Degrees of longitude at the centre."""
        return degrees(self.x)

    @property
    def nm_per_row(self) -> float:
        """Nautical miles per cell row at the centre."""
        return self.unit * DOTS_Y * NM_PER_RADIAN * cos(radians(self.lat))

    @property
    def dot_degrees(self) -> float:
        """Degrees of latitude per dot at the centre."""
        return degrees(self.unit) * cos(radians(self.lat))

    def dots(self, lat: ArrayLike, lon: ArrayLike) -> tuple[Floats, Floats]:
        """Dot coordinates (from the left, from the top) of positions in degrees, the nearest way round."""
        return self.dots_of(np.radians(np.asarray(lon, np.float64)), mercator(lat))

    def dots_of(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Dot coordinates of Mercator coordinates in radians, the nearest way round."""
        across = x - self.x
        if not bool(np.all(np.abs(across) < pi)):
            across = np.mod(across + pi, 2 * pi) - pi
        return self.width / 2 + across / self.unit, self.height / 2 - (y - self.y) / self.unit

    def positions(self, px: ArrayLike, py: ArrayLike) -> tuple[Floats, Floats]:
        """Latitude and longitude (-180 <= lon < 180) in degrees of dot coordinates."""
        x = self.x + (np.asarray(px, np.float64) - self.width / 2) * self.unit
        y = self.y - (np.asarray(py, np.float64) - self.height / 2) * self.unit
        return latitude(y), np.degrees(np.mod(x + pi, 2 * pi) - pi)

    def cells(self, lat: ArrayLike, lon: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Cell column and row of positions in degrees; -1, -1 where the position is NaN."""
        return self.cells_of(np.radians(np.asarray(lon, np.float64)), mercator(lat))

    def cells_of(self, x: Floats, y: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Cell column and row of Mercator coordinates in radians; -1, -1 where one is NaN."""
        px, py = self.dots_of(x, y)
        bad = ~(np.isfinite(px) & np.isfinite(py))
        with np.errstate(invalid="ignore"):
            column = np.where(bad, -1, np.floor(px / DOTS_X)).astype(np.int64)
            row = np.where(bad, -1, np.floor(py / DOTS_Y)).astype(np.int64)
        return column, row

    def inside(self, column: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.bool_]:
        """True where a cell is within the view."""
        return (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)

    def cell_centre(self, column: int, row: int) -> tuple[float, float]:
        """Latitude and longitude in degrees of the middle of a cell."""
        lat, lon = self.positions((column + 0.5) * DOTS_X, (row + 0.5) * DOTS_Y)
        return float(lat), float(lon)

    def panned(self, columns: int, rows: int) -> View:
        """Moved by whole cells: positive goes east and south."""
        x, y = self.x + columns * DOTS_X * self.unit, self.y - rows * DOTS_Y * self.unit
        return replace(self, x=x, y=y).held()

    def zoomed(self, factor: float, about: tuple[float, float] | None = None) -> View:
        """Magnified by ``factor``, below 1 shows more sea; the dot ``about``, or the centre, stays in place."""
        px, py = about or (self.width / 2, self.height / 2)
        closer = replace(self, unit=self.unit / factor).held()
        right, down = px - self.width / 2, py - self.height / 2
        grown = self.unit - closer.unit
        return replace(closer, x=self.x + right * grown, y=self.y - down * grown).held()

    def centred(self, lat: float, lon: float) -> View:
        """The same scale on the plane, another centre (degrees)."""
        held = max(-LIMIT_LAT, min(LIMIT_LAT, lat))
        return replace(self, x=radians(lon), y=atanh(sin(radians(held)))).held()

    def resized(self, columns: int, rows: int) -> View:
        """The same centre and scale in another number of cells."""
        return replace(self, columns=columns, rows=rows).held()


def _turn(x: float) -> float:
    return (x + pi) % (2 * pi) - pi


def _span(lon: Floats) -> tuple[float, float]:
    """Western end and width, degrees, of the shortest arc that holds every longitude."""
    around = np.sort(np.mod(lon, 360.0))
    gaps = np.diff(around, append=around[0] + 360.0)
    widest = int(gaps.argmax())
    return float(around[(widest + 1) % len(around)]), float(360.0 - gaps[widest])
