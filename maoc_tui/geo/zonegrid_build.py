"""Building the grid: which cells each edge touches, and the areas along every boundary cell's west side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.zonegrid import CELL, COLUMNS, F64, I32, ROWS, Grid, nearest_west
from maoc_tui.geo.zonemodel import Lines

_WEST, _SOUTH = 18_000_000, 9_000_000
_NEAR = 1e-3
"""Cell sides reach a tenth of a millimetre further, for points that rounding puts beside their cell."""
_BANDS = 40
"""Bands in a cell at most."""
I64 = NDArray[np.int64]


def build(lines: Lines) -> Grid:
    """Build the index of a dataset's lines."""
    ends, east = _edges(lines)
    inner = (ends[:, 1] < ends[:, 3]) | (np.abs(ends[:, 1]) < _SOUTH)  # the poles divide nothing
    return _assemble(ends[inner], east[inner])


def _assemble(ends: F64, east: I32) -> Grid:
    """The grid of edges (m, 4; x, y, x, y upwards) with the area on the east of each."""
    slope = np.zeros(len(ends))
    tall = ends[:, 3] > ends[:, 1]
    slope[tall] = (ends[tall, 2] - ends[tall, 0]) / (ends[tall, 3] - ends[tall, 1])
    edge = np.column_stack([ends[:, 0], ends[:, 1], ends[:, 3], slope])
    cell, number = _touched(ends)
    full, first = np.unique(cell, return_index=True)
    bare = _bare(first, cell, number, edge, east)
    which, low, high = _west_sides(full, cell, number, ends)
    west = ((full[which] % COLUMNS) * CELL - _WEST).astype(np.float64)
    sides = _Sides(bare, full, which, low, high)
    border = np.column_stack([west - _NEAR, low - _NEAR, high + _NEAR, np.zeros(len(which))])
    all_edge, all_area = np.vstack([edge, border]), np.concatenate([east, sides.area]).astype(np.int32)
    owner = np.concatenate([np.searchsorted(full, cell), which])
    entry = np.concatenate([number, len(edge) + np.arange(len(border))])
    tall = all_edge[entry, 2] > all_edge[entry, 1]
    owner, entry = owner[tall], entry[tall]
    order = np.lexsort((all_edge[entry, 3], owner))
    owner, entry = owner[order], entry[order]
    start, band, entry = _bands(full, owner, entry, all_edge)
    used, entry = _in_order(entry, len(all_edge))
    block, cells = _blocks(_fill(full, sides))
    return Grid(block, cells, start, band, entry.astype(np.int32), all_edge[used], all_area[used])


def _edges(lines: Lines) -> tuple[F64, I32]:
    """Edges (m, 4) as x, y, x, y upwards, the area on the east of each, horizontals included."""
    inner = np.ones(len(lines.points), bool)
    inner[lines.start[1:] - 1] = False
    (first,) = np.nonzero(inner)
    owner = np.searchsorted(lines.start, first, side="right") - 1
    ends = np.hstack([lines.points[first], lines.points[first + 1]]).astype(np.float64)
    down = ends[:, 3] < ends[:, 1]
    ends[down] = ends[down][:, [2, 3, 0, 1]]
    return ends, np.where(down, lines.left[owner], lines.right[owner]).astype(np.int32)


