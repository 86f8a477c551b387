"""Lines halfway between the coasts of different states, as edges of a spherical Voronoi diagram.

On the conformal sphere a Voronoi edge joins the normals of two neighbouring facets of the sites' convex hull. The
edges are given WHOLE: clipping them before they are noded leaves loose ends, and states merge without a sign of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, cKDTree

_E = 0.0818191908426215
"""First eccentricity of WGS84."""
_STEP = 0.05
"""Longest step along an edge, degrees of arc."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Points of the limits that EEZs are measured from, each with the index of its unit."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    unit: NDArray[np.int32]

    def nearest(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
        """The unit of the nearest site to each point."""
        return np.asarray(self.unit[self.nearest_index(lon, lat)], np.int32)

    def nearest_index(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
        """The number of the nearest site to each point."""
        tree = cKDTree(sphere(self.lon, self.lat))
        return np.asarray(tree.query(sphere(lon, lat))[1], np.int64)


def sphere(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors (n, 3) on the conformal sphere of geodetic positions in degrees."""
    sin = np.sin(np.radians(lat))
    conformal = np.arctan(np.sinh(np.arctanh(sin.clip(-1 + 1e-16, 1 - 1e-16)) - _E * np.arctanh(_E * sin)))
    along, up = np.cos(conformal), np.sin(conformal)
    turn = np.radians(lon)
    return np.column_stack([along * np.cos(turn), along * np.sin(turn), up])


def geodetic(vectors: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and geodetic latitude in degrees of unit vectors on the conformal sphere."""
    lon = np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))
    level = np.arctanh(np.clip(vectors[:, 2], -1 + 1e-15, 1 - 1e-15))
    sin = np.tanh(level)
    for _ in range(8):
        sin = np.tanh(level + _E * np.arctanh(_E * sin))
    return lon, np.degrees(np.arcsin(sin))


def sites_of(lines: NDArray[Any], unit: NDArray[np.int32], spacing_deg: float) -> Sites:
    """Sites no further apart than ``spacing_deg`` along the lines; a point shared by two units goes to one."""
    cos = np.cos(np.radians(shapely.get_y(shapely.centroid(lines))))
    dense = shapely.segmentize(lines, spacing_deg * np.maximum(cos, 0.1))
    points, index = shapely.get_coordinates(dense, return_index=True)
    _, first = np.unique(np.round(points * 1e5).astype(np.int64), axis=0, return_index=True)
    first.sort()
    return Sites(points[first, 0], points[first, 1], unit[index[first]])


def halfway(sites: Sites) -> NDArray[Any]:
    """The whole Voronoi edges between sites of different units: lon/lat linestrings, cut at the antimeridian."""
    vectors = sphere(sites.lon, sites.lat)
    hull = ConvexHull(vectors)
    normals = hull.equations[:, :3] / np.linalg.norm(hull.equations[:, :3], axis=1, keepdims=True)
    starts, ends = [], []
    for opposite in range(3):
        a, b = (hull.simplices[:, k] for k in range(3) if k != opposite)
        other = hull.neighbors[:, opposite]
        wanted = (sites.unit[a] != sites.unit[b]) & (np.arange(len(other)) < other)
        starts.append(normals[wanted])
        ends.append(normals[other[wanted]])
    return _edges(np.concatenate(starts), np.concatenate(ends))


def _edges(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[Any]:
    angle = np.arctan2(np.linalg.norm(np.cross(start, end), axis=1), (start * end).sum(axis=1))
    start, end, angle = start[angle > 1e-12], end[angle > 1e-12], angle[angle > 1e-12]
    (lon1, lat1), (lon2, lat2) = geodetic(start), geodetic(end)
    short = (np.degrees(angle) < _STEP) & (np.abs(lon1 - lon2) < 1.0)
    pairs = np.stack([np.column_stack([lon1, lat1])[short], np.column_stack([lon2, lat2])[short]], axis=1)
    lines: list[Any] = list(shapely.linestrings(pairs))
    for a, b, theta in zip(start[~short], end[~short], angle[~short], strict=True):
        t = np.linspace(0.0, 1.0, max(2, int(np.ceil(np.degrees(theta) / _STEP)) + 1))[:, None]
        lon, lat = geodetic((np.sin((1 - t) * theta) * a + np.sin(t * theta) * b) / np.sin(theta))
        lines += _cut(lon, lat)
    return np.array(lines)


def _cut(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[Any]:
    """A chain as one linestring, or as several that end exactly on the antimeridian."""
    jumps = np.flatnonzero(np.abs(np.diff(lon)) > 180.0)
    parts, start, points = [], 0, np.column_stack([lon, lat])
    head: list[list[float]] = []
    for i in jumps.tolist():
        side = 180.0 if lon[i] > 0 else -180.0
        run = lon[i + 1] + 2 * side - lon[i]
        crossing = lat[i] + (lat[i + 1] - lat[i]) * ((side - lon[i]) / run if run else 0.5)
        parts.append([*head, *points[start : i + 1].tolist(), [side, crossing]])
        head, start = [[-side, crossing]], i + 1
    parts.append([*head, *points[start:].tolist()])
    return [shapely.LineString(part) for part in parts if len(part) > 1]
