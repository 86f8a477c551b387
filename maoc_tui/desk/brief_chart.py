"""The ground of a brief's picture: a frame about its positions, and the shores in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, radians

import numpy as np

from maoc_tui.brief.document import Picture, Place
from maoc_tui.brief.picture import ASPECT
from maoc_tui.geo.coast import Coast, Lines

_LEAST_DEG = 4.0
_MARGIN = 1.25
_FINE = 300
"""Details smaller than this part of the height are not drawn."""
_SMALLEST = 3
"""Islets smaller than this in thousandths are left out."""
Chain = tuple[tuple[int, int], ...]


def picture(places: Sequence[Place]) -> Picture | None:
    """The frame that holds all places, with the shores in it; None where there is no place."""
    if not places:
        return None
    frame = _frame([place.lat for place in places], [place.lon for place in places])
    return Picture(*frame, shores=_ground(*frame))


def _frame(lats: Sequence[float], lons: Sequence[float]) -> tuple[float, float, float, float]:
    """South, north, west, east in whole tenths of a degree, in the picture's proportions."""
    east_of = _unwrapped(lons)
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(east_of) + max(east_of)) / 2
    squeeze = max(cos(radians(min(abs(middle_lat), 75.0))), 0.2)
    height = max(
        (max(lats) - min(lats)) * _MARGIN, (max(east_of) - min(east_of)) * _MARGIN * squeeze / ASPECT
    )
    height = min(max(height, _LEAST_DEG), 170.0)
    width = min(height * ASPECT / squeeze, 359.0)
    south = round(max(-88.0, min(middle_lat - height / 2, 88.0 - height)), 1)
    west = round(middle_lon - width / 2, 1)
    west += 360 if west < -180 else 0
    return south, round(south + height, 1), west, round(west + width, 1)


def _unwrapped(lons: Sequence[float]) -> list[float]:
    """Longitudes on that side of the antimeridian on which they lie closest together."""
    shifted = [lon + 360 if lon < 0 else lon for lon in lons]
    return shifted if max(shifted) - min(shifted) < max(lons) - min(lons) else list(lons)


@lru_cache(maxsize=1)
def _coast() -> Coast:
    return Coast.load()


@lru_cache(maxsize=4)
def _lines(tolerance: float) -> Lines:
    return _coast().level("coast", tolerance).lines


@lru_cache(maxsize=16)
def _ground(south: float, north: float, west: float, east: float) -> tuple[Chain, ...]:
    """The shores in a frame, which is the same in most copies of a brief."""
    return tuple(_shores(south, north, west, east))


def _shores(south: float, north: float, west: float, east: float) -> Iterator[Chain]:
    """Chains of whole thousandths; a chain that leaves the frame is cut at the next vertex outside."""
    lines = _lines(_coast().level("coast", (north - south) / _FINE).tolerance)
    for turn in (-360.0, 0.0, 360.0):
        x = 1000 * (lines.lon + turn - west) / (east - west)
        y = 1000 * (north - lines.lat) / (north - south)
        near = (x > -50) & (x < 1050) & (y > -50) & (y < 1050)
        if not near.any():
            continue
        begins = np.zeros(len(x), bool)
        begins[lines.offsets[:-1][lines.offsets[:-1] < len(x)]] = True
        kept = np.flatnonzero(near)
        cuts = np.flatnonzero((np.diff(kept) > 1) | begins[kept[1:]]) + 1
        for part in np.split(kept, cuts):
            points = np.stack((x[part], y[part]), axis=1).round().astype(int)
            chain = tuple(dict.fromkeys((one[0], one[1]) for one in points.tolist()))
            if len(chain) > 1 and max(np.ptp(points, axis=0)) >= _SMALLEST:
                yield chain
