"""Lines of constant course on WGS-84, and where a vessel is by dead reckoning.

Bennett, J. Navigation 49 (1996) 112; Karney, GeographicLib Rhumb. What keeps its course follows a rhumb
line, not a geodesic: 37 nm apart after 600 nm at 38 N.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from maoc_tui.geo import ellipsoid as el
from maoc_tui.geo.ellipsoid import F64, NM

_EPS = np.asarray(el.N3)
"""The expansion parameter of a meridian."""
_SCALE = el.B * float(el.distance_scale(_EPS))
_FLAT = 1e-5
"""Radians of latitude below which the slope at the middle replaces a quotient of small differences."""
_ECC = float(np.sqrt(el.E2))


def rhumb_direct(lat: ArrayLike, lon: ArrayLike, course: ArrayLike, nm: ArrayLike) -> tuple[F64, F64]:
    """Latitude and longitude after ``nm`` on a constant ``course``; NaN where that leads over a pole."""
    (phi1, lon1, azimuth, miles), shape = el.columns(lat, lon, course, nm)
    alpha = np.radians(azimuth)
    sine, cosine = np.sin(alpha), np.cos(alpha)
    start = _arc(phi1)
    end = start + miles * NM * cosine
    over = np.abs(end) > _arc(np.asarray(90.0)) + 1e-6
    phi2 = np.where(over, np.nan, _latitude(np.where(over, 0.0, end)))
    lon2 = el.wrap(lon1 + np.degrees(miles * NM * sine * _stretch(phi1, phi2, start, end)))
    return phi2.reshape(shape), np.where(over, np.nan, lon2).reshape(shape)


def rhumb_inverse(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> tuple[F64, F64]:
    """Nautical miles and constant course (degrees true) of the shorter rhumb line between the points."""
    (phi1, lon_a, phi2, lon_b), shape = el.columns(lat1, lon1, lat2, lon2)
    lam = np.radians(el.wrap(el.wrap(lon_b) - el.wrap(lon_a)))
    start, end = _arc(phi1), _arc(phi2)
    across = lam / _stretch(phi1, phi2, start, end)
    polar = (np.abs(phi1) == 90) | (np.abs(phi2) == 90)
    across = np.where(polar, 0.0, across)
    return (np.hypot(end - start, across) / NM).reshape(shape), el.course(across, end - start).reshape(shape)


def _arc(phi: F64) -> F64:
    """Metres along the meridian from the equator to degrees north."""
    sine, cosine = el.reduced(phi)
    return np.asarray(
        _SCALE * (np.arctan2(sine, cosine) + el.sine_sum(el.distance_terms(_EPS), sine, cosine))
    )


def _latitude(arc: F64) -> F64:
    """Degrees north of metres along the meridian."""
    tau = arc / _SCALE
    beta = tau + el.sine_sum(el.arc_terms(_EPS), np.sin(tau), np.cos(tau))
    return np.asarray(np.degrees(np.arctan2(np.sin(beta), (1 - el.F) * np.maximum(np.cos(beta), 0.0))))


def _isometric(phi: F64) -> F64:
    """Isometric latitude, radians: psi = asinh(tan phi) - e atanh(e sin phi)."""
    rad = np.radians(phi)
    return np.asarray(np.arcsinh(np.tan(rad)) - _ECC * np.arctanh(_ECC * np.sin(rad)))


def _stretch(phi1: F64, phi2: F64, arc1: F64, arc2: F64) -> F64:
    """Radians of isometric latitude per metre of meridian between two latitudes, 1/(N cos phi)."""
    middle = np.radians((phi1 + phi2) / 2)
    slope = np.sqrt(1 - el.E2 * np.sin(middle) ** 2) / (el.A * np.maximum(np.cos(middle), 1e-150))
    close = ~(np.abs(phi2 - phi1) > np.degrees(_FLAT))
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = (_isometric(phi2) - _isometric(phi1)) / (arc2 - arc1)
    return np.where(close, slope, quotient)


def dead_reckon(
    lat: ArrayLike, lon: ArrayLike, cog: ArrayLike, sog: ArrayLike, seconds: ArrayLike
) -> tuple[F64, F64]:
    """Estimated latitude and longitude after ``seconds`` on a constant course and speed (a rhumb line).

    A contact at rest stays where it is even without a course; NaN where course or speed is needed and absent.
    """
    speed = np.asarray(sog, np.float64)
    still = speed == 0
    course = np.where(still, 0.0, np.asarray(cog, np.float64))
    return rhumb_direct(lat, lon, course, speed * np.asarray(seconds, np.float64) / 3600)


def doubt_radius_nm(error_m: ArrayLike, seconds: ArrayLike, growth_kn: ArrayLike) -> F64:
    """Radius of the circle of doubt, nautical miles: the fix's own error and its growth with age."""
    age = np.maximum(np.asarray(seconds, np.float64), 0.0)
    return np.asarray(np.asarray(error_m, np.float64) / NM + np.asarray(growth_kn, np.float64) * age / 3600)
