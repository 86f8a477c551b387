"""Which of many places lie near which others: places are sorted into bands of latitude and searched by longitude.

Distances are on the sphere (geo.plausibility), good to 0.6 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.plausibility import sphere_nm

I64 = NDArray[np.int64]
_SLACK = 1.001
"""Bands and spans are wider by this than the sphere needs: rounding must not lose what lies on the edge."""


@dataclass(frozen=True, slots=True)
class Places:
    """Places in bands of latitude, each band ordered by longitude; asked many times for one distance."""

    nm: float
    lat: F64
    lon: F64
    """-180..180."""
    order: I64
    code: F64
    """Band and longitude as one rising number, aligned with ``order``."""

    @classmethod
    def build(cls, lat: F64, lon: F64, nm: float) -> Places:
        """Places that will be asked for what lies within ``nm``; coordinates are finite."""
        code = _code(_band(lat, nm), lon)
        order = np.argsort(code, kind="stable")
        return cls(nm, lat, lon, order.astype(np.int64), code[order])

    def within(self, lat: F64, lon: F64) -> tuple[I64, I64, F64]:
        """Pairs (asked, found, nm apart) for every place no further than the distance from an asked one."""
        asked, low, high = self._spans(lat, lon)
        begin, end = np.searchsorted(self.code, low, "left"), np.searchsorted(self.code, high, "right")
        count = end - begin
        asked = np.repeat(asked, count)
        first = np.repeat(begin - np.cumsum(count) + count, count)
        found = self.order[first + np.arange(len(asked))]
        apart = sphere_nm(lat[asked], lon[asked], self.lat[found], self.lon[found])
        near = apart <= self.nm
        return asked[near], found[near], apart[near]

    def _spans(self, lat: F64, lon: F64) -> tuple[I64, F64, F64]:
        """Who asks, and the codes from and to which to look: three bands, and again over the antimeridian."""
        band, size = _band(lat, self.nm), self.nm / 60 * _SLACK
        cosine = np.cos(np.radians(np.minimum(np.abs(lat) + size, 89.9)))
        reach = np.where(cosine > 0.01, np.minimum(size / np.maximum(cosine, 0.01) * 1.01, 360.0), 360.0)
        who, low, high = [], [], []
        rows = np.arange(len(lat))
        for turn in (0.0, -360.0, 360.0):
            shifted = lon + turn
            some = np.flatnonzero((shifted + reach >= -180) & (shifted - reach <= 180))
            west, east = np.maximum(shifted - reach, -180.0), np.minimum(shifted + reach, 180.0)
            for step in (-1, 0, 1):
                who.append(rows[some])
                low.append(_code(band[some] + step, west[some]))
                high.append(_code(band[some] + step, east[some]))
        return np.concatenate(who), np.concatenate(low), np.concatenate(high)


def _band(lat: F64, nm: float) -> I64:
    return np.floor(lat * 60 / (nm * _SLACK)).astype(np.int64)


def _code(band: I64, lon: F64) -> F64:
    """Longitudes span 360 of the 1,024 that a band has: no span reaches into another band."""
    return np.asarray(band * 1024.0 + lon)


def pairs(lat: F64, lon: F64, nm: float) -> tuple[I64, I64, F64]:
    """Every two of the places no further than ``nm`` apart, the lower index first, and the distance."""
    first, second, apart = Places.build(lat, lon, nm).within(lat, lon)
    once = first < second
    return first[once], second[once], apart[once]
