"""Distances, bearings and constant courses on WGS-84 for arrays of any shape that broadcast.

Distances are nautical miles, angles degrees. ``inverse`` and ``direct`` follow the geodesic, the shortest
way; ``rhumb_inverse`` and ``rhumb_direct`` the line of constant course: tens of miles apart over an ocean.
NaN in gives NaN out. Geodesics after Karney, J. Geodesy 87 (2013) 43, solved for whole columns at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from maoc_tui.geo import ellipsoid as el
from maoc_tui.geo.antipodal import solve_antipodal
from maoc_tui.geo.ellipsoid import F64, NM, Line
from maoc_tui.geo.rhumb import dead_reckon, doubt_radius_nm, rhumb_direct, rhumb_inverse

__all__ = [
    "NM",
    "dead_reckon",
    "direct",
    "distance_nm",
    "doubt_radius_nm",
    "inverse",
    "rhumb_direct",
    "rhumb_inverse",
]

_ROUNDS = 16
_STILL = 1e-13
"""Radians: the next change would be a hundredth of it."""
_ON_EQUATOR = 1e-13
"""Degrees, a hundredth of a micrometre: nearer than that is the equator itself."""
_SHORT_OF_HALF = np.pi - 0.1
"""Radians of arc beyond which the quick iteration may miss the shortest way (the astroid spans 0.011)."""


def distance_nm(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> F64:
    """Nautical miles along the geodesic between points given in degrees."""
    return inverse(lat1, lon1, lat2, lon2)[0]


def inverse(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> tuple[F64, F64, F64]:
    """The geodesic from the first to the second points: nautical miles, course at start, course at end.

    Courses are degrees true, 0 <= course < 360; between coincident points they are 0.
    """
    (phi1, lon_a, phi2, lon_b), shape = el.columns(lat1, lon1, lat2, lon2)
    phi1, phi2 = (np.where(np.abs(phi) < _ON_EQUATOR, 0.0, phi) for phi in (phi1, phi2))
    lam = np.radians(el.wrap(el.wrap(lon_b) - el.wrap(lon_a)))
    line = _quick(phi1, phi2, lam)
    metres, start, end = line.metres(), line.start(), line.end()
    along_equator = (phi1 == 0) & (phi2 == 0) & (np.abs(lam) <= np.pi * (1 - el.F))
    metres[along_equator] = el.A * np.abs(lam[along_equator])
    hard = np.flatnonzero((line.sigma >= _SHORT_OF_HALF) & ~along_equator)
    if hard.size:
        metres[hard], start[hard], end[hard] = solve_antipodal(phi1[hard], phi2[hard], lam[hard])
    return (metres / NM).reshape(shape), start.reshape(shape), end.reshape(shape)


def _quick(phi1: F64, phi2: F64, lam: F64) -> Line:
    """The line found by correcting the longitude on the auxiliary sphere until it stands still."""
    ends = (*el.reduced(phi1), *el.reduced(phi2))
    line = _spherical(ends, lam)
    omega = lam
    for _ in range(_ROUNDS):
        better = lam + line.longitude_lag()
        change = np.abs(better - omega)
        omega = better
        line = _spherical(ends, omega)
        if not np.any(change[line.sigma < _SHORT_OF_HALF] > _STILL):
            break
    return line


def _spherical(ends: tuple[F64, F64, F64, F64], omega: F64) -> Line:
    """The great circle on the auxiliary sphere between reduced latitudes that are ``omega`` radians apart."""
    sb1, cb1, sb2, cb2 = ends
    sine, gap = np.sin(omega), 2 * np.sin(omega / 2) ** 2
    across = cb2 * sine
    ahead = cb1 * sb2 - sb1 * cb2
    size = np.hypot(across, ahead + sb1 * cb2 * gap)
    sigma = np.arctan2(size, sb1 * sb2 + cb1 * cb2 * np.cos(omega))
    salp1, calp1 = el.unit(across, ahead + sb1 * cb2 * gap)
    salp2, calp2 = el.unit(cb1 * sine, ahead - cb1 * sb2 * gap)
    return Line(sb1, cb1, salp1, calp1, sb2, cb2, salp2, calp2, sigma)


def direct(lat: ArrayLike, lon: ArrayLike, course: ArrayLike, nm: ArrayLike) -> tuple[F64, F64, F64]:
    """Where the geodesic that starts with ``course`` ends after ``nm``: latitude, longitude, course there."""
    (phi, lon1, azimuth, miles), shape = el.columns(lat, lon, course, nm)
    sb1, cb1 = el.reduced(phi)
    salp1, calp1 = np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))
    salp0 = salp1 * cb1
    calp0 = np.hypot(calp1, salp1 * sb1)
    eps = el.expansion(salp0)
    ssig1, csig1 = el.unit(sb1, calp1 * cb1)
    tau = miles * NM / (el.B * el.distance_scale(eps))
    tau1 = np.arctan2(ssig1, csig1) + el.sine_sum(el.distance_terms(eps), ssig1, csig1)
    sigma2 = tau1 + tau + el.sine_sum(el.arc_terms(eps), np.sin(tau1 + tau), np.cos(tau1 + tau))
    sigma12 = sigma2 - np.arctan2(ssig1, csig1)
    ssig2, csig2 = np.sin(sigma2), np.cos(sigma2)
    sb2, cb2 = calp0 * ssig2, np.hypot(salp0, calp0 * csig2)
    lag = el.lag(salp0, eps, sigma12, (ssig1, csig1), (ssig2, csig2))
    omega = np.arctan2(salp0 * ssig2, csig2) - np.arctan2(salp0 * ssig1, csig1)
    end_lat = np.degrees(np.arctan2(sb2, (1 - el.F) * cb2))
    end_lon = el.wrap(lon1 + np.degrees(omega - lag))
    return end_lat.reshape(shape), end_lon.reshape(shape), el.course(salp0, calp0 * csig2).reshape(shape)
