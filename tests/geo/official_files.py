"""Official-shaped files for the tests: the same areas as GeoPackage, shapefile, zip and GeoJSON."""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import shapefile
import shapely

WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
Record = tuple[dict[str, Any], Any]
"""Column values and a shapely geometry."""


def record(iso: str, shape: Any, **more: Any) -> Record:
    """A row as Marine Regions v12 has it, in the web service's spelling."""
    usual = {"mrgid": 1, "geoname": f"{iso} zone", "pol_type": "200NM", "iso_ter1": iso, "sovereign1": "x",
             "iso_sov1": iso, "sovereign2": "", "iso_sov2": "", "iso_sov3": ""}  # fmt: skip
    return {**usual, **more}, shape


def columns(records: Sequence[Record], spelling: str) -> list[Record]:
    """The same records with column names as an edition spells them: lower, UPPER or Mixed."""
    turn = {"lower": str.lower, "upper": str.upper, "mixed": lambda name: name.capitalize()}[spelling]
    return [({turn(name): value for name, value in held.items()}, shape) for held, shape in records]


def geojson(path: Path, records: Sequence[Record], **members: Any) -> Path:
    """A FeatureCollection."""
    features = [
        {
            "type": "Feature",
            "properties": held,
            "geometry": json.loads(shapely.to_geojson(shape)) if shape else None,
        }
        for held, shape in records
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}))
    return path


def geopackage(
    path: Path, records: Sequence[Record], layer: str = "eez_v12", srs: int = 4326, envelope: bool = True
) -> Path:
    """A GeoPackage with one layer, its geometries with or without an envelope."""
    names = list(records[0][0])
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(
            "CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name, srs_id, organization,"
            " organization_coordsys_id, definition);"
            "CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name, column_name, geometry_type_name,"
            " srs_id, z, m);"
        )
        texts = {4326: WGS84, 3857: 'PROJCS["WGS_1984_Web_Mercator"]', 0: "undefined"}
        db.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?)",
            ("x", srs, "EPSG" if srs else "NONE", srs, texts[srs]),
        )
        db.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,0,0)", (layer, "geom", "MULTIPOLYGON", srs)
        )
        listed = ", ".join(f'"{name}"' for name in names)
        db.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom BLOB, {listed})')
        for held, shape in records:
            marks = ",".join("?" * (len(names) + 1))
            db.execute(
                f'INSERT INTO "{layer}" (geom, {listed}) VALUES ({marks})',
                (blob(shape, srs, envelope), *(held[name] for name in names)),
            )
    return path


def blob(shape: Any, srs: int = 4326, envelope: bool = True) -> bytes | None:
    """A GeoPackage geometry."""
    if shape is None:
        return None
    west, south, east, north = shape.bounds
    box = struct.pack("<4d", west, east, south, north) if envelope else b""
    return (
        b"GP\0" + bytes([1 | (2 if envelope else 0)]) + struct.pack("<i", srs) + box + shapely.to_wkb(shape)
    )


def shapes(stem: Path, records: Sequence[Record], prj: str | None = WGS84) -> Path:
    """A shapefile: .shp, .shx, .dbf, .cpg and .prj. Returns the .shp."""
    with shapefile.Writer(str(stem), shapeType=shapefile.POLYGON, encoding="utf-8") as writer:
        for name, value in records[0][0].items():
            writer.field(name, *(("N", 18, 0) if isinstance(value, int) else ("C", 100, 0)))
        for held, shape in records:
            writer.shape(shapely.geometry.mapping(shape)) if shape else writer.null()
            writer.record(*held.values())
    stem.with_suffix(".cpg").write_text("UTF-8")
    if prj is not None:
        stem.with_suffix(".prj").write_text(prj)
    return stem.with_suffix(".shp")


def zipped(path: Path, *files: Path, folder: str = "World_EEZ/") -> Path:
    """The files, each with its siblings of the same stem, in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            for part in sorted(file.parent.glob(file.stem + ".*")):
                if part != path:
                    archive.write(part, folder + part.name)
    return path
