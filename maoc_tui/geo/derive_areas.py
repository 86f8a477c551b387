"""Labelled faces become areas, and the lines between different areas get their basis."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.derive_faces import Arcs, arcs_between
from maoc_tui.geo.derive_sources import Unit
from maoc_tui.geo.zonemodel import BASES, KINDS, Area, Dataset, Lines, ZoneData

_NOUN = {
    "land": "land",
    "territorial": "territorial sea",
    "contiguous": "contiguous zone",
    "eez": "EEZ",
    "high_seas": "high seas",
}
_DATE = "2026-11-22"
"""When these packages were first derived with this method; they state no date for their own data."""
ACCURACY = (
    ("land/derived", "coast: about 0.2 nm, small islets missing; land borders about 0.2 nm"),
    ("territorial/derived", "12 nm limit: typically 0.1 nm, up to 1 nm"),
    ("contiguous/derived", "12 nm outside the territorial sea: typically 0.1 nm, up to 1 nm"),
    ("eez/derived", "200 nm outer limit: typically 0.2 nm, up to about 2 nm near Iberia, 8 nm elsewhere"),
    (
        "contiguous/equidistance",
        "equidistance, indicative: treaty lines are not in the data and may lie tens of miles away",
    ),
    (
        "eez/equidistance",
        "equidistance, indicative: treaty lines are not in the data and may lie tens of miles away",
    ),
)


def areas_of(
    faces: NDArray[Any],
    kind: NDArray[Any],
    unit: NDArray[np.int32],
    unsettled: NDArray[np.bool_],
    units: tuple[Unit, ...],
    versions: tuple[str, ...],
) -> ZoneData:
    """The dataset of labelled faces: ``kind``, ``unit`` (index, -1 on the high seas) and ``unsettled`` per face."""
    rank = np.array([KINDS.index(k) for k in kind])
    sorts, area = np.unique(np.column_stack([rank, unit, unsettled]), axis=0, return_inverse=True)
    edition = _edition(versions)
    areas = tuple(
        _area(i, KINDS[k], units[u] if u >= 0 else None, bool(open_), edition)
        for i, (k, u, open_) in enumerate(sorts)
    )
    arcs = arcs_between(faces, area.ravel().astype(np.int32))
    return ZoneData(_dataset(versions, edition), areas, _lines(arcs, areas))


def _edition(versions: tuple[str, ...]) -> str:
    return " + ".join(version.rsplit("/", 1)[-1] for version in versions)


def _dataset(versions: tuple[str, ...], edition: str) -> Dataset:
    return Dataset(
        name="derived",
        edition=edition,
        date=_DATE,
        licence="ODbL-1.0",
        attribution="© OpenStreetMap contributors, ODbL 1.0; land: Natural Earth (public domain)",
        sources=versions,
        accuracy=ACCURACY,
    )


def _area(number: int, kind: str, unit: Unit | None, unsettled: bool, edition: str) -> Area:
    if unit is None:
        return Area(number, kind, (), "agreed", "derived", "High seas", "", "derived", edition)
    status = "unsettled" if unsettled else "disputed" if unit.disputed else "agreed"
    name = f"{unit.name} {_NOUN[kind]}"
    return Area(number, kind, unit.states, status, "derived", name, unit.code, "derived", edition)


def _lines(arcs: Arcs, areas: tuple[Area, ...]) -> Lines:
    basis = [
        _basis(areas[a] if a >= 0 else None, areas[b] if b >= 0 else None)
        for a, b in zip(arcs.left, arcs.right, strict=True)
    ]
    sizes = np.array([len(points) for points in arcs.points], np.int64)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Lines(arcs.left, arcs.right, np.array(basis, np.uint8), start, np.concatenate(arcs.points))


def _basis(left: Area | None, right: Area | None) -> int:
    beyond = ("contiguous", "eez")
    if left and right and left.kind in beyond and right.kind in beyond and left.territory != right.territory:
        return BASES.index("equidistance")
    return BASES.index("derived")
