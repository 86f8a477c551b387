"""Territorial seas that are not 12 nm wide: where, how wide, and those that the sources draw too narrow.

Contiguous zone and EEZ are measured from the baseline. A limit lies at the territorial sea's width from it, so that
they reach 24 and 200 nm less that width beyond the limit. Rows of data/widths.csv; everything else is 12 nm.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.geo.derive_limits import buffered

FULL_NM = 12.0
_STEPS = 3
"""Neighbours' limits grow towards each other in turns, so that neither takes all of the gap."""


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a territory's sea is within a box."""

    territory: str
    box: tuple[float, float, float, float]
    """West, south, east, north edge, degrees."""
    nm: float
    mercator: bool
    """The source draws the width on a Mercator plane: on the Earth it is short by the cosine of the latitude."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The seaward limits of the territorial seas, one element a line."""

    lines: NDArray[Any]
    unit: NDArray[np.int32]
    width: NDArray[np.float64]
    """Nautical miles from the baseline."""

    def where(self, wanted: NDArray[np.bool_]) -> Limits:
        """Only these lines."""
        return Limits(self.lines[wanted], self.unit[wanted], self.width[wanted])

    def widths(self) -> list[float]:
        """The different widths, rising."""
        return [float(width) for width in np.unique(self.width)]

    def reach_inside(self, margin_nm: float) -> Any:
        """All water no farther from the limits than these are from the baseline, and a margin."""
        return shapely.union_all(
            [buffered(self.lines[self.width == w], w + margin_nm) for w in self.widths()]
        )

    def reach(self, from_baseline_nm: float) -> Any:
        """All water within so many nautical miles of the baselines, as far as it lies around the limits."""
        parts = [buffered(self.lines[self.width == w], from_baseline_nm - w) for w in self.widths()]
        return shapely.union_all(parts)


def widths() -> tuple[Width, ...]:
    """The table data/widths.csv."""
    with resources.data("widths.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Width(
                row["territory"],
                (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
                float(row["width_nm"]),
                row["drawn"] == "mercator",
            )
            for row in csv.DictReader(file)
        )


def measured(
    lines: NDArray[Any], unit: NDArray[np.int32], codes: list[str], table: tuple[Width, ...]
) -> Limits:
    """The limits with their widths, cut where the width changes; ``codes`` names the territory of each unit."""
    width = np.full(len(lines), FULL_NM)
    for row in table:
        if row.territory not in codes:
            continue
        box, own = shapely.box(*row.box), unit == codes.index(row.territory)
        own &= shapely.intersects(lines, box)
        for part, nm in (
            (shapely.intersection(lines[own], box), row.nm),
            (shapely.difference(lines[own], box), 0.0),
        ):
            pieces, of = shapely.get_parts(shapely.line_merge(part), return_index=True)
            chosen = shapely.get_type_id(pieces) == 1
            pieces, of = pieces[chosen], of[chosen]
            lines = np.concatenate([lines, pieces])
            unit = np.concatenate([unit, unit[: len(own)][own][of]])
            width = np.concatenate([width, np.full(len(pieces), nm) if nm else width[: len(own)][own][of]])
        kept = np.ones(len(lines), bool)
        kept[: len(own)] = ~own
        lines, unit, width = lines[kept], unit[kept], width[kept]
    return Limits(lines, unit, width)


def grown(borders: dict[str, Any], table: tuple[Width, ...]) -> dict[str, Any]:
    """The countries' polygons with the limits that are drawn too narrow moved out to their width."""
    found = dict(borders)
    rows = [row for row in table if row.mercator and row.territory in borders]
    for _ in range(_STEPS):
        for row in rows:
            own = found[row.territory]
            more = _wider(own, row)
            others = [b for code, b in found.items() if code != row.territory and shapely.intersects(b, more)]
            found[row.territory] = shapely.union(own, shapely.difference(more, shapely.union_all(others)))
    return found


def _wider(own: Any, row: Width) -> Any:
    """What lies within one step outside the polygon's edge in the box, in belts of one degree of latitude."""
    west, south, east, north = row.box
    edge, parts = shapely.boundary(own), []
    for low in np.arange(south, north, 1.0).tolist():
        belt = shapely.intersection(edge, shapely.box(west, low, east, min(low + 1.0, north)))
        lines = [
            part for part in shapely.get_parts(shapely.line_merge(belt)) if part.geom_type == "LineString"
        ]
        if lines:
            short = row.nm * (1.0 - np.cos(np.radians(low + 0.5)))
            parts.append(buffered(np.array(lines), float(short) / _STEPS))
    return shapely.union_all(parts)
