"""Which state a face of land or territorial sea belongs to, who disputes it, and how far a claim may reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.geo.derive_limits import buffered
from maoc_tui.geo.derive_sources import Sources, Unit

CAPPED = ("EC", "PE")
"""Their polygons carry a 200 nm claim; cut to 12 nm from the land."""
_SLIVER_DEG = 0.001
"""Overlaps and gaps between neighbours' polygons narrower than this come from thinning, not from a dispute."""
_CEUTA = shapely.Polygon([(-5.75, 35.6), (-5.75, 35.94), (-5.45, 35.955), (-5.05, 36.02), (-4.9, 35.6)])
_MELILLA = shapely.box(-4.4, 35.0, -2.3, 35.6)
_ROCKALL = shapely.box(-14.2, 57.3, -13.2, 57.9)
SPECIAL = {"ES-CE": _CEUTA, "ES-ML": _MELILLA, "GB-RK": _ROCKALL}
"""Pieces of a polygon that are a unit of their own; the Ceuta line runs halfway over the strait."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Land and territorial sea as faces, each with a unit, before any distance is measured."""

    faces: NDArray[Any]
    unit: NDArray[np.int32]
    """Index into ``units``; -1 where no state's polygon reaches."""
    land: NDArray[np.bool_]
    units: tuple[Unit, ...]


def caps(sources: Sources) -> dict[str, Any]:
    """For each state with a claim wider than 12 nm, the water and land within 12 nm of its land."""
    found = {}
    for code in CAPPED:
        if code in sources.borders:
            own = sources.land[shapely.intersects(sources.land, sources.borders[code])]
            coast = shapely.get_parts(shapely.boundary(own))
            near = shapely.intersection(coast, sources.borders[code])
            lines = [p for p in shapely.get_parts(near) if p.geom_type == "LineString"]
            lines += [q for p in near for q in shapely.get_parts(p) if q.geom_type == "LineString"]
            found[code] = shapely.union_all([*own, buffered(np.array(lines), 12.0)])
    return found


def label(faces: NDArray[Any], sources: Sources, table: dict[str, Unit], capped: dict[str, Any]) -> Ground:
    """Give each face its unit and say whether it is land."""
    inside = shapely.point_on_surface(faces)
    land = _within(inside, sources.land)
    sliver = 2 * shapely.area(faces) < _SLIVER_DEG * shapely.length(faces)
    codes = _codes(inside, sources, table, capped, land)
    codes = ["" if thin else code for code, thin in zip(codes, sliver, strict=True)]
    _adopt(faces, land | sliver, codes)
    names = sorted(set(codes) - {""})
    units = tuple(table[name] if name in table else _overlap(name, table) for name in names)
    number = {name: i for i, name in enumerate(names)}
    return Ground(faces, np.array([number.get(c, -1) for c in codes], np.int32), land, units)


def _within(points: NDArray[Any], polygons: NDArray[Any]) -> NDArray[np.bool_]:
    hit, _ = shapely.STRtree(points).query(polygons, predicate="contains")[::-1]
    found = np.zeros(len(points), bool)
    found[hit] = True
    return found


def _codes(
    inside: NDArray[Any],
    sources: Sources,
    table: dict[str, Unit],
    capped: dict[str, Any],
    land: NDArray[np.bool_],
) -> list[str]:
    claims: list[set[str]] = [set() for _ in inside]
    tree = shapely.STRtree(inside)
    for code in sorted(sources.borders):
        if code == "AQ":
            continue
        for i in tree.query(sources.borders[code], predicate="contains"):
            if land[i] or code not in capped or shapely.contains(capped[code], inside[i]):
                claims[i].add(code)
    for i in np.flatnonzero(land & (shapely.get_y(inside) < -60.0)):
        claims[i] = {"AQ"}
    return [_resolve(claim, point, table) for claim, point in zip(claims, inside, strict=True)]


def _resolve(claim: set[str], point: Any, table: dict[str, Unit]) -> str:
    """One code for a set of overlapping polygons: a territory wins over its sovereign, the rest is disputed."""
    left = claim - {table[code].within for code in claim}
    if "GI" in left:
        left -= {"ES"}
    if len(left) == 1:
        (code,) = left
        special = (
            name for name, place in SPECIAL.items() if table[name].within == code and place.contains(point)
        )
        return next(special, code)
    return "/".join(sorted(left))


def _overlap(name: str, table: dict[str, Unit]) -> Unit:
    members = [table[code] for code in name.split("/")]
    states = tuple(dict.fromkeys(state for member in members for state in member.states))
    return Unit(
        name, " / ".join(member.name for member in members), states, "", all(m.makes_eez for m in members)
    )


def _adopt(faces: NDArray[Any], wanted: NDArray[np.bool_], codes: list[str]) -> None:
    """Land and slivers that no state's polygon covers go to the nearest face that has a state."""
    known = np.array([bool(code) for code in codes])
    orphans, owners = np.flatnonzero(wanted & ~known), np.flatnonzero(known)
    if not len(orphans) or not len(owners):
        return
    near = shapely.STRtree(faces[owners]).nearest(faces[orphans])
    for i, j in zip(orphans, near, strict=True):
        codes[i] = codes[owners[j]]