def _bands(full: I64, owner: I64, entry: I64, edge: F64) -> tuple[I32, I32, I64]:
    """Bands of latitude for every cell, as many as suit its entries: first band, first entry of each, the entries."""
    many = np.clip(np.bincount(owner, minlength=len(full)), 1, _BANDS)
    start = np.concatenate([[0], np.cumsum(many)])
    row = (full // COLUMNS)[owner]
    low, high = (
        np.floor(np.clip((edge[entry, side] + _SOUTH) * (1 / CELL) - row, 0.0, 1.0) * many[owner])
        for side in (1, 2)
    )
    low, high = np.minimum(low, many[owner] - 1), np.minimum(high, many[owner] - 1)
    count = (high - low).astype(np.int64) + 1
    k = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    band = np.repeat(start[owner] + low.astype(np.int64), count) + k
    order = np.argsort(band, kind="stable")
    first = np.searchsorted(band[order], np.arange(start[-1] + 1))
    return start.astype(np.int32), first.astype(np.int32), np.repeat(entry, count)[order]


def _in_order(entry: I64, edges: int) -> tuple[I64, I64]:
    """The edges in the order of their first entries, so that neighbours stand together; the entries renumbered."""
    at = np.full(edges, -1)
    at[entry[::-1]] = np.arange(len(entry))[::-1]
    (used,) = np.nonzero(at >= 0)
    used = used[np.argsort(at[used])]
    number = np.empty(edges, np.int64)
    number[used] = np.arange(len(used))
    return used, number[entry]


def _touched(ends: F64) -> tuple[I64, I64]:
    """Pairs (cell, edge), sorted: every cell an edge touches, and some it nearly touches."""
    steps = np.maximum(np.abs(ends[:, 2] - ends[:, 0]), np.abs(ends[:, 3] - ends[:, 1])) // (CELL // 2) + 1
    count = steps.astype(np.int64)
    number = np.repeat(np.arange(len(ends)), count)
    k = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    t0, t1 = k / steps[number], (k + 1) / steps[number]
    a, d = ends[number, :2], ends[number, 2:] - ends[number, :2]
    one, two = a + t0[:, None] * d, a + t1[:, None] * d
    low = np.floor((np.minimum(one, two) - 1 + [_WEST, _SOUTH]) / CELL).astype(np.int64)
    high = np.floor((np.maximum(one, two) + 1 + [_WEST, _SOUTH]) / CELL).astype(np.int64)
    limit = [COLUMNS - 1, ROWS - 1]
    low, high = np.clip(low, 0, limit), np.clip(high, 0, limit)
    wide, tall = low[:, 0] != high[:, 0], low[:, 1] != high[:, 1]
    parts = [
        (low[chosen, 1] if row is low else high[chosen, 1]) * COLUMNS
        + (low[chosen, 0] if column is low else high[chosen, 0])
        for row, column, chosen in (
            (low, low, slice(None)),
            (low, high, wide),
            (high, low, tall),
            (high, high, wide & tall),
        )
    ]
    owner = [number, number[wide], number[tall], number[wide & tall]]
    key = np.sort(np.concatenate(parts) * len(ends) + np.concatenate(owner))
    key = key[np.diff(key, prepend=-1) > 0]
    return key // len(ends), key % len(ends)


def _bare(first: I64, cell: I64, number: I64, edge: F64, east: I32) -> Grid:
    """A grid of the boundary cells alone, without their west sides."""
    none = np.zeros((0, 0), np.int32)
    start = np.append(first, len(cell)).astype(np.int32)
    order = np.lexsort((edge[number, 3], cell))
    return Grid(
        none, none, np.arange(len(start), dtype=np.int32), start, number[order].astype(np.int32), edge, east
    )


def _west_sides(full: I64, cell: I64, number: I64, ends: F64) -> tuple[I64, F64, F64]:
    """Pieces of every boundary cell's west side between crossings: number of the cell, y from, y to."""
    index = np.searchsorted(full, cell)
    west = (cell % COLUMNS) * CELL - _WEST
    bottom = (cell // COLUMNS) * CELL - _SOUTH
    x0, y0, x1, y1 = ends[number].T
    upright = (x0 == x1) & (x0 == west)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(x0 == x1, np.nan, y0 + (west - x0) * (y1 - y0) / (x1 - x0))
    crossing[(west < np.minimum(x0, x1)) | (west > np.maximum(x0, x1))] = np.nan
    marks = np.concatenate([crossing, np.where(upright, y0, np.nan), np.where(upright, y1, np.nan)])
    who, floor = np.tile(index, 3), np.tile(bottom, 3)
    inside = (marks > floor) & (marks < floor + CELL)
    base = (full // COLUMNS) * CELL - _SOUTH
    who = np.concatenate([who[inside], np.arange(len(full)), np.arange(len(full))])
    marks = np.concatenate([marks[inside], base, base + CELL])
    order = np.lexsort((marks, who))
    who, marks = who[order], marks[order]
    piece = (who[1:] == who[:-1]) & (marks[1:] > marks[:-1])
    return who[:-1][piece], marks[:-1][piece], marks[1:][piece]


class _Sides:
    """The areas along the west side of every boundary cell, piece by piece, and what they tell of other points.

    A piece's area is told by the nearest edge to its west: in its own cell, in the boundary cell before it in
    the row, or else it is the area of the piece of that cell's own west side at the same level. Following these
    links to their ends settles all pieces at once.
    """

    def __init__(self, bare: Grid, full: I64, which: I64, low: F64, high: F64) -> None:
        self._bare, self._full = bare, full
        self._order = self._place(which, low)
        level = (low + high) / 2
        west = self._west(which)
        area, told = self._inside(which, west, level)
        area[~told] = -1
        before = np.maximum(which - 1, 0)
        in_row = (which > 0) & (full[before] // COLUMNS == full[which] // COLUMNS)
        asks = np.flatnonzero(~told & in_row)
        found, tells = self._inside(before[asks], west[asks], level[asks])
        area[asks[tells]] = found[tells]
        link = np.arange(len(which))
        passed = asks[~tells]
        link[passed] = self._piece(before[passed], level[passed])
        while not np.array_equal(further := link[link], link):
            link = further
        self.area: I32 = area[link]

    def east_of(self, cell: I64) -> I32:
        """The area just east of each boundary cell, at the middle of its height."""
        level = ((self._full[cell] // COLUMNS) * CELL - _SOUTH + CELL // 2).astype(np.float64)
        area, told = self._inside(cell, self._west(cell) + CELL, level)
        area[~told] = self.area[self._piece(cell[~told], level[~told])]
        return area

    def _inside(self, cell: I64, x: F64, y: F64) -> tuple[I32, NDArray[np.bool_]]:
        """The area by the nearest edge west of each point within one cell, and whether there is such an edge."""
        at, area = nearest_west(self._bare, cell, x, y)
        return area, at >= self._west(cell)

    def _piece(self, cell: I64, y: F64) -> I64:
        """The piece of each cell's west side that holds a level."""
        return np.searchsorted(self._order, self._place(cell, y), side="right") - 1

    def _place(self, cell: I64, y: F64) -> F64:
        """Cell and level as one number that rises along the pieces."""
        return cell * float(CELL) + (y - ((self._full[cell] // COLUMNS) * CELL - _SOUTH))

    def _west(self, cell: I64) -> F64:
        return ((self._full[cell] % COLUMNS) * CELL - _WEST).astype(np.float64)


def _fill(full: I64, sides: _Sides) -> I32:
    """All cells, row by row: boundary cells numbered, the runs between them given their one area."""
    flat = np.full(ROWS * COLUMNS, -1, np.int32)
    flat[full] = -2 - np.arange(len(full))
    after = full + 1
    gap = (after % COLUMNS != 0) & (np.append(full[1:], -1) != after)
    cell = np.flatnonzero(gap)
    area = sides.east_of(cell)
    stop = np.minimum(np.append(full, ROWS * COLUMNS)[cell + 1], (full[cell] // COLUMNS + 1) * COLUMNS)
    length = stop - after[cell]
    where = np.repeat(after[cell], length) + (
        np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    )
    flat[where] = np.repeat(area, length)
    return flat


def _blocks(flat: I32) -> tuple[I32, I32]:
    """Square degrees: the distinct ones, and which one stands where."""
    squares = flat.reshape(180, 10, 360, 10).transpose(0, 2, 1, 3).reshape(-1, 100)
    plain = (squares == squares[:, :1]).all(axis=1)
    values, which = np.unique(squares[plain, 0], return_inverse=True)
    block = np.empty(len(squares), np.int32)
    block[plain] = which
    block[~plain] = len(values) + np.arange(int((~plain).sum()))
    cells = np.concatenate([np.repeat(values[:, None], 100, axis=1), squares[~plain]])
    return block.reshape(180, 360), np.ascontiguousarray(cells, np.int32)
