"""How the demo's vessels and aircraft move: every one a path through points in time, evaluated in bulk.

All paths lie end to end in flat arrays, so that the positions of a thousand contacts at a thousand times
are one search and one interpolation. Between two points latitude and longitude change evenly in time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOUR_MS = 3_600_000
Path = NDArray[np.float64]
"""Columns (time ms, latitude, longitude), times strictly rising."""


def along_lane(
    points: NDArray[np.float64], offset_nm: float, start: float, knots: float, begins: int, ends: int
) -> Path:
    """A ship that runs a lane and comes back: ``start`` 0..2 is where on the way out and home it begins."""
    shifted = _beside(points, offset_nm)
    way = np.vstack([shifted, _beside(points, -offset_nm)[::-1][1:]])
    legs = leg_nm(way)
    done = np.concatenate([[0.0], np.cumsum(legs)])
    total = done[-1]
    first = start / 2 * total
    rounds = int(np.ceil(((ends - begins) / HOUR_MS * knots + first) / total)) + 1
    distance = np.concatenate([done[:-1] + total * i for i in range(rounds)] + [[total * rounds]])
    index = np.concatenate([np.tile(np.arange(len(way) - 1), rounds), [0]])
    at = begins + (distance - first) / knots * HOUR_MS
    return np.column_stack([at, way[index, 0], way[index, 1]])


def wandering(
    rng: np.random.Generator, lat: float, lon: float, spread_nm: float, begins: int, ends: int
) -> Path:
    """A boat that works a ground: legs of up to two hours at 2 to 4.5 kn, drawn to the middle."""
    at, y, x = float(begins), rng.normal(0, spread_nm / 2), rng.normal(0, spread_nm / 2)
    rows = [(at, y, x)]
    heading = rng.uniform(0, 2 * np.pi)
    while at < ends:
        home = np.arctan2(-x, -y)
        pull = min(1.0, np.hypot(x, y) / spread_nm) ** 2
        east = (1 - pull) * np.sin(heading) + pull * np.sin(home)
        north = (1 - pull) * np.cos(heading) + pull * np.cos(home)
        heading = np.arctan2(east, north) + rng.normal(0, 0.7)
        hours, knots = rng.uniform(0.5, 2.0), rng.uniform(2.0, 4.5)
        at, y, x = (
            at + hours * HOUR_MS,
            y + knots * hours * np.cos(heading),
            x + knots * hours * np.sin(heading),
        )
        rows.append((at, y, x))
    path = np.array(rows)
    path[:, 2] = lon + path[:, 2] / 60 / np.cos(np.radians(lat))
    path[:, 1] = lat + path[:, 1] / 60
    return path


def moored(lat: float, lon: float, begins: int, ends: int) -> Path:
    """Stays where it is."""
    return np.array([[begins, lat, lon], [ends + 1, lat, lon]], float)


def flight(points: NDArray[np.float64], knots: float, departs: int) -> Path:
    """One flight along an airway, from its first point to its last."""
    done = np.concatenate([[0.0], np.cumsum(leg_nm(points))])
    return np.column_stack([departs + done / knots * HOUR_MS, points])


def leg_nm(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lengths of the legs between [lat, lon] points, nautical miles, on a plane about each leg."""
    lat = np.radians((points[1:, 0] + points[:-1, 0]) / 2)
    north, east = np.diff(points[:, 0]) * 60, np.diff(points[:, 1]) * 60 * np.cos(lat)
    length: NDArray[np.float64] = np.hypot(north, east)
    return length


def _beside(points: NDArray[np.float64], offset_nm: float) -> NDArray[np.float64]:
    """The lane moved sideways, to starboard when the offset is positive."""
    step = np.gradient(points, axis=0)
    scale = np.cos(np.radians(points[:, 0]))
    north, east = step[:, 0], step[:, 1] * scale
    length = np.maximum(np.hypot(north, east), 1e-9)
    moved = points.copy()
    moved[:, 0] += -east / length * offset_nm / 60
    moved[:, 1] += north / length * offset_nm / 60 / scale
    return moved


@dataclass(frozen=True, slots=True)
class Paths:
    """All paths, end to end."""

    first: NDArray[np.int64]
    """Index of each path's first point; one more element than paths."""
    time: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    @classmethod
    def join(cls, paths: list[Path]) -> Paths:
        """Lay paths end to end."""
        whole = np.concatenate(paths)
        first = np.concatenate([[0], np.cumsum([len(p) for p in paths])])
        return cls(first, whole[:, 0], whole[:, 1], whole[:, 2])

    def begins(self) -> NDArray[np.float64]:
        """Time of each path's first point."""
        return self.time[self.first[:-1]]

    def ends(self) -> NDArray[np.float64]:
        """Time of each path's last point."""
        return self.time[self.first[1:] - 1]

    def at(
        self, path: NDArray[np.int64], time: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]:
        """Latitude, longitude, speed (knots) and course (degrees) of paths at times, element by element."""
        point = self._leg(path, time)
        t0, t1 = self.time[point], self.time[point + 1]
        part = np.clip((time - t0) / np.maximum(t1 - t0, 1), 0, 1)
        dlat, dlon = self.lat[point + 1] - self.lat[point], self.lon[point + 1] - self.lon[point]
        lat, lon = self.lat[point] + part * dlat, self.lon[point] + part * dlon
        hours = np.maximum(t1 - t0, 1) / HOUR_MS
        north, east = dlat * 60 / hours, dlon * 60 * np.cos(np.radians(lat)) / hours
        course = np.degrees(np.arctan2(east, north)) % 360
        return lat, lon, np.hypot(north, east).astype(np.float32), course.astype(np.float32)

    def _leg(self, path: NDArray[np.int64], time: NDArray[np.int64]) -> NDArray[np.int64]:
        """The point each (path, time) has just passed, by bisection within the path's own stretch."""
        low, high = self.first[path].copy(), self.first[path + 1] - 2
        while (low < high).any():
            middle = (low + high + 1) // 2
            up = self.time[middle] <= time
            low, high = np.where(up, middle, low), np.where(up, high, middle - 1)
        return low
