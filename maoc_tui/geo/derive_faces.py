"""From lines to a planar partition: node everything together, polygonize, label faces, keep the lines that divide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.problems import Problem

_SPECK_DEG = 1e-4
"""Loose ends shorter than ten lattice steps come from the snapping itself."""
GRID = 1e-5
"""Lattice of all coordinates, degrees: 1.1 m."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Dividing lines in lattice units: between two areas, the left one and the right one seen along the line."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    points: tuple[NDArray[np.int32], ...]
    """Per arc an (n, 2) array of lon, lat in units of 1e-5 degree, n >= 2."""


def faces_of(lines: NDArray[Any], spike_deg: float = 0.0) -> NDArray[Any]:
    """The faces that the lines enclose, after noding all of them together. Raises Problem when a line dangles.

    A needle-thin loop may fold flat on the lattice; along such a spike at least two of the lines run, so it is told
    from a line that was cut short. Spikes no longer than ``spike_deg`` are dropped without asking.
    """
    noded = shapely.union_all(lines, grid_size=GRID)
    faces, cuts, dangles, invalid = shapely.polygonize_full([noded])
    loose = np.concatenate([shapely.get_parts(part) for part in (cuts, dangles, invalid)])
    loose = loose[shapely.length(loose) > max(spike_deg, _SPECK_DEG)]
    loose = loose[~_folded(loose, lines)]
    if len(loose):
        longest = max(loose, key=lambda line: line.length)
        raise Problem(
            f"{len(loose)} boundary lines end loosely, the longest {longest.length:.3f} degrees near"
            f" {longest.centroid.wkt}.",
            "The zones would merge silently, so nothing was written; the sources differ from the expected ones.",
        )
    return np.asarray(shapely.get_parts(faces))


def _folded(loose: NDArray[Any], lines: NDArray[Any]) -> NDArray[np.bool_]:
    """Loose ends along which two or more lines, or two strands of one line, run."""
    if not len(loose):
        return np.zeros(0, bool)
    middle = shapely.buffer(shapely.line_interpolate_point(loose, 0.5, normalized=True), 1.5 * GRID)
    which, line = shapely.STRtree(lines).query(middle, predicate="intersects")
    strands = shapely.get_num_geometries(shapely.intersection(middle[which], lines[line]))
    return np.asarray(np.bincount(which, strands, minlength=len(loose)) > 1)


def arcs_between(faces: NDArray[Any], area: NDArray[np.int32]) -> Arcs:
    """The lines between faces of different areas, chained, with their sides; outside all faces is area -1."""
    unique, sides = _shared(faces, area)
    keep = sides[0] != sides[1]
    return _chain(unique[keep], sides[0][keep], sides[1][keep])


def touching(faces: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Pairs (n, 2) of faces that share a line, each once, and the length they share in degrees; -1 is outside."""
    segments, sides = _shared(faces, np.arange(len(faces), dtype=np.int32))
    length = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]) * GRID
    pairs, inverse = np.unique(np.sort(sides.T, axis=1), axis=0, return_inverse=True)
    return pairs, np.bincount(inverse.ravel(), length, len(pairs)).astype(np.float64)


def _shared(faces: NDArray[Any], area: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Every ring segment once, as (n, 4) lattice coordinates, and the areas (2, n) on its left and right."""
    start, end, left = _directed(faces, area)
    forward = (start[:, 0] < end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] < end[:, 1]))
    low, high = np.where(forward[:, None], start, end), np.where(forward[:, None], end, start)
    key = np.hstack([low, high])
    unique, inverse = np.unique(key, axis=0, return_inverse=True)
    sides = np.full((2, len(unique)), -1, np.int32)
    sides[np.where(forward, 0, 1), inverse.ravel()] = left
    return unique, sides


def _directed(faces: NDArray[Any], area: NDArray[np.int32]) -> tuple[Any, Any, Any]:
    """Every ring segment with its face on the left: outer rings run counter-clockwise, holes clockwise."""
    faces = shapely.orient_polygons(faces)
    rings, owner = shapely.get_rings(faces, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    lattice = np.round(points / GRID).astype(np.int32)
    same = ring[1:] == ring[:-1]
    return lattice[:-1][same], lattice[1:][same], area[owner[ring[:-1][same]]]


def _chain(segments: NDArray[np.int32], left: NDArray[np.int32], right: NDArray[np.int32]) -> Arcs:
    swap = left > right  # one direction per pair of areas, so that its segments chain
    segments = np.where(swap[:, None], segments[:, [2, 3, 0, 1]], segments)
    left, right = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((*segments.T[::-1], right, left))
    segments, left, right = segments[order], left[order], right[order]
    first = np.flatnonzero(np.diff(left, prepend=-9) | np.diff(right, prepend=-9))
    found: list[tuple[int, int, NDArray[np.int32]]] = []
    for a, b in zip(first, [*first[1:], len(left)], strict=True):
        pieces = shapely.linestrings(segments[a:b].reshape(-1, 2, 2).astype(float))
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces), directed=True))
        chains = sorted((np.round(shapely.get_coordinates(m)).astype(np.int32) for m in merged), key=bytes)
        found += [(int(left[a]), int(right[a]), chain) for chain in chains]
    return Arcs(
        np.array([f[0] for f in found], np.int32),
        np.array([f[1] for f in found], np.int32),
        tuple(f[2] for f in found),
    )
