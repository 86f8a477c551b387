"""The shipped zones against the point model of the tests, by region.

Run: python tests/benchmarks/bench_zone_model.py [POINTS] [--quick]; 100,000 points at sea unless given.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "geo"))

from test_zone_places import compared

from maoc_tui import resources
from maoc_tui.geo import zonefile
from maoc_tui.geo.zones import ZoneIndex

REGIONS = {
    "world": (-64.0, 78.0, -180.0, 180.0),
    "Iberia, Macaronesia, NW Africa": (12.0, 47.0, -36.0, 2.0),
    "Caribbean": (8.0, 28.0, -90.0, -58.0),
    "Mediterranean": (30.0, 46.0, -5.0, 36.0),
    "North Atlantic, Norwegian Sea": (47.0, 75.0, -40.0, 15.0),
    "South Atlantic": (-50.0, 12.0, -50.0, 15.0),
}
"""South, north, west and east edge, degrees."""


def main() -> None:
    """Print how many points of each region were compared and how many agreed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("points", nargs="?", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    points = 10_000 if given.quick else given.points
    path = resources.data("zones.bin")
    index, data = ZoneIndex.open(path), zonefile.read(path)
    for name, (south, north, west, east) in REGIONS.items():
        rng = np.random.default_rng(11)
        number = points * 2 if name == "world" else points // 5
        low, high = np.sin(np.radians([south, north]))
        lat, lon = np.degrees(np.arcsin(rng.uniform(low, high, number))), rng.uniform(west, east, number)
        chosen, agrees = compared(index, data, lat, lon)
        share = 100 * agrees.mean()
        print(f"{name}: {int(agrees.sum()):,} of {len(chosen):,} agree ({share:.3f} %)", flush=True)


if __name__ == "__main__":
    main()
