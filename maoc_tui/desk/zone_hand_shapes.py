"""Overrides as shapes: the edge of where one applies, the area it stands for, how far a position is from it."""

from __future__ import annotations

from math import isfinite

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.zone_override import ZoneOverride
from maoc_tui.geo import zonehand
from maoc_tui.geo.geodesy import distance_nm
from maoc_tui.geo.zonemodel import HAND, KINDS, Area


def outline(one: ZoneOverride) -> zonehand.Outline:
    """The edge of where an override applies. Raises BadInput for corners that make no area."""
    if one.lat is None or one.lon is None:
        return zonehand.polygon(one.corners)
    return zonehand.circle(one.lat, one.lon, one.radius_nm or 0.0)


def area(number: int, one: ZoneOverride) -> Area:
    """The area an override stands for, under an id of its own."""
    assert one.kind in KINDS
    return Area(number, one.kind, one.states, one.status, HAND, one.note, "", f"by hand, {one.name}", one.ref)


def on_earth(one: ZoneOverride) -> ZoneOverride:
    """The override itself. Raises ValueError, TypeError, AssertionError or BadInput where it can be laid nowhere."""
    corners = [(one.lat, one.lon)] if one.lat is not None and one.lon is not None else one.corners
    if not all(abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in corners) or not isfinite(
        one.radius_nm or 0.0
    ):
        raise ValueError("not a place")
    area(0, one)
    outline(one)
    return one


def label(one: Area) -> str:
    """The short label of an area; what waters may be as well is told beside it, not by a mark that means a dispute."""
    return one.short.replace("?", "") if one.may_be and one.status == "agreed" else one.short


def drawn(edge: zonehand.Outline) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Longitudes and latitudes of an edge as zone lines hold them."""
    lon = (edge.lon + 180.0) % 360.0 - 180.0
    return lon.astype(np.float32), edge.lat.astype(np.float32)


def reaches(one: ZoneOverride, lat: float, lon: float) -> bool:
    """Whether an override for one contact or target counts at a position."""
    return away_nm(one, lat, lon) <= (one.radius_nm or 0.0)


def away_nm(one: ZoneOverride, lat: float, lon: float) -> float:
    """Nautical miles from where an override for one contact or target was entered."""
    return float(distance_nm(one.lat or 0.0, one.lon or 0.0, lat, lon))


def beside(edge: zonehand.Outline, lat: float, lon: float, reach_nm: float) -> tuple[bool, float]:
    """Whether a position lies inside, and nautical miles to the edge; inf when that is beyond reach."""
    at, on = np.array([lat]), np.array([lon])
    if not len(edge.near(at, on, reach_nm)):
        return False, np.inf
    return bool(edge.holds(at, on)[0]), edge.edge(lat, lon)[0]
