"""How far it is over water from one place to everywhere about it, and the outlines of what is reached.

The water is a grid of cells. A cell counts as land only where every one of sixteen points in it is on land, so that
straits stay open; what sees the start over water is at its geodesic distance, what lies behind land is reached by
steps to 32 neighbours, each shortened by the most such a path can be too long. So no distance is too great by more than
a cell, and a region drawn from it is never too small by more than a cell. Narrow land may be leaked through: what is
reached may be too large there, never too small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.geodesy import distance_nm

CELLS = 161
"""Rows of a grid; odd, so that the start is the centre of a cell."""
_MOST_COLUMNS = 321
_POINTS = 4
"""Points of a cell each way."""
_HIGHEST = 84.0
_TOO_LONG = 1.014
"""A path of these steps is at most so much longer than the straight way (18.4 degrees between two steps)."""
_SWEEPS = 400
_PAD = 3


class Zones(Protocol):
    """What is asked of the zones."""

    def locate(self, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.int32]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Distances over water from a start, on a grid of latitudes and continuous longitudes."""

    lat: F64
    """Of the rows, degrees."""
    lon: F64
    """Of the columns, degrees, continuous past 180."""
    distance_nm: F64
    """(rows, columns) from the start over water; infinite on land and where water does not lead."""
    seen: NDArray[np.bool_]
    """Where the way is straight."""
    areas: NDArray[np.int32]
    """(rows, columns, points) zone area ids of the points of each cell."""
    cell_nm: float
    """Side of a cell."""

    def nearest(self, wanted: NDArray[np.bool_]) -> tuple[float, int, int] | None:
        """The least distance among cells, and its row and column; None where none of them is reached."""
        known = np.where(wanted, self.distance_nm, np.inf)
        at = int(known.argmin())
        row, column = divmod(at, known.shape[1])
        return (float(known[row, column]), row, column) if np.isfinite(known[row, column]) else None


def over_water(
    zones: Zones, land: NDArray[np.bool_], lat: float, lon: float, reach_nm: float, *, flies: bool = False
) -> Field:
    """Distances from a start to all that lies within ``reach_nm``; over land too for what flies.

    ``land`` tells by area id which areas are land; its last element stands for outside the dataset.
    """
    rows, columns, step = _grid(lat, lon, reach_nm)
    areas = _points(zones, rows, columns, step)
    water: NDArray[np.bool_] = np.ones(areas.shape[:2], np.bool_)
    if not flies:
        water &= ~land[areas].all(axis=2)
    start = len(rows) // 2, len(columns) // 2
    water[start] = True
    straight = distance_nm(lat, lon, rows[:, None], columns[None, :])
    seen = _seen(water, *start)
    found = np.where(seen, straight, np.inf)
    if not seen[water].all():
        _spread(found, water, _costs(rows, step), reach_nm)
    found = np.maximum(found, np.where(water, straight, np.inf))
    return Field(rows, columns, found, seen, areas, step[0] * 60.0)


