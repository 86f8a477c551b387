"""WGS-84 and the series that geodesics and meridian arcs share: Karney, J. Geodesy 87 (2013) 43."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]

NM = 1852.0
"""Metres in a nautical mile."""
A = 6378137.0
"""Equatorial radius, metres (NIMA TR8350.2)."""
F = 1 / 298.257223563
"""Flattening."""
B = A * (1 - F)
"""Polar radius, metres."""
N3 = F / (2 - F)
"""Third flattening."""
E2 = F * (2 - F)
"""First eccentricity squared."""
EP2 = E2 / (1 - E2)
"""Second eccentricity squared."""


def reduced(lat: F64) -> tuple[F64, F64]:
    """Sine and cosine of the reduced latitude of degrees north; the cosine is never negative."""
    phi = np.radians(lat)
    sine, cosine = (1 - F) * np.sin(phi), np.maximum(np.cos(phi), 1e-150)
    size = np.hypot(sine, cosine)
    return sine / size, cosine / size


def expansion(salp0: F64) -> F64:
    """The small parameter epsilon of the geodesic that crosses the equator at sin(azimuth) ``salp0``."""
    k2 = EP2 * np.maximum(1 - salp0 * salp0, 0.0)
    return np.asarray(k2 / (2 * (1 + np.sqrt(1 + k2)) + k2))


def distance_scale(eps: F64) -> F64:
    """A1: metres along the geodesic per radian of the auxiliary sphere, over B (eq. 17)."""
    e2 = eps * eps
    return np.asarray((1 + e2 * (64 + e2 * (4 + e2)) / 256) / (1 - eps))


def distance_terms(eps: F64) -> tuple[F64, ...]:
    """C1: the periodic part of the distance (eq. 18)."""
    e2 = eps * eps
    return (
        eps * ((6 - e2) * e2 - 16) / 32,
        e2 * ((64 - 9 * e2) * e2 - 128) / 2048,
        eps * e2 * (9 * e2 - 16) / 768,
        e2 * e2 * (3 * e2 - 5) / 512,
        -7 * eps * e2 * e2 / 1280,
        -7 * e2 * e2 * e2 / 2048,
    )


def arc_terms(eps: F64) -> tuple[F64, ...]:
    """C1': the same series turned round, from distance to arc (eq. 21)."""
    e2 = eps * eps
    return (
        eps * (e2 * (205 * e2 - 432) + 768) / 1536,
        e2 * (e2 * (4005 * e2 - 4736) + 3840) / 12288,
        eps * e2 * (116 - 225 * e2) / 384,
        e2 * e2 * (2695 - 7173 * e2) / 7680,
        3467 * eps * e2 * e2 / 7680,
        38081 * e2 * e2 * e2 / 61440,
    )


def longitude_scale(eps: F64) -> F64:
    """A3 (eq. 24)."""
    n = N3
    a = (
        3 / 128,
        3 / 64 + n / 32,
        1 / 16 + 3 * n / 16 + n * n / 16,
        1 / 4 + n / 8 - 3 * n * n / 8,
        1 / 2 - n / 2,
    )
    total = np.zeros_like(eps)
    for term in a:
        total = (total + term) * eps
    return np.asarray(1 - total)


def longitude_terms(eps: F64) -> tuple[F64, ...]:
    """C3 (eq. 25)."""
    n, n2, e2 = N3, N3 * N3, eps * eps
    c31 = (1 - n) / 4 + eps * (
        (1 - n2) / 8 + eps * ((3 + 3 * n - n2) / 64 + eps * ((5 + 2 * n) / 128 + eps * 3 / 128))
    )
    c32 = (2 - 3 * n + n2) / 32 + eps * ((3 - 2 * n - 3 * n2) / 64 + eps * ((3 + n) / 128 + eps * 5 / 256))
    c33 = (5 - 9 * n + 5 * n2) / 192 + eps * ((9 - 10 * n) / 384 + eps * 7 / 512)
    c34 = (7 - 14 * n) / 512 + eps * 7 / 512
    return c31 * eps, c32 * e2, c33 * eps * e2, c34 * e2 * e2, 21 / 2560 * eps * e2 * e2


def sine_sum(terms: tuple[F64, ...], sine: F64, cosine: F64) -> F64:
    """Sum of terms[l-1] sin(2 l x) by Clenshaw's recurrence, from the sine and cosine of x."""
    twice = 2 * (cosine - sine) * (cosine + sine)
    ahead, further = np.zeros_like(twice), np.zeros_like(twice)
    for term in reversed(terms):
        ahead, further = twice * ahead - further + term, ahead
    return np.asarray(2 * sine * cosine * ahead)


def wrap(lon: F64) -> F64:
    """Degrees east brought into -180 <= lon < 180; what is there already stays exact."""
    return np.asarray(np.where(np.abs(lon) < 180, lon, (lon + 180) % 360 - 180))


def columns(*values: ArrayLike) -> tuple[tuple[F64, ...], tuple[int, ...]]:
    """The values as flat columns of one length, and the shape they share."""
    arrays = np.broadcast_arrays(*(np.asarray(value, np.float64) for value in values))
    return tuple(array.ravel() for array in arrays), arrays[0].shape


def unit(sine: F64, cosine: F64) -> tuple[F64, F64]:
    """The pair brought to length 1; (0, 1) where both are 0."""
    size = np.hypot(sine, cosine)
    nothing = size == 0
    size = np.where(nothing, 1.0, size)
    return sine / size, np.where(nothing, 1.0, cosine / size)


def course(sine: F64, cosine: F64) -> F64:
    """Degrees true, 0 <= course < 360."""
    return np.asarray(np.degrees(np.arctan2(sine, cosine)) % 360 % 360)


def lag(salp0: F64, eps: F64, sigma: F64, first: tuple[F64, F64], second: tuple[F64, F64]) -> F64:
    """Radians by which the longitude falls short of the auxiliary sphere's (eq. 8).

    ``first`` and ``second`` are the sine and cosine of the arc at both ends, ``sigma`` their difference.
    """
    terms = longitude_terms(eps)
    uneven = sine_sum(terms, *second) - sine_sum(terms, *first)
    return np.asarray(F * salp0 * longitude_scale(eps) * (sigma + uneven))


@dataclass(frozen=True, slots=True)
class Line:
    """Geodesics between two columns of points: reduced latitudes and azimuths at both, arc in radians."""

    sb1: F64
    cb1: F64
    salp1: F64
    calp1: F64
    sb2: F64
    cb2: F64
    salp2: F64
    calp2: F64
    sigma: F64

    def _arcs(self) -> tuple[tuple[F64, F64], tuple[F64, F64]]:
        return unit(self.sb1, self.calp1 * self.cb1), unit(self.sb2, self.calp2 * self.cb2)

    def longitude_lag(self) -> F64:
        """Radians of longitude less than on the auxiliary sphere."""
        salp0 = self.salp1 * self.cb1
        return lag(salp0, expansion(salp0), self.sigma, *self._arcs())

    def metres(self) -> F64:
        """Length on the ellipsoid (eq. 7)."""
        eps = expansion(self.salp1 * self.cb1)
        terms, (first, second) = distance_terms(eps), self._arcs()
        uneven = sine_sum(terms, *second) - sine_sum(terms, *first)
        return np.asarray(B * distance_scale(eps) * (self.sigma + uneven))

    def start(self) -> F64:
        """Course at the first point, degrees."""
        return course(self.salp1, self.calp1)

    def end(self) -> F64:
        """Course at the second point, degrees."""
        return course(self.salp2, self.calp2)
