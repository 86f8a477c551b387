"""Lines of one value through a grid (marching squares), open where the grid has no value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Line = tuple[F64, F64]
"""Ordinates and abscissae of a line's points."""


def contour(rows: F64, columns: F64, values: F64, level: float) -> tuple[Line, ...]:
    """Lines along which ``values`` (rows, columns) pass ``level``; squares with a value that is infinite are left out.

    Each line is (ordinates, abscissae); closed ones end where they begin.
    """
    import shapely

    segments = _segments(rows, columns, values, level)
    if not len(segments):
        return ()
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(segments)))
    return tuple(_parts(shapely.get_coordinates(line)) for line in shapely.get_parts(merged))


def _parts(points: F64) -> Line:
    return points[:, 1].copy(), points[:, 0].copy()


def _segments(rows: F64, columns: F64, values: F64, level: float) -> F64:
    """Segments (n, 2 ends, x and y) through all squares."""
    corner = [values[:-1, :-1], values[:-1, 1:], values[1:, 1:], values[1:, :-1]]
    whole = np.logical_and.reduce([np.isfinite(one) for one in corner])
    inside = [one <= level for one in corner]
    case = sum(one.astype(np.int64) << bit for bit, one in enumerate(inside)) * whole
    ends = _edges(rows, columns, corner, level)
    parts = []
    for number, pairs in _CASES.items():
        at = np.nonzero(case == number)
        for first, second in pairs:
            parts.append(np.stack([ends[first][at], ends[second][at]], axis=1))
    return np.concatenate(parts) if parts else np.empty((0, 2, 2))


def _edges(rows: F64, columns: F64, corner: list[F64], level: float) -> list[F64]:
    """Where the level passes each of the four edges of each square: (squares, 2) x and y."""
    y0, y1 = np.broadcast_arrays(rows[:-1, None], rows[1:, None])
    x0, x1 = columns[None, :-1], columns[None, 1:]
    shape = corner[0].shape
    places = ((y0, x0), (y0, x1), (y1, x1), (y1, x0))
    found = []
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)):
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.clip((level - corner[a]) / (corner[b] - corner[a]), 0.0, 1.0)
        (ya, xa), (yb, xb) = places[a], places[b]
        x = np.broadcast_to(xa, shape) + share * (np.broadcast_to(xb, shape) - np.broadcast_to(xa, shape))
        y = np.broadcast_to(ya, shape) + share * (np.broadcast_to(yb, shape) - np.broadcast_to(ya, shape))
        found.append(np.stack([x, y], axis=-1))
    return found


_CASES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip
"""Which edges are joined, by the corners within the level (bit 0 the first row's first column, then round)."""
