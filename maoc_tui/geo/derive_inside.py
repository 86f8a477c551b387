"""Waters behind a baseline that nobody has published: what a mapped limit tells of it, and what it leaves open.

A territorial sea's limit lies at its width from the baseline. Therefore:

1. Water within that width of its own seaward limit lies outside the baseline.
2. Where territorial sea reaches farther out than its width from the coast, a baseline stands off the coast. Water
   deeper inside than the width, and within the width of such sea, is taken to lie behind it: inferred. Not near
   another State's sea, where the limit between the two says nothing of the baseline.
3. Other water deeper inside, in bays and between islands that a circle of 12 nm radius coming from the sea does not
   reach: the limit would be the same with and without a baseline there. Not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.geo.derive_faces import GRID, arcs_between
from maoc_tui.geo.derive_label import Ground
from maoc_tui.geo.derive_limits import buffered
from maoc_tui.geo.derive_widths import FULL_NM, Limits

_MARGIN_NM = 0.5
"""Limits are mapped to about so much."""
_COAST_NM = 1.0
"""The coast in the data may lie so far off, or lack what lies so near it."""
_SHORE_NM = 0.3
_CIRCLE_DEG = 1.0 / 60.0
"""Inferred waters hold a circle of this radius; what is narrower may come from an islet missing in the coast."""
_THIN_DEG = 0.004
_COARSE_DEG = 0.001
_NO_LINES: NDArray[Any] = np.empty(0, object)


@dataclass(frozen=True, slots=True)
class Inside:
    """Water inside the territorial seas' polygons that is not, or not certainly, territorial sea."""

    inferred: NDArray[Any]
    """Polygons behind an inferred baseline."""
    unknown: NDArray[Any]
    """Polygons of which nothing tells on which side of a baseline they lie."""


def inside(ground: Ground, limits: Limits) -> Inside:
    """Look into every territory's sea; ``limits`` are all seaward limits."""
    inferred: list[Any] = []
    unknown: list[Any] = []
    borders = _borders(ground)
    for number in np.unique(limits.unit).tolist():
        own = limits.where(limits.unit == number)
        sea = shapely.union_all(ground.faces[(ground.unit == number) & ~ground.land])
        deep = _wide(shapely.difference(sea, own.reach_inside(_MARGIN_NM)), _THIN_DEG)
        if not len(deep):
            continue
        land = shapely.union_all(ground.faces[(ground.unit == number) & ground.land])
        shared = borders.get(number, _NO_LINES)
        behind, bays = _behind(sea, land, own, shapely.union_all(deep), shared)
        inferred += behind
        unknown += bays
    return Inside(np.array(inferred), np.array(unknown))


def _borders(ground: Ground) -> dict[int, NDArray[Any]]:
    """For each territory the lines between its sea and another's."""
    arcs = arcs_between(ground.faces, np.where(ground.land, -2, ground.unit).astype(np.int32))
    lines = np.array([shapely.LineString(points * GRID) for points in arcs.points])
    between = (arcs.left >= 0) & (arcs.right >= 0)
    lines = shapely.simplify(lines, _COARSE_DEG)
    sides = np.unique(np.concatenate([arcs.left[between], arcs.right[between]])).tolist()
    return {n: lines[between & ((arcs.left == n) | (arcs.right == n))] for n in sides}


def _behind(sea: Any, land: Any, own: Limits, deep: Any, shared: NDArray[Any]) -> tuple[list[Any], list[Any]]:
    """Polygons behind an inferred baseline, and those of which nothing is known."""
    width = max(own.widths())
    near = _around(land, FULL_NM + _COAST_NM)
    odd = shapely.difference(sea, near if width == FULL_NM else _around(land, width + _COAST_NM))
    told = shapely.intersection(deep, _around(odd, min(own.widths())))
    if len(shared):
        told = shapely.difference(told, buffered(shared, width))
    told = _wide(told, _THIN_DEG)
    told = [part for part in told if _holds_circle(part)]
    closed = shapely.difference(near, buffered(lines_of(near), FULL_NM + _COAST_NM - _SHORE_NM))
    left = shapely.difference(shapely.intersection(deep, closed), shapely.union_all(told))
    return told, _wide(left, _THIN_DEG)


def _around(shape: Any, nm: float) -> Any:
    """The shape and all within a distance of it."""
    lines = lines_of(shape)
    return shapely.union(shape, buffered(lines, nm)) if len(lines) else shape


def lines_of(shape: Any) -> NDArray[Any]:
    """The outlines of a shape, thinned, without the antimeridian and the poles, where it only is cut."""
    rings = shapely.get_rings(shapely.get_parts(shapely.simplify(shape, _COARSE_DEG)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    seam = (np.abs(points[:, 0]) >= 180.0 - 1e-9) | (np.abs(points[:, 1]) >= 90.0 - 1e-9)
    drawn = (ring[1:] == ring[:-1]) & ~(seam[1:] & seam[:-1])
    run = np.cumsum(np.concatenate([[0], ~drawn]))
    size = np.bincount(run)
    kept = size[run] > 1
    if not kept.any():
        return np.empty(0, object)
    _, index = np.unique(run[kept], return_inverse=True)
    return np.asarray(shapely.linestrings(points[kept], indices=index.ravel()))


def _wide(shape: Any, least_deg: float) -> list[Any]:
    """The polygons of a shape that are wider than drawing error."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.length > 0]
    return [part for part in parts if 2 * part.area / part.length > least_deg]


def _holds_circle(part: Any) -> bool:
    squeezed = np.cos(np.radians(part.centroid.y))
    level = shapely.transform(part, lambda xy: xy * [squeezed, 1.0])
    return not shapely.is_empty(shapely.buffer(level, -_CIRCLE_DEG))
