"""Geodesics to places that are mostly near, for many at once: from the straight chord through the Earth."""

from __future__ import annotations

import numpy as np

from maoc_tui.geo.ellipsoid import E2, F64, NM, A, course
from maoc_tui.geo.geodesy import inverse
from maoc_tui.geo.zonelines import cartesian

_FAR_M = 1_000_000.0
"""Beyond this chord the series for the geodesic is used; up to it the arc below is good to 2 m."""


def inverse_from(here: F64, lat: F64, lon: F64, to_lat: F64, to_lon: F64) -> tuple[F64, F64]:
    """Nautical miles and course at start from n positions, whose places ``here`` (n, 3) are known, to n others.

    The chord is bent into an arc with the ellipsoid's radius of curvature along it (Euler's theorem).
    """
    away = cartesian(to_lat, to_lon) - here
    phi, lam = np.radians(lat), np.radians(lon)
    sp, cp, sl, cl = np.sin(phi), np.cos(phi), np.sin(lam), np.cos(lam)
    dx, dy, dz = away.T
    east = dy * cl - dx * sl
    north = dz * cp - (dx * cl + dy * sl) * sp
    chord = np.sqrt(dx * dx + dy * dy + dz * dz)
    w2 = 1 - E2 * sp * sp
    size = np.maximum(east * east + north * north, 1e-12)
    across, along = A / np.sqrt(w2), A * (1 - E2) / (w2 * np.sqrt(w2))
    radius = size / (north * north / along + east * east / across + 1e-12 / A)
    nm = 2 * radius * np.arcsin(np.minimum(chord / (2 * radius), 1.0)) / NM
    bearing = course(east, north)
    far = np.flatnonzero(chord > _FAR_M)
    if len(far):
        nm[far], bearing[far], _ = inverse(lat[far], lon[far], to_lat[far], to_lon[far])
    return nm, bearing
