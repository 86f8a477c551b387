"""Shapefiles read with pyshp; rings become polygons here, whatever way the file winds them."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np
import shapely

from maoc_tui.domain.text import printable
from maoc_tui.geo.official import MAX_ROWS, Layer, Row
from maoc_tui.geo.official_crs import check_wkt, refuse
from maoc_tui.problems import BadInput

_POLYGONS = (5, 15, 25)
_ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "65001": "utf-8",
    "ISO-8859-1": "latin-1",
    "88591": "latin-1",
}
_ENCODINGS |= {"1252": "cp1252", "CP1252": "cp1252", "ANSI 1252": "cp1252"}


def read(parts: Mapping[str, IO[bytes]], file: str, name: str) -> Layer:
    """A shapefile from its open parts, keyed shp, dbf, shx, prj, cpg. Raises BadInput."""
    import shapefile

    for part in ("shp", "dbf"):
        if part not in parts:
            raise BadInput(
                f"{file}: its .{part} part is missing.", "Give the whole shapefile, best as one zip."
            )
    if "prj" not in parts:
        raise refuse(file, "the .prj part, which states the coordinate system, is missing")
    check_wkt(file, parts["prj"].read(100_000).decode("utf-8", "replace"))
    said = parts["cpg"].read(100).decode("ascii", "replace").strip().upper() if "cpg" in parts else ""
    encoding = _ENCODINGS.get(said, "utf-8")
    try:
        with warnings.catch_warnings(action="ignore"):  # what a warning means shows in the rows
            held = {part: parts.get(part) for part in ("shp", "dbf", "shx")}
            reader = shapefile.Reader(**held, encoding=encoding, encodingErrors="replace")
    except Exception as error:  # pyshp lets any error of a damaged file through
        raise BadInput(f"{file}: damaged ({printable(str(error), 80)}).", "Check the download.") from None
    if reader.shapeType not in _POLYGONS:
        raise BadInput(
            f"{file}: holds {reader.shapeTypeName} shapes, not areas.", "Choose the layer of areas."
        )
    return Layer(file, name, _rows(reader))


def is_area(head: bytes) -> bool:
    """Whether a .shp part's first 100 bytes announce polygons."""
    return len(head) >= 36 and struct.unpack_from("<i", head, 32)[0] in _POLYGONS


def _rows(reader: Any) -> Iterator[Row]:
    for i in range(min(len(reader), MAX_ROWS + 1)):
        try:
            held = {str(k).lower(): v for k, v in reader.record(i).as_dict().items()}
        except Exception:
            yield Row(i + 1, {}, None, "has a row that cannot be read")
            continue
        try:
            yield Row(i + 1, held, _polygon(reader.shape(i)))
        except Exception as error:
            yield Row(i + 1, held, None, f"cannot be read ({printable(str(error), 80)})")


def _polygon(shape: Any) -> Any:
    """Rings that run clockwise are outer ones, the others are holes of the smallest outer ring around them."""
    if shape is None or shape.shapeType not in _POLYGONS or not len(shape.points):
        return None
    points = np.asarray(shape.points, np.float64)[:, :2]
    if not np.isfinite(points).all():
        raise ValueError("it has coordinates that are not numbers")
    rings = [ring for ring in np.split(points, list(shape.parts)[1:]) if len(ring) >= 4]
    if not rings:
        return None
    turn = np.array([_turn(ring) for ring in rings])
    outer = turn < 0 if (turn < 0).any() else turn > 0
    outers = [rings[i] for i in np.flatnonzero(outer)]
    holes: list[list[Any]] = [[] for _ in outers]
    discs = shapely.polygons([shapely.linearrings(ring) for ring in outers]) if outers else np.array([])
    size, tree = shapely.area(discs), shapely.STRtree(discs)
    for i in np.flatnonzero(~outer):
        around = tree.query(shapely.LinearRing(rings[i]), predicate="covered_by")
        if len(around):
            holes[int(around[np.argmin(size[around])])].append(rings[i])
        elif turn[i]:
            outers.append(rings[i])
            holes.append([])
    parts = [shapely.Polygon(ring, own) for ring, own in zip(outers, holes, strict=True)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _turn(ring: Any) -> float:
    """Twice the signed area: positive where the ring runs counter-clockwise; not a number stays so."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))
