"""GeoJSON areas: RFC 7946, and the older form with a named coordinate system if that is WGS84."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import shapely

from maoc_tui.domain.text import printable
from maoc_tui.geo.official import Layer, Row
from maoc_tui.geo.official_crs import check_name
from maoc_tui.problems import BadInput

_MAX_BYTES = 800_000_000
_ABOUT = ("source", "edition", "layer", "licence", "attribution")


def read(path: Path, file: str, name: str) -> Layer:
    """The features of a file. Raises BadInput when it is no FeatureCollection in WGS84."""
    if path.stat().st_size > _MAX_BYTES:
        raise BadInput(
            f"{file}: over {_MAX_BYTES // 1_000_000} MB of GeoJSON.", "Take the GeoPackage of the same data."
        )
    try:
        document = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise BadInput(
            f"{file}: not valid JSON: {printable(str(error), 100)}.", "Check the download."
        ) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise BadInput(f"{file}: no GeoJSON FeatureCollection.", "Export the areas as GeoJSON features.")
    crs = document.get("crs")
    if crs is not None:
        properties = crs.get("properties") if isinstance(crs, dict) else None
        check_name(file, properties.get("name") if isinstance(properties, dict) else crs)
    said = document.get("maoc")
    about = {key: str(said[key]) for key in _ABOUT if said.get(key)} if isinstance(said, dict) else {}
    return Layer(file, about.get("layer", name), _rows(features), about)


def _rows(features: list[Any]) -> Iterator[Row]:
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            yield Row(number, {}, None, "is in something that is no feature")
            continue
        properties = feature.get("properties")
        held = {str(k).lower(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
        yield Row(number, held, *_shape(feature.get("geometry")))


def _shape(geometry: object) -> tuple[Any, str]:
    if geometry is None:
        return None, ""
    try:
        return shapely.from_geojson(orjson.dumps(geometry)), ""
    except (shapely.errors.GEOSException, ValueError) as error:
        return None, f"cannot be read ({printable(str(error), 80)})"
