"""Builds the shipped zones from open data: territorial sea as mapped, +12 nm contiguous zone, +188 nm EEZ.

Waters beyond the territorial sea are split where two states are equally far. Nothing here is authoritative: each
line says what it rests on. Needs scipy and pyproj, which the program itself does without.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.geo import derive_sources
from maoc_tui.geo.derive_areas import areas_of
from maoc_tui.geo.derive_faces import GRID, arcs_between, faces_of
from maoc_tui.geo.derive_label import SPECIAL, Ground, caps, label
from maoc_tui.geo.derive_limits import buffered
from maoc_tui.geo.derive_sources import WORLD, Sources, Unit
from maoc_tui.geo.derive_split import Sites, halfway, sites_of
from maoc_tui.geo.zonemodel import ZoneData

_INLAND_DEG = 0.003
"""Land borders are thinned to about 300 m; lines at sea are kept as they are."""
_LIMIT_DEG = 0.0002
"""Limits are thinned to 20 m before distances are measured from them."""
_SITE_DEG = 0.016
"""Sites along the limits stand at most one nautical mile apart."""
_CASPIAN = (46.5, 36.0, 55.0, 47.5)
"""No sea in the law of the sea's sense: its waters are told apart, but as unsettled."""
_SPIKE_DEG = 0.05
"""Needle-thin inlets and exclaves of the quantised sources fold into spikes up to this long."""
Say = Callable[[str], None]


def derive(maritime: Path, world_atlas: Path, say: Say = lambda _: None) -> ZoneData:
    """The world's zones from the two npm archives; the same archives give the same bytes."""
    say("reading the sources")
    return build(derive_sources.read(maritime, world_atlas), derive_sources.units(), say)


def build(sources: Sources, table: dict[str, Unit], say: Say = lambda _: None) -> ZoneData:
    """The zones of the given sources. Raises Problem when any boundary line ends loosely."""
    say("land and territorial sea")
    ground = _ground(sources, table)
    limits, unit = _limits(ground)
    eez_maker = np.array([u.makes_eez for u in ground.units])[unit]
    settled = np.array([not u.disputed for u in ground.units])[unit]
    say(f"limits 12 nm and 188 nm outside {len(limits)} lines")
    contiguous = buffered(limits[eez_maker | settled], 12.0)
    eez = buffered(limits[eez_maker], 188.0)
    say("halfway lines")
    sites = sites_of(limits[eez_maker], unit[eez_maker], _SITE_DEG)
    between = halfway(sites)
    say(f"{len(sites.lon)} sites, {len(between)} edges; joining all lines")
    rings = [shapely.boundary(contiguous), shapely.boundary(eez)]
    faces = faces_of(np.array([*shapely.boundary(ground.faces), *rings, *between, _frame()]))
    say(f"labelling {len(faces)} faces")
    return _label_all(faces, ground, sites, contiguous, eez, sources)


def _ground(sources: Sources, table: dict[str, Unit]) -> Ground:
    capped = caps(sources)
    special = [shapely.boundary(place) for place in SPECIAL.values()]
    lines = [
        *_borders(sources),
        *shapely.boundary(sources.land),
        *(shapely.boundary(cap) for cap in capped.values()),
        *special,
        _frame(),
    ]
    return label(faces_of(np.array(lines), _SPIKE_DEG), sources, table, capped)


def _frame() -> Any:
    return shapely.boundary(shapely.box(*WORLD))


def _borders(sources: Sources) -> NDArray[Any]:
    """Every country's outline once, as chains between junctions, those over land thinned."""
    rings = shapely.get_rings(
        shapely.get_parts(np.array([sources.borders[c] for c in sorted(sources.borders)]))
    )
    points, ring = shapely.get_coordinates(rings, return_index=True)
    lattice = np.round(points * 1e6).astype(np.int64)
    same = ring[1:] == ring[:-1]
    start, end = lattice[:-1][same], lattice[1:][same]
    forward = (start[:, 0] < end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] < end[:, 1]))
    pairs = np.where(forward[:, None], np.hstack([start, end]), np.hstack([end, start]))
    pairs = np.unique(pairs[(start != end).any(axis=1)], axis=0)
    chains = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(pairs.reshape(-1, 2, 2) / 1e6)))
    chains = np.asarray(shapely.get_parts(chains))
    inland = _inland(chains, sources.land)
    chains[inland] = shapely.simplify(chains[inland], _INLAND_DEG)
    return chains


def _inland(chains: NDArray[Any], land: NDArray[Any]) -> NDArray[np.bool_]:
    """Chains whose every vertex is on land."""
    points, owner = shapely.get_coordinates(chains, return_index=True)
    on_land = np.zeros(len(points), bool)
    on_land[shapely.STRtree(shapely.points(points)).query(land, predicate="contains")[1]] = True
    dry = np.ones(len(chains), bool)
    dry[owner[~on_land]] = False
    return dry


def _limits(ground: Ground) -> tuple[NDArray[Any], NDArray[np.int32]]:
    """The seaward limits of every territorial sea, with the unit they belong to."""
    side = np.where(ground.land, -2, ground.unit).astype(np.int32)
    side[(ground.unit < 0) & ~ground.land] = len(ground.units)  # open water
    arcs = arcs_between(ground.faces, side)
    outer = [i for i in range(len(arcs.left)) if arcs.right[i] == len(ground.units) and arcs.left[i] >= 0]
    lines = shapely.simplify([shapely.LineString(arcs.points[i] * GRID) for i in outer], _LIMIT_DEG)
    return lines, arcs.left[outer]


def _label_all(
    faces: NDArray[Any], ground: Ground, sites: Sites, contiguous: Any, eez: Any, sources: Sources
) -> ZoneData:
    inside = shapely.point_on_surface(faces)
    kind = np.full(len(faces), "high_seas", dtype="U12")
    tree = shapely.STRtree(inside)
    kind[tree.query(shapely.get_parts(eez), predicate="contains")[1]] = "eez"
    kind[tree.query(shapely.get_parts(contiguous), predicate="contains")[1]] = "contiguous"
    unit = sites.nearest(shapely.get_x(inside), shapely.get_y(inside))
    owner, point = tree.query(ground.faces, predicate="contains")
    owned = ground.unit[owner] >= 0
    owner, point = owner[owned], point[owned]
    unit[point] = ground.unit[owner]
    kind[point] = np.where(ground.land[owner], "land", "territorial")
    unit[kind == "high_seas"] = -1
    west, south, east, north = _CASPIAN
    x, y = shapely.get_x(inside), shapely.get_y(inside)
    unsettled = (x > west) & (x < east) & (y > south) & (y < north) & (kind != "land")
    return areas_of(faces, kind, unit, unsettled, ground.units, sources.versions)
