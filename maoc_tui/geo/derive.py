"""Builds the shipped zones from open data: territorial sea as mapped, contiguous zone to 24 nm, EEZ to 200 nm.

Waters beyond the territorial sea are split where two states are equally far. Nothing here is authoritative: each
line says what it rests on. Needs scipy and pyproj, which the program itself does without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.geo import derive_sources
from maoc_tui.geo.derive_areas import Labels, areas_of
from maoc_tui.geo.derive_faces import GRID, arcs_between, faces_of
from maoc_tui.geo.derive_inside import Inside, inside
from maoc_tui.geo.derive_label import SPECIAL, Ground, caps, label
from maoc_tui.geo.derive_owner import Owners
from maoc_tui.geo.derive_sources import WORLD, Sources, Unit
from maoc_tui.geo.derive_widths import grown, measured, widths
from maoc_tui.geo.zonemodel import ZoneData

_INLAND_DEG = 0.003
"""Land borders are thinned to about 300 m; lines at sea are kept as they are."""
_LIMIT_DEG = 0.0002
"""Limits are thinned to 20 m before distances are measured from them."""
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
    wide = widths()
    sources = replace(sources, borders=grown(sources.borders, wide))
    say("land and territorial sea")
    ground = _ground(sources, table)
    limits = measured(*_limits(ground), [unit.code for unit in ground.units], wide)
    eez_maker = np.array([u.makes_eez for u in ground.units])[limits.unit]
    settled = np.array([not u.disputed for u in ground.units])[limits.unit]
    say(f"waters behind the limits, and to 24 and 200 nm, of {len(limits.lines)} lines")
    behind = inside(ground, limits)
    contiguous = limits.where(eez_maker | settled).reach(24.0)
    eez = limits.where(eez_maker).reach(200.0)
    say("halfway lines")
    owners = Owners(limits.where(eez_maker))
    between = owners.lines()
    say(f"joining {len(between)} of them with all lines")
    shapes = [contiguous, eez, *behind.inferred, *behind.unknown]
    faces = faces_of(
        np.array([*shapely.boundary(ground.faces), *shapely.boundary(shapes), *between, _frame()])
    )
    say(f"labelling {len(faces)} faces")
    marks = _Marks(contiguous, eez, behind, owners)
    return _label_all(faces, ground, marks, sources.versions)


class _Marks(NamedTuple):
    """What the faces at sea are told apart by."""

    contiguous: Any
    eez: Any
    behind: Inside
    owners: Owners


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


def _label_all(faces: NDArray[Any], ground: Ground, marks: _Marks, versions: tuple[str, ...]) -> ZoneData:
    middle = shapely.point_on_surface(faces)
    x, y = shapely.get_x(middle), shapely.get_y(middle)
    tree = shapely.STRtree(middle)

    def within(shape: Any) -> Any:
        return tree.query(shapely.get_parts(shape), predicate="contains")[1]

    kind = np.full(len(faces), "high_seas", dtype="U12")
    kind[within(marks.eez)] = "eez"
    kind[within(marks.contiguous)] = "contiguous"
    unit = marks.owners.of(x, y)
    owner, point = tree.query(ground.faces, predicate="contains")
    owned = ground.unit[owner] >= 0
    owner, point = owner[owned], point[owned]
    unit[point] = ground.unit[owner]
    kind[point] = np.where(ground.land[owner], "land", "territorial")
    unit[kind == "high_seas"] = -1
    inferred = np.zeros(len(faces), bool)
    inferred[within(marks.behind.unknown)] = True
    islands = np.array([u.archipelagic for u in ground.units])[unit]
    found = np.intersect1d(within(marks.behind.inferred), np.flatnonzero(kind == "territorial"))
    kind[found] = np.where(islands[found], "archipelagic", "internal")
    inferred[found] = True
    inferred &= np.isin(kind, ("internal", "archipelagic", "territorial"))
    west, south, east, north = _CASPIAN
    unsettled = (x > west) & (x < east) & (y > south) & (y < north) & (kind != "land")
    return areas_of(faces, Labels(kind, unit, unsettled, inferred), ground.units, versions)
