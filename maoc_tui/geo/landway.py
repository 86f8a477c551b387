"""Whether the way from one place to another leads over land: the shortest way, or a constant course.

It is looked at every three miles; a neck of land narrower than that may be missed. A harbour's
own land at the beginning does not count: the ship knows its way out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.geo.ellipsoid import F64, wrap

STEP_NM = 3.0
HARBOUR_NM = 15.0
"""Land within this of the start is taken for the harbour's own until the first water."""
_ENDS_NM = 1.0
"""Land within this of the other end is not in the way; whether the end itself is on land is asked elsewhere."""
_NODES = 33
_AT_ONCE = 1_000_000
_NM_PER_RADIAN = 3440.07
"""Mean radius of the earth in nautical miles."""
IsLand = Callable[[F64, F64], NDArray[np.bool_]]


def first_land(
    is_land: IsLand,
    lat: ArrayLike,
    lon: ArrayLike,
    to_lat: ArrayLike,
    to_lon: ArrayLike,
    step_nm: float = STEP_NM,
    *,
    rhumb: bool = False,
) -> F64:
    """Nautical miles from each start to the first land in the way; NaN where there is none, or an end is unknown.

    The way is the great circle; with ``rhumb`` the line of constant course.

    ``is_land`` answers for flat columns of degrees. Arguments broadcast.
    """
    ends = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (lat, lon, to_lat, to_lon)))
    shape = ends[0].shape
    flat = [np.array(end).ravel() for end in ends]
    nodes_lat, nodes_lon, away = _rhumb_nodes(*flat) if rhumb else _nodes(*flat)
    found = np.full(len(away), np.nan)
    usable = np.flatnonzero(away > step_nm)
    count = np.ceil(away[usable] / step_nm).astype(np.int64)
    for part in _parts(count):
        rows = usable[part]
        found[rows] = _first(is_land, nodes_lat[rows], nodes_lon[rows], away[rows], count[part])
    return found.reshape(shape)


def _parts(count: NDArray[np.int64]) -> list[slice]:
    """Ways that are looked at together, so that memory stays bounded."""
    total = np.cumsum(count)
    cuts = np.unique(np.searchsorted(total, np.arange(0, total[-1] if len(total) else 0, _AT_ONCE)))
    edges = [*cuts.tolist(), len(count)]
    return [slice(a, b) for a, b in pairwise(edges) if b > a]


def _nodes(lat: F64, lon: F64, to_lat: F64, to_lon: F64) -> tuple[F64, F64, F64]:
    """Points along each great circle (n, nodes), longitudes continuous, and its length in nautical miles."""
    a, b = _vectors(lat, lon), _vectors(to_lat, to_lon)
    angle = np.arctan2(np.linalg.norm(np.cross(a, b), axis=1), np.einsum("ij,ij->i", a, b))
    share = np.linspace(0.0, 1.0, _NODES)
    sine = np.where(np.sin(angle) > 1e-12, np.sin(angle), 1.0)
    first = np.sin(np.outer(angle, 1 - share)) / sine[:, None]
    second = np.sin(np.outer(angle, share)) / sine[:, None]
    x, y, z = (first * a[:, i, None] + second * b[:, i, None] for i in range(3))
    nodes_lon = np.degrees(np.unwrap(np.arctan2(y, x), axis=1))
    return np.degrees(np.arctan2(z, np.hypot(x, y))), nodes_lon, angle * _NM_PER_RADIAN


def _rhumb_nodes(lat: F64, lon: F64, to_lat: F64, to_lon: F64) -> tuple[F64, F64, F64]:
    """The same along the shorter rhumb line, on a sphere: some tenths of a mile off in a hundred."""
    share = np.linspace(0.0, 1.0, _NODES)
    north, east = to_lat - lat, wrap(to_lon - lon)
    nodes = lat[:, None] + north[:, None] * share
    rise = np.arcsinh(np.tan(np.radians(nodes)))
    whole = rise[:, -1] - rise[:, 0]
    flat = np.abs(whole) < 1e-9
    part = np.where(flat[:, None], share, (rise - rise[:, :1]) / np.where(flat, 1.0, whole)[:, None])
    shrink = np.where(flat, np.cos(np.radians(lat)), np.radians(north) / np.where(flat, 1.0, whole))
    away = np.radians(np.hypot(north, shrink * east)) * _NM_PER_RADIAN
    return nodes, lon[:, None] + east[:, None] * part, away


def _vectors(lat: F64, lon: F64) -> F64:
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)


def _first(is_land: IsLand, lat: F64, lon: F64, away: F64, count: NDArray[np.int64]) -> F64:
    start = np.cumsum(count) - count
    way = np.repeat(np.arange(len(count)), count)
    share = (np.arange(len(way)) - start[way] + 0.5) / count[way]
    at = np.minimum((share * (_NODES - 1)).astype(np.int64), _NODES - 2)
    part = share * (_NODES - 1) - at
    flat = way * _NODES + at
    y = lat.ravel()[flat] + part * (lat.ravel()[flat + 1] - lat.ravel()[flat])
    x = lon.ravel()[flat] + part * (lon.ravel()[flat + 1] - lon.ravel()[flat])
    land = is_land(y, wrap(x))
    gone = share * away[way]
    wet = np.where(land, np.inf, gone)
    first_water = np.minimum.reduceat(wet, start)
    harbour = (gone < first_water[way]) & (gone < HARBOUR_NM)
    in_way = land & ~harbour & (gone < away[way] - _ENDS_NM)
    met = np.minimum.reduceat(np.where(in_way, gone, np.inf), start)
    return np.where(np.isfinite(met), met, np.nan)
