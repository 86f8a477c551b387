"""Official geometry made fit for use: finite, in range, valid, on the lattice; what cannot be mended is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from maoc_tui.geo.derive_sources import fold
from maoc_tui.geo.official import Refused
from maoc_tui.geo.zonemodel import UNIT

_ROUNDING = 1e-6
"""Coordinates this far outside the world, degrees, come from rounding."""


def settled(shape: Any) -> tuple[Any, list[str]]:
    """The shape in normal form, and what was mended. Raises Refused when it is no usable area.

    Winding and the first point of a ring do not matter: equal areas give equal results.
    """
    with np.errstate(all="ignore"):  # vanishing and infinite coordinates are judged here, not by numpy
        return _settled(shape)


def _settled(shape: Any) -> tuple[Any, list[str]]:
    if shape is None or shape.is_empty:
        raise Refused("geometry", "is missing or empty")
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise Refused("geometry", f"is a {shape.geom_type}, not an area")
    shape, mended = _in_range(shapely.force_2d(shape))
    if not shape.is_valid:
        mended.append(f"repaired: {shapely.is_valid_reason(shape)}")
        shape = _areas(shapely.make_valid(shape))
    if not shape.is_empty:
        shape = _areas(shapely.set_precision(shape, UNIT))
    if shape.is_empty:
        raise Refused("geometry", "has no surface")
    return shapely.normalize(shape), mended


def _in_range(shape: Any) -> tuple[Any, list[str]]:
    points = shapely.get_coordinates(shape)
    if not np.isfinite(points).all():
        raise Refused("geometry", "has coordinates that are not numbers")
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    if max(-south, north) > 90 + _ROUNDING:
        worst = north if north > -south else south
        if max(-south, north) <= 180 + _ROUNDING and max(-west, east) <= 90 + _ROUNDING:
            raise Refused("geometry", f"has a latitude of {worst:g}: longitude and latitude are swapped")
        raise Refused("geometry", f"has a latitude of {worst:g}: these are not degrees")
    if max(-west, east) > 360 + _ROUNDING:
        raise Refused("geometry", f"has a longitude of {east if east > -west else west:g}")
    mended = []
    if max(-west, east) > 180 + _ROUNDING:
        mended.append("longitudes beyond 180 were folded back")
        pieces = fold(shape if shape.is_valid else shapely.make_valid(shape))
        shape = shapely.union_all(pieces)
    return shapely.transform(shape, lambda xy: np.clip(xy, [-180.0, -90.0], [180.0, 90.0])), mended


def _areas(shape: Any) -> Any:
    """The polygons of a shape, without the lines and points that mending may leave."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [piece for part in shapely.get_parts(shape) for piece in shapely.get_parts(part)]
    return shapely.union_all([part for part in parts if part.geom_type == "Polygon"])
