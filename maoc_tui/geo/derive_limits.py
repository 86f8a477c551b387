"""Lines at a distance from other lines on the WGS84 ellipsoid: the contiguous zone's and the EEZ's outer limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from maoc_tui.geo.derive_sources import fold, unwrap

NM = 1852.0
_VERTICES = 40
_DEGREES = 0.7
_STEP_M = 5_000.0


def buffered(lines: NDArray[Any], distance_nm: float) -> Any:
    """All water within ``distance_nm`` of the lines (lon/lat degrees), as one shape inside [-180, 180].

    Each chunk of a line is buffered in its own azimuthal equidistant projection, where distances from the centre
    are geodesic; chunks are short, so that the error stays below 0.02 nm at 188 nm.
    """
    pieces: list[Any] = []
    for chunk in chunks(lines):
        pieces += fold(_buffer(chunk, distance_nm * NM))
    return shapely.union_all(pieces) if pieces else shapely.Polygon()


def chunks(lines: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    """Pieces of at most 40 vertices and 0.7 degrees, each an (n, 2) array, n >= 2, without antimeridian jumps."""
    for line in shapely.segmentize(lines, _DEGREES / 2):
        points = unwrap(shapely.get_coordinates(line))
        start = 0
        for end in range(1, len(points)):
            span = np.ptp(points[start : end + 1], axis=0)
            if end + 1 == len(points) or end - start >= _VERTICES or span[1] > _DEGREES or span[0] > _DEGREES:
                yield points[start : end + 1]
                start = end


def _buffer(chunk: NDArray[np.float64], distance_m: float) -> Any:
    lon0, lat0 = (chunk.min(axis=0) + chunk.max(axis=0)) / 2
    plane = pyproj.Proj(proj="aeqd", lon_0=lon0, lat_0=lat0, ellps="WGS84")
    x, y = plane(chunk[:, 0], chunk[:, 1])
    line = shapely.linestrings(np.column_stack([x, y]))
    around = shapely.segmentize(shapely.buffer(line, distance_m, quad_segs=64), _STEP_M)

    def back(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = plane(xy[:, 0], xy[:, 1], inverse=True)
        lon = lon0 + (np.asarray(lon) - lon0 + 180.0) % 360.0 - 180.0
        return np.column_stack([lon, lat])

    return shapely.make_valid(shapely.transform(shapely.simplify(around, 5.0), back))
