"""The shipped zones against the point model of the tests, and distances against a fine scan, by region.

Run: python tests/benchmarks/bench_zone_model.py [POINTS] [--quick] [--manual]; 100,000 points at sea unless given.
--manual puts the figures into the manual's chapter on zones.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "geo"))

from test_zone_crossing import edges_by_kind, scanned
from test_zone_places import Limits, compared, limits_of

from maoc_tui import resources
from maoc_tui.geo import zonefile
from maoc_tui.geo.zonemodel import ZoneData
from maoc_tui.geo.zones import ZoneIndex

REGIONS = {
    "world": (-64.0, 78.0, -180.0, 180.0),
    "Iberia, Macaronesia, NW Africa": (12.0, 47.0, -36.0, 2.0),
    "Channel, North Sea, Skagerrak": (48.0, 60.0, -6.0, 12.0),
    "North Atlantic, Norwegian Sea": (47.0, 75.0, -40.0, 15.0),
    "Mediterranean": (30.0, 46.0, -5.0, 36.0),
    "Aegean": (34.5, 41.0, 22.7, 29.0),
    "Caribbean": (8.0, 28.0, -90.0, -58.0),
    "South Atlantic": (-50.0, 12.0, -50.0, 15.0),
    "Fiji, over the antimeridian": (-24.0, -10.0, 172.0, 188.0),
}
"""South, north, west and east edge, degrees."""
_HEAD = "| Region | Points | Kind and State agree | Worst distance | TS that may be internal | Internal, inferred |"


@dataclass(frozen=True)
class Figures:
    """What was measured of one region."""

    name: str
    points: int
    agree: int
    worst_nm: float
    """Largest difference of a distance to a line from the scan's."""
    open_share: float
    """Of the waters inside the limits: territorial sea that may be internal waters, and inferred waters."""
    inferred_share: float

    def row(self) -> str:
        """A row of the manual's table."""
        share = 100 * self.agree / self.points
        told = "all" if self.agree == self.points else f"{share:.3f} %"
        return (
            f"| {self.name} | {self.points:,} | {told} | {self.worst_nm:.4f} nm |"
            f" {100 * self.open_share:.0f} % | {100 * self.inferred_share:.0f} % |"
        )


def main() -> None:
    """Print the figures of every region, and put them into the manual if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("points", nargs="?", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--manual", action="store_true")
    given = parser.parse_args()
    points, scans = (10_000, 1) if given.quick else (given.points, 12)
    path = resources.data("zones.bin")
    index, data = ZoneIndex.open(path), zonefile.read(path)
    edges, limits = edges_by_kind(data), limits_of(data)
    rows = []
    for name in REGIONS:
        rows.append(
            measured(
                name, index, data, edges, limits, points * 2 if name == "world" else points // 4, scans
            ).row()
        )
        print(rows[-1], flush=True)
    if given.manual:
        into_the_manual(rows)


def measured(
    name: str,
    index: ZoneIndex,
    data: ZoneData,
    edges: dict[str, np.ndarray],
    limits: Limits,
    number: int,
    scans: int,
) -> Figures:
    """Random positions of a region, as many to a square mile everywhere."""
    south, north, west, east = REGIONS[name]
    rng = np.random.default_rng(11)
    low, high = np.sin(np.radians([south, north]))
    lat, lon = np.degrees(np.arcsin(rng.uniform(low, high, number))), rng.uniform(west, east, number)
    lon = (lon + 180) % 360 - 180
    chosen, agrees = compared(index, data, lat, lon, limits)
    found = [index.areas[i] for i in index.locate(lat, lon)]
    inside = np.array([area.kind in ("internal", "archipelagic", "territorial") for area in found])
    inferred = np.array([area.kind in ("internal", "archipelagic") for area in found])
    may_be = np.array([bool(area.may_be) for area in found])
    worst = max(scanned(index, edges, lat[i], lon[i]) for i in chosen[:scans])
    total = max(int(inside.sum()), 1)
    return Figures(name, len(chosen), int(agrees.sum()), worst, may_be.sum() / total, inferred.sum() / total)


def into_the_manual(rows: list[str]) -> None:
    """Replace the table of figures in the chapter on zones."""
    path = Path(__file__).resolve().parents[2] / "maoc_tui" / "docs" / "zones.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines.index(_HEAD)
    after = next(i for i in range(first, len(lines)) if not lines[i].startswith("|"))
    lines[first:after] = [_HEAD, "|---" * 6 + "|", *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
