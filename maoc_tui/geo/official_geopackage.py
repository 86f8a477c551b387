"""GeoPackage read with the standard library: the header before each geometry is taken off, the rest is WKB."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import shapely

from maoc_tui.domain.text import printable
from maoc_tui.geo.official import Layer, Row
from maoc_tui.geo.official_crs import check_wkt, refuse
from maoc_tui.problems import BadInput

_ENVELOPE = (0, 32, 48, 48, 64)
_LAYERS = """
    SELECT g.table_name, g.column_name, g.srs_id, g.geometry_type_name FROM gpkg_geometry_columns g
    JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' ORDER BY g.table_name"""
_AREAS = ("POLYGON", "MULTIPOLYGON", "GEOMETRY", "GEOMETRYCOLLECTION", "SURFACE", "MULTISURFACE")


def layers(path: Path, file: str) -> list[str]:
    """Names of the tables that can hold areas. Raises BadInput when it is no GeoPackage."""
    with closing(_connect(path)) as connection:
        rows = _ask(connection, file, _LAYERS)
        return [str(row[0]) for row in rows if str(row[3]).upper() in _AREAS]


def read(path: Path, file: str, layer: str) -> Layer:
    """A layer of a GeoPackage in WGS84. Raises BadInput, also while its rows are read."""
    with closing(_connect(path)) as connection:
        (column, srs) = next((row[1], row[2]) for row in _ask(connection, file, _LAYERS) if row[0] == layer)
        _check_crs(connection, file, srs)
    return Layer(file, layer, _rows(path, file, layer, str(column), int(srs)))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _ask(connection: sqlite3.Connection, file: str, query: str, *values: object) -> list[Any]:
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.DatabaseError as error:
        raise BadInput(
            f"{file}: not a usable GeoPackage ({printable(str(error), 80)}).", "Check the download."
        ) from None


def _check_crs(connection: sqlite3.Connection, file: str, srs: int) -> None:
    query = (
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    )
    rows = _ask(connection, file, query, srs)
    if not rows or srs in (0, -1):
        raise refuse(file, "the coordinate system is not stated")
    organization, number, definition = rows[0]
    if (str(organization).upper(), number) != ("EPSG", 4326):
        check_wkt(file, str(definition))


def _rows(path: Path, file: str, layer: str, column: str, srs: int) -> Iterator[Row]:
    table = '"' + layer.replace('"', '""') + '"'
    with closing(_connect(path)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a quoted name from the file itself
            names = [str(item[0]).lower() for item in cursor.description]
            for number, values in enumerate(cursor, 1):
                held = dict(zip(names, values, strict=True))
                shape, fault = _shape(held.pop(column.lower(), None), srs)
                yield Row(number, held, shape, fault)
        except sqlite3.DatabaseError as error:
            raise BadInput(f"{file}: damaged ({printable(str(error), 80)}).", "Check the download.") from None


def _shape(blob: object, srs: int) -> tuple[Any, str]:
    if blob is None:
        return None, ""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None, "is no GeoPackage geometry"
    flags = blob[3]
    envelope = flags >> 1 & 7
    if envelope >= len(_ENVELOPE) or flags & 0x20:
        return None, "has a header of an unknown kind"
    stated = struct.unpack_from("<i" if flags & 1 else ">i", blob, 4)[0]
    if stated != srs:
        return None, f"is in coordinate system {stated}, its layer in {srs}"
    try:
        return shapely.from_wkb(blob[8 + _ENVELOPE[envelope] :]), ""
    except (shapely.errors.GEOSException, ValueError) as error:
        return None, f"cannot be read ({printable(str(error), 80)})"
