"""Geodesics between nearly opposite points, where iteration on the longitude fails.

Karney, J. Geodesy 87 (2013) 43, section 4: with the points put in a standard order the longitude reached is
a rising function of the azimuth at the start, so halving an interval of azimuths always finds the line.
"""

from __future__ import annotations

import numpy as np

from maoc_tui.geo import ellipsoid as el
from maoc_tui.geo.ellipsoid import F64, Line

_HALVINGS = 130
"""Azimuths close to due east need far more than the 53 bits of an angle; there is no other cost than time."""


def solve_antipodal(phi1: F64, phi2: F64, lam: F64) -> tuple[F64, F64, F64]:
    """Metres and the courses (degrees) at both ends; latitudes in degrees, ``lam`` radians east."""
    swap = np.where(np.abs(phi1) < np.abs(phi2), -1.0, 1.0)
    east = np.where(lam < 0, -1.0, 1.0) * swap
    far, near = np.where(swap > 0, phi1, phi2), np.where(swap > 0, phi2, phi1)
    south = np.where(far < 0, 1.0, -1.0)
    line = _halve(-np.abs(far), near * south, np.abs(lam))
    first = (np.where(swap > 0, line.salp1, line.salp2), np.where(swap > 0, line.calp1, line.calp2))
    second = (np.where(swap > 0, line.salp2, line.salp1), np.where(swap > 0, line.calp2, line.calp1))
    turn, flip = swap * east, swap * south
    return (
        line.metres(),
        el.course(first[0] * turn, first[1] * flip),
        el.course(second[0] * turn, second[1] * flip),
    )


def _halve(phi1: F64, phi2: F64, lam: F64) -> Line:
    """The line from phi1 <= -|phi2| that gains ``lam`` >= 0, its azimuth found between north and south."""
    ends = (*el.reduced(phi1), *el.reduced(phi2))
    low, high = np.full_like(lam, -np.pi / 2), np.full_like(lam, np.pi / 2)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        line, omega = _leaving(ends, middle)
        beyond = omega - line.longitude_lag() > lam
        low, high = np.where(beyond, middle, low), np.where(beyond, high, middle)
    return _leaving(ends, (low + high) / 2)[0]


def _leaving(ends: tuple[F64, F64, F64, F64], north: F64) -> tuple[Line, F64]:
    """The line that leaves ``north`` radians north of east and its longitude on the auxiliary sphere."""
    sb1, cb1, sb2, cb2 = ends
    salp1, calp1 = np.cos(north), np.sin(north)
    salp0 = salp1 * cb1
    wider = np.where(cb1 < -sb1, (cb2 - cb1) * (cb2 + cb1), (sb1 - sb2) * (sb1 + sb2))
    salp2, calp2 = el.unit(salp0, np.sqrt(np.maximum((calp1 * cb1) ** 2 + wider, 0.0)))
    sigma = _angle(el.unit(sb1, calp1 * cb1), el.unit(sb2, calp2 * cb2))
    omega = _angle(el.unit(salp0 * sb1, calp1 * cb1), el.unit(salp0 * sb2, calp2 * cb2))
    return Line(sb1, cb1, salp1, calp1, sb2, cb2, salp2, calp2, sigma), omega


def _angle(first: tuple[F64, F64], second: tuple[F64, F64]) -> F64:
    """Radians, 0 to pi, from one unit (sine, cosine) forward to the other."""
    sine = np.maximum(first[1] * second[0] - first[0] * second[1], 0.0)
    return np.asarray(np.arctan2(sine, first[1] * second[1] + first[0] * second[0]))
