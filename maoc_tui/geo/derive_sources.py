"""What the shipped zones are derived from: two npm archives and a small table of territories.

`@osm_borders/maritime_10m` 1.1.0 (ODbL) gives every country's polygon including its territorial sea;
`world-atlas` 2.0.2 (Natural Earth 4.1, public domain) gives the land.
"""

from __future__ import annotations

import csv
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.problems import BadInput

_MISSING_A2 = {"BES": "BQ", "CUW": "CW", "SXM": "SX"}
_CARRIED_BY_FRANCE = ("GP", "MQ", "RE")
WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Unit:
    """Who holds a stretch of coast: a state, one of its territories, or a place more than one state claims."""

    code: str
    name: str
    states: tuple[str, ...]
    """The sovereign, then every other claimant, ISO 3166 alpha-2."""
    within: str = ""
    """Code of the unit whose polygon may contain this one: the sovereign, or the other claimant."""
    makes_eez: bool = True
    archipelagic: bool = False
    """Claims to be an archipelagic State: UNCLOS, article 46."""

    @property
    def disputed(self) -> bool:
        """More than one state claims it."""
        return len(self.states) > 1


@dataclass(frozen=True, slots=True)
class Sources:
    """The two archives, read."""

    borders: dict[str, Any]
    """ISO 3166 alpha-2 to shapely (multi)polygon, land and territorial sea together."""
    land: NDArray[Any]
    """Natural Earth land, simple polygons inside [-180, 180]."""
    versions: tuple[str, ...]
    """Name and version of each package."""


def units() -> dict[str, Unit]:
    """The table of states and territories, data/units.csv."""
    with resources.data("units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["code"]: Unit(
            row["code"],
            row["name"],
            tuple(row["states"].split("/")),
            row["within"],
            row["eez"] != "no",
            row["archipelagic"] == "yes",
        )
        for row in rows
    }


def read(maritime: Path, world_atlas: Path) -> Sources:
    """Read both archives. Raises BadInput when one is not the package it should be."""
    borders = _borders(_member(maritime, "borders.geo.json"))
    land = _land(_member(world_atlas, "land-10m.json"))
    return Sources(borders, land, (_version(maritime), _version(world_atlas)))


def _member(archive: Path, name: str) -> bytes:
    try:
        with tarfile.open(archive, "r:gz") as tar:
            file = tar.extractfile(f"package/{name}")
            assert file is not None
            return file.read()
    except (OSError, tarfile.TarError, KeyError, AssertionError):
        raise BadInput(
            f"{archive}: not the expected npm package (no package/{name}).",
            "Get it with: npm pack @osm_borders/maritime_10m@1.1.0 world-atlas@2.0.2",
        ) from None


def _version(archive: Path) -> str:
    about = json.loads(_member(archive, "package.json"))
    return f"{about['name']} {about['version']}"


def _borders(raw: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for feature in orjson.loads(raw)["features"]:
        properties = feature["properties"]
        code = properties.get("isoA2") or _MISSING_A2.get(properties["isoA3"], properties["isoA3"])
        shape = shapely.geometry.shape(feature["geometry"])
        polygons = [part for part in _simple_parts(shape) if part.geom_type == "Polygon"]
        found[code] = shapely.make_valid(shapely.multipolygons(polygons))
    for code in _CARRIED_BY_FRANCE:
        if code in found and "FR" in found:
            found[code] = _part_holding(found["FR"], found[code])
    return found


def _simple_parts(shape: Any) -> list[Any]:
    parts = shapely.get_parts(shape)
    return [piece for part in parts for piece in shapely.get_parts(part)]


def _part_holding(sovereign: Any, coast: Any) -> Any:
    """The part of the sovereign's polygon, with its territorial sea, around a territory drawn as bare coast."""
    largest = max(shapely.get_parts(coast), key=lambda part: part.area)
    inside = shapely.point_on_surface(largest)
    return next((part for part in shapely.get_parts(sovereign) if part.contains(inside)), coast)


def _land(raw: bytes) -> NDArray[Any]:
    topology = orjson.loads(raw)
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.asarray(arc, np.int64), axis=0) * scale + shift for arc in topology["arcs"]]
    polygons = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for rings in geometry["arcs"]:
            polygons.extend(_polygon([_ring(ring, arcs) for ring in rings]))
    return np.array([polygon for polygon in polygons if not _marks_zero(polygon)])


def _marks_zero(polygon: Any) -> bool:
    """Natural Earth draws a square of a metre or so at 0°N 0°E, "Null Island", to catch missing positions."""
    west, south, east, north = polygon.bounds
    return bool(max(abs(west), abs(south), abs(east), abs(north)) < 1.0)


def _ring(indices: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    joined = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
    return unwrap(joined)


def unwrap(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A (n, 2) lon/lat chain without jumps: longitudes run on past 180 where it crosses the antimeridian."""
    lon = points[:, 0]
    turns = np.concatenate([[0.0], np.cumsum(-360.0 * np.round(np.diff(lon) / 360.0))])
    return np.column_stack([lon + turns, points[:, 1]])


def _polygon(rings: list[NDArray[np.float64]]) -> list[Any]:
    outer = rings[0]
    if abs(outer[0, 0] - outer[-1, 0]) > 180:  # goes once round the pole: Antarctica
        outer = np.vstack([outer, [outer[-1, 0], -90.0], [outer[0, 0], -90.0], outer[0]])
    middle = outer[:, 0].mean()
    turns = [360.0 * np.round((middle - ring[:, 0].mean()) / 360.0) for ring in rings[1:]]
    holes = [np.column_stack([r[:, 0] + turn, r[:, 1]]) for r, turn in zip(rings[1:], turns, strict=True)]
    return fold(shapely.make_valid(shapely.Polygon(outer, holes)))


def fold(shape: Any) -> list[Any]:
    """Simple polygons of a shape whose longitudes run past 180, cut and moved into [-180, 180]."""
    west, _, east, _ = shapely.bounds(shape)
    pieces = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east - 180) / 360)) + 1):
        part = shape
        if west < turn * 360 - 180 or east > turn * 360 + 180:
            part = shapely.intersection(shape, shapely.box(turn * 360 - 180, -90, turn * 360 + 180, 90))
        if turn:
            part = shapely.transform(part, lambda xy, by=turn * 360: xy - [by, 0.0])
        pieces += [p for p in _simple_parts(part) if p.geom_type == "Polygon" and p.area > 0]
    return pieces
