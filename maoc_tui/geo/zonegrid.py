"""From a point to its area: a grid of 0.1 degree cells, exact edges only in the cells that a line crosses.

In such a cell the area is the one on the east of the nearest edge to the west of the point, on its parallel; each
cell's west side counts as edges too, labelled when the grid is built, so that there always is one. Cells are cut
into bands of latitude, each with the edges that reach into it. Works on the lattice of the zone file (1e-5 degree)
with numpy alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
CELL = 10_000
"""Lattice steps in a cell: 0.1 degree."""
ROWS, COLUMNS = 1_800, 3_600
_BLOCK = 10
"""Cells along a block's side: 1 degree."""
_WEST, _SOUTH = 18_000_000, 9_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """The index. A cell holds an area id, -1 outside the dataset, or -2 - k for boundary cell k."""

    block: I32
    """(180, 360): number of the block of each square degree."""
    cells: I32
    """(blocks, 100): the cells of each block, row by row."""
    start: I32
    """First band of each boundary cell in ``band``; boundary cells + 1 values."""
    band: I32
    """First entry of each band in ``entry``; bands + 1 values."""
    entry: I32
    """Edge numbers, band by band, in the order that settles ties."""
    edge: F64
    """(edges, 4): x and y of the lower end, y of the upper end, change of x with y; lattice units."""
    area: I32
    """Area on the east of each edge."""

    def locate(self, lat: F64, lon: F64) -> I32:
        """Area id per point given in degrees; -1 outside the dataset, for NaN and for impossible latitudes."""
        valid = (np.abs(lat) <= 90.0) & np.isfinite(lon)
        every = bool(valid.all())
        if not every:
            lat, lon = np.where(valid, lat, 0.0), np.where(valid, lon, 0.0)
        x, y = lattice(lat, lon)
        found = self._cells_at(x, y)
        (inner,) = np.nonzero(found < -1)
        if len(inner):
            if len(inner) > _CHUNK:  # neighbours in a row: what is read stays in the processor's cache
                inner = inner[np.argsort(self._rough(found[inner]), kind="stable")]
            level = y[inner]
            band = band_of(self.start, -2 - found[inner], level)
            _, found[inner] = nearest_west(self, band, x[inner], level)
        if not every:
            found[~valid] = -1
        return found

    def one(self, lat: float, lon: float) -> int:
        """The same for one point, step by step the same arithmetic, without the cost of setting out in columns."""
        if not (abs(lat) <= 90.0 and math.isfinite(lon)):
            return -1
        if not -180.0 <= lon < 180.0:
            lon = (lon + 180.0) % 360.0 - 180.0
            lon = -180.0 if lon >= 180.0 else lon
        x, y = lon * 1e5, min(lat * 1e5, _SOUTH - 1e-3)
        level = (y + _SOUTH) * (1 / CELL)
        row, column = int(level), min(int((x + _WEST) * (1 / CELL)), COLUMNS - 1)
        block = self.block[row // _BLOCK, column // _BLOCK]
        found = int(self.cells[block, row % _BLOCK * _BLOCK + column % _BLOCK])
        if found >= -1:
            return found
        first, after = self.start[-2 - found : -found].tolist()
        band = first + int((level - row) * (after - first))
        entry = self.entry[slice(*self.band[band : band + 2].tolist())]
        best, area = -math.inf, -1
        for (x0, low, high, slope), east in zip(
            self.edge[entry].tolist(), self.area[entry].tolist(), strict=True
        ):
            if low <= y < high and best <= (at := x0 + (y - low) * slope) <= x:
                best, area = at, east
        return int(area)

    def _rough(self, found: I32) -> NDArray[np.uint16]:
        """The order of boundary cells in 16 bits, which is what sorts quickly."""
        shift = max(0, len(self.start).bit_length() - 16)
        return ((-2 - found) >> shift).astype(np.uint16)

    def _cells_at(self, x: F64, y: F64) -> I32:
        column = ((x + _WEST) * (1 / CELL)).astype(np.int32)
        row = ((y + _SOUTH) * (1 / CELL)).astype(np.int32)
        np.minimum(column, COLUMNS - 1, out=column)
        block_row, block_column = row // _BLOCK, column // _BLOCK
        block = self.block.ravel().take(block_row * (COLUMNS // _BLOCK) + block_column)
        inside = (row - block_row * _BLOCK) * _BLOCK + (column - block_column * _BLOCK)
        return self.cells.ravel().take(block * (_BLOCK * _BLOCK) + inside)


def lattice(lat: F64, lon: F64) -> tuple[F64, F64]:
    """Lattice coordinates: longitude brought to -180 <= lon < 180, the pole kept just inside the top row."""
    if len(lon) and (lon.min() < -180.0 or lon.max() >= 180.0):
        turned = (lon + 180.0) % 360.0 - 180.0
        turned[turned >= 180.0] = -180.0
        lon = np.where((lon < -180.0) | (lon >= 180.0), turned, lon)  # what is there already stays exact
    return lon * 1e5, np.minimum(lat * 1e5, _SOUTH - 1e-3)


def band_of(start: I32, cell: NDArray[Any], y: F64) -> NDArray[np.int64]:
    """The band that holds each point of a boundary cell."""
    first = start[cell]
    level = (y + _SOUTH) * (1 / CELL)
    return np.asarray(first + ((level - np.floor(level)) * (start[cell + 1] - first)).astype(np.int64))


def nearest_west(grid: Grid, band: NDArray[Any], x: F64, y: F64) -> tuple[F64, I32]:
    """Among each band's edges: x of the nearest at or west of the point, and the area east of it.

    Where there is none, x is -inf and the area -1. Points whose bands have like numbers of edges are taken
    together, as the rows of one table; of edges that are equally near the last entry counts.
    """
    first = grid.band[band]
    count = grid.band[band + 1] - first
    best, area = np.full(len(band), -np.inf), np.full(len(band), -1, np.int32)
    order = np.argsort(np.minimum(count, 255).astype(np.uint8), kind="stable")
    for at in range(0, len(band), _CHUNK):
        rows = order[at : at + _CHUNK]
        best[rows], area[rows] = _among(grid, first[rows], count[rows], x[rows], y[rows])
    return best, area


def _among(grid: Grid, first: I32, count: I32, x: F64, y: F64) -> tuple[F64, I32]:
    """The same for a few points; their edges stand in a table of as many columns as the fullest band needs."""
    column = np.arange(max(int(count.max()), 1) - 1, -1, -1)
    entry = grid.entry.take(first[:, None] + column, mode="clip")
    edge = grid.edge.take(entry, axis=0)
    level, low = y[:, None], edge[..., 1]
    at = edge[..., 0] + (level - low) * edge[..., 3]
    crossed = (column < count[:, None]) & (low <= level) & (level < edge[..., 2]) & (at <= x[:, None])
    at[~crossed] = -np.inf
    row, top = np.arange(len(x)), at.argmax(axis=1)
    best = at[row, top]
    return best, np.where(best > -np.inf, grid.area[entry[row, top]], -1).astype(np.int32)


_CHUNK = 4_000
"""Points in one table."""

ARRAYS = tuple(field.name for field in fields(Grid))
