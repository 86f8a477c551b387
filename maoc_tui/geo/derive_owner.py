"""Whose the waters beyond the territorial seas are: the State whose baseline is nearest, and the lines halfway.

Distances are measured from the limits, which lie at different widths from the baselines. Waters within 12 nm of a
baseline whose limit is nearer belong to it; beyond, the line 12 nm from that baseline stands for the limit. So every
line halfway lies between two lines that are equally far from their baselines.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from maoc_tui.geo.derive_limits import NM, buffered
from maoc_tui.geo.derive_split import Sites, halfway, sites_of
from maoc_tui.geo.derive_widths import FULL_NM, Limits

_SITE_DEG = 0.016
"""Sites along the limits stand at most one nautical mile apart."""
_EARTH = pyproj.Geod(ellps="WGS84")


class Owners:
    """The limits that EEZs are measured from, ready to be asked."""

    def __init__(self, limits: Limits) -> None:
        self._sites = {w: _sites(limits.where(limits.width == w)) for w in limits.widths()}
        self._rings = {
            w: np.asarray(
                shapely.get_parts(shapely.boundary(buffered(limits.lines[limits.width == w], FULL_NM - w)))
            )
            for w in self._sites
            if w < FULL_NM
        }

    def lines(self) -> list[Any]:
        """Every line that may divide two owners, whole."""
        found: list[Any] = []
        level = [self._sites[w] for w in self._sites if w == FULL_NM]
        for width, rings in self._rings.items():
            near = self._sites[width]
            if len(np.unique(near.unit)) > 1:
                found += [*halfway(near)]
            found += [*rings]
            ring = _sites(Limits(rings, np.zeros(len(rings), np.int32), np.full(len(rings), FULL_NM)))
            level.append(Sites(ring.lon, ring.lat, near.nearest(ring.lon, ring.lat)))
        columns = (np.concatenate([getattr(s, name) for s in level]) for name in ("lon", "lat", "unit"))
        return [*found, *halfway(_apart(Sites(*columns)))]

    def of(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
        """The unit with the nearest baseline, for points outside every territorial sea."""
        best, unit = np.full(len(lon), np.inf), np.full(len(lon), -1, np.int32)
        for width, sites in self._sites.items():
            index = sites.nearest_index(lon, lat)
            metres = np.asarray(_EARTH.inv(lon, lat, sites.lon[index], sites.lat[index])[2])
            nearer = metres / NM + width < best
            best[nearer], unit[nearer] = (metres / NM + width)[nearer], sites.unit[index][nearer]
        return unit


def _sites(limits: Limits) -> Sites:
    return sites_of(limits.lines, limits.unit, _SITE_DEG)


def _apart(sites: Sites) -> Sites:
    """Each place once, the first of it."""
    places = np.round(np.column_stack([sites.lon, sites.lat]) * 1e5).astype(np.int64)
    _, first = np.unique(places, axis=0, return_index=True)
    first.sort()
    return Sites(sites.lon[first], sites.lat[first], sites.unit[first])
