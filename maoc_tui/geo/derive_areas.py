"""Labelled faces become areas, and the lines between different areas get their basis."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.derive_accuracy import accuracy
from maoc_tui.geo.derive_faces import Arcs, arcs_between
from maoc_tui.geo.derive_sources import Unit
from maoc_tui.geo.zonemodel import BASES, KINDS, Area, Dataset, Lines, ZoneData

_NOUN = {
    "land": "land",
    "internal": "internal waters",
    "archipelagic": "archipelagic waters",
    "territorial": "territorial sea",
    "contiguous": "contiguous zone",
    "eez": "EEZ",
    "high_seas": "high seas",
}
_DATE = "2026-11-22"
"""When these packages were first derived with this method; they state no date for their own data."""


class Labels(NamedTuple):
    """What each face is, one element a face."""

    kind: NDArray[Any]
    unit: NDArray[np.int32]
    """Index of the territory, -1 on the high seas."""
    unsettled: NDArray[np.bool_]
    inferred: NDArray[np.bool_]
    """Behind an inferred baseline; territorial sea: may lie behind one."""


def areas_of(
    faces: NDArray[Any], labels: Labels, units: tuple[Unit, ...], versions: tuple[str, ...]
) -> ZoneData:
    """The dataset of labelled faces."""
    rank = np.array([KINDS.index(k) for k in labels.kind])
    columns = np.column_stack([rank, labels.unit, labels.unsettled, labels.inferred])
    sorts, area = np.unique(columns, axis=0, return_inverse=True)
    edition = _edition(versions)
    areas = tuple(
        _area(i, KINDS[k], units[u] if u >= 0 else None, bool(open_), bool(inferred), edition)
        for i, (k, u, open_, inferred) in enumerate(sorts)
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
        accuracy=accuracy(),
    )


def _area(number: int, kind: str, unit: Unit | None, unsettled: bool, inferred: bool, edition: str) -> Area:
    if unit is None:
        return Area(number, kind, (), "agreed", "derived", "High seas", "", "derived", edition)
    status = "unsettled" if unsettled else "disputed" if unit.disputed else "agreed"
    name = f"{unit.name} {_NOUN[kind]}"
    if inferred and kind == "territorial":
        name += " or archipelagic or internal waters" if unit.archipelagic else " or internal waters"
    basis = "inferred" if inferred else "derived"
    return Area(number, kind, unit.states, status, basis, name, unit.code, "derived", edition)


def _lines(arcs: Arcs, areas: tuple[Area, ...]) -> Lines:
    basis = [
        _basis(areas[a] if a >= 0 else None, areas[b] if b >= 0 else None)
        for a, b in zip(arcs.left, arcs.right, strict=True)
    ]
    sizes = np.array([len(points) for points in arcs.points], np.int64)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Lines(arcs.left, arcs.right, np.array(basis, np.uint8), start, np.concatenate(arcs.points))


def _basis(left: Area | None, right: Area | None) -> int:
    if left is None or right is None:
        return BASES.index("derived")
    beyond, kinds = ("contiguous", "eez"), {left.kind, right.kind}
    if kinds <= set(beyond) and left.territory != right.territory:
        return BASES.index("equidistance")
    if "land" not in kinds and kinds & {"internal", "archipelagic"} and left.territory == right.territory:
        return BASES.index("inferred")
    return BASES.index("derived")
