"""Official areas laid over a derived dataset: all lines noded together, every face labelled, no line left loose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui.geo import zonegrid_build
from maoc_tui.geo.combine_label import Faces, labels
from maoc_tui.geo.combine_lines import Bases
from maoc_tui.geo.derive_faces import arcs_between, faces_of, touching
from maoc_tui.geo.official import OfficialArea
from maoc_tui.geo.zonemodel import UNIT, Area, Dataset, ZoneData

_SEAM_DEG = 2e-4
"""Overlaps of two official areas narrower than this, 22 m, are drawing error and no dispute."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Combined:
    """The new dataset and what was given up for it."""

    data: ZoneData
    given_up: tuple[tuple[str, str, float], ...]
    """Kind, territory and share (0 to 1) of the derived area that lay outside the official ones and changed."""


def combine(
    derived: ZoneData,
    official: Sequence[OfficialArea],
    dataset: Dataset,
    *,
    partial: bool = False,
    say: Say = lambda _: None,
) -> Combined:
    """Lay official areas over derived data by the rules in combine_label. Raises Problem when a line ends loosely."""
    old = linestrings(derived)
    rings = shapely.get_parts(shapely.boundary([area.shape for area in official]))
    say(f"joining {len(official)} official areas with {len(old)} derived lines")
    faces = faces_of(np.concatenate([old, rings]))
    say(f"labelling {len(faces)} faces")
    known = _known(faces, derived, old, official)
    found = labels(known, derived.areas, official, partial)
    areas, number = _numbered(found)
    say(f"{len(areas)} areas; telling official from derived lines")
    lines = Bases(derived, old, rings).lines(arcs_between(faces, number), areas)
    return Combined(ZoneData(dataset, areas, lines), _given_up(faces, known, derived.areas, found))


def linestrings(data: ZoneData) -> NDArray[Any]:
    """The dividing lines of a dataset as shapely lines in degrees."""
    owner = np.repeat(np.arange(len(data.lines)), np.diff(data.lines.start))
    return np.asarray(shapely.linestrings(data.lines.points * UNIT, indices=owner))


def _known(
    faces: NDArray[Any], derived: ZoneData, old: NDArray[Any], official: Sequence[OfficialArea]
) -> Faces:
    inside = shapely.point_on_surface(faces)
    tree = shapely.STRtree(inside)
    over: list[list[int]] = [[] for _ in faces]
    for area, face in tree.query([area.shape for area in official], predicate="contains").T.tolist():
        over[face].append(area)
    part = np.full(len(faces), -1, np.int32)
    whole, face_of = tree.query(_parts(old), predicate="contains")
    part[face_of] = whole
    x, y = shapely.get_x(inside), shapely.get_y(inside)
    here = zonegrid_build.build(derived.lines).locate(y, x)
    thin = 2 * shapely.area(faces) < _SEAM_DEG * shapely.length(faces)
    return Faces(np.asarray(here, np.int32), part, [sorted(o) for o in over], thin, *touching(faces))


def _parts(old: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(shapely.get_parts(shapely.polygonize(old)))


def _numbered(found: list[Area]) -> tuple[tuple[Area, ...], NDArray[np.int32]]:
    """Areas numbered anew, derived before official, each in a settled order; and the number of each face."""
    plain = [replace(area, id=0) for area in found]
    held = {area.id: replace(area, id=0) for area in found if area.basis != "official"}
    first = {area: number for number, area in sorted(held.items(), reverse=True)}
    order = sorted(
        set(plain), key=lambda a: (first.get(a, len(first) + 1_000_000), a.kind, a.states, repr(a))
    )
    place = {area: i for i, area in enumerate(order)}
    areas = tuple(replace(area, id=i) for i, area in enumerate(order))
    return areas, np.array([place[area] for area in plain], np.int32)


def _given_up(
    faces: NDArray[Any], known: Faces, derived: Sequence[Area], found: Sequence[Area]
) -> tuple[tuple[str, str, float], ...]:
    size = shapely.area(faces) * np.cos(np.radians(shapely.get_y(shapely.centroid(faces))))
    total: dict[tuple[str, str], float] = {}
    lost: dict[tuple[str, str], float] = {}
    for i, (number, area) in enumerate(zip(known.derived.tolist(), found, strict=True)):
        own = derived[number]
        key = own.kind, own.territory
        total[key] = total.get(key, 0.0) + float(size[i])
        if not known.official[i] and (area.kind, area.territory) != key:
            lost[key] = lost.get(key, 0.0) + float(size[i])
    return tuple((*key, lost[key] / total[key]) for key in sorted(lost))
