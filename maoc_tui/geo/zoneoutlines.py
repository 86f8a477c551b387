"""The zone lines as a chart draws them: thinned once when the index is built, then read with it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.zonemodel import UNIT, Lines

TOLERANCE_DEG = 0.01
"""A thinned line strays no farther from the line itself: a cell row at the usual scale is 10 times that."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Thinned lines, one element a line."""

    line: NDArray[np.int64]
    """Which line of the dataset."""
    start: NDArray[np.int64]
    """First point of each in ``points``, and the total at the end."""
    points: NDArray[np.float32]
    """(m, 2) longitude, latitude in degrees."""


ARRAYS = tuple(field.name for field in fields(Outlines))


def build(lines: Lines, drawn: list[int]) -> Outlines:
    """Thin these lines of a dataset after Douglas and Peucker (1973); a ring smaller than the tolerance vanishes."""
    import shapely

    chosen = np.array(drawn, np.int64)
    owner = np.repeat(np.arange(len(lines)), np.diff(lines.start))
    mine = np.isin(owner, chosen)
    if not mine.any():
        return Outlines(np.empty(0, np.int64), np.zeros(1, np.int64), np.empty((0, 2), np.float32))
    place = np.searchsorted(chosen, owner[mine])
    whole: Any = shapely.linestrings(lines.points[mine] * UNIT, indices=place)
    thin = shapely.simplify(whole, TOLERANCE_DEG, preserve_topology=False)
    points, index = shapely.get_coordinates(thin, return_index=True)
    left, counts = np.unique(index, return_counts=True)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Outlines(chosen[left], start, points.astype(np.float32))