def _grid(lat: float, lon: float, reach_nm: float) -> tuple[F64, F64, tuple[float, float]]:
    """Rows and columns about a start, and the degrees between them."""
    height = reach_nm / 60.0 * 1.03
    step = 2 * height / (CELLS - 1)
    rows = lat + step * (np.arange(CELLS) - CELLS // 2)
    rows = np.clip(rows, -_HIGHEST, _HIGHEST) if abs(lat) < _HIGHEST else rows
    widest = min(float(np.abs(rows).max()), _HIGHEST)
    width = min(height / math.cos(math.radians(widest)), 180.0)
    across = max(step / math.cos(math.radians(min(abs(lat), _HIGHEST))), 2 * width / (_MOST_COLUMNS - 1))
    half = int(width / across)
    columns = lon + across * np.arange(-half, half + 1)
    return np.asarray(rows, np.float64), np.asarray(columns, np.float64), (step, across)


def _points(zones: Zones, rows: F64, columns: F64, step: tuple[float, float]) -> NDArray[np.int32]:
    within = (np.arange(_POINTS) + 0.5) / _POINTS - 0.5
    y = (rows[:, None] + within * step[0]).ravel()
    x = (columns[:, None] + within * step[1]).ravel()
    x = (x + 180.0) % 360.0 - 180.0
    lat, lon = np.broadcast_arrays(np.clip(y, -90, 90)[:, None], x[None, :])
    found = zones.locate(lat.ravel(), lon.ravel()).reshape(len(rows), _POINTS, len(columns), _POINTS)
    return np.ascontiguousarray(found.transpose(0, 2, 1, 3)).reshape(len(rows), len(columns), -1)


def _seen(water: NDArray[np.bool_], row: int, column: int) -> NDArray[np.bool_]:
    """Which cells see the start over water: ring by ring, each from the cell before it on the way out."""
    r, c = np.indices(water.shape)
    dr, dc = r - row, c - column
    ring = np.maximum(np.abs(dr), np.abs(dc))
    order = np.argsort(ring, axis=None, kind="stable")
    edges = np.searchsorted(ring.ravel()[order], np.arange(int(ring.max()) + 2))
    seen = np.zeros(water.shape, np.bool_)
    seen[row, column] = True
    for k in range(1, int(ring.max()) + 1):
        own = order[edges[k] : edges[k + 1]]
        y, x = dr.ravel()[own], dc.ravel()[own]
        back = (k - 1) / k
        before = row + np.rint(y * back).astype(np.int64), column + np.rint(x * back).astype(np.int64)
        seen.ravel()[own] = water.ravel()[own] & seen[before]
    return seen


_STEPS = tuple(
    (dr, dc) for dr in range(-3, 4) for dc in range(-3, 4) if (dr, dc) != (0, 0) and np.gcd(dr, dc) == 1
)
"""Steps to neighbours: the 32 directions in a square of seven cells that no shorter step has."""


def _costs(rows: F64, step: tuple[float, float]) -> F64:
    """Nautical miles of every step from every row, shortened by the most that a path of them is too long."""
    dr = np.array([one for one, _ in _STEPS]) * step[0]
    dc = np.array([one for _, one in _STEPS]) * step[1]
    to = np.clip(rows[None, :] + dr[:, None], -90, 90)
    return distance_nm(rows[None, :], 0.0, to, dc[:, None]) / _TOO_LONG


def _spread(found: F64, water: NDArray[np.bool_], costs: F64, reach_nm: float) -> None:
    """Lay distances round land into ``found``, step by step, until nothing gets shorter within reach.

    Only the part of the grid is worked on in which something changed in the sweep before.
    """
    wide = np.pad(found, _PAD, constant_values=np.inf)
    paid = np.pad(costs, ((0, 0), (_PAD, _PAD)), mode="edge")
    open_ = np.pad(water, _PAD)
    ways = [(*one, cost, _between(open_, *one)) for one, cost in zip(_STEPS, paid, strict=True)]
    rows, columns = _box(water & ~np.isfinite(found), found.shape)
    for _ in range(_SWEEPS):
        here = wide[_moved(rows, 0), _moved(columns, 0)]
        best = here.copy()
        for dr, dc, cost, free in ways:
            before = wide[_moved(rows, dr), _moved(columns, dc)] + cost[_moved(rows, dr), None]
            np.minimum(best, before, out=best, where=free[rows, columns])
        best[~water[rows, columns] | (best > reach_nm * 1.05)] = np.inf
        changed = best < here - 1e-6
        np.minimum(here, best, out=here)
        if not changed.any():
            break
        mark = np.zeros(found.shape, np.bool_)
        mark[rows, columns] = changed
        rows, columns = _box(mark, found.shape)
    found[:] = wide[_PAD:-_PAD, _PAD:-_PAD]


def _moved(part: slice, by: int) -> slice:
    """The same part of a padded axis, ``by`` cells before."""
    return slice(part.start + _PAD - by, part.stop + _PAD - by)


def _box(mark: NDArray[np.bool_], shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns about what is marked, three cells wider: all that it can change next."""
    found = []
    for axis, most in enumerate(shape):
        at = np.flatnonzero(mark.any(axis=1 - axis))
        low, high = (int(at[0]), int(at[-1])) if at.size else (0, 0)
        found.append(slice(max(low - _PAD, 0), min(high + _PAD + 1, most)))
    return found[0], found[1]


def _between(water: NDArray[np.bool_], dr: int, dc: int) -> NDArray[np.bool_]:
    """Whether the cells that a step passes over are water, for each cell it ends at."""
    pad = _PAD
    height, width = water.shape[0] - 2 * pad, water.shape[1] - 2 * pad
    free = np.ones((height, width), np.bool_)
    for k in range(1, max(abs(dr), abs(dc))):
        share = k / max(abs(dr), abs(dc))
        y, x = round(dr * share) - dr, round(dc * share) - dc
        free &= water[pad + y : pad + y + height, pad + x : pad + x + width]
    return free
